"""Nothing lies on anything, whatever the map."""

from functools import cache
from itertools import combinations, pairwise

import pytest

from tests.unit.drawing.maps import chain, crossed, hostile, large, tall
from vidgist.drawing.layout import lay_out
from vidgist.drawing.metrics import FONT, SMALL, ems
from vidgist.drawing.shapes import SMALL_LINE, Layout, title_width
from vidgist.models import ConceptMap, Edge, Group, Node

Rect = tuple[float, float, float, float]


TALL = 1_000
CROSSED = 2_000
SEEDS = [*range(60), *range(TALL, TALL + 40), *range(CROSSED, CROSSED + 20)]


@cache
def _drawn(seed: int) -> Layout:
    return lay_out(hostile(seed) if seed < TALL else tall(seed) if seed < CROSSED else crossed(seed))


def _apart(one: Rect, two: Rect) -> bool:
    slack = 0.01
    return (
        one[2] <= two[0] + slack
        or two[2] <= one[0] + slack
        or one[3] <= two[1] + slack
        or two[3] <= one[1] + slack
    )


def _within(inner: Rect, outer: Rect) -> bool:
    slack = 0.01
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )


def _boxes(layout: Layout) -> list[Rect]:
    return [(b.x, b.y, b.x + b.width, b.y + b.height) for b in layout.boxes]


def _frames(layout: Layout) -> list[Rect]:
    return [(f.x, f.y, f.x + f.width, f.y + f.height) for f in layout.frames]


def _captions(layout: Layout) -> list[Rect]:
    found: list[Rect] = []
    for caption in layout.captions:
        width, height = max(map(ems, caption.lines)) * SMALL, len(caption.lines) * SMALL_LINE
        x, y = caption.x - width / 2, caption.y - height / 2
        found.append((x, y, x + width, y + height))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_overlaps(seed: int) -> None:
    layout = _drawn(seed)
    boxes, frames = _boxes(layout), _frames(layout)
    solid = [*boxes, *_captions(layout)]
    assert all(_apart(one, two) for one, two in combinations(solid, 2))
    assert all(_apart(one, two) for one, two in combinations(frames, 2))
    assert all(_within(rect, (0, 0, layout.width, layout.height)) for rect in [*solid, *frames])


@pytest.mark.parametrize("seed", SEEDS)
def test_frames_hold_their_members_and_nobody_else(seed: int) -> None:
    layout = _drawn(seed)
    for number, frame in enumerate(_frames(layout)):
        for rect, box in zip(_boxes(layout), layout.boxes, strict=True):
            assert _within(rect, frame) if box.group == number else _apart(rect, frame)


