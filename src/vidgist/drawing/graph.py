"""A `ConceptMap` as a plain graph on numbers, free of cycles and in ranks."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Literal

from vidgist.drawing.metrics import clean
from vidgist.models import ConceptMap

Shape = Literal["box", "round", "decision"]
NAMELESS = "…"
_LONGEST = 2_000  # characters of a label; more is no label


@dataclass(frozen=True, slots=True)
class Vertex:
    """A node to draw. ``group`` is a position in `Graph.groups`, -1 for none."""

    label: str
    shape: Shape
    group: int


@dataclass(frozen=True, slots=True)
class Link:
    source: int
    target: int
    label: str


@dataclass(frozen=True, slots=True)
class Graph:
    """What can be drawn of a map: ids resolved, doubles and loose ends left out, labels clean."""

    vertices: tuple[Vertex, ...]
    links: tuple[Link, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A graph that nothing ties to the rest, and its members' numbers in the whole."""

    graph: Graph
    vertices: tuple[int, ...]
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ranks:
    """The rank of each vertex, and the links that run against the ranks (positions in `Graph.links`)."""

    rank: tuple[int, ...]
    backward: frozenset[int]


def resolve(concept_map: ConceptMap) -> Graph:
    """Build the graph of a map. The first node or group of an id counts, equal edges count once;
    groups without nodes fall away.
    """
    used = {node.group for node in concept_map.nodes}
    groups: dict[str, tuple[int, str]] = {}
    for group in concept_map.groups:
        if group.id in used and group.id not in groups:
            groups[group.id] = (len(groups), _said(group.label) or NAMELESS)
    numbers: dict[str, int] = {}
    vertices: list[Vertex] = []
    for node in concept_map.nodes:
        if node.id not in numbers:
            numbers[node.id] = len(vertices)
            place = groups.get(node.group, (-1, ""))[0]
            vertices.append(Vertex(_said(node.label) or NAMELESS, node.shape, place))
    links = dict.fromkeys(
        Link(numbers[edge.source], numbers[edge.target], _said(edge.label))
        for edge in concept_map.edges
        if edge.source in numbers and edge.target in numbers
    )
    kept = {vertex.group for vertex in vertices}
    order = [number for number, _ in groups.values() if number in kept]
    if len(order) != len(groups):  # a group that only a double named
        titles = [title for _, title in groups.values()]
        shift = {number: position for position, number in enumerate(order)}
        vertices = [Vertex(v.label, v.shape, shift.get(v.group, -1)) for v in vertices]
        return Graph(tuple(vertices), tuple(links), tuple(titles[number] for number in order))
    return Graph(tuple(vertices), tuple(links), tuple(title for _, title in groups.values()))


def _said(label: str) -> str:
    return clean(label if len(label) <= _LONGEST else label[:_LONGEST] + "…")


def parts(graph: Graph) -> tuple[Part, ...]:
    """Return what hangs together by links and groups, in the order of its first nodes."""
    count = len(graph.vertices)
    near: list[set[int]] = [set() for _ in range(count + len(graph.groups))]
    ties = [(link.source, link.target) for link in graph.links]
    ties += [(n, count + vertex.group) for n, vertex in enumerate(graph.vertices) if vertex.group >= 0]
    for one, other in ties:
        near[one].add(other)
        near[other].add(one)
    seen: set[int] = set()
    found: list[Part] = []
    for root in range(count):
        if root in seen:
            continue
        seen.add(root)
        reached = [root]
        for one in reached:
            fresh = near[one] - seen
            seen |= fresh
            reached += fresh  # visited later in this very loop
        found.append(within(graph, sorted(n for n in reached if n < count)))
    return tuple(found)


def within(graph: Graph, members: Sequence[int]) -> Part:
    """Return some vertices, in their order, with the links between them."""
    vertices = {n: position for position, n in enumerate(members)}
    groups = sorted({graph.vertices[n].group for n in members} - {-1})
    places = {group: position for position, group in enumerate(groups)} | {-1: -1}
    own = tuple(
        Vertex(vertex.label, vertex.shape, places[vertex.group])
        for vertex in (graph.vertices[n] for n in members)
    )
    links = tuple(
        Link(vertices[link.source], vertices[link.target], link.label)
        for link in graph.links
        if link.source in vertices and link.target in vertices
    )
    return Part(
        Graph(own, links, tuple(graph.groups[group] for group in groups)), tuple(members), tuple(groups)
    )


def rank(graph: Graph) -> Ranks:
    """Rank by the longest path, with cycles cut where a depth-first walk closes them; links then are
    shortened.
    """
    count = len(graph.vertices)
    backward = _cycle_closers(count, graph.links)
    ahead: list[list[int]] = [[] for _ in range(count)]
    behind: list[list[int]] = [[] for _ in range(count)]
    for number, link in enumerate(graph.links):
        if link.source == link.target:
            continue
        low, high = (link.target, link.source) if number in backward else (link.source, link.target)
        ahead[low].append(high)
        behind[high].append(low)
    order = _topological(ahead, behind)
    ranks = [0] * count
    for vertex in order:
        ranks[vertex] = max((ranks[other] + 1 for other in behind[vertex]), default=0)
    for _ in range(3):
        for vertex in reversed(order):
            if len(ahead[vertex]) > len(behind[vertex]):
                ranks[vertex] = min(ranks[other] for other in ahead[vertex]) - 1
        for vertex in order:
            if len(behind[vertex]) > len(ahead[vertex]):
                ranks[vertex] = max(ranks[other] for other in behind[vertex]) + 1
    _spread_loose(graph, ranks, [not a and not b for a, b in zip(ahead, behind, strict=True)])
    lowest = min(ranks, default=0)
    return Ranks(tuple(value - lowest for value in ranks), backward)


def _cycle_closers(count: int, links: Sequence[Link]) -> frozenset[int]:
    out: list[list[int]] = [[] for _ in range(count)]
    for number, link in enumerate(links):
        if link.source != link.target:
            out[link.source].append(number)
    entered = {link.target for link in links if link.source != link.target}
    state = [0] * count  # 0 unseen, 1 on the path, 2 done
    closers: set[int] = set()
    for root in sorted(range(count), key=lambda vertex: vertex in entered):
        if state[root]:
            continue
        state[root] = 1
        path = [(root, iter(out[root]))]
        while path:
            vertex, rest = path[-1]
            number = next(rest, -1)
            if number < 0:
                state[vertex] = 2
                path.pop()
            elif state[target := links[number].target] == 1:
                closers.add(number)
            elif not state[target]:
                state[target] = 1
                path.append((target, iter(out[target])))
    return frozenset(closers)


def _topological(ahead: Sequence[Sequence[int]], behind: Sequence[Sequence[int]]) -> list[int]:
    waiting = [len(before) for before in behind]
    order = [vertex for vertex, open_ in enumerate(waiting) if not open_]
    for vertex in order:
        for other in ahead[vertex]:
            waiting[other] -= 1
            if not waiting[other]:
                order.append(other)  # a queue: it is visited later in this very loop
    return order


def _spread_loose(graph: Graph, ranks: list[int], loose: Sequence[bool]) -> None:
    """Let nodes without links stand in a block, not in one long row."""
    for group in range(-1, len(graph.groups)):
        members = [v for v, vertex in enumerate(graph.vertices) if vertex.group == group and loose[v]]
        deep = ceil(sqrt(len(members)) * 1.3)
        tied = [ranks[v] for v, vertex in enumerate(graph.vertices) if vertex.group == group and not loose[v]]
        first = min(tied, default=0)
        for position, vertex in enumerate(members):
            ranks[vertex] = first + position // deep
