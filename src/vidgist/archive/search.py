"""Find passages in a notes folder: the index ranks, the notes are read, the best part is shown."""

import re
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from datetime import date
from os import PathLike
from pathlib import Path

from vidgist.archive import passages, query, ranking
from vidgist.archive.entries import Entry
from vidgist.archive.index import SHIFT, Damaged, Index
from vidgist.archive.passages import Kind, Passage
from vidgist.archive.query import Query
from vidgist.archive.terms import Group
from vidgist.errors import Unreadable
from vidgist.models import Note, Value
from vidgist.notes import moment_links
from vidgist.text import hygiene, record
from vidgist.text.search_words import words as words_of

READ = 9
"""Passages that are read for their sentences to be judged, or a few more than are wanted."""

_SPARE = 4

_A_NOTE = 4
"""Passages of one note in one answer, where others have some too."""

_SENTENCE, _FIGURE, _DATE, _PHRASE = 0.5, 0.12, 0.12, 0.3
"""Shares that a passage gains: its words in one sentence, a figure or a date asked for, a whole phrase."""

_COMMON = 1_000
"""Passages from which a name is no longer looked for note by note."""

SHOWN = 280
"""Characters of a passage that are shown."""

_HAS_FIGURE = re.compile(
    r"\d|\b(?:hundred|thousand|million|billion|dozen|half|twice|percent|two|three|four|five|six|ten)\b"
)
_HAS_DATE = re.compile(
    r"\b(?:1[0-9]|20)\d\d\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|century|today|yesterday|years? ago)\b",
    re.IGNORECASE,
)


class Hit(Value):
    """A passage found. ``text`` is all of it, ``shown`` its best part, ``start`` the second of that part.

    ``score`` is 1 where the passage holds every word asked for, and more where they stand together.
    ``held`` is the share of the words that it holds with its title and label, by how specific they are;
    ``lacks`` are names asked for that its note has nowhere.
    """

    file: str
    title: str
    channel: str = ""
    day: str = ""
    url: str = ""
    link: str = ""
    kind: Kind
    place: int
    block: str = ""
    start: float | None = None
    label: str = ""
    text: str
    shown: str
    score: float
    held: float = 1.0
    lacks: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """Return the name of the note's file without its ending."""
        return self.file.rpartition("/")[2].rpartition(".")[0]


class Found(Value):
    """What a search found. ``notes`` were looked through; ``unknown`` words stand in none of them.

    ``near`` are spellings tried in their place. ``names`` are those asked for, where they are
    looked for, by the most specific word of each; ``absent`` are those that stand nowhere.
    ``is_foreign``: the words are of another language than the notes. ``unreadable`` are files that could not
    be read.
    """

    query: str
    hits: tuple[Hit, ...]
    notes: int
    unknown: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    is_foreign: bool = False
    unreadable: tuple[str, ...] = ()


class Scope(Value):
    """Which notes are looked through: those of a day or later, of a channel, or of these files."""

    since: date | None = None
    channel: str = ""
    files: frozenset[str] | None = None

    def takes(self, entry: Entry) -> bool:
        return (
            entry.status != "unreadable"
            and (self.since is None or entry.day >= self.since.isoformat())
            and (not self.channel or set(words_of(self.channel)) <= set(words_of(entry.channel)))
            and (self.files is None or entry.file in self.files)
        )


EVERYTHING = Scope()


def search(
    words: str,
    notes: str | PathLike[str] = "notes",
    *,
    since: date | None = None,
    channel: str = "",
    limit: int = 10,
) -> Found:
    """Return the best passages of a notes folder for some words or a question, with their seconds and links.

    ``since`` and ``channel`` leave notes out. The index in the folder is brought up to date first.
    No model is asked. Raises `InputError` where the folder is none.
    """
    with closing(Index(Path(notes))) as index:
        index.refresh()
        return within(index, words, scope=Scope(since=since, channel=channel), limit=limit)


def within(
    index: Index,
    text: str,
    *,
    scope: Scope = EVERYTHING,
    limit: int = 10,
    further: tuple[str, ...] = (),
    named: bool = False,
) -> Found:
    """Return the best passages of an open index. ``further`` words count as well, for less.

    ``named``: each says which names of the text its note lacks.
    """
    try:
        return _within(index, text, scope, limit, further, named=named)
    except Damaged:  # damaged where a refresh does not look
        index.remake()
        return _within(index, text, scope, limit, further, named=named)


def _within(
    index: Index, text: str, scope: Scope, limit: int, further: tuple[str, ...], *, named: bool
) -> Found:
    taken = index.entries
    if scope != EVERYTHING:
        taken = {number: entry for number, entry in taken.items() if scope.takes(entry)}
    asked = query.read(text, index, further, named=named)
    ranked = ranking.rank(index, asked, taken, max(READ, limit + _SPARE))
    read = _Reader(index, taken)
    having = {name.word: _notes(index, name) for name in asked.names}
    hits = []
    for row, score in ranked:
        lacks = tuple(
            name for name, notes in having.items() if notes is not None and row >> SHIFT not in notes
        )
        if hit := _hit(row, score, asked, read):
            hits.append(hit.model_copy(update={"lacks": lacks}) if lacks else hit)
    return Found(
        query=text,
        hits=tuple(_spread(hits, limit)),
        notes=sum(one.status != "unreadable" for one in taken.values()),
        unknown=asked.unknown,
        near=asked.near,
        names=tuple(name.word for name in asked.names),
        absent=asked.absent,
        is_foreign=asked.is_foreign,
        unreadable=tuple(
            f"{one.file}: {one.title}" for one in index.entries.values() if one.status == "unreadable"
        ),
    )


