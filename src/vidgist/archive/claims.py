"""What the notes of a folder claim: their ideas, checked when they were made, each under a number.

A digest is made of these and names them by their numbers, so that each of its statements leads to quotes and
seconds. An idea of a note that has lost its quotes (a text record) is looked up in the words of the note.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from vidgist.archive.entries import Entry
from vidgist.archive.index import Index
from vidgist.errors import Unreadable
from vidgist.evidence import Checker, Concordance
from vidgist.models import Evidence, Note, Point, Statement, Value
from vidgist.notes import moment_links
from vidgist.text.hygiene import one_line

MOST_A_TALK = 20


class Talk(Value):
    """A note that a digest is made of. ``number`` counts from 1."""

    number: int
    file: str
    title: str
    channel: str = ""
    day: str = ""
    url: str = ""
    seconds: float | None = None

    @property
    def stem(self) -> str:
        return self.file.rpartition("/")[2].rpartition(".")[0]


class Claim(Value):
    """A checked idea of one talk, under its number. ``link`` leads to the second of its first quote."""

    id: int
    talk: int
    label: str = ""
    text: str
    evidence: tuple[Evidence, ...] = ()
    start: float | None = None
    link: str = ""
    block: str = ""
    is_question: bool = False

    @property
    def material(self) -> str:
        """Return all that a statement on this claim may stand on."""
        return "\n".join((self.label, self.text, *(one.quote for one in self.evidence)))


class Gathered(Value):
    """Talks and what they claim. ``left_out`` are lines on notes that have nothing to compare."""

    talks: tuple[Talk, ...] = ()
    claims: tuple[Claim, ...] = ()
    questions: tuple[Claim, ...] = ()
    left_out: tuple[str, ...] = ()

    def of(self, ids: Iterable[int]) -> list[Claim]:
        """Return the claims and questions of these numbers; numbers that name none are passed over."""
        known = {one.id: one for one in (*self.claims, *self.questions)}
        return [known[number] for number in dict.fromkeys(ids) if number in known]

    def talk(self, number: int) -> Talk:
        return self.talks[number - 1]


def gather(index: Index, entries: Sequence[Entry]) -> Gathered:
    """Return what these notes claim, talk by talk, the oldest first."""
    talks: list[Talk] = []
    claims: list[Claim] = []
    questions: list[Claim] = []
    left_out: list[str] = []
    number = 0
    taken: dict[str, str] = {}
    for entry in sorted(entries, key=lambda one: (one.day, one.file)):
        try:
            note = index.read(entry)
        except Unreadable as error:
            left_out.append(f"{entry.file}: {error}")
            continue
        found = list(_found(note))
        if not found:
            left_out.append(f"{entry.title}: {'not summarized' if note.failure else 'has no ideas'}")
            continue
        if note.item.source != "local" and (other := taken.setdefault(entry.item, entry.file)) != entry.file:
            left_out.append(f"{entry.file}: of the same video as {other}")
            continue
        talks.append(_talk(note, entry, len(talks) + 1))
        for one in found:
            number += 1
            made = one.model_copy(update={"id": number, "talk": len(talks)})
            (questions if made.is_question else claims).append(made)
    return Gathered(
        talks=tuple(_distinct(talks)),
        claims=tuple(claims),
        questions=tuple(questions),
        left_out=tuple(left_out),
    )


def _distinct(talks: Sequence[Talk]) -> Iterator[Talk]:
    """Yield the talks, those of one title with their day, or else their number, behind it."""
    titles = Counter(one.title for one in talks)
    dated = Counter(f"{one.title} ({one.day})" for one in talks)
    for one in talks:
        if titles[one.title] == 1:
            yield one
        else:
            title = f"{one.title} ({one.day})"
            is_telling = one.day and dated[title] == 1
            yield one.model_copy(update={"title": title if is_telling else f"{one.title} ({one.number})"})


def _talk(note: Note, entry: Entry, number: int) -> Talk:
    video = note.video or note.item.video
    return Talk(
        number=number,
        file=entry.file,
        title=one_line(entry.title),
        channel=one_line(entry.channel),
        day=entry.day,
        url=moment_links.web(note.item.url),
        seconds=video.seconds if video else None,
    )


def _found(note: Note) -> Iterator[Claim]:
    summary = note.answer.summary if note.answer else None
    if summary is None:
        return
    ideas = summary.core_ideas
    if note.transcript and not any(one.evidence for one in ideas):
        ideas = _looked_up(ideas, note)
    for place, idea in enumerate(ideas[:MOST_A_TALK], 1):
        yield _claim(note, one_line(idea.label).rstrip(":"), idea.text, idea.evidence, f"idea-{place}")
    for decision in summary.extras.decisions:
        yield _claim(note, "", decision.text, decision.evidence, "")
    for question in summary.extras.questions:
        yield _question(note, question)


def _claim(note: Note, label: str, text: str, evidence: Sequence[Evidence], block: str) -> Claim:
    start = next((one.start for one in evidence if one.start is not None), None)
    return Claim(
        id=0,
        talk=0,
        label=label,
        text=one_line(text),
        evidence=tuple(evidence),
        start=start,
        link=moment_links.link(note.item.url, start) or moment_links.web(note.item.url),
        block=block,
    )


def _question(note: Note, question: Statement) -> Claim:
    made = _claim(note, "", question.text, question.evidence, "")
    return made.model_copy(update={"is_question": True})


def _looked_up(ideas: Sequence[Point], note: Note) -> tuple[Point, ...]:
    """Return the ideas with the passages of the words that surely carry them."""
    assert note.transcript is not None
    checker = Checker(Concordance(note.transcript), [note.video.title] if note.video else [])
    found = []
    for idea in ideas:
        sure = [one for one in checker.index.look_up("", idea.text) if one.sure][:1]
        evidence = tuple(one.passage.evidence for one in sure)
        found.append(idea.model_copy(update={"evidence": evidence}))
    return tuple(found)
