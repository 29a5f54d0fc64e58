"""The bytes of a local file, or a plain word on why there are none."""

import errno
import hashlib
import os
import stat
from pathlib import Path

from vidgist.errors import Unreadable

MOST_BYTES = 50_000_000
"""A day of talk is about 1 MB of text; a file beyond this is something else."""


def shown(path: Path) -> str:
    """The path for a message: what would move a terminal, or is no text, as question marks."""
    return "".join(one if one.isprintable() else "?" for one in str(path))


def read(path: Path) -> bytes:
    """The whole file. Raises `Unreadable`: missing, unreadable, empty, too_large (before reading it)."""
    name = shown(Path(path.name))
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable(f"{name} is no regular file")
            if status.st_size > MOST_BYTES:
                raise Unreadable(
                    f"{name} is too large for a transcript: {status.st_size / 1e6:,.0f} MB, "
                    f"{MOST_BYTES / 1e6:.0f} MB at most",
                    code="too_large",
                )
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


def digest(*paths: Path) -> str:
    """SHA-256 over the bytes of the files, 64 hexadecimal digits.

    Empty where the first cannot be read or is too large: then `read` says why.
    """
    total = hashlib.sha256()
    try:
        for path in paths:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode) or status.st_size > MOST_BYTES:
                return ""
            with path.open("rb") as file:
                while block := file.read(1 << 18):
                    total.update(block)
    except (OSError, ValueError):
        return ""
    return total.hexdigest()


def head(path: Path, size: int) -> str:
    """The first bytes as text, whatever they are; nothing where the file cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return file.read(size).decode("utf-8-sig", errors="replace")
    except (OSError, ValueError):
        return ""
