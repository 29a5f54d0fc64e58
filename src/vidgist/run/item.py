"""One item from its source to its delivery. No threads, no loop, no queue.

    visit(item)     fetch what has to be fetched from a site, through its throttle
    finish(item)    fetched -> answer -> note -> delivery

Any engine may call them, in this process or another: calling one twice repeats nothing that was paid for.
An `ItemError`, and an exception that no class of errors foresaw, fails the item and goes no further. A
`RunError` is raised to the caller: the item is as it was and can be taken up again.
"""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Literal

from vidgist import readers
from vidgist.errors import Blocked, Deferred, ItemError, NoThreads, NoTranscript, RunError, SetupError
from vidgist.events import Done, Failed, Skipped, Working
from vidgist.models import Answer, Failure, Fetched, Item, Note, Transcript, Usage, Video
from vidgist.protocols import Reporter, Source
from vidgist.run import retries, throttles
from vidgist.run.delivery import Delivery
from vidgist.run.memo import ItemMemory, digest
from vidgist.run.summarizers import SummarizerHandle
from vidgist.run.throttles import SiteThrottles, Throttle

Stage = Literal["list", "fetch", "summarize", "write"]

Visited = Literal["ready", "again", "over"]
"""The words are at hand; the site blocked and the visit is to be made again later; the item has failed."""

log = logging.getLogger(__name__)


