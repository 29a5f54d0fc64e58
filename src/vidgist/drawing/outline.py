"""A map as an indented list: group by group, each node with the links that go out of it; and groups alone."""

from collections.abc import Iterator

from vidgist.drawing.graph import Graph
from vidgist.drawing.metrics import columns, wrap

_LEAST = 24
_MARKS = {"box": "■", "round": "●", "decision": "◆"}


def outline(graph: Graph, width: int) -> str:
    """Return lines of at most ``width`` columns (never fewer than 24 are used), each with a line feed at its
    end.
    """
    return "".join(f"{line}\n" for line in _lines(graph, max(width, _LEAST)))


def members(graph: Graph, width: int) -> list[str]:
    """Return each group with the names of its nodes, in lines as those of `outline`: for drawings without
    frames.
    """
    lines: list[str] = []
    for group, title in enumerate(graph.groups):
        names = (vertex.label for vertex in graph.vertices if vertex.group == group)
        lines += _hang("▌ ", f"{title}: {' · '.join(names)}", max(width, _LEAST))
    return lines


def _lines(graph: Graph, width: int) -> Iterator[str]:
    numbers = range(len(graph.vertices))
    entered = {link.target for link in graph.links if link.source != link.target}
    apart = False
    for group in (-1, *range(len(graph.groups))):
        members = [n for n in numbers if graph.vertices[n].group == group]
        if not members:
            continue
        if apart:
            yield ""
        apart = True
        indent = ""
        if group >= 0:
            yield from _hang("▌ ", graph.groups[group], width)
            indent = "  "
        for n in sorted(members, key=lambda n: (n in entered, n)) if group < 0 else members:
            vertex = graph.vertices[n]
            yield from _hang(f"{indent}{_MARKS[vertex.shape]} ", vertex.label, width)
            links = [link for link in graph.links if link.source == n]
            for position, link in enumerate(links):
                corner, rail = ("└", " ") if position == len(links) - 1 else ("├", "│")
                target = graph.vertices[link.target].label
                line = f"── {link.label} ──▶ " if link.label else "──▶ "
                head = f"{indent}  {corner}{line}"
                if columns(head) + 12 <= width and columns(head) <= width // 2:
                    yield from _hang(head, target, width, f"{indent}  {rail}     ")
                else:
                    yield from _hang(f"{indent}  {corner}── ", link.label, width, f"{indent}  {rail}  ")
                    yield from _hang(f"{indent}  {rail}  ──▶ ", target, width)


def _hang(head: str, text: str, width: int, later: str = "") -> Iterator[str]:
    """Yield ``text`` behind ``head``, its further lines behind ``later`` or as many spaces."""
    later = later or " " * columns(head)
    first = wrap(text, width - columns(head), columns)
    yield (head + first[0]).rstrip()
    rest = text[_length(text, first[0]) :].strip()
    for line in wrap(rest, width - columns(later), columns):
        yield later + line


def _length(text: str, line: str) -> int:
    return text.index(line) + len(line)
