"""What a note says beyond the four sections, as rows that each writer shows in its own way. Pure."""

from collections.abc import Iterator, Sequence

from vidgist.models import Evidence, Extras, Statement, Value
from vidgist.notes.markdown_blocks import DIVIDER, NOBODY

OVERVIEW = "Overview"


class Row(Value):
    """One entry: a name in front of its text, and where it is said. ``aside`` is who and when."""

    name: str = ""
    text: str = ""
    aside: str = ""
    start: float | None = None
    evidence: tuple[Evidence, ...] = ()


def sections(extras: Extras) -> Iterator[tuple[str, str, tuple[Row, ...]]]:
    """Yield the sections that hold anything: an id, a heading and rows, in the
    order in which they are read.
    """
    for key, heading, rows in (
        ("decisions", "Decisions", _stated(extras.decisions)),
        ("tasks", "Tasks", _tasks(extras)),
        ("outline", "Outline", _outline(extras)),
        ("figures", "Figures", _stated(extras.figures)),
        ("names", "Names and Terms", _mentions(extras)),
        ("questions", "Open Questions", _stated(extras.questions)),
    ):
        if rows:
            yield key, heading, rows


def _stated(found: Sequence[Statement]) -> tuple[Row, ...]:
    return tuple(Row(text=one.text, evidence=one.evidence) for one in found)


def _tasks(extras: Extras) -> tuple[Row, ...]:
    return tuple(
        Row(text=one.text, aside=whose(one.who, one.due), evidence=one.evidence) for one in extras.tasks
    )


def whose(who: str, due: str) -> str:
    """Write who is to do a task and by when, as `vidgist.notes.markdown` reads it back."""
    return f"{who or NOBODY}{DIVIDER}{due}" if due else who


def _outline(extras: Extras) -> tuple[Row, ...]:
    return tuple(Row(name=one.title, text=one.text, start=one.start) for one in extras.outline)


def _mentions(extras: Extras) -> tuple[Row, ...]:
    """Return the names, at the second at which each is said first; the words around
    it are left to the JSON.
    """
    return tuple(
        Row(
            name=one.name,
            text=one.text,
            aside="" if one.kind == "term" else one.kind,
            start=one.evidence[0].start if one.evidence else None,
        )
        for one in extras.mentions
    )
