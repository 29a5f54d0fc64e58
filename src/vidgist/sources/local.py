"""Transcripts in local files, of every kind that `vidgist.readers` reads, and notes to be summarized again.

A file is one item; a folder stands for the transcripts right in it (not in folders below), sorted by name,
each talk once, without hidden files, what yt-dlp writes beside captions and vidgist's own notes: only a note
that is named itself is summarized again. With a listener a recording is an
item as well, in a folder if no transcript there has its name. Paths are relative to the current folder, also
those in a list file.

An item's id is the file's absolute path (its URI where the path is not UTF-8), its name the file's stem. A
note of vidgist's keeps the URL of its video and, where that is YouTube's, takes its id as its name, so that
its files begin with it as they did before.
"""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from vidgist import readers
from vidgist.config import Settings
from vidgist.errors import InputError, ItemError, NoTranscript, Unreadable
from vidgist.models import Fetched, Item, Ref, Transcript
from vidgist.notes import moment_links
from vidgist.protocols import Source, Visit, at_once
from vidgist.readers import files, own_notes
from vidgist.readers.cues import Reading
from vidgist.readers.metadata import About
from vidgist.sources import _files, _folders, _recordings, _sidecar, _speech, _tracks
from vidgist.text import filenames, transcript

SUFFIXES = readers.SUFFIXES

_SUFFIXES = (*SUFFIXES, *_recordings.SUFFIXES)
_URI = "file:"
_PATH = re.compile(r"(?:~|\.{1,2})?[/\\].*|[A-Za-z]:[/\\].*", re.DOTALL)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://.*", re.DOTALL)


def create(settings: Settings) -> Source:
    """Return the source. Raises `ConfigError` for a speech model that cannot be used."""
    return Local(_speech.create(settings), settings.captions)


class Local:
    """Files of this machine. Knows nothing of items it expanded: another process may fetch them."""

    name = "local"
    remote = False

    def __init__(self, listener: _speech.Listener | None = None, captions: Sequence[str] = ()) -> None:
        self.requests: Counter[str] = Counter()
        self._listener = listener
        self._captions = captions

    def claims(self, ref: str) -> bool:
        """Return whether this is, or is written like, a path or a ``file:`` URL; a missing file is claimed
        too.
        """
        if ref[: len(_URI)].lower() == _URI:
            return True
        if not ref.strip() or _ADDRESS.fullmatch(ref):
            return False
        return ref.lower().endswith(_SUFFIXES) or bool(_PATH.fullmatch(ref)) or os.path.lexists(ref)

    def lists(self, ref: str) -> bool:
        """Return False: a folder is no site."""
        del ref
        return False

    def expand(self, ref: Ref, _visit: Visit = at_once, /) -> Iterator[Item]:
        """Yield the file, or the transcripts of a folder; a missing file is reported by `fetch`.

        Raises `Unreadable` for a folder without transcripts.
        """
        path = _named(ref.text)
        item = _item(path, ref.origin)
        if item.digest or not os.path.isdir(path):  # noqa: PTH112 (a Path of too long a name raises)
            yield item
            return
        found = _folders.members(path, self._captions, listening=self._listener is not None)
        for member in found.transcripts:
            yield _item(member, ref.origin).model_copy(update={"remark": found.remark})

    def fetch(self, item: Item, captions: Sequence[str]) -> Fetched:
        """Return the words of the file, and the metadata of the video in it or its sidecar.

        ``captions`` chose among the files of a folder; where the best of them is in another language a notice
        says so. Raises `Unreadable` (missing, empty, binary, too_large, encoding, format, record, no_content,
        list, unreadable; of a recording unheard, bad_sound) and `NoTranscript` (empty_transcript, no_speech).
        """
        path = Path(_path_in(item.id) if item.id.startswith(_URI) else item.id)
        try:
            fetched = _fetched(path, item, self._listener)
        except ItemError as error:
            error.video = error.video or item.video
            raise
        words = fetched.transcript
        notices = _tracks.notices(_tracks.Track(words.language, generated=words.generated), captions)
        if not notices or not words.language or not _folders.has_others(path):
            return fetched
        transcript = words.model_copy(update={"notices": (*words.notices, *notices)})
        return fetched.model_copy(update={"transcript": transcript})

    def close(self) -> None:
        """Close nothing: no file is kept open."""


def _named(text: str) -> Path:
    """Return the absolute path that an input means; links are not followed, so that a name stays what was
    typed. Raises `InputError` for a relative one in a folder that was deleted.
    """
    if text[: len(_URI)].lower() == _URI:
        text = _path_in(text)
    path = os.path.expanduser(text)  # noqa: PTH111 (a Path's may raise)
    try:
        return Path(os.path.abspath(path))  # noqa: PTH100 (links are not followed)
    except OSError as error:
        raise InputError("the current folder is not there any more", hint="name the whole path") from error


