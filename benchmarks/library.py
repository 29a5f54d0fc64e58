"""A library of ten thousand notes: making it, resuming over it, checking and exporting it."""

from functools import partial
from pathlib import Path

from tests.doubles.llm import Llm
from tests.doubles.quoting import quoting

from benchmarks.batches import run
from benchmarks.corpus import documents
from benchmarks.measuring import SCRIPTS, Spent, home, median, mib, repeated, seconds, spend, table

MANY = 10_000
FEW = 200
JOBS = 32


def growth(folder: Path) -> str:
    """Few and many documents with a model that answers at once; then the same command again."""
    rows = []
    peaks = []
    cpus = []
    for count in (FEW, MANY):
        listed = documents(folder / f"talks-{count}", count)
        with Llm(responder=quoting) as server:
            spent = run(folder, listed, server, JOBS)
            peaks.append(spent.peak)
            cpus.append(spent.cpu)
            calls = len(server.chats)
            server.seen.clear()
            rows.append(_row(f"{count:,} new", calls, count, spent))
            again = repeated(3, partial(run, folder, listed, server, JOBS, again=True)).best
            rows.append(_row(f"{count:,} finished, the same command again", len(server.seen), count, again))
    each = (cpus[1] - cpus[0]) / (MANY - FEW) * 1000
    return (
        table(("items", "requests", "wall", "items a second", "CPU", "peak memory"), rows)
        + f"\nEach further item costs {each:.1f} ms of CPU time. "
        + f"The peak at {MANY:,} items is {peaks[1] / peaks[0]:.2f} times that at {FEW}.\n"
    )


def _row(what: str, requests: int, count: int, spent: Spent) -> tuple[object, ...]:
    return (
        what,
        requests,
        seconds(spent.wall),
        f"{count / spent.wall:.0f}",
        seconds(spent.cpu),
        mib(spent.peak),
    )


def notes(folder: Path) -> str:
    """What `growth` left, read again."""
    place = folder / "run"
    environment = home(place)
    names = sorted(str(path.relative_to(place)) for path in (place / "notes").glob("*.txt"))
    vidgist = str(SCRIPTS / "vidgist")
    rows = []
    for name, command in {
        "`validate`": [vidgist, "validate", *names],
        "`export --format json`": [vidgist, "export", *names, "--format", "json", "-o", "exported"],
        "`export --format md`": [vidgist, "export", *names, "--format", "md", "-o", "exported"],
    }.items():
        spent = median(1, partial(spend, command, environment, place))
        rows.append(
            (name, f"{len(names):,}", seconds(spent.wall), f"{len(names) / spent.wall:.0f}", mib(spent.peak))
        )
    return table(("command", "records", "wall", "records a second", "peak memory"), rows)
