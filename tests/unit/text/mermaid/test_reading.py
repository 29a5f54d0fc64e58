import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.models import ConceptMap, Edge, Node
from vidgist.text.mermaid.checking import check
from vidgist.text.mermaid.reading import MAX_EDGES, MAX_LENGTH, read
from vidgist.text.mermaid.writing import render

FIXTURES = Path(__file__).parents[3] / "fixtures"


def _drawn(source: str) -> tuple[list[str], list[str]]:
    """Nodes as ``label`` with its shape's brackets, edges as ``source label>target`` by labels."""
    map_ = read(source).map
    brackets = {"box": "[]", "round": "()", "decision": "{}"}
    shown = {node.id: brackets[node.shape][0] + node.label + brackets[node.shape][1] for node in map_.nodes}
    return list(shown.values()), [f"{shown[e.source]}{e.label}>{shown[e.target]}" for e in map_.edges]


@pytest.mark.parametrize(
    ("line", "edges"),
    [
        ("A[one (1)] --> B[f(g(x))]", ["[one (1)]>[f(g(x))]"]),
        ("A(fast (10x)) --> B{sure (yes)}", ["(fast (10x))>{sure (yes)}"]),
        ('A[list[0] item] --> B[the "moat" of]', ['[list[0] item]>[the "moat" of]']),
        ('A["say "hi""] --> B["x" ]', ['[say "hi"]>[x]']),
        ("A[a) b] --> B", ["[a) b]>[B]"]),
        ("A((left --> B((ok))", ["(left)>(ok)"]),
        ('A["a "b" c "d" e "f" g "h" i "j"] --> B', ['[a "b" c "d" e "f" g "h" i "j]>[B]']),
        ("A --> B [", ["[A]>[B]"]),
        ("A[a --> b] --> B", ["[a --> b]>[B]"]),
        ("A[left --> B[ok]", ["[left]>[ok]"]),
        ('A["left] --> B[ok]', ["[left]>[ok]"]),
        ("A[left) --> B[ok]", ["[left]>[ok]"]),
        ('A["x" and more --> B{ok}', ['["x" and more]>{ok}']),
        ("A[/path/x] --> B[/in/] --> C[\\out\\]", ["[/path/x]>[in]", "[in]>[out]"]),
        ("A((c)) --> B([s]) --> C[[u]] --> D[(d)] --> E>f] --> F{{h}} --> G(((m)))", None),
        ("A([x) --> B", ["(x)>[B]"]),
        ('A[] --> B[""]', ["[A]>[B]"]),
        ('["only words"] --> B', ["[only words]>[B]"]),
        ('"Node A" --> "Node B"', ["[Node A]>[Node B]"]),
        ("Node A --> Node B", ["[Node A]>[Node B]"]),
        ("A:::hot --> B:::cold", ["[A]>[B]"]),
        (
            'A@{ shape: diam, label: "Choose" } --> B@{ shape: rounded, label: it } --> C@{ shape: rect }',
            None,
        ),
        ("A@{ label: 'x' } --> B@{}", ["[x]>[B]"]),
        ("A -->|yes| B", ["[A]yes>[B]"]),
        ("A --> |yes (2x)| B", ["[A]yes (2x)>[B]"]),
        ('A -->|"a | b"| B', ["[A]a | b>[B]"]),
        ("A -->|a|b| B -->|c| D", ["[A]a|b>[B]", "[B]c>[D]"]),
        ("A -->|yes no B", ["[A]yes no>[B]"]),
        ("A -->|yes B[ok]", ["[A]yes>[ok]"]),
        ("A|yes|-->B", ["[A]yes>[B]"]),
        ("A -- yes --> B", ["[A]yes>[B]"]),
        ('A -- "a --> b" --> B', ["[A]a --> b>[B]"]),
        ("A == yes ==> B -. no .-> C", ["[A]yes>[B]", "[B]no>[C]"]),
        ("A -- [x] --> B: late", ["[A]late>[B]"]),
        ("A --> B: why not;", ["[A]why not>[B]"]),
        ("A -- B[ok]", ["[A]>[ok]"]),
        ("A --> B --- C -.-> D ==> E --x F --o G", None),
        ("A -> B => C → D —> E --|> F", None),
        ("A <--> B", ["[A]>[B]", "[B]>[A]"]),
        ("A <-- both --> B", ["[A]both>[B]", "[B]both>[A]"]),
        ("A <-- B", ["[B]>[A]"]),
        ("A ← B", ["[B]>[A]"]),
        ("A ~~~ B", []),
        ("A e1@--> B", ["[A]>[B]"]),
        ("A & B --> C & D", ["[A]>[C]", "[A]>[D]", "[B]>[C]", "[B]>[D]"]),
        ("A, B --> C", ["[A]>[C]", "[B]>[C]"]),
        ("A[x], B[y] --> C", ["[x]>[C]", "[y]>[C]"]),
        ("A --> B; B --> C;; style A fill:#f9f; C --> D", ["[A]>[B]", "[B]>[C]"]),
        ("A --> B %% why", ["[A]>[B]"]),
        ("A --> B // why", ["[A]>[B]"]),
        ("A---oB", ["[A]>[B]"]),
        ("x-->o", ["[x]>[o]"]),
    ],
)
def test_a_line_as_models_write_it(line: str, edges: list[str] | None) -> None:
    reading = read(f"graph LR\n{line}\n")
    assert reading.dropped == ()
    found = _drawn(f"graph LR\n{line}\n")[1]
    assert found == edges if edges is not None else len(found) == len(reading.map.nodes) - 1


