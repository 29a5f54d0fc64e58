"""Counts the tokens of one reply as they are seen to be written, for who watches a run."""

from collections.abc import Callable

from vidgist.events import Asking
from vidgist.protocols import Reporter

_APART = 1.0
"""Seconds between two reports."""

_LETTERS = 4
"""Characters of a token: what is shown is an estimate, and pieces come too often for a better one."""


class Meter:
    """Of one call, in one thread; thoughts count too. ``clock`` counts seconds."""

    def __init__(self, what: str, report: Reporter, clock: Callable[[], float]) -> None:
        self._what = what
        self._report = report
        self._clock = clock
        self._letters = 0
        self._first = self._told = clock()

    def heard(self, text: str) -> None:
        """Count a piece of the reply, and report once a second at most."""
        now = self._clock()
        if not self._letters:
            self._first = self._told = now
        self._letters += len(text)
        if now - self._told >= _APART:
            self._told = now
            rate = self._letters / _LETTERS / (now - self._first)
            written = self._letters // _LETTERS
            self._report(Asking(what=self._what, stage="write", tokens=written, rate=round(rate, 1)))
