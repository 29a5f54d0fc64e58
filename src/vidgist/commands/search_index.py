"""The search index of a notes folder, made and kept up to date by what writes there."""

import logging
import os
from contextlib import closing
from itertools import islice
from pathlib import Path

from vidgist.archive import INDEX_NAME

FEWEST = 200
"""Notes of a folder that are worth an index before the first search, which makes one for any number."""

FEW = 20
"""Fewer new notes are read in a moment by the next search."""

SECONDS = 2.0
"""For which a run goes on to fill the index of a folder; the rest is left to the next one, or to a search."""

_NOTES = (".txt", ".md", ".json", ".html")

log = logging.getLogger(__name__)


def keep(folder: Path) -> None:
    """Bring the index of a folder up to date; make it where the folder has many notes and no index.

    What goes wrong is logged and left to the next search: it is no failure of the run.
    """
    try:
        if (folder / INDEX_NAME).is_file() or _has_many(folder):
            from vidgist.archive.index import Index  # half of what a run takes to start, and few have one

            with closing(Index(folder)) as index:
                index.refresh(SECONDS)
    except Exception as error:  # noqa: BLE001 (the notes are written, and an index is made again at any time)
        log.warning("no index of %s: %s", folder, error)


def _has_many(folder: Path) -> bool:
    with os.scandir(folder) as found:
        notes = (one for one in found if one.name.endswith(_NOTES))
        return sum(1 for _ in islice(notes, FEWEST)) == FEWEST
