"""How long a caller waits: until its deadline, until it cancels, or until it is stopped."""

import math
import threading
import time
from collections.abc import Callable

from vidgist.errors import Cancelled, OutOfTime, RunError

BREATH = 0.05
"""Seconds between two looks at a deadline and at a caller's event."""


class Scope:
    """One call, for all threads that work on it.

    ``seconds`` from now on is its deadline, ``cancel`` the caller's own event. A scope that has ended stays
    so, for its first reason.
    """

    def __init__(
        self,
        seconds: float | None = None,
        cancel: threading.Event | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._seconds = seconds
        self._until = math.inf if seconds is None else clock() + seconds
        self._cancel = cancel
        self._guard = threading.Lock()
        self._end: RunError | None = None

    @property
    def is_bounded(self) -> bool:
        """Return whether it can end by itself or by the caller's event."""
        return self._cancel is not None or self._until < math.inf

    @property
    def breath(self) -> float:
        """Return the seconds until the next look at what may end it."""
        return max(0.0, min(BREATH, self._until - self._clock()))

    def stop(self, reason: RunError) -> None:
        """End it; the first reason stays."""
        with self._guard:
            self._end = self._end or reason

    def check(self) -> None:
        """Raise the reason for which it has ended, if it has."""
        if self._end is None and self._cancel is not None and self._cancel.is_set():
            self.stop(Cancelled("the call was cancelled"))
        if self._end is None and self._clock() >= self._until:
            self.stop(OutOfTime(f"not done within {self._seconds:g} s"))
        if self._end is not None:
            raise type(self._end)(str(self._end), code=self._end.code, hint=self._end.hint)


def wait(
    seconds: float,
    scope: Scope | None,
    check: Callable[[Scope | None], None],
    clock: Callable[[], float],
    sleep: Callable[[float], object],
) -> None:
    """Wait so many seconds by ``sleep``, where there is a scope in breaths between which it is looked at.

    Raises what ``check`` raises of the scope, or of another cause that ended the wait.
    """
    if scope is None:
        sleep(seconds)
    else:
        until = clock() + seconds
        while (left := until - clock()) > 0:
            sleep(min(left, BREATH))
            check(scope)
    check(scope)