def _notes(index: Index, name: Group) -> set[int] | None:
    """Return the notes with a name; None where it is so common that it tells nothing."""
    rows = index.rows(list(name.terms), _COMMON) if name.terms else []
    return None if len(rows) == _COMMON else {row >> SHIFT for row in rows}


class _Reader:
    """Notes read for one search, each once."""

    def __init__(self, index: Index, taken: dict[int, Entry]) -> None:
        self.index, self.taken = index, taken
        self._read: dict[int, tuple[Note, tuple[Passage, ...]] | None] = {}

    def passage(self, row: int) -> tuple[Entry, Note, Passage] | None:
        """Return what a row stands for; None where its note can be read no more, or is another by now."""
        number, place = row >> SHIFT, row & ((1 << SHIFT) - 1)
        entry = self.taken[number]
        if number not in self._read:
            self._read[number] = None
            with suppress(Unreadable):
                note = self.index.read(entry)
                self._read[number] = note, passages.of(note)
        known = self._read[number]
        if known is None or place >= len(known[1]):
            return None
        return entry, known[0], known[1][place]


def _hit(row: int, score: float, asked: Query, read: _Reader) -> Hit | None:
    found = read.passage(row)
    if found is None:
        return None
    entry, note, passage = found
    sentences = hygiene.sentences(passage.text)
    values = [_value(sentence, asked) for sentence in sentences]
    best = max(range(len(sentences)), key=lambda place: (values[place], -place))
    offset = sum(len(sentence) + 1 for sentence in sentences[:best])
    start = moments_of(note, passage, offset)
    return Hit(
        file=entry.file,
        title=entry.title,
        channel=entry.channel,
        day=entry.day,
        url=entry.url,
        link=moment_links.link(entry.url, start) or moment_links.web(entry.url),
        kind=passage.kind,
        place=passage.place,
        block=passage.block,
        start=start,
        label=passage.label,
        text=passage.text,
        shown=_cut(sentences, best),
        held=_held(f"{entry.title} {entry.channel} {passage.searched}", asked),
        score=round((score + _gain(passage, sentences, values, best, asked)) / asked.weight, 4),
    )


def _held(text: str, asked: Query) -> float:
    """Return the share of a question that a text holds; 1 where it is of another language than the notes."""
    return 1.0 if asked.is_foreign else round(min(1.0, _value(text, asked) / asked.own_weight), 4)


def is_there(index: Index, hit: Hit) -> bool:
    """Return whether a note still holds a passage that was found earlier, word for word."""
    entry = next((one for one in index.entries.values() if one.file == hit.file), None)
    with suppress(Unreadable):
        found = passages.of(index.read(entry)) if entry else ()
        return hit.place < len(found) and found[hit.place].text == hit.text
    return False


def moments_of(note: Note, passage: Passage, offset: int) -> float | None:
    """Return the second of a character of a passage; None where the note has no times."""
    return passages.moment(note.transcript, passage, offset) if note.transcript else passage.start


def _value(sentence: str, asked: Query) -> float:
    worth: dict[str, float] = {}
    for term in set(words_of(sentence)) & asked.worth.keys():
        for word, value in asked.worth[term]:
            worth[word] = max(value, worth.get(word, 0.0))
    return sum(worth.values())


def _gain(
    passage: Passage, sentences: Sequence[str], values: Sequence[float], best: int, asked: Query
) -> float:
    """Return what a passage scores more for how its words stand."""
    gain = _SENTENCE * values[best]
    near = " ".join(sentences[max(0, best - 1) : best + 2])
    if asked.wants_figure and _HAS_FIGURE.search(near):
        gain += _FIGURE * asked.weight
    if asked.wants_date and _HAS_DATE.search(near):
        gain += _DATE * asked.weight
    if not asked.is_question and len(asked.groups) > 1:
        phrase = f" {' '.join(words_of(asked.text))} "
        if phrase in f" {' '.join(words_of(passage.searched))} ":
            gain += _PHRASE * asked.weight
    return gain


def _cut(sentences: Sequence[str], best: int) -> str:
    """Return the best sentence with what follows it, or precedes it at the end, as far as there is room."""
    first, last = best, best + 1
    size = len(sentences[best])
    while last < len(sentences) and size + len(sentences[last]) < SHOWN:
        size += len(sentences[last]) + 1
        last += 1
    while first > 0 and size + len(sentences[first - 1]) < SHOWN:
        first -= 1
        size += len(sentences[first]) + 1
    text = " ".join(sentences[first:last])
    if len(text) > SHOWN:
        begin, space, _ = text[:SHOWN].rpartition(" ")
        text = f"{begin if space and len(begin) > SHOWN // 2 else text[:SHOWN]}…"
    return f"{'… ' if first else ''}{text}{' …' if last < len(sentences) else ''}"


def _spread(hits: Iterable[Hit], limit: int) -> list[Hit]:
    """Return the best hits: of one note only a few where others have some as well, of copies one each."""
    ordered = sorted(hits, key=lambda hit: (-hit.score, hit.file, hit.place))
    single = {(hit.url, hit.kind, hit.text): hit for hit in reversed(ordered)}
    counts: dict[str, int] = {}
    first: list[Hit] = []
    later: list[Hit] = []
    for hit in ordered:
        if single[hit.url, hit.kind, hit.text] is not hit:
            continue
        counts[hit.file] = counts.get(hit.file, 0) + 1
        (first if counts[hit.file] <= _A_NOTE else later).append(hit)
    return (first + later)[:limit]


def clock(hit: Hit) -> str:
    """Return the time of a hit for a person; empty where it has none."""
    return "" if hit.start is None else record.clock(int(hit.start))
