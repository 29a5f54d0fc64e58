"""Nobody's file is lost: what others put into the notes folder stays, what was damaged is written again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vidgist.cli import app
from vidgist.writers.md import MARK

Run = Callable[..., str]
_WORDS = (
    "The {} boils because the heat goes into the water. So the point is that heat moves from hot to cold."
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs vidgist in an empty folder; what it says."""
    monkeypatch.chdir(tmp_path)

    def go(*arguments: str, state: str = "state") -> str:
        words = ["run", *arguments, "--model", "offline:", "--state", str(tmp_path / state)]
        ended = CliRunner().invoke(app, words, catch_exceptions=False)
        assert ended.exit_code == 0, ended.output
        return ended.output

    return go


def _talk(path: Path, subject: str = "kettle") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    first, second = _WORDS.format(subject).split(". ", 1)
    path.write_text(
        f"WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n{first}.\n\n00:00:04.000 --> 00:00:08.000\n{second}\n"
    )


@pytest.mark.parametrize("kind", ["txt", "md", "json", "html"])
def test_a_file_of_ones_own_with_the_wanted_name_stays(run: Run, tmp_path: Path, kind: str) -> None:
    _talk(tmp_path / "talk.vtt")
    (tmp_path / "notes").mkdir()
    own = tmp_path / "notes" / f"talk-talk.{kind}"
    own.write_text("MY OWN\n")
    told = run("talk.vtt", "--format", kind)
    assert own.read_text() == "MY OWN\n"
    assert f"talk-talk.{kind} is there already" in " ".join(told.split())
    assert (tmp_path / "notes" / f"talk-talk-2.{kind}").exists()
    assert "nothing new" in run("talk.vtt", "--format", kind)
    assert len(list((tmp_path / "notes").iterdir())) == 2


