"""``vidgist digest``: the notes of a folder, or some of them, into one."""

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from vidgist.archive import digest, digest_files, model
from vidgist.archive.index import Index
from vidgist.archive.search import Scope
from vidgist.archive.themes import Digest
from vidgist.commands import search
from vidgist.config import Settings, at_home
from vidgist.errors import Deferred, InputError
from vidgist.notes import reading
from vidgist.protocols import Reporter
from vidgist.store import Store
from vidgist.ui import phrases


def run(
    folder: Path | None,
    settings: Settings,
    report: Reporter,
    *,
    channel: str = "",
    playlist: str = "",
    last_run: bool = False,
    output: str | None = None,
    formats: Sequence[str] = ("md",),
    title: str = "",
) -> int:
    """Write the digest of a notes folder and return the exit code. Raises `SetupError`, `ItemError` or
    `RunError`.

    By batch, the requests may have to wait for their replies: then nothing is written yet.
    """
    notes = folder or Path(settings.output)
    wanted = list(digest_files.chosen(formats))
    try:
        made = _made(notes, settings, report, channel, playlist, title, last_run=last_run)
    except Deferred as error:
        print(f"vidgist: {error}; {error.hint}", file=sys.stderr)
        return 0
    if output == "-":
        digest_files.show(made, sys.stdout, wanted)
    else:
        place = at_home(output) if output else notes / digest_files.FOLDER
        try:
            _keep(made, place, wanted, settings, notes)
        except InputError as error:
            if output:
                raise
            digest_files.show(made, sys.stdout, wanted)
            message = f"not kept: {error}; it is shown instead, and kept elsewhere with -o FOLDER"
            print(f"vidgist: {phrases.visible(message)}", file=sys.stderr)
    _show_notices(made)
    return 0


def _keep(made: Digest, place: Path, formats: Sequence[str], settings: Settings, notes: Path) -> None:
    with closing(Store(settings.state)) as store:
        kept = digest_files.keep(made, place, formats, store.memory, notes)
    for one in kept:
        print(phrases.visible(str(one.path)))
        if one.notice:
            print(f"vidgist: {phrases.visible(one.notice)}", file=sys.stderr)


def _made(
    notes: Path,
    settings: Settings,
    report: Reporter,
    channel: str,
    playlist: str,
    title: str,
    *,
    last_run: bool,
) -> Digest:
    with (
        closing(search.opened(notes)) as index,
        model.opened(settings, report, batch=settings.batch) as (language_model, _),
    ):
        files = files_of_run(settings, notes) if last_run else None
        if playlist:
            files = _of_playlist(index, playlist, files)
        scope = Scope(since=settings.since, channel=channel, files=files)
        return digest.make(index, language_model, scope=scope, title=title)


def files_of_run(settings: Settings, notes: Path, run: str = "") -> frozenset[str]:
    """Return the files in a folder that a run wrote: one by its id, or the last. Raises `InputError`."""
    with closing(Store(settings.state)) as store:
        jobs = [job for job in store.jobs.all(str(notes.absolute()), "done") if job.run]
    wanted = run or max((job.run for job in jobs), default="")
    written = {file for job in jobs if job.run == wanted for file in job.files}
    if not written:
        raise InputError(f"no run has written notes into {notes}")
    stems = {str(Path(file).with_suffix("")) for file in written}
    return frozenset(
        name
        for path in reading.folder(notes)
        if str(Path(name := path.relative_to(notes).as_posix()).with_suffix("")) in stems
    )


def _of_playlist(index: Index, playlist: str, among: frozenset[str] | None) -> frozenset[str]:
    """Return the files whose videos came from a playlist of this name. Raises `InputError`."""
    found = set()
    for entry in index.entries.values():
        if entry.status == "unreadable" or (among is not None and entry.file not in among):
            continue
        note = index.read(entry)
        video = note.video or note.item.video
        if video and playlist.casefold() in video.playlist.casefold():
            found.add(entry.file)
    if not found:
        raise InputError(f"no note is from a playlist called {playlist!r}")
    return frozenset(found)


def _show_notices(made: Digest) -> None:
    for notice in made.notices:
        print(f"vidgist: {phrases.visible(notice)}", file=sys.stderr)
    for one in made.left_out:
        print(
            f"vidgist: left out: {phrases.short(one.text, 100)} ({phrases.visible(one.why)})", file=sys.stderr
        )
    if made.usage.calls:
        print(f"vidgist: {made.usage.tokens:,} tokens · {phrases.money(made.cost)}", file=sys.stderr)
