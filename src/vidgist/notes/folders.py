"""Finds the notes in a folder, of any format and beside any other files."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from vidgist.notes import page

SUFFIXES = (".json", ".html", ".md", ".txt")
"""What can be read, the fullest first."""

MOST_DEPTH = 8
"""Folders below a notes folder that are looked into."""

HEAD_BYTES = 4096
"""So much of a file shows whether it is a note."""


def _is_markdown_note(head: str) -> bool:
    from vidgist.notes import markdown  # half of what reading takes to start, and many folders have none

    return markdown.is_note(head)


_SIGNS: dict[str, Callable[[str], bool]] = {
    ".json": lambda head: bool(re.match(r'\{\s*"format": "vidgist/', head)),
    ".html": page.is_note,
    ".md": _is_markdown_note,
    ".txt": lambda head: head.startswith("Timestamp: "),
}
"""What the beginning of a note of each format shows."""


def folder(path: Path) -> Iterator[Path]:
    """Yield the fullest readable file of each note in a folder and the folders below it, by name.

    What a person or another program has put there is passed over, and so are hidden folders and those whose
    name begins with ``_``: a site, answers, digests.
    """
    return (path / name for name in names(path))


def names(path: Path) -> list[str]:
    """Return the same files as `folder`, relative to it and with ``/``."""
    best: dict[str, tuple[int, str]] = {}
    for stem, kind, name in _notes(path):
        candidate = (SUFFIXES.index(kind), name)
        best[stem] = min(best.get(stem, candidate), candidate)
    return [best[stem][1] for stem in sorted(best)]


def files(path: Path) -> Iterator[Path]:
    """Yield every file of every note in a folder and the folders below it, by name."""
    return (path / name for _, _, name in _notes(path))


def _notes(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield path without suffix, suffix and path of each note's file, relative to the folder."""
    for name in _files(path, ""):
        stem, dot, suffix = name.rpartition(".")
        kind = f"{dot}{suffix}".lower()
        if kind in SUFFIXES and stem.rpartition("/")[2] and _is_note(path, name, kind):
            yield stem, kind, name


def _files(root: Path, below: str, depth: int = 0) -> Iterator[str]:
    """Yield paths of the files of a folder, relative to it and with ``/``."""
    with os.scandir(root / below) as entries:
        found = sorted(entries, key=lambda one: one.name)
    for entry in found:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith("_") and depth < MOST_DEPTH:
                yield from _files(root, f"{below}{entry.name}/", depth + 1)
        elif entry.is_file():
            yield f"{below}{entry.name}"


def _is_note(root: Path, file: str, kind: str) -> bool:
    """Return whether a file that others may have written is ours, as far as its beginning shows.

    A record or a document that lies directly in the notes folder is always meant: if it is damaged, the
    person should hear of it.
    """
    if kind in (".json", ".txt") and "/" not in file:
        return True
    try:
        with (root / file).open("rb") as stream:
            head = stream.read(HEAD_BYTES).decode("utf-8-sig", "ignore")
    except OSError:
        return False
    return shows_note(head, kind)


def shows_note(head: str, suffix: str) -> bool:
    """Return whether the beginning of a file with this suffix is that of a note of ours."""
    sign = _SIGNS.get(suffix.lower())
    return sign is not None and sign(head)
