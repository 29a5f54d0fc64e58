"""Concept maps out of what models make of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.llm import maps, sizes
from vidgist.models import ConceptMap, Edge, Group, Node

NODES = [{"id": "a", "label": "Water"}, {"id": "b", "label": "Steam"}]


def read(**graph: object) -> ConceptMap:
    found = maps.read(graph)
    assert isinstance(found, ConceptMap)
    return found


def test_a_graph_as_asked_for_is_taken_as_it_is() -> None:
    found = read(
        direction="TB",
        groups=[{"id": "g", "label": "States"}],
        nodes=[
            {"id": "a", "label": "Water", "shape": "box", "group": "g"},
            {"id": "b", "label": "Steam", "shape": "round", "group": "g"},
            {"id": "c", "label": "Hot?", "shape": "decision", "group": ""},
        ],
        edges=[{"source": "a", "target": "c", "label": "is"}, {"source": "c", "target": "b", "label": ""}],
    )
    assert found == ConceptMap(
        direction="TB",
        nodes=(
            Node(id="a", label="Water", group="g"),
            Node(id="b", label="Steam", shape="round", group="g"),
            Node(id="c", label="Hot?", shape="decision"),
        ),
        edges=(Edge(source="a", target="c", label="is"), Edge(source="c", target="b")),
        groups=(Group(id="g", label="States"),),
    )
    assert maps.read(found) is found


def test_edges_may_name_labels_and_use_other_words() -> None:
    found = read(nodes=NODES, edges=[{"from": "water", "to": "b", "label": "becomes"}])
    assert found.edges == (Edge(source="a", target="b", label="becomes"),)


def test_edges_to_nowhere_to_itself_and_twice_are_left_out() -> None:
    edge = {"source": "a", "target": "b"}
    found = read(
        nodes=NODES,
        edges=[edge, edge, {"source": "a", "target": "x"}, {"source": "a", "target": "a"}, "a", None],
    )
    assert found.edges == (Edge(source="a", target="b"),)


def test_groups_may_be_named_by_label_or_not_listed() -> None:
    nodes = [
        {"id": 1, "label": "Water", "group": "states"},
        {"id": 2, "label": "Kettle", "group": "Things"},
        {"id": 3, "label": "Cup", "group": "things"},
    ]
    found = read(nodes=nodes, groups=[{"id": "g", "label": "States"}, {"id": "empty"}])
    assert [node.group for node in found.nodes] == ["g", "Things", "Things"]
    assert found.groups == (Group(id="g", label="States"), Group(id="Things", label="Things"))


def test_plain_texts_and_nodes_without_an_id_are_nodes() -> None:
    found = read(nodes=["Water", {"label": "Steam"}, {"id": "x"}, {}, None, 7, "Water"])
    assert [(node.id, node.label) for node in found.nodes] == [
        ("Water", "Water"),
        ("Steam", "Steam"),
    ]


def test_unknown_shapes_and_directions_are_plain_ones() -> None:
    found = read(nodes=[{**NODES[0], "shape": "blob"}, {**NODES[1], "shape": None}], direction="sideways")
    assert {node.shape for node in found.nodes} == {"box"}
    assert found.direction == "LR"
    assert read(nodes=NODES, direction="td").direction == "TB"


@pytest.mark.parametrize(
    ("shape", "taken"),
    [("diamond", "decision"), ("Rhombus", "decision"), ("circle", "round"), ("stadium", "round")],
)
def test_shapes_go_by_many_names(shape: str, taken: str) -> None:
    assert read(nodes=[{**NODES[0], "shape": shape}, NODES[1]]).nodes[0].shape == taken


@pytest.mark.parametrize("group", ["gX", "g7", "group_2", "cluster3", "grp-ab", "G", "g12a"])
def test_an_id_is_never_a_title(group: str) -> None:
    found = read(nodes=[{**NODES[0], "group": group}, {"id": "n3"}, NODES[1]], groups=[{"id": "g9"}])
    assert found.groups == ()
    assert [node.label for node in found.nodes] == ["Water", "Steam"]


def test_a_map_is_bounded_and_what_is_beyond_is_counted() -> None:
    nodes = [{"id": f"n{n}", "label": f"N{n}", "group": f"group {n}"} for n in range(100)]
    edges = [{"source": f"n{n}", "target": f"n{m}"} for n in range(100) for m in range(2)]
    found = maps.fitted(read(nodes=nodes, edges=edges), "A talk")
    assert len(found.map.nodes) == sizes.MOST_NODES == len(found.map.groups)
    assert len(found.map.edges) <= sizes.MOST_EDGES
    assert (found.beyond, found.loose, found.edges_beyond) == (76, 0, 6)
    assert found.map.nodes[0].id == "n1"
    assert {edge.source for edge in found.map.edges} <= {node.id for node in found.map.nodes}


def test_a_node_without_an_edge_is_left_out_and_counted() -> None:
    nodes = [*NODES, {"id": "c", "label": "Alone", "group": "Lonely ones"}]
    found = maps.fitted(read(nodes=nodes, edges=[{"source": "a", "target": "b"}]), "A talk")
    assert [node.label for node in found.map.nodes] == ["Water", "Steam"]
    assert found.map.groups == ()
    assert (found.beyond, found.loose) == (0, 1)


def test_nodes_without_any_edge_hang_on_their_center() -> None:
    found = maps.fitted(read(nodes=NODES), "A talk")
    assert [node.label for node in found.map.nodes] == ["A talk", "Water", "Steam"]
    assert len(found.map.edges) == 2
    assert (found.beyond, found.loose) == (0, 0)


def test_mermaid_text_is_read() -> None:
    found = maps.read("graph LR\n    A[Water] -->|becomes| B[Steam]\n    B --> C[Rain]\n")
    assert isinstance(found, ConceptMap)
    assert len(found.nodes) == 3


@pytest.mark.parametrize(
    "value",
    [None, 7, [], {}, "", "no map", {"nodes": "A"}, {"nodes": [{"id": "a"}]}, {"edges": 1, "groups": 2}],
)
def test_what_is_no_map_is_an_empty_one(value: object) -> None:
    assert maps.read(value) == ConceptMap()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["id", "label", "group", "nodes", "edges", "groups", "source", "target", "shape"]
            ),
            inner,
        )
    ),
)


@pytest.mark.unmeasured
@given(_JSON)
def test_any_value_is_read(value: object) -> None:
    found = maps.read(value)
    assert isinstance(found, ConceptMap)
    ids = [node.id for node in found.nodes]
    assert len(ids) == len(set(ids))
    assert all(edge.source in ids and edge.target in ids for edge in found.edges)
    assert {node.group for node in found.nodes} - {""} == {group.id for group in found.groups}
    if found.nodes:
        drawn = maps.fitted(found, "A talk").map
        touched = {edge.source for edge in drawn.edges} | {edge.target for edge in drawn.edges}
        assert {node.id for node in drawn.nodes} == touched


def test_a_plain_map_has_the_ideas_around_the_center() -> None:
    found = maps.plain("Kettles", ["One", "Two"])
    assert [node.label for node in found.nodes] == ["Kettles", "One", "Two"]
    assert len(found.edges) == 2
