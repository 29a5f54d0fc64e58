"""One client for many threads: the state, the sources, the model and its limits, opened once.

with Client(settings) as client:
    note = client.summarize("talk.vtt", deadline=30)
"""

import hashlib
import html
import queue
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from os import PathLike, fspath
from types import TracebackType
from typing import Self, TypeVar

from vidgist import config, registry
from vidgist.api.handover import Handover
from vidgist.bounds.scope import Scope
from vidgist.config import Settings
from vidgist.errors import Cancelled, ConfigError, InputError, NoThreads, RunError
from vidgist.events import Notice
from vidgist.llm import prices
from vidgist.llm.summarizer import LlmSummarizer
from vidgist.models import Fetched, Item, Message, Note, Ref, Summarized, Transcript, Usage, Value, Video
from vidgist.protocols import Reporter, Source
from vidgist.run import inputs, session, summarizers
from vidgist.run.delivery import CallerDelivery
from vidgist.run.report import ReportBuilder
from vidgist.run.session import RunContext, Session
from vidgist.run.summarizers import SummarizerHandle
from vidgist.store import Store
from vidgist.text import transcript

Input = str | PathLike[str]
"""What the command line takes: an address, an id, a file."""

T = TypeVar("T")

_GIVEN = "given"
"""The source of a transcript that a caller has in hand."""

_GRACE = 2.0
"""Seconds that what is under way has to end when a client is closed."""


class Preview(Value):
    """What a summary would send and take.

    ``messages`` are those of the one request; none where the transcript is read in several parts, or where
    no model is asked. ``usage`` is an estimate, ``cost`` in US dollars, None where no price is known.
    """

    model: str
    messages: tuple[Message, ...] = ()
    usage: Usage = Usage()
    cost: float | None = None


