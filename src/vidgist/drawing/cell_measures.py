"""How large the parts of a map are in columns and rows of a terminal. Pure."""

from collections.abc import Callable

from vidgist.drawing.canvas import NoRoom
from vidgist.drawing.graph import Shape
from vidgist.drawing.metrics import columns, wrap
from vidgist.drawing.plan import Lines, Measures, Point

CELL = 8.0
"""What the placing across, which works in pixels, takes a cell for."""

_MOST_LINES = 8
_MOST_CAPTION_LINES = 4
_LEAST_CAPTION = 11
"""Columns: most words fit."""


def measures(text_width: int, *, horizontal: bool) -> Measures:
    """Return measures for labels on lines of so many columns; those of links take three fifths of that.

    They raise `NoRoom` for a text that takes too many lines.
    """

    def box(lines: Lines, shape: Shape, docks: int) -> Point:  # noqa: ARG001
        width = max(map(columns, lines)) + 4
        height = len(lines) + 2
        return (width, max(height, docks + 2)) if horizontal else (max(width, 2 * docks + 1), height)

    def scaled(size: Callable[..., Point]) -> Callable[..., Point]:
        return lambda *facts: (size(*facts)[0] * CELL, size(*facts)[1] * CELL)

    return Measures(
        label=lambda text: _wrapped(text, text_width, _MOST_LINES),
        box=scaled(box),
        caption=lambda text: _wrapped(text, max(_LEAST_CAPTION, text_width * 3 // 5), _MOST_CAPTION_LINES),
        caption_size=scaled(lambda lines: (max(map(columns, lines), default=0), len(lines))),
        title=lambda text: (text,),
        title_width=lambda lines: (columns(lines[0]) + 4) * CELL,
        loop=0.0,
        apart=(1.25 if horizontal else 3.0) * CELL,
        lane=(1.0 if horizontal else 3.0) * CELL,
        air=(0.5 if horizontal else 1.0) * CELL,
        beside=(2 * CELL, 0.0),
        pad=(1.25 if horizontal else 2.0) * CELL,
        head=lambda lines: 0.0,  # noqa: ARG005 (it stands on the rim)
        aside=0.0,
    )


def _wrapped(text: str, width: int, most: int) -> Lines:
    """Wrap a text whole. Raises `NoRoom` where it takes more lines than ``most``."""
    lines = tuple(line for part in text.split("\n") for line in wrap(part, width, columns))
    if len(lines) > most:
        raise NoRoom
    return lines
