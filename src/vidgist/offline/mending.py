"""Guessed sentence bounds of English speech, put right by syntax: one statement in two parts is joined, two
statements that run on are parted. Ends that are written stay.
"""

from collections.abc import Sequence
from dataclasses import replace

from vidgist.offline import clauses, english
from vidgist.offline.english import bag
from vidgist.offline.sentences import LONGEST, SCRAP, SURE, Sentence
from vidgist.offline.tagging import (
    ADJECTIVE,
    ASKING,
    BASE,
    CONJUNCTION,
    DETERMINER,
    FINITE,
    GERUND,
    INTERJECTION,
    MODAL,
    PREPOSITION,
    SUBORDINATOR,
    TO,
)
from vidgist.offline.words import Word


def mend(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences in order, of the same words. ``words`` must be tagged. Linear."""
    return [part for sentence in _join(sentences) for part in _parts(_free(sentence))]


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
            and (sentence.words[0].tag in clauses.VERBS or not _whole(last.words))
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
    words, opens = sentence.words, sentence.opens
    for at in range(1, len(words)):
        first = len(sentence.words) - len(words)
        if sentence.words[at].start in sentence.joints and min(at - first, len(sentence.words) - at) >= SCRAP:
            left, right = sentence.words[first:at], sentence.words[at:]
            if _whole(left) and _whole(right):
                bound = sentence.joints[right[0].start]
                end = left[-1].end
                parts.append(
                    replace(sentence, start=left[0].start, end=end, words=left, opens=opens, closes=bound)
                )
                words, opens = right, bound
    parts.append(replace(sentence, start=words[0].start, words=words, opens=opens))
    return parts


def _free(sentence: Sentence) -> Sentence:
    """The sentence without those joints at which no statement can begin, for all that a pronoun follows."""
    words = sentence.words
    joints = {
        words[at].start: sentence.joints[words[at].start]
        for at in range(1, len(words))
        if words[at].start in sentence.joints and not _tied(words, at)
    }
    return replace(sentence, joints=joints)


def _tied(words: Sequence[Word], at: int) -> bool:
    """Whether the word before awaits this one, or this begins a relative clause: ``sure you``, ``the lanes they``."""
    before, word = words[at - 1], words[at]
    if before.tag in _AWAITING or before.key in _SURE:
        return True
    if before.tag not in clauses.HEADS or word.key not in _RELATIVE:
        return False
    first = at - 1
    while first and words[first].tag in clauses.HEADS + ADJECTIVE:
        first -= 1
    return word.key == "that's" or words[first].key in _DEFINITE or words[first].key == "one"


_AWAITING = FINITE + MODAL + BASE + GERUND + PREPOSITION + SUBORDINATOR + ASKING + TO + DETERMINER
_SURE = bag("sure glad happy clear afraid sorry aware best one now")
_RELATIVE = bag("i you he she we they i'm you're he's she's we're they're i've you've we've they've that's")
_DEFINITE = bag("the those all every any each only first last")