@pytest.mark.parametrize(
    "line",
    [
        *(
            "This shows the flow.",
            "A -->",
            "--> B",
            "A --",
            "A -- lab",
            "A -->|x",
            "A | b",
            "A[x] and more",
        ),
        *(
            "A[x] : y --> z",
            '"" --> B',
            "[] --> B",
            'A "b" --> C',
            'A "b',
            "@{ x",
            "A --> B --> ",
            "A:b-->c:d-->e",
        ),
    ],
)
def test_what_cannot_be_read_is_counted(line: str) -> None:
    assert read(f"graph LR\n  X --> Y\n{line}\n").dropped == (3,)


def test_what_was_read_before_the_trouble_is_kept() -> None:
    reading = read("graph LR\nA[x] --> B[y] and more\n")
    assert reading.dropped == (2,)
    assert reading.map.edges == (Edge(source="A", target="B"),)


def test_shapes() -> None:
    nodes, _ = _drawn(
        "graph LR\nA((c)) --> B([s]) --> C{d} --> D{{h}} --> E>f] --> F(-e-)\nG@{ shape: stadium }\n"
    )
    assert nodes == ["(c)", "(s)", "{d}", "[h]", "[f]", "(e)", "[G]"]
    assert read('graph LR\nA@{shape: question, label: "q"}').map.nodes == (
        Node(id="A", label="q", shape="decision"),
    )


def test_the_last_label_of_a_node_counts() -> None:
    assert _drawn("graph LR\nA[one] --> B\nA(two) --> C\nA --> D\n")[0] == ["(two)", "[B]", "[C]", "[D]"]


def test_labels_over_several_lines() -> None:
    reading = read(
        'graph LR\nA(("Core\n  Idea")) --> B[Point 1\nmore]\nA --> C[Point 2 (detail)]\nD[open\nE --> F[x]\n'
    )
    assert [node.label for node in reading.map.nodes] == [
        *("Core\nIdea", "Point 1\nmore", "Point 2 (detail)", "open", "E", "x"),
    ]
    assert reading.dropped == ()


def test_a_label_that_the_end_of_the_text_cuts() -> None:
    assert _drawn("graph LR\nA[One] --> B[Tw")[1] == ["[One]>[Tw]"]


def test_groups() -> None:
    reading = read(
        "flowchart TD\n"
        "subgraph Core (AI)\n A --> B\n direction LR\nend\n"
        'subgraph s1["One: [1]"]\n subgraph s2 [Two]\n C\n end\n D\nend\n'
        'subgraph "Three"\nend\n'
        "subgraph\n E\nend\n"
        "subgraph s1\n F\n C\nEND\n"
        "end\nA --> C\n"
    )
    assert reading.map.direction == "TB"
    assert {node.id: node.group for node in reading.map.nodes} == {
        "A": "Core (AI)",
        "B": "Core (AI)",
        "C": "s2",
        "D": "s1",
        "E": "subgraph 4",
        "F": "s1",
    }
    assert [(group.id, group.label) for group in reading.map.groups] == [
        *(
            ("Core (AI)", "Core (AI)"),
            ("s1", "One: [1]"),
            ("s2", "One: [1] › Two"),
            ("Three", "Three"),
            ("subgraph 4", ""),
        ),
    ]
    assert reading.dropped == ()


def test_a_node_moves_into_the_group_that_mentions_it() -> None:
    reading = read("graph LR\nA --> B\nsubgraph X\nA\nB[b]\nend\n")
    assert [node.group for node in reading.map.nodes] == ["X", "X"]


def test_an_edge_to_a_group_ends_at_a_node_with_its_title() -> None:
    map_ = read("graph LR\nX --> C\nsubgraph X[Big part]\nA\nend\n").map
    assert map_.nodes[0] == Node(id="X", label="Big part", group="X")


