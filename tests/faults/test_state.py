"""A state that is damaged, foreign, from another version, or in use: said in one line, never destroyed, outlived."""

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.doubles.llm import Llm
from tests.doubles.parts import Site
from tests.faults.conftest import Vidgist, records, said
from vidgist.events import Report
from vidgist.run.throttle import SiteThrottle
from vidgist.store import Store
from vidgist.store._schema import MIGRATIONS

pytestmark = pytest.mark.unmeasured

Damage = Callable[[Path], None]


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def _garbage(state: Path) -> None:
    _alone(state).write_bytes(b"this is no database, " * 500)


def _truncated(state: Path) -> None:
    file = _alone(state)
    os.truncate(file, file.stat().st_size // 2 + 100)


def _foreign(state: Path) -> None:
    """Somebody else's tables, one of them named like ours."""
    _alone(state).unlink()
    _execute(state, "CREATE TABLE memo (words TEXT)", "INSERT INTO memo VALUES ('theirs')")


def _foreign_in_our_version(state: Path) -> None:
    _foreign(state)
    _execute(state, f"PRAGMA user_version={len(MIGRATIONS)}")


def _newer(state: Path) -> None:
    _execute(state, f"PRAGMA user_version={len(MIGRATIONS) + 1}")


def _folder_in_place(state: Path) -> None:
    _alone(state).unlink()
    (state / "state.db").mkdir()


def _file_in_place(state: Path) -> None:
    _alone(state)
    (state / "logs").rename(state / "old logs")
    (state / "logs").write_text("no folder")


def _locked_out(state: Path) -> None:
    (state / "opening").unlink(missing_ok=True)
    (state / "opening").mkdir()


def _alone(state: Path) -> Path:
    """The database with all that its side files hold."""
    _execute(state, "PRAGMA journal_mode=DELETE")
    return state / "state.db"


def _execute(state: Path, *statements: str) -> None:
    database = sqlite3.connect(state / "state.db", isolation_level=None)
    for statement in statements:
        database.execute(statement)
    database.close()


DAMAGES: dict[Damage, str] = {
    _garbage: "move it away",
    _truncated: "move it away",
    _foreign: "move it away",
    _foreign_in_our_version: "move it away",
    _newer: "update vidgist",
    _folder_in_place: "another with --state",
    _file_in_place: "another with --state",
    _locked_out: "another with --state",
}


def _bytes(state: Path) -> dict[str, bytes]:
    names = ("state.db", "logs")
    return {name: (state / name).read_bytes() for name in names if (state / name).is_file()}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_state_that_cannot_be_used_is_named_and_left_as_it_is(
    vidgist: Vidgist, talks: list[Path], tmp_path: Path, state: Path, damage: Damage
) -> None:
    assert vidgist("run", *talks[:2]).code == 0
    notes = {path: path.read_bytes() for path in (tmp_path / "notes").iterdir()}
    damage(state)
    before = _bytes(state)
    for command in (["run", *talks[:2]], ["status"], ["collect"]):
        said(vidgist(*command), 2, "the state folder", DAMAGES[damage])
    assert vidgist("doctor", "--no-network").code == 1
    assert _bytes(state) == before
    assert {path: path.read_bytes() for path in (tmp_path / "notes").iterdir()} == notes
    state.rename(tmp_path / "moved away")
    assert vidgist("run", *talks[:3]).code == 0
    assert len(records(tmp_path / "notes")) == 3


@pytest.mark.parametrize("size", [0, 1])
def test_an_empty_database_is_a_new_one(
    vidgist: Vidgist, talks: list[Path], tmp_path: Path, state: Path, size: int
) -> None:
    state.mkdir()
    (state / "state.db").write_bytes(b"x" * size)
    assert vidgist("run", *talks[:2]).code == 0
    assert len(records(tmp_path / "notes")) == 2


def test_a_database_whose_pages_are_damaged_stops_the_run(
    vidgist: Vidgist, talks: list[Path], tmp_path: Path, state: Path
) -> None:
    """The head of the file is whole, so the state opens; what is wrong shows when it is read."""
    assert vidgist("run", *talks).code == 0
    file = _alone(state)
    data = file.read_bytes()
    page = 4096
    broken = b"".join(
        data[at : at + page] if at < page else bytes(255 - byte for byte in data[at : at + page])
        for at in range(0, len(data), page)
    )
    file.write_bytes(broken)
    said(vidgist("run", *talks), 3, "cannot be used any more", "move it away")
    said(vidgist("status"), 3, "cannot be used any more", "move it away")
    assert len(records(tmp_path / "notes")) == len(talks)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE memo SET body = x'00'",
        "UPDATE memo SET body = 7",
        "UPDATE memo SET body = NULL",
        "UPDATE job SET item = '{}'",
        "UPDATE job SET item = 'half'",
        "UPDATE job SET files = 'null'",
        'UPDATE job SET failure = \'{"stage": "dreaming"}\'',
        "UPDATE job SET status = NULL",
        "UPDATE job SET status = 'dreaming'",
        'UPDATE run SET report = \'{"of": "a newer version"}\'',
        "UPDATE run SET report = NULL",
        "DELETE FROM job",
        "DELETE FROM memo",
        "DELETE FROM name",
    ],
)
def test_a_row_that_cannot_be_read_is_made_anew(
    vidgist: Vidgist, llm: Llm, talks: list[Path], tmp_path: Path, state: Path, damage: str
) -> None:
    model = ("--model", "openai:small", "--base-url", llm.base_url)
    assert vidgist("run", *talks[:2], *model).code == 0
    made = records(tmp_path / "notes")
    _execute(state, damage)
    assert vidgist("status").code == 0
    ended = vidgist("run", *talks[:2], *model, "--format", "txt,json")
    assert ended.code == 0, ended
    assert "Traceback" not in ended.err
    assert set(records(tmp_path / "notes")) >= set(made)
    assert vidgist("run", *talks[:2], *model, "--format", "txt,json").err.count("nothing new") == 1


