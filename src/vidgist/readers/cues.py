"""What readers make of a file: cues on the way, and what is known of the whole. Knows no format."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pydantic import Field

from vidgist.models import Segment, Transcript, Value
from vidgist.readers import clocks
from vidgist.readers.metadata import About
from vidgist.text import transcript

LEAST_KEPT = 0.6
"""A smaller share of a file's words makes a notice."""

_LEAST_WORDS = 8
_STRETCH, _MOST_STRETCHES = 20_000, 12
_MARKUP = re.compile(r"<[^<>]{0,400}>|\{\\[^{}]{0,400}\}|&\w{2,8};")
_WIDE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff\u1780-\u17ff"
_WORD = re.compile(rf"[{_WIDE}]|[^\W\d_{_WIDE}]+")


class Cue(NamedTuple):
    """Words as they are read, lines kept, with the times that a file gives them: NaN where it gives none.

    ``raw`` is how the file marks them, where it does: two cues that say the same and mark it otherwise show
    how far a speaker is.
    """

    start: float
    end: float
    text: str
    speaker: str = ""
    raw: str = ""


class Reading(Value):
    """What a reader makes of one file: its words, and what it says of the video."""

    transcript: Transcript
    about: About = Field(default_factory=About)


def untimed(rows: Iterable[tuple[str, str]], *notices: str, language: str = "") -> Transcript:
    """Return words without times, given as speaker and text."""
    segments = (
        Segment(start=0.0, duration=0.0, text=words, speaker=transcript.line(speaker))
        for speaker, text in rows
        if (words := transcript.line(text))
    )
    return Transcript(segments=tuple(segments), language=language, timed=False, notices=notices)


def timed(
    cues: Sequence[Cue], *notices: str, language: str = "", generated: bool = False, in_order: bool = False
) -> Transcript:
    """Return words with their times, those that have none at the time before them, sorted unless
    ``in_order``.

    Where fewer than half of the cues have a time that can be, none has: the transcript is untimed.
    """
    known = sum(map(clocks.fits, (cue.start for cue in cues)))
    if 2 * known < len(cues) or not known:
        remarks = (
            notices if not cues else (*notices, "its times were not understood, so it counts as untimed")
        )
        rows = ((cue.speaker, cue.text) for cue in cues)
        return untimed(rows, *remarks, language=language).model_copy(update={"generated": generated})
    segments = list(map(_segment, _steady(cues)))
    return Transcript(
        segments=tuple(segments) if in_order else transcript.clean(segments),
        language=language,
        generated=generated,
        notices=notices,
    )


def _steady(cues: Iterable[Cue]) -> Iterable[Cue]:
    before = 0.0
    for cue in cues:
        if not clocks.fits(cue.start):
            cue = cue._replace(start=before)  # noqa: PLW2901 (the same cue)
        before = cue.start
        yield cue


def _segment(cue: Cue) -> Segment:
    length = cue.end - cue.start
    duration = round(length, 3) if 0 < length <= transcript.MOST_SECONDS else 0.0
    return Segment(start=round(cue.start, 3), duration=duration, text=cue.text, speaker=cue.speaker)


def until_next(cues: Sequence[Cue]) -> list[Cue]:
    """Return the cues, each without an end lasting until the next one begins."""
    closed: list[Cue] = []
    following = math.nan
    for cue in reversed(cues):
        closed.append(cue if not math.isnan(cue.end) else cue._replace(end=following))
        if clocks.fits(cue.start):
            following = cue.start
    closed.reverse()
    return closed


def share_kept(offered: str, kept: str) -> float:
    """Return what share of the different words of a file is in its transcript, 0 to 1.

    In scripts without spaces each character counts; the beginning of a word counts as the word, as captions
    that grow show it.
    """
    had, has = _words(_stretches(offered)), _words(kept)
    if len(had) < _LEAST_WORDS:
        return 1.0
    in_order = sorted(has)
    lost = sum(not _begins(word, in_order) for word in had - has)
    return 1 - lost / len(had)


def _stretches(text: str) -> str:
    """Return the text; of a long one as many stretches, as far apart from each other."""
    step = len(text) // _MOST_STRETCHES
    if step <= _STRETCH:
        return text
    cut = (text[place : place + _STRETCH] for place in range(0, len(text), step))
    return " ".join(one.partition(" ")[2].rpartition(" ")[0] for one in cut)


def _words(text: str) -> set[str]:
    bare = _MARKUP.sub(" ", text.casefold())
    return set(_WORD.findall(bare))


def _begins(word: str, in_order: Sequence[str]) -> bool:
    place = bisect_left(in_order, word)
    return place < len(in_order) and in_order[place].startswith(word)
