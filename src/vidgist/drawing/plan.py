"""What stands in which rank of a map, and what wants to be level with what: all that is not yet a place.

Layered, after Sugiyama: ranks along the map's direction, long links led through straight lanes of their own,
link labels in ranks of their own, so that nothing lies on anything. "Along" runs with the ranks, "across"
at right angles to it. `Measures` says how large things are, in pixels or in columns and rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from vidgist.drawing.coordinates import Body, Enclosure, Joint, Placement, place
from vidgist.drawing.graph import Graph, Ranks, Shape, rank

Point = tuple[float, float]
Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in one unit, widths before heights. ``box`` gets how many places for links a side needs.

    ``apart`` lies between nodes of a rank, ``lane`` is the breadth of a passing line, ``air`` lies between
    links' labels and ``beside`` around one, ``pad`` between a frame and its members; ``head`` is the room
    for a frame's title, and ``aside`` the share of its width that it needs beside a line that comes in.
    """

    label: Callable[[str], Lines]
    box: Callable[[Lines, Shape, int], Point]
    caption: Callable[[str], Lines]
    caption_size: Callable[[Lines], Point]
    title: Callable[[str], Lines]
    title_width: Callable[[Lines], float]
    loop: float
    apart: float
    lane: float
    air: float
    beside: Point
    pad: float
    head: Callable[[Lines], float]
    aside: float


@dataclass(frozen=True, slots=True)
class Stop:
    """What a link passes in a rank: a lane's level across, its label if that is here."""

    rank: int
    body: int
    lines: Lines


@dataclass(frozen=True, slots=True)
class Path:
    """A link from the lower rank to the higher one, whichever way its arrow points."""

    low: int
    high: int
    stops: tuple[Stop, ...]
    forward: bool


