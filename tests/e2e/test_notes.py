"""What a person does with a notes folder, whatever its formats: find, show, export, check, make a site."""

import os
from pathlib import Path

import pytest

from tests import samples
from tests.e2e.conftest import EXAMPLES, Ended, Vidgist, vidgist
from vidgist.cli.group import is_input
from vidgist.config import Settings
from vidgist.models import Note
from vidgist.notes import document
from vidgist.writers import html, md

__all__ = ["vidgist"]

TALK = EXAMPLES / "gettysburg-address.srt"
MD, HTML = md.create(Settings.model_validate({})), html.create(Settings.model_validate({}))


def titled(title: str, name: str) -> Note:
    assert samples.FULL.video
    return samples.FULL.model_copy(
        update={
            "item": samples.FULL.item.model_copy(
                update={"id": name, "name": name, "url": f"https://youtu.be/{name}"}
            ),
            "video": samples.FULL.video.model_copy(update={"title": title}),
        }
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A notes folder in which each note has another format."""
    notes = tmp_path / "notes"
    (notes / "Rivers").mkdir(parents=True)
    files = {
        "Rivers/riversriver-Why-rivers-bend.md": MD.render(titled("Why rivers bend", "riversriver")),
        "cloudscloud-Clouds.html": HTML.render(titled("Clouds", "cloudscloud")),
        "stonesstone-Stones.json": document.render(titled("Stones and rivers", "stonesstone")),
        "mine.md": "# a note of my own\n",
    }
    for at, (name, text) in enumerate(files.items()):
        (notes / name).write_text(text, encoding="utf-8")
        os.utime(notes / name, (1_000_000 + at, 1_000_000 + at))
    return notes


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        (("riversriver",), "Why rivers bend"),
        (("https://www.youtube.com/watch?v=cloudscloud",), "Clouds"),
        (("why", "rivers"), "Why rivers bend"),
        (("CLOUDS",), "Clouds"),
        (("stones and rivers",), "Stones and rivers"),
        (("notes",), "Stones and rivers"),
        ((), "Stones and rivers"),
        (("notes/cloudscloud-Clouds.html",), "Clouds"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_note_is_shown_by_what_a_person_knows_of_it(
    vidgist: Vidgist, wanted: tuple[str, ...], title: str
) -> None:
    ended = vidgist("show", *wanted)
    assert ended.code == 0, ended.err
    assert ended.out.splitlines()[0].startswith(f"╭─ {title} ─")


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("bend", "2 notes fit 'bend'"),
        ("platypus", "no note fits 'platypus' in notes"),
        ("cloudsclou-Clouds", "near: cloudscloud-Clouds"),
        ("https://example.org/x", "no note fits"),
        ("...", "no note fits"),
    ],
)
def test_what_is_not_found_says_why(vidgist: Vidgist, folder: Path, wanted: str, told: str) -> None:
    (folder / "bend-two.json").write_text(
        document.render(titled("Bend two", "bendbendben")), encoding="utf-8"
    )
    (folder / "bend-one.json").write_text(
        document.render(titled("Bend one", "bendbendbem")), encoding="utf-8"
    )
    (folder / "Rivers" / "riversriver-Why-rivers-bend.md").unlink()
    ended = vidgist("show", wanted)
    assert ended.code == 2
    assert told in ended.err


def test_no_folder_and_an_empty_one_say_what_to_do(vidgist: Vidgist, tmp_path: Path) -> None:
    assert "no notes folder to look in (notes)" in vidgist("show", "riversriver").err
    (tmp_path / "empty").mkdir()
    for command in (("show",), ("validate",), ("export", "--format", "md")):
        ended = vidgist(*command, "empty")
        assert ended.code == 2
        assert "no notes in the folder empty" in ended.err
        assert "vidgist run INPUT -o empty" in ended.err
    assert "no notes were found" in vidgist("site", "empty").out


def test_every_format_is_exported_checked_and_put_into_the_site(
    vidgist: Vidgist, folder: Path, tmp_path: Path
) -> None:
    ended = vidgist("export", "notes", "--format", "txt,srt", "-o", "out")
    assert ended.code == 0, ended.err
    assert sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.txt")) == [
        "Rivers/riversriver-Why-rivers-bend.txt", "cloudscloud-Clouds.txt", "stonesstone-Stones.txt",
    ]  # fmt: skip
    texts = [path.read_text("utf-8").split("\n\n\nContent:")[1] for path in (tmp_path / "out").rglob("*.txt")]
    assert texts[0] == texts[1] == texts[2]
    assert vidgist("validate", "out", "notes").code == 0
    built = vidgist("site", "notes")
    assert "3 records (0 failed)" in built.out
    assert "left out" not in built.out
    pages = sorted(
        path.relative_to(folder / "_site").as_posix() for path in (folder / "_site" / "r").rglob("*.html")
    )
    assert len(pages) == 3


def test_a_persons_own_part_goes_along(vidgist: Vidgist, folder: Path, tmp_path: Path) -> None:
    name = folder / "Rivers" / "riversriver-Why-rivers-bend.md"
    with name.open("a", encoding="utf-8") as file:
        file.write("\nmy own thought\n")
    assert vidgist("export", name, "--format", "md", "-o", "out").code == 0
    written = (tmp_path / "out" / name.name).read_text("utf-8")
    assert written.endswith("\nmy own thought\n")
    assert vidgist("export", name, "--format", "md", "-o", "out").code == 0
    assert (tmp_path / "out" / name.name).read_text("utf-8") == written


def test_formats_are_listed(vidgist: Vidgist) -> None:
    ended = vidgist("export", "--format", "list")
    assert ended.code == 0
    assert [line.split()[0] for line in ended.out.splitlines()] == [
        "html", "json", "md", "png", "srt", "svg", "txt", "vtt",
    ]  # fmt: skip
    assert all(len(line.split()) > 3 for line in ended.out.splitlines())
    assert "nothing to export" in vidgist("export", "--format", "md").err


def test_an_input_by_itself_is_run(vidgist: Vidgist, tmp_path: Path) -> None:
    def done(ended: Ended) -> bool:
        return ended.code == 0 and "total   1 done" in ended.err

    assert done(vidgist(TALK, "--model", "offline:"))
    assert done(vidgist("--model", "offline:", "--fresh", TALK))
    assert len(list((tmp_path / "notes").iterdir())) == 1


@pytest.mark.parametrize(
    ("word", "near"), [("statsu", "status"), ("exprot", "export"), ("shwo", "show"), ("sit", "site")]
)
def test_a_command_spelt_wrong_is_no_input(vidgist: Vidgist, word: str, near: str) -> None:
    ended = vidgist(word)
    assert ended.code == 2
    assert f"'{near}'" in ended.err


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://youtu.be/dQw4w9WgXcQ", True),
        ("dQw4w9WgXcQ", True),
        ("youtube.com/@channel", True),
        ("@channel", True),
        ("talk.vtt", True),
        ("ytsearch5:rivers", True),
        ("PLabcdefghijkl", True),
        ("-", False),
        ("summary", False),
    ],
)
def test_inputs_are_told_from_words(text: str, is_one: bool) -> None:
    assert is_input(text) is is_one
