"""Files that are finished: left alone while they and their notes stand, done again where either does not."""

import os
from pathlib import Path

import pytest

from tests.doubles.llm import Llm
from tests.e2e.conftest import Vidgist
from vidgist.text import record

pytestmark = pytest.mark.unmeasured


@pytest.fixture
def talks(tmp_path: Path) -> list[Path]:
    (tmp_path / "talks").mkdir()
    made = [tmp_path / "talks" / f"talk {number}.txt" for number in range(5)]
    for number, talk in enumerate(made):
        talk.write_text(f"Talk number {number} is about bread. Bread needs flour and time.\n", "utf-8")
    return made


@pytest.mark.parametrize("listed", [True, False])
def test_of_finished_files_only_what_changed_or_lost_its_note_is_done(
    vidgist: Vidgist, llm: Llm, tmp_path: Path, talks: list[Path], listed: bool
) -> None:
    (tmp_path / "list").write_text("".join(f"{talk}\n" for talk in talks), "utf-8")
    inputs = ("--from-file", "list") if listed else ("talks",)
    command = ("run", *inputs, "--model", "openai:small", "--base-url", llm.base_url)
    assert vidgist(*command).code == 0
    notes = {path: path.read_bytes() for path in (tmp_path / "notes").iterdir()}
    assert len(notes) == len(talks)
    llm.seen.clear()

    assert "nothing new" in vidgist(*command).err
    assert llm.seen == []
    assert {path: path.read_bytes() for path in (tmp_path / "notes").iterdir()} == notes

    times = talks[1].stat()
    talks[1].write_text(talks[1].read_text("utf-8").replace("flour", "water"), "utf-8")
    os.utime(talks[1], ns=(times.st_atime_ns, times.st_mtime_ns))
    assert talks[1].stat().st_size == times.st_size
    lost = next(path for path in notes if path.name.startswith("talk 3-"))
    lost.unlink()
    ended = vidgist(*command)
    assert ended.code == 0
    assert "2 done" in ended.err
    assert lost.read_bytes() == notes[lost]
    changed = [path for path, was in notes.items() if path.read_bytes() != was]
    assert [path.name for path in changed] == ["talk 1-talk-1.txt"]
    assert "water" in record.parse(changed[0].read_text("utf-8")).content
    assert all("number 1" in chat.prompt for chat in llm.chats)
    assert llm.chats
