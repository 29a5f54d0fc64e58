"""Where the groups of a cross-linked map stand: on shelves, side by side and below one another. Pure.

Of many arrangements, that one is taken whose picture is small and nearly as high as wide, and whose links are
short and run down or to the right.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vidgist.drawing.plan import Point

_ASPECT = 1.15  # width to height of the picture that is wanted
_LENGTH = 0.7  # of a link, that a pixel of the picture's size is worth
_UPHILL = 1.3  # times its length, what a link against the reading costs
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Tie:
    """A link from one island to another, with where its ends lie in them."""

    source: int
    start: Point
    target: int
    end: Point


def arrange(sizes: Sequence[Point], ties: Sequence[Tie], gap: Point) -> tuple[Point, ...]:
    """Return the corner of each island; ``gap`` is what lies between two of them, across and down."""
    best = _Shelved(sizes, ties, gap, tuple(range(len(sizes))), float("inf"))
    for breadth in _breadths(sizes, gap):
        found = _improved(_Shelved(sizes, ties, gap, best.order, breadth))
        if found.cost < best.cost:
            best = found
    return best.corners


def _breadths(sizes: Sequence[Point], gap: Point) -> Iterator[float]:
    """Yield breadths of shelves, from the widest island to all beside each other."""
    whole = sum(width + gap[0] for width, _ in sizes)
    widest = max(width for width, _ in sizes)
    for rows in range(len(sizes), 0, -1):
        yield max(widest, 1.15 * whole / rows)


class _Shelved:
    """An order of the islands on shelves of a breadth, and what that costs."""

    def __init__(
        self, sizes: Sequence[Point], ties: Sequence[Tie], gap: Point, order: tuple[int, ...], breadth: float
    ) -> None:
        self.sizes = sizes
        self.ties = ties
        self.gap = gap
        self.order = order
        self.breadth = breadth
        self.corners, width, height = self._placed()
        length = 0.0
        for tie in ties:
            (x, y), (to_x, to_y) = self.corners[tie.source], self.corners[tie.target]
            right, down = to_x + tie.end[0] - x - tie.start[0], to_y + tie.end[1] - y - tie.start[1]
            length += (right if right > 0 else -right) + (down if down > 0 else -_UPHILL * down)
        self.cost = length + _LENGTH * (len(ties) + 1) * max(width, height * _ASPECT)

    def _placed(self) -> tuple[tuple[Point, ...], float, float]:
        shelves: list[list[int]] = [[]]
        edge = 0.0
        for number in self.order:
            width = self.sizes[number][0]
            if shelves[-1] and edge + width > self.breadth:
                shelves.append([])
                edge = 0.0
            shelves[-1].append(number)
            edge += width + self.gap[0]
        widths = [sum(self.sizes[n][0] for n in shelf) + self.gap[0] * (len(shelf) - 1) for shelf in shelves]
        widest = max(widths)
        corners: list[Point] = [(0.0, 0.0)] * len(self.sizes)
        top = 0.0
        for shelf, width in zip(shelves, widths, strict=True):
            height = max(self.sizes[n][1] for n in shelf)
            # What a shelf has to spare lies between its islands, or on both sides of one alone.
            spare = (widest - width) / (len(shelf) + 1)
            edge = spare
            for n in shelf:
                corners[n] = (edge, top + (height - self.sizes[n][1]) / 2)
                edge += self.sizes[n][0] + self.gap[0] + spare
            top += height + self.gap[1]
        return tuple(corners), widest, top - self.gap[1]

    def swapped(self, one: int, other: int) -> "_Shelved":
        order = list(self.order)
        order[one], order[other] = order[other], order[one]
        return _Shelved(self.sizes, self.ties, self.gap, tuple(order), self.breadth)

    def moved(self, one: int, other: int) -> "_Shelved":
        order = list(self.order)
        order.insert(other, order.pop(one))
        return _Shelved(self.sizes, self.ties, self.gap, tuple(order), self.breadth)


def _improved(shelved: _Shelved) -> _Shelved:
    """Return what swapping two islands, or moving one, makes better until nothing does."""
    count = len(shelved.order)
    for _ in range(_ROUNDS):
        before = shelved
        for one in range(count):
            for other in range(count):
                if one < other:
                    shelved = min(shelved, shelved.swapped(one, other), key=lambda found: found.cost)
                if one != other:
                    shelved = min(shelved, shelved.moved(one, other), key=lambda found: found.cost)
        if shelved is before:
            break
    return shelved
