"""The loop: two pools of threads, one to fetch and one to summarize and write, and what stops them.

    work list -> [fetch pool: narrow, throttled] -> [work pool: wide] -> files
              or, where nothing has to be fetched, straight to the work pool

An `ItemError` fails one item. A `RunError` ends all new work; what is under way is finished. A block ends
the fetching alone: what is already fetched, and what needs no fetching, is still done.
"""

import logging
import math
import queue
import threading
import time
from collections.abc import Callable, Iterable

from vidgist.errors import Blocked, NoThreads, RunError
from vidgist.events import Planned, Skipped, Stopped, Working
from vidgist.models import Item
from vidgist.run.item import ItemProcessor

FETCHERS = 2
MOST_LANES = 16
"""Sites that are fetched from at a time, each in a lane of its own; further ones share one."""

FETCH_BACKLOG = 1000
"""Items waiting for the fetch pool, so that what needs no fetching is not held up behind them."""

BREATH = 0.5
"""Seconds after which a wait looks for an interrupt: one that comes right before does not end it."""

GRACE = 1.5
"""Seconds that what is under way has to finish after an interrupt."""

log = logging.getLogger(__name__)


class Pipeline:
    """Do the items of a work list, through the steps of an `ItemProcessor`; report what stops it."""

    def __init__(self, items: ItemProcessor, *, jobs: int) -> None:
        self.items = items
        self.report = items.report
        self.throttle = items.throttles.main
        self.stopped: RunError | None = None
        self.interrupted = False
        self._parked: list[Item] = []
        self._working = _Pool(self._work, jobs, backlog=4 * jobs)
        self._lanes: dict[str, _Pool] = {}
        self._guard = threading.Lock()

    def run(self, items: Iterable[Item]) -> None:
        """Work until all is done or stopped.

        A first interrupt gives what is under way a moment to finish. After it, and at a second interrupt,
        `KeyboardInterrupt` is raised: no wait goes on because a server does.
        """
        try:
            self._feed(items)
            if self.throttle.closed is not None:
                self.stop(self.throttle.closed)
            self._close_lanes()
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
            self.items.throttles.abandon()
            until = time.monotonic() + GRACE
            for pool in (*self._lanes.values(), self._working):
                if not pool.close(until):
                    raise

    def _feed(self, items: Iterable[Item]) -> None:
        count = 0
        try:
            for item in items:
                if self.stopped is not None and not isinstance(self.stopped, Blocked):
                    self._leave(item)
                    return
                count += 1
                self.report(Working(item=item, stage="wait"))
                (self._lane(item) if self.items.needs_visit(item) else self._working).put(item)
            self.report(Planned(count=count))
        except RunError as error:
            self.stop(error)

    def _lane(self, item: Item) -> "_Pool":
        """Return the pool that fetches an item: a site waits for itself alone."""
        name = self.items.lane(item)
        if name not in self._lanes and len(self._lanes) >= MOST_LANES:
            name = min(name for name in self._lanes if name) if name else name
        if name not in self._lanes:
            self._lanes[name] = _Pool(self._fetch, FETCHERS, backlog=FETCH_BACKLOG)
        return self._lanes[name]

    def _close_lanes(self) -> None:
        for lane in self._lanes.values():
            lane.close()

    def _retry_parked(self) -> None:
        """Fetch, for the last time, what met a block that then passed."""
        for item in self._parked:
            self._fetch(item, last=True)

    def _fetch(self, item: Item, *, last: bool = False) -> None:
        if self._is_over() or (self.stopped is not None and not self.items.lane(item)):
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
            self.items.throttles.abandon()


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
                self._start()
        self._hand(item)

    def _start(self) -> None:
        """Add a thread, or continue with the existing ones. Raises `NoThreads` where there are none."""
        thread = threading.Thread(target=self._run, daemon=True)
        try:
            thread.start()
        except RuntimeError as error:
            if not self._threads:
                raise NoThreads("the system starts no thread any more") from error
            self._width = len(self._threads)
        else:
            self._threads.append(thread)

    def close(self, until: float = math.inf) -> bool:
        """Wait until everything that was put is finished, at most until then, and return whether it is.

        Waits for the queue and not for the threads: a join that an interrupt breaks takes its thread for
        ended (https://github.com/python/cpython/issues/89437), and this is called again after an interrupt.
        """
        if not self._settle(until):
            return False
        while self._threads:
            self._threads.pop()
            self._hand(None)
        return self._settle(until)

    def _hand(self, item: Item | None) -> None:
        while True:
            try:
                return self._queue.put(item, timeout=BREATH)
            except queue.Full:
                continue

    def _settle(self, until: float) -> bool:
        """Wait as `queue.Queue.join` does, in short steps; return whether all was finished by then."""
        with self._queue.all_tasks_done:
            while self._queue.unfinished_tasks:
                left = until - time.monotonic()
                if left <= 0:
                    return False
                self._queue.all_tasks_done.wait(min(BREATH, left))
        return True

    def _run(self) -> None:
        while (item := self._queue.get()) is not None:
            try:
                self._work(item)
            except BaseException:  # a dead thread would leave the others waiting for its items
                log.exception("a bug: %s was left", item.id)
            finally:
                self._queue.task_done()
        self._queue.task_done()
