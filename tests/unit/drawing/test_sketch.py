"""Maps drawn in characters: what a person would check with a finger on the lines."""

import re
from functools import cache
from random import Random

import pytest

from tests.unit.drawing.maps import chain, hostile, large
from tests.unit.drawing.test_outline import MAP, told
from vidgist.drawing import characters
from vidgist.drawing.metrics import columns
from vidgist.models import ConceptMap, Edge, Group, Node

Cell = tuple[int, int]

STEPS = {"N": (-1, 0), "E": (0, 1), "S": (1, 0), "W": (0, -1)}
BACK = {"N": "S", "S": "N", "E": "W", "W": "E"}
LEADS = dict(
    zip("│─┌┐└┘├┤┬┴┼", ("NS", "EW", "ES", "SW", "NE", "NW", "NES", "NSW", "ESW", "NEW", "NESW"), strict=True)
)
HEADS = {"▶": "W", "◀": "E", "▼": "N", "▲": "S"}
"""The side from which a line reaches an arrowhead."""


def test_across() -> None:
    assert characters(MAP) == (
        "╭┄ Technology ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄╮\n"
        "┊                                      ┊\n"
        "┊ ┌────────┐                  ╭──────╮ ┊\n"
        "┊ │ Models ├───┬── need ─────▶│ Data │ ┊\n"
        "┊ │        │◀─┐└───────────┐  ╰──────╯ ┊\n"
        "┊ └────────┘  └── limits ─┐│           ┊\n"
        "┊                         ││           ┊\n"
        "╰┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄││┄┄┄┄┄┄┄┄┄┄┄╯\n"
        "                          ││\n"
        "                          ││  ╔══════╗\n"
        "                          │└─▶║ Cost ║\n"
        "                          └───╢      ║\n"
        "                              ╚══════╝\n"
    )


def test_downwards_where_that_fits() -> None:
    nodes = (
        Node(id="a", label="A source", shape="round"),
        Node(id="b", label="One end"),
        Node(id="c", label="模型"),
    )
    edges = (Edge(source="a", target="b", label="leads to"), Edge(source="a", target="c", label="变成"))
    assert characters(ConceptMap(nodes=nodes, edges=edges), 30) == (
        "      ╭──────────╮\n"
        "      │ A source │\n"
        "      ╰─────┬────╯\n"
        "     ┌──────┴─────┐\n"
        " leads to       变成\n"
        "     ▼            ▼\n"
        "┌─────────┐   ┌──────┐\n"
        "│ One end │   │ 模型 │\n"
        "└─────────┘   └──────┘\n"
    )


def test_in_ascii_of_the_same_widths() -> None:
    drawn = characters(chain("Caf\u00e9", "模型", "…"), ascii_only=True)
    assert drawn == (
        "+------+   +------+   +---+\n| Cafe +-->| ???? +-->| . |\n+------+   +------+   +---+\n"
    )


def test_what_a_node_does_to_itself_stands_in_its_box() -> None:
    loops = (Edge(source="a", target="a", label="feeds"), Edge(source="a", target="a"))
    drawn = characters(ConceptMap(nodes=(Node(id="a", label="River"),), edges=loops))
    assert drawn == "┌─────────┐\n│  River  │\n│ ↻ feeds │\n└─────────┘\n"


def test_parts_stand_side_by_side() -> None:
    nodes = (Node(id="a", label="A"), Node(id="b", label="B"), Node(id="c", label="C"))
    edges = (Edge(source="a", target="b"),)
    assert characters(ConceptMap(nodes=nodes, edges=edges)) == (
        "┌───┐   ┌───┐   ┌───┐\n│ A ├──▶│ B │   │ C │\n└───┘   └───┘   └───┘\n"
    )


def test_a_title_stands_where_no_line_crosses_it() -> None:
    nodes = (
        Node(id="a", label="A long name of a node"),
        Node(id="b", label="A long name of a node", group="g"),
    )
    edges = (Edge(source="a", target="b"),)
    for title in ("Short", "Right in the way", "A title that leaves no place beside the line"):
        drawn = characters(
            ConceptMap(direction="TB", nodes=nodes, edges=edges, groups=(Group(id="g", label=title),))
        )
        assert f" {title} " in drawn


def test_a_part_too_wide_with_frames_is_drawn_without() -> None:
    assert characters(MAP, 24) == (
        "      ┌────────┐\n"
        "      │ Models │\n"
        "      └───┬────┘\n"
        "          │ ▲\n"
        "    ┌─────┴┐│\n"
        "    │      │└─────┐\n"
        "  need     │   limits\n"
        "    │      └──┐ ┌─┘\n"
        "    ▼         ▼ │\n"
        "╭──────╮   ╔════╧═╗\n"
        "│ Data │   ║ Cost ║\n"
        "╰──────╯   ╚══════╝\n"
        "\n"
        "▌ Technology: Models ·\n"
        "  Data\n"
    )


def test_frames_are_given_up_part_by_part() -> None:
    wide = tuple(Node(id=f"w{n}", label=f"A broad name, number {n}", group="wide") for n in range(6))
    small = (Node(id="s", label="Small", group="small"),)
    edges = tuple(Edge(source=f"w{n}", target=f"w{n + 3}", label="leads to") for n in range(3))
    groups = (Group(id="wide", label="Wide group"), Group(id="small", label="Small group"))
    drawn = characters(ConceptMap(nodes=(*wide, *small), edges=edges, groups=groups), 60)
    assert "╭┄ Small group ┄" in drawn
    names = drawn.partition("▌ Wide group:")[2]
    assert names.split("·")[-1].strip() == "A broad name, number 5"
    assert "Small" not in names
    assert drawn.count("▶") + drawn.count("▼") == 3


