"""The loop: two lanes of threads, one to fetch and one to think and write, and what stops them.

    plan -> [fetch lane: narrow, through the gate] -> [work lane: wide] -> files
         or, where nothing has to be fetched, straight to the work lane

An `ItemError` fails one item. A `RunError` ends all new work; what is under way is finished. A block ends
the fetching alone: what is already fetched, and what needs no fetching, is still done.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterable
from datetime import date

from vidgist.errors import Blocked, ItemError, RunError
from vidgist.events import Skipped, Stopped, Working
from vidgist.models import Item
from vidgist.protocols import Reporter
from vidgist.run.stages import Stages
from vidgist.run.steps import Steps, internal
from vidgist.run.throttle import SiteThrottle

FETCH_LANES = 2
FETCH_BACKLOG = 1000
"""Items waiting for the fetch lane, so that what needs no fetching is not held up behind them."""

BREATH = 0.5
"""Seconds after which a wait looks for an interrupt: one that comes right before does not end it."""

log = logging.getLogger(__name__)


class Pipeline:
    """Does the items of a plan. Everything that happens is told to ``report``."""

    def __init__(
        self,
        stages: Stages,
        gate: SiteThrottle,
        report: Reporter,
        *,
        jobs: int,
        since: date | None = None,
    ) -> None:
        self.stages = stages
        self.steps = Steps(stages, report, since)
        self.gate = gate
        self.report = report
        self.stopped: RunError | None = None
        self.interrupted = False
        self._parked: list[Item] = []
        self._working = _Lane(self._work, jobs, backlog=4 * jobs)
        self._fetching = _Lane(self._fetch, FETCH_LANES, backlog=FETCH_BACKLOG)
        self._guard = threading.Lock()

    def run(self, items: Iterable[Item]) -> None:
        """Until all is done or stopped. A first interrupt lets what is under way finish, a second raises."""
        try:
            self._feed(items)
            if self.gate.closed is not None:
                self.stop(self.gate.closed)
            self._fetching.close()
            self._try_again()
            self._working.close()
        except KeyboardInterrupt:
            self.interrupted = True
            self.report(
                Stopped(
                    code="interrupted",
                    reason="finishing what is under way",
                    hint="interrupt again to abandon it",
                )
            )
            self.gate.abandon()
            self._fetching.close()
            self._working.close()

    def _feed(self, items: Iterable[Item]) -> None:
        try:
            for item in items:
                if self.stopped is not None and not isinstance(self.stopped, Blocked):
                    self._leave(item)
                    return
                self.report(Working(item=item, stage="wait"))
                (self._fetching if self.stages.needs_visit(item) else self._working).put(item)
        except RunError as error:
            self.stop(error)

    def _try_again(self) -> None:
        """Items that met a block which then passed: once more, for good."""
        for item in self._parked:
            self._fetch(item, last=True)

    def _fetch(self, item: Item, *, last: bool = False) -> None:
        if self._is_over() or self.stopped is not None:
            self._leave(item)
            return
        self.report(Working(item=item, stage="fetch"))
        try:
            self.gate.visit(item.url, lambda: self.stages.fetch(item), last=last)
        except Blocked as error:
            if self.gate.closed is not None:
                self.stop(error)
                self._leave(item)
            elif last:
                self._fail(item, error)
            else:
                self._parked.append(item)
                self.report(Working(item=item, stage="wait"))
        except ItemError as error:
            self._fail(item, error)
        except RunError as error:
            if not self.interrupted:
                self.stop(error)
            self._leave(item)
        except Exception as error:  # noqa: BLE001
            self._fail(item, internal(error))
        else:
            self._working.put(item)

    def _work(self, item: Item) -> None:
        if self._is_over():
            self._leave(item)
            return
        self._until_stopped(item, lambda: self.steps.finish(item))

    def _fail(self, item: Item, error: ItemError | Blocked) -> None:
        self._until_stopped(item, lambda: self.steps.fail(item, error, "fetch", None))

    def _until_stopped(self, item: Item, step: Callable[[], None]) -> None:
        try:
            step()
        except RunError as error:
            self.stop(error)
            self._leave(item)

    def _leave(self, item: Item) -> None:
        self.report(Skipped(item=item, why="left"))

    def _is_over(self) -> bool:
        return self.interrupted or (self.stopped is not None and not isinstance(self.stopped, Blocked))

    def stop(self, error: RunError) -> None:
        """Begin nothing new; what is under way is finished. A block ends the fetching alone."""
        with self._guard:
            if self._is_over():
                return
            news = self.stopped is None or not isinstance(error, Blocked)
            self.stopped = error
        if news:
            self.report(Stopped(code=error.code, reason=str(error), hint=error.hint))
        if self._is_over():
            self.gate.abandon()


class _Lane:
    """Threads that take items from one bounded queue."""

    def __init__(self, work: Callable[[Item], None], width: int, *, backlog: int) -> None:
        self._work = work
        self._queue: queue.Queue[Item | None] = queue.Queue(backlog)
        self._width = width
        self._threads: list[threading.Thread] = []
        self._guard = threading.Lock()

    def put(self, item: Item) -> None:
        with self._guard:
            if len(self._threads) < self._width:
                self._threads.append(threading.Thread(target=self._run, daemon=True))
                self._threads[-1].start()
        self._hand(item)

    def close(self) -> None:
        """Return when everything that was put has been taken and finished.

        Waits for the queue and not for the threads: a join that an interrupt breaks takes its thread for
        ended (https://github.com/python/cpython/issues/89437), and this is called again after an interrupt.
        """
        self._settle()
        while self._threads:
            self._threads.pop()
            self._hand(None)
        self._settle()

    def _hand(self, item: Item | None) -> None:
        while True:
            try:
                return self._queue.put(item, timeout=BREATH)
            except queue.Full:
                continue

    def _settle(self) -> None:
        """Queue.join, in breaths."""
        with self._queue.all_tasks_done:
            while self._queue.unfinished_tasks:
                self._queue.all_tasks_done.wait(BREATH)

    def _run(self) -> None:
        while (item := self._queue.get()) is not None:
            try:
                self._work(item)
            except Exception:  # a dead thread would leave the others waiting for its items
                log.exception("a bug: %s was left", item.id)
            finally:
                self._queue.task_done()
        self._queue.task_done()
