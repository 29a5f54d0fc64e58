"""Mermaid text as models and old records hold it becomes a typed map. Pure, tolerant, in linear time.

Reads flowcharts that no Mermaid parses: brackets inside labels, prose and fences around, arrows of other
languages, labels over several lines. Looks (``style``, ``classDef``, a part's ``direction``), active content
(``click``, ``href``, scripts, tags, ``%%{init}%%``) and comments have no place in a map and go without being
counted; what may be content and cannot be read is counted.
"""

import re
from dataclasses import dataclass
from itertools import product

from vidgist.models import ConceptMap, Edge, Group, Node
from vidgist.text.mermaid.brackets import Unclosed, Unreadable
from vidgist.text.mermaid.labels import plain
from vidgist.text.mermaid.statements import Mention, Statement, parse

MAX_LENGTH = 100_000
"""Characters of a text that are read: twice what Mermaid takes."""

MAX_EDGES = 2_000
"""Links that are read: ``a & b --> c & d`` multiplies them. Four times what Mermaid takes."""

_STATEMENT_LINES = 6
"""Lines that one statement may run over."""

_HEADER = re.compile(r"(?:graph|flowchart(?:-elk|-v2)?)(?: (LR|RL|TB|TD|BT)\b| ?(?=;|$))[ ;]*", re.IGNORECASE)
_OTHER_KIND = re.compile(
    r"(?:sequenceDiagram|classDiagram|stateDiagram|erDiagram|gantt|pie|journey|mindmap|timeline|gitGraph"
    r"|quadrantChart|requirementDiagram|C4\w+|sankey|xychart|block|packet|kanban|architecture|radar|treemap)\b"
)
_AROUND = re.compile(r"```|~~~\w*$|</?Mermaid_Diagram>", re.IGNORECASE)
_SILENT = re.compile(
    r";*$|%%|//|#|-{3,}$|direction \w\w ?;?$|acc(?:Title|Descr)\b"
    r"|(?:style|classDef) [^\[({]*:|class [\w,.-]+ [\w-]+ ?;?$|linkStyle (?:\d|default)"
    r"|(?:click|href|callback|call) (?![-=<~→|&])"
)
_SUBGRAPH = re.compile(r"subgraph\b(?! ?[-=]{2}) ?", re.IGNORECASE)
_CLOSER = re.compile(r"[\])}]")
_END = re.compile(r"end ?;?(?: ?%%.*)?$", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?:.*\n){0,100}?---[ \t]*\n")
_HINT_OF_LINK = re.compile(r"--|==|-\.|->|=>|→")


@dataclass(frozen=True)
class Reading:
    """A map, and the numbers (from 1) of the lines that hold something it has not."""

    map: ConceptMap
    dropped: tuple[int, ...] = ()


def read(text: str) -> Reading:
    """Return the map that a text draws or means to draw; empty where it draws none.
    Ids are the text's own.
    """
    lines = _lines(text[:MAX_LENGTH])
    chart = _Chart()
    begin = chart.begin(lines)
    if begin is None:
        return Reading(ConceptMap(), tuple(n for n, line in enumerate(lines, 1) if not _SILENT.match(line)))
    at = begin
    end = next((n for n in range(begin, len(lines)) if _AROUND.match(lines[n])), len(lines))
    while at < end:
        at += chart.take(lines, at, min(end, at + _STATEMENT_LINES))
    if len(text) > MAX_LENGTH:
        chart.drop(len(lines))
    return chart.reading()


def _lines(text: str) -> list[str]:
    """Return the lines with single spaces, so that no search has to skip more, and without directives."""
    whole = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(whole)
    if front:
        whole = "\n" * front[0].count("\n") + whole[front.end() :]
    return [" ".join(line.split()) for line in _without_directives(whole).split("\n")]


def _without_directives(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("%%{", at)) >= 0 and (end := text.find("}%%", start)) >= 0:
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return "".join([*kept, text[at:]])


