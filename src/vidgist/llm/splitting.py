"""A transcript in consecutive parts that each fit a number of tokens. Pure.

The parts are about equally long. A part ends where a chapter does, at a long pause or at the end of a
sentence, whichever is near the even cut; text without any of them is cut between words, or letters.
"""

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from vidgist.models import Chapter, Segment, Transcript
from vidgist.text import hygiene, tokens

OVERLAP_TOKENS = 60
"""Of the part before, repeated at the beginning of the next: a thought that runs across stands in one."""

LEAST_TOKENS = 120
"""A smaller part holds no thought."""

_REACH = 0.15
"""How far from the even cut, in shares of a part, a better place is looked for."""

_SECTION, _SENTENCE, _FULL_PAUSE = 3.0, 1.0, 2.0
"""What a chapter's beginning, the end of a sentence and a pause of `_PAUSE_SECONDS` or more are worth, where
a cut at the far end of the reach costs 1."""

_PAUSE_SECONDS = 4.0

_PIECE = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Part:
    """``overlap`` segments stand at the end of the part before, too. ``end`` is in seconds like ``start``."""

    segments: tuple[Segment, ...]
    chapters: tuple[str, ...]
    overlap: int = 0

    @cached_property
    def text(self) -> str:
        return Transcript(segments=self.segments).text

    @property
    def start(self) -> float:
        return self.segments[self.overlap].start

    @property
    def end(self) -> float:
        return max(segment.start + segment.duration for segment in self.segments)


def cut(transcript: Transcript, budget: int, chapters: Sequence[Chapter] = ()) -> tuple[Part, ...]:
    """Return the parts in order; together they hold every segment. One part where all fits ``budget`` tokens.

    A segment that is long for the budget is cut up, with its time shared out by letters. Raises `ValueError`
    below `LEAST_TOKENS`.
    """
    if budget < LEAST_TOKENS:
        raise ValueError(f"parts of {budget} tokens hold no thought")
    if tokens.estimate(transcript.text) <= budget:
        return (_part(transcript.segments, 0, chapters),)
    overlap = min(OVERLAP_TOKENS, budget // 10)
    segments = tuple(piece for segment in transcript.segments for piece in _pieces(segment, overlap))
    ends = _ends(segments, budget - overlap, transcript, chapters)
    parts = []
    for begin, end in itertools.pairwise((0, *ends)):
        shared = _shared(segments, begin, overlap)
        parts.append(_part(segments[shared:end], begin - shared, chapters))
    return tuple(parts)


def _ends(
    segments: Sequence[Segment], most: int, transcript: Transcript, chapters: Sequence[Chapter]
) -> list[int]:
    """Return after how many segments each part ends."""
    upto = list(itertools.accumulate((_size(segment) for segment in segments), initial=0))
    worth = _Worth(segments, transcript.timed, chapters)
    ends: list[int] = []
    begin = 0
    while upto[-1] - upto[begin] > most:
        left = upto[-1] - upto[begin]
        even = left / -(-left // most)
        latest = bisect.bisect_right(upto, upto[begin] + most) - 1
        low, high = upto[begin] + even * (1 - _REACH), upto[begin] + even * (1 + _REACH)
        near = [end for end in range(begin + 1, latest + 1) if low <= upto[end] <= high] or [latest]
        begin = max(near, key=lambda end: worth(end) - abs(upto[end] - upto[begin] - even) / (even * _REACH))
        ends.append(begin)
    return [*ends, len(segments)]


class _Worth:
    """How good a place for a cut each gap between segments is."""

    def __init__(self, segments: Sequence[Segment], timed: bool, chapters: Sequence[Chapter]) -> None:
        self.segments = segments
        self.timed = timed
        self.openings = {
            bisect.bisect_left(segments, chapter.start, key=lambda segment: segment.start)
            for chapter in (chapters if timed else ())
        }

    def __call__(self, end: int) -> float:
        """Return the worth of a cut before segment number ``end``."""
        before, after = self.segments[end - 1], self.segments[end]
        worth = _SECTION if end in self.openings else 0.0
        worth += _SENTENCE if hygiene.ends_sentence(before.text) else 0.0
        if self.timed:
            pause = after.start - before.start - before.duration
            worth += _FULL_PAUSE * min(max(pause, 0.0), _PAUSE_SECONDS) / _PAUSE_SECONDS
        return worth


def _shared(segments: Sequence[Segment], begin: int, overlap: int) -> int:
    """Return where a part that begins at ``begin`` begins to repeat the one before."""
    left: float = overlap
    while begin > 0 and (left := left - _size(segments[begin - 1])) >= 0:
        begin -= 1
    return begin


def _part(segments: Sequence[Segment], overlap: int, chapters: Sequence[Chapter]) -> Part:
    part = Part(tuple(segments), (), overlap)
    inside = []
    for chapter, after in itertools.zip_longest(chapters, chapters[1:]):
        if chapter.start < part.end and (after is None or after.start > part.start):
            inside.append(chapter.title)
    return Part(part.segments, tuple(inside), overlap)


def _pieces(segment: Segment, size: int) -> Iterator[Segment]:
    """Yield the segment, or pieces of it of at most ``size`` tokens, sentences whole where they are not
    longer.
    """
    if _size(segment) <= size:
        yield segment
        return
    length = len(segment.text)
    at = 0
    for text in _bundles(_runs(segment.text, size), size):
        start = segment.start + segment.duration * at / length
        yield Segment(start=start, duration=segment.duration * len(text) / length, text=text.strip())
        at += len(text)


def _runs(text: str, size: int) -> Iterator[str]:
    """Yield words with the space after them; what is longer than ``size`` tokens, letter by letter."""
    for match in _PIECE.finditer(text):
        yield from match[0] if tokens.estimate(match[0]) >= size else (match[0],)


def _bundles(runs: Iterator[str], size: int) -> Iterator[str]:
    """Yield runs joined up to ``size`` tokens, or to the end of a sentence from half of that on."""
    bundle: list[str] = []
    weight = 0.0
    for run in runs:
        more = _weight(run)
        if bundle and weight + more > size - 2:
            yield "".join(bundle)
            bundle, weight = [], 0.0
        bundle.append(run)
        weight += more
        if weight > size / 2 and hygiene.ends_sentence(run):
            yield "".join(bundle)
            bundle, weight = [], 0.0
    if bundle:
        yield "".join(bundle)


def _size(segment: Segment) -> float:
    """Return tokens with the space that follows, not less than there are."""
    return _weight(segment.text + " ")


def _weight(text: str) -> float:
    return tokens.estimate(text * 8) / 8  # an estimate is rounded up, and many roundings add up
