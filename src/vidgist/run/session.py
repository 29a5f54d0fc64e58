"""An open run: settings become parts, once, for the command line, the library and the cluster.

state(settings, reporter) -> RunContext      the state folder, locked, a log, a report
opened(settings, context, deliver) -> Session    sources, summarizer, delivery, throttle, items
session.work(refs) -> exit code
"""

import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from vidgist import registry
from vidgist.config import Settings
from vidgist.errors import StateLost
from vidgist.events import Notice, Started, Stopped
from vidgist.llm.budget import Bill
from vidgist.models import Item, Ref
from vidgist.protocols import Reporter, Source
from vidgist.run import delivery, summarizers
from vidgist.run.delivery import Delivery, FileDelivery
from vidgist.run.destinations import Destination
from vidgist.run.item import ItemProcessor
from vidgist.run.memo import ItemMemory
from vidgist.run.pipeline import Pipeline
from vidgist.run.report import ReportBuilder
from vidgist.run.summarizers import SummarizerHandle
from vidgist.run.throttle import SiteThrottle
from vidgist.run.throttles import SiteThrottles
from vidgist.run.worklist import WorkList
from vidgist.store import Store, private

LAYOUT = "3"
"""Raised when a writer's output changes, so that finished items are written again from memory."""


@dataclass(frozen=True)
class RunContext:
    """What a run has before its settings are looked at: an identity, a state folder, a report."""

    id: str
    store: Store
    report: ReportBuilder
    now: Callable[[], datetime] = datetime.now
    began: float = field(default_factory=time.monotonic)

    def conclude(
        self,
        bill: Bill,
        sources: Iterable[Source] = (),
        *,
        saved: float | None = None,
        exit_code: int | None = None,
    ) -> int:
        """Report the totals of the run and keep them; return the exit code."""
        requests: Counter[str] = Counter()
        for source in sources:
            requests.update(source.requests)
        total = self.report.total(
            self.id,
            usage=bill.usage,
            cost=bill.cost,
            seconds=time.monotonic() - self.began,
            requests=dict(requests),
            saved=saved,
            exit_code=exit_code,
        )
        try:
            self.store.keep_report(self.id, total.model_dump_json(indent=2))
        except StateLost as error:
            if not total.stopped:
                self.report(Stopped(code=error.code, reason=str(error), hint=error.hint))
                total = total.model_copy(update={"stopped": error.code, "exit_code": 3})
        self.report(total)
        return total.exit_code


@contextmanager
def state(settings: Settings, reporter: Reporter, *, verbose: bool = False) -> Iterator[RunContext]:
    """Open the state folder, locked, and begin a run on it. Raises `SetupError`."""
    with (
        closing(Store(settings.state)) as store,
        store.locked(wait=settings.wait),
        begun(store, reporter, verbose=verbose) as context,
    ):
        yield context


@contextmanager
def begun(store: Store, reporter: Reporter, *, verbose: bool = False) -> Iterator[RunContext]:
    """Begin a run with a log file; ``verbose``: the log goes to standard error too."""
    run_id = f"{datetime.now():%Y-%m-%dT%H%M%S-%f}-{os.getpid()}"
    with _logging(store.folder / "logs" / f"{run_id}.log", verbose=verbose):
        yield RunContext(run_id, store, ReportBuilder(reporter), now=datetime.now)


