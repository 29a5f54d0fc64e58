"""Caption files into segments: the json3 format, and how one line of captions is cleaned. Pure.

json3 is the site's own format, described nowhere. An event is a line on the screen; one without ``segs``
opens a window, one with ``aAppend`` only breaks the line of generated captions.
"""

import html
import json
import re
import unicodedata

from vidgist.errors import NoTranscript
from vidgist.models import Segment

_SOUND = re.compile(r"\[[^\]]*\]|\([^)]*\)|（[^）]*）|【[^】]*】|〔[^〕]*〕")
_INVISIBLE = "\u200b\ufeff"


class NotJson3(ValueError):
    """The bytes are no json3 caption file."""


def parse_json3(body: bytes) -> tuple[Segment, ...]:
    """The lines of a json3 file, in its order. Raises `NotJson3`; a damaged event is left out."""
    try:
        events = json.loads(body)["events"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotJson3("no caption file") from error
    if not isinstance(events, list):
        raise NotJson3("no caption file")
    return tuple(
        segment
        for event in events
        if isinstance(event, dict) and not event.get("aAppend") and (segment := _line(event)) is not None
    )


def clean(text: str) -> str:
    """One line of captions: entities decoded, white space single, nothing unprintable."""
    decoded = html.unescape(text)
    kept = (
        " " if character.isspace() else character
        for character in decoded
        if character.isspace()
        or (unicodedata.category(character) not in ("Cc", "Cs") and character not in _INVISIBLE)
    )
    return " ".join("".join(kept).split())


def segment(text: str, start: float, duration: float) -> Segment | None:
    """A cleaned segment, or None where nothing is left of it. Times in seconds, never negative."""
    words = clean(text)
    return Segment(start=max(start, 0.0), duration=max(duration, 0.0), text=words) if words else None


def require_speech(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The same segments. Raises `NoTranscript` for none, or only sound labels such as ``[Music]``.

    Labels beside speech stay: a transcript is as published.
    """
    if not segments:
        raise NoTranscript("its caption file is empty", code="empty_captions")
    if not any(any(map(str.isalnum, _SOUND.sub("", line.text))) for line in segments):
        raise NoTranscript("nobody speaks in it: its captions name sounds only", code="no_speech")
    return segments


def _line(event: dict[str, object]) -> Segment | None:
    parts = event.get("segs")
    if not isinstance(parts, list):
        return None
    text = "".join(str(part.get("utf8") or "") for part in parts if isinstance(part, dict))
    start, duration = event.get("tStartMs", 0), event.get("dDurationMs", 0)
    if not isinstance(start, int | float) or not isinstance(duration, int | float):
        return None
    return segment(text, start / 1000, duration / 1000)
