"""The composition root: settings become parts, parts become a run, a run becomes an exit code."""

import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path

from vidgist import config, registry, speech, ui
from vidgist.commands import dry_run
from vidgist.config import Settings
from vidgist.errors import InputError, StateLost
from vidgist.events import Notice, Started, Stopped
from vidgist.llm.budget import Bill
from vidgist.models import Item, Ref
from vidgist.protocols import Source
from vidgist.run import inputs
from vidgist.run.destinations import Destination, Discard, Folder, Stream
from vidgist.run.pipeline import Pipeline
from vidgist.run.report import ReportBuilder
from vidgist.run.stages import Stages
from vidgist.run.summarizers import SummarizerHandle, build
from vidgist.run.throttle import SiteThrottle
from vidgist.run.worklist import WorkList
from vidgist.store import Store

FLAGS = frozenset(Settings.model_fields)
LAYOUT = "2"
"""Raised when a writer's output changes, so that finished items are written anew from memory."""


@dataclass(frozen=True)
class Shown:
    """How much of a run is shown, and to whom."""

    quiet: bool = False
    verbose: bool = False
    json_events: bool = False


@dataclass
class Run:
    """One run's parts that are not settings."""

    id: str
    store: Store
    report: ReportBuilder
    began: float = field(default_factory=time.monotonic)


def settings_of(flags: Mapping[str, object]) -> Settings:
    """The settings of a command begun here and now."""
    return config.load(flags, environ=config.environment(), folder=Path.cwd())[0]


def run(arguments: Sequence[str], from_file: str | None, flags: Mapping[str, object], shown: Shown) -> int:
    """``vidgist run``: the exit code. Raises `SetupError` before any network use."""
    settings = settings_of(flags)
    with (
        _opened(settings, shown) as current,
        closing(build(settings, current.store, current.report)) as mind,
    ):
        shelf = _shelf(settings.output, read_only=settings.dry_run)
        return _execute(
            settings, current, mind, shelf, refs_of(arguments, from_file, settings, current.store, shelf)
        )


def fetch(arguments: Sequence[str], from_file: str | None, flags: Mapping[str, object], shown: Shown) -> int:
    """``vidgist fetch``: as `run`, with nobody to think. Files are written only where ``output`` is given."""
    settings = settings_of(
        {"formats": "vtt", **{name: value for name, value in flags.items() if value is not None}}
    )
    given = flags.get("output")
    with _opened(settings, shown) as current:
        shelf = Discard() if given is None else _shelf(str(given))
        return _execute(
            settings,
            current,
            SummarizerHandle(),
            shelf,
            refs_of(arguments, from_file, settings, current.store, shelf),
        )


def _shelf(output: str, *, read_only: bool = False) -> Destination:
    """Where the notes of a run go: what ``--output`` names."""
    return Stream(sys.stdout) if output == "-" else Folder(Path(output), read_only=read_only)


@contextmanager
def _opened(settings: Settings, shown: Shown) -> Iterator[Run]:
    """The state, locked, and a run begun on it."""
    with (
        closing(Store(settings.state.expanduser())) as store,
        store.locked(wait=settings.wait),
        begun(store, shown) as current,
    ):
        yield current


