"""A talk as a few stretches, each about its own things, what they are called, and what all of the talk is about.

Chapters decide where there are enough of them; else the deepest drops of shared vocabulary between the sentences before
and after a gap, no two close together. Linear in the length of the talk.
"""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from vidgist.models import Chapter
from vidgist.offline import common
from vidgist.offline.labels import lone
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence
from vidgist.offline.words import split, terms

TOPICS, TOPIC_TERMS = 5, 60
"""At most so many stretches, and so many content words to each."""
PHRASES = 8
"""Phrases of a stretch."""
LONE = 0.35
"""Factor of a single word among them."""
ABOUT = 2
"""Phrases that say what the whole talk is about."""
TITLED = 2.0
"""Factor of those with a word of its title."""
BLOCK = 120
"""Content terms compared on either side of a gap."""
SPEAKS = 0.3
"""Weight from which a word tells one stretch from another."""


def cut(sentences: Sequence[Sentence], chapters: Sequence[Chapter], language: Language) -> list[int]:
    """The first sentence of each stretch."""
    said = [
        [term for term in terms(sentence.words, language.stops) if common.weight(term) >= SPEAKS]
        for sentence in sentences
    ]
    begins = [
        next((at for at, sentence in enumerate(sentences) if (sentence.seconds or 0.0) >= chapter.start), 0)
        for chapter in chapters
    ]
    return parted(said, max(1, min(TOPICS, sum(map(len, said)) // TOPIC_TERMS)), begins)


def parted(passages: Sequence[Sequence[str]], count: int, chapters: Sequence[int] = ()) -> list[int]:
    """First sentence of each stretch, at most ``count`` of them, the first being 0.

    ``passages`` are the terms of each sentence; ``chapters`` the sentences at which chapters begin.
    """
    total = len(passages)
    if total < 2 or count < 2:
        return [0]
    inner = sorted({index for index in chapters if 0 < index < total})
    if 2 <= len(inner) + 1 <= count:
        return [0, *inner]
    scores = _drops(passages)
    candidates = inner if len(inner) + 1 > count else list(range(1, total))
    apart = max(1, total // (2 * count))
    chosen: list[int] = []
    for index in sorted(candidates, key=lambda index: (-scores[index], index)):
        if apart <= index <= total - apart and all(abs(index - other) >= apart for other in chosen):
            chosen.append(index)
            if len(chosen) == count - 1:
                break
    return [0, *sorted(chosen)]


def _drops(passages: Sequence[Sequence[str]]) -> list[float]:
    """For the gap before each sentence how little its two sides share, 0 to 1."""
    flat = [(term, index) for index, terms in enumerate(passages) for term in terms]
    counts = Counter(term for term, _ in flat)
    total = len(flat)
    scores = [0.0] * len(passages)
    begins: dict[int, int] = {}
    for place, (_, index) in enumerate(flat):
        begins.setdefault(index, place)
    left: Counter[str] = Counter()
    right: Counter[str] = Counter(term for term, _ in flat[:BLOCK])
    dot, place = 0.0, 0
    weight = {term: math.log(1 + total / count) if count > 1 else 0.0 for term, count in counts.items()}
    for index in range(len(passages)):
        target = begins.get(index, place)
        while place < target:
            term = flat[place][0]
            dot -= weight[term] * left[term] * right[term]
            left[term] += 1
            right[term] -= 1
            dot += weight[term] * left[term] * right[term]
            if place + BLOCK < total:
                new = flat[place + BLOCK][0]
                dot += weight[new] * left[new]
                right[new] += 1
            if place >= BLOCK:
                old = flat[place - BLOCK][0]
                dot -= weight[old] * right[old]
                left[old] -= 1
            place += 1
        scores[index] = -dot
    return scores


def named(starts: Sequence[int], phrases: Sequence[Phrase], count: int) -> list[list[Phrase]]:
    """For each stretch its own weightiest phrases, none of whose words an earlier one took."""
    taken: set[str] = set()
    found = []
    for start, end in pairwise([*starts, count]):
        scored = []
        for phrase in phrases:
            inside = sum(start <= place[0] < end for place in phrase.places)
            if inside:
                factor = LONE if lone(phrase) else 1.0
                scored.append((factor * phrase.score * inside**1.5 / len(phrase.places), phrase))
        scored.sort(key=lambda pair: (-pair[0], pair[1].places[0]))
        own: list[Phrase] = []
        for _, phrase in scored:
            if len(own) == PHRASES:
                break
            if not taken & set(phrase.stems):
                own.append(phrase)
                taken.update(phrase.stems)
        found.append(own)
    return found


def about(phrases: Sequence[Phrase], title: str, language: Language) -> list[Phrase]:
    """The weightiest phrases of the whole talk, first those that its title names, no word of which is in another."""
    words = set(terms(split(title), language.stops))

    def weight(phrase: Phrase) -> float:
        return phrase.score * (TITLED if words.intersection(phrase.stems) else 1.0)

    found: list[Phrase] = []
    for phrase in sorted(phrases, key=lambda phrase: -weight(phrase)):
        if len(found) < ABOUT and not any(set(phrase.stems) & set(other.stems) for other in found):
            found.append(phrase)
    return found
