"""The bytes of a local file, or a plain word on why there are none."""

import errno
import hashlib
import stat
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from vidgist.errors import Unreadable

MOST_BYTES = 50_000_000
"""A day of talk is about 1 MB of text; a file beyond this is something else."""

_BLOCK = 1 << 16
"""Bytes read at a time: from 128 KiB on a buffer is mapped and unmapped, which costs more than reading."""


def shown(path: Path) -> str:
    """Return the path for a message: what would move a terminal, or is no text, as question marks."""
    return "".join(one if one.isprintable() else "?" for one in str(path))


def read(path: Path) -> bytes:
    """Return the whole file. Raises `Unreadable`: missing, unreadable, empty,
    too_large (before reading it).
    """
    name = shown(Path(path.name))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for
            raise Unreadable(f"{name} is no regular file")
        if status.st_size > MOST_BYTES:
            raise Unreadable(
                f"{name} is too large for a transcript: {status.st_size / 1e6:,.0f} MB, "
                f"{MOST_BYTES / 1e6:.0f} MB at most",
                code="too_large",
            )
        with path.open("rb") as file:
            data = file.read(MOST_BYTES)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if not data.strip():
        raise Unreadable(f"{name} is empty", code="empty")
    return data


def _unreadable(path: Path, error: OSError | ValueError) -> Unreadable:
    number = getattr(error, "errno", None)
    if number in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, None):
        return Unreadable(f"there is no file {shown(path)}", code="missing")
    return Unreadable(f"{shown(path)} cannot be read: {getattr(error, 'strerror', None) or error}")


class Glance(NamedTuple):
    """The result of one pass over a file. ``head`` is its first bytes decoded as text, of any file.

    ``digest`` is SHA-256 over the bytes of the file and of those beside it, 64 hexadecimal digits; empty
    where one of them cannot be read or is too large: then `read` says why.
    """

    head: str
    digest: str


def glance(path: Path, size: int, *beside: Path) -> Glance:
    """Read a file once, keeping no more of it than so many bytes."""
    total = hashlib.sha256()
    head, whole = _pass(path, total.update)
    whole = whole and all(_pass(one, total.update)[1] for one in beside)
    text = head[:size].decode(errors="replace").removeprefix("\ufeff")
    return Glance(text, total.hexdigest() if whole else "")


def _pass(path: Path, take: Callable[[bytes], object]) -> tuple[bytes, bool]:
    """Hand all bytes over; return the first block of them, and whether the whole file was read."""
    head = b""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return head, False
        with path.open("rb", buffering=0) as file:
            head = block = file.read(_BLOCK)
            while block and status.st_size <= MOST_BYTES:
                take(block)
                block = file.read(_BLOCK)
    except (OSError, ValueError):
        return head, False
    return head, status.st_size <= MOST_BYTES
