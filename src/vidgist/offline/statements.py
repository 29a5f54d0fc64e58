"""What of a talk could stand as a note: its sentences, cut to the whole statements within them."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vidgist.offline import clauses, display, english, worth
from vidgist.offline.display import Piece
from vidgist.offline.languages import Language
from vidgist.offline.sentences import JOINT, MARKS, SURE, Sentence
from vidgist.offline.spelling import Spelling
from vidgist.offline.tagging import (
    ADJECTIVE,
    ADVERB,
    ASKING,
    CONJUNCTION,
    CONTRACTED,
    DETERMINER,
    FINITE,
    MODAL,
    NOUN,
    POSSESSIVE,
    PRONOUN,
    SUBORDINATOR,
    TO,
)
from vidgist.offline.words import Word

LONGEST = 24
"""Words from which a sentence is cut into the statements within it."""
CLAUSE, INNER = 1.0, 2.0
"""Added to the log odds of a sentence's end, at the bounds of a statement and within it: clauses end more often, and
the statements that are chosen are those whose inner odds happen to be too low."""
RUN_ON = 0.7
"""Factor of a place where one clause seems to run on into another."""
CUTS = 6
"""Places at which a statement may begin, and at which it may end, that are tried within one sentence."""
_VERBAL = FINITE + MODAL + CONTRACTED


@dataclass(frozen=True, slots=True)
class Statement:
    """Words ``first`` to ``last`` of sentence ``index``, as they are shown.

    ``text[start:end]`` is what was said, ``seconds`` when. ``keys`` are the words shown. ``whole`` says that it
    neither begins nor ends within a clause, as far as syntax tells; ``sure`` how likely the talk parts it at its
    bounds and nowhere within, from 0 to 1.
    """

    index: int
    first: int
    last: int
    words: tuple[Word, ...]
    start: int
    end: int
    seconds: float | None
    shown: str
    keys: tuple[str, ...]
    whole: bool
    sure: float


class Cutter:
    """Finds the statements of the sentences of one talk. ``time`` tells when a place of the text is said."""

    def __init__(
        self, text: str, spelling: Spelling, language: Language, time: Callable[[int], float | None]
    ) -> None:
        self._text = text
        self._spelling = spelling
        self._language = language
        self._time = time

    def of(self, sentences: Sequence[Sentence]) -> list[Statement]:
        """At least one statement for each sentence, in order. Linear."""
        return [
            statement
            for index, sentence in enumerate(sentences)
            for statement in self._within(index, sentence)
        ]

    def _within(self, index: int, sentence: Sentence) -> Iterator[Statement]:
        entire = self._statement(index, sentence, 0, len(sentence.words))
        if self._language.code != "en" or (entire.whole and len(sentence.words) <= LONGEST):
            yield entire
            return
        found: list[Statement] = []
        for first, last in self._spans(sentence):
            if any(first < other.last and other.first < last for other in found):
                continue
            part = self._statement(index, sentence, first, last)
            if part.whole and len(part.keys) >= worth.SHORTEST:
                found.append(part)
        yield from sorted(found, key=lambda part: part.first) or [entire]

    def _spans(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Where a statement may stand within a sentence, the longest first."""
        words = sentence.words
        starts = [0, *(at for at in range(1, len(words)) if self._begins(sentence, at))][:CUTS]
        ends = [*(at for at in range(1, len(words)) if self._ends(sentence, at)), len(words)][-CUTS:]
        spans = [
            (first, last)
            for first in starts
            for last in ends
            if worth.SHORTEST <= last - first <= max(LONGEST, worth.LONGEST) and last - first < len(words)
        ]
        return sorted(spans, key=lambda span: (span[0] - span[1], span))

    def _begins(self, sentence: Sentence, at: int) -> bool:
        """Whether a clause of its own may begin here: what it depends on must not be lost."""
        left = sentence.words[:at]
        if any(word.tag == SUBORDINATOR for word in left):
            return False
        if left[-1].tag == CONJUNCTION and sentence.words[at].tag in PRONOUN + CONTRACTED:
            return True
        if not any(word.tag in _VERBAL for word in left):
            return False
        if left[-1].tag == CONJUNCTION:
            # every point and phase of the contest: one noun joined to another begins nothing
            return sentence.words[at].tag not in NOUN + ADJECTIVE or self._parts(sentence, at - 1)
        return self._parts(sentence, at)

    def _ends(self, sentence: Sentence, at: int) -> bool:
        """Whether a clause may end here: what follows has a subject and a verb of its own."""
        right = sentence.words[at:]
        if right[0].tag == SUBORDINATOR or sentence.words[at - 1].tag in _VERBAL:
            return False
        if right[0].tag == CONJUNCTION:
            right = right[1:]
        elif right[0].tag in TO + ADVERB or not self._parts(sentence, at):
            return False
        return bool(right) and (
            right[0].tag in PRONOUN + CONTRACTED + ASKING or any(word.tag in _VERBAL for word in right)
        )

    def _parts(self, sentence: Sentence, at: int) -> bool:
        """Whether punctuation stands before a word, or a clause seems to begin with it."""
        return sentence.words[at].start in sentence.joints or self._marked(sentence, at)

    def _statement(self, index: int, sentence: Sentence, first: int, last: int) -> Statement:
        words = sentence.words[first:last]
        end = sentence.end if last == len(sentence.words) else words[-1].end
        found = display.repaired(self._text, words, self._language, sentence.joints)
        mark = next((mark for mark in "?؟？" if mark in self._text[words[-1].end : end]), "")
        shown = display.written(found, self._spelling, mark or display.stop(words))
        if not mark and shown.endswith(".") and worth.asks(shown, self._language):
            shown = shown[:-1] + "?"
        return Statement(
            index=index,
            first=first,
            last=last,
            words=words,
            start=words[0].start,
            end=end,
            seconds=sentence.seconds if first == 0 else self._time(words[0].start),
            shown=shown,
            keys=tuple(piece.key for piece in found),
            whole=self._language.code != "en" or _whole(found),
            sure=self._sure(sentence, first, last, found),
        )

    def _sure(self, sentence: Sentence, first: int, last: int, found: Sequence[Piece]) -> float:
        if self._language.code != "en" or min(sentence.opens, sentence.closes) >= SURE:
            return 1.0
        inner = (sentence.guesses.get(word.start) for word in sentence.words[first + 1 : last])
        entire = math.prod(1 - _chance(odds + INNER) for odds in inner if odds is not None)
        entire *= RUN_ON ** _seams(found)
        return entire * math.prod(_chance(self._odds(sentence, at) + CLAUSE) for at in (first, last))

    def _odds(self, sentence: Sentence, at: int) -> float:
        """Log odds that a sentence ends before word ``at``; where punctuation stands a clause surely does."""
        words = sentence.words
        if self._marked(sentence, at):
            return SURE
        if at == 0:
            return sentence.opens
        return sentence.closes if at == len(words) else sentence.joints.get(words[at].start, JOINT)

    def _marked(self, sentence: Sentence, at: int) -> bool:
        words = sentence.words
        left = words[at - 1].end if at else max(0, words[0].start - 2)
        right = words[at].start if at < len(words) else left + 1
        return any(mark in self._text[left:right] for mark in MARKS)


def _seams(found: Sequence[Piece]) -> int:
    """Places where one clause seems to run on into another: ``the remote the battery``, ``the chips they use``."""
    return sum(
        right.before == " "
        and (
            (left.tag in clauses.HEADS + ADJECTIVE and right.tag in DETERMINER + POSSESSIVE)
            or (left.tag in clauses.HEADS and (right.tag == CONTRACTED or right.key in english.NOMINATIVE))
        )
        for left, right in pairwise(found)
    )


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _whole(found: Sequence[Piece]) -> bool:
    return clauses.whole([piece.key for piece in found], "".join(piece.tag for piece in found))
