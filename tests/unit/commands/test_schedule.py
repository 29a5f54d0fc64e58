"""Each scheduler is handed exactly the command that was asked for, whatever stands in it."""

import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vidgist.commands import schedule
from vidgist.commands.schedule import Place, values
from vidgist.commands.schedule.installing import Outcome
from vidgist.errors import ConfigError, InputError

posix = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")

HOSTILE = (
    "a b",
    'say "hi"',
    "it's",
    "100% %h %%",
    "$HOME ${X} $(id)",
    "back\\slash\\",
    "; rm -rf / #",
    "雨 é",
    "",
)

TELLS_ALL = """#!/bin/sh
printf '%s\\n' "$PWD" "$OPENAI_API_KEY" "$@"
"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A machine whose every path is awkward, and whose Python only prints what it was given."""
    folder = tmp_path / "o'brien & co 100%" / "$notes"
    folder.mkdir(parents=True)
    (folder / "talks.txt").touch()
    program = tmp_path / 'py "th"on'
    if os.name != "nt":
        program.write_text(TELLS_ALL)
        program.chmod(0o755)
    variables = tmp_path / "Application Support" / "environment"
    variables.parent.mkdir()
    variables.write_text("# a comment\nOPENAI_API_KEY=sk-loop\n")
    return Place(folder, tmp_path / "home", tmp_path / "config", variables, str(program), 501)


def expected(place: Place, *arguments: str) -> list[str]:
    return ["-P", "-m", "vidgist", "run", "--wait", "--block-wait", "3600", *arguments]


# --- times


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("02:30", (2, 30, ())),
        ("2:05", (2, 5, ())),
        (" 23:59 ", (23, 59, ())),
        ("thu,Mon 02:30", (2, 30, (0, 3))),
        ("Sunday  00:00", (0, 0, (6,))),
        ("mon,tue,wed,thu,fri,sat,sun 1:00", (1, 0, ())),
    ],
)
def test_a_time_is_read(text: str, meant: tuple[int, int, tuple[int, ...]]) -> None:
    assert values.when(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2",
        "24:00",
        "02:60",
        "2.30",
        "2:3",
        "02:30:00",
        "noon",
        "mond 2:30",
        "mon, tue 2:30",
        "mon",
        "٠٢:٣٠",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="--at") as raised:
        values.when(text)
    assert "24-hour" in raised.value.hint


# --- arguments


def test_what_a_night_needs_is_added_only_where_nothing_was_said() -> None:
    assert values.run_arguments(["x"]) == ("run", "--wait", "--block-wait", "3600", "x")
    assert values.run_arguments(["x", "--block-wait=60"]) == ("run", "--wait", "x", "--block-wait=60")
    assert values.run_arguments(["--no-wait", "--block-wait", "9", "x"])[:2] == ("run", "--no-wait")


def test_list_files_become_absolute_and_must_be_there(place: Place) -> None:
    words = values.command(["--from-file", "talks.txt", "--from-file=talks.txt", "--from-file"], place)
    path = str(place.folder / "talks.txt")
    assert words[-4:] == ("--from-file", path, f"--from-file={path}", "--from-file")
    with pytest.raises(InputError, match=r"gone\.txt: there is no such list file"):
        values.command(["--from-file", "gone.txt"], place)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "nothing to run"),
        (["--from-file", "-"], "no standard input"),
        (["--from-file=-"], "no standard input"),
        (["two\nlines"], "control characters"),
        (["bell\a"], "control characters"),
        (["line\u2028separator"], "control characters"),
        (["not utf-8 \udcff"], "control characters"),
    ],
)
@pytest.mark.parametrize("kind", schedule.KINDS)
def test_arguments_that_no_schedule_can_hold_are_refused(
    kind: str, arguments: list[str], why: str, place: Place
) -> None:
    with pytest.raises(InputError, match=why):
        schedule.plan(kind, "02:30", arguments, place)


@pytest.mark.parametrize("kind", ["systemd", "cron", "launchd", "windows"])
@pytest.mark.parametrize("name", ["two\nlines", "end ", "end\\"])
def test_a_folder_that_no_line_can_hold_is_refused(kind: str, name: str, place: Place) -> None:
    with pytest.raises(InputError, match="cannot stand in a schedule"):
        schedule.plan(kind, "02:30", ["x"], place._replace(folder=place.folder / name))


def test_an_unknown_kind_is_refused(place: Place) -> None:
    with pytest.raises(ConfigError, match="--kind at: unknown") as raised:
        schedule.plan("at", "02:30", ["x"], place)
    assert "systemd, cron, launchd, windows, github" in raised.value.hint


# --- systemd


def unit(text: str) -> dict[str, str]:
    lines = (line for line in text.splitlines() if line and line[0] not in "#[")
    return dict(line.split("=", 1) for line in lines)


