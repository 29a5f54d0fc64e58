"""Cut a note into the passages that are searched and cited: its head, its ideas, its paragraphs of speech. Pure.

The cut depends on the note alone, so a passage is named by its place and read from the note when it is shown.
"""

from collections.abc import Iterator
from typing import Literal

from vidgist.models import Note, Point, Transcript, Value
from vidgist.notes import paragraphs, topics
from vidgist.text.record import one_line

MOST = 1 << 16
"""Passages of one note; a day of talk has 3,000."""

Kind = Literal["head", "idea", "said"]


class Passage(Value):
    """One citable piece of a note. ``block`` is its block id in the md note, ``start`` its second if known."""

    place: int
    kind: Kind
    text: str
    label: str = ""
    start: float | None = None
    block: str = ""

    @property
    def searched(self) -> str:
        """Return all the text that a search finds this passage by."""
        return f"{self.label} {self.text}" if self.label else self.text


def of(note: Note) -> tuple[Passage, ...]:
    """Return all passages of a note in a fixed order, the head first."""
    found = (_head(note), *_ideas(note), *_said(note))
    return tuple(one.model_copy(update={"place": place}) for place, one in enumerate(found[:MOST]))


def moment(transcript: Transcript, passage: Passage, offset: int) -> float | None:
    """Return the second at which the character ``offset`` of a spoken passage is said."""
    if not transcript.timed or passage.start is None or passage.kind != "said":
        return passage.start
    at, found = 0, passage.start
    for segment in transcript.segments:
        if segment.start < passage.start:
            continue
        text = one_line(segment.text)
        if at > offset or at > len(passage.text):
            break
        found = segment.start
        at += len(text) + 1 if text else 0
    return found


def _head(note: Note) -> Passage:
    video = note.video or note.item.video
    parts = [note.item.id]
    if video:
        parts = [video.channel, note.item.id, *(chapter.title for chapter in video.chapters)]
    parts.extend(topics.of(note))
    return Passage(
        place=0, kind="head", label=one_line(video.title) if video else "", text=one_line(" · ".join(parts))
    )


def _ideas(note: Note) -> Iterator[Passage]:
    answer = note.answer
    if answer and answer.summary:
        summary = answer.summary
        for number, point in enumerate(summary.core_ideas, 1):
            yield _idea(point, f"idea-{number}")
        yield _idea(summary.core_point, "core-point")
        yield _idea(summary.fundamental_point, "fundamental-point")
        if summary.framework:
            yield Passage(place=0, kind="idea", text=one_line(summary.framework))
    elif answer:
        for text in answer.text.split("\n\n"):
            if one_line(text):
                yield Passage(place=0, kind="idea", text=one_line(text))


def _idea(point: Point, block: str) -> Passage:
    starts = [one.start for one in point.evidence if one.start is not None]
    return Passage(
        place=0,
        kind="idea",
        label=one_line(point.label).rstrip(":"),
        text=one_line(point.text),
        start=starts[0] if starts else None,
        block=block,
    )


def _said(note: Note) -> Iterator[Passage]:
    if note.transcript is None:
        return
    chapters = note.video.chapters if note.video else ()
    for number, part in enumerate(paragraphs.split(note.transcript, chapters), 1):
        block = f"p-{number}" if part.start is None else f"t-{int(part.start)}"
        yield Passage(place=0, kind="said", text=part.text, start=part.start, block=block)
