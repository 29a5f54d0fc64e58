"""What follows a run: index notes kept up to date, and a digest where one is wanted."""

import sys
from contextlib import closing
from datetime import date
from pathlib import Path

from vidgist import ui
from vidgist.config import Settings
from vidgist.errors import InputError, VidgistError
from vidgist.llm.budget import Bill
from vidgist.protocols import Reporter
from vidgist.store import Store

FORMATS = ("md", "html")


def keep_index_notes(settings: Settings, *, json_events: bool) -> None:
    """Bring the index notes of a folder up to date, where they are asked for."""
    if not settings.index_notes:
        return
    if "md" not in settings.formats:
        ui.show_notice(
            sys.stderr, "no index notes: they link Markdown notes (--format md)", json_events=json_events
        )
        return
    from vidgist.commands import index_notes

    try:
        with closing(Store(settings.state)) as store:
            for problem in index_notes.keep(store, Path(settings.output)):
                ui.show_notice(sys.stderr, problem, json_events=json_events)
    except VidgistError as error:
        ui.show_notice(sys.stderr, f"no index notes: {error}", json_events=json_events)


def write_digest(settings: Settings, report: Reporter, run: str, bill: Bill, *, json_events: bool) -> int:
    """Write the digest of what a run made, within what is left of its budget; return the exit code.

    Fewer than two new notes make none. What goes wrong is reported, and the notes of the run stay.
    """
    from vidgist.archive import digest, digest_files, model
    from vidgist.archive.index import Index
    from vidgist.archive.search import Scope
    from vidgist.commands.digest import files_of_run

    folder = Path(settings.output)
    try:
        files = files_of_run(settings, folder, run)
        if len(files) < 2:  # noqa: PLR2004 (two talks)
            return 0
        with (
            closing(Index(folder)) as index,
            model.opened(_left(settings, bill), report) as (language_model, memory),
        ):
            index.refresh()
            title = f"Digest of {folder.resolve().name} {date.today().isoformat()}"
            made = digest.make(index, language_model, scope=Scope(files=files), title=title)
            saved = digest_files.keep(made, folder / digest_files.FOLDER, FORMATS, memory, folder)
    except InputError as error:
        ui.show_notice(sys.stderr, f"no digest: {error}", json_events=json_events)
        return 0
    except VidgistError as error:
        ui.show_notice(sys.stderr, f"no digest: {error}", json_events=json_events)
        return 1
    for problem in filter(None, (one.notice for one in saved)):
        ui.show_notice(sys.stderr, problem, json_events=json_events)
    paths = ", ".join(str(one.path) for one in saved)
    ui.show_notice(sys.stderr, f"digest: {paths}", json_events=json_events)
    return 0


def _left(settings: Settings, bill: Bill) -> Settings:
    """Return the settings with what a run has left of its bounds."""
    cost, tokens = settings.max_cost, settings.max_tokens
    return settings.model_copy(
        update={
            "max_cost": None if cost is None else max(0.0, cost - (bill.cost or 0.0)),
            "max_tokens": None if tokens is None else max(0, tokens - bill.usage.tokens),
            "batch": False,
        }
    )
