"""The index of a notes folder: SQLite FTS5 in one file of that folder, made from the notes alone.

    .vidgist-index.db   note: one row a file, as it was when it was read
                        passage: FTS5 without content; a row is ``note id << 16 | place of the passage``
                        word, spelling: see `vidgist.archive.vocabulary`

An index keeps no text: what is shown is read from the notes. The rows of a note that changed or went are left
in place under an id that no longer exists, as old versions of SQLite cannot delete from such a table; once
they are many, all is indexed again. So is an index that is damaged, or older or newer than this program.
"""

import contextlib
import math
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from vidgist.archive import INDEX_NAME, entries, passages
from vidgist.archive.entries import Entry
from vidgist.archive.vocabulary import SCHEMA as VOCABULARY
from vidgist.archive.vocabulary import Vocabulary
from vidgist.errors import InputError, Unreadable
from vidgist.models import Note
from vidgist.notes import reading
from vidgist.text.search_words import words

NAME = INDEX_NAME
LAYOUT = 3
"""Raised whenever the same notes would be indexed differently."""

SPARE, DEAD = 2_000, 0.25
"""Rows out of use that are never worth a new index; their share that is."""

SHIFT = 16
_PATIENCE = 5.0
"""Seconds to wait for another process that writes the same index."""

_PRIMARY = 0xFF
_HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)
"""Primary codes of SQLite where other processes hold a file, or its folder knows no locks."""

_EVERY = 100
"""Notes after which what was read is committed."""

_COLUMNS = "id, file, modified, size, title, url, channel, day, item, status, first, rows"
_NOTE = (
    "CREATE TABLE note (id INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT UNIQUE, modified INTEGER,"
    " size INTEGER, title TEXT, url TEXT, channel TEXT, day TEXT, item TEXT, status TEXT, first INTEGER,"
    " rows INTEGER)"
)
_GONE = "CREATE TABLE gone (rows INTEGER)"
_PASSAGE = (
    "CREATE VIRTUAL TABLE passage USING fts5(words, content='', detail=none, columnsize=0, tokenize='ascii')"
)
_SCHEMA: Final = (_NOTE, _GONE, _PASSAGE, *VOCABULARY)
_SHADOWS: Final = {
    f"{table}_{part}" for table in ("passage", "spelling") for part in ("data", "idx", "config")
}
"""Tables that FTS5 makes for its own."""


Damaged = sqlite3.DatabaseError
"""What an index raises whose file is no sound database."""


class Changes(NamedTuple):
    """What a refresh did: notes read, notes forgotten."""

    read: int = 0
    forgotten: int = 0


