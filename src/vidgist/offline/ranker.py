"""How much of a person's summary of a talk is in one of its sentences, and how it reads alone: linear models over cheap features.

Learnt from meetings and talks with people's summaries, and from passages that readers marked (docs/offline.md;
benchmarks/train_ranker.py repeats it). The words among the features are those common in all speech: the models know no subject.
"""

import json
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from vidgist.offline import common, english, lexicon
from vidgist.offline.languages import ENGLISH
from vidgist.offline.tagging import CONTRACTED, FINITE, NAME, NUMBER, PRONOUN
from vidgist.offline.words import Word, stem

_PLACES = (0.01, 0.03, 0.07, 0.15, 0.3, 0.5, 0.7, 0.85, 0.93, 0.98)
_LENGTHS = (4, 7, 10, 14, 18, 23, 30, 40)
_SHARES = (0.1, 0.2, 0.27, 0.33, 0.4, 0.5, 0.6)
TOP, GENERAL = 12, 2
"""Words that the talk speaks of most, and the step of `common` from which a word belongs to no subject."""
SELF, YOU = english.words("self"), english.words("you")
_EXAMPLES = english.words("examples")


class Said(NamedTuple):
    """A sentence as the model sees it: its words without fillers, and the stems of its content words."""

    words: Sequence[Word]
    terms: Sequence[str]


class Weights(NamedTuple):
    """Logarithms: how much of a summary a sentence holds, how good an idea it makes, and how good a last word."""

    told: Mapping[str, float]
    ideas: Mapping[str, float]
    points: Mapping[str, float]


def features(said: Sequence[Said], title: frozenset[str] = frozenset()) -> list[list[str]]:
    """Return the names of what holds of each sentence of a talk, whose title has these stems. Linear."""
    counts = Counter(term for one in said for term in one.terms)
    weights = {term: math.sqrt(count) * common.weight(term) for term, count in counts.items()}
    top = frozenset(sorted(weights, key=lambda term: (-weights[term], term))[:TOP])
    means = [math.fsum(weights[term] for term in one.terms) / (len(one.terms) + 3) for one in said]
    ranked = sorted(means)
    found = []
    for index, (one, mean) in enumerate(zip(said, means, strict=True)):
        names = _own(one, top)
        names.append(f"title {min(2, len(title.intersection(one.terms)))}")
        names.append(f"place {bisect_right(_PLACES, (index + 0.5) / len(said))}")
        names.append(f"central {10 * bisect_right(ranked, mean) // (len(ranked) + 1)}")
        found.append(names)
    return found


def _own(one: Said, top: frozenset[str]) -> list[str]:
    """Return what holds of a sentence by itself."""
    keys = [word.key for word in one.words]
    tags = "".join(word.tag or "?" for word in one.words)
    size = max(1, len(keys))
    known = {key: stem(key) for key in keys if common.shipped().get(stem(key), 0) >= GENERAL}
    return [
        *(f"word {found}" for found in dict.fromkeys(known.values())),
        *(f"opens {key}" for key in keys[:1] if key in known),
        f"tags {tags[:2]}",
        f"tag {tags[:1]}",
        f"length {bisect_right(_LENGTHS, size)}",
        f"content {bisect_right(_SHARES, len(one.terms) / size)}",
        f"top {min(4, len(top.intersection(one.terms)))}",
        f"names {min(3, tags.count(NAME))}",
        f"numbers {min(2, tags.count(NUMBER))}",
        f"verbs {min(4, sum(map(tags.count, FINITE + CONTRACTED)))}",
        f"pronouns {min(3, tags.count(PRONOUN))}",
        f"self {min(2, sum(key in SELF for key in keys))}",
        f"you {min(2, sum(key in YOU for key in keys))}",
        f"unknown {min(3, 10 * sum(not _known(key) for key in keys) // size)}",
        f"letters {min(2, sum(len(key) == 1 and key not in 'ai' for key in keys))}",
        *(["example"] if _EXAMPLES.intersection(keys) else []),
    ]


def _known(key: str) -> bool:
    return key in ENGLISH.stops or lexicon.shipped().knows(key)


def score(names: Sequence[str], weights: Mapping[str, float]) -> float:
    """Return the logarithm of how much more than a plain sentence one with these features is worth."""
    return math.fsum(weights.get(name, 0.0) for name in names)


@cache
def shipped() -> Weights:
    """Return the weights that come with the package."""
    return Weights(**json.loads((files("vidgist.offline") / "ranker.json").read_text(encoding="utf-8")))
