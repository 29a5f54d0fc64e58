"""A map as SVG: self-contained, accessible, for light and dark pages. No script, no reference to outside."""

from collections.abc import Sequence
from hashlib import sha256
from html import escape
from itertools import pairwise

from vidgist.drawing.colours import NAME, TINTS, light, sheet
from vidgist.drawing.layout import lay_out
from vidgist.drawing.metrics import FONT, SMALL, clean, right_to_left
from vidgist.drawing.plan import Point
from vidgist.drawing.shapes import (
    LEVEL,
    LINE,
    SMALL_LINE,
    Box,
    Frame,
    Layout,
    Loop,
    Wire,
    corner,
    slant,
    title_width,
)
from vidgist.models import ConceptMap

_BEND = 7.0  # pixels, the radius of a line's corner


def svg(concept_map: ConceptMap, *, title: str = "") -> str:
    """Return a whole file: one ``<svg>`` element that brings its own style sheet."""
    return _draw(lay_out(concept_map), title, sheet())


def element(concept_map: ConceptMap, *, title: str = "") -> str:
    """Return the same for a page whose style sheet holds `sheet`. No attribute styles anything."""
    return _draw(lay_out(concept_map), title, "")


def plain(layout: Layout) -> str:
    """Return a file in fixed light colours, for readers of SVG that know no custom properties."""
    return _draw(layout, "", light())


def _draw(layout: Layout, title: str, style: str) -> str:
    """Return the ids come from a hash of what is shown: several maps may stand on one page."""
    name = clean(title) or "Concept map"
    mark = "m" + sha256(f"{name} {layout!r}".encode()).hexdigest()[:12]
    width, height = _figure(max(layout.width, 40)), _figure(max(layout.height, 40))
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{NAME}" width="{width}" height="{height}"'
            f' viewBox="0 0 {width} {height}" role="img" aria-labelledby="{mark}-t {mark}-d">'
        ),
        f'<title id="{mark}-t">{escape(name)}</title>',
        f'<desc id="{mark}-d">{escape(_description(layout))}</desc>',
        f"<style>{style}</style>" if style else "",
        f'<rect class="page" width="{width}" height="{height}" rx="8"/>',
        *map(_frame, layout.frames),
        *map(_wire, layout.wires),
        *map(_loop, layout.loops),
        *map(_head, layout.frames),
        *(_box(box) for box in layout.boxes),
        *(_text(c.lines, c.x, c.y, SMALL, SMALL_LINE, "label") for c in layout.captions),
        "</svg>",
    ]
    return "\n".join(filter(None, parts)) + "\n"


def _description(layout: Layout) -> str:
    vertices = layout.graph.vertices
    said = [
        f"{vertices[link.source].label} → {vertices[link.target].label}"
        + (f" ({link.label})" if link.label else "")
        for link in layout.graph.links
    ]
    linked = {end for link in layout.graph.links for end in (link.source, link.target)}
    said += [vertex.label for number, vertex in enumerate(vertices) if number not in linked]
    return "; ".join(said)


