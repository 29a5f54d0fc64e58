"""The one door to PostgreSQL: a few connections for all threads of a worker, and the tables.

Everything is committed when a call returns. The queue makes its own connections to the same database.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import ConnectionPool

from vidgist import config
from vidgist.errors import ConfigError, StateError, StateLost

Row = tuple[object, ...]
CONNECTIONS = 4
"""At most, of one worker; a statement takes milliseconds, so that threads hardly wait for each other."""

PATIENCE = 30.0
"""Seconds to wait for a connection: a database that restarts is no reason to give up."""

IMPATIENCE = 1.0
"""Seconds to wait for one after an earlier wait without success."""

KEEP_ALIVE: Final[dict[str, Any]] = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
"""A connection whose other end is gone is noticed within a minute."""

MIGRATIONS: Final[Sequence[LiteralString]] = (
    """
    CREATE TABLE vidgist_memo (
        kind text, key text, body bytea NOT NULL, created timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (kind, key)
    );
    CREATE TABLE vidgist_job (
        folder text, source text, id text, status text NOT NULL, code text NOT NULL, document text NOT NULL,
        tokens bigint NOT NULL, cost double precision, updated timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (folder, source, id)
    );
    CREATE INDEX vidgist_job_status ON vidgist_job (folder, status);
    CREATE TABLE vidgist_name (folder text, name text, source text, id text, PRIMARY KEY (folder, name));
    CREATE TABLE vidgist_order (
        id text PRIMARY KEY, document text NOT NULL, calls bigint NOT NULL DEFAULT 0,
        lost bigint NOT NULL DEFAULT 0, tokens bigint NOT NULL DEFAULT 0,
        cost double precision NOT NULL DEFAULT 0, created timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE vidgist_worker (
        id bigserial PRIMARY KEY, name text NOT NULL, beat timestamptz NOT NULL DEFAULT clock_timestamp()
    );
    CREATE TABLE vidgist_call (
        id bigserial PRIMARY KEY, order_id text NOT NULL, server text NOT NULL, worker bigint NOT NULL,
        tokens bigint NOT NULL, cost double precision NOT NULL
    );
    """,
    """
    CREATE TABLE vidgist_pause (
        server text PRIMARY KEY, until timestamptz NOT NULL, code text NOT NULL, reason text NOT NULL
    );
    """,
    """
    ALTER TABLE vidgist_order ALTER COLUMN cost DROP NOT NULL;
    ALTER TABLE vidgist_call ALTER COLUMN cost DROP NOT NULL;
    CREATE TABLE vidgist_begun (
        id bigserial PRIMARY KEY, order_id text NOT NULL, worker bigint NOT NULL, tokens bigint NOT NULL,
        cost double precision
    );
    """,
)


class DatabaseLost(StateLost):
    """The database went away in the midst of work; what is committed stays."""

    code = "database"
    hint = "see that the database runs; then run the same command again"


class Database:
    """One PostgreSQL database, ready to use. Several threads may call it.

    ``url`` is a connection string or URI of libpq. Raises `StateError` where it cannot be reached or was
    set up by a newer vidgist, `ConfigError` where it is no such string.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            self.name = _name(url)
            with psycopg.connect(url, autocommit=True, **KEEP_ALIVE) as connection:
                _migrate(connection)
        except psycopg.ProgrammingError as error:
            raise ConfigError(
                f"--database: {config.without_login(_reason(error))}", hint="postgresql://user@host/database"
            ) from None
        except psycopg.Error as error:
            raise StateError(
                f"the database {self.name} cannot be used: {_reason(error)}",
                hint="see that it runs, and that this user may create tables in it",
            ) from None
        self._pool = ConnectionPool(
            url,
            kwargs={"autocommit": True, **KEEP_ALIVE},
            min_size=1,
            max_size=CONNECTIONS,
            timeout=PATIENCE,
            check=ConnectionPool.check_connection,
            open=True,
        )
        self._patience = PATIENCE

    def close(self) -> None:
        self._pool.close()

    @contextmanager
    def transaction(self) -> Iterator[Callable[..., list[Row]]]:
        """Yield a function that runs a query with its values; all that it ran is committed, or nothing.

        Raises `DatabaseLost`.
        """
        with self._connected() as connection, connection.transaction():
            yield lambda query, *values: _rows(connection, query, values)

    @contextmanager
    def alone(self, what: str) -> Iterator[Callable[..., list[Row]]]:
        """Yield as `transaction` does, under a lock of that name that one worker holds at a time."""
        with self.transaction() as run:
            run("SELECT pg_advisory_xact_lock(hashtext(%s))", f"vidgist {what}")
            yield run

    def rows(self, query: LiteralString, *values: object) -> list[Row]:
        """Return the rows of one statement; none where it gives none. Raises `DatabaseLost`."""
        with self._connected() as connection:
            return _rows(connection, query, values)

    @contextmanager
    def _connected(self) -> "Iterator[psycopg.Connection[Row]]":
        try:
            with self._pool.connection(self._patience) as connection:
                yield connection
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            self._patience = IMPATIENCE
            raise DatabaseLost(f"the database {self.name} is lost: {_reason(error)}") from error


def _rows(connection: "psycopg.Connection[Row]", query: LiteralString, values: Sequence[object]) -> list[Row]:
    cursor = connection.execute(query, values or None)
    return cursor.fetchall() if cursor.description else []


def _migrate(connection: "psycopg.Connection[Row]") -> None:
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('vidgist schema'))")
        connection.execute("CREATE TABLE IF NOT EXISTS vidgist_schema (version int NOT NULL)")
        found = connection.execute("SELECT version FROM vidgist_schema").fetchone()
        version = int(str(found[0])) if found else 0
        if version > len(MIGRATIONS):
            raise StateError("the database was set up by a newer vidgist", hint="update vidgist")
        for migration in MIGRATIONS[version:]:
            connection.execute(migration)
        connection.execute("DELETE FROM vidgist_schema")
        connection.execute("INSERT INTO vidgist_schema VALUES (%s)", (len(MIGRATIONS),))


def _name(url: str) -> str:
    """Return the database for a person, without what might be a secret."""
    parts = conninfo_to_dict(url)
    return f"{parts.get('dbname') or ''} on {parts.get('host') or 'this machine'}".strip()


def _reason(error: Exception) -> str:
    """Return the first line of what went wrong."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
