"""An engine whose server has a bucket of tokens: a call takes one, and they flow back steadily."""

import math
from collections.abc import Callable

from tests.doubles.crew import Crew
from tests.doubles.engine import GOOD
from vidgist.errors import Transient
from vidgist.models import Reply, Request

REFUSING = 0.01
"""Seconds until a refusal."""


class Metered:
    """``rate`` tokens a second up to ``burst``; a reply takes ``latency`` seconds, all in the crew's time.

    A refusal tells the seconds until there is a token; where ``whole``, rounded up, as most servers tell it.
    ``code`` is that of a refusal.
    """

    model = "openai:double"
    host = "host"
    window = 1_000

    def __init__(
        self, crew: Crew, rate: float, burst: float, latency: Callable[[], float], *, whole: bool = False
    ) -> None:
        self._crew, self._rate, self._burst, self._latency, self._whole = crew, rate, burst, latency, whole
        self.code = "rate_limit"
        self._left = burst
        self._filled_at = 0.0
        self.served = self.refused = 0

    def complete(self, request: Request) -> Reply:
        self._crew.sleep(REFUSING)
        self._left = min(self._burst, self._left + (self._crew.now - self._filled_at) * self._rate)
        self._filled_at = self._crew.now
        missing = 1 - self._left
        if missing > 1e-9:
            self.refused += 1
            wait = missing / self._rate
            told = float(math.ceil(wait)) if self._whole else wait
            raise Transient("Rate limit reached", code=self.code, retry_after=told)
        self._left -= 1
        self._crew.sleep(self._latency() - REFUSING)
        self.served += 1
        return GOOD.model_copy(update={"rate_limit": None})

    def close(self) -> None:
        """Nothing is kept open."""
