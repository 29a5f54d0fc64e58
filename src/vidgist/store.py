"""The memory of one state folder: what was fetched and paid for, what became of each item, one lock.

    state.db      SQLite (WAL): memo, job, name, run
    lock          held by the run at work; the system frees it when that process dies
    opening       held while state.db is opened: SQLite refuses at once, without waiting, where two
                  connections want to be the first to switch to WAL
    runs/         one JSON report a run
    logs/         one log file a run

Every method commits before it returns. Durability is SQLite's ``synchronous=NORMAL``: a killed process loses
nothing, a power cut may lose the last commits, which are made anew. A row that cannot be read is as good as
not there: what it told is found out anew.
"""

import contextlib
import errno
import json
import logging
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

from vidgist.errors import Busy, StateError, StateLost
from vidgist.models import Failure, Item, Value

if TYPE_CHECKING:
    import filelock

_PATIENCE = 30.0
"""Seconds to wait for another process that opens or writes the database."""

Migration = Callable[[sqlite3.Connection], None]
MIGRATIONS: Final[list[Migration]] = []

_TABLES: Final = (
    "SELECT kind, key, body, created FROM memo LIMIT 0",
    "SELECT folder, source, id, item, recipe, status, title, failure, files FROM job LIMIT 0",
    "SELECT tokens, cost, run, updated FROM job LIMIT 0",
    "SELECT folder, name, source, id FROM name LIMIT 0",
    "SELECT number, id, report FROM run LIMIT 0",
    "SELECT token, id, settings, state FROM batch LIMIT 0",
    "SELECT key, token, tries FROM batch_line LIMIT 0",
)
"""Fail on a database that has our version number and other tables."""

_AWAY = "move it away to begin anew, or name another with --state"
_HINTS: Final = {
    "SQLITE_CORRUPT": _AWAY,
    "SQLITE_NOTADB": _AWAY,
    "SQLITE_ERROR": _AWAY,
    "SQLITE_FULL": StateLost.hint,
    "SQLITE_IOERR": StateLost.hint,
    "ENOSPC": StateLost.hint,
    "EDQUOT": StateLost.hint,
}
"""What helps, by the beginning of the name that SQLite or the system gives an error."""

log = logging.getLogger(__name__)


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


