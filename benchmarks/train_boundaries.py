"""Train the sentence-boundary model of the embedded engine on punctuated transcripts.

    python benchmarks/train_boundaries.py DATA...  [-o src/vidgist/offline/boundaries.bin] [--folds 5]

DATA are ``.jsonl`` files (field ``text``) or ``.txt`` files of punctuated speech. Punctuation and capitals are
taken out, the places where sentences ended are what is learnt. With ``--folds`` nothing is written: each fold is
scored by a model of the others. Deterministic: the same data give the same file.
"""

import argparse
import json
import math
import random
import re
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

from vidgist.offline import boundaries
from vidgist.offline.boundaries import BUCKETS, Weights
from vidgist.offline.words import split

EPOCHS = 6
RATE = 0.12
SHRINK = 3e-4
END = re.compile(r"[.!?…]+[\"'”’)\]]*\s*$")
Example = tuple[list[int], int]


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


def examples(text: str) -> list[Example]:
    """Each gap between two words with whether a sentence ended there."""
    words = split(text)
    ends = [0] + [
        int(bool(re.search(r"[.!?…]", text[left.end : right.start])))
        for left, right in zip(words, words[1:], strict=False)
    ]
    return list(zip(boundaries.features([word.key for word in words]), ends, strict=True))[1:]


def train(texts: Sequence[str]) -> Weights:
    """Averaged stochastic gradient descent with AdaGrad steps, then one byte a weight."""
    gaps = [example for text in texts for example in examples(text)]
    rng = random.Random(0)
    weights = [0.0] * BUCKETS
    squares = [1e-3] * BUCKETS
    ends = sum(end for _, end in gaps)
    bias = math.log((ends + 1) / (len(gaps) - ends + 1))
    for _ in range(EPOCHS):
        rng.shuffle(gaps)
        for buckets, end in gaps:
            score = bias
            for bucket in buckets:
                score += weights[bucket]
            error = end - 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
            if -0.01 < error < 0.01:
                continue
            for bucket in buckets:
                step = error - SHRINK * weights[bucket]
                squares[bucket] += step * step
                weights[bucket] += RATE * step / math.sqrt(squares[bucket])
    top = max(map(abs, weights)) or 1.0
    scale = min(top, 4.0) / 127
    table = array("b", (max(-127, min(127, round(weight / scale))) for weight in weights))
    return Weights(table, scale, bias)


def score(weights: Weights, texts: Sequence[str], threshold: float = 0.0) -> tuple[float, float, float]:
    """Precision, recall and F1 of the gaps where sentences end."""
    hits = found = there = 0
    for text in texts:
        keys = [word.key for word in split(text)]
        guesses = [odds > threshold for odds in boundaries.log_odds(keys, weights)][1:]
        truth = [end for _, end in examples(text)]
        hits += sum(guess and end for guess, end in zip(guesses, truth, strict=True))
        found += sum(guesses)
        there += sum(truth)
    precision, recall = hits / max(1, found), hits / max(1, there)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def folds(texts: Sequence[str], count: int) -> Iterator[tuple[list[int], Weights]]:
    """For each of ``count`` parts of the texts its indices and a model of the others."""
    for fold in range(count):
        held = list(range(fold, len(texts), count))
        yield held, train([text for index, text in enumerate(texts) if index % count != fold])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument(
        "-o", "--output", type=Path, default=Path(boundaries.__file__).with_name("boundaries.bin")
    )
    parser.add_argument("--folds", type=int, default=0)
    arguments = parser.parse_args()
    texts = read(arguments.data)
    if arguments.folds:
        for held, weights in folds(texts, arguments.folds):
            result = score(weights, [texts[index] for index in held])
            print("fold of {} texts: precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(len(held), *result))
        return
    weights = train(texts)
    arguments.output.write_bytes(boundaries.pack(weights))
    print(f"{len(texts)} texts -> {arguments.output.name}, {arguments.output.stat().st_size} bytes")
    print("on its own data: precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(*score(weights, texts)))


if __name__ == "__main__":
    main()
