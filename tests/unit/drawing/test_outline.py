"""The map as a list, for where no drawing fits."""

import re

import pytest

from tests.unit.drawing.maps import chain, hostile
from vidgist.drawing.graph import resolve
from vidgist.drawing.metrics import columns
from vidgist.drawing.outline import outline
from vidgist.models import ConceptMap, Edge, Group, Node

MAP = ConceptMap(
    nodes=(
        Node(id="a", label="Models", group="g"),
        Node(id="b", label="Data", shape="round", group="g"),
        Node(id="c", label="Cost", shape="decision"),
    ),
    edges=(
        Edge(source="a", target="b", label="need"),
        Edge(source="a", target="c"),
        Edge(source="c", target="a", label="limits"),
    ),
    groups=(Group(id="g", label="Technology"),),
)


def told(concept_map: ConceptMap, width: int = 100) -> str:
    return outline(resolve(concept_map), width)


def test_groups_nodes_and_relations() -> None:
    assert told(MAP) == (
        "◆ Cost\n"
        "  └── limits ──▶ Models\n"
        "\n"
        "▌ Technology\n"
        "  ■ Models\n"
        "    ├── need ──▶ Data\n"
        "    └──▶ Cost\n"
        "  ● Data\n"
    )


@pytest.mark.parametrize("seed", range(200))
def test_lines_fit_and_hold_no_controls(seed: int) -> None:
    width = (24, 60, 100)[seed % 3]
    drawn = told(hostile(seed), width)
    assert all(columns(line) <= width for line in drawn.splitlines())
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", drawn
    )


def test_no_letter_of_a_label_is_lost() -> None:
    labels = ("word " * 30, "混合专家模型" * 9, "x" * 130)
    drawn = "".join(told(chain(*labels), 40).split())
    for label in labels:
        letters = "".join(label.split())
        assert letters in drawn.replace("│", "").replace("■", "")


def test_long_link_labels_have_lines_of_their_own() -> None:
    nodes = (Node(id="a", label="A"), Node(id="b", label="B"))
    edges = (Edge(source="a", target="b", label="a long story about everything"),)
    drawn = told(ConceptMap(nodes=nodes, edges=edges), 30)
    assert drawn == "■ A\n  └── a long story about\n     everything\n     ──▶ B\n■ B\n"


def test_endless_labels_are_cut() -> None:
    drawn = told(chain("x" * 100_000))
    assert drawn.count("x") == 2_000
    assert drawn.endswith("x…\n")
