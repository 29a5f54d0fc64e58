"""A run makes the index of a folder with many notes, within a time, and never fails for it."""

from datetime import datetime
from pathlib import Path

import pytest

from vidgist import search
from vidgist.archive import INDEX_NAME
from vidgist.archive.index import Index
from vidgist.commands import search_index
from vidgist.models import Record
from vidgist.text import record


def write(folder: Path, count: int) -> Path:
    for number in range(count):
        made = Record(
            timestamp=datetime(2026, 1, 2),
            title=f"Talk {number}",
            url=f"https://youtu.be/{number:011}",
            status="success",
            duration="1:00",
            description="### Summary of the Content:\n",
            content=f"Kettle {number} knows when to stop.",
        )
        (folder / f"{number:03}.txt").write_text(record.render(made), encoding="utf-8")
    return folder


def test_few_notes_get_no_index_and_many_do(tmp_path: Path) -> None:
    search_index.keep(write(tmp_path, search_index.FEWEST - 1))
    assert not (tmp_path / INDEX_NAME).exists()
    search_index.keep(write(tmp_path, search_index.FEWEST))
    assert (tmp_path / INDEX_NAME).is_file()
    before = (tmp_path / INDEX_NAME).read_bytes()
    search_index.keep(tmp_path)
    assert (tmp_path / INDEX_NAME).read_bytes() == before


def test_what_is_not_read_in_its_time_is_read_by_the_next_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "SECONDS", 0.0)
    search_index.keep(write(tmp_path, search_index.FEWEST))
    assert (tmp_path / INDEX_NAME).is_file()
    assert search("kettle 7", tmp_path).hits[0].file == "007.txt"


@pytest.mark.parametrize("error", [OSError("gone"), RuntimeError("odd"), MemoryError()])
def test_no_failure_of_the_index_is_one_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(self: Index, seconds: float) -> None:
        raise error

    monkeypatch.setattr(Index, "refresh", refuse)
    search_index.keep(write(tmp_path, search_index.FEWEST))
    search_index.keep(tmp_path / "nothing")
