"""Where finished notes go: a folder of files, each replaced whole or not at all, or a stream."""

import contextlib
import errno
import itertools
import os
import stat
import tempfile
from pathlib import Path
from typing import Protocol, TextIO

from vidgist.errors import InputError, OutputFull, WriteFailed
from vidgist.run import unfinished

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_NO_COMMIT = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}


class Destination(Protocol):
    """Takes the files of one note, by name."""

    key: str
    """What the ledger calls this place."""

    keeps: bool
    """False where nothing is kept, so that every run writes everything again."""

    root: str
    """The folder of this machine that this is; empty where it is none."""

    def old(self, name: str) -> str:
        """Return the text of a file that stands there now; empty where none does."""

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file that stands there now; None where none does."""

    def stamp(self, name: str) -> str:
        """Return what changes whenever a file does, had without reading it; empty where none stands there."""

    def is_at(self, folder: str) -> bool:
        """Return whether this is the place that the ledger calls so."""

    def put(self, name: str, content: str | bytes, *, new: bool = False) -> str:
        """Put one file, text as UTF-8; its name, empty where it went nowhere.

        ``new``: where no file stands there. Raises `WriteFailed` or `OutputFull`.
        """

    def holds(self, name: str) -> bool: ...

    def is_locked(self, name: str) -> bool:
        """Return whether a person has write-protected the file that stands there."""

    def own(self, note: str) -> str:
        """Return the name here of a note whose path without suffix is given; empty
        where it lies elsewhere.
        """

    def drop(self, name: str) -> None: ...


class Folder:
    """A notes folder, made where it is not there. Raises `InputError` where it cannot be made or written.

    ``read_only``: for who only asks what is there; nothing is made or cleared away.
    """

    keeps = True

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = _resolved(path)
        self.key = self.root = str(self.path)
        if not read_only:
            self._prepare(path)

    def _prepare(self, path: Path) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.path, prefix="."):
                pass
        except OSError as error:
            reason = "a file has that name" if isinstance(error, FileExistsError) else error.strerror
            raise InputError(
                f"the notes folder {path} cannot be written: {reason}", hint="name another with -o"
            ) from error
        self._sweep()

    def _sweep(self) -> None:
        """Delete the unfinished files of a killed run, where the folder can be listed."""
        with contextlib.suppress(OSError), os.scandir(self.path) as entries:
            for left in [one for one in entries if unfinished.is_abandoned(one)]:
                with contextlib.suppress(OSError):
                    Path(left).unlink()

    def _at(self, name: str) -> Path:
        return unfinished.reachable(self.path / name)

    def _part(self, name: str) -> Path:  # noqa: ARG002
        """Return where a file stands until it is whole."""
        return self._at(unfinished.name())

    def read(self, name: str) -> bytes | None:
        try:
            return self._at(name).read_bytes()
        except (FileNotFoundError, ValueError):
            return None
        except OSError:
            return b"" if os.path.lexists(self._at(name)) else None

    def stamp(self, name: str) -> str:
        try:
            found = os.stat(os.path.join(self.root, name))  # noqa: PTH116, PTH118 (asked for each of a long list)
        except (OSError, ValueError):
            return ""
        return f"{found.st_size}-{found.st_mtime_ns}"

    def is_at(self, folder: str) -> bool:
        try:
            return folder == self.key or self.path.samefile(folder)
        except (OSError, ValueError):
            return False

    def old(self, name: str) -> str:
        try:
            with self._at(name).open(encoding="utf-8", newline="") as file:
                return file.read()
        except (OSError, UnicodeError):
            return ""

    def put(self, name: str, content: str | bytes, *, new: bool = False) -> str:
        part = self._part(name)
        try:
            folder = self._made(name)
            with part.open("wb") as file:
                file.write(content if isinstance(content, bytes) else encoded(content))
                file.flush()
                _kept(file.fileno())
            if new:
                unfinished.place(part, self._at(name))
            else:
                unfinished.put(part, self._at(name))
            self._settle(folder)
        except UnicodeEncodeError as error:
            raise WriteFailed(
                f"{name} cannot be written: the current locale cannot encode this file name",
                hint="choose a UTF-8 locale: LC_ALL=C.UTF-8",
            ) from error
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            if error.errno in _FULL:
                raise OutputFull(
                    f"the notes folder {self.path} cannot take more: {error.strerror}"
                ) from error
            raise WriteFailed(f"{name} cannot be written: {error.strerror}") from error
        return name

    def _made(self, name: str) -> Path:
        """Return the folder that a file belongs in, made where it is not there. Raises `OSError`,
        `WriteFailed`.
        """
        folder = (self.path / name).parent
        if folder == self.path:
            return folder
        folder.mkdir(parents=True, exist_ok=True)
        if not folder.resolve().is_relative_to(self.path):
            raise WriteFailed(f"{name} cannot be written: its folder is a link that leads out of {self.path}")
        return folder

    def _settle(self, folder: Path) -> None:
        """Commit a folder's entry too, where the system lets one."""
        if os.name != "posix":
            return
        with contextlib.suppress(OSError):  # the file is whole: some shared folders take no commit
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def holds(self, name: str) -> bool:
        return os.path.exists(os.path.join(self.root, name))  # noqa: PTH110, PTH118 (asked for each of a long list)

    def is_locked(self, name: str) -> bool:
        try:
            return not self._at(name).stat().st_mode & _WRITABLE
        except (OSError, ValueError):
            return False

    def own(self, note: str) -> str:
        if not note:
            return ""
        path = Path(note)
        parent = _resolved(path.parent)
        inside = parent.is_relative_to(self.path)
        return (parent.relative_to(self.path) / path.name).as_posix() if inside else ""

    def drop(self, name: str) -> None:
        with contextlib.suppress(OSError):  # a file too many is no reason to call its item failed
            self._at(name).unlink()
            for folder in itertools.takewhile(lambda one: one != self.path, (self.path / name).parents):
                folder.rmdir()


