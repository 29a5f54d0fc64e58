"""How many calls a server takes at once, found out from how fast its replies come. Pure: times are given.

A start at which no call runs out of time for waiting; wider by leaps while the calls that began last are
answered as fast as those that found few others, and each leap brings more; then what a round of replies shows
the server to have places for, and a little more. From then on a wider round now and then, which stays where
replies came faster.
"""

import math

MOST = 128
"""Calls at once where they have no bound."""

START = 8
"""Calls at first, where the bound on silence leaves room for as many long ones one after the other."""

_LONG_CALL = 75.0
"""Seconds that a call of an unknown server may take."""

_LEAP = 8.0
_SPARE = 1.25
"""Times the places of a server that are kept busy, and one more: a place is never left waiting for a call."""

_EARLY, _LATE = 0.25, 0.75
"""Shares of the width: calls that find as few, and as many, others under way."""

_SLOWED = 1.35
"""Times the pace of early calls from which on late ones were hindered."""

_GAIN = 1.2
"""Times the pace of replies at the width before, below which a leap has brought nothing."""

_JITTER, _WIDEST_HEARD = 0.25, 64.0
"""Seconds by which first words may differ, and the width up to which they alone lead."""

_SHARE_OF_BOUND = 0.6
"""Of the bound on silence, which the last of calls in a queue may take."""

_PROBE, _FASTER = 1.25, 1.1
_LONGEST_REST = 16
"""Rounds between two probes, at most."""

_NARROWER = 0.8
_ALIKE = 0.2
"""Share by which the calls under way at two refusals may differ, if they are what is refused."""

_STRIKES_TIMED = 4
"""Refusals alike, with a time to come back at, that may yet be of calls in a time."""

_OVERFULL = 2.0


