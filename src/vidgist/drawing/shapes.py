"""What a laid-out map consists of, and how large its texts make things. In CSS pixels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from vidgist.drawing.graph import Graph, Shape
from vidgist.drawing.metrics import FONT, SMALL, ems, wrap
from vidgist.drawing.plan import Measures, Point

LINE = 19.0
SMALL_LINE = 15.0
LEVEL = 0.05  # a smaller climb is none
_TEXT_WIDTH = 12.6  # ems, about 22 letters
_MOST_LINES = 12
_MOST_CAPTION_LINES = 4
_ROUND = 20.0


@dataclass(frozen=True, slots=True)
class Box:
    """A node: its frame, and its label as it stands on lines. ``group`` is -1 for none."""

    x: float
    y: float
    width: float
    height: float
    shape: Shape
    lines: tuple[str, ...]
    label: str
    group: int


@dataclass(frozen=True, slots=True)
class Caption:
    """Text of a link around its centre."""

    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wire:
    """A link. Points of a stroke are joined by straight lines where level, else by curves along the ranks.

    ``tip`` is where the arrow ends. Ranks run along the x axis where ``horizontal``, else along the y axis;
    the arrow points to where the coordinates of that axis grow, or ``back``. One that is ``square`` turns at
    right angles, and its axis is that of its last piece.
    """

    strokes: tuple[tuple[Point, ...], ...]
    tip: Point
    horizontal: bool
    back: bool
    square: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Around group number ``group``. Its title stands at the top; ``title_x`` is the title's left edge."""

    x: float
    y: float
    width: float
    height: float
    title: tuple[str, ...]
    title_x: float
    group: int


@dataclass(frozen=True, slots=True)
class Loop:
    """A link of a node to itself, at its far side across the ranks."""

    at: Point
    horizontal: bool


@dataclass(frozen=True, slots=True)
class Layout:
    width: float
    height: float
    graph: Graph
    boxes: tuple[Box, ...]
    frames: tuple[Frame, ...]
    wires: tuple[Wire, ...]
    loops: tuple[Loop, ...]
    captions: tuple[Caption, ...]

    def moved(self, right: float, down: float) -> "Layout":
        """Return the same elsewhere."""

        def shift(point: Point) -> Point:
            return point[0] + right, point[1] + down

        return replace(
            self,
            boxes=tuple(replace(box, x=box.x + right, y=box.y + down) for box in self.boxes),
            frames=tuple(
                replace(frame, x=frame.x + right, y=frame.y + down, title_x=frame.title_x + right)
                for frame in self.frames
            ),
            wires=tuple(
                replace(
                    wire,
                    strokes=tuple(tuple(map(shift, stroke)) for stroke in wire.strokes),
                    tip=shift(wire.tip),
                )
                for wire in self.wires
            ),
            loops=tuple(replace(loop, at=shift(loop.at)) for loop in self.loops),
            captions=tuple(replace(one, x=one.x + right, y=one.y + down) for one in self.captions),
        )


def label_lines(label: str) -> tuple[str, ...]:
    """Return a node's label on lines; a long one on wider lines; the end of a very long one falls away."""
    lines = wrap(label, _TEXT_WIDTH, ems)
    if len(lines) > 4:  # noqa: PLR2004
        lines = wrap(label, _TEXT_WIDTH * 1.6, ems)
    return lines if len(lines) <= _MOST_LINES else (*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1] + "…")


def caption_lines(label: str) -> tuple[str, ...]:
    """Return a link's label on lines, cut like `label_lines`; no lines for none."""
    lines = wrap(label, 11.0, ems)
    return (
        lines
        if len(lines) <= _MOST_CAPTION_LINES
        else (*lines[: _MOST_CAPTION_LINES - 1], lines[_MOST_CAPTION_LINES - 1] + "…")
    )


def title_lines(label: str) -> tuple[str, ...]:
    """Return a group's title on one or two lines."""
    lines = wrap(label, 18.0, ems)
    return lines if len(lines) <= 2 else (lines[0], lines[1] + "…")  # noqa: PLR2004


def title_width(lines: Sequence[str]) -> float:
    return max(map(ems, lines)) * SMALL * 1.12


def title_height(lines: Sequence[str]) -> float:
    return 18.0 * len(lines)


def caption_size(lines: Sequence[str]) -> Point:
    """Return width and height; nothing for no lines."""
    return max(map(ems, lines), default=0.0) * SMALL, len(lines) * SMALL_LINE


def box_size(lines: Sequence[str], shape: Shape) -> Point:
    """Return width and height of a node around its lines."""
    width = max(map(ems, lines)) * FONT + 28
    height = len(lines) * LINE + 18
    if shape == "decision":
        width += 2 * slant(height)
    elif shape == "round":
        width += corner(height)
    return max(width, 56.0), height


def slant(height: float) -> float:
    """Return how far the side corners of a decision stand out."""
    return min(height / 2, 22.0)


def corner(height: float) -> float:
    """Return the radius of a round node's corners."""
    return min(height / 2, _ROUND)


def inset(box: Box, offset: float, *, horizontal: bool) -> float:
    """Return how far the outline lies within the frame on a side that lines dock at, ``offset`` from its
    middle.
    """
    half = (box.height if horizontal else box.width) / 2
    if box.shape == "round":
        radius = corner(box.height)
        over = max(0.0, abs(offset) - (half - radius))
        return radius - sqrt(max(0.0, radius * radius - over * over))
    if box.shape == "decision" and horizontal:
        return slant(box.height) * abs(offset) / half
    return 0.0


def docking_room(box: Box, *, horizontal: bool) -> float:
    """Return how much of that side lines may dock on."""
    if horizontal:
        return box.height * (0.7 if box.shape == "box" else 0.5)
    return box.width * 0.7 if box.shape != "decision" else box.width - 2 * slant(box.height) - 8


LOOP = 24.0
PAD = 14.0
PIXELS = Measures(
    label=label_lines,
    box=lambda lines, shape, docks: box_size(lines, shape),  # noqa: ARG005 (they move closer together)
    caption=caption_lines,
    caption_size=caption_size,
    title=title_lines,
    title_width=title_width,
    loop=LOOP,
    apart=22.0,
    lane=14.0,
    air=6.0,
    beside=(14.0, 4.0),
    pad=PAD,
    head=title_height,
    aside=1.1,
)
