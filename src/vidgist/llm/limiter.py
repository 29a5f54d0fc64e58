"""How many calls may be under way at once: as many as the server can bear, and never more than asked for.

How many that is, `vidgist.llm.width` finds out. A refusal for too many calls takes a fifth of the width
away, once for all calls that were under way, and a call that ran out of time half of it. A wish of the
server to wait closes the limiter: it is meant for all calls alike. When it opens again, calls begin one
after the other, as `vidgist.llm.rate` has it. What was learnt of a server is remembered for other runs.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Event

from pydantic import NonNegativeFloat, ValidationError

from vidgist.bounds import scope as scopes
from vidgist.bounds.scope import BREATH, Scope
from vidgist.errors import RunError
from vidgist.events import Paused
from vidgist.llm.budget import Budget
from vidgist.llm.rate import RateController
from vidgist.llm.width import Width
from vidgist.models import RateLimit, Usage, Value
from vidgist.protocols import Memory, Reporter

_LONGEST_GUESS = 60.0
"""Seconds: headers of an allowance of a day are no reason to wait for tomorrow."""

_TOLD = 0.5
"""Seconds by which a pause must grow to be worth telling."""

_APART = 0.01
"""Seconds between two calls to a server that is not known yet: the first refusal ends the others."""

_PROOF = 2
"""Pieces of a reply from which on a server is known to send it as it is written."""

_HOLD = 0.5
"""Seconds without a new call after a refusal that does not say for how long."""

_KIND = "width"
_MATTERS = 0.2
"""Share by which what is known of a server must change to be written down again."""


class AdaptiveLimiter:
    """The calls of one server.

    At most ``jobs`` at once. ``clock`` counts seconds and ``sleep`` waits for some; without one, it waits
    until the limiter is stopped. ``patience`` is the bound on a server's silence in seconds; ``memory`` keeps
    what is learnt of ``server``.
    """

    def __init__(
        self,
        jobs: int,
        budget: Budget,
        report: Reporter,
        clock: Callable[[], float],
        sleep: Callable[[float], object] | None,
        *,
        patience: float = math.inf,
        memory: Memory | None = None,
        server: str = "",
    ) -> None:
        self._jobs = jobs
        self._memory = memory
        self._server = server
        self._budget = budget
        self._report = report
        self._clock = clock
        self._ended = Event()
        self._sleep = sleep or self._ended.wait
        self._free = Condition()
        self._known = self._recalled()
        self._rate = RateController(clock(), self._known.gap)
        self._width = Width(jobs, patience, self._known.width)
        self._allowed = jobs
        self._under_way = 0
        self._next = float("-inf")
        self._cut_at = float("-inf")
        self._open_at = float("-inf")
        self._end: RunError | None = None

    @property
    def width(self) -> int:
        """Return how many calls may be under way now."""
        return max(1, min(self._width.calls, self._allowed))

    @contextmanager
    def slot(self, worst: Usage, scope: Scope | None = None) -> Iterator["Slot"]:
        """Yield a place for one call that uses ``worst`` at most; waits for it.

        Raises `BudgetReached`, or what the limiter or the caller's scope was stopped with.
        """
        slot = self._enter(worst, scope)
        try:
            yield slot
        finally:
            with self._free:
                self._budget.settle(worst, slot.used)
                self._under_way -= 1
                self._wake()

    @contextmanager
    def item(self, worst: Usage, expected: Usage, scope: Scope | None = None) -> Iterator[None]:
        """Keep room in the budget for an item of several calls; waits for it without holding a place.

        Raises `BudgetReached`, or what the limiter or the caller's scope was stopped with.
        """
        with self._free:
            self.check(scope)
            while not self._budget.begin(worst, expected):
                self._free.wait(None if scope is None else BREATH)
                self.check(scope)
        try:
            yield
        finally:
            with self._free:
                self._budget.end(worst, expected)
                self._wake()

    def _enter(self, worst: Usage, scope: Scope | None) -> "Slot":
        while True:
            with self._free:
                self.check(scope)
                now = self._clock()
                closed = max(self._open_at - now, self._rate.wait(now), self._next - now)
                if closed <= 0:
                    if self._under_way < self.width and self._budget.admit(worst):
                        return self._begun(now)
                    self._free.wait(None if scope is None else BREATH)
                    continue
            self.rest(closed, scope)

    def _begun(self, now: float) -> "Slot":
        self._under_way += 1
        self._rate.begin(now)
        self._width.began(now)
        if self._width.is_feeling and self._under_way > 1:
            self._next = now + _APART
        return Slot(now, self._under_way)

    def _wake(self) -> None:
        """Let as many look again as there are places, one at least; all where a budget chooses among them."""
        if self._budget.is_bounded:
            self._free.notify_all()
        else:
            self._free.notify(max(1, self.width - self._under_way))

    def rest(self, seconds: float, scope: Scope | None = None) -> None:
        """Wait without holding a place. Raises what the limiter or the scope was stopped with, at once."""
        scopes.wait(seconds, scope, self.check, self._clock, self._sleep)

    def check(self, scope: Scope | None = None) -> None:
        """Raise what the limiter or the scope was stopped with, if it was."""
        if scope is not None:
            scope.check()
        if self._end is not None:
            raise type(self._end)(str(self._end), code=self._end.code, hint=self._end.hint)

    def _recalled(self) -> "_Learnt":
        body = self._memory.recall(_KIND, self._server) if self._memory else None
        try:
            return _Learnt.model_validate_json(body) if body else _Learnt()
        except ValidationError:
            return _Learnt()

    def _keep(self) -> None:
        """Remember what is learnt, where it has changed by enough to matter."""
        learnt = _Learnt(width=self._width.learnt, gap=self._rate.gap)
        if self._memory is not None and learnt.differs(self._known):
            self._known = learnt
            self._memory.remember(_KIND, self._server, learnt.model_dump_json())

    def stop(self, reason: RunError) -> None:
        """Admit no further call, and wake the waiting ones; the first reason stays."""
        with self._free:
            self._end = self._end or reason
            self._ended.set()
            self._free.notify_all()

    def pause(self, seconds: float, reason: str) -> None:
        """Admit no call for so long; a shorter pause does not end a longer one."""
        with self._free:
            now = self._clock()
            until = now + seconds
            is_news = until > max(self._open_at, now) + _TOLD
            self._open_at = max(self._open_at, until)
        if is_news:
            self._report(Paused(lane="summarize", reason=reason, seconds=seconds))

    def crowded(self, began: float, named_wait: float | None = None) -> None:
        """Note that a call begun at ``began`` was refused as one too many, with the wait that was named."""
        with self._free:
            if began >= self._cut_at:
                self._cut_at = self._clock()
                self._width.refused(self._cut_at, self._under_way - 1, is_timed=named_wait is not None)
                self._rate.refused(self._cut_at, named_wait)
                if not named_wait:
                    self._next = self._cut_at + _HOLD

    def timed_out(self, began: float) -> None:
        """Note that a call begun at ``began`` ran out of time: the server may still be at it."""
        with self._free:
            if began >= self._cut_at:
                self._cut_at = self._clock()
                self._width.timed_out(self._cut_at)

    def heard(self, slot: "Slot") -> None:
        """Note that a piece of a call's reply has come: the second one shows when it began to be written."""
        slot.pieces += 1
        if slot.pieces == 1:
            slot.spoke = self._clock()
        elif slot.pieces == _PROOF:
            with self._free:
                self._width.spoke(self._clock(), slot.began, slot.spoke - slot.began, slot.ahead)
                self._wake()

    def served(self, limit: RateLimit | None, used: Usage, slot: "Slot") -> None:
        """Note an answered call. ``limit``: what the server said is left; ``used``: what the call took."""
        with self._free:
            now = self._clock()
            limit = _since(limit, now - slot.began)
            left = _allowed_calls(limit, used)
            self._width.answered(now, now - slot.began, _work(used), slot.ahead)
            self._allowed = self._jobs if left is None else left
            self._wake()
            self._keep()
        if limit is not None and left == 0 and limit.reset_seconds:
            self.pause(min(_until_allowed(limit, used), _LONGEST_GUESS), "the server's allowance is used up")


