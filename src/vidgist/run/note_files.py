"""The files of notes as this memory wrote them: files of others are never replaced, and damage is recognized.

A file is ours where the memory holds the digest of what was put there. One that differs from it was cut, and
is written again, or was changed by a person, and stays. What a person writes below the marked line of a
Markdown note is expected there and changes nothing.
"""

import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePath
from typing import NamedTuple

from vidgist.errors import StateLost
from vidgist.notes import folders, page
from vidgist.notes.markdown import MARK
from vidgist.protocols import Memory
from vidgist.run.destinations import Destination, encoded

_KIND = "written"
_MARK = MARK.encode()
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?")


class _Left(NamedTuple):
    """A file as it was left. ``edited``: by a person, which was reported."""

    stamp: str
    digest: str
    edited: bool


class Forgetful:
    """A memory where none is to be had."""

    def recall(self, kind: str, key: str) -> str | None:  # noqa: ARG002
        return None

    def remember(self, kind: str, key: str, body: str) -> None:
        """Keep nothing."""

    def forget(self, kind: str, key: str) -> None:
        """Do nothing: nothing is kept."""


class NoteFiles:
    """Files at one destination. ``key`` is what the ledger calls it."""

    def __init__(self, destination: Destination, memory: Memory, key: str) -> None:
        self._destination = destination
        self._memory = memory
        self._key = key

    def stands(self, name: str) -> bool:
        """Return whether a file stands there as it was left; of an unknown one, whether it stands."""
        stamp = self._destination.stamp(name)
        left = self._recall(name) if stamp else None
        if left is None or left.stamp == stamp:
            return bool(stamp)
        found = self._destination.read(name)
        if found is None or _digest(found) != left.digest:
            return False
        self._remember(name, left.digest, edited=left.edited)
        return True

    def is_free(self, name: str, content: str | bytes) -> bool:
        """Return whether a note may be put there: no file, one of ours, or the same but for its moment."""
        found = self._destination.read(name)
        if found is None or self._recall(name) is not None:
            return True
        return _timeless(found) == _timeless(_bytes(content))

    def is_note(self, name: str) -> bool:
        """Return whether nothing stands there, or a note of vidgist's, of this memory or another."""
        found = self._destination.read(name)
        if found is None or self._recall(name) is not None:
            return True
        head = found[: folders.HEAD_BYTES].decode("utf-8-sig", "ignore")
        return folders.shows_note(head, PurePath(name).suffix)

    def put(self, name: str, content: str | bytes) -> tuple[str, str]:
        """Write a file unless a person has changed it; return its name and a notice about it.

        Raises `WriteFailed` or `OutputFull`.
        """
        if not self._destination.keeps:
            return self._destination.put(name, content), ""
        data = _bytes(content)
        found, left, notice = self._destination.read(name), self._recall(name), ""
        if found is not None and found != data and self._destination.is_locked(name):
            return name, f"{name} is write-protected and stays; make it writable to have it written again"
        if found is not None and left is not None and found != data:
            is_changed = left.edited or _digest(found) != left.digest
            if is_changed and not _is_cut(found, data):
                self._remember(name, _digest(found), edited=True)
                return name, f"{name} was changed by hand and stays; move it away to have it written again"
            notice = f"{name} was damaged and is written again" if is_changed else ""
        put = name if found == data else self._destination.put(name, content, new=found is None)
        if put:
            self._remember(name, _digest(data), edited=False)
        return put, notice

    def follow(self, before: str, after: str) -> None:
        """Know a file that a person has moved under the name that it has now."""
        left = self._recall(before)
        if before != after and left is not None:
            self._memory.remember(
                _KIND, self._place(after), " ".join((left.stamp, left.digest, *["edited"] * left.edited))
            )
            self._memory.forget(_KIND, self._place(before))

    def put_beside(self, name: str, render: Callable[[str], str | bytes | None]) -> tuple[str, str]:
        """Put a file that a command was asked for, under the next free name where another's has this one.

        ``render`` makes it from the text that stands there, or None for no file. A file that is as it was
        written is replaced; one that a person changed counts as theirs. Return its name and a notice.
        Raises `WriteFailed` or `OutputFull`.
        """
        if not self._destination.keeps:
            made = render("")
            return ("" if made is None else self._destination.put(name, made)), ""
        wanted, number, whose = PurePath(name), 1, ""
        while True:
            made = render(self._destination.old(name))
            if made is None:
                return "", ""
            data = _bytes(made)
            found, left = self._destination.read(name), self._recall(name)
            is_locked = found is not None and found != data and self._destination.is_locked(name)
            if found is None or (self._may_go(found, left, data) and not is_locked):
                break
            changed = "was changed by hand" if left else "is there already and not of this memory"
            whose = whose or ("is write-protected" if is_locked else changed)
            number += 1
            name = str(wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}"))
        put = name if found == data else self._destination.put(name, data, new=found is None)
        with suppress(StateLost):  # a memory that can be read alone
            self._remember(name, _digest(data), edited=False)
        return put, f"{wanted} {whose}: written as {put}" if whose else ""

    def _may_go(self, found: bytes, left: _Left | None, data: bytes) -> bool:
        """Return whether a file is as it was left, or holds nothing that what comes does not."""
        if left is not None and not left.edited and _digest(found) == left.digest:
            return True
        return _timeless(found) == _timeless(data) or (left is not None and _is_cut(found, data))

    def drop(self, name: str) -> str:
        """Delete a file that is unchanged since it was written; return a notice about one that is not."""
        if not self.stands(name):
            return f"{name} was changed by hand and stays" if self._destination.stamp(name) else ""
        left = self._recall(name)
        if self._destination.is_locked(name):
            return f"{name} is write-protected and stays"
        if left is not None and left.edited:
            return f"{name} was changed by hand and stays"
        self._destination.drop(name)
        self._memory.forget(_KIND, self._place(name))
        return ""

    def _place(self, name: str) -> str:
        return f"{self._key}\n{PurePath(name)}"

    def _recall(self, name: str) -> _Left | None:
        fields = (self._memory.recall(_KIND, self._place(name)) or "").split(" ")
        return _Left(fields[0], fields[1], len(fields) > 2) if len(fields) > 1 else None  # noqa: PLR2004

    def _remember(self, name: str, digest: str, *, edited: bool) -> None:
        left = f"{self._destination.stamp(name)} {digest}{' edited' if edited else ''}"
        self._memory.remember(_KIND, self._place(name), left)


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else encoded(content)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data.partition(_MARK)[0]).hexdigest()


def _timeless(data: bytes) -> bytes:
    """Return a note without its moments, also in what a page encloses."""
    return _MOMENT.sub(b"", page.unpacked(data.decode("utf-8", "replace")).encode())


def _is_cut(found: bytes, whole: bytes) -> bool:
    """Return whether a file is the beginning of what it was, as a full disk or a lost power leaves one."""
    kept = found.rstrip(b"\0")
    return not kept.strip() or (len(kept) < len(whole) and whole.startswith(kept))