def test_systemd_gets_a_service_and_a_timer(place: Place) -> None:
    service, timer = schedule.plan("systemd", "mon,thu 02:30", ["x"], place).files
    assert service.path == place.configuration / "systemd" / "user" / "vidgist.service"
    values = unit(service.text)
    assert values["Type"] == "oneshot"
    assert values["SuccessExitStatus"] == "1"
    assert values["TimeoutStartSec"] == "6h"
    assert values["Nice"] == "10"
    assert values["WorkingDirectory"] == str(place.folder).replace("%", "%%")
    assert values["EnvironmentFile"] == f"-{place.variables}"
    assert timer.path == service.path.with_suffix(".timer")
    values = unit(timer.text)
    assert values["OnCalendar"] == "Mon,Thu *-*-* 02:30:00"
    assert values["Persistent"] == "true"
    assert values["RandomizedDelaySec"] == "30m"
    daily = schedule.plan("systemd", "2:05", ["x"], place).files[1]
    assert unit(daily.text)["OnCalendar"] == "*-*-* 02:05:00"


def systemd_words(place: Place, arguments: tuple[str, ...]) -> list[str]:
    """Reads ExecStart as systemd does: specifiers, then double quotes with backslashes inside."""
    line = unit(schedule.plan("systemd", "02:30", arguments, place).files[0].text)["ExecStart"]
    first, *rest = shlex.split(line.replace("%%", "\0").replace("%", "SPECIFIER").replace("\0", "%"))
    assert first[0] == ":"
    return [first[1:], *rest]


def test_systemd_gets_the_words_as_given(place: Place) -> None:
    plain = place._replace(executable="/opt/a b%/python")
    assert systemd_words(plain, HOSTILE) == ["/opt/a b%/python", *expected(place, *HOSTILE)]


def test_systemd_gets_a_shell_where_it_would_refuse_the_program(place: Place) -> None:
    words = systemd_words(place, ("x",))
    assert words == ["/bin/sh", "-c", 'exec "$0" "$@"', place.executable, *expected(place, "x")]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_finds_nothing_wrong(place: Place, tmp_path: Path) -> None:
    schedule.install(
        schedule.plan("systemd", "fri 02:30", HOSTILE, place), place, lambda *_: Outcome(0, "", "")
    )
    units = sorted((place.configuration / "systemd" / "user").iterdir())
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", *units],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


# --- cron


def test_cron_gets_the_time_and_the_weekdays(place: Place) -> None:
    line = schedule.plan("cron", "sun,mon 02:05", ["x"], place).block.splitlines()[1]
    assert line.startswith("5 2 * * 1,0 cd ")
    assert schedule.plan("cron", "2:05", ["x"], place).block.splitlines()[1].startswith("5 2 * * * cd ")


def run_cron(place: Place, *arguments: str) -> list[str]:
    """Does what cron does with a line: five fields, unescaped % signs end the command, the rest goes to sh."""
    line = schedule.plan("cron", "2:05", arguments, place).block.splitlines()[1]
    shell_line = line.split(" ", 5)[5].replace("\\%", "\0")
    assert "%" not in shell_line
    done = subprocess.run(
        ["/bin/sh", "-c", shell_line.replace("\0", "%")], capture_output=True, text=True, check=True
    )
    return done.stdout.split("\n")[:-1]


@posix
def test_cron_runs_the_words_as_given_with_the_key(place: Place) -> None:
    assert run_cron(place, *HOSTILE) == [str(place.folder), "sk-loop", *expected(place, *HOSTILE)]


@posix
def test_cron_runs_without_a_file_of_variables(place: Place) -> None:
    place.variables.unlink()
    assert run_cron(place, "x") == [str(place.folder), "", *expected(place, "x")]


@posix
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=20))
def test_cron_runs_any_text(place: Place, text: str) -> None:
    assert run_cron(place, f"x{text}")[-1] == f"x{text}"


# --- launchd


@posix
def test_launchd_runs_the_words_as_given_with_the_key(place: Place) -> None:
    planned = schedule.plan("launchd", "mon,sun 02:30", HOSTILE, place)
    agent = plistlib.loads(planned.files[0].text.encode())
    assert planned.files[0].path == place.home / "Library" / "LaunchAgents" / "org.vidgist.nightly.plist"
    assert agent["StartCalendarInterval"] == [
        {"Hour": 2, "Minute": 30, "Weekday": 1},
        {"Hour": 2, "Minute": 30, "Weekday": 0},
    ]
    done = subprocess.run(
        agent["ProgramArguments"], cwd=agent["WorkingDirectory"], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:-1] == [str(place.folder), "sk-loop", *expected(place, *HOSTILE)]
    assert planned.start == (("launchctl", "bootstrap", "gui/501", str(planned.files[0].path)),)


