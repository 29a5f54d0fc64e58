"""One file on its way to a reader: its name, its bytes, and its text once somebody asks for it."""

import gzip
import re
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import PurePath

from vidgist.errors import Unreadable
from vidgist.readers import encodings

MOST_BYTES = 50_000_000
"""A day of talk is about 1 MB of text; a file beyond this, or one that unpacks to more, is something else."""

_LINE_END = re.compile(r"\r+\n|\r|\n")
_GZIP = b"\x1f\x8b"
_FOREIGN = {
    b"%PDF-": "a PDF", b"\xd0\xcf\x11\xe0": "an old Word document",
    b"bplist00": "a property list", b"SQLite format 3": "a database", b"\x89PNG": "a picture",
    b"7z\xbc\xaf": "a packed folder", b"Rar!": "a packed folder", b"BZh": "a packed file", b"\xfd7zXZ": "a packed file",
}  # fmt: skip
"""First bytes of what people take for a transcript and no reader reads."""


@dataclass(frozen=True)
class File:
    """``name`` is for people; ``suffix`` is its last one, in lower case, without that of a packed file."""

    name: str
    data: bytes = field(repr=False)

    @property
    def suffix(self) -> str:
        path = PurePath(self.name)
        return PurePath(path.stem if path.suffix.lower() == ".gz" else path.name).suffix.lower()

    @property
    def is_zip(self) -> bool:
        return self.data.startswith(b"PK\x03\x04")

    @cached_property
    def text(self) -> str:
        """Return the text, its lines ended by line feeds. Raises `Unreadable` with the code ``binary`` or
        ``encoding``.
        """
        text = encodings.decode(self.data, self.name)
        return _LINE_END.sub("\n", text) if "\r" in text else text


def lines(text: str) -> list[str]:
    """Return the lines of a text, which a line feed, a carriage return or both end."""
    return _LINE_END.split(text) if "\r" in text else text.split("\n")


def of(name: str, data: bytes) -> File:
    """Return the file, unpacked where it is packed. Raises `Unreadable` (too_large, unreadable, empty,
    format).
    """
    if not data.startswith(_GZIP):
        return _known(name, data)
    try:
        with gzip.open(BytesIO(data)) as packed:
            whole = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"{name} cannot be unpacked: it is cut short or damaged") from error
    if len(whole) > MOST_BYTES:
        raise Unreadable(
            f"{name} is too large for a transcript: it unpacks to more than {MOST_BYTES / 1e6:.0f} MB",
            code="too_large",
        )
    if not whole.strip():
        raise Unreadable(f"{name} is empty", code="empty")
    return _known(name, whole)


def _known(name: str, data: bytes) -> File:
    """Return the file. Raises `Unreadable` with the code ``format`` where its first bytes are those of
    something else.
    """
    if kind := next((kind for mark, kind in _FOREIGN.items() if data.startswith(mark)), ""):
        raise Unreadable(
            f"{name} is {kind}, not a transcript", code="format", hint="save its words as plain text or .docx"
        )
    return File(name, data)
