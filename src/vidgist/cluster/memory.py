"""The memory and the ledger of all workers; a worker's own folder keeps its lock, logs and reports."""

import zlib
from collections.abc import Iterator, Mapping
from copy import copy
from datetime import datetime
from pathlib import Path
from typing import Final

from vidgist.cluster.database import Database
from vidgist.cluster.orders import Renewal
from vidgist.models import Item
from vidgist.store import Job, Store

RENEWED: Final[Mapping[str, tuple[str, ...]]] = {
    "summary": ("reply", "answer"),
    "transcript": ("fetched",),
    "all": ("fetched", "reply", "answer"),
}
"""Kinds of memory that a renewal does without."""


class SharedStore(Store):
    """A store whose memory, jobs and names lie in a database. Every method commits before it returns.

    Raises `StateError` as a store does, and `DatabaseLost`.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        super().__init__(folder)
        self._shared = database
        self._renewal: Renewal | None = None

    def renewed(self, renewal: Renewal | None) -> "SharedStore":
        """The same store, to which what a renewal makes anew is unknown until it has been made.

        What became of an item before that is known, as the outcome of another recipe or as a failure that
        is worth another try. To close one of the two closes both.
        """
        store = copy(self)
        store._renewal = renewal  # noqa: SLF001 (of the same class)
        return store

    def _since(self, kind: str) -> datetime | None:
        renewal = self._renewal
        return renewal.since if renewal and kind in RENEWED[renewal.what] else None

    def recall(self, kind: str, key: str) -> str | None:
        rows = self._shared.rows(
            "SELECT body FROM vidgist_memo WHERE kind=%s AND key=%s"
            " AND created >= coalesce(%s::timestamptz, '-infinity')",
            kind,
            key,
            self._since(kind),
        )
        return zlib.decompress(bytes(rows[0][0])).decode() if rows else None  # type: ignore[call-overload]

    def remember(self, kind: str, key: str, body: str) -> None:
        self._shared.rows(
            "INSERT INTO vidgist_memo (kind, key, body) VALUES (%s, %s, %s)"
            " ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body, created = now()",
            kind,
            key,
            zlib.compress(body.encode(), 6),
        )

    def forget(self, kind: str, key: str) -> None:
        self._shared.rows("DELETE FROM vidgist_memo WHERE kind=%s AND key=%s", kind, key)

    def knows(self, kind: str, key: str) -> bool:
        return self.recall(kind, key) is not None

    def job(self, folder: str, item: Item) -> Job | None:
        rows = self._shared.rows(
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
        job = Job.model_validate_json(str(document))
        return _outdated(job) if is_old else job

    def made(self, folder: str, item: Item, recipe: str) -> tuple[str, ...] | None:
        job = self.job(folder, item)
        return job.files if job and job.status == "done" and job.recipe == recipe else None

    def jobs(self, folder: str | None = None, status: str | None = None) -> Iterator[Job]:
        rows = self._shared.rows(
            "SELECT document FROM vidgist_job"
            " WHERE folder = coalesce(%s, folder) AND status = coalesce(%s, status) ORDER BY updated",
            folder,
            status,
        )
        return (Job.model_validate_json(str(document)) for (document,) in rows)

    def save(self, folder: str, job: Job) -> None:
        self._shared.rows(
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

    def folders(self) -> list[str]:
        return [
            str(name) for (name,) in self._shared.rows("SELECT DISTINCT folder FROM vidgist_job ORDER BY 1")
        ]

    def name(self, folder: str, item: Item, wanted: str) -> str:
        number = 1
        while True:
            stem = wanted if number == 1 else f"{wanted}-{number}"
            self._shared.rows(
                "INSERT INTO vidgist_name VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                folder,
                stem.casefold(),
                item.source,
                item.id,
            )
            owner = self._shared.rows(
                "SELECT source, id FROM vidgist_name WHERE folder=%s AND name=%s", folder, stem.casefold()
            )
            if owner == [(item.source, item.id)]:
                return stem
            number += 1


def _outdated(job: Job) -> Job:
    failure = job.failure and job.failure.model_copy(update={"retry": "later"})
    return job.model_copy(update={"recipe": "", "failure": failure})
