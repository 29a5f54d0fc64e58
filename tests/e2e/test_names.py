"""Names of notes: by a template with folders, kept over reruns, followed where a person moves a note."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vidgist.cli import app
from vidgist.notes import folders
from vidgist.writers.md import MARK

Run = Callable[..., str]
TEMPLATE = "{channel}/{published} {title}"
_CUES = (
    "WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nThe {0} boils because the heat goes into the water.\n\n"
    "00:00:04.000 --> 00:00:08.000\nSo the point is that heat moves from hot to cold.\n"
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs vidgist in an empty folder; what it says."""
    monkeypatch.chdir(tmp_path)

    def go(*arguments: str, code: int = 0) -> str:
        words = ["run", *arguments, "--model", "offline:", "--state", str(tmp_path / "state")]
        ended = CliRunner().invoke(app, words, catch_exceptions=False)
        assert ended.exit_code == code, ended.output
        return " ".join(ended.output.split())

    return go


def _talk(name: str, **facts: object) -> None:
    Path("in").mkdir(exist_ok=True)
    Path(f"in/{name}.vtt").write_text(_CUES.format(name))
    told = {"id": name, "title": name, "duration": 8, **facts}
    Path(f"in/{name}.info.json").write_text(json.dumps(told))


def _notes(folder: str = "notes") -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file())


def _items() -> dict[str, str]:
    """Which item each Markdown note is of."""
    lines = {name: Path("notes", name).read_text().splitlines() for name in _notes() if name.endswith(".md")}
    return {
        name: next(line for line in found if line.startswith("vidgist:")) for name, found in lines.items()
    }


def test_notes_go_into_folders_and_keep_their_names(run: Run) -> None:
    _talk("one", title="First: talk?", channel="Kettles / Pots", upload_date="20260102")
    _talk("two", title="First: talk?", channel="Kettles / Pots", upload_date="20260102")
    _talk("three", title="Third")
    arguments = ("in", "--format", "txt,md", "--name-template", TEMPLATE)
    run(*arguments)
    expected = ["Kettles - Pots/2026-01-02 First - talk-2", "Kettles - Pots/2026-01-02 First - talk", "Third"]
    assert _notes() == sorted(f"{stem}.{kind}" for stem in expected for kind in ("txt", "md"))
    before = _items()
    for more in (("--fresh=all",), ("--format", "txt,md,json"), ("--fresh=all", "--wikilinks")):
        run(*arguments, *more)
    assert _items() == before
    assert len(list(folders.folder(Path("notes")))) == 3
    run(*arguments)
    assert "nothing new" in run(*arguments)
    assert _items() == before


def test_a_new_template_leaves_what_has_a_name(run: Run) -> None:
    _talk("one", channel="Kettles")
    run("in", "--format", "md")
    _talk("two", channel="Kettles")
    assert "1 done, 1 done earlier" in run("in", "--format", "md", "--name-template", TEMPLATE)
    assert _notes() == ["Kettles/two.md", "one-one.md"]
    run("in", "--format", "md", "--name-template", "{title}", "--fresh=all")
    assert _notes() == ["Kettles/two.md", "one-one.md"]


@pytest.mark.parametrize("kind", ["txt", "md", "json", "html"])
def test_a_note_that_is_moved_or_renamed_is_followed(run: Run, kind: str) -> None:
    for name in ("one", "two"):
        _talk(name)
    run("in", "--format", kind)
    Path("notes/Topics").mkdir()
    moved = Path(f"notes/Topics/My own name.{kind}")
    Path(f"notes/one-one.{kind}").rename(moved)
    assert "nothing new" in run("in", "--format", kind)
    assert "nothing new" in run("in", "--format", kind)
    if kind == "md":
        with moved.open("a") as file:
            file.write("mine\n")
        run("in", "--format", kind, "--wikilinks", "--fresh=all")
        assert moved.read_text().partition(MARK)[2] == "\nmine\n"
    assert _notes() == [f"Topics/My own name.{kind}", f"two-two.{kind}"]


def test_one_format_that_is_moved_leaves_the_others(run: Run) -> None:
    _talk("one")
    run("in", "--format", "txt,md")
    Path("notes/sub").mkdir()
    Path("notes/one-one.md").rename("notes/sub/one.md")
    run("in", "--format", "txt,md", "--fresh=all", "--wikilinks")
    assert _notes() == ["one-one.txt", "sub/one.md"]


def test_a_copy_is_not_taken_for_the_note_that_was_moved(run: Run) -> None:
    _talk("one")
    run("in", "--format", "md")
    Path("notes/sub").mkdir()
    text = Path("notes/one-one.md").read_text()
    for name in ("a", "b"):
        Path(f"notes/sub/{name}.md").write_text(text)
    Path("notes/one-one.md").unlink()
    run("in", "--format", "md")
    assert _notes() == ["one-one.md", "sub/a.md", "sub/b.md"]


def test_a_folder_that_is_a_link_is_not_written_through(run: Run, tmp_path: Path) -> None:
    _talk("one", channel="Kettles")
    (tmp_path / "outside").mkdir()
    Path("notes").mkdir()
    Path("notes/Kettles").symlink_to(tmp_path / "outside")
    assert "leads out of" in run("in", "--name-template", TEMPLATE, code=1)
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_file_where_a_folder_is_wanted_fails_its_item_alone(run: Run) -> None:
    _talk("one", channel="Kettles")
    _talk("two", channel="Pots")
    Path("notes").mkdir()
    Path("notes/Kettles").write_text("mine")
    assert "cannot be written" in run("in", "--name-template", TEMPLATE, code=1)
    assert _notes() == ["Kettles", "Pots/two.txt"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="everybody may read here")
def test_a_folder_that_cannot_be_entered_fails_its_item_alone(run: Run) -> None:
    _talk("one", channel="Kettles")
    Path("notes/Kettles").mkdir(parents=True, mode=0o000)
    assert "cannot be written" in run("in", "--name-template", TEMPLATE, code=1)
    Path("notes/Kettles").chmod(0o700)


def test_a_template_that_names_nothing_is_a_mistake(run: Run) -> None:
    _talk("one")
    told = CliRunner().invoke(app, ["run", "in", "--name-template", "{chanel}/{title}", "--state", "state"])
    assert told.exit_code != 0
    assert "{channel} is meant" in str(told.exception)
