"""The memory: what is kept is had again, whatever happens to the process."""

import json
import re
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

import vidgist
from tests.doubles.parts import item
from vidgist.errors import Busy, StateError, StateLost
from vidgist.models import Failure
from vidgist.store import Job, Store
from vidgist.store._schema import MIGRATIONS


def test_a_body_is_had_again_after_reopening(tmp_path: Path) -> None:
    store = Store(tmp_path / "state")
    store.memory.remember("reply", "k", '{"ü": "水"}')
    store.close()
    again = Store(tmp_path / "state")
    assert again.memory.recall("reply", "k") == '{"ü": "水"}'
    assert again.memory.recall("answer", "k") is None
    assert again.memory.recall("reply", "k") is not None
    again.memory.forget("reply", "k")
    assert again.memory.recall("reply", "k") is None
    again.close()


def test_no_statement_numbers_its_values() -> None:
    """Values in a sequence for ``?1`` are deprecated in Python 3.12 and an error in 3.14."""
    package = Path(vidgist.__file__).parent
    modules = (path for room in ("store", "cluster", "archive") for path in (package / room).glob("*.py"))
    assert [path.name for path in modules if re.search(r"[(=,] *\?\d", path.read_text("utf-8"))] == []


def test_a_job_is_had_again_whole(tmp_path: Path) -> None:
    store = Store(tmp_path)
    failure = Failure(stage="fetch", code="private", message="The video is private.", retry="never")
    job = Job(
        item=item(1), recipe="r", status="failed", title="T", failure=failure, files=("a.txt",), tokens=3
    )
    store.jobs.save("/notes", job)
    store.jobs.save("/notes", job.model_copy(update={"item": item(2), "status": "done", "failure": None}))
    assert store.jobs.find("/notes", item(1)) == job
    assert store.jobs.find("/elsewhere", item(1)) is None
    assert [one.item.id for one in store.jobs.all("/notes")] == [item(1).id, item(2).id]
    assert [one.item.id for one in store.jobs.all(status="failed")] == [item(1).id]
    assert not list(store.jobs.all("")) + list(store.jobs.all("/notes", ""))
    assert store.jobs.folders() == ["/notes"]
    store.close()


def test_what_was_made_is_told_of_what_is_done_by_the_same_recipe_alone(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.jobs.save("/notes", Job(item=item(1), recipe="r", status="done", files=("a.txt", "a.md")))
    store.jobs.save("/notes", Job(item=item(2), recipe="r", status="waiting", files=("b.txt",)))
    assert store.jobs.made("/notes", item(1), "r") == ("a.txt", "a.md")
    assert store.jobs.made("/notes", item(1), "another") is None
    assert store.jobs.made("/elsewhere", item(1), "r") is None
    assert store.jobs.made("/notes", item(2), "r") is None
    assert store.jobs.made("/notes", item(3), "r") is None
    store.close()


@pytest.mark.parametrize("files", ["null", "half", "7", None])
def test_files_that_cannot_be_read_are_not_there(tmp_path: Path, files: str | None) -> None:
    store = Store(tmp_path)
    store.jobs.save("/notes", Job(item=item(1), recipe="r", status="done", files=("a.txt",)))
    with closing(sqlite3.connect(tmp_path / "state.db")) as database, database:
        database.execute("UPDATE job SET files = ?", (files,))
    assert store.jobs.made("/notes", item(1), "r") is None
    store.close()


def test_two_items_never_share_a_name_even_where_case_is_not_told_apart(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.names.claim("/n", item(1), "Talk") == "Talk"
    assert store.names.claim("/n", item(2), "talk") == "talk-2"
    assert store.names.claim("/n", item(1), "Talk") == "Talk"
    assert store.names.claim("/n", item(2), "talk") == "talk-2"
    assert store.names.claim("/other", item(2), "talk") == "talk"
    store.close()


def test_many_threads_write_at_once(tmp_path: Path) -> None:
    store = Store(tmp_path)

    def write(number: int) -> None:
        for step in range(20):
            store.memory.remember("reply", f"{number}-{step}", "x" * 100)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(
        store.memory.recall("reply", f"{number}-{step}") is not None
        for number in range(8)
        for step in range(20)
    )
    store.close()


def test_a_killed_process_loses_nothing_that_was_remembered(tmp_path: Path) -> None:
    script = (
        "import os, pathlib, sys\n"
        "from vidgist.store import Store\n"
        "store = Store(pathlib.Path(sys.argv[1]))\n"
        "store.memory.remember('reply', 'paid', 'text')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert ended.returncode == -9
    store = Store(tmp_path)
    assert store.memory.recall("reply", "paid") == "text"
    store.close()


def test_a_damaged_or_newer_state_is_refused_plainly(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    (damaged / "state.db").write_bytes(b"this is no database, " * 100)
    with pytest.raises(StateError, match="cannot be used"):
        Store(damaged)
    Store(tmp_path / "newer").close()
    database = sqlite3.connect(tmp_path / "newer" / "state.db")
    database.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")
    database.close()
    with pytest.raises(StateError, match="newer vidgist"):
        Store(tmp_path / "newer")
    (tmp_path / "file").write_text("")
    with pytest.raises(StateError, match=r"file cannot be used: Not a directory$"):
        Store(tmp_path / "file")


def test_a_state_is_opened_by_one_process_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(tmp_path).close()
    monkeypatch.setattr("vidgist.store._database.BUSY_SECONDS", 0)
    with FileLock(tmp_path / "opening"), pytest.raises(StateError, match="opening"):
        Store(tmp_path)
    Store(tmp_path).close()


def test_a_failed_write_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.close()
    with pytest.raises(StateLost, match="cannot be used any more"):
        store.memory.remember("reply", "k", "text")
    with pytest.raises(StateLost, match="cannot be used any more"):
        store.keep_report("r", "{}")


def test_a_second_run_is_told_who_is_at_work(tmp_path: Path) -> None:
    first, second = Store(tmp_path), Store(tmp_path)
    with first.locked(wait=False):
        with pytest.raises(Busy, match=r"process \d+ on .+, since 20"), second.locked(wait=False):
            pass
        (tmp_path / "holder.json").write_text("half")
        with pytest.raises(Busy, match="another run is at work"), second.locked(wait=False):
            pass
    with second.locked(wait=True):
        assert json.loads((tmp_path / "holder.json").read_text())["pid"]
    assert not (tmp_path / "holder.json").exists()
    first.close()
    second.close()


def test_reports_are_kept_newest_first_and_as_files(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep_report("2026-01-01", "{}")
    path = store.keep_report("2026-01-02", '{"done": 1}')
    assert path.read_text() == '{"done": 1}\n'
    assert store.reports(5) == ['{"done": 1}', "{}"]
    assert store.reports(1) == ['{"done": 1}']
    store.close()


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)

    def fail() -> None:
        with store._database.transaction() as database:
            database.execute("INSERT INTO run (id, report) VALUES ('r', '{}')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.reports(5) == []
    store.close()
