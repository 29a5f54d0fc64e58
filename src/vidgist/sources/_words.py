"""A downloaded transcript's words, whatever its format."""

import json

from vidgist.errors import Unreadable
from vidgist.models import Segment, Transcript
from vidgist.sources._lines import NotJson3, parse_json3
from vidgist.text import subtitles, transcript

SUFFIXES = (".vtt", ".srt", ".json3")


def read(body: bytes, kind: str) -> Transcript:
    """Return the words; ``kind`` is a suffix without its dot or a media type. Raises `Unreadable`."""
    try:
        segments = _segments(body, kind)
    except (NotJson3, ValueError, LookupError, TypeError, RecursionError) as error:
        raise Unreadable("its transcript cannot be read", code="format") from error
    return Transcript(segments=transcript.clean(segments))


def _segments(body: bytes, kind: str) -> tuple[Segment, ...]:
    if kind == "json3":
        return parse_json3(body)
    if kind == "json":
        return tuple(_spoken(one) for one in json.loads(body)["segments"])
    text = body.decode("utf-8-sig", errors="replace")
    if not subtitles.looks_timed(text):
        raise ValueError("no times")
    return subtitles.read(text)


def _spoken(one: dict[str, object]) -> Segment:
    start = float(str(one["startTime"]))
    length = round(float(str(one.get("endTime", start))) - start, 3)
    known = length if 0 < length < transcript.MOST_SECONDS else 0.0
    return Segment(start=start, duration=known, text=str(one["body"]))
