"""The program of a schedule: there at night, however vidgist was installed."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vidgist.cli import app
from vidgist.commands.schedule import installing, launchd, programs, values, windows
from vidgist.commands.schedule.installing import Outcome, install
from vidgist.commands.schedule.values import Place, When
from vidgist.errors import ConfigError, SetupError


def place(tmp_path: Path, **changes: object) -> Place:
    made = Place(tmp_path, tmp_path, tmp_path, tmp_path / "environment", "/opt/venv/bin/python", 501)
    return made._replace(**changes)  # type: ignore[arg-type]


def test_an_environments_interpreter_runs_the_module(tmp_path: Path) -> None:
    assert values.program(place(tmp_path)) == ("/opt/venv/bin/python", "-P", "-m", "vidgist")


def test_a_pex_is_run_as_the_file_it_is(tmp_path: Path) -> None:
    pex = tmp_path / "vidgist.pex"
    pex.touch()
    assert programs.archive({"PEX": str(pex)}) == str(pex)
    assert programs.archive({"PEX": str(tmp_path / "gone")}) == ""
    assert values.program(place(tmp_path, archive=str(pex))) == ("/opt/venv/bin/python", "-P", str(pex))


def test_a_package_in_a_zip_file_is_run_from_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = tmp_path / "v.pyz"
    packed.touch()
    monkeypatch.setattr("vidgist.__file__", str(packed / "vidgist" / "__init__.py"))
    assert programs.archive({}) == str(packed)


@pytest.mark.parametrize(
    "interpreter",
    [
        "/home/x/.cache/uv/archive-v0/Zk3/bin/python",
        "/home/x/.cache/uv/environments-v2/vidgist-1/bin/python",
        "/home/x/.local/pipx/.cache/1f2/bin/python",
        "/home/x/.cache/pipx/1f2/bin/python",
    ],
)
def test_an_environment_in_a_cache_is_no_program_for_the_night(interpreter: str) -> None:
    with pytest.raises(ConfigError, match="runs from a cache") as raised:
        programs.check((interpreter, "-P", "-m", "vidgist"), {})
    assert "uv tool install ." in raised.value.hint


@pytest.mark.parametrize(
    "interpreter",
    ["/home/x/.local/share/uv/tools/vidgist/bin/python", "/home/x/.local/pipx/venvs/vidgist/bin/python"],
)
def test_an_installed_tool_is(interpreter: str) -> None:
    asked: list[tuple[list[str], Mapping[str, str]]] = []

    def answers(words: Sequence[str], environ: Mapping[str, str]) -> bool:
        asked.append((list(words), environ))
        return True

    programs.check((interpreter, "-P", "-m", "vidgist"), {"PYTHONPATH": "src", "HOME": "/h"}, answers)
    assert asked == [([interpreter, "-P", "-m", "vidgist", "--version"], {"HOME": "/h"})]


def test_what_does_not_answer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="does not find vidgist by itself"):
        programs.check(("python", "-m", "vidgist"), {}, lambda *_: False)
    with pytest.raises(ConfigError, match="cannot be run: No such file"):
        programs.check((str(tmp_path / "none"),), {})
    with pytest.raises(ConfigError, match="does not find vidgist by itself"):
        programs.check((sys.executable, "-c", "raise SystemExit(1)"), {})


def test_launchd_takes_an_agent_again_once_it_has_let_the_old_one_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "RELOAD_WAITS", (0.0, 0.0, 0.0))
    answers = [3, 5, 5, 0]
    asked: list[str] = []

    def run(words: Sequence[str], _: str) -> Outcome:
        asked.append(words[1])
        return Outcome(answers.pop(0), "", "Bootstrap failed: 5: Input/output error")

    (tmp_path / "talks.txt").touch()
    planned = launchd.plan(When(2, 30), ("--from-file", "talks.txt"), place(tmp_path))
    install(planned, place(tmp_path), run)
    assert asked == ["bootout", "bootstrap", "bootstrap", "bootstrap"]
    answers[:] = [0, 5, 5, 5, 5]
    with pytest.raises(SetupError, match="Bootstrap failed"):
        install(planned, place(tmp_path), run)


def test_a_task_of_windows_says_when_it_runs(tmp_path: Path) -> None:
    notes = windows.plan(When(2, 30, (0, 3)), ("x",), place(tmp_path)).notes
    assert notes[0].startswith(
        "It runs at 02:30 Monday, Thursday, up to half an hour later, while you are logged on"
    )
    assert windows.plan(When(2, 5), ("x",), place(tmp_path)).notes[0].startswith("It runs at 02:05 every day")


@pytest.mark.parametrize(("kind", "is_said"), [("cron", True), ("github", False)])
def test_a_printed_schedule_says_that_its_program_lies_in_a_cache(
    monkeypatch: pytest.MonkeyPatch, kind: str, is_said: bool
) -> None:
    monkeypatch.setattr("sys.executable", "/home/x/.cache/uv/archive-v0/Zk3/bin/python")
    words = ["schedule", "print", "--kind", kind, "talk.vtt", "--model", "offline:"]
    printed = CliRunner().invoke(app, words)
    assert printed.exit_code == 0, printed.output
    assert ("runs from a cache" in printed.stderr) == is_said