class ItemProcessor:
    """Fetch, summarize and deliver items. Several threads may use one.

    ``since``: an item that turns out to be older is skipped.
    """

    def __init__(
        self,
        memory: ItemMemory,
        sources: Mapping[str, Source],
        summarizer: SummarizerHandle,
        delivery: Delivery,
        site_throttles: SiteThrottles,
        report: Reporter,
        *,
        captions: tuple[str, ...] = (),
        since: date | None = None,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self.delivery = delivery
        self.throttles = site_throttles
        self.report = report
        self.memory = memory
        self._sources = sources
        self._summarizer = summarizer.summarizer
        self._price = summarizer.price
        self._captions = captions
        self._since = since
        self._now = now

    # What is known

    def recipe(self, item: Item) -> str:
        """Name everything that an item's outputs depend on."""
        read_by = f"readers {readers.VERSION}"
        return digest(self.memory.origin(item), read_by, self._fingerprint, self.delivery.layout)

    @property
    def _fingerprint(self) -> str:
        return self._summarizer.fingerprint if self._summarizer else ""

    def finished(self, item: Item) -> Skipped | None:
        """Return the event for an item with nothing left to do by its recipe; None for any other."""
        return self.delivery.finished(item, self.recipe(item), is_read=self._is_read(item))

    def needs_visit(self, item: Item) -> bool:
        """Return whether fetching this item means going to its site."""
        return self._sources[item.source].remote and self.memory.fetched(item) is None

    def is_at_hand(self, item: Item) -> bool:
        """Return whether the words can be had by reading alone, without a site or a speech model."""
        return self._is_read(item) or self.memory.fetched(item) is not None

    def _is_read(self, item: Item) -> bool:
        return not self._sources[item.source].remote and not item.recording

    def lane(self, item: Item) -> str:
        """Return the host that an item is fetched from; empty for the main lane."""
        return throttles.lane(self._sources[item.source], item.url)

    def throttle(self, item: Item) -> Throttle:
        """Return the throttle for visits to an item's site."""
        return self.throttles.of(self._sources[item.source], item.url)

    # Steps

    def visit(self, item: Item, *, last: bool = False) -> Visited:
        """Fetch an item through the throttle of its site; every failure is dealt with here.

        ``last``: there is no later visit, so a block fails the item. Raises `RunError`, and `Blocked` once
        the main throttle is closed; a host that is closed fails its own items.
        """
        throttle = self.throttle(item)
        try:
            fetched = throttle.visit(item.url, lambda: self._visited(item), last=last)
        except Blocked as error:
            if throttle.closed is not None and throttle is self.throttles.main:
                raise
            if not last and throttle.closed is None:
                return "again"
            self.fail(item, error, "fetch")
        except ItemError as error:
            self.fail(item, error, "fetch")
        except RunError:
            raise
        except SetupError as error:  # what is wrong with the settings is wrong for every item
            raise RunError(str(error), code=error.code, hint=error.hint) from error
        except Exception as error:  # noqa: BLE001
            self.fail(item, internal(error), "fetch")
        else:
            self._enters(item, "ready", fetched.video.title)
            return "ready"
        return "over"

    def _visited(self, item: Item) -> Fetched:
        self._enters(item, "fetch")
        return self.fetch(item)

    def _enters(self, item: Item, stage: Literal["fetch", "ready", "summarize"], title: str = "") -> None:
        requests = sum(sum(tuple(source.requests.values())) for source in self._sources.values())
        self.report(Working(item=item, stage=stage, title=title, requests=requests))

    def finish(self, item: Item) -> None:
        """Take an item whose words are at hand to its files. Raises `RunError`."""
        fetched: Fetched | None = None
        stage: Stage = "fetch"
        try:
            began = time.monotonic()
            if item.recording and not self.is_at_hand(item):
                self._enters(item, "fetch")
            fetched = self.fetch(item)
            published = fetched.video.published
            if self._since and published and published < self._since:
                self.report(Skipped(item=item, why="older"))
                return
            stage = "summarize"
            self._enters(item, "summarize", fetched.video.title)
            answer, reused = self.summarize(item, fetched)
            stage = "write"
            note = self.note(item, fetched, answer)
            job = self.delivery.done(note, self.recipe(item))
        except Deferred:
            assert fetched is not None
            self.delivery.wait(self.note(item, fetched, None), self.recipe(item))
            self.report(Skipped(item=item, why="waiting"))
        except ItemError as error:
            self.fail(item, error, stage, fetched)
        except RunError:
            raise
        except SetupError as error:  # what is wrong with the settings is wrong for every item
            raise RunError(str(error), code=error.code, hint=error.hint) from error
        except Exception as error:  # noqa: BLE001
            self.fail(item, internal(error), stage, fetched)
        else:
            self.report(
                Done(
                    item=item,
                    title=job.title,
                    files=job.files,
                    usage=answer.usage if answer and not reused else Usage(),
                    cost=0.0 if reused else job.cost,
                    supported=answer.summary.supported if answer and answer.summary else None,
                    notices=tuple(dict.fromkeys((*note.notices, *job.notices))),
                    seconds=time.monotonic() - began,
                    reused=reused,
                )
            )

    def fail(
        self, item: Item, error: ItemError | Blocked, stage: Stage, fetched: Fetched | None = None
    ) -> None:
        """Give an item up. Raises `RunError` where not even that can be kept."""
        recipe = self.recipe(item)
        try:
            job = self.delivery.failed(self.note_of_failure(item, error, stage, fetched), recipe)
        except ItemError as worse:
            job = self.delivery.failed(self.note_of_failure(item, worse, "write", fetched), recipe)
        assert job.failure is not None
        self.report(Failed(item=item, title=job.title, failure=job.failure))

    def fetch(self, item: Item) -> Fetched:
        """Return metadata and transcript, remembered where they come from a site or had to be heard."""
        source = self._sources[item.source]
        if not source.remote and not item.recording:
            return source.fetch(item, self._captions)
        known = self.memory.fetched(item)
        if known is not None:
            return known
        fetched = source.fetch(item, self._captions)
        self.memory.keep_fetched(item, fetched)
        return fetched

    def summarize(self, item: Item, fetched: Fetched) -> tuple[Answer | None, bool]:
        """Return the answer, None without a summarizer, and whether it was remembered."""
        if self._summarizer is None:
            return None, False
        text = fetched.transcript.text
        if not text:
            raise NoTranscript("the transcript is empty", code="empty_transcript", video=fetched.video)
        key = self.memory.answer_key(item, text, self._fingerprint)
        known = self.memory.answer(key)
        if known is not None:
            return known, True
        video = fetched.video.model_copy(update={"url": item.url})
        answer = self._summarizer.summarize(video, fetched.transcript)
        self.memory.keep_answer(key, answer)
        return answer, False

    def estimate(self, video: Video, transcript: Transcript) -> Usage:
        """Return the calls and tokens that summarizing would take."""
        return self._summarizer.estimate(video, transcript) if self._summarizer else Usage()

    # Notes

    def note(self, item: Item, fetched: Fetched, answer: Answer | None) -> Note:
        """Return all that is known of an item that is done, or waits for its answer."""
        return Note(
            item=item,
            created=answer.created if answer else self._now(),
            video=fetched.video,
            transcript=fetched.transcript,
            answer=answer,
            cost=self._price(answer) if answer else None,
        )

    def note_of_failure(
        self, item: Item, error: ItemError | Blocked, stage: Stage, fetched: Fetched | None
    ) -> Note:
        """Return all that is known of an item that is given up."""
        now = self._now()
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
                self.delivery.last_failure(item, self.recipe(item)),
                now.date(),
                remote=stage == "fetch" and self._sources[item.source].remote,
                published=video.published if video else None,
            ),
        )


def internal(error: Exception) -> ItemError:
    """Return the failure for an exception that no class foresaw; the details go to the log.

    Raises `NoThreads` where that is what it means.
    """
    if isinstance(error, RuntimeError) and "start new thread" in str(error):
        raise NoThreads("the system starts no thread any more") from error
    log.error("a bug", exc_info=error)
    return ItemError(
        f"a bug in vidgist: {type(error).__name__}: {error}",
        code="internal",
        hint="the log file of this run has the details; please report it",
    )