@contextmanager
def begun(store: Store, shown: Shown) -> Iterator[Run]:
    """A run with its log, and a reporter to tell."""
    reporter = ui.reporter(sys.stderr, quiet=shown.quiet, json_events=shown.json_events)
    run_id = f"{datetime.now():%Y-%m-%dT%H%M%S-%f}-{os.getpid()}"
    with _logging(store.folder / "logs" / f"{run_id}.log", verbose=shown.verbose):
        yield Run(run_id, store, ReportBuilder(reporter))


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
    """A log that cannot be written stops nothing: what a person must know is said elsewhere."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        del record


def refs_of(
    arguments: Sequence[str], from_file: str | None, settings: Settings, store: Store, shelf: Destination
) -> Iterator[Ref]:
    """All inputs; with ``--retry-failed`` alone, what the ledger says has failed."""
    given = inputs.read(arguments, from_file, sys.stdin)
    first = next(given, None)
    if first is not None:
        return chain((first,), given)
    if settings.retry_failed:
        failed = (job.item for job in store.jobs(shelf.key, "failed"))
        return (Ref(text=item.id if item.source == registry.LAST else item.url) for item in failed)
    raise InputError(
        "nothing to do: no input is given", hint="name a URL, a file, or a list with --from-file"
    )


def stages_of(
    settings: Settings, current: Run, mind: SummarizerHandle, shelf: Destination, sources: Sequence[Source]
) -> Stages:
    return Stages(
        sources={source.name: source for source in sources},
        summarizer=mind.summarizer,
        writers=registry.writers(settings, settings.formats),
        shelf=shelf,
        store=current.store,
        captions=settings.captions,
        listener=speech.identity(settings),
        layout=f"{LAYOUT} {','.join(settings.formats)} {settings.appearance} {settings.failed_records}",
        failed_records=settings.failed_records and mind.summarizer is not None,
        fresh=settings.fresh,
        price=mind.price,
        now=datetime.now,
        run=current.id,
        in_batches=settings.batch,
    )


def _execute(
    settings: Settings, current: Run, mind: SummarizerHandle, shelf: Destination, refs: Iterable[Ref]
) -> int:
    report = current.report
    with registry.opened(settings) as sources:
        stages = stages_of(settings, current, mind, shelf, sources)
        gate = SiteThrottle(settings.pace, settings.block_wait, report)
        plan = WorkList(
            refs,
            sources,
            stages,
            gate,
            report,
            limit=settings.limit,
            since=settings.since,
            retry_failed=settings.retry_failed,
        )
        for notice in mind.notices:
            report(notice)
        if settings.dry_run:
            hopeless = dry_run.show(plan, stages, mind.name, sys.stdout)
            if gate.closed is not None:
                raise gate.closed
            return 2 if plan.is_senseless else int(plan.failed + hopeless > 0)
        report(Started(run=current.id, model=mind.name, output=shelf.key))
        if settings.seed_only:
            count = 0
            for count, item in enumerate(plan, start=1):  # noqa: B007
                stages.mark_seen(item)
            report(Notice(text=f"{count} marked as seen"))
        else:
            _work(
                Pipeline(stages, gate, report, jobs=settings.jobs, since=settings.since),
                plan,
                mind,
                current,
                sources,
            )
        exit_code = 2 if plan.is_senseless else None
        return conclude(current, mind.bill(), sources, saved=_saved(mind), exit_code=exit_code)


def _work(
    pipeline: Pipeline, items: Iterable[Item], mind: SummarizerHandle, current: Run, sources: Iterable[Source]
) -> None:
    try:
        pipeline.run(items)
    except KeyboardInterrupt:
        mind.stop()
        conclude(current, mind.bill(), sources, saved=_saved(mind))
        raise
    if mind.batches is not None and (count := mind.batches.hand_in()):
        current.report(
            Notice(text=f"{count} requests handed in as a batch; vidgist collect picks the replies up")
        )


def conclude(
    current: Run,
    bill: Bill,
    sources: Iterable[Source],
    *,
    saved: float | None = None,
    exit_code: int | None = None,
) -> int:
    """Tell and keep the report of a run; its exit code."""
    requests: Counter[str] = Counter()
    for source in sources:
        requests.update(source.requests)
    total = current.report.total(
        current.id,
        usage=bill.usage,
        cost=bill.cost,
        seconds=time.monotonic() - current.began,
        requests=dict(requests),
        saved=saved,
        exit_code=exit_code,
    )
    try:
        current.store.keep_report(current.id, total.model_dump_json(indent=2))
    except StateLost as error:
        if not total.stopped:
            current.report(Stopped(code=error.code, reason=str(error), hint=error.hint))
            total = total.model_copy(update={"stopped": error.code, "exit_code": 3})
    current.report(total)
    return total.exit_code


def _saved(mind: SummarizerHandle) -> float | None:
    return mind.batches.saved if mind.batches else None


def collect(flags: Mapping[str, object], shown: Shown, *, poll: float | None) -> int:
    """``vidgist collect``: pick up what batches have answered and finish the items that waited for it.

    ``poll``: look again every so many seconds until no batch is open; None: look once.
    """
    settings = settings_of(flags)
    worst = 0
    with _opened(settings, shown) as current:
        while True:
            groups = {batch.settings for batch in current.store.batches()}
            if not groups:
                current.report(Notice(text="no batch is open"))
                return worst
            for group in sorted(groups):
                kept = config.private(Settings.model_validate_json(group), settings)
                worst = max(worst, _collect(kept, group, current))
            if poll is None or not current.store.batches():
                return worst
            time.sleep(poll)


def _collect(settings: Settings, group: str, current: Run) -> int:
    """Finish what the batches of one run's settings allow; the exit code."""
    store, report = current.store, current.report
    with closing(build(settings, store, report)) as mind, registry.opened(settings) as sources:
        assert mind.batches is not None
        shelf = _shelf(settings.output)
        stages = stages_of(settings, current, mind, shelf, sources)
        if not mind.batches.gather(batch for batch in store.batches() if batch.settings == group):
            return 0
        report(Started(run=current.id, model=mind.name, output=shelf.key))
        gate = SiteThrottle(settings.pace, settings.block_wait, report)
        waiting = (job.item for job in store.jobs(shelf.key, "waiting"))
        _work(Pipeline(stages, gate, report, jobs=settings.jobs), waiting, mind, current, sources)
        return conclude(current, mind.bill(), sources, saved=_saved(mind))


def status(flags: Mapping[str, object], *, as_json: bool) -> int:
    """``vidgist status``."""
    from vidgist.commands import status

    store = Store(settings_of(flags).state.expanduser())
    try:
        status.show(store, sys.stdout, as_json=as_json)
    finally:
        store.close()
    return 0
