"""What a night did: told by status, by a message, and forgotten where it was a mistake."""

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner, Result

from vidgist.cli import app
from vidgist.commands import notify
from vidgist.errors import ConfigError, InputError, MissingExtra

_CUES = (
    "WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nThe kettle boils because the heat goes into the water.\n\n"
    "00:00:04.000 --> 00:00:08.000\nSo the point is that heat moves from hot to cold.\n"
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIDGIST_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("VIDGIST_MODEL", "offline:")
    (tmp_path / "talk.vtt").write_text(_CUES)
    (tmp_path / "empty.vtt").write_text("WEBVTT\n")
    return tmp_path


def _go(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def _told(*words: str) -> str:
    return " ".join(_go(*words).output.split())


@pytest.fixture
def program(here: Path) -> str:
    """A program that appends the message and its subject to a file."""
    script = here / "keep message.py"
    script.write_text(
        "import os, sys\nopen('messages', 'a').write(os.environ['VIDGIST_SUBJECT'] + '|' + sys.stdin.read() + '#')\n"
    )
    return f"command:{sys.executable} '{script}'"


def test_a_message_tells_what_is_new_and_what_failed_and_else_there_is_none(here: Path, program: str) -> None:
    _go("run", "talk.vtt", "empty.vtt", "--notify", program)
    subject, _, text = (here / "messages").read_text().partition("|")
    assert subject == "vidgist: 1 new, 1 failed"
    assert "new: talk" in text
    assert "failed: empty" in text
    assert str(here / "notes") in text
    for _ in range(2):
        _go("run", "talk.vtt", "--notify", program)
    _go("run", "talk.vtt", "--fresh=all", "--dry-run", "--notify", program)
    assert (here / "messages").read_text().count("#") == 1


def test_a_run_that_could_not_begin_is_told_too(here: Path, program: str) -> None:
    assert isinstance(
        _go("run", "talk.vtt", "--model", "nobody:x", "--notify", program).exception, ConfigError
    )
    assert (here / "messages").read_text().startswith("vidgist: stopped|")


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("command:/no/such/program", "cannot be started"),
        (f"command:{sys.executable} -c 'import sys; sys.exit(\"no route\")'", "ended with 1: no route"),
    ],
)
def test_a_message_that_is_not_sent_is_no_failure_of_the_run(target: str, problem: str) -> None:
    ended = _go("run", "talk.vtt", "--notify", target)
    assert ended.exit_code == 0
    assert problem in " ".join(ended.output.split())


@pytest.mark.parametrize("target", ["command:", "command:'", "me@example.org"])
def test_a_target_that_is_none_is_a_mistake(target: str) -> None:
    assert isinstance(_go("run", "talk.vtt", "--notify", target).exception, ConfigError)


def test_no_shell_reads_the_command(here: Path) -> None:
    _go("run", "talk.vtt", "--notify", "command:true; touch pwned $(touch pwned)")
    assert not (here / "pwned").exists()


def test_an_address_goes_through_apprise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    assert isinstance(_go("run", "talk.vtt", "--notify", "ntfy://topic").exception, MissingExtra)
    sent: list[tuple[str, str]] = []

    class Apprise:
        def add(self, address: str) -> bool:
            return address == "ntfy://topic"

        def notify(self, *, title: str, body: str) -> bool:
            sent.append((title, body))
            return True

    double = ModuleType("apprise")
    double.Apprise = Apprise  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "apprise", double)
    assert notify.send("ntfy://topic", "subject", "text") == ""
    assert sent == [("subject", "text")]
    assert notify.send("gopher://x", "subject", "text") == "Apprise knows no such service"


def test_status_tells_what_the_last_run_did(here: Path) -> None:
    assert "nothing yet" in _told("status", "--last")
    _go("run", "talk.vtt", "empty.vtt")
    told = _told("status", "--last")
    assert "1 done, 1 failed" in told
    assert "done talk talk-talk.txt" in told
    assert "failed empty.vtt: empty_transcript" in told
    found = json.loads(_go("status", "--last", "--json").output)
    assert {item["status"] for item in found["items"]} == {"done", "failed"}
    _go("run", "talk.vtt")
    assert "nothing new" in _told("status", "--last")


@pytest.mark.parametrize("name", ["empty.vtt", "empty", "./empty.vtt"])
def test_a_failure_is_forgotten_with_its_record(here: Path, name: str) -> None:
    _go("run", "talk.vtt", "empty.vtt")
    (record,) = (here / "notes").glob("empty*")
    assert "forgotten: empty" in _told("status", "--forget", name)
    assert not record.exists()
    assert "empty_transcript" not in _told("status")
    assert isinstance(_go("status", "--forget", name).exception, InputError)
    assert len(list((here / "notes").iterdir())) == 1


def test_a_record_that_a_person_changed_stays(here: Path) -> None:
    _go("run", "empty.vtt")
    (record,) = (here / "notes").glob("empty*")
    record.write_text("mine")
    assert "was changed by hand and stays" in _told("status", "--forget", "empty.vtt")
    assert record.read_text() == "mine"


def test_what_is_done_is_not_forgotten() -> None:
    _go("run", "talk.vtt", "empty.vtt")
    ended = _go("status", "--forget", "talk.vtt")
    assert "has not failed: it is done" in str(ended.exception)
    ended = _go("status", "--forget", "emty")
    assert isinstance(ended.exception, InputError)
    assert ended.exception.hint == "empty is meant?"


def test_a_profile_runs_its_own_inputs_unless_others_are_named(here: Path) -> None:
    from vidgist import config

    config.user_folder().mkdir(parents=True, exist_ok=True)
    (config.user_folder() / "config.toml").write_text(
        '[profiles.p]\ninputs = ["talk.vtt"]\nformats = ["md"]\noutput = "there"\n'
    )
    assert _go("run", "--profile", "p").exit_code == 0
    assert [path.name for path in (here / "there").iterdir()] == ["talk-talk.md"]
    assert _go("run", "--profile", "p", "empty.vtt").exit_code == 1
    assert "no input is given" in str(_go("run").exception)


def test_fetch_takes_what_a_profile_has_to_do_and_leaves_its_folder_of_notes(here: Path) -> None:
    from vidgist import config

    config.user_folder().mkdir(parents=True, exist_ok=True)
    (config.user_folder() / "config.toml").write_text(
        '[profiles.p]\ninputs = ["talk.vtt"]\nformats = ["md"]\noutput = "there"\n'
    )
    assert _go("fetch", "--profile", "p").exit_code == 0
    assert not (here / "there").exists()
    assert _go("fetch", "--profile", "p", "-o", "words").exit_code == 0
    assert [path.suffix for path in (here / "words").iterdir()] == [".vtt"]
