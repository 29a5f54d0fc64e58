"""Where the notes of a run go, and what is known of those that went there before.

`FileDelivery` writes files to a destination and keeps the ledger of it; `CallerDelivery` hands notes to the
caller of the library and keeps none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePath
from typing import Protocol

from vidgist.config import Fresh
from vidgist.errors import PluginFailed
from vidgist.events import Skipped
from vidgist.models import Failure, Item, Note
from vidgist.protocols import Writer
from vidgist.run import naming, retries
from vidgist.run.destinations import Destination
from vidgist.run.moved import MovedNotes
from vidgist.run.note_files import NoteFiles
from vidgist.store import Job, Store

TRANSCRIBABLE = ("no_captions", "captions_locked", "empty_captions", "unheard")
"""Codes of failures that `--transcribe` could have avoided."""


class Delivery(Protocol):
    """The end of an item's way."""

    @property
    def key(self) -> str:
        """Return what the ledger calls this place."""

    @property
    def layout(self) -> str:
        """Return what changes whenever the same note would be delivered differently."""

    def finished(self, item: Item, recipe: str, *, is_read: bool = False) -> Skipped | None:
        """Return the event for an item with nothing left to do by this recipe; None for any other.

        ``is_read``: its words are had by reading a file, so that a refusal does not stand by another
        recipe, as other readers have it.
        """

    def last_failure(self, item: Item, recipe: str = "") -> Failure | None:
        """Return how an item failed here last, if that is its last outcome.

        ``recipe``: what failed after the fetch counts by this recipe alone.
        """

    def done(self, note: Note, recipe: str) -> Job:
        """Deliver a note. Raises `ItemError` or `RunError`."""

    def failed(self, note: Note, recipe: str) -> Job:
        """Deliver a note of failure. Raises `ItemError` or `RunError`."""

    def wait(self, note: Note, recipe: str) -> None:
        """Remember an item whose answer comes with a batch."""

    def mark_seen(self, item: Item) -> None:
        """Remember an item as one that is not wanted."""


@dataclass(kw_only=True)
class FileDelivery:
    """Files of each format at one destination, and the ledger of what became of each item there.

    ``listener`` names the model that hears what has no captions, empty where none does.
    """

    destination: Destination
    store: Store
    writers: Mapping[str, Writer]
    run: str
    layout: str = ""
    failed_records: bool = True
    fresh: Fresh = ""
    listener: str = ""
    name_template: str = ""
    in_batches: bool = False
    now: Callable[[], datetime] = datetime.now

    @cached_property
    def key(self) -> str:
        """Return what the ledger calls this folder: the same for every name of it."""
        known = (folder for folder in self.store.jobs.folders() if self.destination.is_at(folder))
        return next(known, self.destination.key)

    @cached_property
    def files(self) -> NoteFiles:
        return NoteFiles(self.destination, self.store.memory, self.key)

    @cached_property
    def moved(self) -> MovedNotes:
        known = frozenset(name for job in self.store.jobs.all(self.key) for name in job.files)
        return MovedNotes(Path(self.destination.root), known)

    def finished(self, item: Item, recipe: str, *, is_read: bool = False) -> Skipped | None:
        if self.fresh:
            return None
        files = self.store.jobs.made(self.key, item, recipe)
        if files is not None:
            stands = self.destination.keeps and all(map(self.files.stands, self._followed(item, files)))
            return Skipped(item=item, why="done") if stands else None
        job = self.store.jobs.find(self.key, item)
        if job is None:
            return None
        if job.failure is not None:
            failure = job.failure
            same = job.item.digest == item.digest and not is_read
            lasts = self._lasts(failure, again=job.recipe == recipe, same=same)
            return Skipped(item=item, why="failed", code=failure.code, due=failure.due) if lasts else None
        if job.status == "seen":
            return Skipped(item=item, why="seen")
        waits = job.status == "waiting" and job.recipe == recipe and not self.in_batches
        return Skipped(item=item, why="waiting") if waits else None

    def _followed(self, item: Item, files: tuple[str, ...]) -> tuple[str, ...]:
        """Return the files of an item; of those that a person has moved, their places now, which are kept."""
        if not self.destination.root or all(map(self.destination.holds, files)):
            return files
        now = self.moved.of(item, files)
        job = self.store.jobs.find(self.key, item) if now else None
        if job is None:
            return files
        for before, after in zip(files, now, strict=True):
            self.files.follow(before, after)
        self.store.jobs.save(self.key, job.model_copy(update={"files": now}))
        return now

    def _lasts(self, failure: Failure, *, again: bool, same: bool) -> bool:
        """Return whether a failure stands today: ``again`` by its recipe, or with the ``same`` words."""
        due = retries.is_due(failure, self.now().date())
        if due or (self.listener and failure.code in TRANSCRIBABLE):
            return False
        return again or (same and failure.stage == "fetch")

    def last_failure(self, item: Item, recipe: str = "") -> Failure | None:
        job = self.store.jobs.find(self.key, item)
        if job is None or job.failure is None:
            return None
        counts = not recipe or job.failure.stage == "fetch" or job.recipe == recipe
        return job.failure if counts and job.item.digest == item.digest else None

    def done(self, note: Note, recipe: str) -> Job:
        tokens = note.answer.usage.tokens if note.answer else 0
        return self._write(note, _job(note, recipe, "done", self.run, tokens=tokens, cost=note.cost))

    def failed(self, note: Note, recipe: str) -> Job:
        """Write a failed record where wanted, and a row of the ledger.

        A good record of the same item that was made earlier stays as it is, there and in the ledger.
        """
        assert note.failure is not None
        job = _job(note, recipe, "failed", self.run)
        before = self.store.jobs.find(self.key, note.item)
        if before and before.status == "done" and all(map(self.destination.holds, before.files)):
            return job.model_copy(update={"files": before.files})
        if self.failed_records and note.failure.stage != "write":
            return self._write(note, job)
        self.store.jobs.save(self.key, job)
        return job

    def wait(self, note: Note, recipe: str) -> None:
        self.store.jobs.save(self.key, _job(note, recipe, "waiting", self.run))

    def mark_seen(self, item: Item) -> None:
        title = item.video.title if item.video else ""
        self.store.jobs.save(self.key, Job(item=item, recipe="", status="seen", title=title, run=self.run))

    def _write(self, note: Note, job: Job) -> Job:
        """Put the note's files in their place, then the job in the ledger."""
        before = self.store.jobs.find(self.key, note.item)
        earlier, kept = self._earlier(before)
        stem, *notices = self._stem(note, earlier, kept)
        files: list[str] = []
        failed: PluginFailed | None = None
        for writer in self.writers.values():
            name = kept.get(writer.suffix) or f"{stem}{writer.suffix}"
            old = self.destination.old(earlier.get(writer.suffix) or name)
            try:
                text = writer.render(note, old)
            except PluginFailed as error:  # the other formats are written all the same
                failed = error
                continue
            put, notice = self.files.put(name, text) if text is not None else ("", self.files.drop(name))
            files.append(put)
            notices.append(notice)
        if failed is not None:
            raise failed
        job = job.model_copy(update={"files": tuple(filter(None, files))})
        self.store.jobs.save(self.key, job)
        if not kept:
            notices.extend(
                self.files.drop(name) for name in earlier.values() if _stem(name, self._suffix(name)) != stem
            )
        return job.model_copy(update={"notices": tuple(filter(None, notices))})

    def _suffix(self, name: str) -> str:
        """Return the suffix of a file of ours: that of its format, which may have two dots."""
        kinds = sorted((writer.suffix for writer in self.writers.values()), key=len, reverse=True)
        return next((kind for kind in kinds if name.endswith(kind)), PurePath(name).suffix)

    def _earlier(self, before: Job | None) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Return the files of an item by their suffixes, and those of them whose names it keeps.

        A note that is done keeps its names, so that links to it hold, whatever its title or the template is
        now; a record of a failure gives way to the note.
        """
        if before is None:
            return {}, {}
        is_done = before.status == "done"
        files = self._followed(before.item, before.files) if is_done else before.files
        earlier = {self._suffix(name): name for name in files}
        return earlier, {
            kind: name for kind, name in earlier.items() if is_done and self.destination.holds(name)
        }

    def _stem(self, note: Note, earlier: Mapping[str, str], kept: Mapping[str, str]) -> tuple[str, str]:
        """Return the name of a note's files before their suffix, and a notice about it."""
        own = self.destination.own(note.item.note)
        if own and all(self.files.is_note(f"{own}{writer.suffix}") for writer in self.writers.values()):
            return own, ""
        wanted = next((_stem(name, kind) for kind, name in kept.items()), "") or naming.stem(
            note, self.name_template
        )
        taken: list[str] = []

        def is_free(stem: str) -> bool:
            names = [(f"{stem}{writer.suffix}", writer) for writer in self.writers.values()]
            others = [
                name
                for name, writer in names
                if name not in earlier.values() and not self.files.is_free(name, _rendered(writer, note))
            ]
            taken.extend(others)
            return not others

        stem = self.store.names.claim(self.key, note.item, wanted, is_free)
        if not taken or any(_stem(name, kind) == stem for kind, name in earlier.items()):
            return stem, ""
        return stem, f"{taken[0]} is there already and not of this memory: written as {stem}"


