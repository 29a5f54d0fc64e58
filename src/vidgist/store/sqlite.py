"""Memory, jobs, names and batches in the SQLite database of a state folder.

Every method commits before it returns. A row that cannot be read counts as not there: what it held is found
out again.
"""

import json
import logging
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from vidgist.models import Item
from vidgist.store._database import Database
from vidgist.store.protocols import always
from vidgist.store.rows import Batch, Job

log = logging.getLogger(__name__)


class SqliteMemory:
    """What was learnt or paid for once, by kind and key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def recall(self, kind: str, key: str) -> str | None:
        """Return the body remembered under a key, or None."""
        row = self._database.one("SELECT body FROM memo WHERE kind=? AND key=?", kind, key)
        if row is None:
            return None
        try:
            return zlib.decompress(row[0]).decode()  # type: ignore[arg-type]
        except (zlib.error, TypeError, UnicodeDecodeError):
            log.warning("a remembered %s is damaged: it is made again", kind)
            return None

    def remember(self, kind: str, key: str, body: str) -> None:
        self._database.put(
            "INSERT OR REPLACE INTO memo VALUES (?, ?, ?, ?)",
            kind,
            key,
            zlib.compress(body.encode(), 6),
            datetime.now().isoformat(timespec="seconds"),
        )

    def forget(self, kind: str, key: str) -> None:
        self._database.put("DELETE FROM memo WHERE kind=? AND key=?", kind, key)


class SqliteJobs:
    """What became of each item of a notes folder."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, folder: str, item: Item) -> Job | None:
        """Return what is written of an item for a notes folder."""
        row = self._database.one(
            "SELECT item, recipe, status, title, failure, files, tokens, cost, run FROM job"
            " WHERE folder=? AND source=? AND id=?",
            folder,
            item.source,
            item.id,
        )
        return None if row is None else _job(row)

    def made(self, folder: str, item: Item, recipe: str) -> tuple[str, ...] | None:
        """Return the files of an item that is done by this recipe; None where it is not."""
        row = self._database.one(
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

    def all(self, folder: str | None = None, status: str | None = None) -> Iterator[Job]:
        """Yield all jobs, oldest first; of one folder or of one status where named."""
        query = (
            "SELECT item, recipe, status, title, failure, files, tokens, cost, run FROM job"
            " WHERE folder = coalesce(?, folder) AND status = coalesce(?, status) ORDER BY updated"
        )
        return filter(None, map(_job, self._database.all(query, folder, status)))

    def save(self, folder: str, job: Job) -> None:
        self._database.put(
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

    def forget(self, folder: str, item: Item) -> None:
        self._database.put(
            "DELETE FROM job WHERE folder=? AND source=? AND id=?", folder, item.source, item.id
        )

    def folders(self) -> list[str]:
        """Return the notes folders that have jobs."""
        return [
            str(folder) for (folder,) in self._database.all("SELECT DISTINCT folder FROM job ORDER BY folder")
        ]


class SqliteNames:
    """Which item a file name of a notes folder belongs to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, folder: str, item: Item, wanted: str, is_free: Callable[[str], bool] = always) -> str:
        """Return the file stem of an item: as wanted, numbered where another has it or it is not free.

        Compared without case, since some file systems do.
        """
        with self._database.transaction() as database:
            number = 1
            while True:
                stem = wanted if number == 1 else f"{wanted}-{number}"
                row = database.execute(
                    "SELECT source, id FROM name WHERE folder=? AND name=?", (folder, stem.casefold())
                ).fetchone()
                if row in (None, (item.source, item.id)) and is_free(stem):
                    database.execute(
                        "INSERT OR REPLACE INTO name VALUES (?, ?, ?, ?)",
                        (folder, stem.casefold(), item.source, item.id),
                    )
                    return stem
                number += 1


class SqliteBatches:
    """The batches of requests that a provider works on."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, batch: Batch, keys: Iterable[str] = ()) -> None:
        """Keep a batch; ``keys`` are those of its requests, now under way."""
        with self._database.transaction() as database:
            database.execute(
                "INSERT OR REPLACE INTO batch VALUES (?, ?, ?, ?)",
                (batch.token, batch.id, batch.settings, batch.state),
            )
            database.executemany(
                "INSERT INTO batch_line VALUES (?, ?, 1)"
                " ON CONFLICT (key) DO UPDATE SET token = excluded.token, tries = tries + 1",
                [(key, batch.token) for key in keys],
            )

    def open(self) -> list[Batch]:
        """Return the batches that are not closed."""
        query = "SELECT token, id, settings, state FROM batch WHERE state <> 'closed' ORDER BY token"
        names = ("token", "id", "settings", "state")
        return [Batch.model_validate(dict(zip(names, row, strict=True))) for row in self._database.all(query)]

    def line(self, key: str) -> tuple[bool, int]:
        """Return whether a request is under way with a batch, and how often it was sent."""
        row = self._database.one(
            "SELECT batch.state <> 'closed', tries FROM batch_line JOIN batch USING (token) WHERE key=?", key
        )
        return (False, 0) if row is None else (bool(row[0]), int(str(row[1])))


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
        log.warning("a row of the ledger is damaged: its item is done again")
        return None
