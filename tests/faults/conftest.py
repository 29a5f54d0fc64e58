"""What the fault tests share: the program in this process and as a real one, and small or read-only disks."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.e2e.conftest import Ended, Vidgist, patient, vidgist
from vidgist.models import Record
from vidgist.text import record

__all__ = ["Disk", "Ended", "Program", "Vidgist", "patient", "records", "said", "transcripts", "vidgist"]

LONGEST = 300
"""Seconds after which a program is taken to hang, on a machine with much else to do."""

Program = Callable[..., Ended]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Runs the program as a process of its own, in the test's folder; ``env`` is set beside what is there."""

    def run(
        *arguments: str | Path,
        env: dict[str, str] | None = None,
        stdout: int = subprocess.PIPE,
        stderr: int = subprocess.PIPE,
    ) -> Ended:
        ended = subprocess.run(
            [sys.executable, "-m", "vidgist", *map(str, arguments)],
            cwd=tmp_path,
            env=os.environ | {"VIDGIST_STATE": str(tmp_path / "state")} | (env or {}),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            timeout=LONGEST,
            check=False,
        )
        out, err = ended.stdout or b"", ended.stderr or b""
        return Ended(ended.returncode, out.decode(), err.decode(errors="replace"))

    return run


@pytest.fixture
def talks(tmp_path: Path) -> list[Path]:
    return transcripts(tmp_path, 6)


def transcripts(folder: Path, count: int) -> list[Path]:
    """So many talks of a few kilobytes."""
    paths = [folder / f"talk{number}.srt" for number in range(count)]
    for number, path in enumerate(paths):
        lines = (
            f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n"
            f"Talk {number} says that water number {n} boils sooner on a mountain, because the air is thin.\n"
            for n in range(1, 40)
        )
        path.write_text("\n".join(lines), encoding="utf-8")
    return paths


class Disk(NamedTuple):
    """A file system of its own. ``fill`` leaves so many bytes free."""

    path: Path

    def fill(self, free: int) -> None:
        whole = os.statvfs(self.path)
        (self.path / "filler").write_bytes(b"x" * max(0, whole.f_bavail * whole.f_frsize - free))

    def empty(self) -> None:
        (self.path / "filler").unlink()

    def freeze(self) -> None:
        """Take no more writing."""
        _mount("-o", "remount,ro", str(self.path))

    def thaw(self) -> None:
        _mount("-o", "remount,rw", str(self.path))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk of 512 kilobytes in memory, where this machine lets the test mount one."""
    path = tmp_path / "disk"
    path.mkdir()
    _mount("-t", "tmpfs", "-o", "size=512k", "tmpfs", str(path))
    try:
        yield Disk(path)
    finally:
        subprocess.run(["umount", str(path)], check=True, capture_output=True)


def _mount(*arguments: str) -> None:
    try:
        done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    except OSError as error:
        pytest.skip(f"no disk can be mounted here: {error}")
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")


def said(ended: Ended, code: int, *words: str) -> str:
    """The one line that says why a command ended as it did; its exit code and manners are as promised."""
    assert "Traceback" not in ended.err, ended.err
    assert "a bug" not in ended.err, ended.err
    assert "Logging error" not in ended.err, ended.err
    assert ended.code == code, ended
    lines = [line for line in ended.err.split("\n") if line.startswith(("vidgist: ", "stopped "))]
    assert len(lines) == 1, ended.err
    for word in words:
        assert word in ended.err
    return lines[0]


def records(folder: Path) -> dict[str, Record]:
    """The records of a folder by file name, each exact; nothing half-written lies beside them."""
    with contextlib.suppress(FileNotFoundError):
        assert not [path for path in folder.iterdir() if path.suffix == ".part"]
    return {path.name: record.parse(path.read_bytes().decode()) for path in folder.glob("*.txt")}
