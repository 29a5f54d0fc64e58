"""An engine whose server has so many places and, where asked, so many calls a second, in a crew's time."""

import math
import random
from collections import deque
from collections.abc import Callable
from threading import Semaphore

from tests.doubles.crew import Crew
from tests.doubles.engine import GOOD
from vidgist.errors import Transient
from vidgist.models import Reply, Request

PIECES = 10
"""In which a reply is written."""

REFUSING = 0.01
"""Seconds until a refusal."""


class Slots:
    """``places`` calls are served at once, each for ``seconds``; the others wait in line.

    ``spread``: share by which a call takes more or less. ``batch``: share by which each further call at work
    makes all slower, as where a batch grows. ``rate`` calls a second are let in, ``burst`` at first; a refusal
    says ``told`` ("", "exact" or "whole" seconds) of when to come back. ``bound``: a call that takes longer is given
    up by its client, and done by the server all the same.
    """

    model = "openai:double"
    host = "host"
    window = 1_000

    def __init__(
        self,
        crew: Crew,
        places: int,
        seconds: float = 1.0,
        *,
        spread: float = 0.0,
        batch: float = 0.0,
        rate: float = math.inf,
        burst: float = 1.0,
        told: str = "whole",
        bound: float = math.inf,
        seed: int = 1,
    ) -> None:
        self.crew, self.places, self.seconds = crew, places, seconds
        self.spread, self.batch, self.bound = spread, batch, bound
        self.rate, self.burst, self.told = rate, burst, told
        self.dice = random.Random(seed)
        self.at_work = self.peak = self.asked = self.served = self.refused = self.late = 0
        self._line: deque[Semaphore] = deque()
        self._left, self._filled_at = burst, 0.0
        self._let_in: list[float] = []

    def complete(self, request: Request) -> Reply:
        return self._reply(request, lambda _: None)

    def _reply(self, request: Request, heard: Callable[[str], None]) -> Reply:
        del request
        self.asked += 1
        self._admit()
        began = self.crew.now
        if self.at_work < self.places:
            self.at_work += 1
        else:
            self._line.append(self.crew.turn)
            self.crew.rest()
        self.peak = max(self.peak, self.at_work)
        share = self.dice.uniform(1 - self.spread, 1 + self.spread)
        seconds = self.seconds * share * (1 + self.batch * (self.at_work - 1))
        for _ in range(PIECES):
            self.crew.sleep(seconds / PIECES)
            heard("word" * 10)
        if self._line:
            self.crew.wake(self._line.popleft())
        else:
            self.at_work -= 1
        if self.crew.now - began > self.bound:
            self.late += 1
            raise Transient("nothing came", code="timeout")
        self.served += 1
        return GOOD.model_copy(update={"rate_limit": None})

    def _admit(self) -> None:
        """Let a call in, or refuse it."""
        if math.isinf(self.rate):
            return
        self._left = min(self.burst, self._left + (self.crew.now - self._filled_at) * self.rate)
        self._filled_at = self.crew.now
        missing = 1 - self._left
        if missing <= 1e-9:
            self._left -= 1
            return
        self.refused += 1
        self.crew.sleep(REFUSING)
        wait = missing / self.rate
        told = {"": None, "exact": wait, "whole": float(math.ceil(wait))}[self.told]
        raise Transient("Rate limit reached", code="rate_limit", retry_after=told)

    def close(self) -> None:
        """Nothing is kept open."""


class Streaming(Slots):
    """The same, sending each reply in pieces as it is written."""

    def stream(self, request: Request, heard: Callable[[str], None], *, thoughts: bool = False) -> Reply:
        del thoughts
        return self._reply(request, heard)


class Sliding(Slots):
    """``rate`` calls are let in within any second; a refusal says exactly when the next one may come."""

    def _admit(self) -> None:
        now = self.crew.now
        self._let_in = [moment for moment in self._let_in if moment > now - 1.0]
        if len(self._let_in) < self.rate:
            self._let_in.append(now)
            return
        self.refused += 1
        self.crew.sleep(REFUSING)
        told = self._let_in[0] + 1.0 - now if self.told else None
        raise Transient("Rate limit reached", code="rate_limit", retry_after=told)


class Crowded(Slots):
    """A call that finds no place is refused, not kept waiting."""

    def _admit(self) -> None:
        if self.at_work >= self.places:
            self.refused += 1
            self.crew.sleep(REFUSING)
            raise Transient("Too many concurrent requests", code="rate_limit")
