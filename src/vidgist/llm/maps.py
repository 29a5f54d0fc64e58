"""A concept map out of whatever a model made of it: a graph as asked, or Mermaid text. Pure."""

from collections.abc import Sequence

from vidgist.models import ConceptMap, Edge, Group, Node

NODES, EDGES = 24, 40
"""More than that nobody takes in at a glance; what goes beyond is left out."""

LEAST = 2
"""Nodes below which there is no map."""

_SHAPES = {"round": "round", "decision": "decision"}


def read(value: object) -> object:
    """The map that a value stands for; an empty one where it stands for none. Never raises.

    Edges may name a node by its label, nodes a group by its label or one that is listed nowhere. Edges to
    unknown nodes and second nodes of one id are left out.
    """
    if isinstance(value, ConceptMap):
        return value
    if isinstance(value, str):
        from vidgist.mermaid import reading  # seldom wanted, and much to import

        found = reading.read(value).map
    elif isinstance(value, dict):
        found = _graph(value)
    else:
        return ConceptMap()
    return _bounded(found) if len(found.nodes) >= LEAST else ConceptMap()


def plain(center: str, labels: Sequence[str]) -> ConceptMap:
    """A map that claims nothing: the ideas around their common point."""
    hub = Node(id="hub", label=center, shape="round")
    ideas = tuple(Node(id=f"idea{number}", label=label) for number, label in enumerate(labels))
    return ConceptMap(nodes=(hub, *ideas), edges=tuple(Edge(source="hub", target=idea.id) for idea in ideas))


def _graph(value: dict[str, object]) -> ConceptMap:
    groups = {
        key: Group(id=key, label=_word(part, "label") or key) for key, part in _keyed(value.get("groups"))
    }
    by_label = {group.label.casefold(): key for key, group in groups.items()}
    nodes: dict[str, Node] = {}
    for key, part in _keyed(value.get("nodes")):
        group = _word(part, "group")
        group = group if group in groups else by_label.get(group.casefold(), group)
        if group and group not in groups:
            groups[group] = Group(id=group, label=group)
            by_label[group.casefold()] = group
        shape = _SHAPES.get(_word(part, "shape"), "box")
        node = Node.model_validate(
            {"id": key, "label": _word(part, "label") or key, "shape": shape, "group": group}
        )
        nodes.setdefault(key, node)
    return ConceptMap(
        direction="TB" if _word(value, "direction").upper() in ("TB", "TD", "BT") else "LR",
        nodes=tuple(nodes.values()),
        edges=tuple(_edges(value.get("edges"), nodes)),
        groups=tuple(groups.values()),
    )


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
        if source and target and source != target:
            edges.setdefault((source, target, label), Edge(source=source, target=target, label=label))
    return list(edges.values())


def _bounded(found: ConceptMap) -> ConceptMap:
    nodes = found.nodes[:NODES]
    ids, used = {node.id for node in nodes}, {node.group for node in nodes}
    edges = tuple(edge for edge in found.edges if edge.source in ids and edge.target in ids)[:EDGES]
    groups = tuple(group for group in found.groups if group.id in used)
    return ConceptMap(direction=found.direction, nodes=nodes, edges=edges, groups=groups)


def _keyed(value: object) -> list[tuple[str, object]]:
    """Members with their ids; one without an id goes by its label, a bare text is both."""
    members = value if isinstance(value, list) else ()
    keyed = ((_word(part, "id") or _word(part, "label"), part) for part in members)
    return [(key, part) for key, part in keyed if key]


def _word(part: object, *names: str) -> str:
    """The first of the named fields that holds a text or number; the part itself where it is a text."""
    if isinstance(part, str):
        return part.strip() if names[0] in ("id", "label") else ""
    values = [part.get(name) for name in names] if isinstance(part, dict) else []
    return next((str(value).strip() for value in values if isinstance(value, str | int)), "")
