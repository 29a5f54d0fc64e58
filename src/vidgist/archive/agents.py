"""What an agent may do with a notes folder: look for passages, read notes, compare them; nothing is written.

Everything comes back as plain data or text. A note is found by what the index holds, never by a path, so that
nothing outside the folder can be read.
"""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from vidgist.archive import digest, digest_text, model, passages, search
from vidgist.archive.entries import Entry
from vidgist.archive.index import Index
from vidgist.archive.search import Hit
from vidgist.archive.search import Scope as Choice
from vidgist.bounds.scope import Scope
from vidgist.config import Settings
from vidgist.errors import InputError, Unreadable
from vidgist.models import Note
from vidgist.protocols import Reporter
from vidgist.text import hygiene, record

MOST_HITS, MOST_PASSAGES, MOST_LISTED = 50, 40, 200

Data = dict[str, object]


class Library:
    """A notes folder as agents see it. Each call opens the index itself, so several threads may call."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings

    def search(self, query: str, limit: int = 10, since: str = "", channel: str = "") -> Data:
        """Return the best passages for some words or a question, each with title, second and link."""
        scope = Choice(since=_day(since), channel=channel)
        with closing(self._index()) as index:
            found = search.within(index, query, scope=scope, limit=max(1, min(limit, MOST_HITS)))
        return {
            "passages": [_hit(hit) for hit in found.hits],
            "notes_searched": found.notes,
            "words_in_no_note": list(found.unknown),
        }

    def passages(self, note: str, start: float = 0.0, seconds: float = 300.0) -> Data:
        """Return what is said in one note from a second on, paragraph by paragraph with their seconds."""
        with closing(self._index()) as index:
            entry, read = self._find(index, note)
        said = [one for one in passages.of(read) if one.kind == "said"]
        wanted = [one for one in said if one.start is None or start <= one.start <= start + seconds]
        first = next((place for place, one in enumerate(said) if one.start and one.start > start), len(said))
        if said and (not wanted or wanted[0] != said[max(0, first - 1)]):
            wanted = [said[max(0, first - 1)], *wanted]
        rows = [{"start": one.start, "text": one.text, "block": one.block} for one in wanted]
        return {"note": entry.file, "title": entry.title, "passages": rows[:MOST_PASSAGES]}

    def note(self, note: str) -> str:
        """Return the summary of one note as text: ideas, quotes and their seconds, without the transcript."""
        with closing(self._index()) as index:
            entry, read = self._find(index, note)
        return "\n".join(_lines(entry, read))

    def notes(self) -> list[Data]:
        """Return the newest notes: name, title, channel, day, address."""
        with closing(self._index()) as index:
            entries = [one for one in index.entries.values() if one.status != "unreadable"]
        newest = sorted(entries, key=lambda one: (one.day, one.file), reverse=True)[:MOST_LISTED]
        return [
            {"note": one.file, "title": one.title, "channel": one.channel, "day": one.day, "url": one.url}
            for one in newest
        ]

    def digest(
        self,
        since: str = "",
        channel: str = "",
        report: Reporter = lambda _: None,
        bounds: Scope | None = None,
    ) -> str:
        """Return the digest of these notes as Markdown; a model is asked only within a set budget.

        ``bounds`` ends its waits where the agent gives the call up.
        """
        is_bounded = self.settings.max_cost is not None or self.settings.max_tokens is not None
        settings = self.settings if is_bounded else self.settings.model_copy(update={"model": "offline:"})
        scope = Choice(since=_day(since), channel=channel)
        with (
            closing(self._index()) as index,
            model.opened(settings, report, scope=bounds) as (language_model, _),
        ):
            return digest_text.markdown(digest.make(index, language_model, scope=scope))

    def _index(self) -> Index:
        index = Index(self.folder)
        index.refresh()
        return index

    def _find(self, index: Index, name: str) -> tuple[Entry, Note]:
        """Return the note of that file, stem, id, address or title. Raises `InputError`."""
        wanted = name.strip().casefold()
        tests: tuple[Callable[[Entry], bool], ...] = (
            lambda one: one.file.casefold() == wanted,
            lambda one: Path(one.file).stem.casefold() == wanted,
            lambda one: wanted in (one.item.casefold(), one.item.partition("/")[2].casefold()),
            lambda one: one.url.casefold() == wanted,
            lambda one: one.title.casefold() == wanted,
        )
        for test in tests:
            for entry in index.entries.values():
                if entry.status != "unreadable" and test(entry):
                    try:
                        return entry, index.read(entry)
                    except Unreadable as error:
                        raise InputError(f"the note cannot be read: {error}") from error
        raise InputError(f"no note is called {name!r}", hint="search names them under note")


def _hit(hit: Hit) -> Data:
    shown = hit.model_dump(
        include={"title", "channel", "day", "link", "kind", "label", "text", "start", "score"}
    )
    return {"note": hit.file, **shown}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError(f"{text!r} is no date", hint="a date like 2026-01-31") from error


def _lines(entry: Entry, note: Note) -> list[str]:
    video = note.video or note.item.video
    rows = [entry.title, " · ".join(filter(None, (entry.channel, entry.day, entry.url)))]
    if video and video.seconds is not None:
        rows.append(f"Duration: {record.clock(video.seconds)}")
    if note.failure:
        return [*rows, f"Not summarized: {note.failure.message}"]
    rows.extend(f"Notice: {hygiene.one_line(one)}" for one in (note.answer.notices if note.answer else ()))
    rows.append("")
    for one in passages.of(note):
        if one.kind == "idea":
            time = f" [{record.clock(int(one.start))}]" if one.start is not None else ""
            rows.append(f"- {f'{one.label}: ' if one.label else ''}{one.text}{time}")
    summary = note.answer.summary if note.answer else None
    quotes = [one for point in (summary.core_ideas if summary else ()) for one in point.evidence]
    if quotes:
        rows += ["", "Quotes:"]
        for quote in quotes:
            time = f"[{record.clock(int(quote.start))}] " if quote.start is not None else ""
            rows.append(f"- {time}“{hygiene.one_line(quote.quote)}”")
    return rows
