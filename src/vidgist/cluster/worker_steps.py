"""What a worker does with a ticket: the steps of its item, by lane. Knows no queue and no database."""

from dataclasses import dataclass
from typing import Literal

from vidgist.errors import ItemError
from vidgist.events import Working
from vidgist.models import Item
from vidgist.run.item import ItemProcessor

Queue = Literal["fetch", "summarize"]
LANES: tuple[Queue, ...] = ("fetch", "summarize")

Next = Literal["over", "summarize", "again"]
"""Nothing is left to do; the other lane comes next; the same step again, later, here or elsewhere."""

DEATHS = 3
"""Of workers that held a ticket; then it is the item that they die of."""

VISITS = 3
"""Of an item that is turned away while others are let in; then the block is taken for its own."""


@dataclass(frozen=True)
class WorkerSteps:
    """The steps of one order's tickets on one worker. Several threads may use it."""

    items: ItemProcessor

    def step(self, lane: Queue, item: Item, *, attempts: int = 0, deaths: int = 0) -> Next:
        """Do one step of an item. A finished item is left alone; a failed one was asked for again.

        ``attempts`` is how often it was tried before, ``deaths`` how often by a worker that died.
        Raises `RunError` where this worker cannot go on, `Blocked` where it cannot go on fetching.
        """
        finished = self.items.finished(item)
        if finished is not None and finished.why != "failed":
            return "over"
        if deaths >= DEATHS:
            died = ItemError(f"{deaths} workers died with it in hand", code="workers_died")
            self.items.fail(item, died, "fetch" if lane == "fetch" else "summarize")
            return "over"
        following: Next = "again"
        try:
            following = self._fetch(item, attempts) if lane == "fetch" else self._finish(item)
        finally:
            if following != "over":
                self.items.report(Working(item=item, stage="wait"))
        return following

    def _finish(self, item: Item) -> Next:
        self.items.finish(item)
        return "over"

    def _fetch(self, item: Item, attempts: int) -> Next:
        if not self.items.needs_visit(item):
            return "summarize"
        visited = self.items.visit(item, last=attempts + 1 >= VISITS)
        return "summarize" if visited == "ready" else visited
