"""Counts the tokens that models are seen to write, for who watches a run."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vidgist.events import Writing
from vidgist.protocols import Reporter

_APART = 1.0
"""Seconds between two reports."""

_SPAN = 5.0
"""Seconds over which the pace is taken."""

_LETTERS = 4
"""Characters of a token: what is shown is an estimate, and pieces come too often for a better one."""


class Meter:
    """Of one run, for all threads. ``clock`` counts seconds."""

    def __init__(self, report: Reporter, clock: Callable[[], float]) -> None:
        self._report = report
        self._clock = clock
        self._guard = threading.Lock()
        self._letters = 0
        self._calls = 0
        self._told: deque[tuple[float, int]] = deque([(clock(), 0)])

    @contextmanager
    def call(self) -> Iterator[Callable[[str], None]]:
        """Count one call from its first piece of text on; what it gives takes the pieces."""
        seen = 0

        def heard(text: str) -> None:
            nonlocal seen
            self._add(len(text), first=not seen)
            seen += 1

        try:
            yield heard
        finally:
            if seen:
                with self._guard:
                    self._calls -= 1

    def _add(self, letters: int, *, first: bool) -> None:
        with self._guard:
            self._letters += letters
            self._calls += first
            now = self._clock()
            if now - self._told[-1][0] < _APART:
                return
            self._told.append((now, self._letters))
            while len(self._told) > 2 and now - self._told[0][0] > _SPAN:  # noqa: PLR2004 (a span has two ends)
                self._told.popleft()
            since, before = self._told[0]
            pace = (self._letters - before) / _LETTERS / (now - since)
            told = Writing(calls=self._calls, tokens=self._letters // _LETTERS, per_second=round(pace, 1))
        self._report(told)
