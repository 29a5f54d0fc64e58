"""``vidgist search`` as a person types it."""

import json
from pathlib import Path

from tests.e2e.conftest import Vidgist, vidgist
from tests.unit.archive.folders import BREAD, talk, write

__all__ = ["vidgist"]


def test_passages_are_shown_with_their_links(vidgist: Vidgist) -> None:
    write(Path("notes"))
    ended = vidgist("search", "painters")
    assert ended.code == 0
    assert "Bridges of the north · 0:50 · Harbour Society · 2024-05-01" in ended.out
    assert "https://www.youtube.com/watch?v=bridges0001&t=50s" in ended.out


def test_the_last_argument_may_be_the_folder(vidgist: Vidgist) -> None:
    write(Path("other"))
    assert "Halden" in vidgist("search", "halden", "bridge", "other").out
    assert "Halden" in vidgist("search", "halden bridge", "-o", "other").out


def test_json_is_for_programs(vidgist: Vidgist) -> None:
    write(Path("notes"))
    found = json.loads(vidgist("search", "halden", "--json", "--limit", "1").out)
    assert found["notes"] == 3
    assert found["hits"][0]["title"] == "Bridges of the north"
    assert found["hits"][0]["start"] is not None


def test_days_and_channels_choose(vidgist: Vidgist) -> None:
    write(Path("notes"))
    assert "Bread" not in vidgist("search", "dough", "--since", "2026-01-01").out
    assert vidgist("search", "dough", "--channel", "harbour").out == ""


def test_nothing_found_says_so(vidgist: Vidgist) -> None:
    write(Path("notes"))
    ended = vidgist("search", "zeppelin")
    assert (ended.code, ended.out) == (0, "")
    assert "in no note: zeppelin" in ended.err
    assert "nothing found in 3 notes" in ended.err


def test_no_folder_and_no_notes_are_mistakes(vidgist: Vidgist) -> None:
    assert vidgist("search", "words").code == 2
    Path("notes").mkdir()
    ended = vidgist("search", "words")
    assert ended.code == 2
    assert "no notes in the folder notes" in ended.err
    assert vidgist("search", " ").code == 2


def test_no_title_steers_the_terminal(vidgist: Vidgist) -> None:
    write(Path("notes"), talk("evil0000001", "A\x1b[31m\u202etitle", "A kettle\x1b]0;x\x07 sings"), BREAD)
    out = vidgist("search", "kettle").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "kettle" in out
