"""Cut a note into the passages that are searched and cited: its head, ideas and paragraphs of speech. Pure.

The cut depends on the note alone: a passage is named by its place and read from the note when it is shown.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Literal, NamedTuple

from vidgist.models import Evidence, Extras, Note, Point, Transcript
from vidgist.notes import paragraphs, topics
from vidgist.text.hygiene import one_line

MOST = 1 << 16
"""Passages of one note; a day of talk has 3,000."""

Kind = Literal["head", "idea", "said"]


class Passage(NamedTuple):
    """One citable piece of a note. ``block`` is its block id in an md note, ``start`` its second if known."""

    kind: Kind
    text: str
    label: str = ""
    start: float | None = None
    block: str = ""
    place: int = 0

    @property
    def searched(self) -> str:
        """Return all the text that a search finds this passage by."""
        return f"{self.label} {self.text}" if self.label else self.text


def of(note: Note) -> tuple[Passage, ...]:
    """Return all passages of a note in a fixed order, the head first."""
    found = (_head(note), *_ideas(note), *_said(note))
    return tuple(one._replace(place=place) for place, one in enumerate(found[:MOST]))


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
    title = one_line(video.title) if video else ""
    return Passage("head", one_line(" · ".join(filter(None, parts))), title)


def _ideas(note: Note) -> Iterator[Passage]:
    answer = note.answer
    if answer and answer.summary:
        summary = answer.summary
        for number, point in enumerate(summary.core_ideas, 1):
            yield _idea(point, f"idea-{number}")
        yield _idea(summary.core_point, "core-point")
        yield _idea(summary.fundamental_point, "fundamental-point")
        if summary.framework:
            yield Passage("idea", one_line(summary.framework))
        yield from _extras(summary.extras)
    elif answer:
        texts = map(one_line, answer.text.split("\n\n"))
        yield from (Passage("idea", text) for text in texts if text)


def _idea(point: Point, block: str) -> Passage:
    label = one_line(point.label).rstrip(":")
    return Passage("idea", one_line(point.text), label, _first(point.evidence), block)


def _extras(extras: Extras) -> Iterator[Passage]:
    if extras.overview:
        yield Passage("idea", one_line(extras.overview))
    for part in extras.outline:
        yield Passage("idea", one_line(part.text), one_line(part.title), part.start)
    for mention in extras.mentions:
        yield Passage("idea", one_line(mention.text), one_line(mention.name), _first(mention.evidence))
    for statement in chain(extras.figures, extras.questions, extras.decisions):
        yield Passage("idea", one_line(statement.text), start=_first(statement.evidence))
    for task in extras.tasks:
        text = " · ".join(filter(None, (one_line(task.text), task.who, task.due)))
        yield Passage("idea", text, start=_first(task.evidence))


def _first(evidence: Sequence[Evidence]) -> float | None:
    return next((one.start for one in evidence if one.start is not None), None)


def _said(note: Note) -> Iterator[Passage]:
    if note.transcript is None:
        return
    chapters = note.video.chapters if note.video else ()
    seen: dict[int, int] = {}
    parts = paragraphs.split(note.transcript, chapters)
    starts = [part.start for part in parts]
    has_speakers = any(segment.speaker for segment in note.transcript.segments)
    for number, part in enumerate(parts, 1):
        block = f"p-{number}"
        if part.start is not None:
            second = int(part.start)
            seen[second] = seen.get(second, 0) + 1
            block = f"t-{second}" if seen[second] == 1 else f"t-{second}-{seen[second]}"
        end = starts[number] if number < len(starts) else None
        speakers = _speakers(note.transcript, part.start, end) if has_speakers else ""
        yield Passage("said", part.text, speakers, part.start, block)


def _speakers(transcript: Transcript, start: float | None, end: float | None) -> str:
    """Return who speaks from a second on, where the origin names speakers: each once, in order."""
    if start is None:
        return ""
    names = [
        one.speaker
        for one in transcript.segments
        if one.speaker and start <= one.start and (end is None or one.start < end)
    ]
    return ", ".join(dict.fromkeys(names))
