"""Where everything of a map stands: boxes, lines, labels, arrowheads. Pure geometry in CSS pixels.

Each connected part is laid out by itself, in the map's direction where that fits the room, a long strip in
columns, and the parts are packed. Where one is turned to fit, the others are turned too, if that takes less
room. Where ranks tear the groups of a part apart, the groups are placed freely instead. A map in a
right-to-left script is mirrored.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from vidgist.drawing.folding import fold
from vidgist.drawing.free import lay_out_freely
from vidgist.drawing.geometry import Geometry
from vidgist.drawing.graph import Graph, Part, parts, resolve
from vidgist.drawing.metrics import right_to_left
from vidgist.drawing.packing import pack
from vidgist.drawing.plan import Plan, Point
from vidgist.drawing.shapes import PIXELS, Frame, Layout, Wire, title_width
from vidgist.models import ConceptMap

ROOM = 1_000.0
"""Pixels; a part that is wider is turned, if that makes it narrower."""

_MARGIN = 20.0
_GAP = 34.0  # between parts
_ASPECT = 1.7  # of the parts together, where there are many
_SHAPE = 1.4  # of a part, width to height
_SMALL = ROOM / _SHAPE  # what is no larger is left in ranks
_WORTH = 0.8  # of the size in ranks


def lay_out(concept_map: ConceptMap, room: float = ROOM) -> Layout:
    """Lay a map out; the same map always gets the same layout. ``room`` is what its width should not
    exceed.
    """
    graph = resolve(concept_map)
    found = parts(graph)
    horizontal = concept_map.direction == "LR"
    within = room - 2 * _MARGIN
    own = _pieces(found, horizontal=horizontal, within=within)
    chosen = own
    if any(piece.width > within for piece in own):
        turned = _pieces(found, horizontal=not horizontal, within=within)
        pairs = zip(own, turned, strict=True)
        each = [one if one.width <= max(within, other.width) else other for one, other in pairs]
        chosen = min(each, turned, key=lambda pieces: _room(_packed(graph, found, pieces, within), room))
    freed = [_freed(part.graph, piece) for part, piece in zip(found, chosen, strict=True)]
    whole = _packed(graph, found, freed, within)
    reversed_ = sum(right_to_left(vertex.label) for vertex in graph.vertices)
    return _mirrored(whole) if 2 * reversed_ > len(graph.vertices) else whole


def _pieces(found: Sequence[Part], *, horizontal: bool, within: float) -> list[Layout]:
    return [
        fold(Geometry(Plan(part.graph, PIXELS, horizontal=horizontal)).layout(), within) for part in found
    ]


def _room(whole: Layout, room: float) -> Point:
    return max(whole.width, room), whole.width * whole.height


def _freed(graph: Graph, ranked: Layout) -> Layout:
    """Return a part in ranks, or with its groups placed freely where that takes much less room."""
    if _size(ranked) <= _SMALL:
        return ranked
    free = lay_out_freely(graph)
    return free if free and _size(free) < _WORTH * _size(ranked) else ranked


def _size(piece: Layout) -> float:
    """Return the height of a frame of a usual shape that holds a picture."""
    return max(piece.width / _SHAPE, piece.height)


def _packed(graph: Graph, found: Sequence[Part], pieces: Sequence[Layout], within: float) -> Layout:
    sizes = [(piece.width, piece.height) for piece in pieces]
    area = sum((width + _GAP) * (height + _GAP) for width, height in sizes)
    breadth = max([min(within, sqrt(area * _ASPECT)), *(width for width, _ in sizes)])
    corners = pack(sizes, breadth, (_GAP, _GAP))
    boxes = {}
    frames = {}
    moved: list[Layout] = []
    for part, piece, (x, y) in zip(found, pieces, corners, strict=True):
        moved.append(piece.moved(x + _MARGIN, y + _MARGIN))
        for number, box in zip(part.vertices, moved[-1].boxes, strict=True):
            boxes[number] = replace(box, group=part.groups[box.group] if box.group >= 0 else -1)
        for number, frame in zip(part.groups, moved[-1].frames, strict=True):
            frames[number] = replace(frame, group=number)
    return Layout(
        max((x + piece.width for piece, (x, _) in zip(pieces, corners, strict=True)), default=0.0)
        + 2 * _MARGIN,
        max((y + piece.height for piece, (_, y) in zip(pieces, corners, strict=True)), default=0.0)
        + 2 * _MARGIN,
        graph,
        tuple(boxes[number] for number in sorted(boxes)),
        tuple(frames[number] for number in sorted(frames)),
        tuple(wire for piece in moved for wire in piece.wires),
        tuple(loop for piece in moved for loop in piece.loops),
        tuple(caption for piece in moved for caption in piece.captions),
    )


def _mirrored(whole: Layout) -> Layout:
    """Mirror a layout for readers from right to left."""

    def flip(point: Point) -> Point:
        return whole.width - point[0], point[1]

    def flip_wire(wire: Wire) -> Wire:
        strokes = tuple(tuple(map(flip, stroke)) for stroke in wire.strokes)
        back = not wire.back if wire.horizontal else wire.back
        return replace(wire, strokes=strokes, tip=flip(wire.tip), back=back)

    def flip_frame(frame: Frame) -> Frame:
        title_x = whole.width - frame.title_x - title_width(frame.title)
        return replace(frame, x=whole.width - frame.x - frame.width, title_x=title_x)

    return replace(
        whole,
        boxes=tuple(replace(box, x=whole.width - box.x - box.width) for box in whole.boxes),
        frames=tuple(map(flip_frame, whole.frames)),
        wires=tuple(map(flip_wire, whole.wires)),
        loops=tuple(replace(loop, at=flip(loop.at)) for loop in whole.loops),
        captions=tuple(replace(one, x=whole.width - one.x) for one in whole.captions),
    )
