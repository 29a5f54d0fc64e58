"""The SQLite database of a state folder: opened, recognized, migrated; its errors become ours."""

import contextlib
import errno
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from vidgist.errors import StateError, StateLost
from vidgist.store import private
from vidgist.store._lock import lock
from vidgist.store._schema import MIGRATIONS, TABLES

BUSY_SECONDS = 30.0
"""How long to wait for another process that opens or writes the database."""

_AWAY = "move it away to start over, or name another with --state"
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

_UNWRITABLE = ("EACCES", "EPERM", "EROFS", "SQLITE_READONLY", "SQLITE_CANTOPEN")
"""Beginnings of the names of errors that a state gives which can be read alone."""


class Database:
    """One open database. Safe for many threads; writers in other processes wait their turn.

    Without a folder it lies in memory and ends with the process. Raises `StateError` where the folder cannot
    be used, is damaged or was written by a newer vidgist; every method raises `StateLost` where it can be
    used no longer.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._guard = threading.RLock()
        with ExitStack() as undo:
            self._open(undo)
            undo.pop_all()

    def _open(self, undo: ExitStack) -> None:
        if self.folder is None:
            self._database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            undo.callback(self._database.close)
            self._migrate()
            return
        try:
            self._open_to_write(undo, self.folder)
        except StateLost as error:
            raise self._unusable(error.__cause__ or error) from error
        except (OSError, NotImplementedError, sqlite3.Error) as error:
            if not self._open_to_read(undo, self.folder, error):
                raise self._unusable(error) from error

    def _open_to_write(self, undo: ExitStack, folder: Path) -> None:
        private.folder(folder)
        for inner in ("runs", "logs"):
            private.within(folder / inner)
        with lock(folder / "opening", BUSY_SECONDS):
            for name in ("opening", "state.db"):
                private.file(folder / name)
            self._database = sqlite3.connect(
                folder / "state.db", timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            undo.callback(self._database.close)
            self._recognize()
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=NORMAL")
            self._migrate()

    def _open_to_read(self, undo: ExitStack, folder: Path, error: Exception) -> bool:
        """Open what may be read and not written: a copy on a disk that takes nothing, another person's."""
        name = getattr(error, "sqlite_errorname", "") or errno.errorcode.get(
            getattr(error, "errno", 0) or 0, ""
        )
        path = folder / "state.db"
        if not name.startswith(_UNWRITABLE) or not path.is_file():
            return False
        for way in ("mode=ro", "mode=ro&immutable=1"):
            place = f"{path.absolute().as_uri()}?{way}"
            try:
                database = sqlite3.connect(place, uri=True, isolation_level=None, check_same_thread=False)
            except sqlite3.Error:
                continue
            try:
                self._database = database
                self._recognize()
                version = int(database.execute("PRAGMA user_version").fetchone()[0])
            except sqlite3.Error:
                database.close()
                continue
            undo.callback(database.close)
            return version == len(MIGRATIONS)
        return False

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
            for query in TABLES:
                self._database.execute(query)
        elif version == 0 and self._database.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise StateError(f"the state folder {self.folder} holds another program's database", hint=_AWAY)

    def _migrate(self) -> None:
        with self.transaction() as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            for migrate in MIGRATIONS[version:]:
                migrate(database)
            database.execute(f"PRAGMA user_version={len(MIGRATIONS)}")

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Yield the database, for one thread at a time. Raises `StateLost`."""
        with self._guard:
            try:
                yield self._database
            except sqlite3.Error as error:
                raise self.lost(error) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
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
        return StateError(f"the state folder {self.folder} cannot be used: {reason(error)}", hint=hint(error))

    def lost(self, error: OSError | sqlite3.Error) -> StateLost:
        return StateLost(
            f"the state folder {self.folder} cannot be used any more: {reason(error)}", hint=hint(error)
        )

    def one(self, query: str, *values: object) -> tuple[object, ...] | None:
        with self._opened() as database:
            row: tuple[object, ...] | None = database.execute(query, values).fetchone()
        return row

    def all(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with self._opened() as database:
            return database.execute(query, values).fetchall()

    def put(self, query: str, *values: object) -> None:
        with self._opened() as database:
            database.execute(query, values)


def reason(error: BaseException) -> str:
    """Return the reason, without the number and the path in the system's message."""
    return getattr(error, "strerror", None) or str(error)


def hint(error: BaseException) -> str:
    helping = (hint for begun, hint in _HINTS.items() if _name(error).startswith(begun))
    return next(helping, "name another with --state")


def _name(error: BaseException) -> str:
    """Return the name that SQLite or the system gives an error; empty where neither does."""
    number = getattr(error, "errno", 0) or 0
    return getattr(error, "sqlite_errorname", "") or errno.errorcode.get(number, "")