def test_two_memories_share_a_folder(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder, subject in (("a", "kettle"), ("b", "engine")):
        _talk(tmp_path / folder / "x.vtt", subject)
        monkeypatch.chdir(tmp_path / folder)
        run("x.vtt", "-o", "../notes", state=folder)
    texts = " ".join(path.read_text() for path in (tmp_path / "notes").iterdir())
    assert "kettle boils" in texts
    assert "engine boils" in texts
    monkeypatch.chdir(tmp_path / "a")
    assert "nothing new" in run("x.vtt", "-o", "../notes", state="a")


def test_a_memory_that_was_lost_finds_its_notes_again(run: Run, tmp_path: Path) -> None:
    _talk(tmp_path / "talk.vtt")
    run("talk.vtt", "--format", "txt,md")
    run("talk.vtt", "--format", "txt,md", state="another")
    assert len(list((tmp_path / "notes").iterdir())) == 2


@pytest.mark.parametrize("name", ["notes", "../here/notes", "link", "notes/../notes"])
def test_one_folder_is_one_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    here = tmp_path / "here"
    _talk(here / "talk.vtt")
    (here / "notes").mkdir()
    (here / "link").symlink_to(here / "notes")
    monkeypatch.chdir(here)
    run("talk.vtt")
    assert "nothing new" in run("talk.vtt", "-o", name)
    _talk(here / "b" / "talk.vtt", "engine")
    run("b/talk.vtt", "-o", name)
    assert len(list((here / "notes").iterdir())) == 2


@pytest.mark.parametrize("left", [0, 10, 200, -5, "nul"])
def test_a_note_that_was_cut_is_written_again(run: Run, tmp_path: Path, left: int | str) -> None:
    _talk(tmp_path / "talk.vtt")
    run("talk.vtt", "--format", "txt,md,json,html")
    notes = sorted((tmp_path / "notes").iterdir())
    before = [note.read_bytes() for note in notes]
    for note, data in zip(notes, before, strict=True):
        note.write_bytes(b"\0" * len(data) if left == "nul" else data[: int(left)])
    told = run("talk.vtt", "--format", "txt,md,json,html")
    assert [note.read_bytes() for note in notes] == before
    assert "was damaged and is written again" in " ".join(told.split())
    assert "nothing new" in run("talk.vtt", "--format", "txt,md,json,html")


def test_a_note_that_a_person_changed_stays_and_is_told_once(run: Run, tmp_path: Path) -> None:
    _talk(tmp_path / "talk.vtt")
    run("talk.vtt")
    (note,) = (tmp_path / "notes").iterdir()
    edited = note.read_text().replace("heat", "warmth")
    note.write_text(edited)
    assert "was changed by hand and stays" in " ".join(run("talk.vtt").split())
    assert "nothing new" in run("talk.vtt")
    assert "was changed by hand and stays" in " ".join(run("talk.vtt", "--fresh=all").split())
    assert note.read_text() == edited


def test_what_is_written_below_the_line_is_no_change(run: Run, tmp_path: Path) -> None:
    _talk(tmp_path / "talk.vtt")
    run("talk.vtt", "--format", "md")
    (note,) = (tmp_path / "notes").iterdir()
    with note.open("a") as file:
        file.write("my thoughts\n")
    assert "nothing new" in run("talk.vtt", "--format", "md")
    run("talk.vtt", "--format", "md", "--wikilinks", "--fresh=all")
    assert note.read_text().partition(MARK)[2] == "\nmy thoughts\n"


def test_a_note_that_was_touched_alone_is_not_written(run: Run, tmp_path: Path) -> None:
    _talk(tmp_path / "talk.vtt")
    run("talk.vtt")
    (note,) = (tmp_path / "notes").iterdir()
    note.touch()
    assert "nothing new" in run("talk.vtt")


ALL = "txt,md,json,html"


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("kind", ["txt", "md", "json", "html", ALL])
def test_a_folder_of_talks_makes_no_notes_of_its_own_notes(run: Run, tmp_path: Path, kind: str) -> None:
    for subject in ("kettle", "engine"):
        _talk(tmp_path / "notes" / f"{subject}.vtt", subject)
    (tmp_path / "notes" / "plain.txt").write_text(_WORDS.format("sea") * 3)
    run("notes", "--format", kind)
    before = _files(tmp_path / "notes")
    told = run("notes", "--format", kind)
    assert "nothing new" in told
    assert "3 notes of vidgist's own" in " ".join(told.split())
    run("notes", "--format", ALL)
    run("notes", "--format", ALL, "--fresh=all", state="another")
    stems = {name.rpartition(".")[0] for name in _files(tmp_path / "notes")}
    assert stems == {"kettle", "engine", "plain", "kettle-kettle", "engine-engine", "plain-plain"}
    assert all(_files(tmp_path / "notes")[name] == before[name] for name in ("plain.txt", "kettle.vtt"))


def test_what_is_made_of_many_notes_is_no_talk_either(run: Run, tmp_path: Path) -> None:
    _talk(tmp_path / "notes" / "talk.vtt")
    for kind in ("digest", "answer", "index"):
        (tmp_path / "notes" / f"{kind}.md").write_text(
            f'---\nvidgist: "{kind}"\n---\n\n# All of them\n\nwords\n'
        )
    run("notes")
    assert {"talk-talk.txt"} == {path.name for path in (tmp_path / "notes").glob("*.txt")}
    ended = CliRunner().invoke(app, ["run", "notes/digest.md", "--model", "offline:", "--state", "state"])
    assert ended.exit_code == 1
    assert "made of several notes" in " ".join(ended.output.split())


def test_a_folder_with_nothing_but_notes_says_so(run: Run, tmp_path: Path) -> None:
    _talk(tmp_path / "talk.vtt")
    run("talk.vtt", "--format", "md")
    ended = CliRunner().invoke(app, ["run", "notes", "--model", "offline:", "--state", "state"])
    told = " ".join(ended.output.split())
    assert ended.exit_code == 1
    assert "only 1 note of vidgist's own" in told
    assert "*.md" in told


@pytest.mark.parametrize("kind", ["txt", "md", "json", "html"])
def test_a_note_that_is_named_is_summarized_again_in_its_place(run: Run, tmp_path: Path, kind: str) -> None:
    _talk(tmp_path / "talk.vtt")
    run("talk.vtt", "--format", kind)
    (note,) = (tmp_path / "notes").iterdir()
    run(f"notes/{note.name}", "--format", kind, "--fresh=all")
    assert [path.name for path in (tmp_path / "notes").iterdir()] == [note.name]
    before = note.read_bytes()
    assert "nothing new" in run(f"notes/{note.name}", "--format", kind)
    assert "nothing new" in run("talk.vtt", "--format", kind)
    assert note.read_bytes() == before
    run(f"notes/{note.name}", "--format", kind, "-o", "elsewhere")
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == [note.name]


def test_a_note_named_in_every_format_is_one_item(run: Run, tmp_path: Path) -> None:
    _talk(tmp_path / "talk.vtt")
    run("talk.vtt", "--format", ALL)
    names = [f"notes/{path.name}" for path in (tmp_path / "notes").iterdir()]
    assert "1 done" in run(*names, "--format", ALL)
    assert len(list((tmp_path / "notes").iterdir())) == 4


def test_a_transcript_in_the_notes_folder_is_never_replaced(run: Run, tmp_path: Path) -> None:
    _talk(tmp_path / "notes" / "talk.vtt")
    (tmp_path / "notes" / "talk.txt").write_text(_WORDS.format("sea") * 3)
    (tmp_path / "notes" / "other.md").write_text("# Other\n\n" + _WORDS.format("moon") * 3)
    before = _files(tmp_path / "notes")
    run("notes/talk.txt", "notes/talk.vtt", "notes/other.md", "--format", ALL)
    after = _files(tmp_path / "notes")
    assert {name: after[name] for name in before} == before
    assert len({name.rpartition(".")[0] for name in after}) == 2 + 3


def test_a_persons_file_beside_a_note_that_is_named_stays(run: Run, tmp_path: Path) -> None:
    _talk(tmp_path / "talk.vtt")
    run("talk.vtt")
    own = tmp_path / "notes" / "talk-talk.md"
    own.write_text("MY OWN\n")
    run("notes/talk-talk.txt", "--format", "txt,md")
    assert own.read_text() == "MY OWN\n"
    assert len(list((tmp_path / "notes").glob("*.md"))) == 2


def test_what_is_below_the_line_survives_a_second_summary(run: Run, tmp_path: Path) -> None:
    _talk(tmp_path / "talk.vtt")
    run("talk.vtt", "--format", "md")
    (note,) = (tmp_path / "notes").iterdir()
    with note.open("a") as file:
        file.write("my thoughts\n")
    run("notes/talk-talk.md", "--format", "md", "--fresh=all")
    assert note.read_text().partition(MARK)[2] == "\nmy thoughts\n"


@pytest.mark.parametrize("kind", ["txt", "md", "json", "html"])
def test_a_note_that_was_made_read_only_stays(run: Run, tmp_path: Path, kind: str) -> None:
    _talk(tmp_path / "talk.vtt")
    run("talk.vtt", "--format", kind)
    note = tmp_path / "notes" / f"talk-talk.{kind}"
    note.chmod(0o444)
    before = note.read_bytes()
    _talk(tmp_path / "talk.vtt", "engine")
    told = " ".join(run("talk.vtt", "--format", kind).split())
    assert f"talk-talk.{kind} is write-protected and stays" in told
    assert note.read_bytes() == before
    note.chmod(0o644)
    run("talk.vtt", "--format", kind, "--fresh", "summary")
    assert b"engine" in note.read_bytes() or kind == "html"
    assert note.read_bytes() != before