def _figure(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _frame(frame: Frame) -> str:
    tint = f"g{frame.group % len(TINTS)}"
    return (
        f'<rect class="frame {tint}" x="{_figure(frame.x)}" y="{_figure(frame.y)}"'
        f' width="{_figure(frame.width)}" height="{_figure(frame.height)}" rx="8"/>'
    )


def _head(frame: Frame) -> str:
    """Return the title, over lines that may pass behind it."""
    tint = f"g{frame.group % len(TINTS)}"
    rows: list[str] = []
    for row, line in enumerate(frame.title):
        reverse = right_to_left(line)
        x = frame.title_x + title_width(frame.title) if reverse else frame.title_x
        way = ' direction="rtl"' if reverse else ""
        rows.append(
            f'<text class="head {tint}" x="{_figure(x)}" y="{_figure(frame.y + 19 + 17 * row)}"{way}>'
            f"{escape(line)}</text>"
        )
    return "".join(rows)


def _box(box: Box) -> str:
    kind = "node" if box.group < 0 else f"node g{box.group % len(TINTS)}"
    x, y, width, height = box.x, box.y, box.width, box.height
    if box.shape == "decision":
        out = slant(height)
        corners = [(x + out, y), (x + width - out, y), (x + width, y + height / 2)]
        corners += [(x + width - out, y + height), (x + out, y + height), (x, y + height / 2)]
        shape = f'<polygon class="{kind}" points="{_points(corners)}"/>'
    else:
        radius = 6 if box.shape == "box" else corner(height)
        shape = (
            f'<rect class="{kind}" x="{_figure(x)}" y="{_figure(y)}" width="{_figure(width)}"'
            f' height="{_figure(height)}" rx="{_figure(radius)}"/>'
        )
    text = _text(box.lines, x + width / 2, y + height / 2, FONT, LINE, "")
    return f"<g><title>{escape(box.label)}</title>{shape}{text}</g>"


def _text(lines: Sequence[str], x: float, y: float, size: float, line: float, kind: str) -> str:
    first = y - line * (len(lines) - 1) / 2 + size * 0.35
    name = f' class="{kind}"' if kind else ""
    return "".join(
        f'<text{name} x="{_figure(x)}" y="{_figure(first + row * line)}"'
        + (' direction="rtl"' if right_to_left(text) else "")
        + f">{escape(text)}</text>"
        for row, text in enumerate(lines)
    )


def _wire(wire: Wire) -> str:
    path = "".join(
        _angled(stroke) if wire.square else _stroke(stroke, horizontal=wire.horizontal)
        for stroke in wire.strokes
    )
    return f'<path class="wire" d="{path}"/>{_tip(wire.tip, back=wire.back, horizontal=wire.horizontal)}'


def _stroke(stroke: Sequence[Point], *, horizontal: bool) -> str:
    path = f"M{_pair(stroke[0])}"
    for (x, y), (to_x, to_y) in pairwise(stroke):
        if abs(to_y - y if horizontal else to_x - x) < LEVEL:
            path += f"L{_pair((to_x, to_y))}"
        elif horizontal:
            middle = (x + to_x) / 2
            path += f"C{_pair((middle, y))} {_pair((middle, to_y))} {_pair((to_x, to_y))}"
        else:
            middle = (y + to_y) / 2
            path += f"C{_pair((x, middle))} {_pair((to_x, middle))} {_pair((to_x, to_y))}"
    return path


def _angled(stroke: Sequence[Point]) -> str:
    """Return a line with right angles, its corners rounded as far as its pieces are long."""
    path = f"M{_pair(stroke[0])}"
    for before, corner_, behind in zip(stroke, stroke[1:], stroke[2:], strict=False):
        path += f"L{_pair(_towards(corner_, before))}Q{_pair(corner_)} {_pair(_towards(corner_, behind))}"
    return f"{path}L{_pair(stroke[-1])}"


def _towards(corner_: Point, other: Point) -> Point:
    """Return where the rounding of a corner ends on its way to another point."""
    right, down = other[0] - corner_[0], other[1] - corner_[1]
    share = min(0.5, _BEND / max(abs(right), abs(down), _BEND))
    return corner_[0] + right * share, corner_[1] + down * share


def _tip(tip: Point, *, back: bool, horizontal: bool) -> str:
    x, y = tip
    length = 9 if back else -9
    wings = (
        ((x + length, y - 4.5), (x + length, y + 4.5))
        if horizontal
        else ((x - 4.5, y + length), (x + 4.5, y + length))
    )
    return f'<polygon class="tip" points="{_points((tip, *wings))}"/>'


def _loop(loop: Loop) -> str:
    x, y = loop.at
    if loop.horizontal:
        begin, bend, out, end = (x - 11, y), (x - 14, y + 24), (x + 11, y + 24), (x + 11, y + 5)
    else:
        begin, bend, out, end = (x, y - 7), (x + 24, y - 10), (x + 24, y + 7), (x + 5, y + 7)
    path = f"M{_pair(begin)}C{_pair(bend)} {_pair(out)} {_pair(end)}"
    tip = (x + 11, y) if loop.horizontal else (x, y + 7)
    return f'<path class="wire" d="{path}"/>{_tip(tip, back=True, horizontal=not loop.horizontal)}'


def _pair(point: Point) -> str:
    return f"{_figure(point[0])},{_figure(point[1])}"


def _points(points: Sequence[Point]) -> str:
    return " ".join(map(_pair, points))
