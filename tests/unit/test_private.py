"""What the memory holds is its owner's alone, whatever the umask, and can be read where it cannot be written."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vidgist.cli import app
from vidgist.errors import StateLost
from vidgist.models import Item
from vidgist.store import Job, Store, _database

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777 & 0o027])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def _open_to_others(folder: Path) -> list[str]:
    paths = (folder, *folder.rglob("*"))
    return [str(path) for path in paths if stat.S_IMODE(path.stat().st_mode) & 0o077]


def _run(folder: Path) -> None:
    (folder / "talk.txt").write_text("The kettle boils because the heat goes into the water. It is hot then.")
    words = ["run", str(folder / "talk.txt"), "--model", "offline:", "-o", str(folder / "notes"), "-v"]
    ended = CliRunner().invoke(app, [*words, "--state", str(folder / "state")], catch_exceptions=False)
    assert ended.exit_code == 0, ended.output


@posix
def test_a_state_is_its_owners_alone(umask: int, tmp_path: Path) -> None:
    _run(tmp_path)
    assert _open_to_others(tmp_path / "state") == []


@posix
def test_files_of_an_earlier_version_are_closed_to_others(tmp_path: Path) -> None:
    _run(tmp_path)
    for path in (tmp_path / "state").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    _run(tmp_path)
    left = {Path(name).name for name in _open_to_others(tmp_path / "state")}
    assert not left & {"state.db", "lock", "opening", "runs", "logs"}


@posix
def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0o755)
    Store(tmp_path / "state").close()
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o755


def test_a_state_that_cannot_be_written_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    item = Item(source="local", id="a", name="a", url="a", origin="a")
    store = Store(tmp_path / "state")
    store.jobs.save("notes", Job(item=item, recipe="r", status="done"))
    store.close()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(_database, "lock", refuse)
    store = Store(tmp_path / "state")
    try:
        assert store.jobs.find("notes", item) is not None
        with pytest.raises(StateLost):
            store.memory.remember("kind", "key", "body")
    finally:
        store.close()
    ended = CliRunner().invoke(app, ["status", "--state", str(tmp_path / "state")])
    assert ended.exit_code == 0, ended.output
