"""vidgist inside a program: functions that return notes and write no file but the memory.

A call opens the state folder of its settings, alone among processes, and gives it up when it returns or its
iterator is closed. Nothing is kept between calls but what the memory holds, so that asking twice costs once.
"""

import hashlib
import html
import queue
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from os import PathLike, fspath

from vidgist import config, registry
from vidgist.config import Settings
from vidgist.errors import ConfigError, InputError, RunError
from vidgist.events import Event, Failed
from vidgist.models import Fetched, Item, Note, Ref, Transcript, Video
from vidgist.protocols import Reporter
from vidgist.run import inputs, session
from vidgist.run.delivery import CallerDelivery
from vidgist.run.report import ReportBuilder
from vidgist.run.session import RunContext, Session
from vidgist.store import Store
from vidgist.text import transcript

Input = str | PathLike[str]
"""What the command line takes: an address, an id, a file."""

_GIVEN = "given"
"""The source of a transcript that a caller has in hand."""


def summarize(
    what: Input | Transcript,
    settings: Settings | None = None,
    *,
    title: str = "",
    report: Reporter | None = None,
) -> Note:
    """The note of one video, one file, or a transcript in hand.

    ``note.answer.summary`` has the ideas, each with the quotes that carry it and their seconds, and the
    concept map; ``note.cost`` is in US dollars. A prompt that answers in free text leaves ``summary`` None
    and fills ``note.answer.text``. ``title`` names a transcript in hand. ``report`` hears of waits.

    Raises `SetupError` before anything is asked of anybody, `ItemError` for what is wrong with this video,
    and `RunError` for what would be wrong with every next one.
    """
    with _opened(settings or Settings(), _told(report)) as call:
        if isinstance(what, Transcript):
            item, fetched = _in_hand(what, title)
        else:
            item = call.item(what)
            fetched = call.fetch(item)
        answer, _ = call.session.items.think(item, fetched)
        return call.session.items.note(item, fetched, answer)


def summarize_all(
    what: Iterable[Input], settings: Settings | None = None, *, report: Reporter | None = None
) -> Generator[Note, None, None]:
    """The notes of many inputs, playlists and channels among them, as they get done; each item once.

    A note has a ``failure`` in place of an ``answer`` where an item could not be done; the others go on. What
    ``since`` and ``limit`` of the settings leave out has no note. ``report`` hears every event of
    `vidgist.events`, from several threads.

    Raises `SetupError` before anything is asked of anybody, and `RunError` once the notes of what could still
    be done are out. Close the iterator to stop early: no new item is begun, those under way are finished.
    """
    with _opened(settings or Settings(), _told(report)) as call:
        yield from call.notes(
            Ref(text=fspath(one), origin=f"input {number}") for number, one in enumerate(what, 1)
        )


def fetch(what: Input, settings: Settings | None = None, *, report: Reporter | None = None) -> Fetched:
    """The transcript of one video or file and what is known of it, without a model. Raises as `summarize`."""
    with _opened(settings or Settings(), _told(report), think=False) as call:
        return call.fetch(call.item(what))


def render(note: Note, format: str = "txt", settings: Settings | None = None) -> str:  # noqa: A002
    """The file that the command line would write of a note: txt, md, json, html, vtt, or a plug-in's format.

    Raises `ConfigError` for a format that nobody offers.
    """
    return registry.writers(settings or Settings(), (format,))[format].render(note)


@dataclass(frozen=True)
class _Call:
    """One call's session and what its notes are handed to."""

    session: Session
    delivery: CallerDelivery

    def item(self, what: Input) -> Item:
        """Return the one item behind an input. Raises `InputError` for several, and for what is no input."""
        ref = Ref(text=fspath(what))
        try:
            source = inputs.route(ref, self.session.sources)
            throttle = self.session.items.throttles.of(source, ref.text)
            visit = throttle.visiting(ref.text, last=True)
            items = list(islice(source.expand(ref, visit), 2))
        except InputError as error:
            raise InputError(f"{ref.text!r}: {error}", hint=error.hint) from error
        if len(items) != 1:
            raise InputError(f"{ref.text} stands for several", hint="summarize_all takes lists and folders")
        return items[0]

    def fetch(self, item: Item) -> Fetched:
        items = self.session.items
        if not items.needs_visit(item):
            return items.fetch(item)
        return items.throttle(item).visit(item.url, lambda: items.fetch(item), last=True)

    def notes(self, refs: Iterable[Ref]) -> Iterator[Note]:
        """Yield what the pipeline hands over from its threads, until it ends."""
        done: queue.Queue[Note | None] = queue.Queue(self.session.settings.width(8))
        failed: list[BaseException] = []
        self.delivery.hand = done.put
        self.session.context.report.listen(_unopened(done))
        pipeline = self.session.pipeline()

        def work() -> None:
            try:
                pipeline.run(self.session.work_list(refs))
            except BaseException as error:  # noqa: BLE001 (it is raised where the notes are read)
                failed.append(error)
            finally:
                done.put(None)

        thread = threading.Thread(target=work, name="vidgist", daemon=True)
        thread.start()
        try:
            while (note := done.get()) is not None:
                yield note
        except BaseException:
            pipeline.stop(RunError("the iterator was closed", code="abandoned"))
            self.session.summarizer.stop()
            while done.get() is not None:
                pass
            raise
        finally:
            thread.join()
        for error in (*failed, pipeline.stopped):
            if error is not None:
                raise error


def _unopened(done: "queue.Queue[Note | None]") -> Reporter:
    """Return a listener that hands over a note for each input of which nothing could be made."""

    def hear(event: Event) -> None:
        if isinstance(event, Failed) and not event.item.source:
            done.put(Note(item=event.item, created=datetime.now(), failure=event.failure))

    return hear


@contextmanager
def _opened(settings: Settings, report: Reporter, *, think: bool = True) -> Iterator[_Call]:
    if settings.batch:
        raise ConfigError("batch: a batch takes hours", hint="use the command: vidgist run --batch")
    address = config.environment().get("OPENAI_BASE_URL", "")
    if address and not settings.base_url:
        settings = settings.model_copy(update={"base_url": address})
    delivery = CallerDelivery()
    with (
        closing(Store(settings.state)) as store,
        store.locked(wait=settings.wait),
        session.opened(
            settings, RunContext("", store, ReportBuilder(report)), lambda _: delivery, summarize=think
        ) as current,
    ):
        for notice in current.summarizer.notices:
            report(notice)
        yield _Call(current, delivery)


def _in_hand(words: Transcript, title: str) -> tuple[Item, Fetched]:
    """An item for a transcript that no source brought, named by all that is known of it."""
    decoded = (one.model_copy(update={"text": html.unescape(one.text)}) for one in words.segments)
    cleaned = words.model_copy(update={"segments": transcript.clean(decoded)})
    name = hashlib.sha256(f"{title}\n{cleaned.model_dump_json()}".encode()).hexdigest()[:16]
    end = max((segment.start + segment.duration for segment in cleaned.segments), default=0.0)
    video = Video(
        title=transcript.line(title) or "A transcript",
        seconds=end if words.timed and end else None,
        language=words.language,
    )
    return Item(source=_GIVEN, id=name, name=name, url=""), Fetched(video=video, transcript=cleaned)


def _told(report: Reporter | None) -> Reporter:
    return report or (lambda _: None)
