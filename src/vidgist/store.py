"""The memory of one state folder: what was fetched and paid for, what became of each item, one lock.

    state.db      SQLite (WAL): memo, job, name, run
    lock          held by the run at work; the system frees it when that process dies
    opening       held while state.db is opened: SQLite refuses at once, without waiting, where two
                  connections want to be the first to switch to WAL
    runs/         one JSON report a run
    logs/         one log file a run

Every method commits before it returns. Durability is SQLite's ``synchronous=NORMAL``: a killed process loses
nothing, a power cut may lose the last commits, which are made anew.
"""

import json
import os
import socket
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from vidgist.errors import Busy, StateError
from vidgist.models import Failure, Item, Value

if TYPE_CHECKING:
    import filelock

_PATIENCE = 30.0
"""Seconds to wait for another process that opens or writes the database."""

Migration = Callable[[sqlite3.Connection], None]
MIGRATIONS: Final[list[Migration]] = []


@MIGRATIONS.append
def _first(database: sqlite3.Connection) -> None:
    database.execute(
        "CREATE TABLE memo (kind TEXT, key TEXT, body BLOB, created TEXT,"
        " PRIMARY KEY (kind, key)) WITHOUT ROWID"
    )
    database.execute(
        "CREATE TABLE job (folder TEXT, source TEXT, id TEXT, item TEXT, recipe TEXT, status TEXT,"
        " title TEXT, failure TEXT, files TEXT, tokens INTEGER, cost REAL, run TEXT, updated TEXT,"
        " PRIMARY KEY (folder, source, id)) WITHOUT ROWID"
    )
    database.execute("CREATE INDEX job_status ON job (folder, status)")
    database.execute(
        "CREATE TABLE name (folder TEXT, name TEXT, source TEXT, id TEXT,"
        " PRIMARY KEY (folder, name)) WITHOUT ROWID"
    )
    database.execute("CREATE TABLE run (id TEXT PRIMARY KEY, report TEXT) WITHOUT ROWID")


@MIGRATIONS.append
def _batches(database: sqlite3.Connection) -> None:
    database.execute(
        "CREATE TABLE batch (token TEXT PRIMARY KEY, id TEXT, settings TEXT, state TEXT) WITHOUT ROWID"
    )
    database.execute(
        "CREATE TABLE batch_line (key TEXT PRIMARY KEY, token TEXT, tries INTEGER) WITHOUT ROWID"
    )


class Batch(Value):
    """A batch with a provider. ``token`` is ours, put into its metadata; ``id`` is the provider's.

    ``state`` is ``sent`` while the id is not known yet, then ``open``, then ``closed``.
    """

    token: str
    id: str = ""
    settings: str
    state: Literal["sent", "open", "closed"] = "sent"


class Job(Value):
    """What became of an item in one notes folder. ``recipe`` names all that its outputs were made from."""

    item: Item
    recipe: str
    status: str
    title: str = ""
    failure: Failure | None = None
    files: tuple[str, ...] = ()
    tokens: int = 0
    cost: float | None = None
    run: str = ""


