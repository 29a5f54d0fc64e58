"""A downloaded transcript's words, whatever its format."""

from vidgist.errors import Unreadable
from vidgist.models import Segment, Transcript
from vidgist.sources._lines import NotJson3, parse_json3
from vidgist.text import subtitles, transcript

SUFFIXES = (".vtt", ".srt", ".json3")


def read(body: bytes, kind: str) -> Transcript:
    """Return the words; ``kind`` is a suffix without its dot or a media type. Raises `Unreadable`."""
    try:
        segments = _segments(body, kind)
    except (NotJson3, ValueError) as error:
        raise Unreadable("its subtitles cannot be read", code="garbled_captions") from error
    return Transcript(segments=transcript.clean(segments))


def _segments(body: bytes, kind: str) -> tuple[Segment, ...]:
    if kind == "json3" or body.lstrip()[:1] == b"{":
        return parse_json3(body)
    return subtitles.read(body.decode("utf-8-sig", errors="replace"))
