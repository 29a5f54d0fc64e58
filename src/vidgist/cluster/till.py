"""The orders, the workers that are alive, and the one bill of each order, kept in the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import LiteralString

from vidgist.cluster.allowance import Amount, Standing, Verdict, judge
from vidgist.cluster.database import Database, Row
from vidgist.cluster.orders import Order, Renewal
from vidgist.errors import InputError, RunError, Transient
from vidgist.models import Value

LONGEST_PAUSE = 3600.0
"""Seconds for which a server is believed that it wants nobody to ask; then somebody asks again."""


class Spent(Value):
    """What became of an order so far.

    ``items`` and ``failures`` are counts by status and by code. ``lost`` counts calls that were under way
    when their worker died; they are in the bill with the most that they can have taken.
    """

    order: Order
    items: dict[str, int]
    failures: dict[str, int]
    calls: int
    lost: int
    tokens: int
    cost: float


class Till:
    """Several threads may use one. Every method raises `DatabaseLost`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Orders

    def place(self, order: Order) -> None:
        """Keep an order; one that is there already gets its new bounds."""
        self._database.rows(
            "INSERT INTO vidgist_order (id, document) VALUES (%s, %s)"
            " ON CONFLICT (id) DO UPDATE SET document = excluded.document",
            order.id,
            order.model_dump_json(),
        )

    def renewal(self, order: Order, what: str, unfinished: Iterable[str]) -> Renewal:
        """That of an unfinished order for the same, which is gone on with, or one that begins now.

        ``what`` and the outcome are as in `Renewal`; ``unfinished`` are the names of orders.
        """
        for kept in map(self.order, unfinished):
            asked = order.model_copy(update={"bounds": kept.bounds, "renewal": kept.renewal})
            if kept.renewal is not None and kept.renewal.what == what and kept == asked:
                return kept.renewal
        ((now,),) = self._database.rows("SELECT clock_timestamp()")
        return Renewal.model_validate({"what": what, "since": now})

    def order(self, identity: str) -> Order:
        """Raises `InputError` for an order that was never placed."""
        rows = self._database.rows("SELECT document FROM vidgist_order WHERE id=%s", identity)
        if not rows:
            raise InputError(f"there is no order {identity}", hint="vidgist cluster status lists them")
        return Order.model_validate_json(str(rows[0][0]))

    def spent(self) -> list[Spent]:
        """All orders, newest first."""
        rows = self._database.rows(
            "SELECT document, calls, lost, tokens, cost FROM vidgist_order ORDER BY created DESC"
        )
        return [self._spent(row) for row in rows]

    def _spent(self, row: Row) -> Spent:
        document, calls, lost, tokens, cost = row
        order = Order.model_validate_json(str(document))
        items = self._counts(
            "SELECT status, count(*) FROM vidgist_job WHERE folder=%s GROUP BY 1 ORDER BY 1", order.shelf
        )
        failures = self._counts(
            "SELECT code, count(*) FROM vidgist_job WHERE folder=%s AND code <> ''"
            " GROUP BY 1 ORDER BY 2 DESC, 1",
            order.shelf,
        )
        return Spent.model_validate(
            {
                "order": order,
                "items": items,
                "failures": failures,
                "calls": calls,
                "lost": lost,
                "tokens": tokens,
                "cost": cost,
            }
        )

    def _counts(self, query: LiteralString, folder: str) -> dict[str, int]:
        return {str(name): int(str(count)) for name, count in self._database.rows(query, folder)}

    # Workers

    def enter(self, name: str) -> int:
        """A worker begins; its number."""
        rows = self._database.rows("INSERT INTO vidgist_worker (name) VALUES (%s) RETURNING id", name)
        return int(str(rows[0][0]))

    def beat(self, worker: int) -> None:
        """A worker is alive."""
        self._database.rows("UPDATE vidgist_worker SET beat = clock_timestamp() WHERE id=%s", worker)

    def leave(self, worker: int) -> None:
        self._database.rows("DELETE FROM vidgist_worker WHERE id=%s", worker)

    def workers(self) -> int:
        return int(str(self._database.rows("SELECT count(*) FROM vidgist_worker")[0][0]))

    def bury(self, silence: float) -> int:
        """Give up the workers that were not heard of for so many seconds; how many.

        Nobody knows what became of their calls, so each is billed with the most that it can have taken.
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
                " sums AS (SELECT order_id, count(*) AS lost, sum(tokens) AS tokens, sum(cost) AS cost"
                " FROM lost GROUP BY order_id)"
                " UPDATE vidgist_order SET lost = vidgist_order.lost + sums.lost,"
                " tokens = vidgist_order.tokens + sums.tokens, cost = vidgist_order.cost + sums.cost"
                " FROM sums WHERE id = sums.order_id"
            )
        return len(dead)


@dataclass(frozen=True)
class OrderAllowance:
    """The allowance of one order for the calls of one worker at one server."""

    database: Database
    order: str
    worker: int
    server: str

    def admit(self, worst: Amount) -> tuple[Verdict, int]:
        """As `Allowance`; one worker at a time."""
        with self.database.alone(f"server {self.server}") as run:
            found = run("SELECT document, tokens, cost FROM vidgist_order WHERE id=%s FOR UPDATE", self.order)
            if not run("SELECT 1 FROM vidgist_worker WHERE id=%s", self.worker):
                raise RunError(
                    "the other workers gave this one up, since it was not heard of for too long",
                    code="given_up",
                    hint="see that this machine does not sleep; then run the same command again",
                )
            paused = run(
                "SELECT reason, code, extract(epoch FROM until - clock_timestamp()) FROM vidgist_pause"
                " WHERE server=%s AND until > clock_timestamp()",
                self.server,
            )
            for reason, code, seconds in paused:
                raise Transient(str(reason), code=str(code), retry_after=float(str(seconds)))
            document, tokens, cost = found[0]
            (calls,) = run("SELECT count(*) FROM vidgist_call WHERE server=%s", self.server)[0]
            promised, dollars = run(
                "SELECT coalesce(sum(tokens), 0), coalesce(sum(cost), 0) FROM vidgist_call WHERE order_id=%s",
                self.order,
            )[0]
            standing = Standing.model_validate(
                {
                    "under_way": calls,
                    "spent": {"tokens": tokens, "cost": cost},
                    "promised": {"tokens": promised, "cost": dollars},
                }
            )
            verdict = judge(Order.model_validate_json(str(document)).bounds, standing, worst)
            if verdict != "go":
                return verdict, 0
            rows = run(
                "INSERT INTO vidgist_call (order_id, server, worker, tokens, cost)"
                " VALUES (%s, %s, %s, %s, %s) RETURNING id",
                self.order,
                self.server,
                self.worker,
                worst.tokens,
                worst.cost,
            )
            return verdict, int(str(rows[0][0]))

    def pause(self, refusal: Transient) -> None:
        """As `Allowance`; a shorter pause does not end a longer one."""
        self.database.rows(
            "INSERT INTO vidgist_pause (server, until, code, reason)"
            " VALUES (%s, clock_timestamp() + %s * interval '1 second', %s, %s)"
            " ON CONFLICT (server) DO UPDATE SET until = excluded.until, code = excluded.code,"
            " reason = excluded.reason WHERE vidgist_pause.until < excluded.until",
            self.server,
            min(refusal.retry_after or 0.0, LONGEST_PAUSE),
            refusal.code,
            str(refusal).replace("\0", ""),
        )

    def settle(self, call: int, used: Amount | None) -> None:
        """As `Allowance`. A call that was billed as lost meanwhile is not billed again."""
        took = used or Amount()
        self.database.rows(
            "WITH ended AS (DELETE FROM vidgist_call WHERE id=%s RETURNING order_id)"
            " UPDATE vidgist_order SET calls = calls + %s, tokens = tokens + %s, cost = cost + %s"
            " FROM ended WHERE id = ended.order_id",
            call,
            int(used is not None),
            took.tokens,
            took.cost,
        )
