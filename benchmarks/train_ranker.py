"""Teach the ranker of the embedded engine which sentences people tell of a talk, and which read well alone.

    pip install --group benchmarks
    python benchmarks/train_ranker.py MEETINGS.jsonl --talks TALKS.jsonl --marked OTHERS.jsonl [-o ranker.json] [--folds 5]

Each line holds ``id``, ``text`` and ``refs``. Learnt is, by ridge regression over the features of `ranker.features`, the
number of a summary's content words and pairs of words that a sentence holds, for its length. Talks are read as they are and
stripped as captions are, and count twice; meetings (every second) one way or the other. ``--folds`` writes nothing: it tells
how well a model of the others and of the meetings ranks the sentences of each part of the talks. Deterministic.

``passage_marks.jsonl`` holds what readers said of 6,000 passages of OTHERS, 40 a talk, which this engine had chosen or were drawn at
random: the first word and the one behind the last, words being counted without punctuation, and four digits. Form: 2 whole, 1
readable, 0 torn. Matter: 3 a main point, 2 a statement, 1 a detail, 0 an aside. Closing: 2 a conclusion, 1 a small one, 0 none.
Veto: 1 misleads, 2 looks broken. Ridge regression says from the features of its sentences how good a passage is.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from vidgist.models import Segment, Transcript
from vidgist.offline import ranker, sentences
from vidgist.offline.languages import ENGLISH
from vidgist.offline.words import pairs, split, terms

DENSITY, PENALTY, SELDOM, SHORTEST, PAIR = 0.5, 100.0, 20, 5, 1.5
MARKED, RIDGE, IDEAS, POINTS = 20, 30.0, 4.0, 8.0
"""Passages of which a feature holds at least, the penalty, and what the goodness of an idea and of a last word is multiplied with to be a logarithm."""
FORM, MATTER, CLOSING, STATES = (0.1, 0.6, 1.0), (0.0, 0.3, 0.75, 1.0), (0.0, 0.6, 1.0), 0.15
"""What the marks are worth, and a statement as a last word."""
LINE, PACE = 8, 2.6
"""Words of a caption line, and of a second."""


class Row(NamedTuple):
    """A sentence: its features, and how much of a summary it holds for its length."""

    names: list[str]
    value: float


def captions(text: str) -> Transcript:
    """A text as automatic captions have it: lower case, no punctuation but apostrophes, no pauses."""
    words = re.sub(r"[^a-z0-9' ]+", " ", text.lower().replace("’", "'")).split()
    seconds = LINE / PACE
    return Transcript(
        segments=tuple(
            Segment(start=at // LINE * seconds, duration=seconds, text=" ".join(words[at : at + LINE]))
            for at in range(0, len(words), LINE)
        ),
        language="en",
    )


def rows(said: Transcript, refs: Sequence[str]) -> list[Row]:
    """The sentences of a talk, their values divided by the talk's mean."""
    spoken = [
        [word for word in sentence.words if word.key not in ENGLISH.fillers]
        for sentence in sentences.of(said, (), ENGLISH)
    ]
    talk = [ranker.Said(words, terms(words, ENGLISH.stops)) for words in spoken]
    told = [
        (set(terms(words, ENGLISH.stops)), set(pairs(words, ENGLISH.stops))) for words in map(split, refs)
    ]
    found = []
    for one, names in zip(talk, ranker.features(talk), strict=True):
        if len(one.words) < SHORTEST:
            continue
        units, twos = set(one.terms), set(pairs(one.words, ENGLISH.stops))
        held = max(len(units & single) + PAIR * len(twos & double) for single, double in told)
        found.append(Row(names, held / max(6, len(one.words)) ** DENSITY))
    mean = max(1e-6, sum(row.value for row in found) / max(1, len(found)))
    return [Row(row.names, min(row.value / mean, 4.0) - 1) for row in found]


