"""No command but the one that made a file replaces it: export, fetch, ask, digest and site beside others' files."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vidgist.cli import app
from vidgist.errors import InputError
from vidgist.writers.md import MARK

pytestmark = pytest.mark.unmeasured

Run = Callable[..., str]
_TALK = """WEBVTT

00:00:00.000 --> 00:00:04.000
The kettle boils because the heat goes into the water.

00:00:04.000 --> 00:00:08.000
So the point is that heat moves from hot to cold.
"""
FORMATS = ("txt", "md", "json", "html", "srt", "vtt", "svg")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a folder with one note in ``notes``; what it says, on one line."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIDGIST_STATE", str(tmp_path / "state"))

    def go(*arguments: str) -> str:
        ended = CliRunner().invoke(app, arguments, catch_exceptions=False)
        assert ended.exit_code == 0, ended.output
        return " ".join(ended.output.split())

    (tmp_path / "talk.vtt").write_text(_TALK)
    go("run", "talk.vtt", "--model", "offline:")
    return go


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("own", ["MY OWN\n", "", "\0\1\2"])
def test_export_leaves_a_file_of_ones_own(run: Run, tmp_path: Path, kind: str, own: str) -> None:
    mine = tmp_path / "out" / f"talk-talk.{kind}"
    mine.parent.mkdir()
    mine.write_text(own)
    arguments = ("export", "notes/talk-talk.txt", "--format", kind, "-o", "out")
    told = run(*arguments)
    assert f"talk-talk.{kind} is there already and not of this memory: written as talk-talk-2.{kind}" in told
    run(*arguments)
    assert mine.read_text() == own
    assert sorted(path.name for path in mine.parent.iterdir()) == [f"talk-talk-2.{kind}", f"talk-talk.{kind}"]


def test_export_leaves_the_source_of_its_note(run: Run, tmp_path: Path) -> None:
    (tmp_path / "kettle.srt").write_text("the source")
    (tmp_path / "notes" / "talk-talk.txt").rename(tmp_path / "kettle.txt")
    run("export", "kettle.txt", "--format", "srt")
    assert (tmp_path / "kettle.srt").read_text() == "the source"
    assert "heat" in (tmp_path / "kettle-2.srt").read_text()


def test_an_export_that_is_as_it_was_left_is_made_anew(run: Run, tmp_path: Path) -> None:
    arguments = ("export", "notes/talk-talk.txt", "--format", "srt,md", "-o", "out")
    run(*arguments)
    note = tmp_path / "notes" / "talk-talk.txt"
    note.write_text(note.read_text().replace("kettle", "engine"))
    with (tmp_path / "out" / "talk-talk.md").open("a") as file:
        file.write("my thoughts\n")
    assert "written as" not in run(*arguments)
    assert "engine" in (tmp_path / "out" / "talk-talk.srt").read_text()
    page = (tmp_path / "out" / "talk-talk.md").read_text()
    assert "engine" in page.partition(MARK)[0]
    assert page.partition(MARK)[2] == "\nmy thoughts\n"


def test_an_export_that_a_person_changed_stays(run: Run, tmp_path: Path) -> None:
    arguments = ("export", "notes/talk-talk.txt", "--format", "srt", "-o", "out")
    run(*arguments)
    mine = tmp_path / "out" / "talk-talk.srt"
    mine.write_text("corrected by me")
    assert "was changed by hand: written as talk-talk-2.srt" in run(*arguments)
    assert mine.read_text() == "corrected by me"


def test_without_a_memory_nothing_is_replaced(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("VIDGIST_STATE", str(tmp_path / "file"))
    arguments = ("export", "notes/talk-talk.txt", "--format", "srt", "-o", "out")
    run(*arguments)
    assert "written as" not in run(*arguments)
    (tmp_path / "out" / "talk-talk.srt").write_text("mine")
    run(*arguments)
    assert (tmp_path / "out" / "talk-talk.srt").read_text() == "mine"


def test_fetch_leaves_a_file_of_ones_own(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "fetched" / "talk-talk.vtt"
    mine.parent.mkdir()
    mine.write_text("mine")
    assert "is there already" in run("fetch", "talk.vtt", "-o", "fetched")
    assert mine.read_text() == "mine"
    assert "heat" in (tmp_path / "fetched" / "talk-talk-2.vtt").read_text()


def test_an_answer_leaves_a_file_of_ones_own(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "notes" / "_answers" / "Why-does-the-kettle-boil.md"
    mine.parent.mkdir()
    mine.write_text("mine")
    ask = ("ask", "Why does the kettle boil?", "--save")
    assert "Why-does-the-kettle-boil.md is there already" in run(*ask)
    run(*ask)
    assert mine.read_text() == "mine"
    assert len(list(mine.parent.iterdir())) == 2


def test_a_site_leaves_what_lies_beside_its_pages(run: Run, tmp_path: Path) -> None:
    run("site", "notes")
    site = tmp_path / "notes" / "_site"
    others = [
        site / "CNAME",
        site / "r" / "photo.jpg",
        site / "data" / "table.csv",
        site / "data" / "x" / "y",
    ]
    for other in others:
        other.parent.mkdir(exist_ok=True)
        other.write_text("mine")
    run("site", "notes", "--fresh")
    assert all(other.read_text() == "mine" for other in others)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "index.html").write_text("mine")
    with pytest.raises(InputError, match="holds something else"):
        run("site", "notes", "-o", "own")
    assert (tmp_path / "own" / "index.html").read_text() == "mine"
