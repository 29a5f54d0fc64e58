"""What a store consists of: a memory, jobs and names, in SQLite here and in PostgreSQL for a cluster."""

from collections.abc import Callable, Iterator
from typing import Protocol

from vidgist.models import Item
from vidgist.store.rows import Job


def always(stem: str) -> bool:  # noqa: ARG001
    """Take any name that no other item has."""
    return True


class Jobs(Protocol):
    """What became of each item of a notes folder, named as the ledger names folders."""

    def find(self, folder: str, item: Item) -> Job | None:
        """Return what is written of an item."""

    def made(self, folder: str, item: Item, recipe: str) -> tuple[str, ...] | None:
        """Return the files of an item that is done by this recipe; None where it is not."""

    def all(self, folder: str | None = None, status: str | None = None) -> Iterator[Job]:
        """Return all jobs, oldest first; of one folder or of one status where named."""

    def save(self, folder: str, job: Job) -> None: ...

    def forget(self, folder: str, item: Item) -> None:
        """Delete what is written of an item."""

    def folders(self) -> list[str]:
        """Return the notes folders that have jobs."""


class Names(Protocol):
    """Which item a file name of a notes folder belongs to."""

    def claim(self, folder: str, item: Item, wanted: str, is_free: Callable[[str], bool] = always) -> str:
        """Return the file stem of an item: as wanted, numbered where another has it or it is not free."""
