"""A plan in CSS pixels: every rank, box, line, frame and title in its place."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from vidgist.drawing.plan import Path, Plan, Point
from vidgist.drawing.shapes import (
    LEVEL,
    LOOP,
    PAD,
    Box,
    Caption,
    Frame,
    Layout,
    Loop,
    Wire,
    caption_size,
    docking_room,
    inset,
    title_height,
    title_width,
)

_PORT = 12.0  # between lines that dock at the same side
_TITLE = 12.0  # a title from the frame's side
_CLEAR = 4.0  # around a title
_SAMPLES = 24  # of a curve


class Geometry:
    """One part of a map; its bounds begin at 0."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.horizontal = plan.horizontal
        self.gap = 26.0 if plan.has_captions else 40.0
        self.levels, self.groups = self._place_across()
        self.begin, self.end, self.length = self._place_along()

    def _place_across(self) -> tuple[tuple[float, ...], tuple[tuple[float, float], ...]]:
        """Return levels of the bodies; begin and size of the groups."""
        placed = self.plan.across()
        pairs = zip(placed.bodies, self.plan.bodies, strict=True)
        edges = [at - (b.size - b.extra) / 2 for at, b in pairs]
        edges += [centre - size / 2 for centre, size in placed.groups]
        shift = -min(edges, default=0.0)
        levels = tuple(at + shift for at in placed.bodies)
        return levels, tuple((centre - size / 2 + shift, size) for centre, size in placed.groups)

    def _place_along(self) -> tuple[list[float], list[float], float]:
        """Return begin and end of each rank, and the length of all."""
        wide = list(self.plan.wide)
        depth = len(wide)
        self.lead = [0.0] * depth
        self.trail = [0.0] * depth
        for (first, last), title in zip(self.plan.spans, self.plan.titles, strict=True):
            head = 0.0 if self.horizontal else title_height(title)
            self.lead[first] = max(self.lead[first], PAD + head)
            self.trail[last] = PAD
            if self.horizontal:
                within = sum(wide[first : last + 1]) + self.gap * (last - first)
                wide[first] += max(0.0, title_width(title) - within)
        steep = [0.0] * depth
        for joint in self.plan.joints:
            climb = abs(self.levels[joint.low] - self.levels[joint.high])
            steep[joint.rank] = max(steep[joint.rank], climb)
        begin: list[float] = []
        end: list[float] = []
        at = 0.0
        for level in range(depth):
            if level:
                at += self.gap + min(steep[level - 1] * 0.12, 50.0) + self.trail[level - 1]
            at += self.lead[level]
            begin.append(at)
            at += wide[level]
            end.append(at)
        return begin, end, at + (self.trail[-1] if depth else 0.0)

    def layout(self) -> Layout:
        boxes = tuple(self._box(number) for number in range(len(self.plan.graph.vertices)))
        wires = self._wires(boxes)
        frames = tuple(self._frame(group, wires) for group in range(len(self.plan.graph.groups)))
        captions = [
            Caption(*self.plan.turn((self._middle(stop.rank), self.levels[stop.body])), stop.lines)
            for path in self.plan.paths
            for stop in path.stops
            if stop.lines
        ]
        loops: list[Loop] = []
        for vertex, lines in self.plan.loops.items():
            box = boxes[vertex]
            middle = (box.x + box.width / 2, box.y + box.height / 2)
            along, across = self.plan.turn(middle)
            across += self.plan.turn((box.width, box.height))[1] / 2
            loops.append(Loop(self.plan.turn((along, across)), self.horizontal))
            if lines:
                across += LOOP - 2 + self.plan.turn(caption_size(lines))[1] / 2
                captions.append(Caption(*self.plan.turn((along, across)), lines))
        far = [at + (b.size + b.extra) / 2 for at, b in zip(self.levels, self.plan.bodies, strict=True)]
        far += [begin + size for begin, size in self.groups]
        width, height = self.plan.turn((self.length, max(far, default=0.0)))
        return Layout(width, height, self.plan.graph, boxes, frames, wires, tuple(loops), tuple(captions))

    def _middle(self, level: int) -> float:
        return (self.begin[level] + self.end[level]) / 2

    def _entry(self, level: int) -> float:
        """Return where lines are level before a rank: before titles, where these lie in their way."""
        return self.begin[level] - (0.0 if self.horizontal else self.lead[level])

    def _box(self, number: int) -> Box:
        vertex = self.plan.graph.vertices[number]
        x, y = self.plan.turn((self._middle(self.plan.rank[number]), self.levels[number]))
        width, height = self.plan.sizes[number]
        lines = self.plan.texts[number]
        return Box(
            x - width / 2, y - height / 2, width, height, vertex.shape, lines, vertex.label, vertex.group
        )

    def _frame(self, group: int, wires: Sequence[Wire]) -> Frame:
        first, last = self.plan.spans[group]
        lead = PAD + (0.0 if self.horizontal else title_height(self.plan.titles[group]))
        begin, end = self.begin[first] - lead, self.end[last] + self.trail[last]
        x, y = self.plan.turn((begin, self.groups[group][0]))
        width, height = self.plan.turn((end - begin, self.groups[group][1]))
        title = self.plan.titles[group]
        room = width - 2 * _TITLE - title_width(title)
        offset = _clear(wires, (x + _TITLE, y, title_width(title), PAD / 2 + title_height(title)), room)
        return Frame(x, y, width, height, title, x + _TITLE + offset, group)

    def _wires(self, boxes: Sequence[Box]) -> tuple[Wire, ...]:
        out: list[list[tuple[float, int]]] = [[] for _ in boxes]
        into: list[list[tuple[float, int]]] = [[] for _ in boxes]
        for number, path in enumerate(self.plan.paths):
            bodies = [path.low, *(stop.body for stop in path.stops), path.high]
            out[path.low].append((self.levels[bodies[1]], number))
            into[path.high].append((self.levels[bodies[-2]], number))
        leave, enter = self._ports(boxes, out), self._ports(boxes, into)
        return tuple(self._wire(boxes, path, leave[n], enter[n]) for n, path in enumerate(self.plan.paths))

    def _ports(self, boxes: Sequence[Box], lines: Sequence[list[tuple[float, int]]]) -> dict[int, float]:
        """Return offsets from the node's centre at which its lines dock, in the order of where they go."""
        ports: dict[int, float] = {}
        for box, ends in zip(boxes, lines, strict=True):
            apart = min(_PORT, docking_room(box, horizontal=self.horizontal) / max(1, len(ends) - 1))
            for position, (_, number) in enumerate(sorted(ends)):
                ports[number] = (position - (len(ends) - 1) / 2) * apart
        return ports

    def _wire(self, boxes: Sequence[Box], path: Path, leave: float, enter: float) -> Wire:
        low, high = boxes[path.low], boxes[path.high]
        first, last = self.plan.rank[path.low], self.plan.rank[path.high]
        level = self.levels[path.low] + leave
        half = self.plan.turn(self.plan.sizes[path.low])[0] / 2
        start = self._middle(first) + half - inset(low, leave, horizontal=self.horizontal)
        strokes: list[list[Point]] = [[(start, level), (self.end[first], level)]]
        for stop in path.stops:
            level = self.levels[stop.body]
            strokes[-1].append((self._entry(stop.rank), level))
            if stop.lines:
                room = self.plan.turn(caption_size(stop.lines))[0] / 2 + 5
                strokes[-1].append((self._middle(stop.rank) - room, level))
                strokes.append([(self._middle(stop.rank) + room, level)])
            strokes[-1].append((self.end[stop.rank], level))
        level = self.levels[path.high] + enter
        half = self.plan.turn(self.plan.sizes[path.high])[0] / 2
        stop_at = self._middle(last) - half + inset(high, enter, horizontal=self.horizontal)
        strokes[-1] += [(self._entry(last), level), (stop_at, level)]
        tip = (stop_at, level) if path.forward else strokes[0][0]
        placed = tuple(tuple(map(self.plan.turn, _plain(stroke))) for stroke in strokes)
        return Wire(placed, self.plan.turn(tip), self.horizontal, not path.forward)


