"""What the memory says of past runs and of every item, for a person or a program."""

import json
from collections import Counter
from typing import TextIO

from pydantic import ValidationError

from vidgist.events import Report
from vidgist.store import Store
from vidgist.ui import columns, phrases

RUNS_SHOWN = 10


def show(store: Store, stream: TextIO, *, as_json: bool) -> None:
    """Show runs, newest first; then items by state, failures by code, tokens and cost of each notes
    folder.
    """
    runs = reports(store, RUNS_SHOWN)
    folders = [_folder(store, folder) for folder in store.jobs.folders()]
    if as_json:
        document = {
            "state": str(store.folder),
            "runs": [report.model_dump(mode="json") for report in runs],
            "folders": folders,
        }
        print(json.dumps(document, ensure_ascii=False, indent=2), file=stream)
        return
    print(f"state   {phrases.visible(str(store.folder))}", file=stream)
    for report in runs:
        why = f" {report.stopped}" if report.stopped else ""
        line = f"{report.run[:17]}  exit {report.exit_code}{why}  {phrases.total(report)}"
        print(columns.hang("run     ", line, stream), file=stream)
    for facts in folders:
        print(f"folder  {phrases.visible(str(facts['folder']))}: {_counts(facts['items'])}", file=stream)
        print(f"        {facts['tokens']:,} tokens, {phrases.money(facts['cost'])}", file=stream)  # type: ignore[arg-type]
        if facts["failures"]:
            print(columns.hang("        failures: ", _counts(facts["failures"]), stream), file=stream)
        for failed in store.jobs.all(str(facts["folder"]), "failed"):
            assert failed.failure is not None
            name = phrases.short(phrases.name(failed.item, failed.title))
            again = f"  (tried again {failed.failure.next_try})" if failed.failure.next_try else ""
            print(f"        {failed.failure.code:18}{name}{again}", file=stream)
    if not runs and not folders:
        print("nothing yet: vidgist run INPUT makes the first notes", file=stream)


def reports(store: Store, most: int) -> list[Report]:
    """Return the newest runs first, as far as they can be read."""
    return [report for text in store.reports(most) if (report := _report(text))]


def _report(text: str) -> Report | None:
    """Return a run's report; None where another version has written it in another form."""
    try:
        return Report.model_validate_json(text)
    except ValidationError:
        return None


def _folder(store: Store, folder: str) -> dict[str, object]:
    items: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    tokens, cost, is_priced = 0, 0.0, True
    for job in store.jobs.all(folder):
        items[job.status] += 1
        tokens += job.tokens
        cost += job.cost or 0.0
        is_priced &= job.cost is not None or not job.tokens
        if job.failure is not None:
            failures[job.failure.code] += 1
    return {
        "folder": folder,
        "items": dict(items),
        "failures": dict(failures.most_common()),
        "tokens": tokens,
        "cost": round(cost, 6) if is_priced else None,
    }


def _counts(counted: object) -> str:
    assert isinstance(counted, dict)
    return ", ".join(f"{count} {word}" for word, count in counted.items())
