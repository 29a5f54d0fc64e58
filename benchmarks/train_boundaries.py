"""Train the sentence-boundary model of the embedded engine on punctuated talks and meetings.

    pip install --group benchmarks
    python benchmarks/train_boundaries.py DATA...  [-o src/vidgist/offline/boundaries.bin] [--folds 5] [--against FILE...]

DATA are ``.jsonl`` files (field ``text``) or ``.txt`` files of punctuated speech. Punctuation and capitals are
taken out; where sentences ended is learnt. With ``--folds`` nothing is written: each fold is scored by a model of the
others. ``--against`` scores the model on texts that it has not seen. Deterministic: the same data give the same file.
"""

import argparse
import itertools
import json
import re
import zlib
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vidgist.offline import boundaries, tagging
from vidgist.offline.boundaries import BUCKETS, Weights
from vidgist.offline.sentences import ABBREVIATIONS, THRESHOLD
from vidgist.offline.words import split

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH, RATE, PENALTY = 8_192, 0.1, 1e-5
"""Gaps to a step of Adagrad, its rate, and the L2 penalty of a step; one pass is enough."""
SELDOM = 3
"""Features seen less often are not learnt."""
LARGEST = 2.5
"""Weights beyond this are cut: the rest keep their steps fine."""


def read(paths: Sequence[Path]) -> list[str]:
    """The texts of all files in order."""
    texts: list[str] = []
    for path in paths:
        body = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            texts += [json.loads(line)["text"] for line in body.splitlines() if line.strip()]
        else:
            texts.append(body)
    return texts


def ends(text: str) -> tuple[list[str], list[int]]:
    """The words of a text, and for each whether a sentence begins with it."""
    words = split(text)
    found = [1]
    for left, right in itertools.pairwise(words):
        gap = text[left.end : right.start]
        short = gap.startswith(".") and (left.key in ABBREVIATIONS or len(left.key) == 1)
        inside = gap == "."
        found.append(int(bool(re.search(r"[.!?…]", gap)) and not short and not inside))
    return [word.key for word in words], found


def examples(texts: Sequence[str]) -> "tuple[NDArray[np.int32], NDArray[np.float32]]":
    """The features of every gap between two words, and whether a sentence ended there."""
    import numpy as np

    rows, truth = [], []
    for text in texts:
        keys, found = ends(text)
        tags = tagging.tag(keys, tagging.shipped())
        rows.append(np.array(boundaries.buckets(keys, tags), dtype=np.int32).T[1:])
        truth.append(np.array(found[1:], dtype=np.float32))
    return np.concatenate(rows), np.concatenate(truth)


def train(texts: Sequence[str]) -> Weights:
    """One pass of logistic regression, then one byte a weight."""
    return fit(*examples(texts))


def fit(rows: "NDArray[np.int32]", truth: "NDArray[np.float32]") -> Weights:
    """A model of these examples."""
    import numpy as np

    weights = np.zeros(BUCKETS, np.float32)
    squares = np.full(BUCKETS, 1e-2, np.float32)
    bias, bias_square = float(np.log(truth.mean() / (1 - truth.mean()))), 1e-2
    order = np.random.default_rng(0).permutation(len(rows))
    for first in range(0, len(order), BATCH):
        part = order[first : first + BATCH]
        chosen = rows[part]
        wrong = 1 / (1 + np.exp(-(weights[chosen].sum(1) + bias))) - truth[part]
        touched, places = np.unique(chosen.ravel(), return_inverse=True)
        slope = np.bincount(places, weights=np.repeat(wrong, rows.shape[1])).astype(np.float32)
        slope += PENALTY * len(part) * weights[touched]
        squares[touched] += slope * slope
        weights[touched] -= RATE * slope / np.sqrt(squares[touched])
        total = float(wrong.sum())
        bias_square += total * total
        bias -= RATE * total / bias_square**0.5
    weights[np.bincount(rows.ravel(), minlength=BUCKETS) < SELDOM] = 0
    scale = float(min(np.abs(weights).max(), LARGEST)) / 127
    table = np.clip(np.rint(weights / scale), -127, 127).astype(np.int8)
    return Weights(array("b", table.tobytes()), scale, bias)


def packed(weights: Weights) -> bytes:
    """The file of `boundaries.unpack`."""
    head = f"{weights.scale!r} {weights.bias!r}\n".encode()
    return boundaries.MAGIC + head + zlib.compress(weights.table.tobytes(), 9)


def score(weights: Weights, texts: Sequence[str], threshold: float = THRESHOLD) -> tuple[float, float, float]:
    """Precision, recall and F1 of the gaps where sentences end."""
    hits = found = there = 0
    for text in texts:
        keys, truth = ends(text)
        guesses = [odds > threshold for odds in boundaries.log_odds(keys, weights)]
        hits += sum(guess and end for guess, end in zip(guesses[1:], truth[1:], strict=True))
        found += sum(guesses[1:])
        there += sum(truth[1:])
    precision, recall = hits / max(1, found), hits / max(1, there)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def folds(texts: Sequence[str], count: int, more: Sequence[str] = ()) -> Iterator[tuple[list[int], Weights]]:
    """For each of ``count`` parts of the texts its indices and a model of the others and of ``more``."""
    for fold in range(count):
        held = list(range(fold, len(texts), count))
        yield held, train([*more, *(text for index, text in enumerate(texts) if index % count != fold)])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument(
        "-o", "--output", type=Path, default=Path(boundaries.__file__).with_name("boundaries.bin")
    )
    parser.add_argument("--more", nargs="*", type=Path, default=[], help="further texts, never held out")
    parser.add_argument("--against", nargs="*", type=Path, default=[], help="texts to score, not learnt from")
    parser.add_argument("--folds", type=int, default=0)
    arguments = parser.parse_args()
    texts = read(arguments.data)
    if arguments.folds:
        results = []
        for held, weights in folds(texts, arguments.folds, read(arguments.more)):
            results.append(score(weights, [texts[index] for index in held]))
            print(f"fold of {len(held)} texts: {_told(results[-1])}")
        print(f"mean F1 {sum(result[2] for result in results) / len(results):.3f}")
        return
    texts += read(arguments.more)
    weights = train(texts)
    arguments.output.write_bytes(packed(weights))
    print(f"{len(texts)} texts -> {arguments.output.name}, {arguments.output.stat().st_size} bytes")
    for path in arguments.against:
        print(f"{path.name}, not learnt from: {_told(score(weights, read([path])))}")


def _told(result: tuple[float, float, float]) -> str:
    return "precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(*result)


if __name__ == "__main__":
    main()
