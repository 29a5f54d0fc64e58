"""``vidgist status --forget``: what failed and is not wanted is known no longer, and its record goes."""

import difflib
import os
from pathlib import Path
from typing import TextIO

from vidgist.errors import InputError
from vidgist.run.destinations import Folder
from vidgist.run.note_files import NoteFiles
from vidgist.store import Job, Store
from vidgist.ui import phrases


def forget(store: Store, wanted: str, stream: TextIO, *, wait: bool) -> int:
    """Forget the failures of an input in every notes folder; return the exit code.

    ``wanted`` is an input as it was given, a path, an id or a URL. Raises `InputError` where nothing of that
    kind has failed, `Busy` while a run is at work.
    """
    with store.locked(wait=wait):
        jobs = [(folder, job) for folder in store.jobs.folders() for job in store.jobs.all(folder)]
        meant = [
            (folder, job)
            for folder, job in jobs
            if wanted.strip() in _names(job) or _path(wanted) in _names(job)
        ]
        failed = [(folder, job) for folder, job in meant if job.status == "failed"]
        if not failed:
            raise _nothing(wanted, [job for _, job in meant], [job for _, job in jobs])
        for folder, job in failed:
            for line in _drop(store, folder, job):
                print(phrases.visible(line), file=stream)
    return 0


def _drop(store: Store, folder: str, job: Job) -> list[str]:
    """Forget one failure; return lines on what was done."""
    lines = [f"forgotten: {phrases.name(job.item, job.title)} ({job.failure.code if job.failure else ''})"]
    if Path(folder).is_dir():
        files = NoteFiles(Folder(Path(folder), read_only=True), store.memory, folder)
        for name in job.files:
            is_there = (Path(folder) / name).exists()
            lines.append(files.drop(name) or (f"deleted: {Path(folder) / name}" if is_there else ""))
    store.jobs.forget(folder, job.item)
    return [line for line in lines if line]


def _names(job: Job) -> set[str]:
    return {job.item.id, job.item.url, job.item.name, job.item.note} - {""}


def _path(text: str) -> str:
    return os.path.abspath(os.path.expanduser(text))  # noqa: PTH100, PTH111 (any text)


def _nothing(wanted: str, meant: list[Job], known: list[Job]) -> InputError:
    if meant:
        return InputError(
            f"{wanted!r} has not failed: it is {meant[0].status}", hint="only failures are forgotten"
        )
    failed = sorted({name for job in known if job.status == "failed" for name in _names(job)})
    near = difflib.get_close_matches(wanted, failed, n=1, cutoff=0.5)
    return InputError(
        f"nothing that failed is called {wanted!r}",
        hint=f"{near[0]} is meant?" if near else "vidgist status shows what failed",
    )