class Discard:
    """Keeps no file: for those who want nothing but the memory filled."""

    keeps = False
    key = "memory"
    root = ""

    def old(self, name: str) -> str:  # noqa: ARG002
        return ""

    def read(self, name: str) -> bytes | None:  # noqa: ARG002
        return None

    def stamp(self, name: str) -> str:  # noqa: ARG002
        return ""

    def is_at(self, folder: str) -> bool:
        return folder == self.key

    def put(self, name: str, content: str | bytes, *, new: bool = False) -> str:  # noqa: ARG002
        return ""

    def is_locked(self, name: str) -> bool:  # noqa: ARG002
        return False

    def holds(self, name: str) -> bool:  # noqa: ARG002
        return False

    def own(self, note: str) -> str:  # noqa: ARG002
        return ""

    def drop(self, name: str) -> None:
        """Do nothing: nothing stays."""


class Stream(Discard):
    """A stream of whole files, one after another: standard output in a pipe."""

    key = "-"

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def put(self, name: str, content: str | bytes, *, new: bool = False) -> str:  # noqa: ARG002
        text = content.decode() if isinstance(content, bytes) else content
        try:
            self.stream.write(encoded(text).decode())
            self.stream.flush()
        except OSError as error:
            raise OutputFull(
                f"standard output is closed: {error.strerror}",
                hint="read all of it, or name a folder with -o",
            ) from error
        return name


def encoded(text: str) -> bytes:
    """Encode as UTF-8; half a surrogate pair, which no file can hold, becomes a replacement character."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()


def _resolved(path: Path) -> Path:
    """Return the one name of a folder, behind links and dots."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself
        return path.absolute()


def _kept(descriptor: int) -> None:
    """Commit a file's bytes to disk, where its file system can."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_COMMIT:
            raise
