"""Passages of notes in the terminal or a pipe: a line that says where, the words, the link."""

from collections.abc import Iterator
from typing import TextIO

from vidgist.archive.search import Found, Hit
from vidgist.text import record
from vidgist.ui import columns, phrases

FOREIGN = (
    "the words seem to be of another language than the notes: only names, figures and long words that are "
    "alike are looked for; ask with a model translates them"
)
NO_NOTE = "no note is of that channel, or since that day; without these bounds all are searched"
_MARGIN = "    "


def show(found: Found, stream: TextIO) -> None:
    """Print the passages found, the best first."""
    for number, hit in enumerate(found.hits, 1):
        if number > 1:
            print(file=stream)
        one(number, hit, stream)


def one(number: int, hit: Hit, stream: TextIO) -> None:
    """Print one passage under its number."""
    print(columns.hang(f"{number:>2}. ", place(hit), stream), file=stream)
    label = f"{phrases.visible(hit.label)}: " if hit.label and hit.kind != "head" else ""
    print(columns.hang(_MARGIN, label + phrases.visible(hit.shown), stream), file=stream)
    print(f"{_MARGIN}{phrases.visible(hit.link or hit.file)}", file=stream)


def place(hit: Hit) -> str:
    """Return where a passage stands, for a person: title, second, channel, day."""
    time = record.clock(int(hit.start)) if hit.start is not None else ""
    parts = (hit.title, time, hit.channel, hit.day)
    return " · ".join(phrases.visible(part) for part in parts if part)


def remarks(found: Found) -> Iterator[str]:
    """Return lines on what a search did not find."""
    if found.unknown and not found.is_foreign:
        near = f"; near spellings: {', '.join(found.near)}" if found.near else ""
        yield phrases.visible(f"in no note: {', '.join(found.unknown)}{near}")
    if found.is_foreign:
        yield FOREIGN
    if not found.hits and not found.notes:
        yield NO_NOTE
    elif not found.hits:
        yield f"nothing found in {found.notes} notes; fewer or other words may help"
    for line in found.unreadable:
        yield phrases.visible(f"left out: {line}")
