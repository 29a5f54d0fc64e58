"""The shelf: whole files or none."""

import errno
import io
import os
import sys
from pathlib import Path

import pytest

from vidgist.errors import InputError, OutputFull, WriteFailed
from vidgist.run import unfinished
from vidgist.run.destinations import Discard, Folder, Stream


def test_a_file_is_replaced_whole_and_leaves_no_part(tmp_path: Path) -> None:
    shelf = Folder(tmp_path / "notes")
    assert shelf.old("a.txt") == ""
    assert shelf.put("a.txt", "one\n") == "a.txt"
    shelf.put("a.txt", "zwei 水\n")
    assert shelf.old("a.txt") == "zwei 水\n"
    assert (tmp_path / "notes" / "a.txt").read_bytes() == "zwei 水\n".encode()
    assert shelf.holds("a.txt")
    shelf.put("a.png", b"\x89PNG")
    assert (tmp_path / "notes" / "a.png").read_bytes() == b"\x89PNG"
    shelf.drop("a.txt")
    shelf.drop("a.txt")
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["a.png"]


def test_half_a_surrogate_pair_does_not_stop_a_file(tmp_path: Path) -> None:
    Folder(tmp_path).put("a.txt", "x\ud83dy 😀")
    assert "😀" in (tmp_path / "a.txt").read_text(encoding="utf-8")


def test_parts_of_a_killed_run_are_swept_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = unfinished.name()
    gone = left.replace(f"-{os.getpid()}-", "-999999999-")
    monkeypatch.setattr(unfinished, "_OURS", "another-process-of-our-number")
    others = {".a.txt.part", "a.part", ".hidden", ".movie.mkv.part", ".vidgist-elsewhere-1-x.part"}
    for name in (left, gone, *others):
        (tmp_path / name).write_text("half")
    (tmp_path / ".vidgist-x.part").mkdir()
    monkeypatch.setattr(unfinished, "_is_alive", lambda process: process != 999999999)
    Folder(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*others, ".vidgist-x.part"}


def test_the_part_of_a_run_at_work_is_left_alone(tmp_path: Path) -> None:
    for name in (unfinished.name(), unfinished.name().replace(f"-{os.getpid()}-", f"-{os.getppid()}-")):
        (tmp_path / name).write_text("half")
    Folder(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_new_file_takes_nobodys_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("mine")
    with pytest.raises(WriteFailed, match="exists"):
        Folder(tmp_path).put("a.txt", "other", new=True)

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(WriteFailed, match="exists"):
        Folder(tmp_path).put("a.txt", "other", new=True)
    Folder(tmp_path).put("b.txt", "other", new=True)
    assert sorted(path.read_text() for path in tmp_path.iterdir()) == ["mine", "other"]


def test_one_folder_has_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "notes")
    monkeypatch.chdir(tmp_path / "notes")
    names = (Path(), Path("../notes"), tmp_path / "link", tmp_path / "x" / ".." / "notes")
    assert {Folder(name).key for name in names} == {str((tmp_path / "notes").resolve())}
    assert Folder(tmp_path / "notes").is_at(str(tmp_path / "link"))
    assert not Folder(tmp_path / "notes").is_at(str(tmp_path / "gone"))


def test_a_folder_that_takes_no_commit_is_good_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", refuse)
    assert Folder(tmp_path).put("a.txt", "words") == "a.txt"


def test_a_folder_that_may_be_written_and_not_listed_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "scandir", closed)
    assert Folder(tmp_path).put("a.txt", "words") == "a.txt"


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        Folder(tmp_path / "file" / "notes")
    with pytest.raises(InputError, match="cannot be written: a file has that name"):
        Folder(tmp_path / "file")


@pytest.mark.parametrize(
    ("number", "raised"), [(errno.ENOSPC, OutputFull), (errno.EROFS, OutputFull), (errno.EACCES, WriteFailed)]
)
def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, raised: type[Exception]
) -> None:
    shelf = Folder(tmp_path)
    shelf.put("a.txt", "old\n")

    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(raised, match=os.strerror(number)):
        shelf.put("a.txt", "new\n")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old\n"


def test_the_folder_is_not_settled_where_the_system_has_no_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Folder(tmp_path)
    monkeypatch.setattr("vidgist.run.destinations.os.name", "nt")
    shelf._settle(tmp_path)
    monkeypatch.undo()
    assert os.name == ("nt" if sys.platform == "win32" else "posix")


def test_a_stream_takes_files_one_after_another() -> None:
    stream = io.StringIO()
    shelf = Stream(stream)
    shelf.put("a.txt", "one\n")
    shelf.put("b.txt", b"two\n")
    shelf.drop("a.txt")
    assert stream.getvalue() == "one\ntwo\n"
    assert shelf.old("a.txt") == ""
    assert not shelf.holds("a.txt")


def test_a_closed_stream_ends_the_run() -> None:
    class Closed(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    with pytest.raises(OutputFull, match="standard output is closed"):
        Stream(Closed()).put("a.txt", "one\n")


def test_nowhere_keeps_nothing() -> None:
    shelf = Discard()
    assert shelf.put("a", "b") == ""
    shelf.drop("a")
    assert not shelf.holds("a")
    assert shelf.old("a") == ""
