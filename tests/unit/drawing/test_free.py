"""Groups that link in all directions are placed in two dimensions, their links led around the others."""

from functools import cache
from itertools import pairwise

import pytest

from tests.unit.drawing.maps import chain, crossed
from vidgist.drawing.free import lay_out_freely
from vidgist.drawing.graph import Graph, parts, resolve
from vidgist.drawing.layout import lay_out
from vidgist.drawing.shapes import Layout, Wire
from vidgist.drawing.vector import svg
from vidgist.models import ConceptMap, Edge, Group, Node

SEEDS = range(2_000, 2_020)
WHOLE = 400  # pixels; a map that is no larger needs no other layout


def _graph(concept_map: ConceptMap) -> Graph:
    return parts(resolve(concept_map))[0].graph


@cache
def _free(seed: int) -> Layout:
    found = lay_out_freely(_graph(crossed(seed)))
    assert found is not None
    return found


def _ends(layout: Layout, wire: Wire) -> list[int]:
    """Numbers of the boxes that a line begins and ends at."""
    found = []
    for x, y in (wire.strokes[0][0], wire.strokes[-1][-1]):
        found += [
            number
            for number, box in enumerate(layout.boxes)
            if box.x - 0.1 <= x <= box.x + box.width + 0.1 and box.y - 0.1 <= y <= box.y + box.height + 0.1
        ]
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_lines_go_around_foreign_groups(seed: int) -> None:
    layout = _free(seed)
    for wire in (one for one in layout.wires if one.square):
        own = {layout.boxes[number].group for number in _ends(layout, wire)}
        for stroke in wire.strokes:
            for (x, y), (to_x, to_y) in pairwise(stroke):
                assert x == to_x or y == to_y
                for frame in (one for one in layout.frames if one.group not in own):
                    assert (
                        max(x, to_x) <= frame.x
                        or min(x, to_x) >= frame.x + frame.width
                        or max(y, to_y) <= frame.y
                        or min(y, to_y) >= frame.y + frame.height
                    )


@pytest.mark.parametrize("seed", SEEDS)
def test_each_link_is_drawn_between_its_nodes(seed: int) -> None:
    graph = _graph(crossed(seed))
    layout = _free(seed)
    drawn = sorted(sorted(_ends(layout, wire)) for wire in layout.wires)
    assert drawn == sorted(sorted((link.source, link.target)) for link in graph.links)
    said = sorted(link.label for link in graph.links if link.label)
    assert sorted(" ".join(caption.lines) for caption in layout.captions) == said


@pytest.mark.parametrize("seed", SEEDS)
def test_the_last_piece_of_a_line_points_at_its_node(seed: int) -> None:
    layout = _free(seed)
    for wire in (one for one in layout.wires if one.square):
        (x, y), tip = wire.strokes[-1][-2:]
        assert tip == wire.tip
        assert wire.horizontal == (y == tip[1])
        assert wire.back == (tip < (x, y))


@pytest.mark.unmeasured
def test_cross_linked_groups_take_much_less_room() -> None:
    layouts = [lay_out(crossed(seed)) for seed in SEEDS]
    areas = sum(layout.width * layout.height for layout in layouts)
    boxes = sum(box.width * box.height for layout in layouts for box in layout.boxes)
    assert boxes / areas > 0.09  # 0.02 in ranks alone


def test_what_has_no_second_island_stays_in_ranks() -> None:
    assert lay_out_freely(_graph(chain("a", "b", "c"))) is None
    long = chain(*(f"Step {number}" for number in range(30)))
    assert not any(wire.square for wire in lay_out(long).wires)


def test_a_small_map_stays_in_ranks() -> None:
    nodes = (Node(id="a", label="A", group="g"), Node(id="b", label="B", group="h"))
    edges = (Edge(source="a", target="b"), Edge(source="b", target="a"))
    layout = lay_out(
        ConceptMap(nodes=nodes, edges=edges, groups=(Group(id="g", label="G"), Group(id="h", label="H")))
    )
    assert max(layout.width, layout.height) < WHOLE
    assert not any(wire.square for wire in layout.wires)


def test_the_same_map_is_drawn_the_same() -> None:
    assert svg(crossed(2_003)) == svg(crossed(2_003))
    assert "Q" in svg(crossed(2_003))


def test_loops_and_links_within_an_island_are_kept() -> None:
    known = crossed(2_004)
    first = known.nodes[0].id
    layout = lay_out_freely(
        _graph(known.model_copy(update={"edges": (*known.edges, Edge(source=first, target=first))}))
    )
    assert layout is not None
    assert len(layout.loops) == 1
