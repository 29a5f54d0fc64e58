"""Passages of a talk: a sentence with the neighbours that it needs, whole, lightly cleaned, and what each is worth.

A passage never crosses what parts a talk (a change of speaker, a sound cue), and holds nothing that greets, announces,
asks or tells what others say. The choice is greedy: a passage gains the weight of what it adds to those chosen, times its
worth, for its length. Gains only fall as passages are chosen, so a heap with stale gains finds each next one.
"""

import heapq
import math
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vidgist.offline import common, english, languages, ranker, sentence_quality, sentence_repair
from vidgist.offline.english import CHATTER
from vidgist.offline.languages import Language
from vidgist.offline.sentences import SURE, Sentence
from vidgist.offline.spelling import Spelling
from vidgist.offline.tagging import ASKING, CONJUNCTION, CONTRACTED, FINITE, MODAL, SUBORDINATOR
from vidgist.offline.words import DENSE_WEIGHT, is_dense, pairs, split, terms

SHORTEST, LONGEST, MOST = 20.0, 60.0, 4
"""Words of a passage, and its sentences at most."""
LEAST = 5
"""Words that a sentence has at least to count as one."""
LEARNT, OUTER, INNER, RUN_ON, SLACK, SPARE = 1.2, 1.5, 2.0, 1.0, 1.0, 0.5
"""Exponents of what the ranker says, of how likely a passage, its sentences and none inside end; added to odds; factor of a spare verb."""
TURNED = 0.5
"""Factor of a passage whose next sentence turns, or answers, what it says: readers found twice as many that mislead."""
DENSITY, PARTS, SPREAD = 0.6, 4, 0.6
"""Exponent of the length by which what a passage adds is divided; parts of a talk; factor for each passage that one of them has."""
_TURNING = english.words("turning")
FEW = 8
"""Units that a talk repeats at least for them alone to count."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence as it is shown; ``keys`` and ``tags`` are of the words shown, ``factor`` is of its form and act.

    ``learnt`` is the logarithm of what it is worth as an idea, ``closing`` that of how much more it is as a last word.
    """

    sentence: Sentence
    text: str
    keys: tuple[str, ...]
    tags: str
    size: float
    units: tuple[Hashable, ...]
    factor: float
    learnt: float
    closing: float

    @property
    def worth(self) -> float:
        """Return what a sentence is worth by itself."""
        return self.factor * math.exp(self.learnt)


class Passage(NamedTuple):
    """Sentences ``first`` to ``last`` of a talk, the last included."""

    first: int
    last: int
    size: float
    units: frozenset[Hashable]
    worth: float


class Reader:
    """Reads the sentences of one talk as they would be shown."""

    def __init__(self, text: str, spelling: Spelling, language: Language, title: str = "") -> None:
        self._text, self._spelling, self._language = text, spelling, language
        self._english, self._title = language.code == "en", frozenset(terms(split(title), language.stops))

    def shown(self, sentences: Sequence[Sentence]) -> list[Shown]:
        """Return each sentence as it is shown. Linear."""
        stops, fillers = self._language.stops, self._language.fillers
        spoken = [[word for word in sentence.words if word.key not in fillers] for sentence in sentences]
        said = [ranker.Said(words, terms(words, stops)) for words in spoken]
        names = ranker.features(said, self._title) if self._english else [[] for _ in said]
        return [self._one(*row) for row in zip(sentences, said, names, strict=True)]

    def _one(self, sentence: Sentence, said: ranker.Said, names: Sequence[str]) -> Shown:
        language, words = self._language, sentence.words
        pieces = sentence_repair.repaired(self._text, words, language, sentence.joints)
        if all(piece.key in CHATTER for piece in pieces):
            pieces = []
        keys, tags = tuple(piece.key for piece in pieces), "".join(piece.tag for piece in pieces)
        closing = self._text[words[-1].end : sentence.end]
        mark = next((mark for mark in "?؟？!।" if mark in closing), "") or sentence_repair.stop(words)
        text = sentence_repair.written(pieces, self._spelling, mark)
        if mark == "." and sentence_quality.asks(text, language):
            text = text[:-1] + "?"
        size = sum(DENSE_WEIGHT if is_dense(key) else 1.0 for key in keys)
        factor = 1.0
        foreign = languages.foreign(keys, language)
        if keys and (foreign or not sentence_quality.states(keys, text, language)):
            factor = 0.0
        elif keys and self._english:
            factor = sentence_quality.judge(keys, tags) * (
                1.0 if size >= LEAST else sentence_quality.FRAGMENT
            )
        units = (*said.terms, *pairs(said.words, language.stops))
        told, idea, point = (ranker.score(names, weights) for weights in ranker.shipped())
        return Shown(sentence, text, keys, tags, size, units, factor, LEARNT * told + idea, point - idea)

    def passages(self, said: Sequence[Shown], shortest: float = SHORTEST) -> list[Passage]:
        """Return every passage of the right length. Linear."""
        return [
            passage
            for first in range(len(said))
            if said[first].text
            for passage in self._from(said, first, shortest)
        ]

    def _from(self, said: Sequence[Shown], first: int, shortest: float) -> Iterator[Passage]:
        size, held = 0.0, 0
        for last in range(first, len(said)):
            one = said[last]
            between = self._text[said[last - 1].sentence.end : one.sentence.start] if last > first else ""
            if between.strip():  # neither sentence says it: a sound, a speaker
                return
            if not one.text:
                continue
            size, held = size + one.size, held + 1
            if size > LONGEST or held > MOST or not one.factor:
                return
            if size >= shortest:
                yield self._passage(said, first, last, size)

    def _passage(self, said: Sequence[Shown], first: int, last: int, size: float) -> Passage:
        held = [one for one in said[first : last + 1] if one.text]
        worth = math.exp(math.fsum(one.size * math.log(one.factor) for one in held) / size)
        worth *= min(one.factor for one in held)
        worth *= math.exp(math.fsum(one.size * one.learnt for one in held) / size)
        worth *= _sure(held)
        if self._english:
            worth *= sentence_quality.leans(held[0].keys, held[0].tags)
            after = said[last + 1].sentence.words[0].key if last + 1 < len(said) else ""
            worth *= TURNED if after in _TURNING else 1.0
        units = frozenset(unit for one in held for unit in one.units)
        return Passage(first, last, size, units, worth)