class Width:
    """At most ``most`` calls; ``patience``: the bound on silence in seconds; ``known``: learnt before."""

    def __init__(self, most: int, patience: float, known: float = 0.0) -> None:
        self._most = most
        self._patience = patience
        self._settled = known > 0
        self._width = min(float(most), known or max(1.0, min(float(START), patience // _LONG_CALL)))
        self._alone = _Mean()
        self._proven = 1
        self._seconds = 0.0
        self._before: tuple[float, float] | None = None
        self._leapt: tuple[float, float] | None = None
        self._rest = self._rested = 1
        self._beside: int | None = None
        self._strikes = self._let_in = self._free = 0
        self._since: float | None = None
        self._begin_round(None)

    @property
    def calls(self) -> int:
        """Return how many calls may be under way now."""
        return max(1, min(int(self._width), self._safe(), self._most))

    @property
    def learnt(self) -> float:
        """Return what to begin with another time; 0 while nothing is known."""
        return round(self._width, 1) if self._settled or self._proven > START else 0.0

    @property
    def is_feeling(self) -> bool:
        """Return whether the server is not known yet, so that calls begin one shortly after the other."""
        return not self._settled

    def began(self, now: float) -> None:
        """Note that a call begins."""
        self._let_in += 1
        if self._since is None:
            self._since = now

    def answered(self, now: float, seconds: float, size: int, ahead: int) -> None:
        """Note that a call was answered after so many seconds, begun as number ``ahead`` of those under way.

        ``size`` is its work, in tokens: what it was slow or fast for.
        """
        size = max(1, size)
        pace = seconds / size
        self._seconds = seconds if not self._seconds else 0.8 * self._seconds + 0.2 * seconds
        self._count += 1
        self._work += size
        if self._since is not None and now - seconds >= self._since - 1e-6:
            self._compare(pace, ahead)
        if not self._settled and self._late.count >= max(1, int(self._width) // 8) and self._may_leap(now):
            self._leap(now, ahead)
        elif self._count >= max(2, self.calls):
            self._judge(now)

    def spoke(self, now: float, began: float, seconds: float, ahead: int) -> None:
        """Note that a call begun then has begun to be answered after so many seconds.

        A call that waits in line is not answered at all: where those that began last are as soon as the
        others, there are places for more, long before any of them is done.
        """
        if self._settled or self._width < START or self._since is None or began < self._since - 1e-6:
            return
        if ahead <= _EARLY * self._width:
            self._soon.add(seconds)
        if ahead >= _LATE * self._width:
            self._last.add(seconds)
        enough = self._soon.count and self._last.count >= max(1, int(self._width) // 8)
        if enough and self._last.value <= _SLOWED * self._soon.value + _JITTER:
            self._leapt = None
            self._proven = max(self._proven, int(_LATE * self._width))
            self._resize(now, min(self._width * _LEAP, max(self._width, _WIDEST_HEARD)))

    def refused(self, now: float, beside: int, *, is_timed: bool = False) -> None:
        """Note that a call was refused because there were too many, with so many others under way.

        Twice with as many, and few let in between, it is they that are too many; else it is the calls in a
        time, which the width has nothing to do with. So it mostly is where the server says when to come
        back (``is_timed``), and more refusals are needed.
        """
        before, self._beside = self._beside, beside
        let_in, self._let_in = self._let_in, -1
        is_alike = before is not None and abs(beside - before) <= max(1.0, _ALIKE * before)
        if before is None or not is_alike or let_in > max(4, 2 * beside):
            self._strikes = 0
            return
        self._strikes += 1
        if self._strikes > (_STRIKES_TIMED if is_timed else 1) or let_in >= max(1, beside // 4):
            most = float(max(beside, before))
            self._narrow(now, most if most < self._width else self._width * _NARROWER)

    def timed_out(self, now: float) -> None:
        """Note that a call ran out of time."""
        self._narrow(now, min(self._width, float(self.calls)) / 2)

    def _compare(self, pace: float, ahead: int) -> None:
        if not self._settled and ahead <= max(1.0, _EARLY * self._width):
            self._alone.add(pace)
            self._early.add(pace)
        if ahead >= _LATE * self._width:
            self._late.add(pace)
        if pace <= _SLOWED * self._unhindered:
            self._free = max(self._free, ahead)

    def _may_leap(self, now: float) -> bool:
        """Return whether what began last was not hindered, and the width has brought more than the one
        before.
        """
        slowed = self._late.value > _SLOWED * (self._unhindered or self._late.value)
        return not slowed and self._has_gained(now)

    @property
    def _unhindered(self) -> float:
        """Return the pace of calls that found few others under way: of this round or, without such, of the
        start.
        """
        return self._early.value or self._alone.value

    def _has_gained(self, now: float) -> bool:
        return self._leapt is None or self._rate(now) >= _GAIN * self._leapt[1]

    def _rate(self, now: float) -> float:
        """Return the work done a second in this round."""
        return self._work / max(1e-6, now - (self._since if self._since is not None else now))

    def _leap(self, now: float, ahead: int) -> None:
        """Go on much wider: what began last was not hindered."""
        self._proven = max(self._proven, ahead, int(_LATE * self._width))
        self._leapt = self._width, self._rate(now)
        self._resize(now, self._width * _LEAP)

    def _judge(self, now: float) -> None:
        """Draw the lesson of a whole round."""
        rate = self._rate(now)
        places = (self._unhindered if not self._settled else self._alone.value) * rate
        if not self._settled:
            self._settled = True
            width = max(places * _SPARE + 1, float(self._free)) if places else self._width
            if self._leapt is not None and not self._has_gained(now):
                width = self._leapt[0]
            self._resize(now, width)
        elif self._before is not None:
            width, then = self._before
            self._before = None
            is_faster = rate >= then * _FASTER
            self._rest = 1 if is_faster else min(_LONGEST_REST, 2 * self._rest)
            self._resize(now, self._width if is_faster else width)
        elif places and self._width > _OVERFULL * (places * _SPARE + 1):
            self._resize(now, places * _SPARE + 1)
        else:
            self._go_on(now, rate)

    def _go_on(self, now: float, rate: float) -> None:
        """Begin another round, now and then a wider one."""
        self._rested += 1
        if self._rested > self._rest and self._width < self._most:
            self._rested = 0
            self._before = self._width, rate
            self._resize(now, max(self._width + 1, self._width * _PROBE))
        else:
            self._begin_round(now)

    def _safe(self) -> int:
        """Return how many calls may begin of which the last is answered in time, were the places only
        those that have shown.
        """
        if not self._seconds:
            return self._most
        in_time = _SHARE_OF_BOUND * self._patience / max(self._seconds, 1e-6)
        return max(self._proven, int(self._proven * in_time)) if math.isfinite(in_time) else self._most

    def _narrow(self, now: float, width: float) -> None:
        self._settled = True
        self._before = None
        self._rested = 0
        self._proven = min(self._proven, max(1, int(width)))
        self._resize(now, width)

    def _resize(self, now: float, width: float) -> None:
        self._width = max(1.0, min(float(self._most), width))
        self._begin_round(now)

    def _begin_round(self, now: float | None) -> None:
        self._since = now
        self._count = 0
        self._work = 0
        self._free = 0
        self._early: _Mean = _Mean()
        self._late: _Mean = _Mean()
        self._soon = _Mean()
        self._last = _Mean()


class _Mean:
    """The mean of what was added; 0 of nothing."""

    def __init__(self) -> None:
        self.count = 0
        self._sum = 0.0

    def add(self, value: float) -> None:
        self.count += 1
        self._sum += value

    @property
    def value(self) -> float:
        return self._sum / self.count if self.count else 0.0
