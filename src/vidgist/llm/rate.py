"""How far apart calls begin where a server serves only so many in a time. Pure.

All waiting calls would otherwise come back at the same moment, for the few places that the wait has
made, and be refused again. What the server was seen to serve in a second is held a little below, felt out
again, and passed faster and faster while none is refused: the curve of CUBIC (RFC 9438), of a rate here.
"""

from collections import deque

_BACK = 0.1
"""Share of the rate by which calls hold back at first."""

_PLATEAU, _PLATEAU_CALLS = 5.0, 16
"""Seconds, and calls if those take longer, until the rate is reached again; after four times as long it is
nearly four times as high."""

_UNNAMED, _WIDENED = 10.0, 2.5
"""Seconds that stand for the wait where a refusal names none, and times the gap that it may grow by then."""

_SHORTEST_SPAN, _FEWEST_CALLS = 1.0, 5
"""Seconds and calls over which a rate is measured, at least."""

_LONG_AGO = 8
"""Calls let in between two refusals from which on they are a measure."""

_KEPT = 512
"""Calls whose beginning is kept in mind."""

_MARGIN = 1.25
"""Factor of the longest wait that was named: no two calls need be further apart."""


class RateController:
    """The pace of one server, free until it refuses a call. Times are in seconds.

    ``gap`` is what was learnt of it before.
    """

    def __init__(self, now: float, gap: float = 0.0) -> None:
        self._gap = gap
        self._longest = 0.0
        self._begun: deque[float] = deque(maxlen=_KEPT)
        self._count = 0
        self._dry: tuple[float, int] | None = None
        self._since = now
        self._next = now

    @property
    def gap(self) -> float:
        """Return seconds between two calls at the rate last seen; 0 where the server has refused none."""
        return self._gap

    def wait(self, now: float) -> float:
        """Return seconds until the next call may begin; 0 or less where it may at once."""
        return self._next - now

    def begin(self, now: float) -> None:
        """Note that a call begins."""
        if not self._begun and not self._longest:
            self._since = now
        self._begun.append(now)
        self._count += 1
        risen = (now - self._since) / max(_PLATEAU, _PLATEAU_CALLS * self._gap) - 1
        self._next = now + self._gap / (1 + _BACK * risen**3)

    def refused(self, now: float, named_wait: float | None) -> None:
        """Note that the call that began last was refused, and for how long to wait; None where the server
        did not say.
        """
        self._longest = max(self._longest, _UNNAMED if named_wait is None else named_wait)
        opens = now + (named_wait or 0.0)
        seen = self._seen(opens)
        if named_wait is None and self._gap:
            seen = min(self._between_refusals(now) or seen, _WIDENED * self._gap)
        self._gap = min(seen, max(self._gap, _MARGIN * self._longest))
        self._begun.clear()
        self._since = opens

    def _between_refusals(self, now: float) -> float:
        """Return seconds from one call that was let in to the next, between a refusal long ago and this one;
        0 for few calls.

        At both the server had nothing left: what it saves up while calls hold back does not count.
        """
        self._count -= 1
        if self._dry is None:
            self._dry = now, self._count
        since, count = self._dry
        let_in = self._count - count
        return (now - since) / (let_in + 1) if let_in >= _LONG_AGO else 0.0

    def _seen(self, opens: float) -> float:
        """Return seconds from one call that was let in to the next, over the time since the last refusal.

        Over the last part of it where more were let in then: at first few calls were there to begin, and
        later they held back.
        """
        let_in = list(self._begun)[:-1]
        if not let_in:
            return self._gap
        mean = (opens - self._since) / len(let_in)
        spans = [
            max(_SHORTEST_SPAN, opens - began) / count
            for count, began in enumerate(reversed(let_in), 1)
            if count >= _FEWEST_CALLS
        ]
        densest = min(spans, default=mean)
        return max(densest, mean / _MARGIN) if self._gap else min(densest, mean)