@MIGRATIONS.append
def _runs_in_order(database: sqlite3.Connection) -> None:
    """Runs by number: a clock that is set back does not put a new run among the old ones."""
    database.execute("ALTER TABLE run RENAME TO run_by_name")
    database.execute("CREATE TABLE run (number INTEGER PRIMARY KEY, id TEXT UNIQUE, report TEXT)")
    database.execute("INSERT INTO run (id, report) SELECT id, report FROM run_by_name ORDER BY id")
    database.execute("DROP TABLE run_by_name")


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

    Raises `StateError` where the folder cannot be used, is damaged or was written by a newer vidgist; every
    method raises `StateLost` where it can be used no longer.
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
                self._recognize()
                self._database.execute("PRAGMA journal_mode=WAL")
                self._database.execute("PRAGMA synchronous=NORMAL")
                self._migrate()
        except StateLost as error:
            raise self._unusable(error.__cause__ or error) from error
        except (OSError, NotImplementedError, sqlite3.Error) as error:
            raise self._unusable(error) from error

    def close(self) -> None:
        with self._guard:
            self._database.close()

    def _recognize(self) -> None:
        """Leave a database alone that is not ours, or not yet."""
        version = self._database.execute("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            raise StateError(
                f"the state folder {self.folder} was written by a newer vidgist",
                hint="update vidgist, or name another folder with --state",
            )
        if version == len(MIGRATIONS):
            for query in _TABLES:
                self._database.execute(query)
        elif version == 0 and self._database.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise StateError(f"the state folder {self.folder} holds another program's database", hint=_AWAY)

    def _migrate(self) -> None:
        with self._transaction() as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            for migrate in MIGRATIONS[version:]:
                migrate(database)
            database.execute(f"PRAGMA user_version={len(MIGRATIONS)}")

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """The database, for one thread at a time. Raises `StateLost`."""
        with self._guard:
            try:
                yield self._database
            except sqlite3.Error as error:
                raise self._lost(error) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._opened() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
                database.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # where the failure has rolled it back already
                    database.execute("ROLLBACK")
                raise

    def _unusable(self, error: BaseException) -> StateError:
        return StateError(
            f"the state folder {self.folder} cannot be used: {_reason(error)}", hint=_hint(error)
        )

    def _lost(self, error: OSError | sqlite3.Error) -> StateLost:
        return StateLost(
            f"the state folder {self.folder} cannot be used any more: {_reason(error)}", hint=_hint(error)
        )

    def _one(self, query: str, *values: object) -> tuple[object, ...] | None:
        with self._opened() as database:
            row: tuple[object, ...] | None = database.execute(query, values).fetchone()
        return row

    def _all(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with self._opened() as database:
            return database.execute(query, values).fetchall()

    def _put(self, query: str, *values: object) -> None:
        with self._opened() as database:
            database.execute(query, values)

    # Memory

    def recall(self, kind: str, key: str) -> str | None:
        """The body remembered under a key, or None."""
        row = self._one("SELECT body FROM memo WHERE kind=? AND key=?", kind, key)
        if row is None:
            return None
        try:
            return zlib.decompress(row[0]).decode()  # type: ignore[arg-type]
        except (zlib.error, TypeError, UnicodeDecodeError):
            log.warning("a remembered %s is damaged: it is made anew", kind)
            return None

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

    def made(self, folder: str, item: Item, recipe: str) -> tuple[str, ...] | None:
        """The files of an item that is done by this recipe; None where it is not."""
        row = self._one(
            "SELECT files FROM job WHERE folder=? AND source=? AND id=? AND status='done' AND recipe=?",
            folder,
            item.source,
            item.id,
            recipe,
        )
        try:
            return None if row is None else tuple(map(str, json.loads(str(row[0]))))
        except (ValueError, TypeError):
            return None

    def jobs(self, folder: str | None = None, status: str | None = None) -> Iterator[Job]:
        """All jobs, oldest first; of one folder or of one status where named."""
        query = (
            "SELECT item, recipe, status, title, failure, files, tokens, cost, run FROM job"
            " WHERE (?1 IS NULL OR folder = ?1) AND (?2 IS NULL OR status = ?2) ORDER BY updated"
        )
        return filter(None, map(_job, self._all(query, folder, status)))

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
        return [str(folder) for (folder,) in self._all("SELECT DISTINCT folder FROM job ORDER BY folder")]

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
        query = "SELECT token, id, settings, state FROM batch WHERE state <> 'closed' ORDER BY token"
        names = ("token", "id", "settings", "state")
        return [Batch.model_validate(dict(zip(names, row, strict=True))) for row in self._all(query)]

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
        part = path.with_suffix(".part")
        try:
            part.write_text(report + "\n", encoding="utf-8")
            part.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise self._lost(error) from error
        self._put("INSERT OR REPLACE INTO run (id, report) VALUES (?, ?)", run, report)
        return path

    def reports(self, most: int) -> list[str]:
        """The newest reports first."""
        rows = self._all("SELECT report FROM run ORDER BY number DESC LIMIT ?", most)
        return [str(report) for (report,) in rows]

    # Lock

    @contextmanager
    def locked(self, *, wait: bool) -> Iterator[None]:
        """Hold the state for this process. Raises `Busy` saying who holds it, unless told to wait.

        Raises `StateError` where the file system gives no lock.
        """
        lock, holder = _lock(self.folder / "lock", -1 if wait else 0), self.folder / "holder.json"
        try:
            lock.acquire()
        except TimeoutError as error:
            raise Busy(f"another run is at work on the state {self.folder}{_holder(holder)}") from error
        except (OSError, NotImplementedError) as error:
            raise StateError(
                f"the state folder {self.folder} cannot be locked: {_reason(error)}", hint=_hint(error)
            ) from error
        try:
            since = datetime.now().isoformat(sep=" ", timespec="seconds")
            told = json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since})
            with contextlib.suppress(OSError):  # whoever is turned away is then told less
                holder.write_text(told)
            yield
        finally:
            with contextlib.suppress(OSError):
                holder.unlink(missing_ok=True)
            lock.release()


def _lock(path: Path, timeout: float) -> "filelock.BaseFileLock":
    """A lock between processes, freed by the system when its holder dies. ``timeout``: seconds; -1: none."""
    import filelock

    return filelock.FileLock(path, timeout=timeout)


def _reason(error: BaseException) -> str:
    """Why, without the number and the path that the system's errors tell of themselves."""
    return getattr(error, "strerror", None) or str(error)


def _hint(error: BaseException) -> str:
    name = getattr(error, "sqlite_errorname", "") or errno.errorcode.get(getattr(error, "errno", 0) or 0, "")
    helping = (hint for begun, hint in _HINTS.items() if name.startswith(begun))
    return next(helping, "name another with --state")


def _job(row: tuple[object, ...]) -> Job | None:
    item, recipe, status, title, failure, files, tokens, cost, run = row
    try:
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
    except (ValueError, TypeError):
        log.warning("a row of the ledger is damaged: its item is done anew")
        return None


def _holder(path: Path) -> str:
    try:
        told = json.loads(path.read_text())
        return f" (process {told['pid']} on {told['host']}, since {told['since']})"
    except (OSError, ValueError, LookupError, TypeError):
        return ""
