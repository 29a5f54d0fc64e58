"""A transcript as sentences, each a stretch of its text with its time.

Punctuation decides where there is some. Stretches without any are parted by pauses, chapters, changes of
speaker and, in English, by the learned model; in other languages by caption lines and joint words.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from vidgist.models import Chapter, Transcript
from vidgist.offline import boundaries, english, tagging
from vidgist.offline.languages import Language
from vidgist.offline.words import Word, size, split

LONGEST, LONG, BRIEF, SCRAP = 45.0, 24.0, 12.0, 4
"""Words from which a stretch without punctuation is parted even where no end is likely, from which at an end likelier than
`LONG_ODDS`, up to which one that no mark ends is a sentence, and that a part has at least."""
WRITTEN, CLAUSE, MARKS = 2.0, 20.0, ",;:–—"
"""How much longer one may be whose clauses are punctuated: that has as many words to each of these marks, or fewer."""
THRESHOLD, LONG_ODDS, JOINT = -0.9, -2.5, -4.2
"""Log odds from which a gap is an end (best F1 in cross-validation), is one in a long stretch, seems to part two clauses."""
PAUSE_SECONDS, PAUSE_ODDS = 0.7, 2.0
"""A pause, and what each of it adds, up to two."""
LINE_ODDS, LINE_ODDS_GUESSED = 0.3, 2.0
"""Added where a line of captions begins, in English and where only rules guess."""
SURE, _UNLIKELY = 20.0, -9.0
"""Log odds of an end that is written, and of one that nothing speaks for."""

PART, AROUND = 4000, 12
"""Words that are tagged and judged at once, and those on either side of them that are looked at."""
Judged = TypeVar("Judged")
_CUE = re.compile(
    r"\[[^\[\]]{1,40}\]|\((?:[a-z ]{0,20})(?:applause|music|laughter|laughs|laughing)\)|[♪♫]+|>>+"
)
_TAIL = re.compile(r"[^\s\w\[(<>♪♫]+(?:\s+[.!?…。！？]+)?")
"""What stands behind the last word of a sentence and belongs to it."""
_END = re.compile(r"[.!?…؟۔।]+[\"'”’»)\]]*(?=\s|$)|[。！？｡]+[」』”’）]*")
ABBREVIATIONS, _TITLES = map(english.words, ("abbreviations", "titles"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` of a transcript, verbatim; ``seconds`` from the start of the video where known.

    ``words`` are its words with places in the whole text. ``opens`` and ``closes`` say how sure its bounds are, as
    log odds. ``joints`` are the places of words that seem to begin a clause within it, where no punctuation says
    so, with the log odds that a sentence begins there.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    seconds: float | None
    opens: float
    closes: float
    joints: Mapping[int, float] = field(default_factory=dict)


class Places:
    """Where the segments of a transcript begin in its text, and when; ``names`` are where it names a speaker."""

    def __init__(self, transcript: Transcript) -> None:
        self.text = transcript.text
        self.timed = transcript.timed
        self.starts: list[int] = []
        self.seconds: list[float] = []
        self.pauses: list[float] = []
        self.names: list[tuple[int, int]] = []
        place, ended, speaker = 0, 0.0, ""
        for segment in transcript.segments:
            words = " ".join(segment.text.split())
            if segment.speaker and segment.speaker != speaker:
                speaker = segment.speaker
                named = len(" ".join(f"{speaker}:".split()))
                self.names.append((place, place + named))
                place += named + 1
            if not words:
                continue
            self.starts.append(place)
            self.seconds.append(segment.start)
            self.pauses.append(max(0.0, segment.start - ended) if transcript.timed and place else 0.0)
            place += len(words) + 1
            ended = segment.start + segment.duration

    def time(self, place: int) -> float | None:
        """Return when the word at this place of the text is said: the start of its segment."""
        if not self.timed or not self.starts:
            return None
        return self.seconds[max(0, bisect_right(self.starts, place) - 1)]

    def place(self, seconds: float) -> int:
        """Return where the text of this moment begins."""
        return self.starts[max(0, bisect_right(self.seconds, seconds) - 1)] if self.starts else 0


def of(transcript: Transcript, chapters: Sequence[Chapter], language: Language) -> list[Sentence]:
    """Return the sentences of a transcript in order; sound cues such as [Music] and names of speakers belong to none.

    English words are tagged with their parts of speech. Linear in the length of the text.
    """
    places = Places(transcript)
    words = _spoken(places.text, places.names)
    if not words:
        return []
    if language.code == "en":
        keys = [word.key for word in words]
        tags = "".join(_in_parts(len(keys), lambda span: tagging.tag(keys[span], tagging.shipped())))
        words = [word._replace(tag=tag) for word, tag in zip(words, tags, strict=True)]
    gaps = _Gaps(words, places, chapters, language)
    return [_sentence(places, words, first, gap, gaps.odds) for first, gap in pairwise(gaps.ends())]


def _in_parts(size: int, judge: Callable[[slice], Sequence[Judged]]) -> list[Judged]:
    """Return what is judged of each of ``size`` words, so many at once that a long talk takes little memory."""
    found: list[Judged] = []
    for first in range(0, size, PART):
        begin = max(0, first - AROUND)
        judged = judge(slice(begin, min(size, first + PART + AROUND)))
        found += judged[first - begin : first - begin + PART]
    return found


def _sentence(places: Places, words: list[Word], first: int, gap: int, odds: list[float]) -> Sentence:
    start = words[first].start
    bound = words[gap].start if gap < len(words) else len(places.text)
    closing = _TAIL.match(places.text[words[gap - 1].end : bound])
    return Sentence(
        start=start,
        end=words[gap - 1].end + (closing.end() if closing else 0),
        words=tuple(words[first:gap]),
        seconds=places.time(start),
        opens=odds[first],
        closes=odds[gap] if gap < len(words) else SURE,
        joints={words[index].start: odds[index] for index in range(first + 1, gap) if odds[index] > JOINT},
    )


def _spoken(text: str, names: Sequence[tuple[int, int]]) -> list[Word]:
    """Return the words that are said: those of sound cues and of speakers' names are none."""
    cues = sorted([*(match.span() for match in _CUE.finditer(text)), *names])
    starts = [start for start, _ in cues]

    def said(word: Word) -> bool:
        index = bisect_right(starts, word.start) - 1
        return index < 0 or word.start >= cues[index][1]

    return [word for word in split(text) if said(word)]


