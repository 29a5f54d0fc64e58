"""The state folder: what was fetched and paid for, what became of each item, one lock.

    state.db      SQLite (WAL): memo, job, name, run, batch
    lock          held by the run at work; the system frees it when that process dies
    opening       held while state.db is opened: SQLite refuses at once, without waiting, where two
                  connections want to be the first to switch to WAL
    runs/         one JSON report a run
    logs/         one log file a run

Every method commits before it returns. Durability is SQLite's ``synchronous=NORMAL``: a killed process loses
nothing, a power cut may lose the last commits, which are made again.
"""

import contextlib
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from pathlib import Path

from vidgist.errors import Busy, StateError
from vidgist.protocols import Memory
from vidgist.store import private
from vidgist.store._database import Database, hint, reason
from vidgist.store._lock import lock
from vidgist.store.protocols import Jobs, Names
from vidgist.store.rows import Batch, Job
from vidgist.store.sqlite import SqliteBatches, SqliteJobs, SqliteMemory, SqliteNames

__all__ = ["Batch", "Job", "Jobs", "Names", "Store"]


class Store:
    """One open state folder. Safe for many threads; writers in other processes wait their turn.

    Without a folder all is kept in memory, until it is closed. ``memory``, ``jobs`` and ``names`` lie in the
    folder's database unless others take their place. Raises `StateError` where the folder cannot be used, is
    damaged or was written by a newer vidgist; every method raises `StateLost` where it can be used no longer.
    """

    def __init__(self, folder: Path | None) -> None:
        self.is_lasting = folder is not None
        self.folder = folder or Path(os.devnull)
        self._database = Database(folder)
        self.memory: Memory = SqliteMemory(self._database)
        self.jobs: Jobs = SqliteJobs(self._database)
        self.names: Names = SqliteNames(self._database)
        self.batches = SqliteBatches(self._database)

    def close(self) -> None:
        self._database.close()

    def sharing(self, memory: Memory, jobs: Jobs, names: Names | None = None) -> "Store":
        """Return the same store with other parts. Closing one of the two closes both."""
        store = copy(self)
        store.memory, store.jobs, store.names = memory, jobs, names or self.names
        return store

    def keep_report(self, run: str, report: str) -> Path:
        """Keep a run's report, in the ledger and as ``runs/<run>.json``."""
        path = self.folder / "runs" / f"{run}.json"
        if not self.is_lasting:
            return path
        part = path.with_suffix(".part")
        try:
            private.file(part).write_text(report + "\n", encoding="utf-8")
            part.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise self._database.lost(error) from error
        self._database.put("INSERT OR REPLACE INTO run (id, report) VALUES (?, ?)", run, report)
        return path

    def reports(self, most: int) -> list[str]:
        """Return the newest reports first."""
        rows = self._database.all("SELECT report FROM run ORDER BY number DESC LIMIT ?", most)
        return [str(report) for (report,) in rows]

    @contextmanager
    def locked(self, *, wait: bool) -> Iterator[None]:
        """Hold the state for this process. Raises `Busy` naming the holder, unless ``wait`` is given.

        Raises `StateError` where the file system gives no lock. A store in memory has no other users.
        """
        if not self.is_lasting:
            yield
            return
        held, holder = lock(self.folder / "lock", -1 if wait else 0), self.folder / "holder.json"
        try:
            held.acquire()
            private.file(self.folder / "lock")
        except TimeoutError as error:
            raise Busy(f"another run is at work on the state {self.folder}{_holder(holder)}") from error
        except (OSError, NotImplementedError) as error:
            raise StateError(
                f"the state folder {self.folder} cannot be locked: {reason(error)}", hint=hint(error)
            ) from error
        try:
            since = datetime.now().isoformat(sep=" ", timespec="seconds")
            holder_info = json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since})
            with contextlib.suppress(OSError):  # the message for a refused process then says less
                private.file(holder).write_text(holder_info)
            yield
        finally:
            with contextlib.suppress(OSError):
                holder.unlink(missing_ok=True)
            held.release()


def _holder(path: Path) -> str:
    try:
        holder_info = json.loads(path.read_text())
        return f" (process {holder_info['pid']} on {holder_info['host']}, since {holder_info['since']})"
    except (OSError, ValueError, LookupError, TypeError):
        return ""