class Store:
    """One open state folder. Safe for many threads; writers in other processes wait their turn.

    Raises `StateError` where the folder cannot be used, is damaged or was written by a newer vidgist.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._guard = threading.RLock()
        with ExitStack() as undo:
            self._open(undo)
            undo.pop_all()

    def _open(self, undo: ExitStack) -> None:
        folder = self.folder
        try:
            (folder / "runs").mkdir(parents=True, exist_ok=True)
            (folder / "logs").mkdir(exist_ok=True)
            with _lock(folder / "opening", _PATIENCE):
                self._database = sqlite3.connect(
                    folder / "state.db", timeout=_PATIENCE, isolation_level=None, check_same_thread=False
                )
                undo.callback(self._database.close)
                self._database.execute("PRAGMA journal_mode=WAL")
                self._database.execute("PRAGMA synchronous=NORMAL")
                self._migrate()
        except (OSError, sqlite3.Error) as error:
            raise StateError(
                f"the state folder {folder} cannot be used: {error}",
                hint="move it away to begin anew, or name another with --state",
            ) from error

    def close(self) -> None:
        with self._guard:
            self._database.close()

    def _migrate(self) -> None:
        with self._transaction() as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version > len(MIGRATIONS):
                raise StateError(
                    f"the state folder {self.folder} was written by a newer vidgist",
                    hint="update vidgist, or name another folder with --state",
                )
            for migrate in MIGRATIONS[version:]:
                migrate(database)
            database.execute(f"PRAGMA user_version={len(MIGRATIONS)}")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._guard:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def _one(self, query: str, *values: object) -> tuple[object, ...] | None:
        with self._guard:
            row: tuple[object, ...] | None = self._database.execute(query, values).fetchone()
        return row

    def _put(self, query: str, *values: object) -> None:
        try:
            with self._guard:
                self._database.execute(query, values)
        except sqlite3.Error as error:
            raise StateError(
                f"the state folder {self.folder} cannot be written: {error}", hint="free some space"
            ) from error

    # Memory

    def recall(self, kind: str, key: str) -> str | None:
        """The body remembered under a key, or None."""
        row = self._one("SELECT body FROM memo WHERE kind=? AND key=?", kind, key)
        return None if row is None else zlib.decompress(row[0]).decode()  # type: ignore[arg-type]

    def remember(self, kind: str, key: str, body: str) -> None:
        self._put(
            "INSERT OR REPLACE INTO memo VALUES (?, ?, ?, ?)",
            kind,
            key,
            zlib.compress(body.encode(), 6),
            datetime.now().isoformat(timespec="seconds"),
        )

    def forget(self, kind: str, key: str) -> None:
        self._put("DELETE FROM memo WHERE kind=? AND key=?", kind, key)

    def knows(self, kind: str, key: str) -> bool:
        return self._one("SELECT 1 FROM memo WHERE kind=? AND key=?", kind, key) is not None

    # Jobs

    def job(self, folder: str, item: Item) -> Job | None:
        """What is written of an item for a notes folder."""
        row = self._one(
            "SELECT item, recipe, status, title, failure, files, tokens, cost, run FROM job"
            " WHERE folder=? AND source=? AND id=?",
            folder,
            item.source,
            item.id,
        )
        return None if row is None else _job(row)

    def jobs(self, folder: str = "", status: str = "") -> Iterator[Job]:
        """All jobs, oldest first; of one folder or of one status where named."""
        query = (
            "SELECT item, recipe, status, title, failure, files, tokens, cost, run FROM job"
            " WHERE (?1 = '' OR folder = ?1) AND (?2 = '' OR status = ?2) ORDER BY updated"
        )
        with self._guard:
            rows = self._database.execute(query, (folder, status)).fetchall()
        return map(_job, rows)

    def save(self, folder: str, job: Job) -> None:
        self._put(
            "INSERT OR REPLACE INTO job VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            folder,
            job.item.source,
            job.item.id,
            job.item.model_dump_json(),
            job.recipe,
            job.status,
            job.title,
            job.failure.model_dump_json() if job.failure else None,
            json.dumps(job.files),
            job.tokens,
            job.cost,
            job.run,
            datetime.now().isoformat(timespec="microseconds"),
        )

    def folders(self) -> list[str]:
        """The notes folders that have jobs."""
        with self._guard:
            return [
                row[0] for row in self._database.execute("SELECT DISTINCT folder FROM job ORDER BY folder")
            ]

    # Names

    def name(self, folder: str, item: Item, wanted: str) -> str:
        """The file stem of an item: as wanted, numbered where another item of the folder has it.

        Compared without case, since some file systems do.
        """
        with self._transaction() as database:
            number = 1
            while True:
                stem = wanted if number == 1 else f"{wanted}-{number}"
                row = database.execute(
                    "SELECT source, id FROM name WHERE folder=? AND name=?", (folder, stem.casefold())
                ).fetchone()
                if row is None:
                    database.execute(
                        "INSERT INTO name VALUES (?, ?, ?, ?)",
                        (folder, stem.casefold(), item.source, item.id),
                    )
                    return stem
                if row == (item.source, item.id):
                    return stem
                number += 1

    # Batches

    def save_batch(self, batch: Batch, keys: Iterable[str] = ()) -> None:
        """Keep a batch; ``keys`` are those of its requests, now under way."""
        with self._transaction() as database:
            database.execute(
                "INSERT OR REPLACE INTO batch VALUES (?, ?, ?, ?)",
                (batch.token, batch.id, batch.settings, batch.state),
            )
            database.executemany(
                "INSERT INTO batch_line VALUES (?1, ?2, 1)"
                " ON CONFLICT (key) DO UPDATE SET token = ?2, tries = tries + 1",
                [(key, batch.token) for key in keys],
            )

    def batches(self) -> list[Batch]:
        """Those that are not closed."""
        with self._guard:
            rows = self._database.execute(
                "SELECT token, id, settings, state FROM batch WHERE state <> 'closed' ORDER BY token"
            ).fetchall()
        return [
            Batch(token=token, id=id_, settings=settings, state=state) for token, id_, settings, state in rows
        ]

    def line(self, key: str) -> tuple[bool, int]:
        """Whether a request is under way with a batch, and how often it was sent."""
        row = self._one(
            "SELECT batch.state <> 'closed', tries FROM batch_line JOIN batch USING (token) WHERE key=?", key
        )
        return (False, 0) if row is None else (bool(row[0]), int(str(row[1])))

    # Runs

    def keep_report(self, run: str, report: str) -> Path:
        """Keep a run's report, in the ledger and as ``runs/<run>.json``."""
        path = self.folder / "runs" / f"{run}.json"
        path.write_text(report + "\n", encoding="utf-8")
        self._put("INSERT OR REPLACE INTO run VALUES (?, ?)", run, report)
        return path

    def reports(self, most: int) -> list[str]:
        """The newest reports first."""
        with self._guard:
            rows = self._database.execute(
                "SELECT report FROM run ORDER BY id DESC LIMIT ?", (most,)
            ).fetchall()
        return [row[0] for row in rows]

    # Lock

    @contextmanager
    def locked(self, *, wait: bool) -> Iterator[None]:
        """Hold the state for this process. Raises `Busy` saying who holds it, unless told to wait."""
        lock, holder = _lock(self.folder / "lock", -1 if wait else 0), self.folder / "holder.json"
        try:
            lock.acquire()
        except TimeoutError as error:
            raise Busy(f"another run is at work on the state {self.folder}{_holder(holder)}") from error
        try:
            since = datetime.now().isoformat(sep=" ", timespec="seconds")
            holder.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since}))
            yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()


def _lock(path: Path, timeout: float) -> "filelock.BaseFileLock":
    """A lock between processes, freed by the system when its holder dies. ``timeout``: seconds; -1: none."""
    import filelock

    return filelock.FileLock(path, timeout=timeout)


def _job(row: tuple[object, ...]) -> Job:
    item, recipe, status, title, failure, files, tokens, cost, run = row
    return Job.model_validate(
        {
            "item": json.loads(str(item)),
            "recipe": recipe,
            "status": status,
            "title": title,
            "failure": json.loads(str(failure)) if failure else None,
            "files": tuple(json.loads(str(files))),
            "tokens": tokens,
            "cost": cost,
            "run": run,
        }
    )


def _holder(path: Path) -> str:
    try:
        told = json.loads(path.read_text())
    except (OSError, ValueError):
        return ""
    return f" (process {told['pid']} on {told['host']}, since {told['since']})"
