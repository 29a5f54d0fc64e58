"""The words of a downloaded transcript in any format."""

from vidgist import readers
from vidgist.models import Transcript

SUFFIXES = (
    ".vtt",
    ".srt",
    ".json3",
    ".ttml",
    ".dfxp",
    ".srv1",
    ".srv2",
    ".srv3",
    ".ass",
    ".ssa",
    ".lrc",
    ".sbv",
)
"""What an address ends with that is a transcript's and no page's."""


def read(body: bytes, kind: str) -> Transcript:
    """Return the words; ``kind`` is a suffix without its dot or a media type. Raises `Unreadable`."""
    return readers.transcript(body, kind)
