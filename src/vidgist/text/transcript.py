"""Words with their times, made fit to read: one line each, in order, nothing unprintable. Pure.

Knows no file format: a reader has removed the markup before.
"""

import operator
import re
from collections.abc import Iterable, Iterator

from vidgist.models import Segment

UNTIMED = "these words have no times"
"""Written into a WebVTT comment above words without times, and recognised when they are read back."""

MOST_SECONDS = 1000 * 3600.0
"""A time beyond this is an error in a file, not a long video."""

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff]+"
)
_SOUND = re.compile(
    r"\[[^][]{0,60}\]|\([^()]{0,60}\)|\{[^{}]{0,60}\}|<[^<>]{0,60}>|\*[^*\s][^*]{0,60}\*"
    r"|（[^（）]{0,60}）|【[^【】]{0,60}】|［[^［］]{0,60}］|〔[^〔〕]{0,60}〕|〈[^〈〉]{0,60}〉|｛[^｛｝]{0,60}｝|＜[^＜＞]{0,60}＞"
)


def clean(cues: Iterable[Segment]) -> tuple[Segment, ...]:
    """Return segments of one line each, in the order of their times; those without text are dropped.

    White space is made single, control characters are removed. A time that cannot be (negative, not finite,
    beyond `MOST_SECONDS`) becomes that of the segment before. A cue that stands twice, with the same times
    and words, stands once.
    """
    segments: list[Segment] = []
    for cue in ordered(cues):
        text, speaker = line(cue.text), line(cue.speaker)
        as_read = text == cue.text and speaker == cue.speaker
        segment = (
            cue if as_read else Segment(start=cue.start, duration=cue.duration, text=text, speaker=speaker)
        )
        if segment.text and not (segments and _stands_twice(segments[-1], segment)):
            segments.append(segment)
    return tuple(segments)


def _stands_twice(before: Segment, segment: Segment) -> bool:
    return segment.start == before.start and segment.duration > 0 and segment == before


def line(text: str) -> str:
    """Return the text on one line, without control characters and what has no width."""
    if text.isprintable() and "  " not in text and not text.startswith(" ") and not text.endswith(" "):
        return text
    read = " ".join(text.split())
    return read if read.isprintable() else " ".join(_UNPRINTABLE.sub("", read).split())


def ordered(cues: Iterable[Segment]) -> list[Segment]:
    """Return the cues by their starts, with times that can be."""
    return sorted(_steady(cues), key=operator.attrgetter("start"))


def _steady(cues: Iterable[Segment]) -> Iterator[Segment]:
    before = 0.0
    for cue in cues:
        start, duration = cue.start, cue.duration
        if not (0 <= start <= MOST_SECONDS and 0 <= duration <= MOST_SECONDS):  # nor is what is no number
            start = start if 0 <= start <= MOST_SECONDS else before
            duration = duration if 0 <= duration <= MOST_SECONDS else 0.0
            cue = cue.model_copy(update={"start": start, "duration": duration})  # noqa: PLW2901 (the same cue)
        before = start
        yield cue


def speaks(segments: Iterable[Segment]) -> bool:
    """Return whether anything is said: false where all is sound marks such as ``[Music]``, ``(applause)`` and
    ``♪``.

    Marks beside speech stay in the text; a transcript of marks alone is a `NoTranscript` with the code
    ``no_speech``, which is for its source to raise.
    """
    return any(any(map(str.isalnum, _SOUND.sub("", segment.text))) for segment in segments)
