"""Finished notes into other formats, and the check that a record is exact. No model."""

import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple, TextIO

import vidgist.writers
from vidgist import registry
from vidgist.config import Settings
from vidgist.errors import ConfigError, InputError, OutputFull, StateError, Unreadable, VidgistError
from vidgist.models import Note
from vidgist.notes import exactness, folders, reading
from vidgist.protocols import Memory, Writer
from vidgist.run.destinations import Folder, Stream
from vidgist.run.note_files import Forgetful, NoteFiles
from vidgist.store import Store
from vidgist.text import record
from vidgist.ui import phrases

DRAWINGS = {
    "svg": "the concept map as a drawing",
    "png": "the concept map as a picture (needs the extra png)",
}
LIST = "list"

SHOWN_CHARACTERS = 20
"""Of those that no font has."""


class Named(NamedTuple):
    """A note's file, and the folder below the output in which what is made of it belongs."""

    path: Path
    below: Path = Path()


def export(paths: Sequence[Path], formats: str, output: str, settings: Settings) -> int:
    """Write each note in each format; return 0, or 1 where some could not be written."""
    wanted = tuple(name.strip() for name in formats.split(",") if name.strip())
    if wanted == (LIST,):
        list_formats(sys.stdout)
        return 0
    if not paths:
        raise InputError("nothing to export", hint="name notes or a notes folder")
    if not wanted:
        raise ConfigError("no format is named", hint="vidgist export --format list shows them all")
    writers = registry.writers(settings, [name for name in wanted if name not in DRAWINGS])
    if output == "-" and "png" in wanted:
        raise ConfigError("a png is no text for standard output", hint="name a folder with -o")
    with _memory(settings) as memory:
        return _exported(paths, wanted, tuple(writers.values()), output, memory)


def _exported(
    paths: Sequence[Path], wanted: Sequence[str], writers: Sequence[Writer], output: str, memory: Memory
) -> int:
    stream = NoteFiles(Stream(sys.stdout), memory, "-") if output == "-" else None
    failed = 0
    for named in _named(paths):
        try:
            to = stream or _folder(Path(output) / named.below, memory)
            for problem in filter(None, _export(named, wanted, writers, to)):
                print(f"vidgist: {phrases.visible(problem)}", file=sys.stderr)
        except OutputFull as error:
            if isinstance(error.__cause__, BrokenPipeError):  # the reader has closed the pipe
                break
            raise
        except (ConfigError, InputError):
            raise
        except VidgistError as error:
            failed += 1
            print(f"vidgist: {phrases.visible(str(error))}", file=sys.stderr)
    return 1 if failed else 0


@contextmanager
def _memory(settings: Settings) -> Iterator[Memory]:
    """Yield the memory of what was written where; where there is none to be had,
    nothing that stands is ours.
    """
    try:
        store = Store(settings.state)
    except StateError:
        yield Forgetful()
        return
    with closing(store):
        yield store.memory


def _folder(path: Path, memory: Memory) -> NoteFiles:
    place = Folder(path)
    return NoteFiles(place, memory, place.key)


def _export(named: Named, wanted: Sequence[str], writers: Iterable[Writer], to: NoteFiles) -> Iterator[str]:
    """Write a note in each format; yield notices."""
    path = named.path
    note = reading.read(path)
    for writer in writers:
        own = _own(path, writer)
        made = partial(_rendered, writer, note, own)
        yield to.put_beside(f"{path.stem}{writer.suffix}", made)[1]
    yield from _draw(note, path, [name for name in wanted if name in DRAWINGS], to)


def _rendered(writer: Writer, note: Note, own: str, old: str) -> str | None:
    return writer.render(note, old or own)


def _own(path: Path, writer: Writer) -> str:
    """Return the note itself, where a person may have added to it what the same format keeps."""
    if path.suffix.lower() != writer.suffix or writer.suffix != ".md":
        return ""
    return path.read_text(encoding="utf-8", errors="replace")


def _draw(note: Note, path: Path, forms: Sequence[str], to: NoteFiles) -> Iterator[str]:
    from vidgist import drawing

    summary = note.answer.summary if note.answer else None
    if forms and summary is None:
        raise Unreadable(f"{path.name} has no concept map to draw")
    for form in forms:
        assert summary is not None
        title = note.video.title if note.video else ""
        name = f"{path.stem}.{form}"
        if form == "svg":
            drawn = drawing.svg(summary.concept_map, title=title)
            yield to.put_beside(name, lambda _, drawn=drawn: drawn)[1]  # type: ignore[misc]
            continue
        picture = drawing.png(summary.concept_map)
        yield to.put_beside(name, lambda _, data=picture.data: data)[1]  # type: ignore[misc]
        if picture.missing:
            lacking = phrases.visible(picture.missing[:SHOWN_CHARACTERS])
            yield f"{name}: no font here has {lacking}, so these are not drawn"


def list_formats(stream: TextIO) -> None:
    """Print each format that is known here, one a line, with what it is."""
    described = {
        name: registry.description(vidgist.writers, name) for name in registry.names(vidgist.writers)
    }
    for name, text in sorted({**described, **DRAWINGS}.items()):
        print(f"{name:8}{text}", file=stream)


def page(note: Note, stem: str) -> str:
    """Return a note as a page in the temporary folder, for a browser; its path."""
    writer = registry.writers(Settings(), ["html"])["html"]
    path = Path(tempfile.mkdtemp(prefix="vidgist-")) / f"{stem}{writer.suffix}"
    path.write_text(writer.render(note) or "", encoding="utf-8")
    return str(path)


def validate(paths: Sequence[Path]) -> int:
    """Say of each file whether it is an exact record with a diagram that parses; return 0 only if all are.

    A note of another format is held to the record that it makes.
    """
    wrong = 0
    for path in _each(paths):
        try:
            problem = _fault(path)
        except VidgistError as error:
            problem = str(error)
        wrong += bool(problem)
        print(f"{phrases.visible(str(path))}: {phrases.visible(problem) or 'ok'}", file=sys.stdout)
    return 1 if wrong else 0


def _fault(path: Path) -> str:
    if path.suffix.lower() in reading.SUFFIXES and path.suffix.lower() != ".txt":
        return exactness.fault(record.render(record.of(reading.read(path))))
    return exactness.fault(_text(path))


def _text(path: Path) -> str:
    try:
        return reading.measured(path).read_bytes().decode()
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8 text") from error
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error


def _named(paths: Sequence[Path]) -> Iterator[Named]:
    """Yield the notes that are named, and those of each folder that is named."""
    for path in paths:
        if not path.is_dir():
            yield Named(path)
            continue
        members = list(folders.folder(path))
        if not members:
            raise no_notes(path)
        yield from (Named(member, member.parent.relative_to(path)) for member in members)


def _each(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that are named, and all files of the notes of each folder that is named."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        members = list(folders.files(path))
        if not members:
            raise no_notes(path)
        yield from members


def no_notes(folder: Path) -> InputError:
    """Say why nothing was found in a folder, and what makes something."""
    kinds = " ".join(reading.SUFFIXES)
    if not folder.exists():
        return InputError(f"there is no folder {folder}", hint=f"vidgist run INPUT -o {folder} makes it")
    return InputError(
        f"no notes in the folder {folder} (looked for {kinds} files that vidgist has written)",
        hint=f"vidgist run INPUT -o {folder} writes some",
    )