class Client:
    """Summarize for many threads with one memory, one pace a site and one bound on calls and cost.

    It holds the state folder of its settings until it is closed; with ``Settings(state=None)`` all is kept
    in memory and nothing is written. ``report`` hears the events of all calls, from several threads. A call
    takes ``deadline``, seconds from now, and ``cancel``, an event of the caller's: when either comes first,
    it raises `OutOfTime` or `Cancelled`, both a `RunError`, at once; what is under way ends by itself, and
    is remembered. Raises `SetupError`.
    """

    def __init__(self, settings: Settings | None = None, *, report: Reporter | None = None) -> None:
        self.settings = _complete(settings or Settings())
        self._report = report or (lambda _: None)
        self._guard = threading.Condition()
        self._under_way: dict[object, Scope] = {}
        self._turns: dict[tuple[str, str], _Turn] = {}
        self._is_closed = False
        self._sources: list[Source] | None = None
        self._summarizer: SummarizerHandle | None = None
        self._throttles = session.site_throttles(self.settings, self._report)
        with ExitStack() as opened:
            self._store = opened.enter_context(closing(Store(self.settings.state)))
            opened.enter_context(self._store.locked(wait=self.settings.wait))
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the calls under way, which raise `RunError`, and give the state up. May be called twice."""
        with self._guard:
            if self._is_closed:
                return
            self._is_closed = True
            for scope in self._under_way.values():
                scope.stop(RunError("the client was closed", code="closed"))
            self._guard.wait_for(lambda: not self._under_way, _GRACE)
        self._opened.close()

    def summarize(
        self,
        what: Input | Transcript,
        *,
        title: str = "",
        deadline: float | None = None,
        cancel: threading.Event | None = None,
    ) -> Summarized:
        """Return the note of one video, one file, or a transcript in hand, which ``title`` names.

        ``note.summary`` has the ideas, each with the quotes that carry it and their seconds, and the concept
        map; ``note.cost`` is in US dollars. A prompt that answers in free text fills ``note.answer.text`` in
        its place. Threads that ask for the same at once pay once.

        Raises `SetupError` before any request, `ItemError` for what is wrong with this
        video, and `RunError` for what would be wrong with every next one, and at the end of its time.
        """

        def work(call: _Call) -> Summarized:
            item, fetched = _in_hand(what, title) if isinstance(what, Transcript) else (call.item(what), None)
            with self._turn(item, call.scope):
                fetched = fetched or call.fetch(item)
                call.scope.check()
                answer, _ = call.session.items.summarize(item, fetched)
            return Summarized.model_validate(dict(call.session.items.note(item, fetched, answer)))

        return self._bounded(work, deadline, cancel)

    def fetch(
        self, what: Input, *, deadline: float | None = None, cancel: threading.Event | None = None
    ) -> Fetched:
        """Return the transcript of one video or file and what is known of it. Raises as `summarize`."""
        return self._bounded(lambda call: call.fetch(call.item(what)), deadline, cancel, summarize=False)

    def preview(
        self,
        what: Input | Transcript,
        *,
        title: str = "",
        deadline: float | None = None,
        cancel: threading.Event | None = None,
    ) -> Preview:
        """Return the prompt that `summarize` would send, and its tokens and cost; no model is asked.

        The transcript is fetched where it is not there yet. Raises as `summarize`.
        """

        def work(call: _Call) -> Preview:
            if isinstance(what, Transcript):
                item, fetched = _in_hand(what, title)
            else:
                item = call.item(what)
                fetched = call.fetch(item)
            return call.preview(item, fetched)

        return self._bounded(work, deadline, cancel)

    def run(
        self,
        what: Iterable[Input],
        *,
        deadline: float | None = None,
        cancel: threading.Event | None = None,
    ) -> Generator[Note, None, None]:
        """Yield the notes of many inputs, playlists and channels too, as they get done; each item once.

        A note has a ``failure`` in place of an ``answer`` where an item could not be done; the others go on.
        What ``since`` and ``limit`` of the settings leave out has no note. Close the iterator to stop early:
        no new item is begun, those under way are finished.

        Raises `SetupError` before any request, and `RunError` once the notes of what could
        still be done are out, or at once at the end of its time.
        """
        scope = Scope(deadline, cancel)
        refs = (Ref(text=fspath(one), origin=f"input {number}") for number, one in enumerate(what, 1))
        with self._within(scope) as call:
            yield from call.notes(refs, lambda: self._held(scope))

    # One call

    def _bounded(
        self,
        work: "Callable[[_Call], T]",
        deadline: float | None,
        cancel: threading.Event | None,
        *,
        summarize: bool = True,
    ) -> T:
        """Return what the work returns; a bounded call is done by a thread of its own, which may be left."""
        scope = Scope(deadline, cancel)
        scope.check()
        if not scope.is_bounded:
            with self._within(scope, summarize=summarize) as call:
                return work(call)
        done: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

        def aside() -> None:
            try:
                with self._within(scope, summarize=summarize) as call:
                    made = work(call)
            except BaseException as error:  # noqa: BLE001 (it is raised where the call was made)
                done.put((None, error))
            else:
                done.put((made, None))

        _start(threading.Thread(target=aside, name="vidgist-call", daemon=True))
        try:
            while True:
                try:
                    made, error = done.get(timeout=scope.breath)
                    break
                except queue.Empty:
                    scope.check()
        except BaseException:
            scope.stop(Cancelled("the call was left"))
            raise
        if error is not None:
            raise error
        return made  # type: ignore[return-value]  # set where there is no error

    @contextmanager
    def _within(self, scope: Scope, *, summarize: bool = True) -> "Iterator[_Call]":
        """Open the parts of one call; the first call opens those that all share. Raises `SetupError`."""
        with self._held(scope):
            sources, summarizer = self._parts(summarize=summarize)
            context = RunContext("", self._store, ReportBuilder(self._report))
            delivery = CallerDelivery()
            parts = Session(
                self.settings,
                context,
                sources,
                summarizer.within(scope),
                delivery,
                throttles=self._throttles.within(scope),
            )
            yield _Call(parts, delivery, scope)

    @contextmanager
    def _held(self, scope: Scope) -> Iterator[None]:
        """Keep the client open until this ends."""
        token = object()
        with self._guard:
            if self._is_closed:
                raise ConfigError("the client is closed")
            self._under_way[token] = scope
        try:
            yield
        finally:
            with self._guard:
                del self._under_way[token]
                self._guard.notify_all()

    def _parts(self, *, summarize: bool) -> tuple[list[Source], SummarizerHandle]:
        """Return the sources and the summarizer of all calls; none for a call that does not ``summarize``."""
        with self._guard:
            if self._sources is None:
                self._sources = self._opened.enter_context(registry.opened(self.settings))
                for fault in registry.faults(self._sources):
                    self._report(Notice(text=fault))
            if not summarize:
                return self._sources, SummarizerHandle()
            if self._summarizer is None:
                made = summarizers.build(self.settings, self._store, self._report)
                self._summarizer = self._opened.enter_context(closing(made))
                for notice in made.notices:
                    self._report(notice)
            return self._sources, self._summarizer

    @contextmanager
    def _turn(self, item: Item, scope: Scope) -> Iterator[None]:
        """Let one call at a time work on an item: the next one finds its answer remembered."""
        key = (item.source, item.id)
        with self._guard:
            turn = self._turns.setdefault(key, _Turn())
            turn.wanted += 1
        try:
            while not turn.lock.acquire(timeout=max(scope.breath, 0.001)):
                scope.check()
            try:
                yield
            finally:
                turn.lock.release()
        finally:
            with self._guard:
                turn.wanted -= 1
                if not turn.wanted:
                    del self._turns[key]


class _Turn:
    """Who works on an item, and how many want to."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.wanted = 0


