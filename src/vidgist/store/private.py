"""Folders and files that only their owner can read, under any umask: transcripts, logs and reports."""

import errno
import os
from contextlib import suppress
from pathlib import Path

_FOLDER, _FILE = 0o700, 0o600
_OTHERS = 0o077


def folder(path: Path) -> Path:
    """Make a folder for its owner alone; one that is there already stays as it is. Raises `OSError`."""
    if not path.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.mkdir(_FOLDER)
    if not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
    return path


def within(path: Path) -> Path:
    """Make a folder of our own inside another; one of an earlier version is closed to others too."""
    folder(path)
    _close(path, _FOLDER)
    return path


def file(path: Path) -> Path:
    """Make an empty file where there is none, and close one that is there to others. Raises `OSError`."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, _FILE))
    _close(path, _FILE)
    return path


def opener(path: str, flags: int) -> int:
    """Open a file as `open` does; a new one is its owner's alone."""
    return os.open(path, flags, _FILE)


def _close(path: Path, mode: int) -> None:
    with suppress(OSError):  # another's, or of a file system without modes
        if path.stat().st_mode & _OTHERS:
            path.chmod(mode)
