"""Reads the program's own files of every format back: each becomes a `Note` again.

A JSON document and an HTML page lose nothing, and Markdown the exact times. A text record has no evidence,
no times and no metadata beyond its header; what it has comes back, and a note read from a record of ours
renders to the same bytes. Descriptions that others wrote or that a person edited are read as far as they
have the four sections; one that has not stays text.
"""

import re
import stat
from datetime import datetime
from pathlib import Path
from typing import Literal

from vidgist.errors import Unreadable
from vidgist.models import (
    Answer,
    ConceptMap,
    Failure,
    Item,
    Note,
    Point,
    Record,
    Segment,
    Summary,
    Transcript,
    Video,
)
from vidgist.notes import document, moment_links, page
from vidgist.notes.folders import SUFFIXES, folder
from vidgist.text import filenames, record
from vidgist.text.mermaid import reading

__all__ = ["MOST_BYTES", "SUFFIXES", "folder", "measured", "of", "read", "summary"]

MOST_BYTES = 100_000_000
"""A hundred times what a day of talk takes; a larger file is no note."""

_OWN = re.compile(
    r"### Summary of the Content:\n\n"
    r"\*\*I\. Core Ideas\*\*\n\n(?P<ideas>(?:\*   \*\*[^\n]*:\*\* [^\n]*\n){1,15})\n"
    r"\*\*II\. Conclusion Points\*\*\n\n"
    r"(?P<core>\*   \*\*Core Point:\*\* [^\n]*\n)(?P<fundamental>\*   \*\*Fundamental Point:\*\* [^\n]*\n)\n"
    r"\*\*III\. Overarching Framework\*\*\n\n(?P<framework>.*)\n\n"
    r"\*\*IV\. Conceptual Map\*\*\n\n<Mermaid_Diagram>\n(?P<map>.*)</Mermaid_Diagram>\n",
    re.DOTALL,
)
_SECTIONS = ("core ideas", "conclusion points", "overarching framework", "conceptual map")
_HEADING = re.compile(
    r"[#*_\s]*(?:[IVX]+|\d+)?[.):\s]*(?P<name>" + "|".join(_SECTIONS) + r")[*_:\s]*", re.IGNORECASE
)
_BULLET = re.compile(r"\s*(?:[*•+-]|\d+[.)])\s+(?P<body>\S.*)")
_LABELLED = re.compile(
    r"\*\*(?P<bold>.*?)(?::\*\*|\*\*\s*:)\s?(?P<text>.*)|(?P<plain>[^:*]{1,80}):\s(?P<rest>.*)"
)
_DIAGRAM = re.compile(
    r"<Mermaid_Diagram>\s*\n(?P<tag>.*?)</Mermaid_Diagram>|```\s*mermaid\s*\n(?P<fence>.*?)```",
    re.DOTALL | re.IGNORECASE,
)
_FAILED = re.compile(r"failed: (?P<code>[a-z0-9_]+): (?P<message>.+)")


def read(path: Path) -> Note:
    """Return the note in a file of any format. Raises `Unreadable`, also where the file cannot be had."""
    name = path.name or str(path)
    try:
        text = measured(path).read_text(encoding="utf-8-sig")
        modified = datetime.fromtimestamp(path.stat().st_mtime)
    except UnicodeDecodeError as error:
        raise Unreadable(f"{name} is not UTF-8 text") from error
    except OSError as error:
        raise Unreadable(f"{name} cannot be read: {error.strerror}") from error
    except Unreadable as error:
        raise Unreadable(f"{name} is {error}") from error
    try:
        return _parsed(text, path, modified)
    except Unreadable as error:
        raise Unreadable(f"{name}: {error}", hint=error.hint) from error


def _parsed(text: str, path: Path, modified: datetime) -> Note:
    suffix = path.suffix.lower()
    if suffix == ".json":
        return document.parse(text)
    if suffix == ".md":
        from vidgist.notes import markdown  # as in `folders`

        return markdown.parse(text, path.stem, modified)
    if suffix == ".html":
        return page.parse(text)
    return of(record.parse(text), path.stem)


