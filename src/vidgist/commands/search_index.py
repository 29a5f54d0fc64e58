"""The search index of a notes folder, kept up to date where the folder has one."""

from contextlib import closing, suppress
from pathlib import Path

from vidgist.archive import INDEX_NAME
from vidgist.errors import VidgistError


def keep(folder: Path) -> None:
    """Bring the index of a folder up to date, where it has one."""
    if (folder / INDEX_NAME).is_file():
        from vidgist.archive.index import Index  # half of what a run takes to start, and few folders have one

        with suppress(VidgistError, OSError), closing(Index(folder)) as index:
            index.refresh()
