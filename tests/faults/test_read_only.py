"""Folders that take no writing: named before anything is spent, or at the moment they freeze."""

from pathlib import Path
from typing import Any

import pytest

from tests.doubles.llm import Llm
from tests.faults.conftest import Disk, Vidgist, records, said

pytestmark = pytest.mark.unmeasured


def test_a_notes_folder_that_takes_nothing(vidgist: Vidgist, llm: Llm, disk: Disk, talks: list[Path]) -> None:
    disk.freeze()
    model = ("--base-url", llm.base_url, "--model", "openai:small")
    said(vidgist("run", *talks, "-o", disk.path, *model), 2, "notes folder", "Read-only", "-o")
    assert llm.seen == []
    assert vidgist("doctor", "--no-network", "--state", disk.path / "state").code == 1
    disk.thaw()
    assert vidgist("run", *talks, "-o", disk.path, *model).code == 0
    assert len(records(disk.path)) == len(talks)


def test_a_state_that_takes_nothing(vidgist: Vidgist, disk: Disk, talks: list[Path], tmp_path: Path) -> None:
    disk.freeze()
    said(vidgist("run", *talks, "--state", disk.path / "state"), 2, "state folder", "Read-only", "--state")
    said(vidgist("status", "--state", disk.path / "state"), 2, "state folder", "Read-only")
    disk.thaw()
    assert vidgist("run", *talks[:3], "--state", disk.path / "state").code == 0
    disk.freeze()
    said(vidgist("run", *talks, "--state", disk.path / "state"), 2, "state folder", "--state")
    assert len(records(tmp_path / "notes")) == 3
    disk.thaw()
    assert vidgist("run", *talks, "--state", disk.path / "state").code == 0
    assert len(records(tmp_path / "notes")) == len(talks)


def test_a_notes_folder_that_freezes_while_the_model_thinks(
    vidgist: Vidgist, llm: Llm, disk: Disk, talks: list[Path]
) -> None:
    """What was paid for is remembered, and written by the next run without another call."""

    def freeze(prompt: str, schema: dict[str, Any] | None, answer: str) -> str:
        disk.freeze()
        return answer

    llm.responder = freeze
    command = ("run", talks[0], "-o", disk.path, "--base-url", llm.base_url, "--model", "openai:small")
    said(vidgist(*command), 3, "Read-only", "same command again")
    asked = len(llm.chats)
    llm.responder = None
    disk.thaw()
    assert records(disk.path) == {}
    assert vidgist(*command).code == 0
    assert len(records(disk.path)) == 1
    assert len(llm.chats) == asked


def test_other_places_that_take_nothing(vidgist: Vidgist, disk: Disk, talks: list[Path], home: Path) -> None:
    assert vidgist("run", talks[0]).code == 0
    disk.freeze()
    said(vidgist("export", "notes", "--format", "md", "-o", disk.path), 2, "Read-only", "-o")
    said(vidgist("site", "notes", "-o", disk.path / "site"), 2, "Read-only", "-o")
    (home / ".config").symlink_to(disk.path)
    said(vidgist("prompts", "copy", "brief"), 2, "Read-only")
    said(vidgist("schedule", "install", "--kind", "systemd", "--yes", "--", "x"), 2, "Read-only")
