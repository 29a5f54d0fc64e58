"""The view for terminals."""

import re

import pytest

from tests.unit.drawing.maps import chain, hostile
from vidgist.drawing import characters
from vidgist.drawing.metrics import clean, columns, right_to_left, wrap
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


def test_the_view_of_relations() -> None:
    assert characters(MAP) == (
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
    drawn = characters(hostile(seed), width)
    assert all(columns(line) <= width for line in drawn.splitlines())
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", drawn
    )


def test_no_letter_of_a_label_is_lost() -> None:
    labels = ("word " * 30, "混合专家模型" * 9, "x" * 130)
    drawn = "".join(characters(chain(*labels), 40).split())
    for label in labels:
        letters = "".join(label.split())
        assert letters in drawn.replace("│", "").replace("■", "")


def test_long_link_labels_have_lines_of_their_own() -> None:
    nodes = (Node(id="a", label="A"), Node(id="b", label="B"))
    edges = (Edge(source="a", target="b", label="a long story about everything"),)
    drawn = characters(ConceptMap(nodes=nodes, edges=edges), 30)
    assert drawn == "■ A\n  └── a long story about\n     everything\n     ──▶ B\n■ B\n"


def test_endless_labels_are_cut() -> None:
    drawn = characters(chain("x" * 100_000))
    assert drawn.count("x") == 2_000
    assert drawn.endswith("x…\n")


def test_an_empty_map_says_nothing() -> None:
    assert characters(ConceptMap()) == ""


def test_wide_characters_take_two_columns() -> None:
    assert columns("模型a") == 5
    assert columns("e\u0301") == 1
    assert wrap("模型模型", 4, columns) == ("模型", "模型")


def test_wide_text_does_not_break_before_closing_marks() -> None:
    assert wrap("模型（数）。", 8, columns) == ("模型", "（数）。")


def test_clusters_stay_whole() -> None:
    assert wrap("👍🏽👍🏽", 4, columns) == ("👍🏽", "👍🏽")


def test_direction_of_text() -> None:
    assert right_to_left("(10) نموذج")
    assert not right_to_left("a نموذج")
    assert not right_to_left("10")


def test_clean_keeps_scripts_that_need_joiners() -> None:
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert clean("a" + "\u0301" * 9) == "a" + "\u0301" * 4
