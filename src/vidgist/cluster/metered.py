"""An engine whose calls count with those of all workers."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from vidgist.errors import BudgetReached, RunError, Transient, UsedUp
from vidgist.llm import bounds
from vidgist.llm.bounds import Amount, Reserve, Verdict
from vidgist.llm.budget import Price
from vidgist.models import Reply, Request, Usage
from vidgist.protocols import Engine
from vidgist.text import tokens

PAUSE = 0.1
"""Seconds between two questions for a place; only the first in a worker's line asks."""


class Allowance(Protocol):
    """What all workers share of one order: places, money, and what the server has said of waiting."""

    def begin(self, reserve: Reserve) -> tuple[Verdict, int]:
        """Return whether an item may begin, and its number where it may. Raises `RunError`."""

    def end(self, item: int) -> None:
        """Note that an item has ended, well or not. Raises `RunError`."""

    def admit(self, worst: Amount) -> tuple[Verdict, int]:
        """Return whether a call may begin, and its number where it may.

        Raises `Transient` while a worker has to wait, with the time left, and `RunError`.
        """

    def pause(self, refusal: Transient | UsedUp) -> None:
        """Let no worker ask this server for ``refusal.retry_after`` seconds. Raises `RunError`."""

    def settle(self, call: int, used: Amount | None) -> None:
        """Settle a call that has ended and took so much; None: nothing came of it. Raises `RunError`."""


class Metered:
    """Reserves in the allowance before each call of ``engine``, and settles afterwards what it has used.

    A call that has to wait holds its caller's place in the lane of this worker, which is as it should be: the
    servers that all workers ask are what is full. A server that wants its callers to wait has said so to all
    workers: each is then refused here as the first one was there.
    """

    def __init__(self, engine: Engine, allowance: Allowance, price: Price, *, pause: float = PAUSE) -> None:
        self.model = engine.model
        self.host = engine.host
        self._engine = engine
        self._allowance = allowance
        self._price = price
        self._pause = pause
        self._line = threading.Lock()
        self._entrance = threading.Lock()
        self._over = threading.Event()

    @property
    def window(self) -> int:
        return self._engine.window

    def close(self) -> None:
        """End every wait for a place, and close the engine."""
        self._over.set()
        self._engine.close()

    def complete(self, request: Request) -> Reply:
        """Return one call within the allowance. Raises `BudgetReached`, and as the engine does."""
        worst = Usage(input_tokens=tokens.of_request(request), output_tokens=request.max_output_tokens)
        call = self._entered(self._line, lambda: self._allowance.admit(self._amount(worst)))
        used: Amount | None = None
        try:
            reply = self._engine.complete(request)
            used = self._amount(reply.usage)
        except (Transient, UsedUp) as error:
            if error.retry_after:
                self._allowance.pause(error)
            raise
        finally:
            self._allowance.settle(call, used)
        return reply

    @contextmanager
    def item(self, worst: Usage, expected: Usage) -> Iterator[None]:
        """Keep room for an item next to those that any worker has begun, as `vidgist.llm.calls.Gate` does."""
        wanted = bounds.reserve(self._amount(worst), self._amount(expected))
        item = self._entered(self._entrance, lambda: self._allowance.begin(wanted))
        try:
            yield
        finally:
            self._allowance.end(item)

    def _entered(self, line: threading.Lock, ask: Callable[[], tuple[Verdict, int]]) -> int:
        with line:
            while not self._over.is_set():
                verdict, number = ask()
                if verdict == "go":
                    return number
                if verdict == "over":
                    raise BudgetReached(
                        "the budget of all workers is used up",
                        hint="enqueue the same again with a larger --max-cost or --max-tokens",
                    )
                self._over.wait(self._pause)
        raise RunError("interrupted", code="interrupted", hint="run the same command again")

    def _amount(self, usage: Usage) -> Amount:
        return Amount(tokens=usage.tokens, cost=self._price(usage))
