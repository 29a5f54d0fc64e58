"""Several schedules side by side: none replaces another unasked, each is listed, tried and removed by its name."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.e2e.conftest import EXAMPLES, Vidgist, vidgist
from tests.unit.commands.test_schedule_installing import Machine
from vidgist.commands import schedule
from vidgist.commands.schedule import Place, installed, installing
from vidgist.errors import ConfigError, InputError

__all__ = ["vidgist"]

posix = pytest.mark.skipif(os.name == "nt", reason="the scheduler there is another")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(
        tmp_path, tmp_path / "home", tmp_path / "config", tmp_path / "vidgist" / "environment", "python", 501
    )


@pytest.mark.parametrize("kind", ["systemd", "cron", "launchd", "windows"])
def test_two_schedules_stand_side_by_side(place: Place, kind: str) -> None:
    machine = Machine("0 1 * * * mine\n")
    lectures = place._replace(name="lectures")
    first = schedule.plan(kind, "02:30", ["x"], place)
    second = schedule.plan(kind, "mon 04:00", ["y"], lectures)
    assert not {file.path for file in first.files} & {file.path for file in second.files}
    assert not set(first.start[1:]) & set(second.start[1:]) if kind == "systemd" else True
    for planned, where in ((first, place), (second, lectures)):
        schedule.install(planned, where, machine)
    if kind == "cron":
        assert machine.crontab == f"0 1 * * * mine\n{first.block}{second.block}"
    assert all(file.path.exists() for planned in (first, second) for file in planned.files)
    schedule.remove(kind, place, machine)
    assert not any(file.path.exists() for file in first.files)
    assert all(file.path.exists() for file in second.files)
    if kind == "cron":
        assert machine.crontab == f"0 1 * * * mine\n{second.block}"


@pytest.mark.parametrize("name", ["", "A", "a b", "../x", "-a", "ä", "x" * 40])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match="is no name"):
        Place.here({}, name)


def test_a_name_that_is_taken_is_not_replaced_unasked(place: Place) -> None:
    installed.check_free(place, "cron", "02:30", ["x"])
    installed.keep(place, "cron", "02:30", ["x"])
    installed.check_free(place, "cron", "02:30", ["x"])
    with pytest.raises(ConfigError, match="nightly already: 02:30, run x") as raised:
        installed.check_free(place, "cron", "02:30", ["y"])
    assert "--name" in raised.value.hint
    if os.name != "nt":
        assert (place.variables.parent / "schedules" / "nightly.json").stat().st_mode & 0o077 == 0


def test_the_only_one_needs_no_name(place: Place) -> None:
    assert installed.only(place) is None
    installed.keep(place, "cron", "02:30", ["x"])
    assert installed.only(place) == installed.find(place)
    installed.keep(place._replace(name="lectures"), "cron", "02:30", ["x"])
    with pytest.raises(ConfigError, match="several") as raised:
        installed.only(place)
    assert raised.value.hint == "name one: lectures, nightly"
    installed.forget(place)
    installed.forget(place)
    assert [one.name for one in installed.everything(place)] == ["lectures"]


def test_what_is_damaged_is_passed_over(place: Place) -> None:
    installed.keep(place, "cron", "02:30", ["x"])
    (place.variables.parent / "schedules" / "nightly.json").write_text("{")
    assert installed.everything(place) == ()


def test_trying_it_runs_the_scheduled_command(place: Place) -> None:
    installed.keep(place, "cron", "02:30", ["x y", "--limit", "1"])
    place.variables.write_text("# no\nOPENAI_API_KEY='sk-loop'\nOTHER = 1\nnonsense\n")
    known = installed.find(place)
    assert known
    seen: list[tuple[list[str], Path, dict[str, str]]] = []

    def start(words: Sequence[str], folder: Path, environ: Mapping[str, str]) -> int:
        seen.append((list(words), folder, dict(environ)))
        return 3

    assert installed.try_now(known, place, {"HOME": "/h"}, start) == 3
    ((words, folder, environ),) = seen
    assert words[-8:] == ["vidgist", "run", "--wait", "--block-wait", "3600", "x y", "--limit", "1"]
    assert folder == place.folder
    assert environ == {"HOME": "/h", "OPENAI_API_KEY": "sk-loop", "OTHER": "1"}


def test_a_folder_that_is_gone_is_named(place: Place, tmp_path: Path) -> None:
    installed.keep(place._replace(folder=tmp_path / "gone"), "cron", "02:30", ["x"])
    known = installed.find(place)
    assert known
    with pytest.raises(InputError, match="gone"):
        installed.try_now(known, place, {}, installed.start)


@posix
def test_the_commands(vidgist: Vidgist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine("")
    monkeypatch.setattr(installing, "run", machine)
    monkeypatch.setattr(
        schedule, "install", lambda planned, place: installing.install(planned, place, machine)
    )
    monkeypatch.setattr(schedule, "remove", _removing(machine))
    talk = EXAMPLES / "gettysburg-address.srt"
    install = ("schedule", "install", "--kind", "cron", "--yes")
    assert "no schedule is installed" in vidgist("schedule", "list").err
    assert vidgist(*install, "--", talk, "--model", "offline:").code == 0
    again = vidgist(*install, "--", talk, "--model", "offline:", "--limit", "2")
    assert again.code == 2
    assert "nightly already" in again.err
    assert vidgist(*install, "--name", "lectures", "--at", "mon 04:00", "--", talk, "--limit", "1").code == 0
    listed = vidgist("schedule", "list").out
    assert [line.split()[0] for line in listed.splitlines() if not line.startswith(" ")] == [
        "lectures",
        "nightly",
    ]
    assert machine.crontab
    assert machine.crontab.count("# BEGIN vidgist") == 2
    assert vidgist("schedule", "remove").code == 2
    ran = vidgist("schedule", "run", "nightly")
    assert ran.code == 0, ran.err
    assert len(list((tmp_path / "notes").iterdir())) == 1
    assert vidgist("schedule", "run", "other").code == 2
    assert vidgist("schedule", "remove", "nightly").code == 0
    assert "vidgist-lectures" in machine.crontab
    assert "BEGIN vidgist (" not in machine.crontab
    assert vidgist("schedule", "remove").code == 0
    assert machine.crontab == ""
    assert "there was no schedule" in vidgist("schedule", "remove", "--kind", "cron").err


def _removing(machine: Machine) -> object:
    def remove(kind: str, place: Place) -> tuple[str, ...]:
        return installing.uninstall(schedule.plan(kind, "00:00", ("nothing",), place), machine)

    return remove


def test_flags_of_a_run_need_no_mark_before_them(tmp_path: Path, vidgist: Vidgist) -> None:
    words = ("schedule", "print", "--kind", "cron", "--name", "lectures", "talk.vtt", "--model", "offline:")
    plain = vidgist(*words, "-o", "there", "--format", "md,html", "--at", "03:00")
    marked = vidgist(*words[:6], "--at", "03:00", "--", *words[6:], "-o", "there", "--format", "md,html")
    assert plain.code == 0, plain.err
    assert plain.out == marked.out
    assert "0 3 * * *" in plain.out
    refused = vidgist(*words, "--formta", "md")
    assert refused.code == 2
    assert "--formta" in refused.err


def test_what_was_never_installed_is_said_to_be_none(vidgist: Vidgist) -> None:
    told = vidgist("schedule", "remove", "nowhere")
    assert "there was no schedule nowhere" in told.err
