"""Rectangles side by side and below one another, within a breadth. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

Size = tuple[float, float]


@dataclass(slots=True)
class _Column:
    x: float
    width: float
    bottom: float


@dataclass(slots=True)
class _Shelf:
    y: float
    height: float
    columns: list[_Column] = field(default_factory=list)

    def place(self, size: Size, breadth: float, gap: Size) -> Size | None:
        """Place it below what stands in a column, or in a new one; None where there is no room."""
        width, height = size
        for column in self.columns:
            if width <= column.width and column.bottom + gap[1] + height <= self.y + self.height:
                spot = (column.x, column.bottom + gap[1])
                column.bottom += gap[1] + height
                return spot
        x = self.columns[-1].x + self.columns[-1].width + gap[0] if self.columns else 0.0
        if height > self.height or (self.columns and x + width > breadth):
            return None
        self.columns.append(_Column(x, width, self.y + height))
        return x, self.y


def pack(sizes: Sequence[Size], breadth: float, gap: Size) -> tuple[Size, ...]:
    """Return the corner of each rectangle, the tallest first on shelves; one wider than ``breadth`` stands
    alone.
    """
    shelves: list[_Shelf] = []
    corners: dict[int, Size] = {}
    for number in sorted(range(len(sizes)), key=lambda n: -sizes[n][1]):
        spots = (shelf.place(sizes[number], breadth, gap) for shelf in shelves)
        spot = next((found for found in spots if found), None)
        if spot is None:
            below = shelves[-1].y + shelves[-1].height + gap[1] if shelves else 0.0
            shelves.append(_Shelf(below, sizes[number][1]))
            spot = shelves[-1].place(sizes[number], breadth, gap)
            assert spot is not None
        corners[number] = spot
    return tuple(corners[number] for number in range(len(sizes)))
