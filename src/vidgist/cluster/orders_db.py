"""The orders in the database, and the one bill of each."""

from collections.abc import Iterable
from typing import LiteralString

from vidgist.cluster.database import Database, Row
from vidgist.cluster.orders import Order, Renewal
from vidgist.errors import InputError
from vidgist.models import Value


class Spent(Value):
    """What became of an order so far.

    ``items`` and ``failures`` are counts by status and by code. ``lost`` counts calls that were under way
    when their worker died; they are in the bill with the most that they can have taken. ``cost`` is None
    where a price is unknown.
    """

    order: Order
    items: dict[str, int]
    failures: dict[str, int]
    calls: int
    lost: int
    tokens: int
    cost: float | None


class OrdersDb:
    """Several threads may use one. Every method raises `DatabaseLost`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def place(self, order: Order) -> None:
        """Keep an order; one that is there already gets its new bounds."""
        self._database.rows(
            "INSERT INTO vidgist_order (id, document) VALUES (%s, %s)"
            " ON CONFLICT (id) DO UPDATE SET document = excluded.document",
            order.id,
            order.model_dump_json(),
        )

    def renewal(self, order: Order, what: str, unfinished: Iterable[str]) -> Renewal:
        """Return the renewal of an unfinished order for the same, which is continued, or a new one.

        ``what`` and the outcome are as in `Renewal`; ``unfinished`` are the names of orders.
        """
        for kept in filter(None, map(self._found, unfinished)):
            asked = order.model_copy(update={"bounds": kept.bounds, "renewal": kept.renewal})
            if kept.renewal is not None and kept.renewal.what == what and kept == asked:
                return kept.renewal
        ((now,),) = self._database.rows("SELECT clock_timestamp()")
        return Renewal.model_validate({"what": what, "since": now})

    def order(self, identity: str) -> Order:
        """Return an order. Raises `InputError` for one that was never placed, or cannot be read any more."""
        order = self._found(identity)
        if order is None:
            raise InputError(f"there is no order {identity}", hint="vidgist cluster status lists them")
        return order

    def _found(self, identity: str) -> Order | None:
        rows = self._database.rows("SELECT document FROM vidgist_order WHERE id=%s", identity)
        return Order.read(rows[0][0]) if rows else None

    def spent(self) -> list[Spent]:
        """Return all orders, newest first."""
        rows = self._database.rows(
            "SELECT document, calls, lost, tokens, cost FROM vidgist_order ORDER BY created DESC"
        )
        return [spent for row in rows if (spent := self._spent(row)) is not None]

    def _spent(self, row: Row) -> Spent | None:
        document, calls, lost, tokens, cost = row
        order = Order.read(document)
        if order is None:
            return None
        items = self._counts(
            "SELECT status, count(*) FROM vidgist_job WHERE folder=%s GROUP BY 1 ORDER BY 1",
            order.destination,
        )
        failures = self._counts(
            "SELECT code, count(*) FROM vidgist_job WHERE folder=%s AND code <> ''"
            " GROUP BY 1 ORDER BY 2 DESC, 1",
            order.destination,
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
