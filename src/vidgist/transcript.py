"""Words with their times, made fit to read. Pure; knows no file format and no site.

    cues as a format has them -> unroll (automatic VTT and SRT captions alone) -> clean -> speaks

A cue is a `Segment` whose text may still hold lines, tags and entities.
"""

import html
import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence

from vidgist.models import Segment

MOST_SECONDS = 1000 * 3600.0
"""A time beyond this is an error in a file, not a long video."""

HOLD_SECONDS = 0.1
"""Rolling captions show what was said for so long, before the next line comes in. YouTube takes 0.01."""

TOUCH_SECONDS = 0.5
"""After a longer gap than this the screen was empty: the same words again were said again."""

LEAST_CARRIED = 3
"""So many lines carried from cue to cue are no accident, if half of all are."""

_STYLE = re.compile(
    r"</?(?:[bisu]|c|rt|ruby|em|strong|tt|big|small|p|div|span|font|lang|v)(?:\.[\w.-]+)*\s*/?>"
    r"|<(?:c|p|div|span|font|lang|v)(?:\.[\w.-]+)*\s[^<>]*>"
    r"|<\d{1,4}:[\d:.,]{2,20}>"
    r"|\{\\[^{}]*\}",
    re.IGNORECASE,
)
"""Tags of WebVTT and SubRip, words' times, SubStation overrides. ``a < b`` is none of these."""

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPED_TWICE = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]+")
_SOUND = re.compile(r"\[[^][]{0,60}\]|\([^()]{0,60}\)|（[^（）]{0,60}）|【[^【】]{0,60}】|［[^［］]{0,60}］")
_WORD_TIME = re.compile(r"<\d{1,4}:[\d:.,]{2,20}>")


def clean(cues: Iterable[Segment]) -> tuple[Segment, ...]:
    """Segments of one line each, in the order of their times; those without text are dropped.

    Entities are decoded (twice where they were escaped twice), tags, cue styling and control characters
    removed, white space made single. A time that cannot be (negative, not finite, beyond `MOST_SECONDS`)
    becomes that of the segment before. A cue that stands twice, with the same times and words, stands once.
    """
    segments: list[Segment] = []
    for cue in ordered(cues):
        text = line(cue.text)
        segment = cue if text == cue.text else cue.model_copy(update={"text": text})
        if segment.text and not (segment.duration and segments and segment == segments[-1]):
            segments.append(segment)
    return tuple(segments)


def line(text: str) -> str:
    """The text of one cue on one line, without entities, tags and control characters."""
    bare = _STYLE.sub("", _BREAK.sub(" ", text))
    if "&" in bare:
        bare = html.unescape(bare)
        if _ESCAPED_TWICE.search(bare):
            bare = html.unescape(bare)
    return " ".join(_UNPRINTABLE.sub("", bare).split())


def ordered(cues: Iterable[Segment]) -> list[Segment]:
    """The cues by their starts, with times that can be."""
    return sorted(_steady(cues), key=lambda cue: cue.start)


def _steady(cues: Iterable[Segment]) -> Iterator[Segment]:
    before = 0.0
    for cue in cues:
        if not (_can_be(cue.start) and _can_be(cue.duration)):
            start = cue.start if _can_be(cue.start) else before
            duration = cue.duration if _can_be(cue.duration) else 0.0
            cue = cue.model_copy(update={"start": start, "duration": duration})  # noqa: PLW2901 (the same cue)
        before = cue.start
        yield cue


def _can_be(seconds: float) -> bool:
    return math.isfinite(seconds) and 0 <= seconds <= MOST_SECONDS


def speaks(segments: Iterable[Segment]) -> bool:
    """Whether anything is said: false where all is sound marks such as ``[Music]``, ``(applause)`` and ``♪``.

    Marks beside speech stay in the text; a transcript of marks alone is a `NoTranscript` with the code
    ``no_speech``, which is for its source to raise.
    """
    return any(any(map(str.isalnum, _SOUND.sub("", segment.text))) for segment in segments)


# Rolling captions. YouTube's automatic WebVTT shows two lines: the upper one repeats what was said, the lower
# one fills word by word. In between, a cue of 10 ms holds the finished line. Each line so stands three times:
#
#     0.00 --> 2.38    (blank)             then, said now:  hello<00:00:00.320><c> everyone</c>
#     2.38 --> 2.39    hello everyone
#     2.39 --> 4.00    hello everyone      then, said now:  welcome<00:00:02.800><c> back</c>
#
# Lines are compared as wholes and only with the cue just before, since people do say things twice: neither
# words nor a longer past would tell a repeat on the screen from one in the talk.


def is_rolling(cues: Sequence[Segment]) -> bool:
    """Whether cues in the order of their times repeat their lines as automatic captions do.

    One carried line proves nothing (a refrain does that too), so there must be words' own times, a hold, or
    at least `LEAST_CARRIED` carried lines in half of the places where there could be one.
    """
    holds = carried = places = 0
    shown: tuple[str, ...] = ()
    for before, cue in itertools.pairwise(cues):
        shown = shown or _lines(before)
        lines = _lines(cue)
        if _touches(before, cue):
            repeated = _overlap(shown, lines)
            holds += bool(lines) and repeated == len(lines) and cue.duration <= HOLD_SECONDS
            if len(lines) > 1:
                places += 1
                carried += 0 < repeated < len(lines)
        shown = lines
    if not carried:
        return False
    is_habit = carried >= LEAST_CARRIED and 2 * carried >= places
    return is_habit or bool(holds) or any(map(_has_word_times, cues))


def unroll(cues: Iterable[Segment]) -> tuple[Segment, ...]:
    """The cues with each line where it was first shown; as they are, but ordered, where nothing rolls."""
    in_order = ordered(cues)
    if not is_rolling(in_order):
        return tuple(in_order)
    kept: list[Segment] = []
    shown: tuple[str, ...] = ()
    before: Segment | None = None
    for cue in in_order:
        lines = _lines(cue)
        repeated = _overlap(shown, lines) if before is not None and _touches(before, cue) else 0
        if repeated == len(lines) > 1 == len(set(lines)) and cue.duration > HOLD_SECONDS:
            repeated -= 1  # a refrain: the lower line is new, though it says the same again
        if repeated < len(lines):
            kept.append(cue.model_copy(update={"text": "\n".join(lines[repeated:])}))
        shown, before = lines, cue
    return tuple(kept)


def _lines(cue: Segment) -> tuple[str, ...]:
    return tuple(filter(None, map(line, cue.text.split("\n"))))


def _overlap(shown: tuple[str, ...], lines: tuple[str, ...]) -> int:
    """How many of the first lines are the last ones shown."""
    return next((n for n in range(min(len(shown), len(lines)), 0, -1) if shown[-n:] == lines[:n]), 0)


def _touches(before: Segment, cue: Segment) -> bool:
    return cue.start - (before.start + before.duration) <= TOUCH_SECONDS


def _has_word_times(cue: Segment) -> bool:
    return _WORD_TIME.search(cue.text) is not None
