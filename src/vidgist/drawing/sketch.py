"""A map in characters for a terminal: boxes and lines where they fit its width, else an indented list."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from vidgist.drawing.canvas import NoRoom
from vidgist.drawing.cell_measures import CELL, measures
from vidgist.drawing.cells import Cells
from vidgist.drawing.graph import Graph, parts, resolve
from vidgist.drawing.metrics import columns, right_to_left
from vidgist.drawing.outline import members, outline
from vidgist.drawing.packing import pack
from vidgist.drawing.plan import Plan
from vidgist.models import ConceptMap

_TEXT_WIDTHS = (26, 20, 15, 11)
_FRAMED_TEXT_WIDTHS = (26, 20)
"""Where labels would have to be narrower, frames are what is given up first."""

_LARGEST = 60
"""Nodes; more of them are no picture on a terminal."""

_GAP = (3, 1)
_PLAIN = str.maketrans(
    "─│┌┐└┘├┤┬┴┼╭╮╰╯┄┊═║╔╗╚╝╟╢╤╧▶◀▼▲■●◆▌…↻",
    "-|+++++++++..''.:=|++++||==><v^#o?|.@",
)


def characters(concept_map: ConceptMap, width: int = 100, *, ascii_only: bool = False) -> str:
    """Return lines of at most ``width`` columns, each with a line feed at its end.

    The parts of the map are drawn in its direction or turned, whichever leaves labels their width. A part
    that is too wide for both is drawn without the frames of its groups, which are named below. The map is
    an indented list where a part does not fit even so, where there are more than sixty nodes, where
    a label would fill a box of more than eight lines, and where one is in a right-to-left script: terminals
    turn such lines round, and boxes would fall apart. ``ascii_only`` keeps to ASCII: letters lose their
    accents, what has no letter becomes a question mark.
    """
    graph = resolve(concept_map)
    drawn = _drawn(graph, concept_map.direction == "LR", width)
    lines = outline(graph, width).splitlines() if drawn is None else drawn
    return "".join(f"{_plain(line) if ascii_only else line}\n" for line in lines)


def _drawn(graph: Graph, horizontal: bool, width: int) -> list[str] | None:
    texts = (
        *(vertex.label for vertex in graph.vertices),
        *(link.label for link in graph.links),
        *graph.groups,
    )
    if len(graph.vertices) > _LARGEST or any(map(right_to_left, texts)):
        return None
    pieces: list[list[str]] = []
    named: list[str] = []
    for part in parts(graph):
        piece = next(_fitting(part.graph, horizontal, width), None)
        if piece is not None:
            pieces.append(piece)
            continue
        freed = [
            next(_fitting(loose.graph, horizontal, width), None) for loose in parts(_frameless(part.graph))
        ]
        if not part.graph.groups or None in freed:
            return None
        pieces += filter(None, freed)
        named += members(part.graph, width)
    drawn = _packed(pieces, width)
    return [*drawn, "", *named] if named else drawn


def _packed(pieces: Sequence[list[str]], width: int) -> list[str]:
    sizes = [(max(map(columns, piece)), len(piece)) for piece in pieces]
    corners = pack(sizes, width, _GAP)
    rows: dict[int, list[tuple[int, str]]] = {}
    for piece, (left, top) in zip(pieces, corners, strict=True):
        for offset, line in enumerate(piece):
            rows.setdefault(round(top) + offset, []).append((round(left), line))
    return [_joined(rows.get(row, ())) for row in range(max(rows, default=-1) + 1)]


def _fitting(graph: Graph, horizontal: bool, width: int) -> Iterator[list[str]]:
    looped = _with_loops_in_labels(graph)
    text_widths = _FRAMED_TEXT_WIDTHS if graph.groups else _TEXT_WIDTHS
    for text_width, direction in product(text_widths, (horizontal, not horizontal)):
        sizes = measures(text_width, horizontal=direction)
        try:
            plan = Plan(looped, sizes, horizontal=direction)
            if _least(plan) > width:
                continue
            lines = Cells(plan).lines()
        except NoRoom:
            continue
        if max(map(columns, lines)) <= width:
            yield lines


def _frameless(graph: Graph) -> Graph:
    return replace(graph, vertices=tuple(replace(one, group=-1) for one in graph.vertices), groups=())


def _least(plan: Plan) -> float:
    """Count columns that its texts alone take: what is wider need not be laid out to see that it does not
    fit.
    """
    if plan.horizontal:
        return sum(plan.wide) / CELL
    ranks = [0.0] * len(plan.wide)
    for body in plan.bodies:
        for rank in range(body.first, body.last + 1):
            ranks[rank] += body.size
    return max(ranks) / CELL


def _with_loops_in_labels(graph: Graph) -> Graph:
    """Write each link of a node to itself as a line in its box."""
    loops: dict[int, list[str]] = {}
    for link in graph.links:
        if link.source == link.target:
            loops.setdefault(link.source, []).append(link.label)
    vertices = list(graph.vertices)
    for number, labels in loops.items():
        line = f"↻ {' / '.join(filter(None, labels))}".rstrip()
        vertices[number] = replace(vertices[number], label=f"{vertices[number].label}\n{line}")
    links = tuple(link for link in graph.links if link.source != link.target)
    return Graph(tuple(vertices), links, graph.groups)


def _joined(pieces: Sequence[tuple[int, str]]) -> str:
    line = ""
    for left, piece in sorted(pieces):
        line += " " * (left - columns(line)) + piece
    return line.rstrip()


def _plain(line: str) -> str:
    """Write in ASCII of the same width: letters lose their accents, others become question marks."""
    return "".join(
        character if character.isascii() else "?" * columns(character)
        for character in unicodedata.normalize("NFKD", line.translate(_PLAIN))
    )
