"""Run, fetch, collect and status: flags become settings, a session does the work, an exit code comes out."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from vidgist import config, registry, ui
from vidgist.commands import after_run, dry_run, notify, search_index
from vidgist.config import Settings
from vidgist.errors import InputError
from vidgist.events import Notice
from vidgist.llm import prompts
from vidgist.models import Ref
from vidgist.protocols import Reporter
from vidgist.run import inputs, session
from vidgist.run.delivery import Delivery
from vidgist.run.destinations import Destination, Discard, Folder, Stream
from vidgist.run.session import RunContext, Session
from vidgist.run.summarizers import SummarizerHandle
from vidgist.store import Store

FLAGS = frozenset(Settings.model_fields)


@dataclass(frozen=True)
class Shown:
    """How much of a run is shown, and in which form."""

    quiet: bool = False
    verbose: bool = False
    json_events: bool = False

    def reporter(self, output: str = "") -> Reporter:
        """Return what shows a run on standard error.

        No live display where other lines come to the same terminal: a log, or results written to ``-``.
        """
        live = not self.verbose and not (output == "-" and sys.stdout.isatty())
        return ui.reporter(sys.stderr, quiet=self.quiet, json_events=self.json_events, live=live)


def settings_of(flags: Mapping[str, object], *, json_events: bool = False) -> Settings:
    """Return the settings of a command begun in the current folder. Raises `ConfigError`.

    What an untrusted project file may not set is reported on standard error.
    """
    return loaded_of(flags, "", json_events=json_events).settings


def loaded_of(flags: Mapping[str, object], profile: str, *, json_events: bool) -> config.Loaded:
    """Return the same as `settings_of`, with what a profile has to do. Raises `ConfigError`."""
    loaded = config.load(flags, environ=config.environment(), folder=config.current_folder(), profile=profile)
    for notice in filter(None, (*loaded.notices, prompts.notice(config.current_folder()))):
        ui.show_notice(sys.stderr, notice, json_events=json_events)
    return loaded


def run(
    arguments: Sequence[str],
    from_file: str | None,
    flags: Mapping[str, object],
    shown: Shown,
    *,
    digest: bool = False,
    profile: str = "",
) -> int:
    """Do what ``vidgist run`` is for and return its exit code. Raises `SetupError` before any network use.

    What a ``profile`` has to do counts where no input is named.
    """
    loaded = loaded_of(flags, profile, json_events=shown.json_events)
    settings = loaded.settings
    arguments, from_file = loaded.work(arguments, from_file)
    with (
        notify.after(settings, json_events=shown.json_events) as night,
        session.state(settings, shown.reporter(settings.output), verbose=shown.verbose) as context,
        session.opened(settings, context, _filing(settings, context)) as current,
    ):
        context.report.listen(night)
        code = _execute(current, refs_of(arguments, from_file, settings, current.delivery, context.store))
        bill = current.summarizer.bill()
    if settings.output != "-" and not settings.dry_run:
        if context.report.has_delivered:
            search_index.keep(Path(settings.output))
        after_run.keep_index_notes(settings, json_events=shown.json_events)
        if digest:
            digest_code = after_run.write_digest(
                settings, shown.reporter(), context.id, bill, json_events=shown.json_events
            )
            return max(code, digest_code)
    return code


def fetch(
    arguments: Sequence[str],
    from_file: str | None,
    flags: Mapping[str, object],
    shown: Shown,
    *,
    profile: str = "",
) -> int:
    """Do what ``vidgist fetch`` is for: as `run`, without a summarizer. Files are written only where
    ``output`` is given as a flag: a profile names the folder of notes.
    """
    loaded = loaded_of(
        {"formats": "vtt", **{name: value for name, value in flags.items() if value is not None}},
        profile,
        json_events=shown.json_events,
    )
    settings = loaded.settings
    arguments, from_file = loaded.work(arguments, from_file)
    output = None if flags.get("output") is None else settings.output
    with session.state(settings, shown.reporter(output or ""), verbose=shown.verbose) as context:
        destination = Discard() if output is None else destination_of(output)
        deliver = session.files(settings, context, destination, failed_records=False)
        with session.opened(settings, context, lambda _: deliver, summarize=False) as current:
            return _execute(current, refs_of(arguments, from_file, settings, deliver, context.store))


def destination_of(output: str, *, read_only: bool = False) -> Destination:
    """Return the place that ``--output`` names. Raises `InputError`."""
    return Stream(sys.stdout) if output == "-" else Folder(Path(output), read_only=read_only)


def _filing(settings: Settings, context: RunContext) -> Callable[[SummarizerHandle], Delivery]:
    """Open the delivery to ``--output``, once it is known that there is a summarizer."""
    return lambda _: session.files(
        settings, context, destination_of(settings.output, read_only=settings.dry_run)
    )


def refs_of(
    arguments: Sequence[str], from_file: str | None, settings: Settings, delivery: Delivery, store: Store
) -> Iterator[Ref]:
    """Return all inputs; with ``--retry-failed`` alone, the items that the ledger has as failed."""
    given = inputs.read(arguments, from_file, sys.stdin)
    first = next(given, None)
    if first is not None:
        return chain((first,), given)
    if settings.retry_failed:
        failed = (job.item for job in store.jobs.all(delivery.key, "failed"))
        return (Ref(text=item.id if item.source == registry.LOCAL else item.url) for item in failed)
    raise InputError(
        "nothing to do: no input is given", hint="name a URL, a file, or a list with --from-file"
    )


def _execute(current: Session, refs: Iterator[Ref]) -> int:
    work_list = current.work_list(refs)
    report = current.context.report
    current.report_notices()
    if current.settings.dry_run:
        passed_over = dry_run.PassedOver()
        report.listen(passed_over)
        name = current.summarizer.name
        hopeless = dry_run.show(work_list, current.items, name, sys.stdout, passed_over)
        if current.items.throttles.main.closed is not None:
            raise current.items.throttles.main.closed
        return 2 if work_list.is_senseless else int(work_list.failed + hopeless > 0)
    current.start()
    if current.settings.seed_only:
        count = 0
        for count, item in enumerate(work_list, start=1):  # noqa: B007
            current.delivery.mark_seen(item)
        report(Notice(text=f"{count} marked as seen"))
    else:
        current.work(work_list)
    return current.conclude(2 if work_list.is_senseless else None)


def collect(flags: Mapping[str, object], shown: Shown, *, poll: float | None) -> int:
    """Do what ``vidgist collect`` is for: pick up what batches have answered and finish the items that
    waited for it.

    ``poll``: look again every so many seconds until no batch is open; None: look once.
    """
    settings = settings_of(flags, json_events=shown.json_events)
    worst = 0
    with session.state(settings, shown.reporter(), verbose=shown.verbose) as context:
        while True:
            groups = {batch.settings for batch in context.store.batches.open()}
            if not groups:
                context.report(Notice(text="no batch is open"))
                return worst
            for group in sorted(groups):
                kept = config.private(Settings.model_validate_json(group), settings)
                worst = max(worst, _collect(kept, group, context))
            if poll is None or not context.store.batches.open():
                return worst
            time.sleep(poll)


def _collect(settings: Settings, group: str, context: RunContext) -> int:
    """Finish what the batches of one run's settings allow; return the exit code."""
    store = context.store
    with session.opened(settings, context, _filing(settings, context)) as current:
        batches = current.summarizer.batches
        assert batches is not None
        if not batches.gather(batch for batch in store.batches.open() if batch.settings == group):
            return 0
        current.start()
        current.work(job.item for job in store.jobs.all(current.delivery.key, "waiting"))
        return current.conclude()


def status(flags: Mapping[str, object], *, as_json: bool, last: bool = False, forget: str = "") -> int:
    """Show what ``vidgist status`` shows and return its exit code."""
    from vidgist.commands import forgetting, last_run
    from vidgist.commands import status as ledger

    settings = settings_of(flags)
    with closing(Store(settings.state)) as store:
        if forget:
            return forgetting.forget(store, forget, sys.stdout, wait=settings.wait)
        if last:
            last_run.show(store, sys.stdout, as_json=as_json)
        else:
            ledger.show(store, sys.stdout, as_json=as_json)
    return 0
