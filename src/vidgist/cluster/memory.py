"""Memory, jobs and names of all workers in PostgreSQL; a worker's own folder keeps lock, logs and reports.

Every method commits before it returns and raises `DatabaseLost` where the database is gone. A row that cannot
be read counts as not there, as in the SQLite store.
"""

import logging
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from vidgist.cluster.database import Database
from vidgist.cluster.orders import Renewal
from vidgist.models import Item
from vidgist.store import Job, Store
from vidgist.store.protocols import always

RENEWED: Final[Mapping[str, tuple[str, ...]]] = {
    "summary": ("reply", "answer"),
    "transcript": ("fetched",),
    "all": ("fetched", "reply", "answer"),
}
"""Kinds of memory that a renewal does without."""

log = logging.getLogger(__name__)


def opened(folder: Path, database: Database) -> Store:
    """Open a worker's state folder with the memory, jobs and names of all. Raises `StateError`."""
    return shared(Store(folder), database, None)


def shared(store: Store, database: Database, renewal: Renewal | None) -> Store:
    """Return the same store, which does not know what a renewal makes again until it has been made.

    What became of an item before that is known, as the outcome of another recipe or as a failure that
    is worth another try. To close one of the two closes both.
    """
    return store.sharing(
        SharedMemory(database, renewal), SharedJobs(database, renewal), SharedNames(database)
    )


class SharedMemory:
    """What was learnt or paid for once by any worker."""

    def __init__(self, database: Database, renewal: Renewal | None = None) -> None:
        self._database = database
        self._renewal = renewal

    def _since(self, kind: str) -> datetime | None:
        renewal = self._renewal
        return renewal.since if renewal and kind in RENEWED[renewal.what] else None

    def recall(self, kind: str, key: str) -> str | None:
        rows = self._database.rows(
            "SELECT body FROM vidgist_memo WHERE kind=%s AND key=%s"
            " AND created >= coalesce(%s::timestamptz, '-infinity')",
            kind,
            key,
            self._since(kind),
        )
        try:
            return zlib.decompress(bytes(rows[0][0])).decode() if rows else None  # type: ignore[call-overload]
        except (zlib.error, TypeError, UnicodeDecodeError):
            log.warning("a remembered %s is damaged: it is made again", kind)
            return None

    def remember(self, kind: str, key: str, body: str) -> None:
        self._database.rows(
            "INSERT INTO vidgist_memo (kind, key, body) VALUES (%s, %s, %s)"
            " ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body, created = now()",
            kind,
            key,
            zlib.compress(body.encode(), 6),
        )

    def forget(self, kind: str, key: str) -> None:
        self._database.rows("DELETE FROM vidgist_memo WHERE kind=%s AND key=%s", kind, key)


class SharedJobs:
    """What became of each item of a notes folder, whichever worker did it."""

    def __init__(self, database: Database, renewal: Renewal | None = None) -> None:
        self._database = database
        self._renewal = renewal

    def find(self, folder: str, item: Item) -> Job | None:
        rows = self._database.rows(
            "SELECT document, updated < coalesce(%s::timestamptz, '-infinity') FROM vidgist_job"
            " WHERE folder=%s AND source=%s AND id=%s",
            self._renewal.since if self._renewal else None,
            folder,
            item.source,
            item.id,
        )
        if not rows:
            return None
        document, is_old = rows[0]
        job = _job(document)
        return _outdated(job) if job and is_old else job

    def made(self, folder: str, item: Item, recipe: str) -> tuple[str, ...] | None:
        job = self.find(folder, item)
        return job.files if job and job.status == "done" and job.recipe == recipe else None

    def all(self, folder: str | None = None, status: str | None = None) -> Iterator[Job]:
        rows = self._database.rows(
            "SELECT document FROM vidgist_job"
            " WHERE folder = coalesce(%s, folder) AND status = coalesce(%s, status) ORDER BY updated",
            folder,
            status,
        )
        return filter(None, (_job(document) for (document,) in rows))

    def save(self, folder: str, job: Job) -> None:
        self._database.rows(
            "INSERT INTO vidgist_job (folder, source, id, status, code, document, tokens, cost)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (folder, source, id) DO UPDATE SET status = excluded.status, code = excluded.code,"
            " document = excluded.document, tokens = excluded.tokens, cost = excluded.cost,"
            " updated = clock_timestamp()",
            folder,
            job.item.source,
            job.item.id,
            job.status,
            job.failure.code if job.failure else "",
            job.model_dump_json(),
            job.tokens,
            job.cost,
        )

    def forget(self, folder: str, item: Item) -> None:
        self._database.rows(
            "DELETE FROM vidgist_job WHERE folder=%s AND source=%s AND id=%s", folder, item.source, item.id
        )

    def folders(self) -> list[str]:
        return [
            str(name) for (name,) in self._database.rows("SELECT DISTINCT folder FROM vidgist_job ORDER BY 1")
        ]


class SharedNames:
    """Which item a file name of a notes folder belongs to, for all workers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, folder: str, item: Item, wanted: str, is_free: Callable[[str], bool] = always) -> str:
        number = 1
        while True:
            stem = wanted if number == 1 else f"{wanted}-{number}"
            self._database.rows(
                "INSERT INTO vidgist_name VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                folder,
                stem.casefold(),
                item.source,
                item.id,
            )
            owner = self._database.rows(
                "SELECT source, id FROM vidgist_name WHERE folder=%s AND name=%s", folder, stem.casefold()
            )
            if owner == [(item.source, item.id)] and is_free(stem):
                return stem
            number += 1


def _job(document: object) -> Job | None:
    try:
        return Job.model_validate_json(str(document))
    except ValidationError:
        log.warning("a row of the ledger is damaged: its item is done again")
        return None


def _outdated(job: Job) -> Job:
    failure = job.failure and job.failure.model_copy(update={"retry": "later"})
    return job.model_copy(update={"recipe": "", "failure": failure})
