"""Readers that hang up, as ``head`` does: what they would not read is no failure, and loses no work."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import Program, records, said, transcripts

pytestmark = pytest.mark.unmeasured


@pytest.fixture
def hung_up() -> Iterator[int]:
    """The writing end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


@pytest.fixture
def note(tmp_path: Path, program: Program) -> Path:
    (talk,) = transcripts(tmp_path, 1)
    assert program("run", talk).code == 0
    (note,) = (tmp_path / "notes").iterdir()
    return note


@pytest.mark.parametrize(
    "command",
    [
        *(
            "--help",
            "--version",
            "run --help",
            "status",
            "status --json",
            "config",
            "doctor --no-network",
            "prompts list",
        ),
        *("show NOTE", "validate NOTE", "schedule print --kind cron -- @channel", "run NOTE --dry-run"),
        *("run --fresh NOTE", "export NOTE NOTE --format json,html -o -"),
    ],
)
def test_results_that_nobody_reads_on(program: Program, note: Path, hung_up: int, command: str) -> None:
    words = (str(note) if word == "NOTE" else word for word in command.split())
    ended = program(*words, stdout=hung_up)
    assert ended.code == 0, ended
    assert command.startswith("run") or not ended.err


@pytest.mark.parametrize("command", ["validate wrong.txt", "doctor --no-network"])
def test_what_is_wrong_is_wrong_unread(program: Program, tmp_path: Path, hung_up: int, command: str) -> None:
    """What is short enough to wait in a buffer is refused when all is known."""
    (tmp_path / "wrong.txt").write_text("no record")
    env = {"VIDGIST_COOKIES": "absent.txt", "PYTHONUNBUFFERED": ""}
    ended = program(*command.split(), stdout=hung_up, env=env)
    assert (ended.code, ended.err) == (1, "")


@pytest.mark.parametrize(
    ("arguments", "code"), [("run --nonsense", 2), ("nonsense", 2), ("run", 2), ("run absent.vtt", 1)]
)
def test_a_mistake_that_nobody_is_told_of(program: Program, hung_up: int, arguments: str, code: int) -> None:
    assert program(*arguments.split(), stderr=hung_up).code == code


def test_progress_that_nobody_reads_on(program: Program, tmp_path: Path, hung_up: int) -> None:
    talks = transcripts(tmp_path, 6)
    assert program("run", *talks, stderr=hung_up).code == 0
    assert len(records(tmp_path / "notes")) == len(talks)


def test_records_that_nobody_reads_on_are_remembered(program: Program, tmp_path: Path, hung_up: int) -> None:
    talks = transcripts(tmp_path, 6)
    said(program("run", *talks, "-o", "-", stdout=hung_up), 3, "standard output is closed", "read all of it")
    assert program("run", *talks, "-o", "-", stdout=hung_up, stderr=hung_up).code == 3
    assert program("run", *talks).code == 0
    assert len(records(tmp_path / "notes")) == len(talks)