def _clear(wires: Sequence[Wire], title: tuple[float, float, float, float], room: float) -> float:
    """Return how far to the right a title (x, y, width, height) is clear of all
    lines; 0 where it nowhere is.
    """
    x, y, width, height = title
    near = (piece for wire in wires for piece in _between(wire, y, y + height))
    taken = sorted(at - x for piece in near for at, level in _along(*piece) if y <= level <= y + height)
    offset = 0.0
    for at in taken:
        if offset - _CLEAR < at < offset + width + _CLEAR:
            offset = at + _CLEAR
    return offset if offset <= room else 0.0


def _between(wire: Wire, top: float, bottom: float) -> Iterator[tuple[Point, Point, bool]]:
    """Yield the ends of the pieces of a line that come between two heights, and the way of its ranks."""
    for stroke in wire.strokes:
        for start, end in pairwise(stroke):
            if min(start[1], end[1]) <= bottom and max(start[1], end[1]) >= top:
                yield start, end, wire.horizontal


def _along(start: Point, end: Point, horizontal: bool) -> Iterator[Point]:
    """Return points of a piece of a line, close enough together that none jumps over a title."""
    (x, y), (to_x, to_y) = start, end
    for step in range(_SAMPLES + 1):
        share = step / _SAMPLES
        # The cubic of `vector`, whose control points lie level with its ends.
        slow = share * share * (3 - 2 * share)
        fast = (1.5 * share * (1 - share)) + share**3 if x != to_x and y != to_y else share
        along, across = (fast, slow) if horizontal else (slow, fast)
        yield x + (to_x - x) * along, y + (to_y - y) * across


def _plain(stroke: Sequence[Point]) -> list[Point]:
    """Drop points that change nothing: doubles, and those within a level run."""
    kept: list[Point] = []
    for point in stroke:
        if kept and abs(kept[-1][0] - point[0]) < LEVEL and abs(kept[-1][1] - point[1]) < LEVEL:
            continue
        if len(kept) > 1 and max(abs(earlier[1] - point[1]) for earlier in kept[-2:]) < LEVEL:
            kept.pop()
        kept.append(point)
    return kept
