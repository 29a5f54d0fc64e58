"""A sheet of terminal cells: lines that know where they lead, texts over them. Pure.

Lines of different links may cross, and there one runs on upright; they may not lie on one another.
"""

from collections.abc import Iterator
from enum import IntFlag
from itertools import pairwise

from vidgist.drawing.metrics import clusters, columns

Cell = tuple[int, int]
"""Row and column, from 0."""


class Way(IntFlag):
    NORTH = 1
    EAST = 2
    SOUTH = 4
    WEST = 8


_WAYS = {
    (1, 0): (Way.SOUTH, Way.NORTH),
    (-1, 0): (Way.NORTH, Way.SOUTH),
    (0, 1): (Way.EAST, Way.WEST),
    (0, -1): (Way.WEST, Way.EAST),
    (0, 0): (Way(0), Way(0)),
}
"""By steps down and to the right: ahead and behind."""

_UPRIGHT = Way.NORTH | Way.SOUTH
_LEVEL = Way.EAST | Way.WEST
_LINES = " │─└││┌├─┘─┴┐┤┬┼"
"""By the sum of the ways; what leads one way only is drawn in full."""

FRAME = -1
"""The link number of what is no link: a group's frame, which links may cross as they like."""

_FRAMES = " ┊┄╰┊┊╭├┄╯┄┴╮┤┬┼"


class NoRoom(Exception):
    """Something would lie on something else, or a text takes more lines than a drawing has."""


class Canvas:
    def __init__(self) -> None:
        self._ink: dict[Cell, dict[int, Way]] = {}
        self._text: dict[Cell, str] = {}
        self._docks: set[Cell] = set()

    def line(self, link: int, *corners: Cell) -> None:
        """Draw a line through all corners; neighbours share their row or their column."""
        for start, end in pairwise(corners):
            down, right = _sign(end[0] - start[0]), _sign(end[1] - start[1])
            ahead, behind = _WAYS[down, right]
            cell = start
            while cell != end:
                self._add(cell, link, ahead)
                cell = cell[0] + down, cell[1] + right
                self._add(cell, link, behind)

    def lead(self, link: int, cell: Cell, way: Way) -> None:
        """Lead the line on, to a text beside it."""
        self._add(cell, link, way)

    def _add(self, cell: Cell, link: int, way: Way) -> None:
        ways = self._ink.setdefault(cell, {})
        ways[link] = ways.get(link, Way(0)) | way

    def frame(self, top: int, left: int, bottom: int, right: int) -> None:
        self.line(FRAME, (top, left), (top, right), (bottom, right), (bottom, left), (top, left))

    def write(self, row: int, column: int, text: str) -> None:
        """Write a text. Raises `NoRoom` where something is written already."""
        for cell, cluster in _cells(row, column, text):
            if cell in self._text:
                raise NoRoom
            self._text[cell] = cluster

    def dock(self, row: int, column: int, mark: str) -> None:
        """Draw the end of a line: an arrowhead, or a mark on the rim of a box that is drawn already."""
        self._text[row, column] = mark
        self._docks.add((row, column))

    def title(self, corners: tuple[int, int, int, int], text: str) -> None:
        """Write a title on a frame's upper rim, or its lower one, where no link crosses it; else links
        pass behind it.
        """
        top, left, bottom, right = corners
        places = [
            (row, column)
            for row in (top, bottom)
            for column in (*range(left + 2, right - columns(text)), left + 1)
            if not any(
                link != FRAME
                for beside in range(columns(text))
                for link in self._ink.get((row, column + beside), ())
            )
        ]
        row, column = places[0] if places else (top, left + 2)
        for cell, cluster in _cells(row, column, text):
            self._ink.pop(cell, None)
            self._text[cell] = cluster

    def lines(self) -> list[str]:
        """Return the rows. Raises `NoRoom` where a line runs through a text or along another link's line."""
        rows = 1 + max((row for row, _ in (*self._ink, *self._text)), default=-1)
        breadths = [0] * rows
        for row, column in (*self._ink, *self._text):
            breadths[row] = max(breadths[row], column + 1)
        return [
            "".join(self._shown((row, column)) for column in range(breadths[row])).rstrip()
            for row in range(rows)
        ]

    def _shown(self, cell: Cell) -> str:
        ways = self._ink.get(cell, {})
        text = self._text.get(cell)
        links = {link: way for link, way in ways.items() if link != FRAME}
        if text is not None:
            if links and cell not in self._docks:
                raise NoRoom
            return text
        if len(links) > 1:
            if len(links) == 2 and set(links.values()) == {_UPRIGHT, _LEVEL}:  # noqa: PLR2004
                return "│"
            raise NoRoom
        for way in links.values():
            return _LINES[way]
        return _FRAMES[ways.get(FRAME, 0)]


def _cells(row: int, column: int, text: str) -> Iterator[tuple[Cell, str]]:
    """Yield the clusters of a text with the cells they begin in; a wide one covers a further, empty cell."""
    for cluster in filter(columns, clusters(text)):
        yield (row, column), cluster
        for further in range(1, columns(cluster)):
            yield (row, column + further), ""
        column += columns(cluster)


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)
