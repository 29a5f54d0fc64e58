"""The text in a node's brackets, found although it may hold brackets, quotes and links itself. Pure.

A label ends at the closing bracket after which a statement can go on, best one that leaves the label
balanced. No search looks further than a label may reach, so all labels of a text take linear time.
"""

import re
from dataclasses import dataclass
from typing import Literal

from vidgist.text.mermaid.labels import plain

Shape = Literal["box", "round", "decision"]

RIGHT = (
    r"-{2,}\|>|-+>{1,2}|-{2,}[xo](?=[\s|\"A-Z0-9])|-{3,}|=+>|={3,}|-\.+-[>xo]?|\.{1,9}->"
    r"|[-—–]{0,9}[→⟶➔➜➝➞➡⇒⟹]|[—–]{1,9}>"
)
BOTH = r"<-+>|<=+>|<-\.+->|[↔⇔⟷⟺]"
LEFT = r"<-+(?!>)|<=+(?!>)|[←⟵⇐]"
"""Links as Mermaid and other notations write them: expressions without groups."""

_CANDIDATES = 8
"""Closing brackets that are looked at for a label's end."""

_FAR = 4_000
"""Characters within which a label ends."""

_BRACKETS: tuple[tuple[str, tuple[str, ...], Shape], ...] = (
    ("(((", (")))",), "round"),
    ("([", ("])",), "round"),
    ("((", ("))",), "round"),
    ("(-", ("-)",), "round"),
    ("[[", ("]]",), "box"),
    ("[(", (")]",), "box"),
    ("[/", ("/]", "\\]"), "box"),
    ("[\\", ("\\]", "/]"), "box"),
    ("{{", ("}}",), "box"),
    ("(", (")",), "round"),
    ("[", ("]",), "box"),
    ("{", ("}",), "decision"),
    (">", ("]",), "box"),
)
_FOLLOW = re.compile(
    rf"\s*(?:$|[;&|,:]|@\{{|%%|//|(?:[\w-]{{1,40}}@)?(?:{BOTH}|~~~|{RIGHT}|{LEFT}|--|==|-\.)|[xo]--)"
)
_SWALLOWED = re.compile(r"\s*(?:-->|---|-\.->|==>)(?:\|[^|\n]{0,120}\|)?\s*[^\s\[\](){}]{1,40}[\[({]")
_QUOTE = re.compile(r"\s*\"")
_SPACE = re.compile(r"\s*")


class Unreadable(ValueError):
    """No statement, or the rest of one."""


class Unclosed(Unreadable):
    """A label's end is not on this line."""


@dataclass(frozen=True)
class Label:
    """A label's text, the shape its brackets mean, and where the text goes on after them."""

    text: str
    shape: Shape
    end: int
    whole: bool = True
    """False where its closing bracket was forgotten."""


def label_at(text: str, at: int, *, to_the_end: bool) -> Label | None:
    """Return the label whose brackets open at a place; None where none do.

    One that is not closed ends before the next link to a node in brackets. Raises `Unclosed` where there
    is none, unless ``to_the_end`` lets it end at any closing bracket or with the text.
    """
    for opener, closers, shape in _BRACKETS:
        if not text.startswith(opener, at):
            continue
        start = at + len(opener)
        label = _quoted(text, start, closers, shape) or _bare(text, start, closers, shape)
        if label and (label.whole or len(opener) == 1):
            return label
    if not text.startswith(("[", "(", "{"), at):
        return None
    closers, shape = next((closers, shape) for opener, closers, shape in _BRACKETS if opener == text[at])
    swallowed = _SWALLOWED.search(text, at + 1, at + _FAR)
    if swallowed and "\n" not in text[at : swallowed.start()]:
        return Label(_without_stray(text[at + 1 : swallowed.start()]), shape, swallowed.start(), whole=False)
    if not to_the_end:
        raise Unclosed
    end = text.find(closers[0], at + 1, at + _FAR)
    if end < 0:
        return Label(_without_stray(text[at + 1 :]), shape, len(text), whole=False)
    return Label(plain(text[at + 1 : end]), shape, end + 1)


def _quoted(text: str, start: int, closers: tuple[str, ...], shape: Shape) -> Label | None:
    opening = _QUOTE.match(text, start)
    if not opening:
        return None
    quote = opening.end() - 1
    for _ in range(_CANDIDATES):
        quote = text.find('"', quote + 1, start + _FAR)
        if quote < 0:
            break
        place = _after_space(text, quote + 1)
        for closer in closers:
            if text.startswith(closer, place) and _FOLLOW.match(text, place + len(closer)):
                return Label(plain(text[opening.end() : quote]), shape, place + len(closer))
    return None


def _bare(text: str, start: int, closers: tuple[str, ...], shape: Shape) -> Label | None:
    ends: list[tuple[int, int]] = []
    place, limit = start - 1, start + _FAR
    line_end = text.find("\n", start, limit)
    if 0 <= text.find(closers[0], start, limit) < line_end:
        limit = line_end
    for _ in range(_CANDIDATES):
        found = [
            (next_place, next_place + len(closer))
            for closer in closers
            if (next_place := text.find(closer, place + 1, limit)) >= 0
        ]
        if not found:
            break
        place, after = min(found)
        if _FOLLOW.match(text, after):
            ends.append((place, after))
            if _is_balanced(text[start:place]):
                return _unless_swallowed(text, start, (place, after), shape)
    return _unless_swallowed(text, start, ends[0], shape) if ends else None


def _unless_swallowed(text: str, start: int, end: tuple[int, int], shape: Shape) -> Label | None:
    """Return the label, ended earlier where a link and another node would be part of it."""
    swallowed = _SWALLOWED.search(text, start, end[0])
    if not swallowed:
        return Label(_without_stray(text[start : end[0]]), shape, end[1])
    if "\n" in text[start : swallowed.start()]:
        return None
    return Label(_without_stray(text[start : swallowed.start()]), shape, swallowed.start(), whole=False)


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _is_balanced(text: str) -> bool:
    return all(text.count(opener) == text.count(closer) for opener, closer in ("()", "[]", "{}"))


def _without_stray(source: str) -> str:
    """Return a label without the bracket or quote that is left over where its own was forgotten."""
    text = source.strip()
    for opener, closer in ("()", "[]", "{}"):
        if text.endswith(closer) and opener not in text:
            text = text[:-1]
        elif text.startswith(opener) and closer not in text:
            text = text[1:]
    if text.count('"') == 1 and '"' in (text[0], text[-1]):
        text = text.strip('"')
    return plain(text)
