"""YouTube's json3, whether it comes from the site or lies in a file. The one reader of that format.

It is described nowhere. An event is a line on the screen; one without ``segs`` opens a window, one with
``aAppend`` only breaks the line of generated captions. Words of generated captions carry ``acAsrConf``.
"""

import json
import math
from collections.abc import Iterator

from vidgist.models import Segment, Transcript
from vidgist.readers import markup, metadata, repeats, voices
from vidgist.readers.cues import Cue, timed

_FIRST = 20
Document = dict[str, object]


class NotJson3(ValueError):
    """The bytes are no json3 caption file."""


def captions(body: bytes) -> tuple[Segment, ...]:
    """Return the lines of a track, each once. Raises `NotJson3`; a damaged event is left out."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotJson3("no caption file") from error
    words = transcript(data)
    if words is None:
        raise NotJson3("no caption file")
    return words.segments


def transcript(data: object) -> Transcript | None:
    """Return what a document of this format says; None for any other."""
    events = data.get("events") if isinstance(data, dict) else None
    if not isinstance(events, list) or not _are_of_format(events):
        return None
    lines = [cue for event in events if isinstance(event, dict) and (cue := _line(event)) is not None]
    heard = any(
        "acAsrConf" in piece for event in events if isinstance(event, dict) for piece in _pieces(event)
    )
    if not lines:
        return Transcript(segments=(), generated=heard)
    return timed(repeats.unroll(voices.named(lines)), generated=heard)


def said(text: str) -> str:
    """Return one line of a track as another library gives it, cleaned as one of a file is."""
    return markup.read(text)


def _are_of_format(events: list[object]) -> bool:
    """Return whether the first events are those of this format; other documents have events too."""
    first = events[:_FIRST]
    return not first or any(isinstance(one, dict) and ("tStartMs" in one or "segs" in one) for one in first)


def _line(event: Document) -> Cue | None:
    text = "".join(part for piece in _pieces(event) if isinstance(part := piece.get("utf8"), str))
    if not text.strip():
        return None
    start, length = metadata.number(event.get("tStartMs", 0)), metadata.number(event.get("dDurationMs", 0))
    if math.isnan(start) or math.isnan(length):
        return None
    start = max(start, 0.0) / 1000
    return Cue(start, start + max(length, 0.0) / 1000, markup.read(text), raw=text if "<" in text else "")


def _pieces(event: Document) -> Iterator[Document]:
    pieces = event.get("segs")
    return (one for one in pieces if isinstance(one, dict)) if isinstance(pieces, list) else iter(())
