"""A command that finds nothing says why and what to do, whatever it was given."""

from pathlib import Path

import pytest

from tests.e2e.conftest import Vidgist, vidgist

__all__ = ["vidgist"]

_COMMANDS = ("site", "validate", "export --format md", "show", "search words", "ask what", "digest")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "readme.md").write_text("# Read me\n")
    (tmp_path / "other" / "table.csv").write_text("a,b\n1,2\n")


@pytest.mark.parametrize("place", ["empty", "other", "nowhere", "other/readme.md"])
@pytest.mark.parametrize("command", _COMMANDS)
def test_nothing_found_says_why_and_what_to_do(vidgist: Vidgist, command: str, place: str) -> None:
    ended = vidgist(*command.split(), f"./{place}")
    told = " ".join((ended.out + ended.err).split())
    assert ended.code in ((0,) if command == "site" and place in ("empty", "other") else (1, 2)), told
    assert "Traceback" not in told
    assert any(
        word in told
        for word in (
            "no notes",
            "holds no",
            "no folder",
            "no file",
            "not there",
            "not a note",
            "cannot be read",
        )
    ), told


@pytest.mark.parametrize("command", ["status", "status --last"])
def test_a_memory_of_nothing_says_what_makes_something(vidgist: Vidgist, command: str) -> None:
    assert "vidgist run INPUT" in vidgist(*command.split()).out


@pytest.mark.parametrize("bound", [("--channel", "Nobody"), ("--since", "2100-01-01")])
def test_bounds_that_no_note_fits_are_what_is_said(vidgist: Vidgist, bound: tuple[str, str]) -> None:
    Path("talk.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:04.000\nThe sea is wide and blue and deep.\n")
    assert vidgist("run", "talk.vtt", "--model", "offline:").code == 0
    assert "no note is of that channel" in vidgist("search", "sea", *bound).err
