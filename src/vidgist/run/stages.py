"""The stages of one item, each remembered by what it was made from. No threads, no loop, no retries.

    fetch(item) -> Fetched        recall by (source, id, digest, captions), or by these and who listened
    think(item, fetched) -> Answer    recall by that, the transcript's words and the summarizer's fingerprint
    write(note) -> files          skipped where the ledger's recipe and the files still stand

Any engine may call them, in this process or another; calling one twice repeats nothing that was paid for.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Literal, TypeVar

from pydantic import ValidationError

from vidgist.errors import Blocked, ItemError, NoTranscript
from vidgist.events import Skipped
from vidgist.models import Answer, Failure, Fetched, Item, Note, Transcript, Usage, Video
from vidgist.protocols import Source, Summarizer, Writer
from vidgist.run import retries
from vidgist.run.destinations import Destination
from vidgist.store import Job, Store
from vidgist.text import filenames

Price = Callable[[Answer], float | None]
Stage = Literal["list", "fetch", "summarize", "write"]
Kept = TypeVar("Kept", Fetched, Answer)

UNHEARD = ("no_captions", "captions_locked", "empty_captions", "unheard")
"""What a video without captions, or a recording, fails with where nobody listens."""


@dataclass(kw_only=True)
class Stages:
    """What is done with each item of a run.

    ``listener`` names who hears what nobody captioned, empty where nobody does. ``fresh`` names what is made
    anew though it is remembered: "", summary, transcript or all.
    """

    sources: Mapping[str, Source]
    summarizer: Summarizer | None
    writers: Mapping[str, Writer]
    shelf: Destination
    store: Store
    captions: tuple[str, ...]
    listener: str = ""
    layout: str
    failed_records: bool
    fresh: str
    price: Price
    now: Callable[[], datetime]
    run: str
    in_batches: bool = False
    _fetched_anew: set[str] = field(default_factory=set, init=False)

    # What is known

    def recipe(self, item: Item) -> str:
        """Names everything that an item's outputs depend on."""
        return _digest(self._origin(item), self._mind(), self.layout)

    def _mind(self) -> str:
        return self.summarizer.fingerprint if self.summarizer else ""

    def _origin(self, item: Item) -> str:
        """Names the words of an item: what they were fetched by, and who heard what nobody captioned."""
        written = self._origin_by("", item)
        if not self.listener or self.store.knows("fetched", written):
            return written
        return self._origin_by(self.listener, item)

    def _origin_by(self, listener: str, item: Item) -> str:
        parts = (item.source, item.id, item.digest, *self.captions)
        return _digest(*parts, f"heard by {listener}") if listener else _digest(*parts)

    def finished(self, item: Item) -> Skipped | None:
        """What is told of an item for which nothing is left to do with its recipe; None of any other."""
        if self.fresh:
            return None
        recipe = self.recipe(item)
        files = self.store.made(self.shelf.key, item, recipe)
        if files is not None:
            stands = self.shelf.keeps and all(map(self.shelf.holds, files))
            return Skipped(item=item, why="done") if stands else None
        job = self.store.job(self.shelf.key, item)
        if job is None:
            return None
        if job.failure is not None:
            failure = job.failure
            lasts = self._lasts(failure, again=job.recipe == recipe, same=job.item.digest == item.digest)
            return Skipped(item=item, why="failed", code=failure.code, due=failure.due) if lasts else None
        if job.status == "seen":
            return Skipped(item=item, why="seen")
        waits = job.status == "waiting" and job.recipe == recipe and not self.in_batches
        return Skipped(item=item, why="waiting") if waits else None

    def _lasts(self, failure: Failure, *, again: bool, same: bool) -> bool:
        """Tell if a failure stands today; ``again`` by the recipe that failed, with the ``same`` words."""
        due = retries.is_due(failure, self.now().date())
        if due or (self.listener and failure.code in UNHEARD):
            return False
        return again or (same and failure.stage == "fetch")

    def needs_visit(self, item: Item) -> bool:
        """Whether fetching this item means going to its site."""
        return self.sources[item.source].remote and self._remembered(item) is None

    def is_at_hand(self, item: Item) -> bool:
        """Whether its words can be had by reading alone: nobody has to be visited or listened to."""
        is_read = not self.sources[item.source].remote and not item.recording
        return is_read or self._remembered(item) is not None

    def _remembered(self, item: Item) -> Fetched | None:
        """What was fetched before, where that counts and can still be read."""
        key = self._origin(item)
        if self.fresh in ("transcript", "all") and key not in self._fetched_anew:
            return None
        return _read(Fetched, self.store.recall("fetched", key))

    # Stages

    def fetch(self, item: Item) -> Fetched:
        """Metadata and transcript, remembered where they come from a site or had to be heard."""
        source = self.sources[item.source]
        if not source.remote and not item.recording:
            return source.fetch(item, self.captions)
        known = self._remembered(item)
        if known is not None:
            return known
        fetched = source.fetch(item, self.captions)
        if fetched.transcript.heard_by:  # captions remembered from earlier are gone
            self.store.forget("fetched", self._origin_by("", item))
        key = self._origin_by(fetched.transcript.heard_by, item)
        self.store.remember("fetched", key, fetched.model_dump_json())
        self._fetched_anew.add(key)
        return fetched

    def think(self, item: Item, fetched: Fetched) -> tuple[Answer | None, bool]:
        """The answer, None where nobody thinks, and whether it was remembered."""
        if self.summarizer is None:
            return None, False
        text = fetched.transcript.text
        if not text:
            raise NoTranscript("the transcript is empty", code="empty_transcript", video=fetched.video)
        key = _digest(
            self._origin(item),
            hashlib.sha256(text.encode()).hexdigest(),
            self._mind(),
        )
        if self.fresh not in ("summary", "all"):
            known = _read(Answer, self.store.recall("answer", key))
            if known is not None:
                return known, True
        video = fetched.video.model_copy(update={"url": item.url})
        answer = self.summarizer.summarize(video, fetched.transcript)
        self.store.remember("answer", key, answer.model_dump_json())
        return answer, False

    def estimate(self, video: Video, transcript: Transcript) -> Usage:
        """What thinking would take."""
        return self.summarizer.estimate(video, transcript) if self.summarizer else Usage()

    def note(self, item: Item, fetched: Fetched, answer: Answer | None) -> Note:
        """All that is known of an item that is done."""
        return Note(
            item=item,
            created=answer.created if answer else self.now(),
            video=fetched.video,
            transcript=fetched.transcript,
            answer=answer,
            cost=self.price(answer) if answer else None,
        )

    def note_of_failure(
        self, item: Item, error: ItemError | Blocked, stage: Stage, fetched: Fetched | None
    ) -> Note:
        """All that is known of an item that is given up."""
        now = self.now()
        video = fetched.video if fetched else error.video or item.video
        failure = Failure(
            stage=stage,
            code=error.code,
            message=str(error),
            hint=error.hint,
            retry="later" if isinstance(error, Blocked) else error.retry,
        )
        return Note(
            item=item,
            created=now,
            video=video,
            transcript=fetched.transcript if fetched else None,
            failure=retries.planned(
                failure,
                self._failed_before(item),
                now.date(),
                remote=stage == "fetch" and self.sources[item.source].remote,
                published=video.published if video else None,
            ),
        )

    def _failed_before(self, item: Item) -> Failure | None:
        job = self.store.job(self.shelf.key, item)
        if job is None or job.failure is None:
            return None
        same = job.failure.stage == "fetch" or job.recipe == self.recipe(item)
        return job.failure if same else None

    def write(self, item: Item, fetched: Fetched, answer: Answer | None) -> Job:
        """Put the note's files in their place, then say so in the ledger."""
        note = self.note(item, fetched, answer)
        return self._finish(note, "done", answer.usage.tokens if answer else 0, note.cost)

    def give_up(self, item: Item, error: ItemError | Blocked, stage: Stage, fetched: Fetched | None) -> Job:
        """Record a failure: a failed record where wanted, and a row in the ledger.

        A good record of the same item that was made earlier stays as it is, on the shelf and in the ledger.
        """
        note = self.note_of_failure(item, error, stage, fetched)
        before = self.store.job(self.shelf.key, item)
        if before and before.status == "done" and all(map(self.shelf.holds, before.files)):
            return self.job(note, "failed", before.files)
        if self.failed_records and stage != "write":
            return self._finish(note, "failed", 0, None)
        job = self.job(note, "failed")
        self.store.save(self.shelf.key, job)
        return job

    def wait(self, item: Item, fetched: Fetched) -> None:
        """Remember an item as one whose reply comes with a batch."""
        note = Note(item=item, created=self.now(), video=fetched.video, transcript=fetched.transcript)
        self.store.save(self.shelf.key, self.job(note, "waiting"))

    def mark_seen(self, item: Item) -> None:
        """Remember an item as one that is not wanted."""
        title = item.video.title if item.video else ""
        self.store.save(self.shelf.key, Job(item=item, recipe="", status="seen", title=title, run=self.run))

    def _finish(self, note: Note, status: str, tokens: int, cost: float | None) -> Job:
        before = self.store.job(self.shelf.key, note.item)
        earlier = {PurePath(name).suffix: name for name in (before.files if before else ())}
        title = note.video.title if note.video else ""
        stem = self.shelf.own(note.item.id) or self.store.name(
            self.shelf.key, note.item, filenames.stem(note.item.name, title)
        )
        files = []
        for writer in self.writers.values():
            old = self.shelf.old(earlier.get(writer.suffix) or f"{stem}{writer.suffix}")
            files.append(self.shelf.put(f"{stem}{writer.suffix}", writer.render(note, old)))
        job = self.job(note, status, tuple(filter(None, files)), tokens, cost)
        self.store.save(self.shelf.key, job)
        for name in earlier.values():
            if PurePath(name).stem != stem:
                self.shelf.drop(name)
        return job

    def job(
        self,
        note: Note,
        status: str,
        files: tuple[str, ...] = (),
        tokens: int = 0,
        cost: float | None = None,
    ) -> Job:
        """The ledger's row of a note."""
        return Job(
            item=note.item,
            recipe=self.recipe(note.item),
            status=status,
            title=note.video.title if note.video else "",
            failure=note.failure,
            files=files,
            tokens=tokens,
            cost=cost,
            run=self.run,
        )


def _read(kind: type[Kept], body: str | None) -> Kept | None:
    """A remembered value; one that another version has written in another form is as good as forgotten."""
    try:
        return None if body is None else kind.model_validate_json(body)
    except ValidationError:
        return None


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
