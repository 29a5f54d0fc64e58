"""A record of vidgist's own as a transcript, to be summarized again."""

import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

from vidgist.errors import Unreadable
from vidgist.models import Segment, Transcript
from vidgist.sources import _about, _files, _prose
from vidgist.sources._about import About, Reading
from vidgist.text import record

HEAD_BYTES = 4096
"""So much of a file shows whether it is a record; a longer title is cut there and is none."""

_CONTENT = b"\nContent:\n"
_HEAD = re.compile(
    r"\ufeff?Timestamp: [^\r\n]*\r?\nTitle: (?P<title>[^\r\n]*)\r?\nURL: (?P<url>[^\r\n]*)\r?\n"
    r"Status: [^\r\n]*\r?\nDuration: (?P<duration>[^\r\n]*)\r?\n"
)
_VIDEO_PATH = re.compile(r"/(?:watch|(?:shorts|live|embed|v)/([\w-]{11}))(?:/.*)?")
_VIDEO_QUERY = re.compile(r"(?:.*&)?v=([\w-]{11})(?:&.*)?")


def peek(head: str) -> About | None:
    """What the header of a record tells, or None where this is no record."""
    match = _HEAD.match(head)
    return _told(match["title"], match["url"], match["duration"]) if match else None


def digest(path: Path) -> str:
    """SHA-256 of a record's words, 64 hexadecimal digits: a new summary of the same words changes nothing.

    Empty where the file is no record of a size that is read.
    """
    try:
        data = _files.read(path)
    except Unreadable:
        return ""
    _, found, words = data.rpartition(_CONTENT)
    return hashlib.sha256(words).hexdigest() if found else ""


def read(text: str, name: str) -> Reading:
    """The words of a record. Line ends that an editor has changed are forgiven, nothing else is.

    Raises `Unreadable` with the code ``record`` where it is not exact, ``no_content`` where it has no words.
    """
    exact = text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\n") + "\n"
    if exact.endswith("\n\nContent:\n"):
        raise Unreadable(
            f"{name} is a record without content", code="no_content", hint="give the video itself"
        )
    try:
        told = record.parse(exact)
    except Unreadable as error:
        raise Unreadable(f"{name}: {error}", code="record", hint="vidgist validate tells the same") from error
    segments = tuple(Segment(start=0, duration=0, text=part) for part in _prose.parts(told.content))
    return Reading(
        transcript=Transcript(segments=segments, timed=False),
        about=_told(told.title, told.url, told.duration),
    )


def _told(title: str, url: str, duration: str) -> About:
    return About(
        title="" if title == record.UNKNOWN else _about.text(title),
        url=url.strip(),
        seconds=_about.seconds(record.seconds(duration)),
    )


def video_id(url: str) -> str:
    """The id in the address of a YouTube video, or nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("music.")
    if host == "youtu.be":
        match = re.match(r"/([\w-]{11})(?:/|\Z)", parts.path)
    elif host in ("youtube.com", "youtube-nocookie.com"):
        path = _VIDEO_PATH.fullmatch(parts.path)
        match = path if path is None or path[1] else _VIDEO_QUERY.fullmatch(parts.query)
    else:
        match = None
    return match[1] if match else ""
