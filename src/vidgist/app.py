"""The composition root: settings become parts, parts become a run, a run becomes an exit code."""

import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path

from vidgist import config, forecast, inputs, registry, ui
from vidgist.config import Settings
from vidgist.errors import InputError
from vidgist.events import Notice, Started
from vidgist.gate import Gate
from vidgist.models import Answer, Ref, Usage
from vidgist.pipeline import Pipeline
from vidgist.plan import Plan
from vidgist.protocols import Reporter, Source, Summarizer
from vidgist.report import Tally
from vidgist.shelf import Folder, Nowhere, Shelf, Stream
from vidgist.stages import Stages
from vidgist.store import Store

FLAGS = frozenset(Settings.model_fields)
DEFAULT_PROMPT = str(Settings.model_fields["prompt"].default)
LAYOUT = "1"
"""Raised when a writer's output changes, so that finished items are written anew from memory."""


@dataclass(frozen=True)
class Shown:
    """How much of a run is shown, and to whom."""

    quiet: bool = False
    verbose: bool = False
    json_events: bool = False


@dataclass(frozen=True)
class Mind:
    """What thinks in a run, what it has cost so far, and how to make it give up waiting."""

    name: str = ""
    summarizer: Summarizer | None = None
    price: Callable[[Answer], float | None] = lambda _: 0.0
    bill: Callable[[], tuple[Usage, float | None]] = lambda: (Usage(), 0.0)
    stop: Callable[[], None] = lambda: None


@dataclass
class Run:
    """One run's parts that are not settings."""

    id: str
    store: Store
    report: Tally
    began: float = field(default_factory=time.monotonic)


def settings_of(flags: Mapping[str, object]) -> Settings:
    """The settings of a command begun here and now."""
    return config.load(flags, environ=config.environment(), folder=Path.cwd())[0]


def run(arguments: Sequence[str], from_file: str | None, flags: Mapping[str, object], shown: Shown) -> int:
    """``vidgist run``: the exit code. Raises `SetupError` before any network use."""
    settings = settings_of(flags)
    with _opened(settings, shown) as current:
        mind = think_with(settings, current.store, current.report)
        shelf = Stream(sys.stdout) if settings.output == "-" else Folder(Path(settings.output))
        return _execute(
            settings, current, mind, shelf, _refs(arguments, from_file, settings, current.store, shelf)
        )


def fetch(arguments: Sequence[str], from_file: str | None, flags: Mapping[str, object], shown: Shown) -> int:
    """``vidgist fetch``: as `run`, with nobody to think. Files are written only where ``output`` is given."""
    settings = settings_of(
        {"formats": "vtt", **{name: value for name, value in flags.items() if value is not None}}
    )
    given = flags.get("output")
    with _opened(settings, shown) as current:
        shelf: Shelf = Nowhere()
        if given is not None:
            shelf = Stream(sys.stdout) if given == "-" else Folder(Path(str(given)))
        return _execute(
            settings, current, Mind(), shelf, _refs(arguments, from_file, settings, current.store, shelf)
        )


@contextmanager
def _opened(settings: Settings, shown: Shown) -> Iterator[Run]:
    """The state, locked, with its log; a reporter to tell."""
    reporter = ui.reporter(sys.stderr, quiet=shown.quiet, json_events=shown.json_events)
    store = Store(settings.state.expanduser())
    try:
        with store.locked(wait=settings.wait):
            run_id = f"{datetime.now():%Y-%m-%dT%H%M%S}-{os.getpid()}"
            with _logging(store.folder / "logs" / f"{run_id}.log", verbose=shown.verbose):
                yield Run(run_id, store, Tally(reporter))
    finally:
        store.close()


@contextmanager
def _logging(path: Path, *, verbose: bool) -> Iterator[None]:
    logger = logging.getLogger("vidgist")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    handlers: list[logging.Handler] = [logging.FileHandler(path, encoding="utf-8", delay=True)]
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
            handler.close()


