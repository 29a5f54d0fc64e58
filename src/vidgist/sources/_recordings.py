"""Audio and video files of this machine: known by their suffix, transcribed with a speech model."""

import hashlib
import stat
from pathlib import Path

from vidgist.errors import Unreadable
from vidgist.readers.cues import Reading
from vidgist.sources import _files
from vidgist.sources._speech import Listener

SUFFIXES = (
    *(".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wav", ".wma"),
    *(".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi"),
)

_SAMPLE = 1 << 20
"""Bytes at either end that identify a recording; a film may have gigabytes."""


def is_one(path: Path) -> bool:
    """Return whether the suffix is a recording's."""
    return path.suffix.lower() in SUFFIXES


def digest(path: Path) -> str:
    """Return the SHA-256 over the size and both ends, 64 hexadecimal digits; empty where the file cannot
    be read.
    """
    total = hashlib.sha256()
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for
            return ""
        total.update(str(status.st_size).encode())
        with path.open("rb") as file:
            total.update(file.read(_SAMPLE))
            file.seek(max(0, status.st_size - _SAMPLE))
            total.update(file.read(_SAMPLE))
    except (OSError, ValueError):
        return ""
    return total.hexdigest()


def read(path: Path, listener: Listener | None) -> Reading:
    """Return the transcript. Raises as `Listener.hear`, and `Unreadable` (missing; unheard, where there is no
    speech model).
    """
    name = _files.shown(Path(path.name))
    if not path.is_file():
        raise Unreadable(f"there is no file {_files.shown(path)}", code="missing")
    if listener is None:
        raise Unreadable(f"{name} is a recording", code="unheard", hint="listen to it with --transcribe")
    return Reading(transcript=listener.hear(path))
