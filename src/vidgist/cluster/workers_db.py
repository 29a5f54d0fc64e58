"""The workers that are alive, in the database, and what becomes of the calls of those that died."""

from vidgist.cluster.database import Database


class WorkersDb:
    """Several threads may use one. Every method raises `DatabaseLost`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enter(self, name: str) -> int:
        """Add a worker that begins; return its number."""
        rows = self._database.rows("INSERT INTO vidgist_worker (name) VALUES (%s) RETURNING id", name)
        return int(str(rows[0][0]))

    def heartbeat(self, worker: int) -> None:
        """Say that a worker is alive."""
        self._database.rows("UPDATE vidgist_worker SET beat = clock_timestamp() WHERE id=%s", worker)

    def leave(self, worker: int) -> None:
        """Take a worker out that ends."""
        self._database.rows("DELETE FROM vidgist_worker WHERE id=%s", worker)

    def count(self) -> int:
        """Return how many workers are alive."""
        return int(str(self._database.rows("SELECT count(*) FROM vidgist_worker")[0][0]))

    def expire_dead(self, silence: float) -> int:
        """Give up the workers that were not heard of for so many seconds; return how many.

        What became of their calls is unknown, so each is billed with the most that it can have used.
        """
        with self._database.transaction() as run:
            dead = run(
                "DELETE FROM vidgist_worker"
                " WHERE beat < clock_timestamp() - %s * interval '1 second' RETURNING id",
                silence,
            )
            run(
                "WITH lost AS (DELETE FROM vidgist_call WHERE NOT EXISTS"
                " (SELECT 1 FROM vidgist_worker WHERE vidgist_worker.id = worker) RETURNING *),"
                " sums AS (SELECT order_id, count(*) AS lost, sum(tokens) AS tokens,"
                " CASE WHEN bool_or(cost IS NULL) THEN NULL ELSE sum(cost) END AS cost"
                " FROM lost GROUP BY order_id)"
                " UPDATE vidgist_order SET lost = vidgist_order.lost + sums.lost,"
                " tokens = vidgist_order.tokens + sums.tokens, cost = vidgist_order.cost + sums.cost"
                " FROM sums WHERE id = sums.order_id"
            )
            run(
                "DELETE FROM vidgist_begun WHERE NOT EXISTS"
                " (SELECT 1 FROM vidgist_worker WHERE vidgist_worker.id = worker)"
            )
        return len(dead)