def train(talks: Sequence[Sequence[Row]], weights: Sequence[float]) -> dict[str, float]:
    """The weight of each feature that is not seldom."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.linalg import lsqr

    counts = Counter(name for talk in talks for row in talk for name in row.names)
    places = {
        name: at for at, name in enumerate(sorted(name for name, count in counts.items() if count >= SELDOM))
    }
    across, down, values, factors = [], [], [], []
    for talk, weight in zip(talks, weights, strict=True):
        for row in talk:
            known = [places[name] for name in row.names if name in places]
            across += known
            down += [len(values)] * len(known)
            values.append(row.value * weight**0.5)
            factors.append(weight**0.5)
    matrix = csr_matrix((np.array(factors)[down], (down, across)), shape=(len(values), len(places)))
    solved = lsqr(matrix, np.array(values), damp=PENALTY**0.5, iter_lim=200)[0]
    return _rounded({name: float(solved[at]) for name, at in places.items()})


def marked(path: Path) -> tuple[list[dict[str, float]], list[float], list[float]]:
    """The features of each marked passage, averaged over its words, and how good an idea and a last word it is."""
    marks = {one["id"]: one["marks"] for one in _read(Path(__file__).with_name("passage_marks.jsonl"))}
    held, ideas, points = [], [], []
    for talk in _read(path):
        said = captions(talk["text"])
        spoken = sentences.of(said, (), ENGLISH)
        title = frozenset(terms(split(talk["title"]), ENGLISH.stops))
        found = [[word for word in one.words if word.key not in ENGLISH.fillers] for one in spoken]
        names = ranker.features([ranker.Said(words, terms(words, ENGLISH.stops)) for words in found], title)
        at = [said.text.count(" ", 0, one.start) for one in spoken] + [said.text.count(" ") + 1]
        for first, end, digits in map(str.split, marks.get(talk["id"], ())):
            inside = [max(0, min(at[k + 1], int(end)) - max(at[k], int(first))) for k in range(len(spoken))]
            features = Counter[str]()
            for size, own in zip(inside, names, strict=True):
                features.update(dict.fromkeys(own, size / sum(inside)) if size else {})
            form, matter, closing, veto = map(int, digits)
            held.append(dict(features))
            kept = 0.0 if veto else FORM[form]
            ideas.append(kept * MATTER[matter])
            points.append(kept * (CLOSING[closing] or STATES * (matter > 1)))
    return held, ideas, points


def judged(held: Sequence[dict[str, float]], values: Sequence[float], scale: float) -> dict[str, float]:
    """The weight of each feature that is not seldom."""
    counts = Counter(name for one in held for name in one)
    places = {name: at for at, name in enumerate(sorted(x for x, n in counts.items() if n >= MARKED))}
    matrix = np.zeros((len(held), len(places)))
    for row, one in zip(matrix, held, strict=True):
        for name in one.keys() & places.keys():
            row[places[name]] = one[name]
    matrix -= matrix.mean(0)
    aims = np.array(values) - np.mean(values)
    solved = np.linalg.solve(matrix.T @ matrix + RIDGE * np.eye(len(places)), matrix.T @ aims)
    return _rounded({name: scale * float(solved[at]) for name, at in places.items()})


def _rounded(weights: dict[str, float]) -> dict[str, float]:
    return {name: round(weight, 3) for name, weight in weights.items() if abs(weight) >= 0.005}


def likeness(model: dict[str, float], talk: Sequence[Row]) -> float:
    """The correlation of what a model says of a talk's sentences with what they hold."""
    return float(
        np.corrcoef([ranker.score(row.names, model) for row in talk], [row.value for row in talk])[0, 1]
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("meetings", type=Path)
    parser.add_argument("--talks", type=Path, required=True)
    parser.add_argument("--marked", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path, default=Path(ranker.__file__).with_name("ranker.json"))
    parser.add_argument("--folds", type=int, default=0)
    arguments = parser.parse_args()
    meetings = [
        rows(captions(one["text"]) if number % 2 else Transcript.untimed(one["text"]), one["refs"])
        for number, one in enumerate(_read(arguments.meetings)[::2])
    ]
    talks = [
        [rows(said, one["refs"]) for said in (Transcript.untimed(one["text"]), captions(one["text"]))]
        for one in _read(arguments.talks)
    ]
    for fold in range(arguments.folds):
        model = _model(meetings, [talk for at, talk in enumerate(talks) if at % arguments.folds != fold])
        held = [likeness(model, way) for talk in talks[fold :: arguments.folds] for way in talk]
        print(f"part {fold + 1}: correlation {sum(held) / len(held):.3f}")
    if not arguments.folds:
        held, ideas, points = marked(arguments.marked)
        models = {
            "told": _model(meetings, talks), "ideas": judged(held, ideas, IDEAS), "points": judged(held, points, POINTS),
        }  # fmt: skip
        arguments.output.write_text(
            json.dumps(models, indent=0, sort_keys=True) + "\n", encoding="utf-8", newline="\n"
        )
        print(f"{sum(map(len, models.values()))} weights -> {arguments.output.name}")


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _model(meetings: Sequence[list[Row]], talks: Sequence[list[list[Row]]]) -> dict[str, float]:
    spoken = [way for talk in talks for way in talk]
    return train([*meetings, *spoken], [1.0] * len(meetings) + [2.0] * len(spoken))


if __name__ == "__main__":
    main()
