"""Whether one more call of a model may begin, given what all workers have spent and promised. Pure."""

from typing import Literal

from vidgist.cluster.orders import Bounds
from vidgist.models import Value

Verdict = Literal["go", "wait", "over"]


class Amount(Value):
    """Tokens, and their price in US dollars."""

    tokens: int = 0
    cost: float = 0.0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(tokens=self.tokens + other.tokens, cost=self.cost + other.cost)


class Standing(Value):
    """Calls under way at one server, and what an order has ``spent`` and ``promised`` to calls under way."""

    under_way: int = 0
    spent: Amount = Amount()
    promised: Amount = Amount()


def judge(bounds: Bounds, standing: Standing, worst: Amount) -> Verdict:
    """``over``: the call would not fit even alone; ``wait``: it may, once calls under way have ended.

    ``worst`` is the most that the call can take.
    """
    if not _fits(bounds, standing.spent + worst):
        return "over"
    crowded = bounds.in_flight is not None and standing.under_way >= bounds.in_flight
    if crowded or not _fits(bounds, standing.spent + standing.promised + worst):
        return "wait"
    return "go"


def _fits(bounds: Bounds, amount: Amount) -> bool:
    dear = bounds.max_cost is not None and amount.cost > bounds.max_cost
    return not dear and (bounds.max_tokens is None or amount.tokens <= bounds.max_tokens)