@pytest.mark.parametrize("seed", range(40))
def test_no_name_is_lost_at_any_width(seed: int) -> None:
    one = plain(seed)
    named = {node.group for node in one.nodes}
    for width in (24, 32, 40, 60):
        drawn = characters(one, width)
        assert all(node.label in drawn for node in one.nodes)
        assert all(group.label in drawn for group in one.groups if group.id in named)


@pytest.mark.parametrize(
    ("concept_map", "width"),
    [
        (MAP, 18),
        (chain("word " * 90, "b"), 100),
        (chain("نموذج", "b"), 100),
        (large(61, 20), 4_000),
    ],
    ids=["narrow", "long", "right to left", "many"],
)
def test_what_cannot_be_drawn_is_listed(concept_map: ConceptMap, width: int) -> None:
    assert characters(concept_map, width) == told(concept_map, width)


@pytest.mark.parametrize("seed", range(90))
def test_lines_fit_and_hold_no_controls(seed: int) -> None:
    width = (24, 60, 100)[seed % 3]
    drawn = characters(hostile(seed), width)
    assert all(columns(line) <= width for line in drawn.splitlines())
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", drawn
    )
    assert characters(hostile(seed), width, ascii_only=True).isascii()


def plain(seed: int) -> ConceptMap:
    """Short names, some groups, links without labels: every relation can be followed with a finger.

    No corner of a line looks like one of these boxes.
    """
    chance = Random(seed)
    names = [f"n{number}" for number in range(chance.randint(2, 8))]
    groups = tuple(Group(id=name, label=name.upper()) for name in ("g", "h")[: chance.randint(0, 2)])
    homes = ["", *(group.id for group in groups)]
    return ConceptMap(
        direction=chance.choice(("LR", "TB")),
        nodes=tuple(
            Node(id=name, label=name, shape=chance.choice(("round", "decision")), group=chance.choice(homes))
            for name in names
        ),
        edges=tuple(
            Edge(source=one, target=other)
            for one, other in (chance.sample(names, 2) for _ in range(chance.randint(1, 11)))
        ),
        groups=groups,
    )


@cache
def drawing(seed: int) -> str:
    return characters(plain(seed), 100)


def is_list(drawn: str) -> bool:
    return bool(re.search("[■●◆]", drawn))


def boxes(rows: list[str]) -> dict[Cell, str]:
    """Which node's box each cell belongs to."""
    found: dict[Cell, str] = {}
    for row, line in enumerate(rows):
        for match in re.finditer("[╭╔][─┴┬═╧╤]+[╮╗]", line):
            first, last = match.span()
            bottom = next(below for below in range(row + 1, len(rows)) if rows[below][first] in "╰╚")
            inside = "".join(rows[below][first:last] for below in range(row + 1, bottom))
            (name,) = re.findall(r"n\d", inside)
            for inner in range(row, bottom + 1):
                found |= {(inner, column): name for column in range(first, last)}
    return found


def sources(rows: list[str], head: Cell, owner: dict[Cell, str]) -> set[str]:
    """The nodes that are reached by going against an arrow.

    An upright line passes over a level one, and a line passes behind the title of a frame.
    """

    def at(cell: Cell) -> str:
        row, column = cell
        return rows[row][column]

    found: set[str] = set()
    seen: set[tuple[Cell, str]] = set()
    ways = [(head, HEADS[at(head)])]
    while ways:
        cell, way = ways.pop()
        if (cell, way) in seen:
            continue
        seen.add((cell, way))
        cell = (cell[0] + STEPS[way][0], cell[1] + STEPS[way][1])
        mark = at(cell)
        if cell in owner:
            found.add(owner[cell])
        elif mark in HEADS:
            continue
        elif (mark == "│" and way in "EW") or mark in "GH ":
            ways.append((cell, way))
        else:
            ways += [(cell, onward) for onward in LEADS[mark] if onward != BACK[way]]
    return found


@pytest.mark.parametrize("seed", range(120))
def test_every_arrow_leads_from_its_source_to_its_target(seed: int) -> None:
    concept_map = plain(seed)
    drawn = drawing(seed)
    if is_list(drawn):
        assert drawn == told(concept_map, 100)
        return
    rows = drawn.splitlines()
    owner = boxes(rows)
    assert set(owner.values()) == {node.id for node in concept_map.nodes}
    relations = []
    for row, line in enumerate(rows):
        for column, mark in enumerate(line):
            if mark in HEADS:
                ahead = STEPS[BACK[HEADS[mark]]]
                (source,) = sources(rows, (row, column), owner)
                relations.append((source, owner[row + ahead[0], column + ahead[1]]))
    assert sorted(relations) == sorted({(edge.source, edge.target) for edge in concept_map.edges})


def test_most_maps_are_drawn() -> None:
    drawn = [drawing(seed) for seed in range(120)]
    assert sum(not is_list(one) for one in drawn) > 108


def test_an_empty_map_says_nothing() -> None:
    assert characters(ConceptMap()) == ""