class Session:
    """The parts of one run. Several threads may use ``items``.

    ``throttle`` is given where several sessions share one, as those of a cluster's worker do; ``throttles``
    where they share the gates of all sites.
    """

    def __init__(
        self,
        settings: Settings,
        context: RunContext,
        sources: Sequence[Source],
        summarizer: SummarizerHandle,
        deliver: Delivery,
        *,
        throttle: SiteThrottle | None = None,
        throttles: SiteThrottles | None = None,
    ) -> None:
        self.settings = settings
        self.context = context
        self.sources = sources
        self.summarizer = summarizer
        self.delivery = deliver
        self.items = ItemProcessor(
            ItemMemory(
                context.store.memory,
                captions=settings.captions,
                listener=registry.listener(settings),
                fresh=settings.fresh,
            ),
            {source.name: source for source in sources},
            summarizer,
            deliver,
            throttles or site_throttles(settings, context.report, throttle),
            context.report,
            captions=settings.captions,
            since=settings.since,
            now=context.now,
        )

    def work_list(self, refs: Iterable[Ref]) -> WorkList:
        """Return the items to do, opened one by one."""
        settings = self.settings
        return WorkList(
            refs,
            self.sources,
            self.items,
            self.context.report,
            limit=settings.limit,
            since=settings.since,
            retry_failed=settings.retry_failed,
        )

    def pipeline(self) -> Pipeline:
        return Pipeline(self.items, jobs=self.settings.width(self.summarizer.threads))

    def report_notices(self) -> None:
        """Report what a person should know of the model and of plug-ins before anything is done."""
        for notice in self.summarizer.notices:
            self.context.report(notice)
        for fault in registry.faults(self.sources):
            self.context.report(Notice(text=fault))

    def start(self) -> None:
        """Report what a person should know before the first item."""
        self.context.report(
            Started(run=self.context.id, model=self.summarizer.name, output=self.delivery.key)
        )

    def work(self, items: Iterable[Item]) -> None:
        """Do the items. Raises `KeyboardInterrupt` at the second interrupt, with the totals reported."""
        try:
            self.pipeline().run(items)
        except KeyboardInterrupt:
            self.summarizer.stop()
            self.conclude()
            raise
        batches = self.summarizer.batches
        if batches is not None and (count := batches.hand_in()):
            text = f"{count} requests handed in as a batch; vidgist collect picks the replies up"
            self.context.report(Notice(text=text))

    def conclude(self, exit_code: int | None = None) -> int:
        """Report the totals of the run and keep them; return the exit code."""
        batches = self.summarizer.batches
        return self.context.conclude(
            self.summarizer.bill(),
            self.sources,
            saved=batches.saved if batches else None,
            exit_code=exit_code,
        )


def site_throttles(settings: Settings, report: Reporter, main: SiteThrottle | None = None) -> SiteThrottles:
    """Return a gate for each site, with the pace and the patience of the settings."""

    def make() -> SiteThrottle:
        return SiteThrottle(settings.pace, settings.block_wait, report)

    return SiteThrottles(main or make(), make)


@contextmanager
def opened(
    settings: Settings,
    context: RunContext,
    deliver: Callable[[SummarizerHandle], Delivery],
    *,
    summarize: bool = True,
) -> Iterator[Session]:
    """Open a session; ``summarize`` False fetches alone. Raises `SetupError` before any network use."""
    build = summarizers.build if summarize else _no_summarizer
    with (
        closing(build(settings, context.store, context.report)) as summarizer,
        registry.opened(settings) as sources,
    ):
        yield Session(settings, context, sources, summarizer, deliver(summarizer))


def _no_summarizer(settings: Settings, store: Store, report: Reporter) -> SummarizerHandle:  # noqa: ARG001
    return SummarizerHandle()


def files(
    settings: Settings, context: RunContext, destination: Destination, *, failed_records: bool = True
) -> FileDelivery:
    """Return the delivery of files in the settings' formats to a destination. Raises `ConfigError`."""
    failed_records = failed_records and settings.failed_records
    return FileDelivery(
        destination=destination,
        store=context.store,
        writers=registry.writers(settings, settings.formats),
        run=context.id,
        layout=delivery.layout_of(LAYOUT, settings.formats, settings.appearance, settings.failed_records),
        failed_records=failed_records,
        fresh=settings.fresh,
        listener=registry.listener(settings),
        name_template=settings.name_template,
        in_batches=settings.batch,
        now=context.now,
    )


@contextmanager
def _logging(path: Path, *, verbose: bool) -> Iterator[None]:
    logger = logging.getLogger("vidgist")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    handlers: list[logging.Handler] = [_LogFile(path, encoding="utf-8", delay=True)]
    if verbose:
        handlers.append(logging.StreamHandler(sys.stderr))
    for handler in handlers:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logger.addHandler(handler)
    try:
        yield
    finally:
        for handler in handlers:
            logger.removeHandler(handler)
            with suppress(OSError):
                handler.close()


class _LogFile(logging.FileHandler):
    """A log that cannot be written stops nothing: what matters is reported elsewhere."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):
            if self.stream is None:
                private.file(Path(self.baseFilename))
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        del record
