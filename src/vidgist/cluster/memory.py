"""The memory and the ledger of all workers; a worker's own folder keeps its lock, logs and reports."""

import zlib
from collections.abc import Iterator
from pathlib import Path

from vidgist.cluster.database import Database
from vidgist.models import Item
from vidgist.store import Job, Store


class SharedStore(Store):
    """A store whose memory, jobs and names lie in a database. Every method commits before it returns.

    Raises `StateError` as a store does, and `DatabaseLost`.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        super().__init__(folder)
        self._shared = database

    def recall(self, kind: str, key: str) -> str | None:
        rows = self._shared.rows("SELECT body FROM vidgist_memo WHERE kind=%s AND key=%s", kind, key)
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
        return bool(self._shared.rows("SELECT 1 FROM vidgist_memo WHERE kind=%s AND key=%s", kind, key))

    def job(self, folder: str, item: Item) -> Job | None:
        rows = self._shared.rows(
            "SELECT document FROM vidgist_job WHERE folder=%s AND source=%s AND id=%s",
            folder,
            item.source,
            item.id,
        )
        return Job.model_validate_json(str(rows[0][0])) if rows else None

    def made(self, folder: str, item: Item, recipe: str) -> tuple[str, ...] | None:
        job = self.job(folder, item)
        return job.files if job and job.status == "done" and job.recipe == recipe else None

    def jobs(self, folder: str = "", status: str = "") -> Iterator[Job]:
        rows = self._shared.rows(
            "SELECT document FROM vidgist_job"
            " WHERE %s::text IN ('', folder) AND %s::text IN ('', status) ORDER BY updated",
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
