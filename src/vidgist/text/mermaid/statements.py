"""One statement of a flowchart, read as its writer meant it: nodes, and links between them. Pure.

A statement is ``nodes (link nodes)*`` where nodes are joined by ``&``; a semicolon begins another one.
Searches go on from where the last one ended, so a statement takes linear time.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, field

from vidgist.text.mermaid.brackets import BOTH, LEFT, RIGHT, Shape, Unclosed, Unreadable, label_at
from vidgist.text.mermaid.labels import plain

_FAR = 4_000
"""Characters within which a link's label ends."""

_LINK = re.compile(
    r"\s*(?:[\w-]{1,40}@(?=[-=.~<]))?"
    rf"(?:(?P<both>{BOTH})|(?P<hidden>~{{3,}})|(?:\b[xo])?(?:{RIGHT})|(?P<left>{LEFT}))"
)
_OPEN_LINK = re.compile(
    r"\s*(?:[\w-]{1,40}@(?=[-=]))?(?P<both><)?(?:(?P<solid>--)|(?P<thick>==)|(?P<dotted>-\.))"
)
_LINK_END = {
    "solid": re.compile(r"\s*(?:-{2,}>|-{3,}|-{2,}[xo](?=\s)|->|→)"),
    "thick": re.compile(r"\s*(?:={2,}>|={3,}|={2,}[xo](?=\s))"),
    "dotted": re.compile(r"\s*\.+-[>xo]?"),
}
_STOP = re.compile(
    rf"(?:\s[xo])?(?:{BOTH}|~~~|{RIGHT}|{LEFT}|--|==|-\.)"
    r"|[\[({|\"]|(?<=\w)>|\s&(?=\s)|:|@\{|;|\s%%|\s//|\s[\w-]{1,40}@(?=[-=.~<])"
)
_END = re.compile(r"[\s;]*(?:(?:%%|//).*)?$", re.DOTALL)
_SEMICOLON = re.compile(r"\s*;[\s;]*")
_LOOKS = re.compile(r"(?:style|classDef|class|linkStyle|click)\s.*$", re.DOTALL)
_PIPE = re.compile(r"\s*\|")
_COLON = re.compile(r"\s*:(?!:)")
_QUOTED = re.compile(r"\s*\"[^\"]*\"")
_NEXT_NODE = re.compile(r"\s*([\w.-]+)\s*([\[({\"]?)")
_AND = re.compile(r"\s*[&,](?=\s*[^\s&,])")
_CLASS = re.compile(r"\s*:::[\w-]*(?:,[\w-]+)*")
_WORD = re.compile(r"[\w.'/+#-]+")

_DATA = re.compile(r"@\{([^{}]*)\}")
_DATA_LABEL = re.compile(r"\blabel\s*:\s*(?:\"([^\"]*)\"|'([^']*)'|([^,\"'\n]+))")
_DATA_SHAPE = re.compile(r"\bshape\s*:\s*[\"']?([\w-]+)")
_DECISIONS = frozenset({"diam", "decision", "diamond", "question"})
_ROUNDS = frozenset(
    {"rounded", "event", "stadium", "pill", "terminal", "circle", "circ", "dbl-circ", "double-circle"}
)


@dataclass(frozen=True)
class Mention:
    """A node where it stands. ``label`` is None where only its id does."""

    id: str
    label: str | None = None
    shape: Shape = "box"


@dataclass(frozen=True)
class Link:
    sources: tuple[Mention, ...]
    targets: tuple[Mention, ...]
    label: str


@dataclass
class Statement:
    """What was read. ``complete`` is False where something after it was not."""

    mentions: list[Mention] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    complete: bool = True


def parse(text: str, known: Container[str] = (), *, to_the_end: bool = False) -> Statement:
    """Return the statement that ``text`` holds; ``known`` are ids seen before.

    Raises `Unclosed` where a label does not end (never with ``to_the_end``: it then ends with the text),
    `Unreadable` where not even a beginning is a statement.
    """
    return _Reader(text, known, to_the_end).statement()


