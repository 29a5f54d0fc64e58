"""The one gate to a site, shared by all who visit it: how often, and what happens when it says no.

Open: visits begin at least ``pace`` seconds apart. A visit that meets a block shuts the gate for all. Shut:
after a pause one visit goes through as a probe, the next in line; if it is let in the gate is open again, if
not the pause grows. When the pauses of one block would add up to more than ``block_wait``, the gate is closed
for good. A site that can no longer be reached counts as one that blocks; one that was never reached closes
the gate at once. Knows nothing of what a visit does.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import random as _random
from typing import TypeVar

from vidgist.bounds import scope as scopes
from vidgist.bounds.scope import BREATH, Scope
from vidgist.errors import Blocked, ItemError, RunError, Transient, Unreachable
from vidgist.events import Paused, Retrying
from vidgist.protocols import Reporter, Visit

T = TypeVar("T")

JITTER = 0.25
"""Share of the pace that is added at random, so that visits do not tick like a machine."""

FIRST_PAUSE = 5.0
GROWTH = 3.0
"""Pauses of one block, in seconds: 5, 15, 45."""

TRIES = 4
FIRST_WAIT = 1.0
"""A visit that fails for a passing reason is made again after up to 1, 2 and 4 seconds."""

CLOSED_FOR = 600.0
"""Seconds for which a site is left alone that closed a gate, where a program goes on to ask for it."""

LONGEST_WAIT = 60.0
"""A server that wants a single visit to wait longer than this is not waited for."""


class SiteThrottle:
    """Several threads may call one gate.

    ``pace`` and ``block_wait`` are seconds, 0 turns pacing or waiting off. ``sleep`` waits for some seconds;
    the default one ends early when there is nothing to wait for any more.
    """

    def __init__(
        self,
        pace: float,
        block_wait: float,
        report: Reporter,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        random: Callable[[], float] = _random,
    ) -> None:
        self._pace = pace
        self._block_wait = block_wait
        self._report = report
        self._clock = clock
        self._over = threading.Event()
        self._sleep = sleep or self._over.wait
        self._random = random
        self._line = threading.Lock()
        """Held by the next visitor: one thread waits for the clock, the others wait for this lock."""
        self._guard = threading.Lock()
        self._next_start = 0.0
        self._shut = False
        self._shut_until = 0.0
        self._paused = 0.0
        self._pauses = 0
        self._abandoned = False
        self._reached = False
        self.closed: Blocked | None = None
        """The block that closed the gate for good."""
        self._closed_at = 0.0

    @property
    def is_worth_another_look(self) -> bool:
        """Return whether the gate was closed so long ago that the site may be asked again, by a new one."""
        closed = self.closed
        wanted = max(CLOSED_FOR, (closed.retry_after or 0.0) if closed else 0.0)
        return closed is not None and self._clock() - self._closed_at >= wanted

    def visit(
        self,
        what: str,
        call: Callable[[], T],
        *,
        last: bool = False,
        stay: bool = False,
        scope: Scope | None = None,
    ) -> T:
        """Return what ``call`` returns, made when its turn has come.

        `Transient` errors are tried again here, a few times; ``what`` names the visit in events. Raises what
        the call raises: a `Blocked` means that the gate is shut and this visit should be made again later.
        Raises `Blocked` without a call once the gate is ``closed``, and `RunError` once it is abandoned.

        ``last``: there will be no later. A block is then taken for the visit's own: a wait that it names is
        waited for, a few times, else it is raised. Unless the gate is shut: the only one left to probe it is
        this visit, which goes on until it is let in or the gate is closed.

        ``stay``: the visit is made again here, when the gate opens; `Blocked` is raised once it is closed.
        ``scope`` ends the waits of this visit alone.
        """
        failures = 0
        while True:
            try:
                return self._try(what, call, last=last, scope=scope)
            except Blocked as error:
                if not (last or stay) or self.closed is not None:
                    raise
                if last and not self._is_shut():
                    failures += 1
                    self._wait_as_asked(error, failures, scope)

    def _try(self, what: str, call: Callable[[], T], *, last: bool, scope: Scope | None) -> T:
        """Return a visit, a few times where it fails for a passing reason."""
        failures = 0
        while True:
            try:
                return self._enter(call, last=last, scope=scope)
            except Transient as error:
                failures += 1
                seconds = self._backoff(error, failures)
                if seconds is None and isinstance(error, Unreachable):
                    raise self._lost(error, alone=last) from error
                if seconds is None:
                    raise
                self._report(Retrying(what=what, reason=str(error), seconds=round(seconds, 2)))
                self._rest(seconds, scope)

    def _lost(self, error: Unreachable, *, alone: bool = False, again: bool = False) -> Blocked:
        """Return the block that an unreachable site counts as; ``alone`` where it is one visit's
        own.
        """
        block = Blocked(str(error), code=error.code, hint=f"{error.hint}; then run the same command again")
        if not alone:
            self._shut_for(block, again=again, for_good=not self._reached)
        return block

    def _wait_as_asked(self, error: Blocked, failures: int, scope: Scope | None) -> None:
        if not error.retry_after or error.retry_after > LONGEST_WAIT or failures >= TRIES:
            raise error
        self._report(Paused(lane="fetch", reason=str(error), seconds=error.retry_after))
        self._rest(error.retry_after, scope)

    def visiting(
        self, what: str, *, last: bool = False, stay: bool = False, scope: Scope | None = None
    ) -> Visit:
        """Visit as `visit` does, for what takes several requests."""

        def visit(request: Callable[[], T], /) -> T:
            return self.visit(what, request, last=last, stay=stay, scope=scope)

        return visit

    def shut(self, error: Blocked) -> None:
        """Shut the gate for a block that was met in another way than by a visit that raises it."""
        self._shut_for(error)

    def abandon(self) -> None:
        """Admit no further visit; waiting ones raise `RunError`, a visit under way is not disturbed."""
        self._abandoned = True
        self._over.set()

    def _enter(self, call: Callable[[], T], *, last: bool, scope: Scope | None) -> T:
        with self._in_line(scope):
            self._await_turn(scope)
            if self._is_shut():
                return self._probe(call)
        try:
            return self._made(call)
        except Blocked as error:
            if not last:
                self._shut_for(error)
            raise

    @contextmanager
    def _in_line(self, scope: Scope | None) -> Iterator[None]:
        """Hold the line; a scope that ends leaves it."""
        while not self._line.acquire(timeout=-1 if scope is None else BREATH):
            self._check(scope)
        try:
            yield
        finally:
            self._line.release()

    def _made(self, call: Callable[[], T]) -> T:
        """Return what the call returns; it, or any answer but none at all, shows that the site is there."""
        try:
            result = call()
        except Unreachable:
            raise
        except Exception:
            self._reached = True
            raise
        self._reached = True
        return result

    def _probe(self, call: Callable[[], T]) -> T:
        """Return the one visit that a shut gate lets through; the line stands still until its outcome is
        known.
        """
        try:
            result = self._made(call)
        except Blocked as error:
            self._shut_for(error, again=True)
            raise
        except Unreachable as error:
            raise self._lost(error, again=True) from error
        except Transient:
            raise  # a broken connection says nothing of the block
        except ItemError:
            self._reopen()
            raise
        self._reopen()
        return result

    def _await_turn(self, scope: Scope | None) -> None:
        self._check(scope)
        while (seconds := max(self._next_start, self._shut_until) - self._clock()) > 0:
            self._rest(seconds, scope)
        self._next_start = self._clock() + self._pace * (1 + JITTER * self._random())

    def _rest(self, seconds: float, scope: Scope | None) -> None:
        self._check(scope)
        scopes.wait(seconds, scope, self._check, self._clock, self._sleep)

    def _check(self, scope: Scope | None) -> None:
        if scope is not None:
            scope.check()
        if self._abandoned:
            raise RunError("the run was stopped", code="abandoned")
        if self.closed is not None:
            closed = self.closed
            raise Blocked(
                str(closed), code=closed.code, hint=closed.hint, retry_after=closed.retry_after
            ) from closed

    def _is_shut(self) -> bool:
        with self._guard:
            return self._shut

    def _shut_for(self, error: Blocked, *, again: bool = False, for_good: bool = False) -> None:
        """Shut the gate, or keep it shut ``again``, or close it for good where that would take too long.

        A block met by a visit that was let in before the gate shut only counts for the wait it asks for.
        """
        with self._guard:
            if self.closed is not None:
                return
            wanted = error.retry_after or 0.0
            if self._shut and not again:
                pause = wanted - max(0.0, self._shut_until - self._clock())
                if pause <= 0:
                    return
            else:
                pause = max(FIRST_PAUSE * GROWTH**self._pauses, wanted)
                self._pauses += 1
            self._shut = True
            if for_good or self._paused + pause > self._block_wait:
                self.closed, self._closed_at = error, self._clock()
                self._over.set()
                return
            self._paused += pause
            self._shut_until = max(self._shut_until, self._clock()) + pause
        self._report(Paused(lane="fetch", reason=str(error), seconds=pause))

    def _reopen(self) -> None:
        with self._guard:
            self._shut, self._shut_until, self._paused, self._pauses = False, 0.0, 0.0, 0

    def _backoff(self, error: Transient, failures: int) -> float | None:
        """Return seconds until the next try, with full jitter; None where there is none."""
        wanted = error.retry_after or 0.0
        if failures >= TRIES or wanted > LONGEST_WAIT:
            return None
        return max(wanted, FIRST_WAIT * 2.0 ** (failures - 1) * self._random())
