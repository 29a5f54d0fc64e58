"""Many machines, measured and written into docs/scale.md: ``python -m benchmarks.cluster [SECTION]...``.

A real PostgreSQL, several workers as processes of this machine, loopback doubles of YouTube and of the model.
"""

import argparse
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psycopg
from tests.doubles.llm import Llm
from tests.doubles.machines import Machines, repeated, until, video_of
from tests.doubles.postgres import Postgres
from tests.doubles.youtube import YouTube

from benchmarks.measuring import Failed, table
from benchmarks.run import machine, put
from vidgist.text import record

DOCUMENT = Path(__file__).parents[1] / "docs" / "scale.md"

WORKERS = (1, 2, 3)
SHARE = 100
"""Items a worker, where throughput is measured: the same time for any number of workers, if all is well."""

SLOW = 8.0
"""Seconds that the model takes for a call, so that two cores are not what limits three workers."""

ITEMS = 2_000
JOBS = 8
KILLED = 2
IN_FLIGHT = 24
DEPTHS = (1_000, 10_000, 100_000)
CLAIMS = 200


def throughput(_: int) -> str:
    """Items a second with one, two and three workers, and with a limit that three workers would exceed."""
    rows: list[tuple[object, ...]] = []
    alone = 0.0
    for workers, in_flight in (*((count, None) for count in WORKERS), (3, 2 * JOBS)):
        rate, cpu, most = _rate(workers, in_flight)
        alone = alone or rate
        named = f"{workers}, at most {in_flight} calls in flight" if in_flight else str(workers)
        rows.append((named, f"{rate:.3f}", f"{rate / alone / workers:.0%}", most, f"{1000 * cpu:.0f} ms"))
        print(rows[-1], flush=True)
    return table(("workers", "items a second", "of linear", "most calls in flight", "CPU an item"), rows)


def _rate(workers: int, in_flight: int | None) -> tuple[float, float, int]:
    """Items a second between the first and the last that was done, CPU seconds an item, most calls at once."""
    bound = ("--in-flight", str(in_flight)) if in_flight else ()
    with (
        tempfile.TemporaryDirectory(prefix="vidgist-cluster-") as scratch,
        Postgres(durable=True) as server,
        YouTube() as site,
        Llm(latency=SLOW) as llm,
        Machines(Path(scratch), server.url, site, llm, videos=workers * SHARE) as machines,
    ):
        _must(machines.enqueue(*bound))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        for each in [machines.worker(jobs=JOBS) for _ in range(workers)]:
            _must(each.wait())
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        first, last, count = _done(server.url)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return (count - 1) / (last - first).total_seconds(), cpu / count, llm.max_concurrency


def _done(url: str) -> tuple[datetime, datetime, int]:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT min(updated), max(updated), count(*) FROM vidgist_job").fetchone()
    assert found is not None
    return found


