"""How many calls may be under way at once: as many as asked for, as few as the server can bear.

Additive increase, multiplicative decrease, the scheme of TCP (RFC 5681): a refusal for too many calls takes
a fifth of the width away, once for all calls that were under way; each clean round gives a twentieth of the
full width back. A wish of the server to wait closes the whole lane: it is meant for all calls alike. When it
opens again, calls begin one after the other, as `vidgist.llm.rate` has it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Event

from vidgist.errors import RunError
from vidgist.events import Paused
from vidgist.llm.budget import Budget
from vidgist.llm.rate import RateController
from vidgist.models import RateLimit, Usage
from vidgist.protocols import Reporter

_DECREASE = 0.8
_INCREASE = 0.05
_LONGEST_GUESS = 60.0
"""Seconds: headers of an allowance of a day are no reason to wait for tomorrow."""

_TOLD = 0.5
"""Seconds by which a pause must grow to be worth telling."""


class AdaptiveLimiter:
    """The calls of one server.

    ``clock`` counts seconds and ``sleep`` waits for some; without one, it waits until the lane is stopped.
    """

    def __init__(
        self,
        jobs: int,
        budget: Budget,
        report: Reporter,
        clock: Callable[[], float],
        sleep: Callable[[float], object] | None,
    ) -> None:
        self._jobs = jobs
        self._budget = budget
        self._report = report
        self._clock = clock
        self._ended = Event()
        self._sleep = sleep or self._ended.wait
        self._free = Condition()
        self._pace = RateController(clock())
        self._width = float(jobs)
        self._room = jobs
        self._under_way = 0
        self._clean = 0
        self._cut_at = float("-inf")
        self._open_at = float("-inf")
        self._end: RunError | None = None

    @property
    def width(self) -> int:
        """Calls that may be under way now."""
        return max(1, min(int(self._width), self._room))

    @contextmanager
    def slot(self, worst: Usage) -> Iterator["Slot"]:
        """A place for one call that uses ``worst`` at most; waits for it.

        Raises `BudgetReached`, or what the lane was stopped with.
        """
        self._enter(worst)
        slot = Slot(self._clock())
        try:
            yield slot
        finally:
            with self._free:
                self._budget.settle(worst, slot.used)
                self._under_way -= 1
                self._free.notify_all()

    def _enter(self, worst: Usage) -> None:
        while True:
            with self._free:
                self.check()
                now = self._clock()
                closed = max(self._open_at - now, self._pace.wait(now))
                if closed <= 0:
                    if self._under_way < self.width and self._budget.admit(worst):
                        self._under_way += 1
                        self._pace.begin(now)
                        return
                    self._free.wait()
                    continue
            self.rest(closed)

    def rest(self, seconds: float) -> None:
        """Wait without holding a place. Raises what the lane was stopped with, at once."""
        self._sleep(seconds)
        self.check()

    def check(self) -> None:
        """Raises what the lane was stopped with, if it was."""
        if self._end is not None:
            raise type(self._end)(str(self._end), code=self._end.code, hint=self._end.hint)

    def stop(self, reason: RunError) -> None:
        """Let nobody in any more, and wake who waits; the first reason stays."""
        with self._free:
            self._end = self._end or reason
            self._ended.set()
            self._free.notify_all()

    def pause(self, seconds: float, reason: str) -> None:
        """Let nobody in for so long; a shorter pause does not end a longer one."""
        with self._free:
            now = self._clock()
            until = now + seconds
            told = until > max(self._open_at, now) + _TOLD
            self._open_at = max(self._open_at, until)
        if told:
            self._report(Paused(lane="summarize", reason=reason, seconds=seconds))

    def crowded(self, began: float, told: float | None = None) -> None:
        """A call begun at ``began`` was refused because there were too many, and told to wait for so long."""
        with self._free:
            self._clean = 0
            if began >= self._cut_at:
                self._width = max(1.0, self._width * _DECREASE)
                self._cut_at = self._clock()
                if told:
                    self._pace.refused(self._cut_at, told)

    def served(self, limit: RateLimit | None, used: Usage) -> None:
        """A call was answered. ``limit``: what the server said is left; ``used``: what the call took."""
        left = _room(limit, used)
        with self._free:
            self._pace.served()
            self._clean += 1
            if self._clean >= self.width:
                self._clean = 0
                self._width = min(float(self._jobs), self._width + _INCREASE * self._jobs)
            self._room = self._jobs if left is None else left
            self._free.notify_all()
        if limit is not None and left == 0 and limit.reset_seconds:
            self.pause(min(_until_room(limit, used), _LONGEST_GUESS), "the server's allowance is used up")


class Slot:
    """One call's place. ``used`` is for the one who holds it to set."""

    def __init__(self, began: float) -> None:
        self.began = began
        self.used: Usage | None = None


def _room(limit: RateLimit | None, used: Usage) -> int | None:
    """Calls like this one that the allowance still has room for, None where nothing is known of it."""
    if limit is None:
        return None
    left = [limit.remaining_requests] if limit.remaining_requests is not None else []
    if limit.remaining_tokens is not None:
        left.append(limit.remaining_tokens // max(1, used.tokens))
    return min(left, default=None)


def _until_room(limit: RateLimit, used: Usage) -> float:
    """Seconds until one more call fits: the whole reset; for tokens, which flow back steadily, a share."""
    reset = limit.reset_seconds or 0.0
    if limit.remaining_requests == 0 or not limit.tokens or limit.remaining_tokens is None:
        return reset
    missing, drained = used.tokens - limit.remaining_tokens, limit.tokens - limit.remaining_tokens
    return reset * min(1.0, missing / drained) if drained > 0 else reset
