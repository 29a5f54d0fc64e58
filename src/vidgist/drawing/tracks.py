"""Tracks between two ranks of a terminal's drawing, as in the channel of a printed circuit. Pure.

What leaves a node for several others is one net with a single track; nets that would meet get tracks of
their own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Net:
    """From one dock at a rank to one or several at the next; places are cells across."""

    top: int
    begin: int
    bottoms: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    track: int = -1

    @property
    def low(self) -> int:
        return min(self.top, *self.bottoms)

    @property
    def high(self) -> int:
        return max(self.top, *self.bottoms)

    @property
    def is_straight(self) -> bool:
        return self.low == self.high

    def meets(self, other: "Net") -> bool:
        """Return whether they need different tracks; a cell stays free between two on one."""
        return self.low <= other.high + 1 and other.low <= self.high + 1

    def trouble_above(self, other: "Net") -> int:
        """Count crossings with this net's track before the other's; a stretch on one another counts a
        hundred.
        """
        crossings = [self.low < other.top < self.high]
        crossings += [other.low < bottom < other.high for bottom in self.bottoms]
        return sum(crossings) + 100 * (other.top in self.bottoms)


def give_tracks(nets: Iterable[Net]) -> None:
    """Give tracks without overlaps, in an order that crosses little."""
    left = sorted(nets, key=lambda net: (net.low, net.high))
    placed: list[Net] = []
    while left:
        chosen = min(left, key=lambda net: _regret(net, left))
        left.remove(chosen)
        chosen.track = 1 + max((net.track for net in placed if net.meets(chosen)), default=-1)
        placed.append(chosen)


def _regret(net: Net, others: Sequence[Net]) -> int:
    """Return how much worse it is to have the net above the others that it meets than below."""
    met = [other for other in others if other is not net and net.meets(other)]
    return sum(net.trouble_above(other) - other.trouble_above(net) for other in met)
