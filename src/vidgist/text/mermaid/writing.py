"""A typed map becomes Mermaid source that every Mermaid parses and draws, with any labels. Pure.

The author's ids are never written: nodes are ``n0 n1 ...``, groups ``g0 g1 ...``. Every label stands
escaped in double quotes. `tidy` says what of a map is written.
"""

from collections.abc import Iterator

from vidgist.models import ConceptMap, Edge, Group, Node
from vidgist.text.mermaid.labels import UNTITLED, clean, escape

MAX_NODES = 150
MAX_EDGES = 400
"""Mermaid refuses more than 500."""

MAX_LENGTH = 50_000
"""In UTF-16 units. Over it Mermaid draws an error and reports success."""

_LABEL_LIMIT = 300
"""Characters of a node's or group's label; an edge's has two fifths of it."""

_SHAPES = {"box": ('["', '"]'), "round": ('("', '")'), "decision": ('{"', '"}')}


def render(map: ConceptMap) -> str:  # noqa: A002 (the word of the whole program)
    """Return the flowchart's source, ending with a line end."""
    return _tidied(map)[1]


def tidy(map: ConceptMap) -> ConceptMap:  # noqa: A002
    """Return the map as written and drawn: labels cleaned, ids ``n0`` and ``g0`` on, members of a group
    together.

    Of several nodes or groups with one id the first counts. Edges to unknown nodes, repeated edges, unknown
    and empty groups are left out, and so is what exceeds Mermaid's limits; where the whole is too long,
    labels are cut shorter. ``tidy(tidy(map)) == tidy(map)``.
    """
    return _tidied(map)[0]


def _tidied(map: ConceptMap) -> tuple[ConceptMap, str]:  # noqa: A002
    kept = _within_limits(map)
    limit = _LABEL_LIMIT
    while _length(source := _write(tidied := _numbered(kept, limit))) > MAX_LENGTH:
        limit //= 2
    return tidied, source


def _within_limits(map: ConceptMap) -> ConceptMap:  # noqa: A002
    nodes: dict[str, Node] = {}
    for node in map.nodes:
        if len(nodes) < MAX_NODES:
            nodes.setdefault(node.id, node)
    used = {node.group for node in nodes.values()}
    groups: dict[str, Group] = {}
    for group in map.groups:
        if group.id and group.id in used:
            groups.setdefault(group.id, group)
    order = {name: n for n, name in enumerate(groups)}
    return ConceptMap(
        direction=map.direction,
        nodes=tuple(sorted(nodes.values(), key=lambda node: order.get(node.group, len(order)))),
        edges=tuple(edge for edge in map.edges if edge.source in nodes and edge.target in nodes),
        groups=tuple(groups.values()),
    )


def _numbered(map: ConceptMap, limit: int) -> ConceptMap:  # noqa: A002
    names = {node.id: f"n{n}" for n, node in enumerate(map.nodes)}
    groups = {group.id: f"g{n}" for n, group in enumerate(map.groups)}
    edges = dict.fromkeys(
        Edge(source=names[edge.source], target=names[edge.target], label=clean(label, max(1, limit * 2 // 5)))
        for edge, label in _with_one_loop(map.edges)
    )
    return ConceptMap(
        direction=map.direction,
        nodes=tuple(
            Node(
                id=names[node.id],
                label=clean(node.label, limit) or UNTITLED,
                shape=node.shape,
                group=groups.get(node.group, ""),
            )
            for node in map.nodes
        ),
        edges=tuple(edges)[:MAX_EDGES],
        groups=tuple(
            Group(id=groups[group.id], label=clean(group.label, limit) or UNTITLED) for group in map.groups
        ),
    )


def _with_one_loop(edges: tuple[Edge, ...]) -> Iterator[tuple[Edge, str]]:
    """Return edges with their labels; the loops of a node are one, for Mermaid 11 labels only the last of
    them.
    """
    loops: dict[str, list[str]] = {}
    for edge in edges:
        if edge.source == edge.target:
            loops.setdefault(edge.source, []).append(edge.label)
    for edge in edges:
        if edge.source != edge.target:
            yield edge, edge.label
        elif labels := loops.pop(edge.source, None):
            yield edge, "\n".join(dict.fromkeys(labels))


def _length(source: str) -> int:
    return len(source.encode("utf-16-le")) // 2


def _write(map: ConceptMap) -> str:  # noqa: A002
    return "".join(f"{line}\n" for line in _lines(map))


def _lines(map: ConceptMap) -> Iterator[str]:  # noqa: A002
    yield f"graph {map.direction}"
    for group in map.groups:
        yield f'    subgraph {group.id}["{escape(group.label)}"]'
        yield from (f"        {_node(node)}" for node in map.nodes if node.group == group.id)
        yield "    end"
    yield from (f"    {_node(node)}" for node in map.nodes if not node.group)
    for edge in map.edges:
        label = f'|"{escape(edge.label)}"|' if edge.label else ""
        yield f"    {edge.source} -->{label} {edge.target}"


def _node(node: Node) -> str:
    opening, closing = _SHAPES[node.shape]
    return f"{node.id}{opening}{escape(node.label)}{closing}"