@dataclass
class CallerDelivery:
    """Hand each note to a function; no files and no ledger, so nothing counts as done before."""

    hand: Callable[[Note], None] = field(default=lambda _: None)
    key: str = "memory"
    layout: str = ""

    def finished(self, item: Item, recipe: str, *, is_read: bool = False) -> Skipped | None:  # noqa: ARG002
        return None

    def last_failure(self, item: Item, recipe: str = "") -> Failure | None:  # noqa: ARG002
        return None

    def done(self, note: Note, recipe: str) -> Job:
        self.hand(note)
        return _job(note, recipe, "done", cost=note.cost)

    def failed(self, note: Note, recipe: str) -> Job:
        self.hand(note)
        return _job(note, recipe, "failed")

    def wait(self, note: Note, recipe: str) -> None:
        """Keep nothing: no batch is made for a caller."""

    def mark_seen(self, item: Item) -> None:
        """Keep nothing."""


def _rendered(writer: Writer, note: Note) -> str:
    """Return what a writer makes of a note, nothing where it makes none."""
    try:
        return writer.render(note) or ""
    except PluginFailed:
        return ""


def _stem(name: str, suffix: str) -> str:
    """Return the path of a file without its suffix, with ``/``."""
    return PurePath(name).as_posix().removesuffix(suffix)


def layout_of(version: str, formats: Sequence[str], *choices: object) -> str:
    """Name what decides the bytes of the files beside the note itself."""
    return " ".join((version, ",".join(formats), *map(str, choices)))


def _job(
    note: Note, recipe: str, status: str, run: str = "", *, tokens: int = 0, cost: float | None = None
) -> Job:
    """Return the ledger's row of a note, with what is known of its video now but for long texts."""
    video = note.video or note.item.video
    known = video and video.model_copy(update={"description": "", "chapters": ()})
    return Job(
        item=note.item.model_copy(update={"video": known}),
        recipe=recipe,
        status=status,
        title=note.video.title if note.video else "",
        failure=note.failure,
        tokens=tokens,
        cost=cost,
        run=run,
    )