def test_damaged_memories_of_videos_are_fetched_anew_through_the_gate(
    vidgist: Vidgist, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, state: Path
) -> None:
    """Else as many visits would be made at once as there are damaged memories."""
    site = Site()
    monkeypatch.setattr("vidgist.registry.sources", lambda _: [site])
    visits: list[str] = []
    original = SiteThrottle.visit

    def visit(gate: SiteThrottle, what: str, call: Callable[[], object], *, last: bool = False) -> object:
        visits.append(what)
        return original(gate, what, call, last=last)

    monkeypatch.setattr(SiteThrottle, "visit", visit)
    videos = [str(number) for number in range(1, 6)]
    assert vidgist("run", *videos, "--pace", "0").code == 0
    assert len(visits) == len(videos)
    _execute(state, "UPDATE memo SET body = x'00' WHERE kind = 'fetched'")
    assert vidgist("run", *videos, "--pace", "0", "--fresh", "summary").code == 0
    assert len(visits) == len(site.visits) == 2 * len(videos)
    assert len(records(tmp_path / "notes")) == len(videos)


@pytest.mark.parametrize(
    "holder", ["", "half", "[1]", '{"pid": 1}', "7", '"x"', '{"pid": "\\u001b[2J", "host": 1, "since": 2}']
)
def test_a_second_run_is_turned_away_whatever_the_first_has_written(
    vidgist: Vidgist, talks: list[Path], state: Path, holder: str
) -> None:
    store = Store(state)
    with store.locked(wait=False):
        (state / "holder.json").write_text(holder)
        line = said(vidgist("run", *talks), 2, "another run is at work", "--wait")
        assert line.isprintable()
    store.close()
    assert vidgist("run", *talks).code == 0


def test_a_state_of_an_older_version_is_taken_over(vidgist: Vidgist, talks: list[Path], state: Path) -> None:
    """The runs of a database as the second version had it keep their order."""
    state.mkdir()
    database = sqlite3.connect(state / "state.db", isolation_level=None)
    for migrate in MIGRATIONS[:2]:
        migrate(database)
    database.execute("PRAGMA user_version=2")
    for run in ("2026-01-02", "2026-01-01"):
        database.execute("INSERT INTO run VALUES (?, ?)", (run, Report(run=run).model_dump_json()))
    database.close()
    assert vidgist("run", *talks[:1]).code == 0
    runs = [run["run"] for run in json.loads(vidgist("status", "--json").out)["runs"]]
    assert runs[1:] == ["2026-01-02", "2026-01-01"]
    assert vidgist("run", *talks[:1]).code == 0
