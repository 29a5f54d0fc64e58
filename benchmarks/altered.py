"""How many altered figures are caught in statements on real talks, and how many honest statements are doubted.

    python -m benchmarks.altered DATA.jsonl [--each 12]

A line of DATA.jsonl has the `text` of a talk in English and its `title`. Of each talk some sentences with figures are
taken for statements whose quote is found; in each, every figure is altered in every way that fits it: one more or less,
ten times, digits swapped, another number of the talk, a small one, another year, unit, scale. The six invented talks
of the tests go first.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.doubles import altered
from tests.doubles.altered import Altered

from benchmarks.measuring import table
from vidgist.evidence import tokenizing
from vidgist.evidence.doubts import worth_checking

_WORDS_A_LINE, _SHORTEST, _LONGEST = 8, 6, 40

Tried = list[tuple[Altered, bool]]
Honest = list[tuple[str, tuple[str, ...]]]


def real(path: Path, each: int) -> tuple[Honest, Tried]:
    """Return the trial of all talks of a file."""
    honest: Honest = []
    tried: Tried = []
    for line in path.read_text("utf-8").splitlines():
        talk = json.loads(line)
        words = talk["text"].split()
        lines = [" ".join(words[at : at + _WORDS_A_LINE]) for at in range(0, len(words), _WORDS_A_LINE)]
        judge = altered.checker_of(lines, "en", talk.get("title", ""))
        sentences = list(_sentences(talk["text"]))
        chosen = random.Random(3).sample(sentences, min(each, len(sentences)))
        found, caught = altered.trial(judge, [(one, one) for one in chosen])
        honest += found
        tried += caught
    return honest, tried


def _sentences(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if _SHORTEST < len(sentence.split()) < _LONGEST and worth_checking(tokenizing.tokens(sentence, "en")):
            yield sentence


def row(name: str, honest: Honest, tried: Tried) -> tuple[str, ...]:
    """Return one line of the table."""
    missed = Counter(one.way for one, is_caught in tried if not is_caught)
    caught = sum(is_caught for _, is_caught in tried)
    return (
        name,
        f"{caught} of {len(tried)} ({caught / max(1, len(tried)):.1%})",
        f"{sum(bool(doubts) for _, doubts in honest)} of {len(honest)}",
        ", ".join(f"{way} {count}" for way, count in missed.most_common()) or "none",
    )


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--each", type=int, default=12)
    asked = parser.parse_args()
    rows = [row(one, *altered.trial(altered.checker(one), pairs)) for one, pairs in altered.TALKS.items()]
    if asked.data:
        rows.append(row(asked.data.name, *real(asked.data, asked.each)))
    print(table(("talk", "caught", "honest ones doubted", "missed"), rows))


if __name__ == "__main__":
    main()