class Slot:
    """One call's place; it began as number ``ahead`` of those under way. ``used`` is its holder's to set."""

    def __init__(self, began: float, ahead: int = 1) -> None:
        self.began = began
        self.ahead = ahead
        self.used: Usage | None = None
        self.pieces = 0
        self.spoke = 0.0


class _Learnt(Value):
    """What is known of a server: calls at once, and seconds between two of them; 0 for nothing."""

    width: NonNegativeFloat = 0.0
    gap: NonNegativeFloat = 0.0

    def differs(self, other: "_Learnt") -> bool:
        pairs = ((self.width, other.width), (self.gap, other.gap))
        return any(abs(mine - theirs) > _MATTERS * max(mine, theirs) for mine, theirs in pairs)


def _work(used: Usage) -> int:
    """Measure a call in tokens written: reading goes twenty times as fast, and each has some overhead."""
    return used.output_tokens + used.input_tokens // 20 + 50


def _since(limit: RateLimit | None, seconds: float) -> RateLimit | None:
    """Return what a server said is left, as it stands so long after it let the call in; None where that is
    past.

    It counts when a call comes in, and says so with the answer.
    """
    if limit is None or limit.reset_seconds is None:
        return limit
    left = limit.reset_seconds - seconds
    return limit.model_copy(update={"reset_seconds": left}) if left > 0 else None


def _allowed_calls(limit: RateLimit | None, used: Usage) -> int | None:
    """Count the calls like this one that the allowance still has room for, None where nothing is known of
    it.
    """
    if limit is None:
        return None
    left = [limit.remaining_requests] if limit.remaining_requests is not None else []
    if limit.remaining_tokens is not None:
        left.append(limit.remaining_tokens // max(1, used.tokens))
    return min(left, default=None)


def _until_allowed(limit: RateLimit, used: Usage) -> float:
    """Return seconds until one more call fits: the whole reset; for tokens, which flow back steadily, a
    share.
    """
    reset = limit.reset_seconds or 0.0
    if limit.remaining_requests == 0 or not limit.tokens or limit.remaining_tokens is None:
        return reset
    missing, drained = used.tokens - limit.remaining_tokens, limit.tokens - limit.remaining_tokens
    return reset * min(1.0, missing / drained) if drained > 0 else reset
