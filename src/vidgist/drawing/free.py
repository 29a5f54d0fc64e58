"""A part of a map whose groups are placed freely in two dimensions, for what ranks would tear apart.

Each group, and what hangs together without one, is laid out by itself as an island. Links between islands run
at right angles around foreign groups. Pure geometry in CSS pixels.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from vidgist.drawing.geometry import Geometry
from vidgist.drawing.graph import Graph, Link, Part, parts, within
from vidgist.drawing.islands import Tie, arrange
from vidgist.drawing.plan import Plan, Point
from vidgist.drawing.routing import STEP, Grid, Rect
from vidgist.drawing.shapes import (
    PIXELS,
    Caption,
    Layout,
    Wire,
    caption_lines,
    caption_size,
    title_height,
    title_width,
)

_MOST_ISLANDS = 12
_MOST_LINKS = 60
_EDGE = 3 * STEP  # around all, for lines
_LEAST_GAP = 40.0
_LANE = 5.0  # of a gap, for each link between islands
_MOST_GAP = 110.0
_TRIES = 4  # with more room for lines each
_ASPECT = 1.3  # of an island
_ASIDE = 3.0  # around a label


def lay_out_freely(graph: Graph) -> Layout | None:
    """Return the whole part; None where it has one island only or too many, or a link finds no way."""
    islands = _islands(graph)
    if not 1 < len(islands) <= _MOST_ISLANDS or len(graph.links) > _MOST_LINKS:
        return None
    pieces = [min(_drawn(island), key=_size) for island in islands]
    for attempt in range(_TRIES):
        found = _Free(graph, islands, pieces, more=1 + 0.6 * attempt).layout()
        if found is not None:
            return found
    return None


def _islands(graph: Graph) -> list[Part]:
    numbers = range(len(graph.vertices))
    grouped = [[n for n in numbers if graph.vertices[n].group == group] for group in range(len(graph.groups))]
    free = within(graph, [n for n in numbers if graph.vertices[n].group < 0])
    islands = [within(graph, members) for members in grouped]
    loose = (within(graph, [free.vertices[n] for n in part.vertices]) for part in parts(free.graph))
    return [*islands, *loose]


def _drawn(island: Part) -> Iterator[Layout]:
    for horizontal in (True, False):
        yield Geometry(Plan(island.graph, PIXELS, horizontal=horizontal)).layout()


def _size(piece: Layout) -> float:
    return max(piece.width / _ASPECT, piece.height) + 0.2 * (piece.width / _ASPECT + piece.height)


class _Free:
    def __init__(self, graph: Graph, islands: Sequence[Part], pieces: Sequence[Layout], more: float) -> None:
        self.graph = graph
        home = {n: number for number, island in enumerate(islands) for n in island.vertices}
        seats = {n: seat for island in islands for seat, n in enumerate(island.vertices)}
        self.home = home
        self.between = [link for link in graph.links if home[link.source] != home[link.target]]
        ties = []
        for link in self.between:
            ends = [_middle(pieces[home[n]], seats[n]) for n in (link.source, link.target)]
            ties.append(Tie(home[link.source], ends[0], home[link.target], ends[1]))
        gap = min(_MOST_GAP, _LEAST_GAP + _LANE * len(ties)) * more
        sizes = [(piece.width, piece.height) for piece in pieces]
        tallest = max(caption_size(caption_lines(link.label))[1] for link in self.between)
        corners = arrange(sizes, ties, (gap, max(gap, tallest + 3 * STEP)))
        self.pieces = [
            piece.moved(x + _EDGE, y + _EDGE) for piece, (x, y) in zip(pieces, corners, strict=True)
        ]
        self.width = max(x + width for (x, _), (width, _) in zip(corners, sizes, strict=True)) + 2 * _EDGE
        self.height = max(y + height for (_, y), (_, height) in zip(corners, sizes, strict=True)) + 2 * _EDGE
        boxes = {}
        frames = {}
        for island, piece in zip(islands, self.pieces, strict=True):
            for n, box in zip(island.vertices, piece.boxes, strict=True):
                boxes[n] = replace(box, group=graph.vertices[n].group)
            for frame in piece.frames:
                group = graph.vertices[island.vertices[0]].group
                frames[group] = replace(frame, group=group)
        self.boxes = [boxes[n] for n in sorted(boxes)]
        self.frames = [frames[group] for group in sorted(frames)]
        self.wires: list[Wire] = [wire for piece in self.pieces for wire in piece.wires]
        self.captions: list[Caption] = [caption for piece in self.pieces for caption in piece.captions]
        self.solid: list[Rect] = [(b.x, b.y, b.x + b.width, b.y + b.height) for b in self.boxes]
        self.solid += map(_around, self.captions)
        self.solid += [
            (f.title_x, f.y, f.title_x + title_width(f.title), f.y + title_height(f.title) + 4)
            for f in self.frames
        ]
        for piece in self.pieces:
            self.solid += [(x - 14, y - 12, x + 26, y + 26) for x, y in (loop.at for loop in piece.loops)]

    def layout(self) -> Layout | None:
        grid = Grid(self.width, self.height)
        for rect in self.solid:
            grid.shut_off(rect)
        for frame in self.frames:
            rect = (frame.x, frame.y, frame.x + frame.width, frame.y + frame.height)
            grid.enclose(frame.group, rect)
        runs: list[tuple[Point, ...]] = []
        for wire in self.wires:
            for stroke in wire.strokes:
                runs.append(stroke)
                grid.occupy(stroke)
        # Labels need room, so lines with one come first, and short ones among them.
        for link in sorted(self.between, key=lambda link: (not link.label, self._far(link))):
            source, target = self.boxes[link.source], self.boxes[link.target]
            zones = frozenset((-1, source.group, target.group))
            points = grid.route(source, target, zones)
            if points is None:
                return None
            lines = caption_lines(link.label)
            strokes: tuple[tuple[Point, ...], ...] = (points,)
            if lines:
                seat = self._seat(points, caption_size(lines), runs)
                if seat is None:
                    return None
                caption, strokes = _parted(points, seat, lines)
                self.captions.append(caption)
                rect = _around(caption)
                self.solid.append(rect)
                grid.shut_off(rect)
            grid.occupy(points)
            runs.append(points)
            self.wires.append(_wire(strokes))
        return self._trimmed(runs)

    def _far(self, link: Link) -> float:
        one, other = self.boxes[link.source], self.boxes[link.target]
        return abs(one.x - other.x) + abs(one.y - other.y)

    def _seat(
        self, points: Sequence[Point], size: Point, runs: Sequence[Sequence[Point]]
    ) -> tuple[int, Point] | None:
        """Return the piece of a line whose label has room, and the label's middle: near the line's middle."""
        length = sum(abs(x - to_x) + abs(y - to_y) for (x, y), (to_x, to_y) in pairwise(points))
        found: list[tuple[float, int, Point]] = []
        at = 0.0
        for number, ((x, y), (to_x, to_y)) in enumerate(pairwise(points)):
            run = abs(x - to_x) + abs(y - to_y)
            half = size[0] / 2 if y == to_y else size[1] / 2
            # What is left of the piece on both sides says that the label is on the line; arrows need more.
            first = half + (STEP if number else 1.5 * STEP)
            last = run - half - (STEP if number < len(points) - 2 else 1.8 * STEP)
            steps = int((last - first) // (STEP / 2)) if last >= first else -1
            for step in range(steps + 1):
                share = (first + step * STEP / 2) / run
                middle = (x + (to_x - x) * share, y + (to_y - y) * share)
                far = abs(at + run * share - length / 2) + (0.0 if y == to_y else 2 * STEP)
                found.append((far, number, middle))
            at += run
        for _, number, (x, y) in sorted(found):
            half_x, half_y = size[0] / 2 + _ASIDE, size[1] / 2 + 1
            rect = (x - half_x, y - half_y, x + half_x, y + half_y)
            if any(_meet(rect, other) for other in self.solid):
                continue
            if any(_crosses(run, rect) for run in runs):
                continue
            if any(_crosses(piece, rect) for place, piece in enumerate(pairwise(points)) if place != number):
                continue
            return number, (x, y)
        return None

    def _trimmed(self, runs: Sequence[Sequence[Point]]) -> Layout:
        """Return all of it, without the room at its edges that no line needed."""
        rects = [*self.solid, *((f.x, f.y, f.x + f.width, f.y + f.height) for f in self.frames)]
        rects += [(x - 2, y - 2, x + 2, y + 2) for run in runs for x, y in run]
        left, top = min(rect[0] for rect in rects), min(rect[1] for rect in rects)
        right, bottom = max(rect[2] for rect in rects), max(rect[3] for rect in rects)
        whole = Layout(
            right - left,
            bottom - top,
            self.graph,
            tuple(self.boxes),
            tuple(self.frames),
            tuple(self.wires),
            tuple(loop for piece in self.pieces for loop in piece.loops),
            tuple(self.captions),
        )
        return whole.moved(-left, -top)


def _middle(piece: Layout, seat: int) -> Point:
    box = piece.boxes[seat]
    return box.x + box.width / 2, box.y + box.height / 2


def _around(caption: Caption) -> Rect:
    width, height = caption_size(caption.lines)
    return (
        caption.x - width / 2,
        caption.y - height / 2,
        caption.x + width / 2,
        caption.y + height / 2,
    )


def _meet(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _crosses(points: Sequence[Point], rect: Rect) -> bool:
    return any(
        _meet((min(x, to_x), min(y, to_y), max(x, to_x) + 0.1, max(y, to_y) + 0.1), rect)
        for (x, y), (to_x, to_y) in pairwise(points)
    )


def _parted(
    points: Sequence[Point], seat: tuple[int, Point], lines: tuple[str, ...]
) -> tuple[Caption, tuple[tuple[Point, ...], ...]]:
    """Return the label in its place, and the line before it and behind it."""
    number, (x, y) = seat
    (from_x, from_y), (to_x, to_y) = points[number], points[number + 1]
    width, height = caption_size(lines)
    if from_y == to_y:
        half = (width / 2 + _ASIDE) * (1 if to_x > from_x else -1)
        before, behind = (x - half, y), (x + half, y)
    else:
        half = (height / 2 + 1) * (1 if to_y > from_y else -1)
        before, behind = (x, y - half), (x, y + half)
    return Caption(x, y, lines), ((*points[: number + 1], before), (behind, *points[number + 1 :]))


def _wire(strokes: tuple[tuple[Point, ...], ...]) -> Wire:
    (x, y), tip = strokes[-1][-2:]
    horizontal = y == tip[1]
    return Wire(strokes, tip, horizontal, tip[0] < x if horizontal else tip[1] < y, square=True)
