"""Where tickets wait: a queue of Procrastinate's in PostgreSQL, how they get there, and what is in it."""

import logging
from collections.abc import Mapping, Sequence
from typing import Self

from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job
from procrastinate.schema import SchemaManager

from vidgist.cluster.database import KEEP_ALIVE, Database, DatabaseLost
from vidgist.cluster.orders import Ticket
from vidgist.cluster.worker_steps import LANES, Queue

PRIORITY: Mapping[Queue, int] = {"fetch": 0, "summarize": 1}
"""What is fetched is found without a search through all that is not. Each worker that dies with a ticket in
hand takes one from its priority: a ticket that kills workers comes last, and is recognized by it."""

for _name in ("procrastinate", "psycopg.pool"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def prepare(database: Database) -> None:
    """Create the tables of the queue where they are missing, and an index on its locks; give tickets of
    vidgist 0.1 the name that their lane has now.

    Without the index each claim reads all that waits: Procrastinate's own begins with another column.
    """
    with database.alone("queue schema") as run:
        if run("SELECT to_regclass('procrastinate_jobs')") == [(None,)]:
            run(SchemaManager.get_schema())
        if run("SELECT to_regclass('vidgist_queue_lock')") == [(None,)]:
            run(
                "CREATE INDEX vidgist_queue_lock ON procrastinate_jobs (lock)"
                " WHERE status IN ('todo', 'doing')"
            )
        run(
            "UPDATE procrastinate_jobs SET queue_name = 'summarize', task_name = 'vidgist.summarize',"
            " lock = 'summarize' || substr(lock, 6), queueing_lock = 'summarize' || substr(queueing_lock, 6)"
            " WHERE queue_name = 'think' AND status IN ('todo', 'doing')"
        )


class Inbox:
    """Puts tickets into the queue. A context manager.

    In the end it lets the database count what is there: a plan made for an empty table sorts all that waits
    for each claim.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._app = App(connector=SyncPsycopgConnector(conninfo=database.url, kwargs=KEEP_ALIVE))

    def __enter__(self) -> Self:
        self._app.open()
        return self

    def __exit__(self, *_: object) -> None:
        self._app.close()
        self._database.rows("ANALYZE procrastinate_jobs")

    def put(self, lane: Queue, tickets: Sequence[Ticket]) -> int:
        """Put tickets and return how many; those that are waiting in this lane already are passed over."""
        try:
            self._app.job_manager.batch_defer_jobs([job(lane, ticket) for ticket in tickets])
        except AlreadyEnqueued:
            if len(tickets) == 1:
                return 0
            return sum(self.put(lane, [ticket]) for ticket in tickets)
        except ConnectorException as error:
            raise lost(error) from error
        return len(tickets)


def waiting(database: Database) -> dict[Queue, dict[str, int]]:
    """Count the tickets of each lane: ``todo``, and ``doing`` by some worker."""
    rows = database.rows(
        "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs"
        " WHERE status IN ('todo', 'doing') GROUP BY 1, 2"
    )
    counted: dict[Queue, dict[str, int]] = {lane: {"todo": 0, "doing": 0} for lane in LANES}
    for lane, status, count in rows:
        if lane in counted:
            counted[lane][str(status)] = int(str(count))
    return counted


def orders(database: Database) -> list[str]:
    """Return the orders that have tickets in the queue."""
    rows = database.rows(
        "SELECT DISTINCT args ->> 'order' FROM procrastinate_jobs"
        " WHERE status IN ('todo', 'doing') ORDER BY 1"
    )
    return [str(order) for (order,) in rows]


def drop(database: Database, order: str) -> int:
    """Take the tickets of an order out of the queue, but for those in hand; return how many."""
    rows = database.rows(
        "WITH dropped AS (DELETE FROM procrastinate_jobs WHERE status = 'todo' AND args ->> 'order' = %s"
        " RETURNING id) SELECT count(*) FROM dropped",
        order,
    )
    return int(str(rows[0][0]))


def task(lane: Queue) -> str:
    """Return the name of what a lane does with a ticket."""
    return f"vidgist.{lane}"


def job(lane: Queue, ticket: Ticket) -> Job:
    """Return a ticket as the queue holds it: in a lane once, and in one pair of hands."""
    lock = f"{lane} {ticket.key}"
    return Job(
        queue=lane,
        priority=PRIORITY[lane],
        lock=lock,
        queueing_lock=lock,
        task_name=task(lane),
        task_kwargs={"order": ticket.order, "item": ticket.item.model_dump_json()},
    )


def lost(error: Exception) -> DatabaseLost:
    """Return what to raise where the queue cannot be reached."""
    return DatabaseLost(f"the queue is lost: {error.__cause__ or error}")