def _path_in(uri: str) -> str:
    try:
        parts = urlsplit(uri)
    except ValueError as error:
        raise Unreadable(f"{uri!r} is no file: {error}", code="missing") from error
    if parts.netloc not in ("", "localhost"):
        raise Unreadable(f"{uri!r} is on another machine", code="missing")
    if os.name == "nt":
        from urllib.request import url2pathname

        return url2pathname(parts.path)
    return os.fsdecode(unquote_to_bytes(parts.path))


def _item(path: Path, origin: str) -> Item:
    sidecar = _sidecar.beside(path)
    recording = _recordings.is_one(path)
    note, digest = (None, _recordings.digest(path)) if recording else _looked_into(path, sidecar)
    about = note or (_sidecar.read(sidecar) if sidecar else None)
    return Item(
        source=Local.name,
        id=_identity(path),
        name=_printable(_stem(path)) if note is None else _name(note, path),
        url=(about and about.url) or _watched(path) or path.as_uri(),
        origin=origin,
        digest=digest,
        video=about.video(title=_title(path)) if about and about != About() else None,
        recording=recording,
        note="" if note is None else str(path.with_suffix("")),
    )


def _name(note: About, path: Path) -> str:
    """Return what a note's files begin with: its video's id, or the name of the
    file that its talk came from.
    """
    stem, slug = _printable(_stem(path)), filenames.slug(note.title)
    return moment_links.video_id(note.url) or (slug and stem.removesuffix(f"-{slug}")) or stem


def _looked_into(path: Path, sidecar: Path | None) -> tuple[About | None, str]:
    """Return the metadata in the head of a note of vidgist's, None for any other file,
    and the digest of its words.
    """
    head, digest = _files.glance(path, own_notes.HEAD_BYTES, *((sidecar,) if sidecar else ()))
    note = own_notes.peek(head)
    return note, (note and _digest_of_words(path)) or digest


def _digest_of_words(path: Path) -> str:
    """Return the SHA-256 of a note's words, 64 hexadecimal digits: a new summary of the same words changes
    nothing.

    Empty where the file has none or is of no size that is read.
    """
    try:
        words = own_notes.words(files.of(path.name, _files.read(path)))
    except Unreadable:
        return ""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest() if words else ""


def _identity(path: Path) -> str:
    text = str(path)
    return text if _printable(text) == text else path.as_uri()


def _printable(text: str) -> str:
    """Return the text without the stand-ins for bytes that are not UTF-8."""
    return os.fsencode(text).decode("utf-8", errors="replace")


def _stem(path: Path) -> str:
    return Path(path.stem).stem if path.suffix.lower() == readers.PACKED else path.stem


def _title(path: Path) -> str:
    return _printable(_sidecar.titled(_stem(path))[0])


def _watched(path: Path) -> str:
    """Return the address of the video whose id yt-dlp has put into the file's name."""
    identity = _sidecar.titled(_stem(path))[1]
    return f"https://www.youtube.com/watch?v={identity}" if identity else ""


def _fetched(path: Path, item: Item, listener: _speech.Listener | None) -> Fetched:
    name = _files.shown(Path(path.name))
    sidecar = _sidecar.beside(path)
    if _recordings.is_one(path):
        reading = _recordings.read(path, listener)
    else:
        reading = readers.read(name, _files.read(path))
    about = reading.about.over(_sidecar.read(sidecar) if sidecar else About())
    words = _words(reading, path, about.language)
    if not words.segments:
        why = f": {words.notices[0]}" if words.notices else ""
        raise NoTranscript(f"{name} holds no words{why}", code="empty_transcript", hint="", video=item.video)
    video = about.video(title=_title(path), seconds=_end(words))
    if not transcript.speaks(words.segments):
        raise NoTranscript(f"{name} holds only sound marks such as [Music]", code="no_speech", video=video)
    return Fetched(
        video=video.model_copy(update={"language": video.language or words.language}), transcript=words
    )


def _words(reading: Reading, path: Path, language: str) -> Transcript:
    words = reading.transcript
    stem = _stem(path)
    return words.model_copy(
        update={
            "language": words.language or _sidecar.parted(stem)[1] or language,
            "generated": words.generated or _sidecar.is_original(stem),
        }
    )


def _end(words: Transcript) -> float | None:
    """Return where the last cue ends, in seconds; None where there are no times."""
    if not words.timed:
        return None
    return max((segment.start + segment.duration for segment in words.segments), default=None)
