"""Whether a model server is alive, from all its connections. Pure but for the clock that it is given.

A server is silent when it has sent nothing on any connection for as long as `--timeout` says. One that
answers call after call is alive, and a call that waits in its queue is waited for: as long as each of the
calls before it may take, and not where calls begun long after it are answered.
"""

import threading
from collections.abc import Callable
from contextvars import ContextVar

hearing: ContextVar[Callable[[bytes], None] | None] = ContextVar("hearing", default=None)
"""Who gets the bytes of a reply as they arrive, in the thread that asks."""


class Liveness:
    """Signs of life of one server, from all its connections. ``clock`` counts seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self.seconds = seconds
        self.clock = clock
        self._guard = threading.Lock()
        self._last = clock()
        self._under_way = 0
        self._answered = 0

    def heard(self) -> None:
        """Note that something came."""
        self._last = self.clock()

    def began(self) -> "Call":
        """Note that a call is sent."""
        with self._guard:
            self._under_way += 1
            return Call(self, self._under_way, self._answered)

    def ended(self, *, answered: bool) -> None:
        """Note that a call is over."""
        with self._guard:
            self._under_way -= 1
            self._answered += answered

    def is_silent(self, now: float) -> bool:
        return now - self._last >= self.seconds

    def has_passed(self, before: int, answered: int) -> bool:
        """Return whether so many more calls were answered than were under way before one that it must be
        lost.
        """
        return self._answered - answered > 2 * before


class Call:
    """One call's patience. ``ahead`` counts the calls under way when it began, itself included."""

    def __init__(self, liveness: Liveness, ahead: int, answered: int) -> None:
        self._liveness = liveness
        self._ahead = ahead
        self._answered = answered
        self._until: float | None = None
        self._is_headed = False

    def heard(self) -> None:
        """Note that something came on this call's connection."""
        self._liveness.heard()
        if self._until is None:
            self._until = self._liveness.clock() + self._liveness.seconds

    def headed(self) -> None:
        """Note that the head of the answer is there."""
        self._is_headed = True

    def is_late(self) -> bool:
        """Return whether the head of an answer has begun and does not end."""
        return not self._is_headed and self._until is not None and self._liveness.clock() > self._until

    def may_wait(self, since: float) -> bool:
        """Return whether to wait on for a server that has sent nothing on this connection since then."""
        now = self._liveness.clock()
        waited = now - since
        if waited < self._liveness.seconds:
            return True
        if waited >= self._liveness.seconds * self._ahead or self._liveness.is_silent(now):
            return False
        return not self._liveness.has_passed(self._ahead, self._answered)


current: ContextVar[Call | None] = ContextVar("current", default=None)
"""The call that the thread is in."""
