"""What was spent on model calls, what may still be, and what is promised to calls under way.

Not a lock of its own for admission: `vidgist.llm.limiter` asks under its own.
"""

import threading
from collections.abc import Callable

from vidgist.errors import BudgetReached, ConfigError
from vidgist.models import Usage, Value

Price = Callable[[Usage], float | None]
"""US dollars of a usage; None where the price is unknown."""


class Bill(Value):
    """What was used; ``cost`` in US dollars, None where a price is unknown."""

    usage: Usage = Usage()
    cost: float | None = 0.0

    def __add__(self, other: "Bill") -> "Bill":
        cost = None if self.cost is None or other.cost is None else self.cost + other.cost
        return Bill(usage=self.usage + other.usage, cost=cost)


class Budget:
    """Bounds of a run in US dollars and tokens, either of them None.

    Raises `ConfigError` where dollars are bounded and the price is unknown.
    """

    def __init__(self, price: Price, max_cost: float | None, max_tokens: int | None, model: str) -> None:
        if max_cost is not None and price(Usage(input_tokens=1)) is None:
            raise ConfigError(
                f"--max-cost: the price of {model} is unknown",
                hint="add it to prices.toml in your configuration folder, or bound the run with --max-tokens",
            )
        self._price = price
        self._max_cost = max_cost
        self._max_tokens = max_tokens
        self._guard = threading.Lock()
        self._bill = Bill()
        self._promised = Bill()
        self._promises = 0

    @property
    def bill(self) -> Bill:
        """What was spent so far."""
        with self._guard:
            return self._bill

    def admit(self, worst: Usage) -> bool:
        """Promise a call as much as it may use at worst.

        False: not before a call under way has shown what it really used. Raises `BudgetReached` where it does
        not fit in any case.
        """
        with self._guard:
            if not self._fits(_sum(self._bill, worst, self._price)):
                raise BudgetReached(f"the budget is used up: {self._used()}, and {self._next(worst)}")
            promised = _sum(self._promised, worst, self._price)
            whole = _sum(self._bill + self._promised, worst, self._price)
            if not self._fits(whole):
                return False
            self._promised, self._promises = promised, self._promises + 1
            return True

    def settle(self, worst: Usage, used: Usage | None) -> None:
        """Take back the promise of an admitted call, and book what it used; None where nothing came of it."""
        with self._guard:
            self._promises -= 1
            self._promised = _minus(self._promised, worst, self._price) if self._promises else Bill()
            if used is not None:
                self._bill = _sum(self._bill, used, self._price)

    def _fits(self, bill: Bill) -> bool:
        dear = self._max_cost is not None and (bill.cost is None or bill.cost > self._max_cost)
        return not dear and (self._max_tokens is None or bill.usage.tokens <= self._max_tokens)

    def _next(self, worst: Usage) -> str:
        """What one more call may take, for a person."""
        cost = self._price(worst)
        if self._max_cost is not None and cost is not None:
            return f"the next call may cost ${cost:.4f}"
        return f"the next call may take {worst.tokens}"

    def _used(self) -> str:
        """Spent of allowed, for a person."""
        if self._max_cost is not None and self._bill.cost is not None:
            return f"${self._bill.cost:.4f} of ${self._max_cost:g}"
        return f"{self._bill.usage.tokens} of {self._max_tokens} tokens"


def _sum(bill: Bill, usage: Usage, price: Price) -> Bill:
    return bill + Bill(usage=usage, cost=price(usage))


def _minus(bill: Bill, usage: Usage, price: Price) -> Bill:
    cost = price(usage)
    left = Usage(
        input_tokens=bill.usage.input_tokens - usage.input_tokens,
        output_tokens=bill.usage.output_tokens - usage.output_tokens,
    )
    return Bill(usage=left, cost=None if cost is None or bill.cost is None else bill.cost - cost)
