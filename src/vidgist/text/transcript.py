"""Words with their times, made fit to read. Pure; knows no file format and no site.

    cues as a format has them -> unroll (automatic VTT and SRT captions alone) -> clean -> speaks

A cue is a `Segment` whose text may still hold lines, tags and entities.
"""

import html
import itertools
import operator
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

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
        segment = cue if text == cue.text else _saying(cue, text)
        if segment.text and not (segments and _stands_twice(segments[-1], segment)):
            segments.append(segment)
    return tuple(segments)


def _stands_twice(before: Segment, segment: Segment) -> bool:
    return segment.start == before.start and segment.duration > 0 and segment == before


def _saying(cue: Segment, text: str) -> Segment:
    return Segment(start=cue.start, duration=cue.duration, text=text)


def line(text: str) -> str:
    """The text of one cue on one line, without entities, tags and control characters."""
    bare = text
    if "<" in bare or "{" in bare:
        bare = _STYLE.sub("", _BREAK.sub(" ", bare))
    if "&" in bare:
        bare = html.unescape(bare)
        if _ESCAPED_TWICE.search(bare):
            bare = html.unescape(bare)
    read = " ".join(bare.split())
    return read if read.isprintable() else " ".join(_UNPRINTABLE.sub("", bare).split())


def ordered(cues: Iterable[Segment]) -> list[Segment]:
    """The cues by their starts, with times that can be."""
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
# words nor a longer past would tell a repeat on the screen from one in the talk. The upper line outlasts a
# pause; a whole cue that comes again after one was said again.


class _Shown(NamedTuple):
    """A cue, its lines as its format has them, and as they are read; lines without text are left out."""

    cue: Segment
    raw: tuple[str, ...]
    lines: tuple[str, ...]


def unroll(cues: Iterable[Segment]) -> tuple[Segment, ...]:
    """The cues with each line where it was first shown; as they are, but ordered, where nothing rolls."""
    in_order = ordered(cues)
    if not any("\n" in cue.text for cue in in_order):
        return tuple(in_order)  # nothing is carried where a cue has one line
    screens = [screen for screen in map(_shown, in_order) if screen.lines]
    if not _rolls(screens):
        return tuple(in_order)
    kept = [screens[0].cue]
    for before, screen in itertools.pairwise(screens):
        repeated = _repeated(before, screen)
        if repeated < len(screen.lines):
            kept.append(_saying(screen.cue, "\n".join(screen.raw[repeated:])))
    return tuple(kept)


def _shown(cue: Segment) -> _Shown:
    both = [(raw, read) for raw in cue.text.split("\n") if (read := line(raw))]
    return _Shown(cue, tuple(raw for raw, _ in both), tuple(read for _, read in both))


def _rolls(screens: Sequence[_Shown]) -> bool:
    """Whether cues in the order of their times repeat their lines as automatic captions do.

    One carried line proves nothing (a refrain does that too), so there must be words' own times, a hold, or
    at least `LEAST_CARRIED` carried lines in half of the places where there could be one.
    """
    holds = carried = places = 0
    for before, screen in itertools.pairwise(screens):
        if _touch(before, screen):
            repeated, all_of_it = _overlap(before.lines, screen.lines), len(screen.lines)
            holds += 0 < repeated == all_of_it and screen.cue.duration <= HOLD_SECONDS
            places += all_of_it > 1
            carried += 0 < repeated < all_of_it
    if not carried:
        return False
    is_habit = carried >= LEAST_CARRIED and 2 * carried >= places
    return is_habit or holds > 0 or any(_WORD_TIME.search(screen.cue.text) for screen in screens)


def _repeated(before: _Shown, screen: _Shown) -> int:
    """How many of a cue's first lines were on the screen before."""
    repeated = _overlap(before.lines, screen.lines)
    if repeated < len(screen.lines):
        return repeated
    if not _touch(before, screen):
        return 0
    is_refrain = len(screen.lines) > 1 == len(set(screen.lines)) and screen.cue.duration > HOLD_SECONDS
    return repeated - is_refrain  # the lower line of a refrain is new, though it says the same again


def _overlap(above: tuple[str, ...], lines: tuple[str, ...]) -> int:
    """How many of the first lines are the last ones above."""
    return next((n for n in range(min(len(above), len(lines)), 0, -1) if above[-n:] == lines[:n]), 0)


def _touch(before: _Shown, screen: _Shown) -> bool:
    return screen.cue.start - (before.cue.start + before.cue.duration) <= TOUCH_SECONDS
