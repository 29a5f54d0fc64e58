"""Train the sentence-boundary model of the embedded engine on punctuated transcripts.

    pip install --group benchmarks
    python benchmarks/train_boundaries.py DATA...  [-o src/vidgist/offline/boundaries.bin] [--folds 5]

DATA are ``.jsonl`` files (field ``text``) or ``.txt`` files of punctuated speech. Punctuation and capitals are
taken out; where sentences ended is learnt. With ``--folds`` nothing is written: each fold is
scored by a model of the others. Deterministic: the same data give the same file.
"""

import argparse
import itertools
import json
import re
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

from vidgist.offline import boundaries
from vidgist.offline.boundaries import BUCKETS, Weights
from vidgist.offline.sentences import THRESHOLD
from vidgist.offline.words import split

PENALTY = 1.0
"""Inverse of the penalty's strength, chosen by cross-validation over transcripts."""
LARGEST = 2.5
"""Weights beyond this are cut: the rest keep their steps fine."""
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
        for left, right in itertools.pairwise(words)
    ]
    return list(zip(boundaries.features([word.key for word in words]), ends, strict=True))[1:]


def train(texts: Sequence[str]) -> Weights:
    """Logistic regression with L2 penalty (liblinear), then one byte a weight."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    gaps = [example for text in texts for example in examples(text)]
    columns = np.array([buckets for buckets, _ in gaps], dtype=np.int32)
    rows = np.repeat(np.arange(len(gaps)), columns.shape[1])
    ones = np.ones(columns.size, dtype=np.float64)
    matrix = csr_matrix((ones, (rows, columns.ravel())), shape=(len(gaps), BUCKETS))
    model = LogisticRegression(C=PENALTY, solver="liblinear", random_state=0, max_iter=200)
    model.fit(matrix, np.array([end for _, end in gaps]))
    weights = model.coef_[0]
    scale = float(min(abs(weights).max(), LARGEST)) / 127
    bytes_ = np.clip(np.rint(weights / scale), -127, 127).astype(np.int8).tobytes()
    return Weights(array("b", bytes_), scale, float(model.intercept_[0]))


def score(weights: Weights, texts: Sequence[str], threshold: float) -> tuple[float, float, float]:
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
    parser.add_argument("--folds", type=int, default=0)
    arguments = parser.parse_args()
    texts = read(arguments.data)
    if arguments.folds:
        more = read(arguments.more)
        results = []
        for held, weights in folds(texts, arguments.folds, more):
            results.append(score(weights, [texts[index] for index in held], THRESHOLD))
            print(
                "fold of {} texts: precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(len(held), *results[-1])
            )
        print(f"mean F1 {sum(result[2] for result in results) / len(results):.3f}")
        return
    texts += read(arguments.more)
    weights = train(texts)
    arguments.output.write_bytes(boundaries.pack(weights))
    print(f"{len(texts)} texts -> {arguments.output.name}, {arguments.output.stat().st_size} bytes")
    print(
        "on its own data: precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(
            *score(weights, texts, THRESHOLD)
        )
    )


if __name__ == "__main__":
    main()
