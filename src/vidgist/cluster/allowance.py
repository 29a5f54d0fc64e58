"""What all workers may take for an order, kept in the database: places, money, a server's wish to wait."""

from collections.abc import Callable
from dataclasses import dataclass

from vidgist.cluster.database import Database, Row
from vidgist.cluster.orders import Order
from vidgist.errors import RunError, Transient, UsedUp
from vidgist.llm import bounds
from vidgist.llm.bounds import Amount, Bounds, Reserve, Standing, Verdict

LONGEST_PAUSE = 3600.0
"""Most seconds for which a server's request to wait is followed; then one call is made again."""

Run = Callable[..., list[Row]]


@dataclass(frozen=True)
class OrderAllowance:
    """The allowance of one order for the calls of one worker at one server. One worker at a time asks it."""

    database: Database
    order: str
    worker: int
    server: str

    def begin(self, reserve: Reserve) -> tuple[Verdict, int]:
        """Begin as `Allowance` does."""
        with self.database.alone(f"order {self.order}") as run:
            allowed, spent = self._account(run)
            items, tokens, cost = run(
                "SELECT count(*), coalesce(sum(tokens), 0),"
                " CASE WHEN bool_or(cost IS NULL) THEN NULL ELSE coalesce(sum(cost), 0) END"
                " FROM vidgist_begun WHERE order_id=%s",
                self.order,
            )[0]
            reserved = Amount.model_validate({"tokens": tokens, "cost": cost})
            standing = Standing(items=int(str(items)), spent=spent, reserved=reserved)
            verdict = bounds.judge_item(allowed, standing, reserve)
            if verdict != "go":
                return verdict, 0
            rows = run(
                "INSERT INTO vidgist_begun (order_id, worker, tokens, cost)"
                " VALUES (%s, %s, %s, %s) RETURNING id",
                self.order,
                self.worker,
                reserve.whole.tokens,
                reserve.whole.cost,
            )
            return verdict, int(str(rows[0][0]))

    def end(self, item: int) -> None:
        """End as `Allowance` does."""
        self.database.rows("DELETE FROM vidgist_begun WHERE id=%s", item)

    def admit(self, worst: Amount) -> tuple[Verdict, int]:
        """Admit as `Allowance` does."""
        with self.database.alone(f"server {self.server}") as run:
            allowed, spent = self._account(run)
            self._heed(run)
            (calls,) = run("SELECT count(*) FROM vidgist_call WHERE server=%s", self.server)[0]
            promised, cost = run(
                "SELECT coalesce(sum(tokens), 0),"
                " CASE WHEN bool_or(cost IS NULL) THEN NULL ELSE coalesce(sum(cost), 0) END"
                " FROM vidgist_call WHERE order_id=%s",
                self.order,
            )[0]
            standing = Standing(
                under_way=int(str(calls)),
                spent=spent,
                promised=Amount.model_validate({"tokens": promised, "cost": cost}),
            )
            verdict = bounds.judge_call(allowed, standing, worst)
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

    def _account(self, run: Run) -> tuple[Bounds, Amount]:
        """Return the order's bounds and what it has spent. Raises `RunError` where it, or this worker, is
        gone.
        """
        found = run("SELECT document, tokens, cost FROM vidgist_order WHERE id=%s FOR UPDATE", self.order)
        order = Order.read(found[0][0]) if found else None
        if order is None:
            raise RunError(
                f"the order {self.order} is gone from the database, or damaged there",
                code="order_lost",
                hint="enqueue the same again",
            )
        if not run("SELECT 1 FROM vidgist_worker WHERE id=%s", self.worker):
            raise RunError(
                "the other workers gave this one up, since it was not heard of for too long",
                code="given_up",
                hint="see that this machine does not sleep; then run the same command again",
            )
        _, tokens, cost = found[0]
        return order.bounds, Amount.model_validate({"tokens": tokens, "cost": cost})

    def _heed(self, run: Run) -> None:
        """Raise `Transient` while a worker has to wait, with the time left."""
        paused = run(
            "SELECT reason, code, extract(epoch FROM until - clock_timestamp()) FROM vidgist_pause"
            " WHERE server=%s AND until > clock_timestamp()",
            self.server,
        )
        for reason, code, seconds in paused:
            raise Transient(str(reason), code=str(code), retry_after=float(str(seconds)))

    def pause(self, refusal: Transient | UsedUp) -> None:
        """Pause as `Allowance` does; a shorter pause does not end a longer one."""
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
        """Settle as `Allowance` does. A call that was billed as lost meanwhile is not billed again."""
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
