"""Reads the blocks of a Markdown note of ours: points with their quotes, chapters, timed paragraphs. Pure.

Text comes back as it was before it was escaped; a time is the whole second that stands there.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from vidgist.models import Chapter, Evidence, Point

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]+);")
_BLOCK_ID = re.compile(r"[ \t]+\^(?P<id>[A-Za-z0-9-]+)[ \t]*$")
_CLOCK = r"(?:\d+:)?\d{1,2}:\d{2}"
_MOMENT = rf"(?:\[(?P<clock>{_CLOCK})\]\([^)\s]*\)|(?P<bare>{_CLOCK}))"
_IDEA = re.compile(r"(?:\d{1,9}[.)]|[-*+]) +(?P<body>\S.*)")
_POINT = re.compile(r"\*\*(?P<label>.*?):\*\*(?: (?P<text>.*))?")
_QUOTE = re.compile(rf"\s*> ?[“\"«](?P<quote>.*)[”\"»](?: — {_MOMENT})?\s*")
_TOLD = r"(?:[^\\*]|\\.)*"
_ROW = re.compile(
    rf"[-*+] +(?:{_MOMENT} ?)?(?:\*\*(?P<name>{_TOLD})\*\* ?)?"
    rf"(?P<text>{_TOLD}?)(?: ?\*\((?P<aside>{_TOLD})\)\*)?"
)
_STATED = re.compile(rf"[-*+] +(?P<text>{_TOLD}?)(?: ?\*\((?P<aside>{_TOLD})\)\*)?")
_DOUBTS = re.compile(r"\s+_Not found in the talk: (?P<doubts>.*)_")
_CHAPTER = re.compile(rf"[-*+] +{_MOMENT}(?: (?P<title>.*))?")
_PARAGRAPH = re.compile(rf"{_MOMENT} (?P<text>.*)")
_VOICE = re.compile(rf"\*\*(?P<name>{_TOLD}):\*\* (?P<text>.*)")
_FIRST_LAYOUT = re.compile(r"<p>(?P<text>.*)</p>")
_TAG = re.compile(r"<[^>]*>")
ORIGIN = re.compile(r"_(?P<words>[^_]*)_")
"""The line above a transcript that says in what language it is and who heard it."""


DIVIDER, NOBODY = " · ", "–"
"""Between who is to do a task and by when; who, where only that is known."""


class Row(NamedTuple):
    """An entry of a section beside the four: what stands in front of it, behind it and below it."""

    name: str
    text: str
    aside: str
    start: float | None
    evidence: tuple[Evidence, ...] = ()


def plain(text: str) -> str:
    """Return the text that Markdown of ours shows."""
    return _ESCAPED.sub(lambda match: match[1] or html.unescape(match[0]), text)


def points(section: str) -> Iterator[Point]:
    """Yield the points of a list, each with the quotes below it."""
    found: Point | None = None
    for line in section.split("\n"):
        match = _IDEA.fullmatch(line)
        quote = _QUOTE.fullmatch(line)
        if match:
            if found:
                yield found
            found = _point(_BLOCK_ID.sub("", match["body"]))
        elif found and quote:
            start = _start(quote) if quote["clock"] or quote["bare"] else None
            evidence = Evidence(quote=plain(quote["quote"]), start=start)
            found = found.model_copy(update={"evidence": (*found.evidence, evidence)})
        elif found and (doubts := _DOUBTS.fullmatch(line)):
            found = found.model_copy(update={"doubts": tuple(plain(doubts["doubts"]).split("; "))})
    if found:
        yield found


def rows(section: str, *, named: bool) -> list[Row]:
    """Return the entries of a list, each with its quotes; ``named`` ones may begin with a time and a name."""
    found: list[Row] = []
    for line in section.split("\n"):
        body = _BLOCK_ID.sub("", line)
        match = (_ROW if named else _STATED).fullmatch(body)
        quote = _QUOTE.fullmatch(line)
        if match:
            groups = match.groupdict()
            start = _start(match) if groups.get("clock") or groups.get("bare") else None
            name, text, aside = (plain(groups.get(key) or "").strip() for key in ("name", "text", "aside"))
            found.append(Row(name, text, aside, start))
        elif found and quote:
            at = _start(quote) if quote["clock"] or quote["bare"] else None
            evidence = (*found[-1].evidence, Evidence(quote=plain(quote["quote"]), start=at))
            found[-1] = found[-1]._replace(evidence=evidence)
        elif _IDEA.fullmatch(line):
            found.append(Row("", plain(line[2:]).strip(), "", None))
    return found


def _point(body: str) -> Point:
    match = _POINT.fullmatch(body)
    if match is None:
        return Point(label="", text=plain(body))
    return Point(label=plain(match["label"]), text=plain(match["text"] or ""))


def chapters(section: str) -> Iterator[Chapter]:
    for line in section.split("\n"):
        match = _CHAPTER.fullmatch(_BLOCK_ID.sub("", line.strip()))
        if match:
            yield Chapter(start=_start(match), title=plain(match["title"] or ""))


def paragraphs(section: str) -> Iterator[tuple[float | None, str, str]]:
    """Yield start, speaker and words of each paragraph; the start of one without a time is None.

    The speaker is empty where none is named.
    """
    for line in map(str.strip, section.split("\n")):
        identity = _BLOCK_ID.search(line)
        body = line[: identity.start()] if identity else line
        own = _FIRST_LAYOUT.fullmatch(line)
        if own:
            body = _TAG.sub("", own["text"])
        elif not line or line.startswith(("### ", "<")) or ORIGIN.fullmatch(line):
            continue
        match = None if identity and identity["id"].startswith("p-") else _PARAGRAPH.fullmatch(body)
        start, said = (_start(match), match["text"]) if match else (None, body)
        voice = _VOICE.fullmatch(said)
        yield (start, plain(voice["name"]), plain(voice["text"])) if voice else (start, "", plain(said))


def _start(match: re.Match[str]) -> float:
    parts = (match["clock"] or match["bare"]).split(":")
    units = (1, 60, 3600)
    return float(sum(int(part) * unit for part, unit in zip(reversed(parts), units, strict=False)))
