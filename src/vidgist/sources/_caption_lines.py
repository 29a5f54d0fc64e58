"""Captions of a site: one line, a track, and whether anything is said. Cleaned as those of a file are."""

from vidgist.errors import NoTranscript
from vidgist.models import Segment
from vidgist.readers import markup
from vidgist.readers.json3 import NotJson3, captions
from vidgist.text import transcript

__all__ = ["NotJson3", "clean", "parse_json3", "require_speech", "segment"]

parse_json3 = captions


def clean(text: str) -> str:
    """Return one line of what a site says: entities decoded, white space single, nothing unprintable."""
    return transcript.line(markup.decoded(text))


def segment(text: str, start: float, duration: float) -> Segment | None:
    """Return a cleaned line of captions, or None where nothing is left of it. Times in seconds, never
    negative.
    """
    words = transcript.line(markup.read(text))
    return Segment(start=max(start, 0.0), duration=max(duration, 0.0), text=words) if words else None


def require_speech(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Return the segments in the order of their times, each once.

    Raises `NoTranscript` for none, or only sound labels such as ``[Music]``. Labels beside speech stay: a
    transcript is as published.
    """
    if not segments:
        raise NoTranscript("its caption file is empty", code="empty_captions")
    if not transcript.speaks(segments):
        raise NoTranscript("it has no speech: its captions name sounds only", code="no_speech")
    return transcript.clean(segments)