def think_with(settings: Settings, store: Store, report: Reporter) -> Mind:
    """The summarizer that the settings ask for. Raises `SetupError` where it cannot be had."""
    from vidgist import prices, prompts

    prompt = prompts.find(settings.prompt, Path.cwd())
    provider, name = config.provider(settings, config.environment())
    if provider == config.OFFLINE:
        if not settings.model:
            report(Notice(text="no OPENAI_API_KEY, no --base-url: the embedded engine, offline:, summarizes"))
        if settings.prompt != DEFAULT_PROMPT:
            report(Notice(text=f"the embedded engine follows no prompt: {settings.prompt} is not used"))
        from vidgist.offline import OfflineSummarizer

        return Mind(f"{config.OFFLINE}:", OfflineSummarizer(settings.language, datetime.now))
    from vidgist.calls import Calls
    from vidgist.summarizer import LlmSummarizer

    engine = registry.engine(settings, store, provider, name)
    calls = Calls(
        engine,
        settings.jobs,
        report,
        store,
        lambda usage: prices.cost(engine.model, usage),
        max_cost=settings.max_cost,
        max_tokens=settings.max_tokens,
        fresh=settings.fresh in ("summary", "all"),
        server=engine.host,
    )
    return Mind(
        engine.model,
        LlmSummarizer(
            calls,
            prompt,
            language=settings.language,
            jobs=settings.jobs,
            now=datetime.now,
            notes=prompts.notes(Path.cwd()),
        ),
        lambda answer: prices.cost(answer.model, answer.usage),
        lambda: (calls.bill.usage, calls.bill.cost),
        calls.stop,
    )


def _refs(
    arguments: Sequence[str], from_file: str | None, settings: Settings, store: Store, shelf: Shelf
) -> Iterator[Ref]:
    """All inputs; with ``--retry-failed`` alone, what the ledger says has failed."""
    given = inputs.read(arguments, from_file, sys.stdin)
    first = next(given, None)
    if first is not None:
        return chain((first,), given)
    if settings.retry_failed:
        failed = (job.item for job in store.jobs(shelf.key, "failed"))
        return (Ref(text=item.url, origin=item.origin) for item in failed)
    raise InputError(
        "nothing to do: no input is given", hint="name a URL, a file, or a list with --from-file"
    )


def _execute(settings: Settings, current: Run, mind: Mind, shelf: Shelf, refs: Iterable[Ref]) -> int:
    report, sources = current.report, registry.sources(settings)
    stages = Stages(
        sources={source.name: source for source in sources},
        summarizer=mind.summarizer,
        writers=registry.writers(settings, settings.formats),
        shelf=shelf,
        store=current.store,
        captions=settings.captions,
        layout=f"{LAYOUT} {','.join(settings.formats)} {settings.wikilinks} {settings.failed_records}",
        failed_records=settings.failed_records and mind.summarizer is not None,
        fresh=settings.fresh,
        price=mind.price,
        now=datetime.now,
        run=current.id,
    )
    gate = Gate(settings.pace, settings.block_wait, report)
    plan = Plan(
        refs,
        sources,
        stages,
        gate,
        report,
        limit=settings.limit,
        since=settings.since,
        retry_failed=settings.retry_failed,
    )
    if settings.dry_run:
        return forecast.show(plan, stages, mind.name, sys.stdout)
    report(Started(run=current.id, model=mind.name, output=shelf.key))
    if settings.seed_only:
        for item in plan:
            stages.mark_seen(item)
        return _conclude(current, mind, sources, plan)
    pipeline = Pipeline(stages, gate, report, jobs=settings.jobs, since=settings.since)
    try:
        pipeline.run(plan)
    except KeyboardInterrupt:
        mind.stop()
        _conclude(current, mind, sources, plan)
        raise
    return _conclude(current, mind, sources, plan)


def _conclude(current: Run, mind: Mind, sources: Iterable[Source], plan: Plan) -> int:
    """Tell and keep the report of a run; its exit code."""
    usage, cost = mind.bill()
    requests: Counter[str] = Counter()
    for source in sources:
        requests.update(source.requests)
    nothing_known = plan.opened > 0 and plan.unknown == plan.opened
    total = current.report.total(
        current.id,
        usage=usage,
        cost=cost,
        seconds=time.monotonic() - current.began,
        requests=dict(requests),
        exit_code=2 if nothing_known else None,
    )
    current.store.keep_report(current.id, total.model_dump_json(indent=2))
    current.report(total)
    return total.exit_code


def status(flags: Mapping[str, object], *, as_json: bool) -> int:
    """``vidgist status``."""
    from vidgist import ledger

    store = Store(settings_of(flags).state.expanduser())
    try:
        ledger.show(store, sys.stdout, as_json=as_json)
    finally:
        store.close()
    return 0