def test_launchd_gets_one_time_for_every_day(place: Place) -> None:
    agent = plistlib.loads(schedule.plan("launchd", "02:30", ["x"], place).files[0].text.encode())
    assert agent["StartCalendarInterval"] == {"Hour": 2, "Minute": 30}
    assert agent["Nice"] == 10


# --- Windows


def test_windows_gets_a_task(place: Place) -> None:
    planned = schedule.plan("windows", "mon,thu 02:30", ["-o", "my notes", "a&b", '"q"'], place)
    (file,) = planned.files
    assert file.text.encode(file.encoding)[:2] in (b"\xff\xfe", b"\xfe\xff")
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    task = ET.fromstring(file.text.encode(file.encoding))

    def text(path: str) -> str | None:
        return task.findtext(path, namespaces=space)

    assert text(".//t:Command") == place.executable
    wanted = '-P -m vidgist run --wait --block-wait 3600 -o "my notes" a&b \\"q\\"'
    assert text(".//t:Arguments") == wanted
    assert text(".//t:WorkingDirectory") == str(place.folder)
    assert text(".//t:StartBoundary") == "2026-01-01T02:30:00"
    assert text(".//t:StartWhenAvailable") == "true"
    assert [day.tag.partition("}")[2] for day in task.iterfind(".//t:DaysOfWeek/*", space)] == [
        "Monday",
        "Thursday",
    ]
    daily = schedule.plan("windows", "02:30", ["x"], place).files[0].text
    assert "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>" in daily


# --- GitHub


def test_the_example_workflow_is_what_the_command_prints(place: Place) -> None:
    arguments = ["--from-file", "talks.txt", "-o", "notes", "--format", "md"]
    (file,) = schedule.plan("github", "02:30", arguments, place).files
    example = Path(__file__).parents[3] / ".github" / "workflows" / "nightly-notes.yml.example"
    assert file.text == example.read_text(encoding="utf-8")
    assert '- cron: "30 2 * * *" # UTC' in file.text
    assert "vidgist run --wait --block-wait 3600 --from-file talks.txt -o notes --format md ||" in file.text


@pytest.mark.parametrize(
    ("given", "secret"),
    [
        (["--proxy", "http://user:hunter2@host:80"], "YOUTUBE_PROXY"),
        (["--proxy=socks5://user:hunter2@host:80"], "YOUTUBE_PROXY"),
        (["--proxy", "user:hunter2@host:80"], "YOUTUBE_PROXY"),
        (["--base-url", "https://user:hunter2@host/v1"], "OPENAI_BASE_URL"),
    ],
)
def test_a_password_in_a_workflow_is_a_secrets_name(given: list[str], secret: str, place: Place) -> None:
    planned = schedule.plan("github", "02:30", [*given, "x"], place)
    assert "hunter2" not in schedule.show(planned)
    assert f": ${{{{ secrets.{secret} }}}}\n" in planned.files[0].text
    assert "--proxy" not in planned.files[0].text.partition("steps:")[2]
    assert any(secret in note for note in planned.notes)
    assert planned.files[0].text.count("YOUTUBE_PROXY }}") == 1


def test_a_password_that_no_secret_stands_for_is_refused(place: Place) -> None:
    with pytest.raises(InputError, match="password cannot stand") as raised:
        schedule.plan("github", "02:30", ["https://user:hunter2@host/feed.xml"], place)
    assert "hunter2" not in str(raised.value)


def test_an_expression_cannot_be_put_into_a_workflow(place: Place) -> None:
    with pytest.raises(InputError, match="cannot stand in a workflow"):
        schedule.plan("github", "02:30", ["${{ secrets.X }}"], place)


# --- showing


@pytest.mark.parametrize("kind", schedule.KINDS)
def test_everything_that_will_be_written_is_shown(kind: str, place: Place) -> None:
    planned = schedule.plan(kind, "02:30", ["x"], place)
    shown = schedule.show(planned)
    for file in planned.files:
        assert f"--- {file.path}\n{file.text}" in shown
    assert planned.block in shown
    for words in planned.start:
        assert f"{shlex.join(words)}\n" in shown
    for note in planned.notes:
        assert note in shown
    assert ("run yourself" in shown) == planned.by_hand


def test_the_scheduler_of_this_machine_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert schedule.detect("win32") == "windows"
    assert schedule.detect("darwin") == "launchd"
    assert schedule.detect("linux", tmp_path / "none") == "cron"
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert schedule.detect("linux", tmp_path) == "cron"
    monkeypatch.setattr(shutil, "which", lambda _: "/bin/systemctl")
    assert schedule.detect("linux", tmp_path) == "systemd"


def test_this_place_is_known(home: Path) -> None:
    here = Place.here({})
    assert here.configuration == home / ".config"
    assert here.executable == sys.executable
    assert here.folder == Path.cwd()
    assert home in here.variables.parents
    assert Place.here({"XDG_CONFIG_HOME": "/x"}).configuration == Path("/x")
