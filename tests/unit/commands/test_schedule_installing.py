"""Installing does what was shown, doing it twice changes nothing more, and removing leaves nothing behind."""

import errno
import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from vidgist.commands import schedule
from vidgist.commands.schedule import Place, cron, installing
from vidgist.commands.schedule.installing import Outcome
from vidgist.errors import SetupError


class Machine:
    """Remembers commands; has a crontab; fails where told to."""

    def __init__(self, crontab: str | None = None, fails: str = "") -> None:
        self.crontab = crontab
        self.fails = fails
        self.ran: list[str] = []

    def __call__(self, words: Sequence[str], text: str) -> Outcome:
        line = " ".join(words)
        self.ran.append(line)
        if self.fails and self.fails in line:
            return Outcome(1, "", "first line\nno such luck\n")
        if line == "crontab -l":
            return (
                Outcome(1, "", "no crontab for me\n")
                if self.crontab is None
                else Outcome(0, self.crontab, "")
            )
        if line == "crontab -":
            self.crontab = text
        return Outcome(0, "", "")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(
        folder=tmp_path,
        home=tmp_path / "home",
        configuration=tmp_path / "config",
        variables=tmp_path / "vidgist" / "environment",
        executable=sys.executable,
        user=501,
    )


def test_systemd_is_installed_and_removed(place: Place) -> None:
    machine = Machine()
    planned = schedule.plan("systemd", "02:30", ["x"], place)
    done = schedule.install(planned, place, machine)
    assert machine.ran == ["systemctl --user daemon-reload", "systemctl --user enable --now vidgist.timer"]
    for file in planned.files:
        assert file.path.read_text() == file.text
        assert f"wrote {file.path}" in done
        if os.name != "nt":
            assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert len(list(planned.files[0].path.parent.iterdir())) == 2
    machine.ran.clear()
    removed = schedule.remove("systemd", place, machine)
    assert machine.ran == ["systemctl --user disable --now vidgist.timer", "systemctl --user daemon-reload"]
    assert removed == tuple(f"deleted {file.path}" for file in planned.files)
    assert not list(planned.files[0].path.parent.iterdir())
    assert schedule.remove("systemd", place, machine) == ()


def test_a_file_for_the_key_is_made_once_and_never_overwritten(place: Place) -> None:
    planned = schedule.plan("cron", "02:30", ["x"], place)
    assert f"wrote {place.variables}" in schedule.install(planned, place, Machine())
    assert "OPENAI_API_KEY" in place.variables.read_text()
    assert all(line.startswith("#") for line in place.variables.read_text().splitlines())
    if os.name != "nt":
        assert stat.S_IMODE(place.variables.stat().st_mode) == 0o600
    place.variables.write_text("OPENAI_API_KEY=mine\n")
    schedule.install(planned, place, Machine())
    schedule.remove("cron", place, Machine(""))
    assert place.variables.read_text() == "OPENAI_API_KEY=mine\n"


@pytest.mark.parametrize("before", [None, "", "0 1 * * * mine\n", "# no newline at the end"])
def test_a_crontab_keeps_what_else_it_holds(before: str | None, place: Place) -> None:
    machine = Machine(before)
    first = schedule.plan("cron", "02:30", ["x"], place)
    assert schedule.install(first, place, machine)[-1] == "changed your crontab"
    kept = f"{before}\n" if before and not before.endswith("\n") else before or ""
    assert machine.crontab == kept + first.block
    assert schedule.install(first, place, machine) == ("the crontab holds it already",)
    second = schedule.plan("cron", "03:30", ["y"], place)
    schedule.install(second, place, machine)
    assert machine.crontab == kept + second.block
    assert schedule.remove("cron", place, machine) == ("changed your crontab",)
    assert machine.crontab == kept
    assert schedule.remove("cron", place, machine) == ()


def test_a_block_in_the_middle_is_taken_out() -> None:
    block = f"# BEGIN vidgist (old words)\nold\n{cron.END}\n"
    other = f"# BEGIN vidgist-other (x)\nother\n{cron.END}\n"
    new = f"# BEGIN vidgist (x)\nnew\n{cron.END}\n"
    assert cron.merged(f"a\n{block}b\n{other}", new, keep=False) == f"a\nb\n{other}"
    assert cron.merged(f"a\n{block}b\n{block.rstrip()}", new, keep=True) == f"a\nb\n{new}"


