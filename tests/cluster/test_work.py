"""Several workers, one of everything: what comes out is what one machine would have made, once."""

import os
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("psycopg", reason="vidgist[cluster] is not installed")

import psycopg

from tests.doubles import bucket as buckets
from tests.doubles import moto
from tests.doubles.bucket import Bucket
from tests.doubles.faults import Rule
from tests.doubles.llm import Llm
from tests.doubles.machines import Machines, repeated, until, video_of
from tests.doubles.moto import Moto
from tests.doubles.postgres import Postgres
from tests.doubles.youtube import YouTube
from tests.doubles.youtube_catalogue import Blockade, Fault
from vidgist.run.pipeline import FETCHERS
from vidgist.text import record

pytestmark = pytest.mark.cluster

ITEMS = int(os.environ.get("TEST_ITEMS", "200"))
JOBS = 4


@pytest.mark.parametrize("machines", [ITEMS], indirect=True)
def test_every_item_once_though_workers_are_killed(machines: Machines) -> None:
    machines.llm.latency = 0.3
    assert machines.enqueue("--in-flight", str(3 * JOBS)) == 0
    doomed = [machines.worker(jobs=JOBS) for _ in range(2)]
    others = [machines.worker(jobs=JOBS)]
    until(lambda: len(machines.records()) >= ITEMS // 3)
    for worker in doomed:
        worker.kill()
    killed = time.monotonic()
    others += [machines.worker(jobs=JOBS), machines.worker(jobs=JOBS)]
    assert [worker.wait() for worker in others] == [0, 0, 0], machines.said()

    records = [record.parse(path.read_text(encoding="utf-8")) for path in machines.records()]
    assert Counter(video_of(each.url) for each in records) == Counter(machines.videos)
    assert {each.status for each in records} == {"success"}
    assert machines.llm.max_concurrency <= 3 * JOBS
    calls = machines.calls()
    assert repeated(calls) <= len(doomed) * JOBS
    twice = [seen for seen in machines.llm.chats if calls[seen.prompt] > 1]
    assert all(min(s.began for s in twice if s.prompt == seen.prompt) < killed for seen in twice)
    visits = Counter({name: machines.site.by_video[name]["watch"] for name in machines.videos})
    assert repeated(visits) <= len(doomed) * FETCHERS


def test_a_finished_order_asks_nobody_again(machines: Machines) -> None:
    assert machines.enqueue() == 0
    assert machines.worker().wait() == 0
    before = [path.read_bytes() for path in machines.records()]
    asked, visited = len(machines.llm.seen), machines.site.requests()
    assert machines.enqueue() == 0
    assert machines.worker().wait() == 0
    assert (len(machines.llm.seen), machines.site.requests()) == (asked, visited)
    assert [path.read_bytes() for path in machines.records()] == before


@pytest.mark.parametrize(
    ("scope", "visits", "asks"), [("summary", 0, 1), ("transcript", 1, 0), ("all", 1, 1)]
)
def test_what_is_asked_for_anew_is_made_anew_once(
    machines: Machines, scope: str, visits: int, asks: int
) -> None:
    assert machines.enqueue() == 0
    assert machines.worker().wait() == 0, machines.said()
    names, asked = [path.name for path in machines.records()], machines.calls()
    assert machines.enqueue("--fresh", scope) == 0
    assert machines.enqueue("--fresh", scope) == 0
    assert "0 items wait" in machines.said()
    workers = [machines.worker(jobs=1), machines.worker(jobs=1)]
    assert [worker.wait() for worker in workers] == [0, 0], machines.said()
    assert [path.name for path in machines.records()] == names
    assert machines.calls() == Counter(dict.fromkeys(asked, 1 + asks))
    watched = [machines.site.by_video[name]["watch"] for name in machines.videos]
    assert watched == [1 + visits] * len(machines.videos)
    assert machines.enqueue() == 0
    assert machines.worker().wait() == 0
    assert machines.calls() == Counter(dict.fromkeys(asked, 1 + asks))


def test_a_renewal_survives_its_workers(machines: Machines) -> None:
    assert machines.enqueue() == 0
    assert machines.worker().wait() == 0, machines.said()
    asked = machines.calls()
    machines.llm.latency = 0.5
    assert machines.enqueue("--fresh") == 0
    doomed = machines.worker(jobs=2)
    until(lambda: repeated(machines.calls()) >= 2)
    doomed.kill()
    machines.llm.latency = 0.0
    assert machines.worker().wait() == 0, machines.said()
    assert len(machines.records()) == len(machines.videos)
    calls = machines.calls()
    assert set(calls) == set(asked)
    assert min(calls.values()) == 2
    assert repeated(calls) <= len(asked) + 2
    visits = Counter({name: machines.site.by_video[name]["watch"] for name in machines.videos})
    assert min(visits.values()) == 2
    assert repeated(visits) <= len(machines.videos) + FETCHERS


def test_the_budget_of_all_workers_holds_and_can_be_raised(machines: Machines) -> None:
    assert machines.enqueue("--max-tokens", "12000") == 0
    workers = [machines.worker(), machines.worker()]
    assert [worker.wait() for worker in workers] == [3, 3], machines.said()
    assert "the budget of all workers is used up" in machines.said()
    assert len(machines.records()) < len(machines.videos)
    spent = sum(seen.status == 200 for seen in machines.llm.chats)
    assert machines.enqueue("--max-tokens", "1000000") == 0
    assert machines.worker().wait() == 0, machines.said()
    assert len(machines.records()) == len(machines.videos)
    assert repeated(machines.calls()) == 0
    assert len(machines.llm.chats) > spent


def test_a_server_that_wants_to_be_left_alone_is_left_alone_by_all(machines: Machines, url: str) -> None:
    machines.llm.rules = [Rule("rate_limit", times=1, retry_after=3_000)]
    assert machines.enqueue() == 0
    assert machines.worker(jobs=1).wait() == 3
    asked = len(machines.llm.seen)
    assert machines.worker().wait() == 3
    assert len(re.findall(r"run the same command again (?:in|after) \d", machines.said())) == 2
    assert len(machines.llm.seen) == asked
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE vidgist_pause SET until = clock_timestamp()")
    assert machines.worker().wait() == 0, machines.said()
    assert len(machines.records()) == len(machines.videos)


def test_a_worker_that_is_blocked_leaves_the_fetching_to_others(machines: Machines) -> None:
    machines.site.blockade = Blockade(after=6, refusals=1_000)
    assert machines.enqueue() == 0
    assert machines.worker("--block-wait", "0").wait() == 3
    assert 0 < len(machines.records()) < len(machines.videos)
    machines.site.blockade = None
    assert machines.worker().wait() == 0, machines.said()
    assert len(machines.records()) == len(machines.videos)
    assert repeated(machines.calls()) == 0


def test_what_cannot_be_done_fails_alone(machines: Machines) -> None:
    machines.site.spoil(machines.videos[0], Fault("private"))
    assert machines.enqueue() == 0
    assert machines.worker().wait() == 1
    statuses = Counter(
        record.parse(path.read_text(encoding="utf-8")).status.partition(":")[0] for path in machines.records()
    )
    assert statuses == {"failed": 1, "success": len(machines.videos) - 1}


def test_an_interrupted_worker_finishes_what_it_has_in_hand(machines: Machines) -> None:
    machines.llm.latency = 5.0
    assert machines.enqueue() == 0
    worker = machines.worker(jobs=1)
    until(lambda: bool(machines.llm.chats))
    worker.send_signal(signal.SIGINT)
    machines.llm.latency = 0.0
    assert worker.wait() == 130, machines.said()
    assert machines.records()
    assert machines.worker().wait() == 0
    assert len(machines.records()) == len(machines.videos)
    assert repeated(machines.calls()) == 0


def test_a_database_that_is_lost_midway_loses_nothing(
    tmp_path: Path, own_server: Postgres, youtube: YouTube, llm: Llm
) -> None:
    llm.latency = 5.0
    with Machines(tmp_path, own_server.url, youtube, llm, videos=6) as machines:
        assert machines.enqueue() == 0
        worker = machines.worker(jobs=1)
        until(lambda: len(machines.records()) > 0)
        own_server.crash()
        llm.latency = 0.0
        assert worker.wait() == 3
        said = machines.said()
        assert said.count("is lost") == 1, said
        assert "see that the database runs; then run the same command again" in said
        assert "Traceback" not in said
        own_server.start()
        assert machines.worker().wait() == 0, machines.said()
        assert len(machines.records()) == len(machines.videos)
        assert repeated(machines.calls()) <= 1


def test_fetching_and_thinking_on_different_machines(machines: Machines) -> None:
    assert machines.enqueue() == 0
    assert machines.worker("--only", "fetch").wait() == 0
    assert not machines.llm.chats
    visited = machines.site.requests()
    assert machines.worker("--only", "summarize").wait() == 0
    assert machines.site.requests() == visited
    assert len(machines.records()) == len(machines.videos)


@pytest.fixture(params=["double", "moto"])
def bucket(request: pytest.FixtureRequest, machines: Machines) -> Iterator[Bucket | Moto]:
    """A bucket that the machines find in their environment: our own, and one of another make."""
    if request.param == "moto":
        pytest.importorskip("moto", reason="moto is not installed")
    with moto.serve() if request.param == "moto" else buckets.serve() as served:
        machines.environment |= {"AWS_ENDPOINT_URL": served.url, "AWS_ALLOW_HTTP": "true"}
        machines.environment |= {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
        machines.environment |= {"AWS_REGION": "eu-west-1"}
        yield served


def test_records_go_to_a_bucket(machines: Machines, bucket: Bucket | Moto) -> None:
    machines.site.spoil(machines.videos[0], Fault("deleted"))
    assert machines.enqueue("-o", "s3://notes/talks") == 0
    workers = [machines.worker(), machines.worker()]
    assert sorted(worker.wait() for worker in workers) == [0, 1], machines.said()
    records = [record.parse(content.decode()) for content in bucket.objects.values()]
    assert sorted(video_of(each.url) for each in records) == machines.videos
    assert all(key.startswith("talks/bulk") for key in bucket.objects)
    asked, before = len(machines.llm.seen), bucket.objects
    assert machines.enqueue("-o", "s3://notes/talks") == 1
    assert machines.worker().wait() == 0
    assert len(machines.llm.seen) == asked
    assert bucket.objects == before
    machines.site.spoil(machines.videos[0])
    assert machines.enqueue("-o", "s3://notes/talks", "--retry-failed") == 0
    assert machines.worker().wait() == 0
    records = [record.parse(content.decode()) for content in bucket.objects.values()]
    assert sorted(video_of(each.url) for each in records) == machines.videos
    assert {each.status for each in records} == {"success"}


def test_who_would_summarize_otherwise_does_not(machines: Machines) -> None:
    prompt = machines.folder / "mine.md"
    shipped = Path(__file__).parents[2] / "prompts" / "summary.md"
    prompt.write_text(shipped.read_text(encoding="utf-8").replace('"summary"', '"mine"', 1), encoding="utf-8")
    assert machines.enqueue("--prompt", "mine.md") == 0
    prompt.write_text(prompt.read_text(encoding="utf-8") + "\nBe brief.\n", encoding="utf-8")
    assert machines.worker().wait() == 2
    order = re.search(r"would summarize otherwise than order (\w+) asks", machines.said())
    assert order is not None
    assert machines.run("drop", order[1]) == 0
    assert f"{len(machines.videos)} items dropped" in machines.said()
    assert machines.worker().wait() == 0, machines.said()
    assert not machines.records()
    assert machines.run("drop", "another") == 2
    assert "there is no order another" in machines.said()
