"""A transcript in paragraphs for the eye, each with the second it begins. Pure.

Captions have no paragraphs: one ends at a chapter, at a pause, at the end of a sentence once it is long
enough, or where it would become too long.
"""

from collections.abc import Iterable, Iterator, Sequence

from vidgist.models import Chapter, Segment, Transcript, Value
from vidgist.text import hygiene

PAUSE_SECONDS = 2.5
ENOUGH = 360
MOST = 900
"""Characters; a script without spaces says twice as much in as many, but its readers are used to it."""


class Paragraph(Value):
    """``start`` is None where there are no times; ``speaker`` is who begins to speak, where that is known."""

    start: float | None
    text: str
    speaker: str = ""


def split(transcript: Transcript, chapters: Sequence[Chapter] = ()) -> tuple[Paragraph, ...]:
    """All the words in their order, each turn by itself. Text without spaces may get some at its breaks.

    Who speaks is named at each change, and nobody where only one voice is known, as in the text.
    """
    many = len({one.speaker for one in transcript.segments if one.speaker}) > 1
    bounds = [chapter.start for chapter in chapters]
    found: list[Paragraph] = []
    for speaker, turn in _turns(transcript.segments):
        parts = list(_timed(turn, bounds) if transcript.timed else _untimed(turn))
        if parts and many:
            parts[0] = parts[0].model_copy(update={"speaker": speaker})
        found += parts
    return tuple(found)


def _turns(segments: Sequence[Segment]) -> Iterator[tuple[str, list[Segment]]]:
    """The segments of each turn, and who takes it; one without a speaker goes on with the turn."""
    turn: list[Segment] = []
    speaker = ""
    for segment in segments:
        if segment.speaker and segment.speaker != speaker:
            if turn:
                yield speaker, turn
            turn, speaker = [], segment.speaker
        turn.append(segment)
    if turn:
        yield speaker, turn


def _timed(turn: Sequence[Segment], bounds: list[float]) -> Iterator[Paragraph]:
    inside = [bound for bound in bounds if bound > turn[0].start]
    for group in _groups(turn, inside):
        text = " ".join(" ".join(one.text for one in group).split())
        yield Paragraph(start=group[0].start, text=text)


def _untimed(turn: Sequence[Segment]) -> Iterator[Paragraph]:
    pieces = (piece for segment in turn for piece in _pieces(segment.text))
    return (Paragraph(start=None, text=text) for text in _joined(pieces))


def _groups(segments: Iterable[Segment], bounds: list[float]) -> Iterator[list[Segment]]:
    bounds = sorted(bounds, reverse=True)
    group: list[Segment] = []
    length, end = 0, 0.0
    for segment in segments:
        is_new_chapter = False
        while bounds and bounds[-1] <= segment.start + 0.5:
            bounds.pop()
            is_new_chapter = True
        if group and (
            is_new_chapter
            or length + len(segment.text) > MOST
            or (length > ENOUGH / 3 and segment.start - end > PAUSE_SECONDS)
            or (length > ENOUGH and hygiene.ends_sentence(group[-1].text))
        ):
            yield group
            group, length = [], 0
        group.append(segment)
        length += len(segment.text) + 1
        end = segment.start + segment.duration
    if group:
        yield group


def _pieces(text: str) -> Iterator[str]:
    """Sentences, and of a sentence beyond all measure its parts."""
    for sentence in hygiene.sentences(text):
        words = sentence.split(" ")
        if len(sentence) <= MOST:
            yield sentence
        elif len(words) == 1:
            yield from (sentence[at : at + ENOUGH] for at in range(0, len(sentence), ENOUGH))
        else:
            yield from _joined(iter(words))


def _joined(pieces: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    length = 0
    for piece in pieces:
        if held and length + len(piece) > ENOUGH:
            yield " ".join(held)
            held, length = [], 0
        held.append(piece)
        length += len(piece) + 1
    if held:
        yield " ".join(held)