@dataclass(frozen=True)
class _Call:
    """One call's session over the parts that all calls share, and what its notes are handed to."""

    session: Session
    delivery: CallerDelivery
    scope: Scope

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
            raise InputError(f"{ref.text} stands for several", hint="Client.run takes lists and folders")
        return items[0]

    def fetch(self, item: Item) -> Fetched:
        items = self.session.items
        if not items.needs_visit(item):
            return items.fetch(item)
        return items.throttle(item).visit(item.url, lambda: items.fetch(item), last=True)

    def preview(self, item: Item, fetched: Fetched) -> Preview:
        handle = self.session.summarizer
        video = fetched.video.model_copy(update={"url": item.url})
        usage = self.session.items.estimate(video, fetched.transcript)
        plan = None
        if isinstance(handle.summarizer, LlmSummarizer):
            plan = handle.summarizer.plan(video, fetched.transcript)
        return Preview(
            model=handle.name,
            messages=plan.messages if plan else (),
            usage=usage,
            cost=prices.cost(handle.name, usage),
        )

    def notes(self, refs: Iterable[Ref], held: Callable[[], AbstractContextManager[None]]) -> Iterator[Note]:
        """Yield what the pipeline hands over from its threads, until it ends.

        ``held`` keeps what it works with open.
        """
        over, failed = Handover(self.scope), list[BaseException]()
        self.delivery.hand = over.put
        self.session.context.report.listen(over.hear)
        pipeline = self.session.pipeline()

        def work() -> None:
            try:
                with held():
                    pipeline.run(self.session.work_list(refs))
            except BaseException as error:  # noqa: BLE001 (it is raised where the notes are read)
                failed.append(error)
            finally:
                over.put(None)

        thread = _start(threading.Thread(target=work, name="vidgist", daemon=True))
        try:
            yield from over.read()
        except BaseException as error:
            pipeline.stop(RunError("the iterator was closed", code="abandoned"))
            self.session.summarizer.stop()
            if not isinstance(error, RunError):
                thread.join()
            raise
        thread.join()
        for problem in (*failed, pipeline.stopped):
            if problem is not None:
                raise problem


def _start(thread: threading.Thread) -> threading.Thread:
    try:
        thread.start()
    except RuntimeError as error:
        raise NoThreads("the system starts no thread any more") from error
    return thread


def _complete(settings: Settings) -> Settings:
    """Return the settings with the server that the environment names. Raises `ConfigError`."""
    if settings.batch:
        raise ConfigError("batch: a batch takes hours", hint="use the command: vidgist run --batch")
    address = config.environment().get("OPENAI_BASE_URL", "")
    if address and not settings.base_url:
        settings = settings.model_copy(update={"base_url": address})
    return settings


def _in_hand(words: Transcript, title: str) -> tuple[Item, Fetched]:
    """Return an item for a transcript that no source brought, named by all that is known of it."""
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
