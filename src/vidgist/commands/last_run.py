"""``vidgist status --last``: what the last run did, item by item."""

import json
from typing import TextIO

from vidgist.commands.status import reports
from vidgist.store import Job, Store
from vidgist.ui import columns, phrases


def show(store: Store, stream: TextIO, *, as_json: bool) -> None:
    """Print the total of the last run, what is new and what failed, with the reason and what to do."""
    report = next(iter(reports(store, 1)), None)
    if report is None:
        print("{}" if as_json else "nothing yet: vidgist run INPUT makes the first notes", file=stream)
        return
    folders = {folder: list(store.jobs.all(folder)) for folder in store.jobs.folders()}
    made = {folder: [job for job in jobs if job.run == report.run] for folder, jobs in folders.items()}
    if as_json:
        document = {
            "run": report.model_dump(mode="json"),
            "items": [
                {"folder": folder, **job.model_dump(mode="json")}
                for folder, jobs in made.items()
                for job in jobs
            ],
        }
        print(json.dumps(document, ensure_ascii=False, indent=2), file=stream)
        return
    day, _, clock = report.run.partition("T")
    stopped = f", stopped: {report.stopped}" if report.stopped else ""
    line = f"{day} {clock[:2]}:{clock[2:4]}  exit {report.exit_code}{stopped}  {phrases.total(report)}"
    print(columns.hang("run     ", line, stream), file=stream)
    for folder, jobs in made.items():
        if jobs:
            print(f"folder  {phrases.visible(folder)}", file=stream)
        for job in sorted(jobs, key=lambda one: one.status):
            print(columns.hang(f"{job.status:8}", _described(job), stream), file=stream)
    if report.failed > sum(job.status == "failed" for jobs in made.values() for job in jobs):
        log = store.folder / "logs" / f"{report.run}.log"
        print(
            columns.hang("        ", f"inputs that were none are in no ledger; the log is {log}", stream),
            file=stream,
        )


def _described(job: Job) -> str:
    name = phrases.short(phrases.name(job.item, job.title))
    if job.failure is None:
        return f"{name}  {job.files[0] if job.files else ''}".rstrip()
    again = f"; tried again {job.failure.next_try}" if job.failure.next_try else ""
    return phrases.visible(
        phrases.advised(f"{name}: {job.failure.code}: {job.failure.message}", job.failure.hint) + again
    )
