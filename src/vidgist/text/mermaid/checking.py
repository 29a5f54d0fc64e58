"""Whether every Mermaid from 10.9 to 12 parses a flowchart, decided without Mermaid. Pure.

Sound rather than complete: what the check accepts, Mermaid parses; it refuses some valid flowcharts that
people rarely write (node data ``@{...}``, ``%%{init}%%``, ids that begin with a keyword).
"""

import re
from typing import NoReturn

from vidgist.text.mermaid import grammar
from vidgist.text.mermaid.writing import MAX_LENGTH

_MAX_EDGES = 500
"""Mermaid's own limit."""

_FOREIGN = re.compile("[\x00\x0b\x0c\x1c-\x1f\x85\u2028\u2029\ufeff\ud800-\udfff]")
_DIRECTION = re.compile(r"direction\s+(?:TB|TD|BT|RL|LR)")
_TAG = re.compile(r"<\w")


class _Refused(Exception):
    """With the place and the reason."""


def check(text: str) -> str:
    """Return one line on where Mermaid would not parse the text as a flowchart, and why; empty where it
    does.
    """
    whole = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(whole.encode("utf-16-le", "surrogatepass")) // 2 > MAX_LENGTH:
        return f"longer than the {MAX_LENGTH} characters that Mermaid takes"
    if foreign := _FOREIGN.search(whole):
        return (
            f"line {_line(whole, foreign.start())}: a character that no label holds, U+{ord(foreign[0]):04X}"
        )
    if (directive := whole.find("%%{")) >= 0:
        return f"line {_line(whole, directive)}: a directive, which versions read differently"
    front = grammar.FRONT_MATTER.match(whole)
    if front:
        whole = "\n" * front[0].count("\n") + whole[front.end() :]
    source = grammar.COMMENT.sub("", whole)
    try:
        _Checker(source).check()
    except _Refused as refused:
        place, reason = refused.args
        return f"line {_line(source, place)}: {reason}"
    return ""


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


class _Checker:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._edges = 0
        self._open: list[tuple[str, int]] = []

    def check(self) -> None:
        header = self._take(grammar.HEADER)
        if not header:
            self._refuse("not a flowchart: 'graph LR' or the like is expected")
        self._check_raw_text()
        while self._take(grammar.BETWEEN) and self._at < len(self._text):
            self._statement()
            if not self._take(grammar.DONE):
                self._refuse("a link, ';' or the line's end is expected")
        if self._open:
            self._at = self._open[-1][1]
            self._refuse("'subgraph' without 'end'")

    def _check_raw_text(self) -> None:
        """Refuse what Mermaid looks for in the raw text, in any position."""
        lines = [line.strip() for line in self._text.split("\n")]
        whole = "\n".join("" if grammar.DIRECTION.match(line) else line for line in lines)
        found = _DIRECTION.search(whole)
        if found:
            self._refuse_at(whole, found.start(), "'direction' is not alone on its line")
        tag = _TAG.search(whole)
        if tag and (attribute := whole.find('="', tag.end())) >= 0:
            self._refuse_at(whole, attribute, "a tag with attributes")
        for number, line in enumerate(lines):
            styled = ("style" in line or "classDef" in line) and {":", "#", ";"} <= set(line)
            if styled and not (grammar.STYLE.match(line) or grammar.LINK_STYLE.match(line)):
                self._refuse_at("\n" * number, number, "a style beside something else")

    def _refuse_at(self, text: str, place: int, reason: str) -> NoReturn:
        """Refuse at a line of the text, which has the same lines as the source."""
        before = text.count("\n", 0, place)
        self._at = sum(len(line) + 1 for line in self._text.split("\n")[:before])
        self._refuse(reason)

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._text, self._at)
        if match:
            self._at = match.end()
        return match

    def _refuse(self, reason: str) -> NoReturn:
        raise _Refused(self._at, reason)

    def _statement(self) -> None:
        if self._take(grammar.END):
            if not self._open:
                self._refuse("'end' without 'subgraph'")
            self._open.pop()
        elif self._text.startswith("subgraph", self._at):
            self._subgraph()
        elif not (self._take(grammar.DIRECTION) or self._looks()):
            self._chain()

    def _subgraph(self) -> None:
        start = self._at
        match = self._take(grammar.SUBGRAPH)
        if not match:
            self._refuse("a title of letters and digits, or one in double quotes, is expected")
        for word in (match["title"] or match["id"] or "").replace(":", " ").split():
            self._check_word(word)
            if word == "default":
                self._refuse("'default' cannot be a part of a title")
        self._open.append((match["id"] or (match["string"] or match["title"] or "").strip('"'), start))

    def _looks(self) -> bool:
        match = self._take(grammar.STYLE) or self._take(grammar.CLASSES) or self._take(grammar.CLICK)
        if match:
            for word in match["ids"].replace(" ", ",").split(","):
                self._check_word(word)
            return True
        match = self._take(grammar.LINK_STYLE)
        if not match:
            return False
        if any(int(number) >= self._edges for number in match["links"].split(",") if number != "default"):
            self._refuse("'linkStyle' of a link that is not there")
        return True

    def _chain(self) -> None:
        sources = self._nodes()
        while (labelled := self._take(grammar.LABELLED_LINK)) or self._take(grammar.LINK):
            if not labelled and self._text.startswith("|", self._at) and not self._take(grammar.LINK_TEXT):
                self._refuse("a link's label holds brackets, quotes or '|' outside double quotes")
            targets = self._nodes()
            self._edges += sources * targets
            if self._edges > _MAX_EDGES:
                self._refuse(f"more than the {_MAX_EDGES} links that Mermaid takes")
            sources = targets

    def _nodes(self) -> int:
        self._node()
        number = 1
        while self._take(grammar.AND):
            self._node()
            number += 1
        return number

    def _node(self) -> None:
        match = self._take(grammar.ID)
        if not match:
            self._refuse("a node's id is expected")
        self._check_word(match[0])
        if any(match[0] == name for name, _ in self._open):
            self._refuse(f"{match[0]!r} cannot be a node here")
        if self._text.startswith(("[", "(", "{", ">"), self._at) and not self._take(grammar.SHAPE):
            self._refuse("a label holds brackets or quotes outside double quotes, or does not end")
        style = self._take(grammar.CLASS)
        if style:
            self._check_word(style[1])
        if grammar.LOOSE_END.match(self._text[self._at - len(match[0]) : self._at]) and self._text.startswith(
            ("-", "=", "."), self._at
        ):
            self._refuse("a space is expected between an id that ends in 'x' or 'o' and its link")

    def _check_word(self, word: str) -> None:
        if word in grammar.RESERVED:
            self._refuse(f"{word!r} is a name that Mermaid cannot draw")
        if keyword := grammar.KEYWORD.search(word):
            self._refuse(f"{word!r} has a keyword of Mermaid in it: {keyword[0]!r}")
