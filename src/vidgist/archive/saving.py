"""Write answers and digests into the notes folder, replacing only what is ours under the same title."""

import re
from pathlib import Path
from typing import NamedTuple

from vidgist.errors import WriteFailed
from vidgist.run.destinations import Folder
from vidgist.text import filenames

_MOST = 1_000


class Saved(NamedTuple):
    path: Path
    replaced: bool


def save(folder: Path, title: str, text: str, kind: str, suffix: str) -> Saved:
    """Write a text under the slug of its title. Raises `InputError` or `WriteFailed`."""
    place = Folder(folder)
    stem = filenames.slug(title) or kind
    for number in range(1, _MOST):
        name = f"{stem}{'' if number == 1 else f'-{number}'}{suffix}"
        is_there = place.holds(name)
        if not is_there or is_ours(place.old(name), kind, title):
            place.put(name, text)
            return Saved(folder / name, is_there)
    raise WriteFailed(f"{folder} holds too many files named {stem}")


def is_ours(text: str, kind: str, title: str) -> bool:
    """Return whether a file is one of this kind and title that we wrote."""
    head = text[:4_000]
    marks = (
        f'vidgist: "{kind}"',
        f"<!-- vidgist: {kind} -->",
        f'"format": "vidgist-{kind}/1"',
        f"\n### {kind.capitalize()} of the ",
    )
    return any(mark in head for mark in marks) and " ".join(title.split())[:40] in _plain(head)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\\(.)", r"\1", text).split())