def test_a_crontab_that_cannot_be_read_is_left_alone(place: Place) -> None:
    machine = Machine("0 1 * * * mine\n", fails="crontab -l")
    with pytest.raises(SetupError, match=r"crontab -l: no such luck") as raised:
        schedule.install(schedule.plan("cron", "02:30", ["x"], place), place, machine)
    assert "left as it was" in raised.value.hint
    assert machine.ran == ["crontab -l"]


def test_launchd_unloads_what_is_there_before_it_loads(place: Place) -> None:
    machine = Machine(fails="bootout")
    planned = schedule.plan("launchd", "02:30", ["x"], place)
    schedule.install(planned, place, machine)
    path = planned.files[0].path
    assert machine.ran == [
        "launchctl bootout gui/501/org.vidgist.nightly",
        f"launchctl bootstrap gui/501 {path}",
    ]
    assert schedule.remove("launchd", place, machine) == (f"deleted {path}",)
    assert not path.exists()


def test_windows_gets_its_file_and_the_command_is_told(place: Place) -> None:
    machine = Machine()
    planned = schedule.plan("windows", "02:30", ["x"], place)
    done = schedule.install(planned, place, machine)
    path = planned.files[0].path
    assert path.read_bytes() == planned.files[0].text.encode("utf-16")
    assert done == (f"wrote {path}", f"now run: schtasks /Create /TN vidgist /XML {path} /F")
    assert schedule.remove("windows", place, machine) == (
        "now run: schtasks /Delete /TN vidgist /F",
        f"deleted {path}",
    )
    assert not machine.ran


def test_a_workflow_is_not_ours_to_install(place: Place) -> None:
    planned = schedule.plan("github", "02:30", ["x"], place)
    with pytest.raises(SetupError, match="committing") as raised:
        schedule.install(planned, place, Machine())
    assert "schedule print --kind github" in raised.value.hint
    assert schedule.remove("github", place, Machine()) == (
        "now run: git rm .github/workflows/nightly-notes.yml",
    )


def test_a_command_that_fails_is_one_line(place: Place) -> None:
    planned = schedule.plan("systemd", "02:30", ["x"], place)
    with pytest.raises(SetupError, match=r"systemctl --user enable --now vidgist\.timer: no such luck"):
        schedule.install(planned, place, Machine(fails="enable"))

    def silent(*_: object) -> Outcome:
        return Outcome(7, "", "")

    with pytest.raises(SetupError, match="daemon-reload: exit code 7"):
        schedule.install(planned, place, silent)


def test_a_command_that_is_not_there_is_one_line(place: Place) -> None:
    def absent(*_: object) -> Outcome:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory")

    with pytest.raises(SetupError, match="systemctl cannot be run: No such file") as raised:
        schedule.install(schedule.plan("systemd", "02:30", ["x"], place), place, absent)
    assert "--kind" in raised.value.hint


def test_a_folder_that_cannot_be_written_is_one_line(place: Place) -> None:
    place.configuration.write_text("a file where a folder should be")
    with pytest.raises(SetupError, match=r"vidgist\.service cannot be written"):
        schedule.install(schedule.plan("systemd", "02:30", ["x"], place), place, Machine())


def test_a_file_that_cannot_be_deleted_is_one_line(place: Place) -> None:
    planned = schedule.plan("systemd", "02:30", ["x"], place)
    planned.files[0].path.mkdir(parents=True)
    with pytest.raises(SetupError, match=r"vidgist\.service cannot be deleted"):
        schedule.remove("systemd", place, Machine())


def test_commands_really_run() -> None:
    program = "import sys; print(sys.stdin.read().upper()); print('é', file=sys.stderr); sys.exit(3)"
    outcome = installing.run((sys.executable, "-X", "utf8", "-c", program), "text")
    assert outcome == (3, "TEXT\n", "é\n")