class _Chart:
    """The map so far, in the text's own ids."""

    def __init__(self) -> None:
        self._direction: str | None = None
        self._nodes: dict[str, Node] = {}
        self._bare: set[str] = set()
        self._edges: list[Edge] = []
        self._groups: dict[str, Group] = {}
        self._titles: dict[str, str] = {}
        self._open: list[str] = []
        self._dropped: dict[int, None] = {}

    def begin(self, lines: list[str]) -> int | None:
        """Return the index of the first line to be taken, which loses its header; None where nothing is
        drawn.
        """
        for n, line in enumerate(lines):
            if header := _HEADER.match(line):
                self._direction = (header[1] or "TB").upper()
                lines[n] = line[header.end() :]
                return n
        first = next((n for n, line in enumerate(lines) if line and not _AROUND.match(line)), None)
        if first is None or _OTHER_KIND.match(lines[first]):
            return None
        return first if any(_HINT_OF_LINK.search(line) for line in lines) else None

    def take(self, lines: list[str], at: int, limit: int) -> int:
        """Read the statement that begins at a line; return the number of lines that it took."""
        line = lines[at]
        if _END.match(line) or _SILENT.match(line) or _HEADER.fullmatch(line):
            if _END.match(line) and self._open:
                self._open.pop()
            return 1
        if opening := _SUBGRAPH.match(line):
            self._open_group(line[opening.end() :])
            return 1
        for end in range(at + 1, limit + 1):
            if end > at + 1 and not _CLOSER.search(lines[end - 1]):
                continue
            try:
                self._add(parse("\n".join(lines[at:end]), self._nodes), at + 1)
            except Unclosed:
                continue
            except Unreadable:
                break
            return end - at
        try:
            self._add(parse(line, self._nodes, to_the_end=True), at + 1)
        except Unreadable:
            self.drop(at + 1)
        return 1

    def drop(self, number: int) -> None:
        self._dropped[number] = None

    def reading(self) -> Reading:
        if self._direction is None and not self._edges:
            return Reading(ConceptMap(), tuple(self._dropped))
        return Reading(
            ConceptMap(
                direction="LR" if self._direction in ("LR", "RL") else "TB",
                nodes=tuple(map(self._settled, self._nodes.values())),
                edges=tuple(self._edges),
                groups=tuple(self._groups.values()),
            ),
            tuple(self._dropped),
        )

    def _settled(self, node: Node) -> Node:
        """Return a node that stands for a group (``Group --> C``) bears its title and lies in it."""
        if node.id in self._bare and node.id in self._groups:
            return node.model_copy(update={"label": self._titles[node.id], "group": node.id})
        return node

    def _open_group(self, source: str) -> None:
        head = source.rstrip("; ")
        name, bracket, rest = head.partition("[")
        if bracket and head.endswith("]") and name and '"' not in name:
            id_, title = name.strip(), plain(rest[:-1])
        else:
            id_ = title = plain(head)
        id_ = id_ or f"subgraph {len(self._groups)}"
        outer = f"{self._titles[self._open[-1]]} › " if self._open and self._titles[self._open[-1]] else ""
        if id_ not in self._groups:
            self._titles[id_] = title
            self._groups[id_] = Group(id=id_, label=outer + title)
        self._open.append(id_)

    def _add(self, statement: Statement, number: int) -> None:
        for mention in statement.mentions:
            self._mention(mention)
        for link in statement.links:
            for source, target in product(link.sources, link.targets):
                if len(self._edges) == MAX_EDGES:
                    self.drop(number)
                    return
                self._edges.append(Edge(source=source.id, target=target.id, label=link.label))
        if not statement.complete:
            self.drop(number)

    def _mention(self, mention: Mention) -> None:
        known = self._nodes.get(mention.id)
        group = known.group if known and known.group else self._open[-1] if self._open else ""
        if mention.label is not None:
            self._bare.discard(mention.id)
            self._nodes[mention.id] = Node(
                id=mention.id, label=mention.label, shape=mention.shape, group=group
            )
        elif known is None:
            self._bare.add(mention.id)
            self._nodes[mention.id] = Node(id=mention.id, label=mention.id, group=group)
        elif known.group != group:
            self._nodes[mention.id] = known.model_copy(update={"group": group})
