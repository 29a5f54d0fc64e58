"""A disk that takes no more: one line, exit 3, whole files only, and the same command does the rest."""

import errno
import json
import os
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import LONGEST, Disk, Program, Vidgist, records, said, transcripts
from vidgist.models import Record
from vidgist.store import Store

pytestmark = pytest.mark.unmeasured

KILOBYTE = 1024
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")

Refuse = Callable[..., None]


def _whole(made: dict[str, Record], talks: list[Path]) -> None:
    assert sorted(name.split("-")[0] for name in made) == sorted(talk.stem for talk in talks)


@pytest.mark.parametrize("free", [0, 12 * KILOBYTE])
def test_the_notes_fill_their_disk(program: Program, disk: Disk, talks: list[Path], free: int) -> None:
    notes = disk.path / "notes"
    notes.mkdir()
    disk.fill(free)
    command = ("run", *talks, "-o", notes, "--jobs", "2")
    said(program(*command), 3, "notes", "No space left", "same command again")
    made = records(notes)
    assert len(made) < len(talks)
    disk.empty()
    again = program(*command)
    assert again.code == 0, again
    whole = records(notes)
    _whole(whole, talks)
    assert {name: whole[name] for name in made} == made


def test_the_state_fills_its_disk_at_any_point(
    vidgist: Vidgist, disk: Disk, talks: list[Path], tmp_path: Path
) -> None:
    command = ("run", *talks, "--state", disk.path / "state", "--jobs", "2")
    codes = set()
    for free in range(0, 260, 40):
        disk.fill(free * KILOBYTE)
        ended = vidgist(*command, "-o", tmp_path / f"notes{free}")
        codes.add(ended.code)
        assert ended.code in (0, 2, 3), ended
        if ended.code:
            said(ended, ended.code, "state", "name another")
        records(tmp_path / f"notes{free}")
        disk.empty()
        again = vidgist(*command, "-o", tmp_path / f"notes{free}")
        assert again.code == 0, again
        _whole(records(tmp_path / f"notes{free}"), talks)
        for path in sorted((disk.path / "state").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        (disk.path / "state").rmdir()
    assert 3 in codes


def test_the_program_itself_on_a_full_state(program: Program, disk: Disk, talks: list[Path]) -> None:
    command = ("run", *talks, "--state", disk.path / "state")
    assert program(*command, "-o", "first", "--limit", "1").code == 0
    disk.fill(0)
    said(program(*command), 2, "state", "free some space")
    disk.empty()
    assert program(*command).code == 0


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """Lets the system refuse to make files last, from the given call on."""

    def switch(*, after: int, number: int = errno.ENOSPC) -> None:
        calls = 0
        original = os.fsync

        def fsync(descriptor: int) -> None:
            nonlocal calls
            calls += 1
            if calls > after:
                raise OSError(number, os.strerror(number))
            original(descriptor)

        monkeypatch.setattr("vidgist.run.destinations.os.fsync", fsync)

    return switch


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
@pytest.mark.parametrize("after", [0, 1, 4])
def test_a_file_that_cannot_be_made_to_last_stops_the_run(
    vidgist: Vidgist,
    refuse: Refuse,
    monkeypatch: pytest.MonkeyPatch,
    talks: list[Path],
    tmp_path: Path,
    number: int,
    after: int,
) -> None:
    with monkeypatch.context():
        refuse(after=after, number=number)
        said(vidgist("run", *talks, "--jobs", "1"), 3, os.strerror(number), "same command again")
        assert len(records(tmp_path / "notes")) < len(talks)
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIDGIST_STATE", str(tmp_path / "state"))
    assert vidgist("run", *talks).code == 0
    _whole(records(tmp_path / "notes"), talks)


def test_a_file_that_fails_alone_fails_its_item_alone(
    vidgist: Vidgist, refuse: Refuse, talks: list[Path], tmp_path: Path
) -> None:
    refuse(after=2 * (len(talks) - 1), number=errno.EIO)
    ended = vidgist("run", *talks, "--jobs", "1")
    assert ended.code == 1
    assert "write_failed" in ended.err
    assert len(records(tmp_path / "notes")) == len(talks) - 1


def test_a_file_that_cannot_be_removed_is_left(
    vidgist: Vidgist, monkeypatch: pytest.MonkeyPatch, talks: list[Path], tmp_path: Path
) -> None:
    """A note takes the place of a failed record; the record, and what a killed run left, should go."""
    talk = talks[0].with_suffix(".json")
    told = {
        "format": "vidgist/1",
        "title": "First",
        "transcript": {"segments": [{"text": "Tea is weak up there."}]},
    }
    talk.write_text(json.dumps(told | {"transcript": {"segments": []}}))
    assert vidgist("run", talk).code == 1
    (tmp_path / "notes" / ".left.txt.part").touch()
    talk.write_text(json.dumps(told | {"title": "Second"}))

    def unlink(path: Path, *, missing_ok: bool = False) -> None:
        del missing_ok
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    with monkeypatch.context() as sticky:
        sticky.setattr("vidgist.run.destinations.Path.unlink", unlink)
        ended = vidgist("run", talk)
    assert ended.code == 0, ended
    made = {path.name for path in (tmp_path / "notes").glob("*.txt")}
    assert made == {"talk0.txt", "talk0-Second.txt"}


@pytest.mark.parametrize("spare", [-4, 0, 3])
def test_a_database_that_can_grow_no_more_stops_the_run(
    vidgist: Vidgist, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, spare: int
) -> None:
    """SQLite's own bound on a file gives its own error for a full disk."""
    original, talks = sqlite3.connect, transcripts(tmp_path, 30)
    store = Store(tmp_path / "new")
    pages = int(str(store._database.one("PRAGMA page_count")[0])) + spare  # type: ignore[index]
    store.close()

    def connect(*arguments: Any, **named: Any) -> sqlite3.Connection:
        database: sqlite3.Connection = original(*arguments, **named)
        database.execute(f"PRAGMA max_page_count={pages}")
        return database

    monkeypatch.setattr(sqlite3, "connect", connect)
    ended = vidgist("run", *talks)
    said(ended, 2 if spare < 0 else 3, "state", "full", "free some space")
    records(tmp_path / "notes")
    monkeypatch.setattr(sqlite3, "connect", original)
    assert vidgist("run", *talks).code == 0
    _whole(records(tmp_path / "notes"), talks)


@needs_full
@pytest.mark.parametrize(
    "command",
    [
        "run -o -",
        "show",
        "status",
        "validate",
        "export --format json -o -",
        "config",
        "doctor --no-network",
        "--help",
    ],
)
def test_results_that_nobody_can_take(
    vidgist: Vidgist, program: Program, talks: list[Path], tmp_path: Path, command: str
) -> None:
    assert vidgist("run", talks[0]).code == 0
    (note,) = (tmp_path / "notes").iterdir()
    wanted = {"run": [talks[0]], "show": [note], "validate": [note], "export": [note]}
    words = command.split()
    with FULL.open("wb") as full:
        ended = program(*words, *wanted.get(words[0], []), stdout=full.fileno())
    said(ended, 3, "standard output", "No space left")


@needs_full
def test_progress_that_nobody_can_read_stops_nothing(
    talks: list[Path], program: Program, tmp_path: Path
) -> None:
    """Standard error is full, or closed altogether, and standard output too."""
    for number, redirected in enumerate(("2>/dev/full", "2>&-", ">&- 2>&-", "<&- >&- 2>&-")):
        words = [sys.executable, "-m", "vidgist", "run", *map(str, talks), "-o", f"notes{number}"]
        done = subprocess.run(
            f"{shlex.join(words)} {redirected}",
            shell=True,  # a shell closes what Python would open again
            cwd=tmp_path,
            env=os.environ | {"VIDGIST_STATE": str(tmp_path / "state")},
            timeout=LONGEST,
            check=False,
        )
        assert done.returncode == 0, redirected
        _whole(records(tmp_path / f"notes{number}"), talks)


@needs_full
def test_what_is_left_for_a_full_standard_error_changes_no_exit_code() -> None:
    program = """
import sys
from vidgist.cli import main
sys.stderr = open("/dev/full", "w")
sys.stderr.write("left")
sys.argv[1:] = ["--version"]
main()
"""
    done = subprocess.run([sys.executable, "-c", program], timeout=LONGEST, check=False)
    assert done.returncode == 0


def test_other_files_on_a_full_disk(vidgist: Vidgist, disk: Disk, talks: list[Path]) -> None:
    assert vidgist("run", talks[0]).code == 0
    (disk.path / "out").mkdir()
    disk.fill(0)
    said(vidgist("export", "notes", "--format", "html,json", "-o", disk.path / "out"), 3, "No space left")
    said(
        vidgist("site", "notes", "-o", disk.path / "site"),
        3,
        "site cannot be written: No space left",
        "free some space",
    )
    assert not list((disk.path / "out").iterdir())
    disk.empty()
    assert vidgist("export", "notes", "--format", "html,json", "-o", disk.path / "out").code == 0
    assert vidgist("site", "notes", "-o", disk.path / "site").code == 0
    assert (disk.path / "site" / "index.html").stat().st_size
