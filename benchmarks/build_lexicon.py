"""Make ``src/vidgist/offline/lexicon.txt`` from a WordNet 3.0 ``dict`` folder.

    python benchmarks/build_lexicon.py /usr/share/wordnet      (Debian: wordnet-base)

One line a class: its letters in falling order of use, then its words. n noun, v verb, a adjective,
r adverb; P holds names as they are spelt. A part of speech counts from a twentieth of a word's uses on.
"""

import argparse
import re
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src" / "vidgist" / "offline" / "lexicon.txt"
LETTERS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
NAME = re.compile(r"[A-Z][A-Za-z]+")
SPECIES = {"05", "20"}
"""Lexicographer files of animals and plants: Latin names that no talk needs."""


def uses(folder: Path) -> dict[str, dict[str, float]]:
    """Tagged uses of each single word by part of speech; half a use for being listed at all."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for name, letter in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")):
        for line in (folder / f"index.{name}").read_text(encoding="ascii").splitlines():
            word = line.split(" ", 1)[0]
            if WORD.fullmatch(word):
                counts[word][letter] += 0.5
    for line in (folder / "cntlist.rev").read_text(encoding="ascii").splitlines():
        sense, _, count = line.split()
        word, _, rest = sense.partition("%")
        if word in counts:
            counts[word][LETTERS[rest[0]]] += int(count)
    return counts


def names(folder: Path) -> tuple[dict[str, str], set[str]]:
    """Single words that are written with a capital, and the lower-case words that are written at all."""
    spelt: dict[str, str] = {}
    common: set[str] = set()
    for name in ("noun", "adj", "adv", "verb"):
        for line in (folder / f"data.{name}").read_text(encoding="ascii").splitlines():
            fields = line.split(" ")
            if not fields[0].isdigit() or fields[1] in SPECIES:
                continue
            for index in range(int(fields[3], 16)):
                word = fields[4 + 2 * index].split("(")[0]
                if NAME.fullmatch(word):
                    spelt[word.lower()] = word
                else:
                    common.add(word)
    return spelt, common


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    spelt, common = names(folder)
    classes: dict[str, list[str]] = defaultdict(list)
    for word, by_letter in sorted(uses(folder).items()):
        if word in spelt and word not in common:
            continue
        whole = sum(by_letter.values())
        letters = sorted(
            (letter for letter in by_letter if by_letter[letter] >= whole / 20),
            key=lambda x: (-by_letter[x], x),
        )
        if letters != ["n"] or by_letter["n"] > 0.5:
            classes["".join(letters)].append(word)
    for name, folded in (("verb", "v"), ("adj", "a")):
        forms = {
            line.split(" ")[0] for line in (folder / f"{name}.exc").read_text(encoding="ascii").splitlines()
        }
        classes[f"{folded}+"] = sorted(form for form in forms if WORD.fullmatch(form))
    classes["P"] = sorted(
        spelling
        for word, spelling in spelt.items()
        if word not in common and len(word) > 2 and not spelling.isupper()
    )
    lines = [f"{letters} {' '.join(words)}" for letters, words in sorted(classes.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="ascii")
    print(f"{sum(map(len, classes.values()))} words -> {TARGET.name}, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
