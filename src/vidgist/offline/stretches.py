"""A talk as a few stretches, each about its own things, what they are called, and what all of the talk is about.

Chapters decide where there are enough of them; else the deepest drops of vocabulary that both sides of a gap share. Linear.
"""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from vidgist.models import Chapter
from vidgist.offline import common, english
from vidgist.offline.labels import lone
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase, coined
from vidgist.offline.sentences import Sentence
from vidgist.offline.words import split, terms

TOPICS, TOPIC_TERMS, PHRASES = 5, 60, 8
"""At most so many stretches, so many content words to each at least, and so many phrases of one."""
LONE, TERM, SPREAD, LASTING, AGAIN = 0.3, 0.6, 0.75, 60, 0.1
"""Factors of a single word among them, and of one that no dictionary has; how much a phrase loses that the talk says elsewhere
too; sentences of a stretch for each of which its phrases are said once more; what one counts that is not."""
ABOUT, TITLED = 2, 2.0
"""Phrases that say what the whole talk is about, and the factor of those with a word of its title."""
ADVERT = 8
"""Sentences between two that sell in one advertisement."""
_SELLS = english.pattern("sells")
BLOCK, SPEAKS = 120, 0.3
"""Content terms compared on either side of a gap, and the weight from which one distinguishes two stretches."""


def cut(sentences: Sequence[Sentence], chapters: Sequence[Chapter], language: Language) -> list[int]:
    """Return the first sentence of each stretch."""
    said = [
        [term for term in terms(sentence.words, language.stops) if common.weight(term) >= SPEAKS]
        for sentence in sentences
    ]
    times = [sentence.seconds or 0.0 for sentence in sentences]
    begins = [next((at for at, time in enumerate(times) if time >= chapter.start), 0) for chapter in chapters]
    return parted(said, max(1, min(TOPICS, sum(map(len, said)) // TOPIC_TERMS)), begins)


def sold(said: Sequence[str]) -> list[bool]:
    """Return which sentences, in small letters, belong to an advertisement: two that sell stand near each other and round them."""
    cues = [at for at, one in enumerate(said) if _SELLS.search(one)]
    spans = [range(first - ADVERT // 2, last + 2) for first, last in pairwise(cues) if last - first <= ADVERT]
    return [any(at in span for span in spans) for at in range(len(said))]


def parted(passages: Sequence[Sequence[str]], count: int, chapters: Sequence[int] = ()) -> list[int]:
    """Return the first sentence of each stretch, at most ``count`` of them, the first being 0.

    ``passages`` are the terms of each sentence; ``chapters`` the sentences at which chapters begin.
    """
    total = len(passages)
    inner = sorted({index for index in chapters if 0 < index < total})
    if total < 2 or count < 2 or 2 <= len(inner) + 1 <= count:
        return [0, *inner][: max(1, count)]
    scores = _drops(passages)
    apart = max(1, total // (2 * count))
    chosen: list[int] = []
    for index in sorted(inner or range(1, total), key=lambda index: (-scores[index], index)):
        clear = apart <= index <= total - apart and all(abs(index - other) >= apart for other in chosen)
        if clear and len(chosen) < count - 1:
            chosen.append(index)
    return [0, *sorted(chosen)]


def _drops(passages: Sequence[Sequence[str]]) -> list[float]:
    """Return for the gap before each sentence how little its two sides share: less than nothing, at most that."""
    flat = [term for terms in passages for term in terms]
    counts = Counter(flat)
    weight = {term: math.log(1 + len(flat) / count) for term, count in counts.items() if count > 1}
    scores, place = [], 0
    for said in passages:
        left, right = Counter(flat[max(0, place - BLOCK) : place]), Counter(flat[place : place + BLOCK])
        shared = left.keys() & right.keys() & weight.keys()
        scores.append(-math.fsum(weight[term] * left[term] * right[term] for term in shared))
        place += len(said)
    return scores


def named(
    starts: Sequence[int], phrases: Sequence[Phrase], worth: Sequence[float], language: Language
) -> list[list[Phrase]]:
    """Return for each stretch its own weightiest phrases, none of whose words an earlier one took.

    ``worth`` is what each sentence of the talk is worth: what greets or announces names nothing.
    """
    taken: set[str] = set()
    found = []
    english_ = language.code == "en"
    forms = [
        1.0 if not lone(one) else TERM if english_ and coined(one.label.lower()) else LONE for one in phrases
    ]
    for start, end in pairwise([*starts, len(worth)]):
        scored = []
        for phrase, form in zip(phrases, forms, strict=True):
            if held := [worth[place[0]] for place in phrase.places if start <= place[0] < end]:
                lasting = min(1.0, (len(held) - 1 + AGAIN) / (1 + (end - start) / LASTING))
                spread = len(phrase.places) ** SPREAD
                scored.append((form * lasting * phrase.score * math.fsum(held) / spread, phrase))
        own: list[Phrase] = []
        for score, phrase in sorted(scored, key=lambda pair: (-pair[0], pair[1].places[0])):
            if score > 0 and len(own) < PHRASES and not taken & set(phrase.stems):
                own.append(phrase)
                taken.update(phrase.stems)
        found.append(own)
    return found


def about(phrases: Sequence[Phrase], title: str, language: Language) -> list[Phrase]:
    """Return the weightiest phrases of the whole talk, first those that its title names, no word of which is in another."""
    words, found = set(terms(split(title), language.stops)), list[Phrase]()
    for phrase in sorted(phrases, key=lambda one: -one.score * (TITLED if words & set(one.stems) else 1.0)):
        if len(found) < ABOUT and not any(set(phrase.stems) & set(other.stems) for other in found):
            found.append(phrase)
    return found
