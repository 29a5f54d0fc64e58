"""Which files of a folder are transcripts, each talk once: of several languages and formats the best one."""

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from vidgist import readers
from vidgist.errors import Unreadable
from vidgist.notes.folders import SUFFIXES
from vidgist.readers import own_notes
from vidgist.sources import _files, _recordings, _sidecar
from vidgist.sources._tracks import Track, choose

_BEST_FIRST = (
    *(
        ".json3",
        ".vtt",
        ".webvtt",
        ".srt",
        ".sbv",
        ".srv3",
        ".ttml",
        ".dfxp",
        ".srv2",
        ".srv1",
        ".ass",
        ".ssa",
        ".sub",
    ),
    *(".json", ".jsonl", ".lrc", ".tsv", ".csv", ".xml", ".txt", ".text"),
)
"""Of one talk in one language the first of these is read; files of other kinds are talks of their own."""

_ANYTHING = frozenset(
    (
        ".xml",
        ".html",
        ".htm",
        ".xhtml",
        ".csv",
        ".tsv",
        ".sub",
        ".url",
        ".urls",
        ".opml",
        ".m3u",
        ".m3u8",
        ".webloc",
    )
)
"""Suffixes of much else: such a file is a transcript where its beginning says so."""

_TEXTS = frozenset((".txt", ".text", ".md", ".markdown"))
"""Suffixes of lists of inputs too, which are no talks of a folder."""

_HEAD_BYTES = 65_536


class Members(NamedTuple):
    """The transcripts right in a folder, by name. ``remark`` says what was passed over; mostly empty."""

    transcripts: tuple[Path, ...]
    remark: str = ""


def members(folder: Path, captions: Sequence[str], *, listening: bool) -> Members:
    """Find the transcripts of a folder; recordings too, with a listener, where nothing is written.

    What vidgist has made of talks is passed over. Raises `Unreadable` for a folder that cannot be read or
    holds no transcript.
    """
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if entry.is_file())
    except OSError as error:
        raise Unreadable(f"the folder {_files.shown(folder)} cannot be read: {error.strerror}") from error
    kept = [name for name in names if _is_transcript(folder, name)]
    made = {name for name in kept if _is_made(folder / name)}
    kept = sorted(_each_once(folder, [name for name in kept if name not in made], captions))
    if listening:
        written = {_sidecar.parted(PurePath(name).stem)[0] for name in kept}
        heard = (name for name in names if not name.startswith(".") and _recordings.is_one(Path(name)))
        kept = sorted((*kept, *(name for name in heard if Path(name).stem not in written)))
    if not kept:
        but = f", only {_counted(made)} of vidgist's own" if made else ""
        raise Unreadable(
            f"the folder {_files.shown(folder)} holds no transcripts{but}",
            code="empty",
            hint=f"name the notes to have them summarized again: {folder / f'*{PurePath(min(made)).suffix}'}"
            if made
            else f"known are {' '.join(readers.SUFFIXES)}",
        )
    remark = f"{_counted(made)} of vidgist's own in {_files.shown(folder)} passed over" if made else ""
    return Members(tuple(folder / name for name in kept), remark)


def _counted(made: Collection[str]) -> str:
    talks = len({PurePath(name).stem for name in made})
    return "1 note" if talks == 1 else f"{talks:,} notes"


def has_others(path: Path) -> bool:
    """Return whether the same talk lies beside a file in another language."""
    name, language = _sidecar.parted(path.stem)
    try:
        names = [entry.name for entry in os.scandir(path.parent)]
    except OSError:
        return False
    stems = (PurePath(one).stem for one in names if one.lower().endswith(readers.SUFFIXES))
    return bool(language) and any(
        found == name and other not in ("", language) for found, other in map(_sidecar.parted, stems)
    )


def _is_transcript(folder: Path, name: str) -> bool:
    low = name.lower()
    if name.startswith((".", "~$")) or low.removesuffix(readers.PACKED).endswith(_sidecar.NO_TRANSCRIPTS):
        return False
    if low.endswith(readers.PACKED):
        return low.removesuffix(readers.PACKED).endswith(readers.SUFFIXES)
    if not low.endswith(readers.SUFFIXES):
        return False
    suffix = PurePath(low).suffix
    if suffix in _TEXTS:
        return not readers.is_list(name, _head(folder / name))
    return suffix not in _ANYTHING or readers.recognizes(name, _head(folder / name))


def _head(path: Path) -> bytes:
    """Return the beginning of a file; nothing of one that cannot be read, which is reported when it is its
    turn.
    """
    try:
        with path.open("rb") as file:
            return file.read(_HEAD_BYTES)
    except OSError:
        return b""


def _is_made(path: Path) -> bool:
    """Return whether vidgist has made this file of a talk or of many."""
    if path.suffix.lower() not in SUFFIXES:
        return False
    try:
        with path.open("rb") as file:
            return own_notes.is_made(file.read(own_notes.HEAD_BYTES).decode(errors="replace"))
    except OSError:
        return False


def _each_once(folder: Path, names: Sequence[str], captions: Sequence[str]) -> Iterator[str]:
    talks: dict[str, list[tuple[Track, str]]] = {}
    for name in names:
        path = PurePath(name)
        path = PurePath(path.stem) if path.suffix.lower() == readers.PACKED else path
        suffix = path.suffix.lower()
        if suffix in _BEST_FIRST:
            talk, language = _sidecar.parted(path.stem)
            track = Track(language, generated=_sidecar.is_original(path.stem), url=name)
            talks.setdefault(talk, []).append((track, suffix))
        else:
            yield name
    for found in talks.values():
        found.sort(key=lambda pair: (_BEST_FIRST.index(pair[1]), len(pair[0].url)))
        tracks = [track for track, _ in found]
        sidecar = (
            _sidecar.beside(folder / tracks[0].url) if len({one.language for one in tracks}) > 1 else None
        )
        best = choose(tracks, captions, _sidecar.read(sidecar).language if sidecar else "")
        assert best is not None
        yield best.url