def measured(path: Path) -> Path:
    """Return the path of a regular file that is not too large to be a note. Raises `OSError` and
    `Unreadable`.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for, and a device may have no end
        raise Unreadable("no regular file")
    if status.st_size > MOST_BYTES:
        raise Unreadable(f"too large for a note: {MOST_BYTES // 1_000_000} MB at most")
    return path


def of(head: Record, stem: str) -> Note:
    """Return the note of a record; ``stem`` is its file's, of which the item's name is the first part."""
    identity = moment_links.video_id(head.url)
    slug = filenames.slug(head.title)
    name = identity or stem.removesuffix(f"-{slug}" if slug else "") or stem
    item = Item(source="youtube" if identity else "local", id=name, name=name, url=head.url)
    failed = _FAILED.fullmatch(head.status)
    stage: Literal["fetch", "summarize"] = "summarize" if head.content else "fetch"
    seconds = record.seconds(head.duration)
    is_known = head.title != record.UNKNOWN or seconds is not None
    return Note(
        item=item,
        created=head.timestamp,
        video=Video(title=head.title, seconds=seconds) if is_known else None,
        transcript=_transcript(head.content),
        answer=None if failed else _answer(head),
        failure=Failure(stage=stage, code=failed["code"], message=failed["message"]) if failed else None,
    )


def summary(description: str) -> Summary | None:
    """Return the summary whose sections a description holds; None where they are not all there.

    The exact inverse of `record.sections` for what that wrote.
    """
    own = _OWN.fullmatch(description)
    if own:
        ideas = [_own_point(line) for line in own["ideas"].splitlines()]
        core, fundamental = _own_point(own["core"][:-1]), _own_point(own["fundamental"][:-1])
        return _summary(ideas, core, fundamental, own["framework"], own["map"])
    sections = _split(description)
    ideas = _points(sections.get("core ideas", ""))
    conclusion = _points(sections.get("conclusion points", ""))
    framework = "\n".join(line.strip() for line in sections.get("overarching framework", "").split("\n"))
    if not conclusion:
        return None
    diagram = _DIAGRAM.search(description)
    drawn = (diagram["tag"] or diagram["fence"] or "") if diagram else ""
    return _summary(ideas, conclusion[0], conclusion[-1], framework.strip(), drawn)


def _summary(
    ideas: list[Point], core: Point, fundamental: Point, framework: str, diagram: str
) -> Summary | None:
    least, most = 1, 15
    if not least <= len(ideas) <= most:
        return None
    graph = reading.read(diagram).map if diagram.strip() else ConceptMap()
    return Summary(
        core_ideas=tuple(ideas),
        core_point=core,
        fundamental_point=fundamental,
        framework=framework,
        concept_map=graph,
    )


def _split(description: str) -> dict[str, str]:
    """Return text below each section's heading; of a heading met twice the first counts."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in description.split("\n"):
        heading = _HEADING.fullmatch(line)
        if heading and heading["name"].lower() not in sections:
            current = sections.setdefault(heading["name"].lower(), [])
        else:
            current.append(line)
    return {name: "\n".join(lines) for name, lines in sections.items()}


def _points(section: str) -> list[Point]:
    bullets = [match["body"] for match in map(_BULLET.fullmatch, section.split("\n")) if match]
    return [_point(body) for body in bullets]


def _own_point(line: str) -> Point:
    label, _, text = line.removeprefix("*   **").partition(":** ")
    return Point(label=label, text=text)


def _point(body: str) -> Point:
    match = _LABELLED.fullmatch(body)
    if match is None:
        return Point(label="", text=body)
    if match["bold"] is not None:
        return Point(label=match["bold"], text=match["text"])
    return Point(label=match["plain"], text=match["rest"])


def _answer(head: Record) -> Answer:
    known = summary(head.description)
    return Answer(summary=known, text="" if known else head.description, created=head.timestamp)


def _transcript(content: str) -> Transcript | None:
    if not content:
        return None
    return Transcript(segments=(Segment(start=0, duration=0, text=content),), timed=False)
