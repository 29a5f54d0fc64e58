"""One file on its way to a reader: its name, its bytes, and its text once somebody asks for it."""

import gzip
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import PurePath

from vidgist.errors import Unreadable
from vidgist.readers import encodings

MOST_BYTES = 50_000_000
"""A day of talk is about 1 MB of text; a file beyond this, or one that unpacks to more, is something else."""

_GZIP = b"\x1f\x8b"


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
        """The text. Raises `Unreadable` with the code ``binary`` or ``encoding``."""
        return encodings.decode(self.data, self.name)


def of(name: str, data: bytes) -> File:
    """The file, unpacked where it is packed. Raises `Unreadable` (too_large, unreadable)."""
    if not data.startswith(_GZIP):
        return File(name, data)
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
    return File(name, whole)
