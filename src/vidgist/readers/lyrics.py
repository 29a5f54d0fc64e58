"""LRC, the form of lyrics: ``[01:05.00]words``, several times before one line, head tags, words' own times."""

import math
import re

from vidgist.models import Transcript
from vidgist.readers import clocks, markup, metadata, repeats, voices
from vidgist.readers.cues import Cue, Reading, timed, until_next
from vidgist.readers.files import File
from vidgist.readers.metadata import About

NAMES = ("lrc",)
SUFFIXES = (".lrc",)

_TIME = re.compile(r"\s*\[(\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.:,]\d{1,3})?)\]")
_WORD = re.compile(r"<\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?>|\[\d{1,3}:\d{2}[.:]\d{2,3}\]")
_TAG = re.compile(
    r"\s*\[(ti|ar|al|au|by|re|ve|length|offset|la|lr|tool|id|#)\s*:\s*([^\]]*)\]\s*", re.IGNORECASE
)
_GLUED = re.compile(r"\s*\[\d{1,3}:\d{2}[.:]\d{2,3}\][^\s,;:|]")
_HEAD_LINES = 30


def looks(file: File) -> bool:
    """Return whether times with fractions are glued to the words, or a head tag of the form stands above
    times.
    """
    head = file.text[:4096].lstrip("\ufeff").splitlines()[:_HEAD_LINES]
    glued = sum(_GLUED.match(line) is not None for line in head)
    tagged = any(_TAG.fullmatch(line) for line in head) and any(_TIME.match(line) for line in head)
    return tagged or (glued > 1 and 2 * glued >= len([line for line in head if line.strip()]))


def read(file: File) -> Reading:
    tags: dict[str, str] = {}
    cues: list[Cue] = []
    for line in file.text.lstrip("\ufeff").splitlines():
        if match := _TAG.fullmatch(line):
            tags.setdefault(match[1].lower(), match[2].strip())
        else:
            cues += _cues(line)
    if not cues:
        return Reading(transcript=Transcript(segments=()))
    shift = metadata.number(tags.get("offset", "0")) / 1000
    moved = (
        [cue._replace(start=max(0.0, cue.start - shift)) for cue in cues] if math.isfinite(shift) else cues
    )
    spoken = until_next(sorted(moved, key=lambda cue: cue.start))
    about = About(
        title=metadata.text(tags.get("ti")),
        channel=metadata.text(tags.get("ar")),
        seconds=metadata.seconds(clocks.seconds(tags.get("length", ""))),
        language=metadata.language(tags.get("la")),
    )
    return Reading(transcript=timed(repeats.unroll(voices.named(spoken))), about=about)


def _cues(line: str) -> list[Cue]:
    """Return a cue for each time before the words; a line without a time goes on from the one above."""
    starts: list[float] = []
    at = 0
    while match := _TIME.match(line, at):
        starts.append(clocks.seconds(match[1]))
        at = match.end()
    text = " ".join(markup.read(_WORD.sub(" ", line[at:])).split())
    return [Cue(start, math.nan, text) for start in starts or [math.nan] if text or starts]