def _sure(held: Sequence[Shown]) -> float:
    """Return how likely the talk parts these sentences as they are shown."""

    def likely(odds: float) -> float:
        return 1 / (1 + math.exp(-min(SURE, odds)))

    outer = likely(held[0].sentence.opens + SLACK) * likely(held[-1].sentence.closes + SLACK)
    inner = math.prod(likely(one.sentence.closes + SLACK) for one in held[:-1])
    kept = math.prod(1 - likely(max(one.sentence.joints.values(), default=-SURE)) for one in held)
    kept *= math.prod(SPARE ** _spare(one) for one in held)
    return math.pow(outer, OUTER) * math.pow(inner, INNER) * math.pow(kept, RUN_ON)


def _spare(one: Shown) -> int:
    """Return how many verbs of a guessed sentence no clause of it claims: the clauses of two run together."""
    claimed = 1 + sum(map(one.tags.count, CONJUNCTION + ASKING + SUBORDINATOR)) + one.text.count(", ")
    verbs = sum(map(one.tags.count, FINITE + CONTRACTED + MODAL))
    return max(0, verbs - claimed) if min(one.sentence.opens, one.sentence.closes) < SURE else 0


def closing(passage: Passage, said: Sequence[Shown]) -> float:
    """Return how much better a last word than an idea a passage is."""
    held = [one for one in said[passage.first : passage.last + 1] if one.text]
    return math.exp(math.fsum(one.size * one.closing for one in held) / passage.size)


def weigh(said: Sequence[Shown]) -> dict[Hashable, float]:
    """Return the weight of each word, and of each pair of neighbouring words, of a talk.

    It is more where they are said often and are not common in all speech. In a talk too short to repeat itself every
    unit has one.
    """
    counts = Counter(unit for one in said for unit in one.units)
    repeated = {unit: count for unit, count in counts.items() if count > 1}
    chosen = repeated if len(repeated) >= FEW else counts
    return {unit: math.sqrt(count) * _rare(unit) for unit, count in chosen.items()}


def _rare(unit: Hashable) -> float:
    parts = unit if isinstance(unit, tuple) else (unit,)
    return max(common.weight(part) for part in parts)


def choose(
    passages: Sequence[Passage],
    weights: dict[Hashable, float],
    budget: float,
    most: int,
    taken: Sequence[Passage] = (),
) -> list[Passage]:
    """Return passages in the order of their choice, until ``budget`` words or ``most`` of them are had.

    None shares a sentence with another or with one of those ``taken``, and what these say is covered. n log n in
    practice.
    """
    held = {index for passage in taken for index in range(passage.first, passage.last + 1)}
    covered = {unit for passage in taken for unit in passage.units}
    chosen: list[Passage] = []
    spent, end = 0.0, max((passage.last for passage in passages), default=0) + 1
    there: Counter[int] = Counter()

    def gain(passage: Passage) -> float:
        return _gain(passage, weights, covered) * math.pow(SPREAD, there[PARTS * passage.first // end])

    heap = [(-gain(passage), index) for index, passage in enumerate(passages)]
    heapq.heapify(heap)
    while heap and len(chosen) < most:
        stale, index = heapq.heappop(heap)
        passage = passages[index]
        if stale == 0:
            break
        if not held.isdisjoint(range(passage.first, passage.last + 1)):
            continue
        current = gain(passage)
        if current < -stale - 1e-12:
            heapq.heappush(heap, (-current, index))
            continue
        if chosen and spent + passage.size > budget:
            continue
        chosen.append(passage)
        spent += passage.size
        there[PARTS * passage.first // end] += 1
        covered.update(passage.units)
        held.update(range(passage.first, passage.last + 1))
    return chosen


def _gain(passage: Passage, weights: dict[Hashable, float], covered: set[Hashable]) -> float:
    # fsum is exact in any order: the order of a set of text differs between processes.
    fresh = math.fsum(weights.get(unit, 0.0) for unit in passage.units if unit not in covered)
    return passage.worth * fresh / math.pow(passage.size, DENSITY) if passage.size else 0.0


def centrality(passage: Passage, weights: dict[Hashable, float]) -> float:
    """Return how much of what a passage says is what the whole talk speaks of."""
    held = math.fsum(weights.get(unit, 0.0) for unit in passage.units)
    return held / (len(passage.units) + 3)