def killed(items: int) -> str:
    """Three workers, two of them killed midway and followed by two others: what was done how often."""
    with (
        tempfile.TemporaryDirectory(prefix="vidgist-cluster-") as scratch,
        Postgres(durable=True) as server,
        YouTube() as site,
        Llm(latency=1.0) as llm,
        Machines(Path(scratch), server.url, site, llm, videos=items) as machines,
    ):
        began = time.monotonic()
        log: list[str] = []

        def told(text: str) -> None:
            log.append(f"{time.monotonic() - began:7.1f} s  {text}")
            print(log[-1], flush=True)

        _must(machines.enqueue("--in-flight", str(IN_FLIGHT)))
        told(f"{items} items enqueued, at most {IN_FLIGHT} calls in flight")
        workers = [machines.worker(jobs=JOBS) for _ in range(3)]
        told(f"3 workers begin, {JOBS} jobs each")
        until(lambda: len(machines.records()) >= items // 2)
        for each in workers[:KILLED]:
            each.send_signal(signal.SIGKILL)
        told(f"{len(machines.records())} records; {KILLED} workers are killed with SIGKILL")
        workers = [workers[2], *(machines.worker(jobs=JOBS) for _ in range(KILLED))]
        told(f"{KILLED} others begin")
        codes = [each.wait() for each in workers]
        told(f"all workers have ended, exit codes {codes}")
        calls = machines.calls()
        visits = sum(site.by_video[name]["watch"] for name in machines.videos)
        status = machines.start("status")
        status.wait()
        rows = (
            ("items", items),
            ("items with exactly one whole record", _alone(machines)),
            ("records of anything else", len(machines.records()) - _alone(machines)),
            ("different questions to the model", len(calls)),
            ("questions answered more than once", repeated(calls)),
            ("calls that the killed workers can have had in flight", KILLED * JOBS),
            ("videos visited more than once", visits - items),
            ("most calls in flight", llm.max_concurrency),
            ("wall time", f"{time.monotonic() - began:.0f} s"),
        )
        last = (machines.folder / f"said{machines.commands}").read_text()
        last = last.replace(str(scratch), "").replace(str(server.folder), "a socket")
        text = "\n".join(log)
        return f"```\n{text}\n\n{last}```\n\n{table(('what', 'how many'), rows)}"


def _alone(machines: Machines) -> int:
    """Items of which there is one record, and that a success."""
    records = [record.parse(path.read_text(encoding="utf-8")) for path in machines.records()]
    found = Counter(video_of(each.url) for each in records if each.status == "success")
    return sum(found[name] == 1 for name in machines.videos)


def depth(_: int) -> str:
    """What it costs to put tickets in and to take them out where many wait."""
    from vidgist.cluster import queue
    from vidgist.cluster.database import Database
    from vidgist.cluster.orders import Ticket
    from vidgist.cluster.worker_steps import LANES
    from vidgist.models import Item

    rows = []
    for count in DEPTHS:
        with Postgres(durable=True) as server:
            database = Database(server.url)
            queue.prepare(database)
            tickets = [
                Ticket(
                    order="order",
                    item=Item(source="youtube", id=name, name=name, url=f"https://youtu.be/{name}"),
                )
                for name in (f"v{number:010}" for number in range(count))
            ]
            began = time.perf_counter()
            with queue.Inbox(database) as inbox:
                for start in range(0, count, 500):
                    inbox.put("fetch", tickets[start : start + 500])
            put_in = time.perf_counter() - began
            with psycopg.connect(server.url, autocommit=True) as connection:
                worker, size = connection.execute(
                    "SELECT procrastinate_register_worker_v1(), pg_database_size(current_database())"
                ).fetchone() or (0, 0)
                taken = {lane: _claim(connection, lane, worker) for lane in LANES}
            database.close()
        rows.append(
            (
                f"{count:,}",
                f"{put_in:.1f} s",
                f"{1000 * taken['fetch']:.1f} ms",
                f"{1000 * taken['think']:.1f} ms",
                f"{size / 1_000_000:.0f} MB",
            )
        )
        print(rows[-1], flush=True)
    heads = ("waiting", "enqueue all", "take one", "find that the other lane is empty", "database")
    return table(heads, rows)


def _claim(connection: "psycopg.Connection[tuple[object, ...]]", lane: str, worker: object) -> float:
    """Seconds for one claim, the mean of many."""
    began = time.perf_counter()
    for _ in range(CLAIMS):
        connection.execute(
            "SELECT id FROM procrastinate_fetch_job_v2(ARRAY[%s]::varchar[], %s)", (lane, worker)
        )
    return (time.perf_counter() - began) / CLAIMS


SECTIONS: dict[str, Callable[[int], str]] = {"throughput": throughput, "killed": killed, "depth": depth}


def _must(code: int) -> None:
    if code:
        raise Failed(f"a command ended with {code}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", choices=[*SECTIONS, []], help="all, where none is named")
    parser.add_argument("--items", type=int, default=ITEMS, help=f"for killed ({ITEMS})")
    parser.add_argument("--print", action="store_true", help="leave the document as it is")
    options = parser.parse_args()
    for name in options.sections or list(SECTIONS):
        print(f"\n{name}", flush=True)
        found = machine() + "\n" + SECTIONS[name](options.items)
        print(found, flush=True)
        if not options.print:
            DOCUMENT.write_text(put(DOCUMENT.read_text(encoding="utf-8"), name, found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
