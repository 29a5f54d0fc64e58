"""Finished notes into other formats, and the check that a record is exact. No model, no memory."""

import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from vidgist import registry
from vidgist.config import Settings
from vidgist.errors import ConfigError, InputError, OutputFull, Unreadable, VidgistError
from vidgist.models import Note
from vidgist.notes import exactness, reading
from vidgist.run.destinations import Destination, Folder, Stream
from vidgist.ui import phrases

DRAWINGS = ("svg", "png")


def export(paths: Sequence[Path], formats: str, output: str, settings: Settings) -> int:
    """Write each note in each format; the exit code: 0, or 1 where some could not be."""
    wanted = tuple(name.strip() for name in formats.split(",") if name.strip())
    if not wanted:
        raise ConfigError("no format is named", hint="for example --format md,html")
    writers = registry.writers(settings, [name for name in wanted if name not in DRAWINGS])
    if output == "-" and "png" in wanted:
        raise ConfigError("a png is no text for standard output", hint="name a folder with -o")
    shelf: Destination = Stream(sys.stdout) if output == "-" else Folder(Path(output))
    failed = 0
    for path in _files(paths):
        try:
            note = reading.read(path)
            for writer in writers.values():
                name = f"{path.stem}{writer.suffix}"
                shelf.put(name, writer.render(note, shelf.old(name)))
            _draw(note, path, wanted, shelf)
        except OutputFull as error:
            if isinstance(error.__cause__, BrokenPipeError):  # whoever reads has had enough
                break
            raise
        except ConfigError:
            raise
        except VidgistError as error:
            failed += 1
            print(f"vidgist: {phrases.visible(str(error))}", file=sys.stderr)
    return 1 if failed else 0


def _draw(note: Note, path: Path, wanted: Iterable[str], shelf: Destination) -> None:
    from vidgist import drawing

    forms = [name for name in wanted if name in DRAWINGS]
    summary = note.answer.summary if note.answer else None
    if forms and summary is None:
        raise Unreadable(f"{path.name} has no concept map to draw")
    for form in forms:
        assert summary is not None
        title = note.video.title if note.video else ""
        drawn = (
            drawing.png(summary.concept_map)
            if form == "png"
            else drawing.svg(summary.concept_map, title=title)
        )
        shelf.put(f"{path.stem}.{form}", drawn)


def page(note: Note, stem: str) -> str:
    """A note as a page in the temporary folder, for a browser; its path."""
    writer = registry.writers(Settings(), ["html"])["html"]
    path = Path(tempfile.mkdtemp(prefix="vidgist-")) / f"{stem}{writer.suffix}"
    path.write_text(writer.render(note), encoding="utf-8")
    return str(path)


def validate(paths: Sequence[Path]) -> int:
    """Say of each file whether it is an exact record with a diagram that parses; 0 only if all are."""
    wrong = 0
    for path in _files(paths, records_only=True):
        try:
            problem = exactness.fault(_text(path))
        except VidgistError as error:
            problem = str(error)
        wrong += bool(problem)
        print(f"{phrases.visible(str(path))}: {phrases.visible(problem) or 'ok'}", file=sys.stdout)
    return 1 if wrong else 0


def _text(path: Path) -> str:
    try:
        return reading.measured(path).read_bytes().decode()
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8 text") from error
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error


def _files(paths: Sequence[Path], *, records_only: bool = False) -> Iterator[Path]:
    """The files named, and of each folder named its notes."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        members = sorted(path.glob("*.txt")) if records_only else list(reading.folder(path))
        if not members:
            raise InputError(f"no notes in the folder {path}")
        yield from members