class Plan:
    """One connected part of a map, its ranks running to the right or downwards.

    Bodies are the nodes by their numbers, then the lanes. ``wide`` is each rank's extent along.
    """

    def __init__(self, graph: Graph, measures: Measures, *, horizontal: bool) -> None:
        self.graph = graph
        self.measures = measures
        self.horizontal = horizontal
        ranks = rank(graph)
        self.has_captions = any(link.label and link.source != link.target for link in graph.links)
        step = 2 if self.has_captions else 1
        self.rank = [value * step for value in ranks.rank]
        self.texts = [measures.label(vertex.label) for vertex in graph.vertices]
        self.titles = [measures.title(title) for title in graph.groups]
        self.loops = self._loop_captions()
        self.sizes = self._sizes(ranks)
        self.spans = [self._span(group) for group in range(len(graph.groups))]
        self.bodies = [self._node_body(number) for number in range(len(graph.vertices))]
        self.joints: list[Joint] = []
        self.wide = [0.0] * (max(self.rank, default=-1) + 1)
        for number, size in enumerate(self.sizes):
            loop = measures.caption_size(self.loops.get(number, ()))[0] if horizontal else 0.0
            self.wide[self.rank[number]] = max(self.wide[self.rank[number]], self.turn(size)[0], loop)
        self.paths = [
            self._path(ranks, number) for number, link in enumerate(graph.links) if link.source != link.target
        ]

    def turn(self, pair: Point) -> Point:
        """Turn x and y into along and across, or back."""
        return pair if self.horizontal else (pair[1], pair[0])

    def across(self) -> Placement:
        """Return levels of the bodies; centre and size of the groups."""
        enclosures: list[Enclosure] = []
        for group, ((first, last), title) in enumerate(zip(self.spans, self.titles, strict=True)):
            head = self.measures.head(title) if self.horizontal else 0.0
            pad = self.measures.pad
            least = 0.0 if self.horizontal else self._title_room(group) + 2 * pad
            enclosures.append(Enclosure(first, last, head, least, pad, self.measures.apart))
        return place(self.bodies, self.joints, enclosures)

    def _title_room(self, group: int) -> float:
        """Return the room across that a title above the members takes: to step aside in, where lines come
        in from above.
        """
        first, _ = self.spans[group]
        is_entered = any(
            self.graph.vertices[path.high].group == group and self.rank[path.high] == first
            for path in self.paths
        )
        times = 1 + self.measures.aside * is_entered
        return self.measures.title_width(self.titles[group]) * times

    def _loop_captions(self) -> Mapping[int, Lines]:
        labels: dict[int, list[str]] = {}
        for link in self.graph.links:
            if link.source == link.target:
                labels.setdefault(link.source, []).append(link.label)
        return {
            vertex: self.measures.caption(" / ".join(filter(None, own))) for vertex, own in labels.items()
        }

    def _sizes(self, ranks: Ranks) -> Sequence[Point]:
        """Return the size of each node; all links along the arrows leave it at one place."""
        count = len(self.graph.vertices)
        entering, forth, back = [0] * count, [0] * count, [0] * count
        for number, link in enumerate(self.graph.links):
            if number in ranks.backward:
                entering[link.source] += 1
                back[link.target] += 1
            elif link.source != link.target:
                entering[link.target] += 1
                forth[link.source] = 1
        return [
            self.measures.box(text, vertex.shape, max(into, one + others))
            for text, vertex, into, one, others in zip(
                self.texts, self.graph.vertices, entering, forth, back, strict=True
            )
        ]

    def _span(self, group: int) -> tuple[int, int]:
        ranks = [self.rank[n] for n, vertex in enumerate(self.graph.vertices) if vertex.group == group]
        return min(ranks), max(ranks)

    def _node_body(self, number: int) -> Body:
        extra = 0.0
        if number in self.loops:
            caption = self.measures.caption_size(self.loops[number])
            extra = self.measures.loop + self.turn(caption)[1]
        level = self.rank[number]
        size = self.turn(self.sizes[number])[1] + extra
        return Body(level, level, size, extra, self.measures.apart, self.graph.vertices[number].group)

    def _path(self, ranks: Ranks, number: int) -> Path:
        """Return the way of a link; its lanes are made here, one for each group it passes and one outside."""
        link = self.graph.links[number]
        forward = number not in ranks.backward
        low, high = (link.source, link.target) if forward else (link.target, link.source)
        first, last = self.rank[low], self.rank[high]
        caption = self.measures.caption(link.label)
        where = (first + 1 if forward else last - 1) if caption else -1  # beside the source
        size, beside = self.measures.caption_size(caption), self.measures.beside
        along, across = self.turn((size[0] + beside[0], size[1] + beside[1]))
        stops: list[Stop] = []
        lanes: list[tuple[int, int, int]] = []  # group, first and last rank
        for level in range(first + 1, last):
            group = self._group_at(level, low, high)
            if lanes and lanes[-1][0] == group:
                lanes[-1] = (group, lanes[-1][1], level)
            else:
                lanes.append((group, level, level))
            body = len(self.bodies) + len(lanes) - 1
            stops.append(Stop(level, body, caption if level == where else ()))
            if level == where:
                self.wide[level] = max(self.wide[level], along)
        before = low
        for group, begin, end in lanes:
            breadth = across if begin <= where <= end else 0.0
            self.joints.append(Joint(begin - 1, before, len(self.bodies), 2.0))
            before = len(self.bodies)
            air = self.measures.air if breadth else 0.0
            self.bodies.append(Body(begin, end, max(breadth, self.measures.lane), 0.0, air, group))
        self.joints.append(Joint(last - 1, before, high, 2.0 if lanes else 1.0))
        return Path(low, high, tuple(stops), forward)

    def _group_at(self, level: int, *ends: int) -> int:
        """Return the group of an end that has this rank: links leave a group by the
        side, not by the floor.
        """
        for end in ends:
            group = self.graph.vertices[end].group
            if group >= 0 and self.spans[group][0] <= level <= self.spans[group][1]:
                return group
        return -1
