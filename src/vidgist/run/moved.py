"""Finds notes that a person has moved within their notes folder, or renamed, and goes on with them there."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from vidgist.errors import Unreadable
from vidgist.models import Item
from vidgist.notes import folders, reading


class MovedNotes:
    """The notes of a folder that the ledger does not know, looked for once, when the first one is missed.

    ``known`` are the files of all items, relative to the folder.
    """

    def __init__(self, folder: Path, known: frozenset[str]) -> None:
        self._folder = folder
        self._known = known
        self._found: Mapping[tuple[str, str], list[str]] | None = None

    def of(self, item: Item, files: Sequence[str]) -> tuple[str, ...]:
        """Return where the files of an item are now; empty where one of them is not found, or found twice."""
        now = [
            name if (self._folder / name).exists() else self._one(item, PurePath(name).suffix)
            for name in files
        ]
        return tuple(now) if all(now) else ()

    def _one(self, item: Item, suffix: str) -> str:
        if self._found is None:
            self._found = self._strangers()
        candidates = self._found.get((suffix, item.url)) or self._found.get((suffix, item.name)) or []
        return candidates[0] if len(candidates) == 1 else ""

    def _strangers(self) -> Mapping[tuple[str, str], list[str]]:
        """Read the notes under no known name, by their suffix and address (or item)."""
        found: dict[tuple[str, str], list[str]] = {}
        for path in self._unknown():
            try:
                item = reading.read(path).item
            except Unreadable:
                continue
            name = path.relative_to(self._folder).as_posix()
            found.setdefault((path.suffix.lower(), item.url or item.name), []).append(name)
        return found

    def _unknown(self) -> Iterator[Path]:
        try:
            for path in folders.files(self._folder):
                if path.relative_to(self._folder).as_posix() not in self._known:
                    yield path
        except OSError:  # a folder that cannot be read is one where nothing is found
            return
