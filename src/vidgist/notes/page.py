"""A note inside its HTML page, as data that no browser shows or runs. Pure.

`enclosed` and `parse` are inverses.
"""

import base64
import binascii
import re
import zlib

from vidgist.errors import Unreadable
from vidgist.models import Note
from vidgist.notes import document

GENERATOR = '<meta name="generator" content="vidgist">'
MOST_BYTES = 100_000_000
"""Of the document that is enclosed; what unpacks to more is none of ours."""

_ENCLOSED = re.compile(r'<meta name="vidgist-note" content="(?P<data>[A-Za-z0-9+/=]+)">')


def enclosed(note: Note) -> str:
    """An element for the head of a page."""
    packed = base64.b64encode(zlib.compress(document.render(note).encode(), 9)).decode()
    return f'<meta name="vidgist-note" content="{packed}">'


def is_note(head: str) -> bool:
    """Whether the beginning of a page is that of a note of ours."""
    return GENERATOR in head


def parse(text: str) -> Note:
    """The note of a page. Raises `Unreadable`."""
    found = _ENCLOSED.search(text)
    if found is None:
        raise Unreadable("no note is enclosed in this page", hint="an older vidgist wrote it: run again")
    return document.parse(_unpacked(found["data"]))


def unpacked(text: str) -> str:
    """A page with what is enclosed in it as text; any other text as it is."""
    try:
        return _ENCLOSED.sub(lambda found: _unpacked(found["data"]), text, count=1)
    except Unreadable:
        return text


def _unpacked(enclosed: str) -> str:
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(base64.b64decode(enclosed), MOST_BYTES)
        if not unpacker.eof:
            raise Unreadable("what is enclosed in this page is cut or too large")
        return data.decode()
    except (zlib.error, binascii.Error, UnicodeDecodeError) as error:
        raise Unreadable(f"what is enclosed in this page is damaged: {error}") from error
