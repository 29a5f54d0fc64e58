"""Where many workers put their records: a folder that all of them see, or a bucket."""

import contextlib
import time
from pathlib import Path
from uuid import uuid4

from vidgist.cluster.orders import BUCKET
from vidgist.run.destinations import Destination, Folder

ABANDONED = 3600.0
"""Seconds after which an unfinished file counts as abandoned."""


def opened(key: str, path: str) -> Destination:
    """Return the destination that the ledger calls ``key`` and this worker finds at
    ``path``. Raises `SetupError`.
    """
    if path.startswith(BUCKET):
        from vidgist.cluster.bucket import Bucket

        return Bucket(path, key)
    folder = SharedFolder(Path(path))
    folder.key = key
    return folder


class SharedFolder(Folder):
    """A folder in which others write too: unfinished files of others are left alone."""

    def is_at(self, folder: str) -> bool:
        return folder == self.key

    def _part(self, name: str) -> Path:  # noqa: ARG002
        return self.path / f".vidgist-{uuid4().hex}.part"

    def _sweep(self) -> None:
        for left in self.path.glob(".vidgist-*.part"):
            with contextlib.suppress(OSError):
                if left.stat().st_mtime < time.time() - ABANDONED:
                    left.unlink()
