"""What a worker does with a ticket: the steps of its item, by lane. Knows no queue and no database."""

from dataclasses import dataclass
from typing import Literal

from vidgist.errors import Blocked, ItemError, RunError
from vidgist.events import Working
from vidgist.models import Item
from vidgist.protocols import Reporter
from vidgist.run.stages import Stages
from vidgist.run.steps import Steps, internal
from vidgist.run.throttle import SiteThrottle

Queue = Literal["fetch", "think"]
LANES: tuple[Queue, ...] = ("fetch", "think")

Next = Literal["over", "think", "again"]
"""Nothing is left to do; the other lane comes next; the same once more, later, here or elsewhere."""

DEATHS = 3
"""Of workers that held a ticket; then it is the item that they die of."""

VISITS = 3
"""Of an item that is turned away while others are let in; then the block is taken for its own."""


@dataclass(frozen=True)
class WorkerSteps:
    """The parts with which one worker does one order. Several threads may use it."""

    stages: Stages
    steps: Steps
    gate: SiteThrottle
    report: Reporter

    def step(self, lane: Queue, item: Item, *, attempts: int = 0, deaths: int = 0) -> Next:
        """One step of an item. What is done is left alone; what has failed is not: it was asked for again.

        ``attempts`` is how often it was tried before, ``deaths`` how often by a worker that died.
        Raises `RunError` where this worker cannot go on, `Blocked` where it cannot go on fetching.
        """
        finished = self.stages.finished(item)
        if finished is not None and finished.why != "failed":
            return "over"
        if deaths >= DEATHS:
            died = ItemError(f"{deaths} workers died with it in hand", code="workers_died")
            self.steps.fail(item, died, "fetch" if lane == "fetch" else "summarize", None)
            return "over"
        following: Next = "again"
        try:
            following = self._fetch(item, attempts) if lane == "fetch" else self._finish(item)
        finally:
            if following != "over":
                self.report(Working(item=item, stage="wait"))
        return following

    def _finish(self, item: Item) -> Next:
        self.steps.finish(item)
        return "over"

    def _fetch(self, item: Item, attempts: int) -> Next:
        if not self.stages.needs_visit(item):
            return "think"
        self.report(Working(item=item, stage="fetch"))
        last = attempts + 1 >= VISITS
        try:
            self.gate.visit(item.url, lambda: self.stages.fetch(item), last=last)
        except Blocked as error:
            if self.gate.closed is not None:
                raise
            return self._give_up(item, error) if last else "again"
        except ItemError as error:
            return self._give_up(item, error)
        except RunError:
            raise
        except Exception as error:  # noqa: BLE001
            return self._give_up(item, internal(error))
        return "think"

    def _give_up(self, item: Item, error: ItemError | Blocked) -> Next:
        self.steps.fail(item, error, "fetch", None)
        return "over"