@pytest.mark.parametrize(
    "source",
    [
        "```mermaid\ngraph LR\nA-->B\n```\n**Note:** (more) --> prose",
        "Here (it) is:\n<Mermaid_Diagram>\ngraph LR\nA-->B\n</Mermaid_Diagram>\nprose",
        "\ufeff---\ntitle: x\n---\r\nFlowchart lr; A-->B",
        '%%{init: {"securityLevel":\n"loose"}}%%\ngraph LR\nA-->B\n%%{ open',
        'graph LR\nA-->B\nclick A href "javascript:alert(1)"\nclick B call f()\nclassDef x fill:url(http://x)\nclass A x\n',
        "graph LR\n%% c\n# c\n// c\nstyle A fill:#f9f\nlinkStyle 0 stroke:red\naccTitle: x\ndirection LR\n---\nA-->B\ngraph LR\n",
    ],
)
def test_what_stands_around_and_beside_is_silently_left(source: str) -> None:
    reading = read(source)
    assert reading.map == ConceptMap(
        nodes=(Node(id="A", label="A"), Node(id="B", label="B")), edges=(Edge(source="A", target="B"),)
    )
    assert reading.dropped == ()


@pytest.mark.parametrize(
    "source", ["style --> B", "click --> B", "class --> B", "subgraph --> B", "end --> B", "graph --> B"]
)
def test_keywords_may_be_ids(source: str) -> None:
    assert len(read(f"graph LR\n{source}\n").map.edges) == 1


@pytest.mark.parametrize(
    ("source", "dropped"),
    [
        ("", ()),
        ("\n```\n", (2,)),
        ("mindmap\n  root((AI))\n", (1, 2)),
        ('{"nodes":[]}', (1,)),
        ("No map here.\n\nSorry - really.", (1, 3)),
        ("I -- me\n", (1,)),
    ],
)
def test_where_nothing_is_drawn(source: str, dropped: tuple[int, ...]) -> None:
    reading = read(source)
    assert reading.map == ConceptMap()
    assert reading.dropped == dropped


def test_a_flowchart_without_its_header() -> None:
    reading = read("Sure:\nA --> B")
    assert len(reading.map.edges) == 1
    assert reading.dropped == (1,)


def test_what_is_too_much_is_counted() -> None:
    side = " & ".join(f"n{n}" for n in range(60))
    reading = read(f"graph LR\n{side} --> {side}\nA --> B\n")
    assert len(reading.map.edges) == MAX_EDGES
    assert reading.dropped == (2, 3)
    assert read("graph LR\nA --> B\n" + "\n" * MAX_LENGTH).dropped == (MAX_LENGTH - 14,)


def test_the_seed_s_diagram() -> None:
    text = (FIXTURES / "mermaid" / "talk.mmd").read_text(encoding="utf-8")
    reading = read(text)
    assert reading.dropped == ()
    assert check(text) != ""
    assert check(render(reading.map)) == ""
    assert len(reading.map.nodes) == 9
    assert len(reading.map.edges) == 9
    assert reading.map.nodes[0].label == "Mixture of Memories (671 items)"


def test_whatever_mermaid_refuses_can_be_written_again() -> None:
    for line in (FIXTURES / "mermaid" / "verdicts.jsonl").read_text(encoding="utf-8").splitlines():
        assert check(render(read(json.loads(line)["source"]).map)) == ""


PIECES = (
    *(
        "A[x",
        "A(x",
        "[",
        "(",
        "{",
        "([",
        "[/",
        '"',
        'A["',
        "|",
        "-->",
        "-- ",
        "-- x ",
        "== ",
        "-. ",
        "->",
        "→",
        "—",
        "<",
        "<-",
        "e1@",
    ),
    *(
        "@{",
        "&",
        " & ",
        ";",
        "%%{",
        "}%%",
        "<a",
        "<script>",
        "<!--",
        "**",
        "`",
        "#",
        "&#",
        "subgraph ",
        "subgraph x[y]\n",
        "end\n",
        "\n",
    ),
    *(
        "A[x\n",
        "x\n",
        " ",
        "\u3000",
        "A|x",
        "-->|x",
        "A-->B ",
        "A[(]-->",
        "A--x",
        ":",
        ":::",
        "...",
        "===",
        "~~~",
        "---",
        "style ",
        ">",
    ),
)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_read(text: str) -> None:
    assert check(render(read(f"graph LR\n{text}").map)) == ""


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "piece", ["A[(]-->", "A([x);", "A[x\n", "-- ", '"', "<script>", "subgraph x[y]\n", "A|x", "%%{", "*"]
)
def test_long_hostile_text_is_read_in_time(piece: str) -> None:
    """A second at most on a quiet machine; an hour, if the time grew with the square of the length."""
    began = time.process_time()
    read("graph LR\n" + piece * (128_000 // len(piece)))
    assert time.process_time() - began < 60
