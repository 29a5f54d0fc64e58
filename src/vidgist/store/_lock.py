"""Locks between processes."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import filelock


def lock(path: Path, timeout: float) -> "filelock.BaseFileLock":
    """Return a lock that the system frees when its holder dies. ``timeout``: seconds; -1: no limit.

    Any thread may give it up.
    """
    import filelock

    return filelock.FileLock(path, timeout=timeout, mode=0o600, thread_local=False)
