"""The tables of a state database and the steps that bring an older one up to date."""

import sqlite3
from collections.abc import Callable
from typing import Final

Migration = Callable[[sqlite3.Connection], None]
MIGRATIONS: Final[list[Migration]] = []

TABLES: Final = (
    "SELECT kind, key, body, created FROM memo LIMIT 0",
    "SELECT folder, source, id, item, recipe, status, title, failure, files FROM job LIMIT 0",
    "SELECT tokens, cost, run, updated FROM job LIMIT 0",
    "SELECT folder, name, source, id FROM name LIMIT 0",
    "SELECT number, id, report FROM run LIMIT 0",
    "SELECT token, id, settings, state FROM batch LIMIT 0",
    "SELECT key, token, tries FROM batch_line LIMIT 0",
)
"""Fail on a database that has our version number and other tables."""


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
    """Number the runs: a clock that is set back does not put a new run among the old ones."""
    database.execute("ALTER TABLE run RENAME TO run_by_name")
    database.execute("CREATE TABLE run (number INTEGER PRIMARY KEY, id TEXT UNIQUE, report TEXT)")
    database.execute("INSERT INTO run (id, report) SELECT id, report FROM run_by_name ORDER BY id")
    database.execute("DROP TABLE run_by_name")
