"""What was spent on model calls, what may still be, and what is promised to calls and items under way.

Not a lock of its own for admission: `vidgist.llm.limiter` asks under its own. The rule is that of
`vidgist.llm.bounds`.
"""

import threading
from collections.abc import Callable, Iterable

from vidgist.errors import BudgetReached, ConfigError
from vidgist.llm import bounds
from vidgist.llm.bounds import Amount, Bounds, Standing
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
        self._bounds = Bounds(max_cost=max_cost, max_tokens=max_tokens)
        self._guard = threading.Lock()
        self._bill = Bill()
        self._promised: list[Amount] = []
        self._reserved: list[Amount] = []

    @property
    def is_bounded(self) -> bool:
        return self._bounds != Bounds()

    @property
    def bill(self) -> Bill:
        """Return what was spent so far."""
        with self._guard:
            return self._bill

    def begin(self, worst: Usage, expected: Usage) -> bool:
        """Set aside what an item is expected to take, its first call ``worst`` at most.

        False: not before an item that has begun has ended. Raises `BudgetReached` where it does not fit in
        any case.
        """
        wanted = bounds.reserve(self._amount(worst), self._amount(expected))
        with self._guard:
            verdict = bounds.judge_item(self._bounds, self._standing(), wanted)
            if verdict == "over":
                next_item = self._next(wanted.least, "item")
                raise BudgetReached(f"the budget is used up: {self._used()}, and {next_item}")
            if verdict == "go":
                self._reserved.append(wanted.whole)
            return verdict == "go"

    def end(self, worst: Usage, expected: Usage) -> None:
        """Take back what was set aside for an item that has ended."""
        with self._guard:
            self._reserved.remove(bounds.reserve(self._amount(worst), self._amount(expected)).whole)

    def admit(self, worst: Usage) -> bool:
        """Promise a call as much as it may use at worst.

        False: not before a call under way has shown what it really used. Raises `BudgetReached` where it does
        not fit in any case.
        """
        wanted = self._amount(worst)
        with self._guard:
            verdict = bounds.judge_call(self._bounds, self._standing(), wanted)
            if verdict == "over":
                raise BudgetReached(f"the budget is used up: {self._used()}, and {self._next(wanted)}")
            if verdict == "go":
                self._promised.append(wanted)
            return verdict == "go"

    def settle(self, worst: Usage, used: Usage | None) -> None:
        """Take back the promise of an admitted call, and book what it used; None where nothing came of it."""
        with self._guard:
            self._promised.remove(self._amount(worst))
            if used is not None:
                self._bill += Bill(usage=used, cost=self._price(used))

    def _standing(self) -> Standing:
        if not self.is_bounded:
            return Standing()
        return Standing(
            under_way=len(self._promised),
            items=len(self._reserved),
            spent=Amount(tokens=self._bill.usage.tokens, cost=self._bill.cost),
            promised=_sum(self._promised),
            reserved=_sum(self._reserved),
        )

    def _amount(self, usage: Usage) -> Amount:
        return Amount(tokens=usage.tokens, cost=self._price(usage))

    def _next(self, amount: Amount, what: str = "call") -> str:
        """Return what comes next may take, for a person."""
        if self._bounds.max_cost is not None and amount.cost is not None:
            return f"the next {what} may cost ${amount.cost:.4f}"
        return f"the next {what} may take {amount.tokens}"

    def _used(self) -> str:
        """Return what was spent of what is allowed, for a person."""
        if self._bounds.max_cost is not None and self._bill.cost is not None:
            return f"${self._bill.cost:.4f} of ${self._bounds.max_cost:g}"
        return f"{self._bill.usage.tokens} of {self._bounds.max_tokens} tokens"


def _sum(amounts: Iterable[Amount]) -> Amount:
    return sum(amounts, start=Amount())