@pytest.mark.parametrize("seed", SEEDS)
def test_lines_pass_no_node_and_no_caption(seed: int) -> None:
    """Level runs are checked; curves lie between the ranks."""
    layout = _drawn(seed)
    for wire in layout.wires:
        for stroke in wire.strokes:
            for (x, y), (to_x, to_y) in pairwise(stroke):
                if not wire.square and ((y != to_y) if wire.horizontal else (x != to_x)):
                    continue
                run = (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
                for rect in [*_boxes(layout), *_captions(layout)]:
                    # A line may end on the outline, which lies within the frame where corners are cut.
                    touches = any(
                        rect[0] - 0.1 <= px <= rect[2] + 0.1 and rect[1] - 0.1 <= py <= rect[3] + 0.1
                        for px, py in (wire.strokes[0][0], wire.strokes[-1][-1])
                    )
                    assert touches or _apart(run, rect)


@pytest.mark.parametrize("seed", SEEDS)
def test_texts_fit_their_boxes(seed: int) -> None:
    for box in _drawn(seed).boxes:
        assert max(map(ems, box.lines)) * FONT <= box.width
        assert len(box.lines) * FONT <= box.height


def test_ranks_run_in_the_maps_direction() -> None:
    across = [box.x for box in lay_out(chain("a", "b", "c")).boxes]
    down = [box.y for box in lay_out(chain("a", "b", "c", direction="TB")).boxes]
    assert across == sorted(set(across))
    assert down == sorted(set(down))


def test_a_chain_is_straight() -> None:
    layout = lay_out(chain("a", "long " * 20, "c", "d"))
    assert len({round(box.y + box.height / 2, 3) for box in layout.boxes}) == 1
    assert all(len(stroke) == 2 for wire in layout.wires for stroke in wire.strokes)


def test_a_cycle_keeps_its_arrows() -> None:
    nodes = (Node(id="a", label="A"), Node(id="b", label="B"))
    edges = (Edge(source="a", target="b"), Edge(source="b", target="a"))
    layout = lay_out(ConceptMap(nodes=nodes, edges=edges))
    assert [wire.back for wire in layout.wires] == [False, True]
    first, second = layout.boxes
    there, back = layout.wires
    assert there.tip[0] == pytest.approx(second.x)
    assert back.tip[0] == pytest.approx(first.x + first.width)
    assert there.strokes[0][0][1] != back.strokes[0][0][1]


def test_loose_ends_and_doubles_are_left_out() -> None:
    nodes = (
        Node(id="a", label="A"),
        Node(id="a", label="double", group="g"),
        Node(id="b", label="B", group="?"),
    )
    edges = (Edge(source="a", target="b"), Edge(source="a", target="b"), Edge(source="a", target="c"))
    layout = lay_out(ConceptMap(nodes=nodes, edges=edges, groups=(Group(id="g", label="G"),)))
    assert [box.label for box in layout.boxes] == ["A", "B"]
    assert len(layout.wires) == 1
    assert not layout.frames


def test_loose_nodes_stand_in_a_block() -> None:
    layout = lay_out(ConceptMap(nodes=tuple(Node(id=str(n), label="x") for n in range(30))))
    assert 0.3 < layout.width / layout.height < 3


def test_an_empty_map_has_an_empty_layout() -> None:
    layout = lay_out(ConceptMap())
    assert not layout.boxes
    assert layout.width > 0
    assert layout.height > 0


def test_a_part_that_is_too_wide_is_turned_where_that_helps() -> None:
    long = chain(*"abcdefghijk")
    assert lay_out(long, 2_000).wires[0].horizontal
    turned = lay_out(long, 600)
    assert turned.width < 600
    assert not turned.wires[0].horizontal
    wide = ConceptMap(direction="TB", nodes=long.nodes, edges=long.edges)
    assert not lay_out(wide, 100).wires[0].horizontal


def test_parts_are_laid_out_by_themselves() -> None:
    nodes = tuple(Node(id=name, label=name) for name in "abcdef")
    edges = (Edge(source="a", target="b"), Edge(source="c", target="d"), Edge(source="d", target="e"))
    layout = lay_out(ConceptMap(nodes=nodes, edges=edges))
    assert [box.label for box in layout.boxes] == list("abcdef")
    assert all(_apart(one, two) for one, two in combinations(_boxes(layout), 2))
    assert len({round(box.x) for box in layout.boxes if box.label in "ac"}) == 1


def test_right_to_left_maps_are_mirrored() -> None:
    nodes = (Node(id="a", label="نهر", group="g"), Node(id="b", label="بحيرة"), Node(id="c", label="ماء"))
    edges = (Edge(source="a", target="b"), Edge(source="c", target="a"), Edge(source="b", target="b"))
    layout = lay_out(ConceptMap(nodes=nodes, edges=edges, groups=(Group(id="g", label="أرض"),)))
    first, second, before = layout.boxes
    assert before.x > first.x > second.x
    assert all(wire.back for wire in layout.wires)
    assert layout.wires[0].tip[0] == pytest.approx(second.x + second.width)
    frame = layout.frames[0]
    assert frame.x < first.x < frame.x + frame.width
    right = frame.title_x + title_width(frame.title)
    assert right == pytest.approx(frame.x + frame.width - 12)
    assert layout.loops[0].at[0] == pytest.approx(second.x + second.width / 2)


@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_titles_stand_clear_of_lines(direction: str) -> None:
    """The line comes in where the title would stand, and there is room beside it."""
    nodes = (
        Node(id="a", label="A"),
        Node(id="b", label="B", group="g"),
        Node(id="c", label="A very long label of a node", group="g"),
        Node(id="d", label="D"),
    )
    edges = (Edge(source="a", target="b"), Edge(source="b", target="d"), Edge(source="c", target="d"))
    given = {"direction": direction, "nodes": nodes, "edges": edges, "groups": (Group(id="g", label="G"),)}
    layout = lay_out(ConceptMap.model_validate(given))
    (frame,) = layout.frames
    left, right = frame.title_x, frame.title_x + title_width(frame.title)
    assert frame.x < left < right < frame.x + frame.width
    for wire in layout.wires:
        for stroke in wire.strokes:
            for (x, y), (to_x, to_y) in pairwise(stroke):
                if x == to_x and min(y, to_y) < frame.y + 20 and max(y, to_y) > frame.y:
                    assert not left <= x <= right


def test_chains_are_straight_beside_what_is_not() -> None:
    edges = [*pairwise("abcd"), ("e", "d")]
    layout = lay_out(
        ConceptMap(
            nodes=tuple(Node(id=name, label=name) for name in "abcde"),
            edges=tuple(Edge(source=one, target=two) for one, two in edges),
        )
    )
    levels = [round(box.y + box.height / 2, 3) for box in layout.boxes]
    assert len(set(levels[:3])) == 1


def test_large_maps_do_not_overlap() -> None:
    boxes = _boxes(lay_out(large(60, 120)))
    assert all(_apart(one, two) for one, two in combinations(boxes, 2))


def test_a_long_strip_is_laid_in_columns_that_fit() -> None:
    layout = lay_out(chain(*(f"step {number}" for number in range(40)), direction="TB"))
    assert layout.width <= 1_000
    assert layout.height < 1_000
    columns = sorted({round(box.x + box.width / 2) for box in layout.boxes})
    assert 4 <= len(columns) <= 8
    steps = [(columns.index(round(box.x + box.width / 2)), box.y) for box in layout.boxes]
    assert steps == sorted(steps), "read down each column, one after the other"


def test_arrows_of_a_strip_in_columns_end_at_their_nodes() -> None:
    folded = 0
    for seed in range(TALL, TALL + 40):
        layout = _drawn(seed)
        boxes = _boxes(layout)
        folded += any(
            x == to_x or y == to_y
            for wire in layout.wires
            for stroke in wire.strokes
            for (x, y), (to_x, to_y) in pairwise(stroke)
            if abs(y - to_y) < 0.01 and abs(x - to_x) > 20
        )
        for wire in layout.wires:
            for point in (wire.tip, wire.strokes[0][0], wire.strokes[-1][-1]):
                at = (*point, *point)
                assert any(_within(at, (b[0] - 1, b[1] - 1, b[2] + 1, b[3] + 1)) for b in boxes)
    assert folded > 5, "some were folded"


def test_no_group_is_cut() -> None:
    for seed in range(TALL, TALL + 40):
        layout = _drawn(seed)
        for frame in layout.frames:
            assert frame.x <= frame.title_x <= frame.x + frame.width
