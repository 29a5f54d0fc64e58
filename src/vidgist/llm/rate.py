"""How far apart calls begin where a server serves only so many in a time. Pure.

All who were told to wait would otherwise come back at the same moment, for the few places that the wait has
made, and be refused again. What the server was seen to serve in a second is held a little below, felt out
again, and passed ever faster while nobody is refused: the curve of CUBIC (RFC 9438), of a rate here.
"""

_BACK = 0.1
"""Share of the rate by which calls hold back at first."""

_PLATEAU, _PLATEAU_CALLS = 5.0, 16
"""Seconds, and calls if those take longer, until the rate is reached again; after four times as long it is
nearly four times as high."""

_UNTOLD, _WIDENED = 10.0, 2.5
"""Seconds that stand for the wait where a refusal tells none, and times the gap that it may grow by then."""

_MARGIN = 1.25
"""Times the longest wait that was told: further apart no two calls need be."""


class RateController:
    """The pace of one server, free until it refuses a call. Times are in seconds.

    ``gap`` is what was learnt of it before.
    """

    def __init__(self, now: float, gap: float = 0.0) -> None:
        self._gap = gap
        self._longest = 0.0
        self._served = 0
        self._begun = 0
        self._since = now
        self._next = now

    @property
    def gap(self) -> float:
        """Return seconds between two calls at the rate last seen; 0 where the server has refused none."""
        return self._gap

    def wait(self, now: float) -> float:
        """Until the next call may begin; 0 or less where it may at once."""
        return self._next - now

    def begin(self, now: float) -> None:
        """Note that a call begins."""
        if not self._begun and not self._longest:
            self._since = now
        self._begun += 1
        risen = (now - self._since) / max(_PLATEAU, _PLATEAU_CALLS * self._gap) - 1
        self._next = now + self._gap / (1 + _BACK * risen**3)

    def served(self) -> None:
        """Note that a call was answered."""
        self._served += 1

    def refused(self, now: float, told: float | None) -> None:
        """Note that a call was refused, and for how long to wait; None where the server did not say."""
        self._longest = max(self._longest, _UNTOLD if told is None else told)
        taken = max(self._served, self._begun - 1)
        seen = (now - self._since) / taken if taken else self._gap
        if told is None and self._gap:
            seen = min(seen, _WIDENED * self._gap)
        self._gap = min(seen, _MARGIN * self._longest)
        self._served = self._begun = 0
        self._since = now