class _Gaps:
    """The gaps before the words of a talk, with the log odds that a sentence ends in each."""

    def __init__(
        self, words: list[Word], places: Places, chapters: Sequence[Chapter], language: Language
    ) -> None:
        self.words, self.places, self.language = words, places, language
        self.lines = {start: index for index, start in enumerate(places.starts)}
        forced = {places.place(chapter.start) for chapter in chapters} if places.timed else set()
        forced |= {end + 1 for _, end in places.names}
        self.odds = [SURE, *[_UNLIKELY] * (len(words) - 1)]
        for index in range(1, len(words)):
            between = places.text[words[index - 1].end : words[index].start]
            ended = _END.search(between) and not _abbreviates(words[index - 1].key, between)
            if words[index].start in forced or ended or _CUE.search(between):
                self.odds[index] = SURE

    def ends(self) -> list[int]:
        """Return the first gap and those at which sentences end. Where nothing is written for long, likely ends count."""
        ends = [0]
        for gap in range(1, len(self.words) + 1):
            if gap < len(self.words) and self.odds[gap] < 0:
                continue
            first = ends[-1]
            if self._length(first, gap) > (self._limit(first, gap) if self._written(gap) else BRIEF):
                self._guess(first, gap)
                ends += self._within(first, gap)
            ends.append(gap)
        return ends

    def _written(self, gap: int) -> bool:
        """Return whether a punctuation mark stands before this gap."""
        behind = self.words[gap].start if gap < len(self.words) else len(self.places.text)
        return bool(_END.search(self.places.text[self.words[gap - 1].end : behind]))

    def _length(self, first: int, last: int) -> float:
        return size(self.words[first:last])

    def _limit(self, first: int, last: int) -> float:
        """Return the words up to which a stretch is one sentence."""
        text, words = self.places.text, self.words[first:last]
        gaps = (text[left.end : right.start] for left, right in pairwise(words))
        marks = sum(any(mark in gap for mark in MARKS) for gap in gaps)
        return LONGEST * (WRITTEN if marks * CLAUSE >= len(words) else 1.0)

    def _guess(self, first: int, last: int) -> None:
        """Fill in the odds of a stretch where nothing is written."""
        words, english_ = self.words[first:last], self.language.code == "en"
        keys = [word.key for word in words]
        if english_:
            tags = "".join(word.tag for word in words)
            guesses = _in_parts(
                len(keys), lambda span: boundaries.log_odds(keys[span], boundaries.shipped(), tags[span])
            )
        else:
            guesses = [1.0 if key in self.language.joints else -2.0 for key in keys]
        begun = 0
        for at in range(1, len(words)):
            guess, line = guesses[at], self.lines.get(words[at].start)
            if line is not None:
                guess += LINE_ODDS if english_ else LINE_ODDS_GUESSED
                guess += PAUSE_ODDS * min(2.0, self.places.pauses[line] / PAUSE_SECONDS)
            if keys[at - 1] in _TITLES:
                guess = _UNLIKELY
            elif (
                not english_ and guess > THRESHOLD
            ):  # rules find too many ends: keep those that leave no scrap
                scrap = self._length(first + begun, first + at) < 2 * SCRAP
                guess, begun = (THRESHOLD - 0.1, begun) if scrap else (guess, at)
            self.odds[first + at] = guess

    def _within(self, first: int, last: int) -> list[int]:
        """Return the gaps that are likely ends; what is too long is parted at its likeliest inner gap, and the parts again."""
        ends = [index for index in range(first + 1, last) if self.odds[index] > THRESHOLD]
        stack = list(pairwise([first, *ends, last]))
        while stack:
            begin, end = stack.pop()
            length = self._length(begin, end)
            if length <= LONG or end - begin <= 2 * SCRAP:
                continue
            inner = range(begin + SCRAP, end - SCRAP + 1)
            best = max(inner, key=lambda index: (self.odds[index], -index))
            if length > LONGEST or self.odds[best] > LONG_ODDS:
                ends.append(best)
                stack += [(begin, best), (best, end)]
        return sorted(ends)


def _abbreviates(left: str, between: str) -> bool:
    alone = len(left) == 1 and left.isalpha() and left not in "iy"
    return between.startswith(".") and not between.startswith("..") and (alone or left in ABBREVIATIONS)
