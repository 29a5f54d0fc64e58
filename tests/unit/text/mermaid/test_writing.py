from hypothesis import given

from tests.hostile_maps import hostile_map
from tests.unit.text.mermaid.maps import maps
from vidgist.models import ConceptMap, Edge, Group, Node
from vidgist.text.mermaid.checking import check
from vidgist.text.mermaid.reading import read
from vidgist.text.mermaid.writing import MAX_EDGES, MAX_LENGTH, MAX_NODES, render, tidy


def test_a_map_as_source() -> None:
    written = render(
        ConceptMap(
            direction="TB",
            nodes=(
                Node(id="moe", label="Mixture of Experts (671B)", group="core"),
                Node(id="end", label="Faster?", shape="decision"),
                Node(id="llm", label="Large model", shape="round", group="core"),
            ),
            edges=(Edge(source="moe", target="llm", label="trains"), Edge(source="llm", target="end")),
            groups=(Group(id="core", label="Core"),),
        )
    )
    assert written == (
        "graph TB\n"
        '    subgraph g0["Core"]\n'
        '        n0["Mixture of Experts #40;671B#41;"]\n'
        '        n1("Large model")\n'
        "    end\n"
        '    n2{"Faster?"}\n'
        '    n0 -->|"trains"| n1\n'
        "    n1 --> n2\n"
    )


def test_an_empty_map_is_a_flowchart() -> None:
    assert render(ConceptMap()) == "graph LR\n"


@given(maps)
def test_a_written_map_reads_back(map_: ConceptMap) -> None:
    tidied = tidy(map_)
    assert tidy(tidied) == tidied
    reading = read(render(map_))
    assert reading.map == tidied
    assert reading.dropped == ()


@given(maps)
def test_every_written_map_passes_the_check(map_: ConceptMap) -> None:
    assert check(render(map_)) == ""


def test_hostile_maps_read_back_too() -> None:
    for seed in range(200):
        map_ = hostile_map(seed)
        assert read(render(map_)).map == tidy(map_)


def test_of_one_id_the_first_counts() -> None:
    tidied = tidy(
        ConceptMap(
            nodes=(Node(id="a", label="first", group="g"), Node(id="a", label="second")),
            groups=(
                Group(id="g", label="one"),
                Group(id="g", label="two"),
                Group(id="", label="no"),
                Group(id="h", label="empty"),
            ),
        )
    )
    assert [node.label for node in tidied.nodes] == ["first"]
    assert tidied.groups == (Group(id="g0", label="one"),)


def test_edges_go_between_known_nodes_and_once() -> None:
    edge = Edge(source="a", target="b", label="x")
    tidied = tidy(
        ConceptMap(
            nodes=(Node(id="a", label="A"), Node(id="b", label="")),
            edges=(
                edge,
                edge,
                Edge(source="a", target="c"),
                Edge(source="c", target="a"),
                Edge(source="a", target="b"),
            ),
        )
    )
    assert tidied.edges == (Edge(source="n0", target="n1", label="x"), Edge(source="n0", target="n1"))
    assert tidied.nodes[1].label == "(untitled)"


def test_the_loops_of_a_node_are_one() -> None:
    loops = tuple(Edge(source="a", target="a", label=label) for label in ("x", "", "y", "x"))
    tidied = tidy(ConceptMap(nodes=(Node(id="a", label="A"),), edges=loops))
    assert tidied.edges == (Edge(source="n0", target="n0", label="x\ny"),)


def test_mermaid_s_limits_hold() -> None:
    many = range(MAX_NODES + 50)
    map_ = ConceptMap(
        nodes=tuple(Node(id=str(n), label='"' * 300, group=str(n)) for n in many),
        groups=tuple(Group(id=str(n), label="🚀" * 300) for n in many),
        edges=tuple(
            Edge(source=str(n), target=str(m), label="#" * 200) for n in range(25) for m in range(25)
        ),
    )
    tidied, written = tidy(map_), render(map_)
    assert len(tidied.nodes) == MAX_NODES
    assert len(tidied.edges) == MAX_EDGES
    assert len(written.encode("utf-16-le")) // 2 <= MAX_LENGTH
    assert tidy(tidied) == tidied
    assert read(written).map == tidied
