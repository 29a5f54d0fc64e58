"""A transcript in paragraphs for the eye, each with the second it begins. Pure.

Captions have no paragraphs: one ends at a chapter, at a pause, where another speaks, at the end of a sentence
once it is long enough, or where it would become too long.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from vidgist.models import Chapter, Segment, Transcript, Value
from vidgist.text import hygiene

PAUSE_SECONDS = 2.5
ENOUGH = 360
MOST = 900
"""Characters; a script without spaces says twice as much in as many, but its readers are used to it."""


class Paragraph(Value):
    """``start`` is None where the transcript has no times.

    ``speaker`` is named where another begins to speak, and empty where one voice is known alone.
    """

    start: float | None
    text: str
    speaker: str = ""


def split(transcript: Transcript, chapters: Sequence[Chapter] = ()) -> tuple[Paragraph, ...]:
    """All the words in their order. Text without spaces may get some at its breaks."""
    voices = {segment.speaker for segment in transcript.segments if segment.speaker}
    speaks = len(voices) > 1
    if not transcript.timed:
        return tuple(_untimed(transcript.segments, speaks=speaks))
    found: list[Paragraph] = []
    last = ""
    for group in _groups(transcript.segments, [chapter.start for chapter in chapters], speaks=speaks):
        speaker = next((one.speaker for one in group if one.speaker), last) if speaks else ""
        text = " ".join(" ".join(one.text for one in group).split())
        found.append(Paragraph(start=group[0].start, text=text, speaker=speaker if speaker != last else ""))
        last = speaker
    return tuple(found)


def _untimed(segments: Sequence[Segment], *, speaks: bool) -> Iterator[Paragraph]:
    for speaker, group in groupby(_voiced(segments, speaks=speaks), key=itemgetter(0)):
        pieces = (piece for _, segment in group for piece in _pieces(segment.text))
        for number, text in enumerate(_joined(pieces)):
            yield Paragraph(start=None, text=text, speaker="" if number else speaker)


def _voiced(segments: Iterable[Segment], *, speaks: bool) -> Iterator[tuple[str, Segment]]:
    """The segments with who speaks: one without a name goes on with the turn before it."""
    speaker = ""
    for segment in segments:
        speaker = (segment.speaker or speaker) if speaks else ""
        yield speaker, segment


def _groups(segments: Iterable[Segment], bounds: list[float], *, speaks: bool) -> Iterator[list[Segment]]:
    bounds = sorted(bounds, reverse=True)
    group: list[Segment] = []
    length, end, voice = 0, 0.0, ""
    for segment in segments:
        is_new_chapter = False
        while bounds and bounds[-1] <= segment.start + 0.5:
            bounds.pop()
            is_new_chapter = True
        is_another = speaks and segment.speaker not in ("", voice)
        voice = segment.speaker or voice
        if group and (
            is_new_chapter
            or is_another
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
