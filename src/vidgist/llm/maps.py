"""A concept map read from a model's reply: a graph as asked, or Mermaid text. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from vidgist.llm import normalization, sizes
from vidgist.models import ConceptMap, Edge, Group, Node

LEAST = 2
"""Nodes below which there is no map."""

_READ = 300
"""Nodes that are read at all."""

_SHAPES = {
    **dict.fromkeys(("decision", "diamond", "rhombus", "choice", "question", "condition"), "decision"),
    **dict.fromkeys(
        ("round", "rounded", "circle", "ellipse", "oval", "stadium", "process", "effect"), "round"
    ),
}
_ID = re.compile(
    r"[A-Za-z]{0,3}[_-]?\d{1,3}[A-Za-z]?|[A-Za-z]|[a-z]{1,4}[A-Z]\w?|(?:node|group|grp|cluster)[_-]?\w{1,3}"
)
"""What is an id and no word for people."""


class Fitted(NamedTuple):
    """A map that may be drawn, and how many of the nodes and edges it was to have are not in it."""

    map: ConceptMap
    beyond: int
    loose: int
    edges_beyond: int = 0


def read(value: object) -> object:
    """Return the map that a value stands for; an empty one where it stands for none. Never raises.

    Edges may name a node by its label, nodes a group by its label or one that is listed nowhere. Edges to
    unknown nodes and second nodes of one id are left out. An id is never shown for a label.
    """
    if isinstance(value, ConceptMap):
        return value
    if isinstance(value, str):
        from vidgist.text.mermaid import reading  # seldom wanted, and much to import

        found = reading.read(value).map
    elif isinstance(value, dict):
        found = _graph(value)
    else:
        return ConceptMap()
    return found if len(found.nodes) >= LEAST else ConceptMap()


def fitted(found: ConceptMap, center: str) -> Fitted:
    """Return the map within what a reader takes in, its ids `n1`, `g1`, and so on.

    A node that no edge touches is left out; where there is no edge at all, all hang on ``center``.
    """
    kept = found.nodes[: sizes.MOST_NODES]
    beyond = len(found.nodes) - len(kept)
    ids = {node.id for node in kept}
    edges = [edge for edge in found.edges if edge.source in ids and edge.target in ids]
    if not edges:
        hub = plain(center, [node.label for node in kept[: sizes.MOST_NODES - 1]])
        return Fitted(_numbered(hub), beyond + len(kept) - (len(hub.nodes) - 1), 0)
    edges_beyond = max(0, len(edges) - sizes.MOST_EDGES)
    edges = _foremost(edges)
    touched = {edge.source for edge in edges} | {edge.target for edge in edges}
    nodes = tuple(node for node in kept if node.id in touched)
    used = {node.group for node in nodes}
    groups = tuple(group for group in found.groups if group.id in used)
    drawn = ConceptMap(direction=found.direction, nodes=nodes, edges=tuple(edges), groups=groups)
    return Fitted(_numbered(drawn), beyond, len(kept) - len(nodes), edges_beyond)


def _foremost(edges: list[Edge]) -> list[Edge]:
    """Return the edges, and of too many first those that tie a node for the first time."""
    if len(edges) <= sizes.MOST_EDGES:
        return edges
    tied: set[str] = set()
    ranks = []
    for edge in edges:
        ranks.append(tied >= {edge.source, edge.target})
        tied |= {edge.source, edge.target}
    chosen = sorted(range(len(edges)), key=lambda place: (ranks[place], place))[: sizes.MOST_EDGES]
    return [edges[place] for place in sorted(chosen)]


def plain(center: str, labels: Sequence[str]) -> ConceptMap:
    """Return a map that claims nothing: the ideas around their common point."""
    hub = Node(id="hub", label=center, shape="round")
    ideas = tuple(Node(id=f"idea{number}", label=label) for number, label in enumerate(labels))
    return ConceptMap(nodes=(hub, *ideas), edges=tuple(Edge(source="hub", target=idea.id) for idea in ideas))


def _numbered(found: ConceptMap) -> ConceptMap:
    nodes = {node.id: f"n{number}" for number, node in enumerate(found.nodes, 1)}
    groups = {group.id: f"g{number}" for number, group in enumerate(found.groups, 1)}
    return ConceptMap(
        direction=found.direction,
        nodes=tuple(
            node.model_copy(update={"id": nodes[node.id], "group": groups.get(node.group, "")})
            for node in found.nodes
        ),
        edges=tuple(
            edge.model_copy(update={"source": nodes[edge.source], "target": nodes[edge.target]})
            for edge in found.edges
        ),
        groups=tuple(group.model_copy(update={"id": groups[group.id]}) for group in found.groups),
    )


def _graph(value: dict[str, object]) -> ConceptMap:
    groups = {
        key: Group(id=key, label=label)
        for key, part in _keyed(value.get("groups"))
        if (label := _title(part, key))
    }
    by_label = {group.label.casefold(): key for key, group in groups.items()}
    nodes: dict[str, Node] = {}
    for key, part in _keyed(value.get("nodes"))[:_READ]:
        group = _word(part, "group")
        group = group if group in groups else by_label.get(group.casefold(), group)
        if group not in groups and _ID.fullmatch(group):
            group = ""
        if group and group not in groups:
            groups[group] = Group(id=group, label=normalization.label(group))
            by_label[group.casefold()] = group
        label = _title(part, key)
        if label:
            shape = _SHAPES.get(_word(part, "shape").casefold(), "box")
            node = Node.model_validate({"id": key, "label": label, "shape": shape, "group": group})
            nodes.setdefault(key, node)
    return ConceptMap(
        direction="TB" if _word(value, "direction").upper() in ("TB", "TD", "BT") else "LR",
        nodes=tuple(nodes.values()),
        edges=tuple(_edges(value.get("edges"), nodes)),
        groups=tuple(
            group for key, group in groups.items() if any(node.group == key for node in nodes.values())
        ),
    )


def _title(part: object, key: str) -> str:
    """Return what a node or group is called; nothing where all there is is an id."""
    label = _word(part, "label", "title", "name")
    if label:
        return normalization.label(label)
    return "" if _ID.fullmatch(key) else normalization.label(key.replace("_", " "))


def _edges(value: object, nodes: dict[str, Node]) -> list[Edge]:
    ids = {node.label.casefold(): node.id for node in nodes.values()} | {key: key for key in nodes}
    edges: dict[tuple[str, str, str], Edge] = {}
    for part in value if isinstance(value, list) else ():
        source, target = _word(part, "source", "from"), _word(part, "target", "to")
        source, target = (
            ids.get(source, ids.get(source.casefold(), "")),
            ids.get(target, ids.get(target.casefold(), "")),
        )
        label = _word(part, "label")
        label = normalization.label(label) if label else ""
        if source and target and source != target:
            edges.setdefault((source, target, label), Edge(source=source, target=target, label=label))
    return list(edges.values())


def _keyed(value: object) -> list[tuple[str, object]]:
    """Return members with their ids; one without an id goes by its label, a bare text is both."""
    members = value if isinstance(value, list) else ()
    keyed = ((_word(part, "id") or _word(part, "label"), part) for part in members)
    return [(key, part) for key, part in keyed if key]


def _word(part: object, *names: str) -> str:
    """Return the first of the named fields that holds a text or number; the part
    itself where it is a text.
    """
    if isinstance(part, str):
        return part.strip() if names[0] in ("id", "label") else ""
    values = [part.get(name) for name in names] if isinstance(part, dict) else []
    return next((str(value).strip() for value in values if isinstance(value, str | int)), "")
