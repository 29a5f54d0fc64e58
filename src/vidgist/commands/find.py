"""Finds a note by what a person knows of it: a file, a folder, an id, a URL, words of its title."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from vidgist.commands import export
from vidgist.config import at_home
from vidgist.errors import InputError, Unreadable
from vidgist.models import Note
from vidgist.notes import folders, moment_links, reading
from vidgist.text import filenames, record

MOST_SHOWN = 10
MOST_READ = 2_000
"""Notes that are opened to read their titles where no file name fits."""

_ID = re.compile(r"[\w-]{11}", re.ASCII)


def note(wanted: str, place: Path) -> tuple[Path, Note]:
    """Return the file and the note that is meant, the newest of the folder where nothing is named.

    Raises `InputError` and `Unreadable`.
    """
    file = find(wanted, [place]) if wanted else newest(place)
    return file, reading.read(file)


def find(wanted: str, places: Sequence[Path]) -> Path:
    """Return the file of the note that is meant. ``places`` are notes folders, looked through in this order.

    Raises `InputError` saying where it was looked for, or which notes fit where several do.
    """
    path = at_home(wanted)
    if path.is_dir():
        return newest(path)
    if path.exists():
        return path
    there = [place for place in places if place.is_dir()]
    for place in there:
        found = _fitting(wanted, list(folders.folder(place)))
        if len(found) == 1:
            return found[0]
        if found:
            raise InputError(f"{len(found)} notes fit {wanted!r}", hint=_listed(found))
    raise _nothing(wanted, places, there)


def newest(folder: Path) -> Path:
    """Return the note of a folder that was written last. Raises `InputError` where it has none."""
    found = list(folders.folder(folder)) if folder.is_dir() else []
    if not found:
        raise export.no_notes(folder)
    return max(found, key=lambda path: path.stat().st_mtime)


def _fitting(wanted: str, notes: Sequence[Path]) -> list[Path]:
    """Yield notes by their names first, which costs nothing; then by what stands in them."""
    video = moment_links.video_id(wanted) or (wanted if _ID.fullmatch(wanted) else "")
    if video:
        named = [path for path in notes if path.stem == video or path.stem.startswith(f"{video}-")]
        if named:
            return named
        inside = [path for path in _newest_first(notes) if moment_links.video_id(_url(path)) == video]
        if inside:
            return inside
    if "://" in wanted:
        return [path for path in _newest_first(notes) if _url(path) == wanted]
    words = _words(wanted)
    if not words:
        return []
    named = [path for path in notes if words <= _words(path.stem)]
    return _exact(wanted, named) or [path for path in _newest_first(notes) if words <= _words(_title(path))]


def _exact(wanted: str, found: Sequence[Path]) -> list[Path]:
    """Keep those with that very title or name, where there are any."""
    if len(found) < 2:  # noqa: PLR2004
        return list(found)
    same = [path for path in found if wanted in (path.stem, _title(path))]
    return same or list(found)


def _newest_first(notes: Iterable[Path]) -> Iterator[Path]:
    ordered = sorted(notes, key=lambda path: path.stat().st_mtime, reverse=True)
    return iter(ordered[:MOST_READ])


def _words(text: str) -> set[str]:
    return set(filenames.slug(text.casefold()).split("-")) - {""}


def _title(path: Path) -> str:
    try:
        return record.title(reading.read(path))
    except Unreadable:
        return ""


def _url(path: Path) -> str:
    try:
        return reading.read(path).item.url
    except Unreadable:
        return ""


def _listed(found: Sequence[Path]) -> str:
    shown = [f"{path.stem}" for path in found[:MOST_SHOWN]]
    more = f", and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
    return f"name one of them: {', '.join(shown)}{more}"


def _nothing(wanted: str, places: Sequence[Path], there: Sequence[Path]) -> InputError:
    if not there:
        looked = ", ".join(map(str, places)) or "nowhere"
        return InputError(
            f"no file {wanted}, and no notes folder to look in ({looked})",
            hint="name the notes folder with -o",
        )
    stems = [path.stem for place in there for path in folders.folder(place)]
    near = difflib.get_close_matches(wanted, stems, n=3, cutoff=0.5)
    hint = f"near: {', '.join(near)}" if near else "an id, a URL, a file, a folder or words of the title"
    return InputError(f"no note fits {wanted!r} in {', '.join(map(str, there))}", hint=hint)
