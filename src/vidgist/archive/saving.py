"""Write answers and digests into the notes folder, replacing only what is as it was left."""

from pathlib import Path
from typing import NamedTuple

from vidgist.protocols import Memory
from vidgist.run.destinations import Folder
from vidgist.run.note_files import NoteFiles
from vidgist.text import filenames


class Saved(NamedTuple):
    """A file that was written, and what a person should know of its name."""

    path: Path
    notice: str


def save(folder: Path, title: str, text: str, kind: str, suffix: str, memory: Memory) -> Saved:
    """Write a text under the slug of its title. Raises `InputError`, `WriteFailed` or `OutputFull`."""
    place = Folder(folder)
    name = f"{filenames.slug(title) or kind}{suffix}"
    put, notice = NoteFiles(place, memory, place.key).put_beside(name, lambda _: text)
    return Saved(folder / put, notice)