class _Reader:
    def __init__(self, text: str, known: Container[str], to_the_end: bool) -> None:
        self._text = text
        self._known = known
        self._to_the_end = to_the_end
        self._at = 0
        self._found = Statement()

    def statement(self) -> Statement:
        nodes = self._nodes()
        while not _END.match(self._text, self._at):
            try:
                nodes = self._next() or self._linked(nodes)
            except Unclosed:
                raise
            except Unreadable:
                self._found.complete = False
                break
        found, lone = self._found, self._found.mentions[0]
        if not found.links and (not found.complete or (lone.label is None and not _WORD.fullmatch(lone.id))):
            raise Unreadable
        return found

    def _next(self) -> list[Mention]:
        """Return the first nodes after a semicolon; none where there is no semicolon."""
        semicolon = _SEMICOLON.match(self._text, self._at)
        if not semicolon:
            return []
        self._at = semicolon.end()
        if looks := _LOOKS.match(self._text, self._at):
            self._at = looks.end()
            return self._found.mentions[-1:]
        return self._nodes()

    # Links

    def _linked(self, sources: list[Mention]) -> list[Mention]:
        label = self._label_before_link()
        hidden = backwards = False
        link, opening = _LINK.match(self._text, self._at), _OPEN_LINK.match(self._text, self._at)
        if link and not (link["left"] and opening and self._closes(opening)):
            self._at = link.end()
            both, backwards, hidden = (link[name] is not None for name in ("both", "left", "hidden"))
            label = self._label_in_pipes() or label
        elif opening:
            both = opening["both"] is not None
            label = self._label_inside(opening)
        else:
            raise Unreadable
        targets = self._nodes()
        label = self._label_after_colon() or label
        if not hidden:
            forth = Link(tuple(sources), tuple(targets), label)
            back = Link(tuple(targets), tuple(sources), label)
            self._found.links += [forth, back] if both else [back] if backwards else [forth]
        return targets

    def _closes(self, opening: re.Match[str]) -> bool:
        """Return whether the link ends here: ``A <-- yes --> B`` is one in both directions, ``A <-- B``
        one backwards.
        """
        link_end = _LINK_END[next(kind for kind in _LINK_END if opening[kind])]
        return link_end.search(self._text, opening.end(), opening.end() + _FAR) is not None

    def _label_before_link(self) -> str:
        """Read ``A|yes|-->B``"""
        opening = _PIPE.match(self._text, self._at)
        if not opening:
            return ""
        close = self._text.find("|", opening.end(), opening.end() + _FAR)
        if close < 0 or not _LINK.match(self._text, close + 1):
            raise Unreadable
        self._at = close + 1
        return plain(self._text[opening.end() : close])

    def _label_in_pipes(self) -> str:
        """Read ``-->|yes| B``; where the second bar is missing, all but the last node."""
        text = self._text
        opening = _PIPE.match(text, self._at)
        if not opening:
            return ""
        start = opening.end()
        close = text.find('"|', start + 1, start + _FAR) + 1 if text.startswith('"', start) else 0
        close = close or text.find("|", start, start + _FAR)
        if close < 0:
            return self._label_up_to_node(start)
        while (later := text.find("|", close + 1, close + _FAR)) > 0 and not _STOP.search(
            text, close + 1, later
        ):
            close = later
        self._at = close + 1
        return plain(text[start:close])

    def _label_up_to_node(self, start: int) -> str:
        stop = _STOP.search(self._text, start)
        before = self._text[start : stop.start() if stop else len(self._text)].rstrip()
        space = before.rfind(" ")
        if space < 0:
            raise Unreadable
        self._at = start + space
        return plain(before[:space])

    def _label_inside(self, opening: re.Match[str]) -> str:
        """Read ``-- yes -->``; also ``A -- B``, a link of other notations, where B is a node."""
        text, start = self._text, opening.end()
        link_end = _LINK_END[next(kind for kind in _LINK_END if opening[kind])]
        quoted = _QUOTED.match(text, start)
        end = (quoted and link_end.match(text, quoted.end())) or link_end.search(text, start, start + _FAR)
        if end:
            self._at = end.end()
            return plain(text[start : end.start()])
        node = _NEXT_NODE.match(text, start)
        if not node or not (node[2] or node[1] in self._known):
            raise Unreadable
        self._at = start
        return ""

    def _label_after_colon(self) -> str:
        """Read ``A --> B: yes``"""
        colon = _COLON.match(self._text, self._at)
        if not colon:
            return ""
        if _LINK.search(self._text, colon.end()):
            raise Unreadable
        self._at = len(self._text)
        return plain(self._text[colon.end() :].rstrip("; "))

    # Nodes

    def _nodes(self) -> list[Mention]:
        nodes = self._node()
        while joined := _AND.match(self._text, self._at):
            self._at = joined.end()
            nodes += self._node()
        self._found.mentions += nodes
        return nodes

    def _node(self) -> list[Mention]:
        stop = _STOP.search(self._text, self._at)
        end = stop.start() if stop else len(self._text)
        name = self._text[self._at : end].strip()
        self._at = end
        mention = self._labelled(name)
        if mention and not mention.id:
            raise Unreadable
        if style := _CLASS.match(self._text, self._at):
            self._at = style.end()
        if mention:
            return [mention]
        several = name.split(",")
        if len(several) > 1 and all(_WORD.fullmatch(one.strip()) for one in several):
            return [Mention(one.strip()) for one in several]
        if not name:
            raise Unreadable
        return [Mention(name)]

    def _labelled(self, name: str) -> Mention | None:
        if data := _DATA.match(self._text, self._at):
            self._at = data.end()
            return _described(name, data[1])
        if self._text.startswith('"', self._at):
            quoted = _QUOTED.match(self._text, self._at)
            if name or not quoted:
                raise Unreadable
            self._at = quoted.end()
            words = plain(quoted[0])
            return Mention(words, words)
        label = label_at(self._text, self._at, to_the_end=self._to_the_end)
        if label is None:
            return None
        self._at = label.end
        return Mention(name or label.text, label.text or name, label.shape)


def _described(name: str, data: str) -> Mention:
    """Read ``A@{ shape: rounded, label: "words" }``"""
    label, shape = _DATA_LABEL.search(data), _DATA_SHAPE.search(data)
    words = plain(label[1] or label[2] or label[3] or "") if label else ""
    kind = shape[1] if shape else ""
    return Mention(
        name, words or None, "decision" if kind in _DECISIONS else "round" if kind in _ROUNDS else "box"
    )