class Index:
    """One open index. Use from one thread; `close` it."""

    def __init__(self, folder: Path) -> None:
        """Open the index of a notes folder, empty where there is none. Raises `InputError`."""
        if not folder.is_dir():
            raise InputError(f"{folder} is no folder", hint="name the notes folder as the last word")
        self.folder = folder
        self.kept = True
        """False where the folder takes no index: then it is made in memory for this once."""
        self._database = self._open()
        self.entries = {entry.id: entry for entry in self._entries()}
        self._until = math.inf
        self._counted: tuple[dict[int, Entry], int, int] = ({}, 0, 0)

    def close(self) -> None:
        self._database.close()

    def refresh(self, seconds: float = math.inf) -> Changes:
        """Read what changed in the folder since the index last saw it; what is left after so many seconds
        is for the next time.
        """
        self._until = time.monotonic() + seconds
        try:
            return self._refresh()
        except sqlite3.DatabaseError as error:
            return self._as_it_is() if _is_held(error) else self.remake()

    def _as_it_is(self) -> Changes:
        """Search what another process has indexed so far; all in memory where that is nothing."""
        if self.entries:
            return Changes()
        self._database.close()
        self._database, self.kept = _memory(), False
        return self._refresh()

    def remake(self) -> Changes:
        """Forget all and read every note: the file was found to be damaged."""
        self._database.close()
        self._database = self._emptied() if self.kept else _memory()
        self.entries = {}
        try:
            return self._refresh()
        except sqlite3.DatabaseError:  # the disk takes no more, or another process holds the file
            self._database.close()
            self._database, self.kept, self.entries = _memory(), False, {}
            return self._refresh()

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the words of all passages."""
        return Vocabulary(self._database)

    def rows(self, terms: Sequence[str], most: int, among: Sequence[str] = ()) -> list[int]:
        """Return rows with one of the terms, and one of those ``among`` where there are some, ascending."""
        wanted = _either(terms) if not among else f"{_either(terms)} AND {_either(among)}"
        query = "SELECT rowid FROM passage WHERE passage MATCH ? LIMIT ?"
        return [row for (row,) in self._database.execute(query, (wanted, most))]

    @property
    def size(self) -> int:
        """Return the number of passages in use."""
        if self._counted[0] is not self.entries or self._counted[1] != len(self.entries):
            rows = sum(entry.rows for entry in self.entries.values())
            self._counted = (self.entries, len(self.entries), rows)
        return self._counted[2]

    def read(self, entry: Entry) -> Note:
        """Return the note behind an entry. Raises `Unreadable`."""
        return reading.read(self.folder / entry.file)

    # Writing

    def _refresh(self) -> Changes:
        known = {entry.file: entry for entry in self.entries.values()}
        present = dict(self._present())
        stale = [
            entry
            for entry in known.values()
            if (entry.modified, entry.size) != present.get(entry.file, (None, None))
        ]
        fresh = [file for file in present if file not in known or known[file] in stale]
        if not stale and not fresh:
            return Changes()
        if self._is_worn(stale):
            self._database.close()
            self._database = self._emptied() if self.kept else _memory()
            self.entries, fresh, stale = {}, list(present), []
        with self._written():
            for entry in stale:
                self._forget(entry)
        for begin in range(0, len(fresh), _EVERY):
            if time.monotonic() >= self._until:
                del fresh[begin:]
                break
            with self._written():
                counts: Counter[str] = Counter()
                for file in fresh[begin : begin + _EVERY]:
                    self._enter(file, *present[file], counts)
                self.vocabulary.add(counts)
        return Changes(read=len(fresh), forgotten=len([one for one in stale if one.file not in present]))

    def _present(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for path in reading.folder(self.folder):
            with contextlib.suppress(OSError, ValueError):
                state = path.stat()
                name = path.relative_to(self.folder).as_posix().encode(errors="replace").decode()
                yield name, (state.st_mtime_ns, state.st_size)

    def _is_worn(self, stale: Iterable[Entry]) -> bool:
        gone = self._database.execute("SELECT coalesce(sum(rows), 0) FROM gone").fetchone()[0]
        gone += sum(entry.rows for entry in stale)
        return bool(gone > max(SPARE, DEAD * (self.size + gone)))

    def _forget(self, entry: Entry) -> None:
        self._database.execute("DELETE FROM note WHERE id = ?", (entry.id,))
        self._database.execute("INSERT INTO gone VALUES (?)", (entry.rows,))
        self.entries.pop(entry.id, None)

    def _enter(self, file: str, modified: int, size: int, counts: Counter[str]) -> None:
        seen = Entry(id=0, file=file, modified=modified, size=size)
        found: tuple[passages.Passage, ...] = ()
        try:
            note = reading.read(self.folder / file)
            found = passages.of(note)
            entry = seen.model_copy(update=entries.of(note, found))
        except Unreadable as error:
            is_named = "?" not in file or (self.folder / file).exists()
            why = str(error) if is_named else "its name is not UTF-8; rename it to have it searched"
            entry = seen.model_copy(update={"status": "unreadable", "title": why})
        values = entry.model_dump(exclude={"id"}).values()
        cursor = self._database.execute(
            "INSERT INTO note (file, modified, size, title, url, channel, day, item, status, first, rows)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            tuple(one.encode(errors="replace").decode() if isinstance(one, str) else one for one in values),
        )
        number = cursor.lastrowid or 0
        for one in found:
            held = words(one.searched)
            counts.update(set(held))
            row = (number << SHIFT | one.place, " ".join(held))
            self._database.execute("INSERT INTO passage (rowid, words) VALUES (?, ?)", row)
        self.entries[number] = entry.model_copy(update={"id": number})

    @contextlib.contextmanager
    def _written(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    # Opening

    def _open(self) -> sqlite3.Connection:
        path = self.folder / NAME
        if path.is_symlink() or (path.exists() and not path.is_file()):
            self.kept = False
            return _memory()
        if path.exists():
            try:
                with contextlib.ExitStack() as undo:
                    database = _connected(path)
                    undo.callback(database.close)
                    if _is_ours(database):
                        undo.pop_all()
                        return database
            except (sqlite3.Error, OSError) as error:
                if _is_held(error):
                    self.kept = False  # it is sound, and another process is at work on it
                    return _memory()
        return self._emptied()

    def _emptied(self) -> sqlite3.Connection:
        """Return an empty index that replaces the existing one; in memory where the folder takes none."""
        path = self.folder / NAME
        try:
            for suffix in ("", "-journal", "-wal", "-shm"):
                path.with_name(NAME + suffix).unlink(missing_ok=True)
            database = _connected(path)
            _make(database)
        except (sqlite3.Error, OSError):
            self.kept = False
            return _memory()
        return database

    def _entries(self) -> Iterator[Entry]:
        try:
            rows = self._database.execute(f"SELECT {_COLUMNS} FROM note").fetchall()  # noqa: S608 (constants)
            yield from [Entry(**dict(zip(_COLUMNS.split(", "), row, strict=True))) for row in rows]
        except (sqlite3.Error, ValueError):  # pydantic's error is a ValueError
            self._database.close()
            self._database = self._emptied()


def _is_held(error: Exception) -> bool:
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & _PRIMARY in _HELD


def _either(terms: Sequence[str]) -> str:
    quoted = " OR ".join(f'"{one}"' for one in terms)
    return f"({quoted})"


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    return database


def _memory() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", isolation_level=None)
    _make(database)
    return database


def _make(database: sqlite3.Connection) -> None:
    database.execute("BEGIN IMMEDIATE")
    for statement in _SCHEMA:
        database.execute(statement)
    database.execute("INSERT INTO passage (passage, rank) VALUES ('automerge', 8)")
    database.execute(f"PRAGMA user_version = {LAYOUT}")
    database.execute("COMMIT")


def _is_ours(database: sqlite3.Connection) -> bool:
    """Return whether the file has our layout and no table, view or trigger beside ours."""
    if database.execute("PRAGMA user_version").fetchone()[0] != LAYOUT:
        return False
    rows = database.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    held = {sql for kind, name, sql in rows if sql and not (kind == "table" and name in _SHADOWS)}
    return held - {"CREATE TABLE sqlite_sequence(name,seq)"} == set(_SCHEMA)
