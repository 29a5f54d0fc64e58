"""Threads in a time of their own: one runs at once, in a fixed order, and time passes only while all rest.

What a crew does is the same on any machine under any load, however long it takes there.
"""

import heapq
import itertools
import threading
from collections.abc import Callable, Sequence
from typing import Self


class Crew:
    """``clock`` and ``sleep`` stand in for those of the machine, ``condition`` for that of `threading`."""

    def __init__(self) -> None:
        self.now = 0.0
        self._turns = itertools.count()
        self._due: list[tuple[float, int, threading.Semaphore]] = []
        self._own = threading.local()
        self._at_work = 0
        self._steps = 0
        self._ended: set[threading.Semaphore] = set()
        self._over = threading.Event()
        self._failed: list[BaseException] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.wake(self.turn, seconds)
        self.rest()

    def condition(self) -> "Condition":
        return Condition(self)

    @property
    def turn(self) -> threading.Semaphore:
        """What the running thread is woken with."""
        turn: threading.Semaphore = self._own.turn
        return turn

    def wake(self, turn: threading.Semaphore, seconds: float = 0.0) -> None:
        heapq.heappush(self._due, (self.now + max(0.0, seconds), next(self._turns), turn))

    def rest(self) -> None:
        """Let others run until somebody has woken this thread."""
        self._next()
        self.turn.acquire()

    def work(self, tasks: Sequence[Callable[[], object]]) -> None:
        """Do all tasks at once, each in a thread of its own. Raises what the first to fail raised."""
        self._at_work = len(tasks)
        threads = [self._begin(task) for task in tasks]
        self._next()
        self._wait()
        assert not self._at_work, "all rest, and nothing will wake them"
        for thread in threads:
            thread.join()
        if self._failed:
            raise self._failed[0]

    def _wait(self) -> None:
        """Wait until all is over; where nobody has run for a while, the next one is woken once more."""
        for _ in range(20):
            steps = self._steps
            if self._over.wait(30):
                return
            if steps == self._steps:
                self._next()
        raise AssertionError("it takes ten minutes")

    def _begin(self, task: Callable[[], object]) -> threading.Thread:
        turn = threading.Semaphore(0)

        def run() -> None:
            self._own.turn = turn
            turn.acquire()
            try:
                task()
            except BaseException as error:  # noqa: BLE001
                self._failed.append(error)
            finally:
                self._at_work -= 1
                self._ended.add(turn)
                self._next()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        self.wake(turn)
        return thread

    def _next(self) -> None:
        self._steps += 1
        while self._due:
            self.now, _, turn = heapq.heappop(self._due)
            if turn not in self._ended:
                turn.release()
                return
        self._over.set()


class Condition:
    """As that of `threading`, for threads of which one runs at once."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._waiting: list[threading.Semaphore] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nobody else has run meanwhile."""

    def wait(self, timeout: float | None = None) -> None:
        del timeout  # who waits here is woken
        self._waiting.append(self._crew.turn)
        self._crew.rest()

    def notify(self, count: int = 1) -> None:
        for turn in self._waiting[:count]:
            self._crew.wake(turn)
        del self._waiting[:count]

    def notify_all(self) -> None:
        for turn in self._waiting:
            self._crew.wake(turn)
        self._waiting.clear()
