"""The loop: two pools of threads, one to fetch and one to summarize and write, and what stops them.

    work list -> [fetch pool: narrow, throttled] -> [work pool: wide] -> files
              or, where nothing has to be fetched, straight to the work pool

An `ItemError` fails one item. A `RunError` ends all new work; what is under way is finished. A block ends
the fetching alone: what is already fetched, and what needs no fetching, is still done.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterable

from vidgist.errors import Blocked, RunError
from vidgist.events import Skipped, Stopped, Working
from vidgist.models import Item
from vidgist.run.item import ItemProcessor

FETCHERS = 2
FETCH_BACKLOG = 1000
"""Items waiting for the fetch pool, so that what needs no fetching is not held up behind them."""

BREATH = 0.5
"""Seconds after which a wait looks for an interrupt: one that comes right before does not end it."""

log = logging.getLogger(__name__)


class Pipeline:
    """Do the items of a work list, through the steps of an `ItemProcessor`; report what stops it."""

    def __init__(self, items: ItemProcessor, *, jobs: int) -> None:
        self.items = items
        self.report = items.report
        self.throttle = items.throttle
        self.stopped: RunError | None = None
        self.interrupted = False
        self._parked: list[Item] = []
        self._working = _Pool(self._work, jobs, backlog=4 * jobs)
        self._fetching = _Pool(self._fetch, FETCHERS, backlog=FETCH_BACKLOG)
        self._guard = threading.Lock()

    def run(self, items: Iterable[Item]) -> None:
        """Work until all is done or stopped.

        A first interrupt lets what is under way finish, a second raises `KeyboardInterrupt`.
        """
        try:
            self._feed(items)
            if self.throttle.closed is not None:
                self.stop(self.throttle.closed)
            self._fetching.close()
            self._retry_parked()
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
            self.throttle.abandon()
            self._fetching.close()
            self._working.close()

    def _feed(self, items: Iterable[Item]) -> None:
        try:
            for item in items:
                if self.stopped is not None and not isinstance(self.stopped, Blocked):
                    self._leave(item)
                    return
                self.report(Working(item=item, stage="wait"))
                (self._fetching if self.items.needs_visit(item) else self._working).put(item)
        except RunError as error:
            self.stop(error)

    def _retry_parked(self) -> None:
        """Fetch, for the last time, what met a block that then passed."""
        for item in self._parked:
            self._fetch(item, last=True)

    def _fetch(self, item: Item, *, last: bool = False) -> None:
        if self._is_over() or self.stopped is not None:
            self._leave(item)
            return
        self._until_stopped(item, lambda: self._visit(item, last=last))

    def _visit(self, item: Item, *, last: bool) -> None:
        match self.items.visit(item, last=last):
            case "ready":
                self._working.put(item)
            case "again":
                self._parked.append(item)
                self.report(Working(item=item, stage="wait"))
            case _:
                pass

    def _work(self, item: Item) -> None:
        if self._is_over():
            self._leave(item)
            return
        self._until_stopped(item, lambda: self.items.finish(item))

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
            is_new = self.stopped is None or not isinstance(error, Blocked)
            self.stopped = error
        if is_new:
            self.report(Stopped(code=error.code, reason=str(error), hint=error.hint))
        if self._is_over():
            self.throttle.abandon()


class _Pool:
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
