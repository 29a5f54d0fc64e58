"""Whether one more item may begin and one more call be made, given what was spent and promised. Pure.

One rule for a run on one machine and for the workers of a cluster. A call begins where it fits with its worst
case next to the calls under way. An item begins where all that it is expected to take fits next to what is
set aside for the items that have begun: so a budget finishes what it has paid for before anything new begins.
What has no known price fits no bound in dollars.
"""

from typing import Literal

from pydantic import NonNegativeFloat, NonNegativeInt, PositiveInt

from vidgist.models import Value

Verdict = Literal["go", "wait", "over"]


class Amount(Value):
    """Tokens, and their price in US dollars; ``cost`` is None where the price is unknown."""

    tokens: int = 0
    cost: float | None = 0.0

    def __add__(self, other: "Amount") -> "Amount":
        cost = None if self.cost is None or other.cost is None else self.cost + other.cost
        return Amount(tokens=self.tokens + other.tokens, cost=cost)


class Bounds(Value):
    """What all calls together may take; None: no bound. ``max_cost`` is in US dollars."""

    in_flight: PositiveInt | None = None
    max_tokens: NonNegativeInt | None = None
    max_cost: NonNegativeFloat | None = None

    def fits(self, amount: Amount) -> bool:
        """Return whether an amount stays within the bounds in tokens and dollars."""
        too_dear = self.max_cost is not None and (amount.cost is None or amount.cost > self.max_cost)
        return not too_dear and (self.max_tokens is None or amount.tokens <= self.max_tokens)


class Standing(Value):
    """Calls under way at one server; what was ``spent``, ``promised`` to the calls under way, and set aside.

    ``reserved`` is set aside for ``items`` that have begun and not ended.
    """

    under_way: int = 0
    items: int = 0
    spent: Amount = Amount()
    promised: Amount = Amount()
    reserved: Amount = Amount()


class Reserve(Value):
    """What an item takes at ``least``, and the ``whole`` that is set aside, with room for one more call."""

    least: Amount
    whole: Amount


def judge_call(bounds: Bounds, standing: Standing, worst: Amount) -> Verdict:
    """Return ``over``: the call would not fit even alone; ``wait``: it may, once calls under way have ended.

    ``worst`` is the most that the call can take.
    """
    if not bounds.fits(standing.spent + worst):
        return "over"
    crowded = bounds.in_flight is not None and standing.under_way >= bounds.in_flight
    if crowded or not bounds.fits(standing.spent + standing.promised + worst):
        return "wait"
    return "go"


def judge_item(bounds: Bounds, standing: Standing, reserve: Reserve) -> Verdict:
    """Return ``over``: the item would not fit even alone; ``wait``: it may, once
    items under way have ended.
    """
    if not bounds.fits(standing.spent + reserve.least):
        return "over"
    if standing.items and not bounds.fits(standing.spent + standing.reserved + reserve.whole):
        return "wait"
    return "go"


def reserve(worst: Amount, expected: Amount) -> Reserve:
    """Return the reserve of an item: its first call takes ``worst`` at most, all take what is
    ``expected``.
    """
    least = Amount(tokens=max(worst.tokens, expected.tokens), cost=_larger(worst.cost, expected.cost))
    return Reserve(least=least, whole=least + worst)


def _larger(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else max(one, other)
