"""Guessed sentence bounds of English speech, put right by syntax: one statement in two parts is joined, two
statements that run on are parted. Ends that are written stay.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from vidgist.offline import clauses, english
from vidgist.offline.sentences import LONGEST, SCRAP, SURE, Sentence
from vidgist.offline.tagging import CONJUNCTION, CONTRACTED, INTERJECTION, PRONOUN
from vidgist.offline.words import Word

LEAST_ODDS = -2.6
DOUBT = 1.0
"""Log odds from which two statements are parted, and how much more certain a pronoun after a noun has to be."""


def mend(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences in order, of the same words. ``words`` must be tagged. Linear."""
    return [part for sentence in _join(sentences) for part in _parts(sentence)]


def bare(words: Sequence[Word]) -> Sequence[Word]:
    """Words without the chatter that opens and ends them."""
    first, last = 0, len(words)
    while first < last and (words[first].key in english.OPENERS or words[first].tag in _CHATTER):
        first += 1
    while last > first and words[last - 1].tag in _CHATTER:
        last -= 1
    return words[first:last]


_CHATTER = INTERJECTION + CONJUNCTION


def _whole(words: Sequence[Word]) -> bool:
    spoken = [word for word in bare(words) if word.tag != INTERJECTION]
    return clauses.whole([word.key for word in spoken], "".join(word.tag for word in spoken))


def _join(sentences: Sequence[Sentence]) -> list[Sentence]:
    joined: list[Sentence] = []
    for sentence in sentences:
        last = joined[-1] if joined else None
        if (
            last
            and last.closes < SURE
            and len(last.words) + len(sentence.words) <= LONGEST
            and not _whole(last.words)
            and not _whole(sentence.words)
            and _whole((*last.words, *sentence.words))
        ):
            joined[-1] = replace(
                last,
                end=sentence.end,
                words=(*last.words, *sentence.words),
                closes=sentence.closes,
                joints={**last.joints, **sentence.joints, sentence.words[0].start: last.closes},
            )
        else:
            joined.append(sentence)
    return joined


def _parts(sentence: Sentence) -> list[Sentence]:
    """The sentence, cut at the first joint that has a whole statement on either side, and its rest again."""
    parts = []
    words = sentence.words
    for at in range(1, len(words)):
        first = len(sentence.words) - len(words)
        if _odds(sentence, at) > LEAST_ODDS and min(at - first, len(sentence.words) - at) >= SCRAP:
            left, right = sentence.words[first:at], sentence.words[at:]
            if _whole(left) and _whole(right):
                parts.append(replace(sentence, start=left[0].start, end=left[-1].end, words=left, closes=0.0))
                words = right
    parts.append(replace(sentence, start=words[0].start, words=words))
    return parts


def _odds(sentence: Sentence, at: int) -> float:
    """The log odds of an end before a word; a pronoun after a noun may begin a relative clause (``lanes they built``)."""
    before, word = sentence.words[at - 1], sentence.words[at]
    relative = before.tag in clauses.HEADS and word.tag in PRONOUN + CONTRACTED
    return sentence.joints.get(word.start, -math.inf) - relative * DOUBT
