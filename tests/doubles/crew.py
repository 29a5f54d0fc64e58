"""Threads in a time of their own: one runs at once, in a fixed order, and time passes only while all rest.

What a crew does is the same on any machine under any load, however long it takes there.
"""

import heapq
import itertools
import threading
from collections.abc import Callable, Sequence
from typing import Self

_LOOK = 0.5
"""Real seconds between two looks at whether a thread that begins has died."""

_LONGEST = 300.0
"""Real seconds that all may take; what takes longest takes two."""


class Crew:
    """``clock`` and ``sleep`` stand in for those of the machine, ``condition`` for that of `threading`."""

    def __init__(self) -> None:
        self.now = 0.0
        self._turns = itertools.count()
        self._due: list[tuple[float, int, threading.Semaphore]] = []
        self._own = threading.local()
        self._at_work = 0
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
        assert self._over.wait(_LONGEST), "a thread waits for what is not the crew's"
        if self._failed:
            raise self._failed[0]
        assert not self._at_work, "all rest, and nothing will wake them"
        for thread in threads:
            thread.join()

    def _begin(self, task: Callable[[], object]) -> threading.Thread:
        """Begin a thread and return once it rests, so that no two begin at once."""
        turn = threading.Semaphore(0)
        rests = threading.Event()

        def run() -> None:
            self._own.turn = turn
            rests.set()
            try:
                turn.acquire()
                task()
            except BaseException as error:  # noqa: BLE001
                self._failed.append(error)
            finally:
                self._at_work -= 1
                self._next()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        while not rests.wait(_LOOK):
            assert thread.is_alive(), "a thread died as it began"
        self.wake(turn)
        return thread

    def _next(self) -> None:
        if self._due:
            self.now, _, turn = heapq.heappop(self._due)
            turn.release()
        else:
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
