"""Where everything of a map stands: boxes, lines, labels, arrowheads. Pure geometry in CSS pixels.

Layered, after Sugiyama: ranks along the map's direction, long links led through straight lanes of their own,
link labels in ranks of their own, so that nothing lies on anything. "Along" runs with the ranks, "across"
at right angles to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from vidgist.drawing.across import APART, Body, Enclosure, Joint, place
from vidgist.drawing.graph import Graph, Ranks, rank, resolve
from vidgist.drawing.shapes import (
    LEVEL,
    Box,
    Caption,
    Frame,
    Layout,
    Loop,
    Point,
    Wire,
    box_size,
    caption_lines,
    caption_size,
    docking_room,
    inset,
    label_lines,
    title_lines,
    title_width,
)
from vidgist.models import ConceptMap

_MARGIN = 20.0
_LANE = 14.0  # of a passing line
_PAD = 14.0  # inside a group's frame
_TITLE_LINE = 18.0
_LOOP = 24.0
_PORT = 12.0  # between lines that dock at the same side


@dataclass(frozen=True, slots=True)
class _Stop:
    """What a link passes in a rank: its level across, its label if that is here."""

    rank: int
    body: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Path:
    """A link from the lower rank to the higher one, whichever way its arrow points."""

    low: int
    high: int
    stops: tuple[_Stop, ...]
    forward: bool


def lay_out(concept_map: ConceptMap) -> Layout:
    """The same map always gets the same layout."""
    return _Plan(resolve(concept_map), horizontal=concept_map.direction == "LR").finish()


class _Plan:
    def __init__(self, graph: Graph, *, horizontal: bool) -> None:
        self.graph = graph
        self.horizontal = horizontal
        ranks = rank(graph)
        step = 2 if any(link.label and link.source != link.target for link in graph.links) else 1
        self.gap = 26.0 if step > 1 else 40.0
        self.rank = [value * step for value in ranks.rank]
        self.texts = [label_lines(vertex.label) for vertex in graph.vertices]
        self.titles = [title_lines(title) for title in graph.groups]
        self.loops = self._loop_captions()
        self.sizes = [
            box_size(text, vertex.shape) for text, vertex in zip(self.texts, graph.vertices, strict=True)
        ]
        self.spans = [self._span(group) for group in range(len(graph.groups))]
        self.bodies = [self._node_body(number) for number in range(len(graph.vertices))]
        self.joints: list[Joint] = []
        self.wide = [0.0] * (max(self.rank, default=-1) + 1)  # along, of each rank
        for number, size in enumerate(self.sizes):
            loop = caption_size(self.loops.get(number, ()))[0] if horizontal else 0.0
            self.wide[self.rank[number]] = max(self.wide[self.rank[number]], self._turn(size)[0], loop)
        self.paths = [
            self._path(ranks, number) for number, link in enumerate(graph.links) if link.source != link.target
        ]
        self.levels, self.groups = self._place_across()
        self.begin, self.end, self.length = self._place_along()

    def _turn(self, pair: Point) -> Point:
        """From x and y to along and across, or back."""
        return pair if self.horizontal else (pair[1], pair[0])

    def _loop_captions(self) -> dict[int, tuple[str, ...]]:
        labels: dict[int, list[str]] = {}
        for link in self.graph.links:
            if link.source == link.target:
                labels.setdefault(link.source, []).append(link.label)
        return {vertex: caption_lines(" / ".join(filter(None, own))) for vertex, own in labels.items()}

    def _span(self, group: int) -> tuple[int, int]:
        ranks = [self.rank[n] for n, vertex in enumerate(self.graph.vertices) if vertex.group == group]
        return min(ranks), max(ranks)

    def _node_body(self, number: int) -> Body:
        extra = 0.0
        if number in self.loops:
            extra = _LOOP + self._turn(caption_size(self.loops[number]))[1]
        level = self.rank[number]
        size = self._turn(self.sizes[number])[1] + extra
        return Body(level, level, size, extra, APART, self.graph.vertices[number].group)

    def _path(self, ranks: Ranks, number: int) -> _Path:
        """The way of a link; its lanes are made here, one for each group it passes and one outside."""
        link = self.graph.links[number]
        forward = number not in ranks.backward
        low, high = (link.source, link.target) if forward else (link.target, link.source)
        first, last = self.rank[low], self.rank[high]
        caption = caption_lines(link.label)
        where = (first + 1 if forward else last - 1) if caption else -1  # beside the source
        size = caption_size(caption)
        along, across = self._turn((size[0] + 14, size[1] + 4))
        stops: list[_Stop] = []
        lanes: list[tuple[int, int, int]] = []  # group, first and last rank
        for level in range(first + 1, last):
            group = self._group_at(level, low, high)
            if lanes and lanes[-1][0] == group:
                lanes[-1] = (group, lanes[-1][1], level)
            else:
                lanes.append((group, level, level))
            body = len(self.bodies) + len(lanes) - 1
            stops.append(_Stop(level, body, caption if level == where else ()))
            if level == where:
                self.wide[level] = max(self.wide[level], along)
        before = low
        for group, begin, end in lanes:
            breadth = across if begin <= where <= end else 0.0
            self.joints.append(Joint(begin - 1, before, len(self.bodies), 2.0))
            before = len(self.bodies)
            self.bodies.append(Body(begin, end, max(breadth, _LANE), 0.0, 6.0 if breadth else 0.0, group))
        self.joints.append(Joint(last - 1, before, high, 2.0 if lanes else 1.0))
        return _Path(low, high, tuple(stops), forward)

    def _group_at(self, level: int, *ends: int) -> int:
        """The group of an end that has this rank: links leave a group by the side, not by the floor."""
        for end in ends:
            group = self.graph.vertices[end].group
            if group >= 0 and self.spans[group][0] <= level <= self.spans[group][1]:
                return group
        return -1

    def _place_across(self) -> tuple[tuple[float, ...], tuple[tuple[float, float], ...]]:
        """Levels of the bodies; begin and size of the groups."""
        enclosures: list[Enclosure] = []
        for (first, last), title in zip(self.spans, self.titles, strict=True):
            head = _TITLE_LINE * len(title) if self.horizontal else 0.0
            least = 0.0 if self.horizontal else title_width(title) + 2 * _PAD
            enclosures.append(Enclosure(first, last, head, least, _PAD))
        placed = place(self.bodies, self.joints, enclosures)
        pairs = zip(placed.bodies, self.bodies, strict=True)
        edges = [at - (b.size - b.extra) / 2 for at, b in pairs]
        edges += [centre - size / 2 for centre, size in placed.groups]
        shift = _MARGIN - min(edges, default=0.0)
        levels = tuple(at + shift for at in placed.bodies)
        return levels, tuple((centre - size / 2 + shift, size) for centre, size in placed.groups)

    def _place_along(self) -> tuple[list[float], list[float], float]:
        """Begin and end of each rank, and the length of all."""
        depth = len(self.wide)
        self.lead = [0.0] * depth
        self.trail = [0.0] * depth
        for (first, last), title in zip(self.spans, self.titles, strict=True):
            head = 0.0 if self.horizontal else _TITLE_LINE * len(title)
            self.lead[first] = max(self.lead[first], _PAD + head)
            self.trail[last] = _PAD
            if self.horizontal:
                within = sum(self.wide[first : last + 1]) + self.gap * (last - first)
                self.wide[first] += max(0.0, title_width(title) - within)
        steep = [0.0] * depth
        for joint in self.joints:
            climb = abs(self.levels[joint.low] - self.levels[joint.high])
            steep[joint.rank] = max(steep[joint.rank], climb)
        begin: list[float] = []
        end: list[float] = []
        at = _MARGIN
        for level in range(depth):
            if level:
                at += self.gap + min(steep[level - 1] * 0.12, 50.0) + self.trail[level - 1]
            at += self.lead[level]
            begin.append(at)
            at += self.wide[level]
            end.append(at)
        return begin, end, at + (self.trail[-1] if depth else 0.0) + _MARGIN

    def finish(self) -> Layout:
        boxes = tuple(self._box(number) for number in range(len(self.graph.vertices)))
        frames = tuple(self._frame(group) for group in range(len(self.graph.groups)))
        captions = [
            Caption(*self._turn((self._middle(stop.rank), self.levels[stop.body])), stop.lines)
            for path in self.paths
            for stop in path.stops
            if stop.lines
        ]
        loops: list[Loop] = []
        for vertex, lines in self.loops.items():
            box = boxes[vertex]
            middle = (box.x + box.width / 2, box.y + box.height / 2)
            along, across = self._turn(middle)
            across += self._turn((box.width, box.height))[1] / 2
            loops.append(Loop(self._turn((along, across))))
            if lines:
                across += _LOOP - 2 + self._turn(caption_size(lines))[1] / 2
                captions.append(Caption(*self._turn((along, across)), lines))
        far = [at + (b.size + b.extra) / 2 for at, b in zip(self.levels, self.bodies, strict=True)]
        far += [begin + size for begin, size in self.groups]
        width, height = self._turn((self.length, max(far, default=_MARGIN) + _MARGIN))
        wires = self._wires(boxes)
        return Layout(
            width, height, self.horizontal, self.graph, boxes, frames, wires, tuple(loops), tuple(captions)
        )

    def _middle(self, level: int) -> float:
        return (self.begin[level] + self.end[level]) / 2

    def _entry(self, level: int) -> float:
        """Where lines are level before a rank: before titles, where these lie in their way."""
        return self.begin[level] - (0.0 if self.horizontal else self.lead[level])

    def _box(self, number: int) -> Box:
        vertex = self.graph.vertices[number]
        x, y = self._turn((self._middle(self.rank[number]), self.levels[number]))
        width, height = self.sizes[number]
        lines = self.texts[number]
        return Box(
            x - width / 2, y - height / 2, width, height, vertex.shape, lines, vertex.label, vertex.group
        )

    def _frame(self, group: int) -> Frame:
        first, last = self.spans[group]
        lead = _PAD + (0.0 if self.horizontal else _TITLE_LINE * len(self.titles[group]))
        begin, end = self.begin[first] - lead, self.end[last] + self.trail[last]
        x, y = self._turn((begin, self.groups[group][0]))
        width, height = self._turn((end - begin, self.groups[group][1]))
        return Frame(x, y, width, height, self.titles[group])

    def _wires(self, boxes: Sequence[Box]) -> tuple[Wire, ...]:
        out: list[list[tuple[float, int]]] = [[] for _ in boxes]
        into: list[list[tuple[float, int]]] = [[] for _ in boxes]
        for number, path in enumerate(self.paths):
            bodies = [path.low, *(stop.body for stop in path.stops), path.high]
            out[path.low].append((self.levels[bodies[1]], number))
            into[path.high].append((self.levels[bodies[-2]], number))
        leave, enter = self._ports(boxes, out), self._ports(boxes, into)
        return tuple(self._wire(boxes, path, leave[n], enter[n]) for n, path in enumerate(self.paths))

    def _ports(self, boxes: Sequence[Box], lines: Sequence[list[tuple[float, int]]]) -> dict[int, float]:
        """Offsets from the node's centre at which its lines dock, in the order of where they go."""
        ports: dict[int, float] = {}
        for box, ends in zip(boxes, lines, strict=True):
            apart = min(_PORT, docking_room(box, horizontal=self.horizontal) / max(1, len(ends) - 1))
            for position, (_, number) in enumerate(sorted(ends)):
                ports[number] = (position - (len(ends) - 1) / 2) * apart
        return ports

    def _wire(self, boxes: Sequence[Box], path: _Path, leave: float, enter: float) -> Wire:
        low, high = boxes[path.low], boxes[path.high]
        first, last = self.rank[path.low], self.rank[path.high]
        level = self.levels[path.low] + leave
        half = self._turn(self.sizes[path.low])[0] / 2
        start = self._middle(first) + half - inset(low, leave, horizontal=self.horizontal)
        strokes: list[list[Point]] = [[(start, level), (self.end[first], level)]]
        for stop in path.stops:
            level = self.levels[stop.body]
            strokes[-1].append((self._entry(stop.rank), level))
            if stop.lines:
                room = self._turn(caption_size(stop.lines))[0] / 2 + 5
                strokes[-1].append((self._middle(stop.rank) - room, level))
                strokes.append([(self._middle(stop.rank) + room, level)])
            strokes[-1].append((self.end[stop.rank], level))
        level = self.levels[path.high] + enter
        half = self._turn(self.sizes[path.high])[0] / 2
        stop_at = self._middle(last) - half + inset(high, enter, horizontal=self.horizontal)
        strokes[-1] += [(self._entry(last), level), (stop_at, level)]
        tip = (stop_at, level) if path.forward else strokes[0][0]
        placed = tuple(tuple(map(self._turn, _plain(stroke))) for stroke in strokes)
        return Wire(placed, self._turn(tip), path.forward)


def _plain(stroke: Sequence[Point]) -> list[Point]:
    """Without points that say nothing: doubles, and those within a level run."""
    kept: list[Point] = []
    for point in stroke:
        if kept and abs(kept[-1][0] - point[0]) < LEVEL and abs(kept[-1][1] - point[1]) < LEVEL:
            continue
        if len(kept) > 1 and max(abs(earlier[1] - point[1]) for earlier in kept[-2:]) < LEVEL:
            kept.pop()
        kept.append(point)
    return kept
