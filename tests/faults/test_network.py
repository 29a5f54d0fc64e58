"""Connections that break midway, stall or crawl: given up in time, told in one line, made good by the next run."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.doubles.faults import Rule
from tests.doubles.llm import Llm
from tests.doubles.youtube import YouTube
from tests.doubles.youtube_catalogue import Fault
from tests.faults.conftest import Ended, Vidgist, records, transcripts
from vidgist.sources import _network

pytestmark = [pytest.mark.unmeasured, pytest.mark.usefixtures("patient")]

VIDEO = "bread_talk1"
OTHER = "old_well_03"
NEVER = 3_600.0
"""Seconds that no test waits."""


@pytest.fixture
def command(llm: Llm, youtube: YouTube) -> tuple[str, ...]:
    del youtube
    return ("run", VIDEO, OTHER, "--pace", "0", "--base-url", llm.base_url, "--model", "openai:small")


def _failed(ended: Ended, folder: Path, *codes: str) -> None:
    """One item failed with one of these codes, in one line; the other is done."""
    assert "Traceback" not in ended.err
    assert "a bug" not in ended.err
    assert ended.code == 1, ended
    lines = [line for line in ended.err.split("\n") if line.startswith("failed ")]
    assert len(lines) == 1, ended.err
    states = {name: one.status for name, one in records(folder).items()}
    assert len(states) == 2
    assert sorted(state == "success" for state in states.values()) == [False, True]
    (state,) = (state for state in states.values() if state != "success")
    assert state.split(": ")[1] in codes, state


def _recovers(vidgist: Vidgist, command: tuple[str, ...], folder: Path) -> None:
    assert vidgist(*command).code == 0
    assert all(one.status == "success" for one in records(folder).values())
    assert "nothing new" in vidgist(*command).err


@pytest.mark.parametrize("kind", ["truncated", "reset"])
@pytest.mark.parametrize("place", ["watch", "player", "captions"])
def test_a_connection_to_the_site_that_breaks_once_is_made_again(
    vidgist: Vidgist, youtube: YouTube, command: tuple[str, ...], tmp_path: Path, kind: str, place: str
) -> None:
    youtube.spoil(VIDEO, Fault(kind, place, times=1))
    ended = vidgist(*command)
    assert ended.code == 0, ended
    assert all(one.status == "success" for one in records(tmp_path / "notes").values())


@pytest.mark.parametrize("kind", ["truncated", "reset"])
def test_captions_that_break_off_each_time_fail_their_item(
    vidgist: Vidgist, youtube: YouTube, command: tuple[str, ...], tmp_path: Path, kind: str
) -> None:
    youtube.spoil(VIDEO, Fault(kind, "captions"))
    _failed(vidgist(*command), tmp_path / "notes", "network")
    youtube.spoil(VIDEO)
    _recovers(vidgist, command, tmp_path / "notes")


def test_a_site_that_is_not_there_ends_the_fetching_and_fails_nobody(
    vidgist: Vidgist, youtube: YouTube, command: tuple[str, ...], tmp_path: Path
) -> None:
    (talk,) = transcripts(tmp_path, 1)
    ended = vidgist(*command, talk, "--proxy", "http://127.0.0.1:9")
    assert ended.code == 3, ended
    assert (
        "stopped the proxy does not connect to YouTube; check --proxy and HTTPS_PROXY; then run" in ended.err
    )
    assert "failed " not in ended.err
    assert youtube.requests() == 0
    assert [one.status for one in records(tmp_path / "notes").values()] == ["success"]
    _recovers(vidgist, command, tmp_path / "notes")


@pytest.mark.parametrize("place", ["watch", "player", "captions"])
def test_a_site_that_stalls_is_not_waited_for(
    vidgist: Vidgist,
    youtube: YouTube,
    command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    place: str,
) -> None:
    """The other video is there already, so that the short patience strikes one alone."""
    assert vidgist("run", OTHER, *command[3:]).code == 0
    youtube.spoil(VIDEO, Fault("slow", place, seconds=NEVER))
    with monkeypatch.context() as hurried:
        original = _network.create
        hurried.setattr(_network, "create", lambda *given: replace(original(*given), timeout=0.2))
        _failed(vidgist(*command), tmp_path / "notes", "network")
    youtube.spoil(VIDEO)
    _recovers(vidgist, command, tmp_path / "notes")


@pytest.mark.parametrize("fault", ["truncated", "reset", "broken_json", "not_json"])
def test_a_reply_that_breaks_off_once_is_asked_for_again(
    vidgist: Vidgist, llm: Llm, command: tuple[str, ...], tmp_path: Path, fault: str
) -> None:
    llm.rules = [Rule(fault, times=2)]
    ended = vidgist(*command)
    assert ended.code == 0, ended
    assert all(one.status == "success" for one in records(tmp_path / "notes").values())


@pytest.mark.parametrize(
    ("fault", "code"), [("truncated", "network"), ("reset", "network"), ("broken_json", "bad_response")]
)
def test_replies_that_break_off_each_time_fail_their_item(
    vidgist: Vidgist, llm: Llm, command: tuple[str, ...], tmp_path: Path, fault: str, code: str
) -> None:
    llm.rules = [Rule(fault, match="Sourdough|sourdough")]
    _failed(vidgist(*command), tmp_path / "notes", code)
    llm.rules = []
    _recovers(vidgist, command, tmp_path / "notes")


@pytest.mark.parametrize("fault", ["hang", "trickle"])
def test_a_model_that_stalls_or_trickles_is_not_waited_for(
    vidgist: Vidgist,
    llm: Llm,
    command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    fault: str,
) -> None:
    """Nobody is served, so the run ends as soon as that is clear; what was fetched is fetched."""
    llm.rules = [Rule(fault, seconds=NEVER)]
    monkeypatch.setenv("VIDGIST_TIMEOUT", "0.2")
    ended = vidgist(*command)
    assert ended.code == 1, ended
    assert ended.err.count("failed  ") == 2
    assert all(one.status.startswith("failed: timeout: ") for one in records(tmp_path / "notes").values())
    monkeypatch.delenv("VIDGIST_TIMEOUT")
    llm.rules = []
    _recovers(vidgist, command, tmp_path / "notes")
