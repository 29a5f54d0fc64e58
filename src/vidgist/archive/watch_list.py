"""Choose what to watch of several talks in a quarter of an hour: paragraphs from the second of a claim on."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from vidgist.archive.claims import Claim, Gathered
from vidgist.archive.themes import Stretch, Watch
from vidgist.errors import Unreadable
from vidgist.models import Note
from vidgist.notes import moment_links, paragraphs

QUARTER = 15 * 60.0
SHORTEST, LONGEST = 45.0, 150.0
"""Seconds of a stretch: to be understood, and to leave room for others."""

_BEFORE = 2.0
"""Seconds before the words, so that their beginning is heard."""

Read = Callable[[int], Note]
"""Reads the note of a talk, by its number. Raises `Unreadable`."""


def choose(wanted: Iterable[Watch], gathered: Gathered, read: Read) -> tuple[Stretch, ...]:
    """Return stretches in the order wanted, as many as fit a quarter of an hour; none overlaps another."""
    found: list[Stretch] = []
    left = QUARTER
    for one in wanted:
        for claim in gathered.of([one.id]):
            stretch = _stretch(claim, one.why, gathered, read)
            if stretch and stretch.end - stretch.start <= left and not _overlaps(stretch, found):
                found.append(stretch)
                left -= stretch.end - stretch.start
    return tuple(found)


def _stretch(claim: Claim, why: str, gathered: Gathered, read: Read) -> Stretch | None:
    if claim.start is None:
        return None
    starts: list[float] = []
    talk = gathered.talk(claim.talk)
    with suppress(Unreadable):
        note = read(claim.talk)
        chapters = note.video.chapters if note.video else ()
        parts = paragraphs.split(note.transcript, chapters) if note.transcript else ()
        starts = [part.start for part in parts if part.start is not None]
    begin = max(0.0, claim.start - _BEFORE)
    end = _end(begin, starts, talk.seconds)
    return Stretch(
        claim=claim.id,
        talk=claim.talk,
        start=begin,
        end=end,
        why=why or claim.label or claim.text,
        link=moment_links.link(talk.url, begin) or talk.url,
    )


def _end(begin: float, starts: Sequence[float], seconds: float | None) -> float:
    """Return where the paragraph ends in which a stretch has lasted long enough."""
    last = seconds if seconds and seconds > begin else begin + LONGEST
    ends = [start for start in (*starts, last) if begin + SHORTEST <= start]
    return min(min(ends, default=last), begin + LONGEST, last)


def _overlaps(stretch: Stretch, others: Iterable[Stretch]) -> bool:
    return any(
        one.talk == stretch.talk and one.start < stretch.end and stretch.start < one.end for one in others
    )
