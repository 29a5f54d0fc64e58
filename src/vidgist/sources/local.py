"""Transcripts in local files: subtitles, JSON, plain text, Markdown, and records to be summarized again.

A file is one item; a folder stands for the transcripts right in it (not in folders below), sorted by name,
without hidden files and yt-dlp's ``.info.json``. Where somebody listens, a recording is an item as well, in a
folder if no transcript there has its name. Paths are relative to the current folder, also those in a list
file.

An item's id is the file's absolute path (its URI where the path is not UTF-8), its name the file's stem. A
record and vidgist's own json keep the URL of their video and, where that is YouTube's, take its id as their
name, so that their files begin with it as they did before.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from vidgist import speech
from vidgist.config import Settings
from vidgist.errors import ItemError, NoTranscript, Unreadable
from vidgist.models import Fetched, Item, Ref, Transcript
from vidgist.protocols import Source, Visit, at_once
from vidgist.sources import _documents, _encodings, _files, _prose, _recordings, _records, _sidecar
from vidgist.sources._about import About, Reading
from vidgist.text import subtitles, transcript

SUFFIXES = (".vtt", ".srt", ".json3", ".json", ".txt", ".md")

_SUFFIXES = (*SUFFIXES, *_recordings.SUFFIXES)
_URI = "file:"
_PATH = re.compile(r"(?:~|\.{1,2})?[/\\].*|[A-Za-z]:[/\\].*", re.DOTALL)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://.*", re.DOTALL)


def create(settings: Settings) -> Source:
    """Raises `ConfigError` for a speech model that cannot be used."""
    return Local(speech.create(settings))


class Local:
    """Files of this machine. Knows nothing of items it expanded: another process may fetch them."""

    name = "local"
    remote = False

    def __init__(self, listener: speech.Listener | None = None) -> None:
        self.requests: Counter[str] = Counter()
        self._listener = listener

    def claims(self, ref: str) -> bool:
        """Whether this is, or is written like, a path or a ``file:`` URL; a missing file is claimed too."""
        if ref[: len(_URI)].lower() == _URI:
            return True
        if not ref.strip() or _ADDRESS.fullmatch(ref):
            return False
        return ref.lower().endswith(_SUFFIXES) or bool(_PATH.fullmatch(ref)) or os.path.lexists(ref)

    def lists(self, ref: str) -> bool:
        """Never: a folder is no site."""
        del ref
        return False

    def expand(self, ref: Ref, _visit: Visit = at_once, /) -> Iterator[Item]:
        """The file, or the transcripts of a folder; a file that is missing is told of by `fetch`.

        Raises `Unreadable` for a folder without transcripts.
        """
        path = _named(ref.text)
        item = _item(path, ref.origin)
        if item.digest or not os.path.isdir(path):  # noqa: PTH112 (a Path of too long a name raises)
            yield item
            return
        for found in _members(path, listening=self._listener is not None):
            yield _item(found, ref.origin)

    def fetch(self, item: Item, captions: Sequence[str]) -> Fetched:
        """The words of the file, and what it or its sidecar tells of the video. ``captions`` choose nothing.

        Raises `Unreadable` (missing, empty, binary, too_large, encoding, format, record, no_content,
        unreadable; of a recording unheard, bad_sound) and `NoTranscript` (empty_transcript, no_speech).
        """
        del captions
        path = Path(_path_in(item.id) if item.id.startswith(_URI) else item.id)
        try:
            return _fetched(path, item, self._listener)
        except ItemError as error:
            error.video = error.video or item.video
            raise

    def close(self) -> None:
        """No file is kept open."""


def _named(text: str) -> Path:
    """The absolute path that an input means; links are not followed, so that a name stays what was typed."""
    if text[: len(_URI)].lower() == _URI:
        text = _path_in(text)
    return Path(os.path.abspath(os.path.expanduser(text)))  # noqa: PTH100, PTH111 (a Path's may raise)


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


def _members(folder: Path, *, listening: bool) -> Iterator[Path]:
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if entry.is_file())
    except OSError as error:
        raise Unreadable(f"the folder {_files.shown(folder)} cannot be read: {error.strerror}") from error
    kept = [name for name in names if _is_transcript(name)]
    if listening:
        written = {_sidecar.parted(Path(name).stem)[0] for name in kept}
        heard = (name for name in names if not name.startswith(".") and _recordings.is_one(Path(name)))
        kept = sorted((*kept, *(name for name in heard if Path(name).stem not in written)))
    if not kept:
        raise Unreadable(
            f"the folder {_files.shown(folder)} holds no transcripts",
            code="empty",
            hint=f"known are {' '.join(SUFFIXES)}",
        )
    return (folder / name for name in kept)


def _is_transcript(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) and not name.startswith(".") and not name.endswith(_sidecar.SUFFIX)


def _item(path: Path, origin: str) -> Item:
    sidecar = _sidecar.beside(path)
    recording = _recordings.is_one(path)
    own, digest = (None, _recordings.digest(path)) if recording else _looked_into(path, sidecar)
    about = own or (_sidecar.read(sidecar) if sidecar else None)
    return Item(
        source=Local.name,
        id=_identity(path),
        name=(own and _records.video_id(own.url)) or _printable(path.stem),
        url=(about and about.url) or path.as_uri(),
        origin=origin,
        digest=digest,
        video=about.video(title=_title(path)) if about and about != About() else None,
        recording=recording,
    )


def _looked_into(path: Path, sidecar: Path | None) -> tuple[About | None, str]:
    """What the head of a file tells that vidgist wrote, None of any other, and the digest of its words."""
    head, digest = _files.glance(path, _records.HEAD_BYTES, *((sidecar,) if sidecar else ()))
    own = _records.peek(head) or _documents.peek(head)
    return own, (own and _records.digest(path)) or digest


def _identity(path: Path) -> str:
    text = str(path)
    return text if _printable(text) == text else path.as_uri()


def _printable(text: str) -> str:
    """The text without the stand-ins for bytes that are not UTF-8."""
    return os.fsencode(text).decode("utf-8", errors="replace")


def _title(path: Path) -> str:
    return _printable(_sidecar.parted(path.stem)[0])


def _fetched(path: Path, item: Item, listener: speech.Listener | None) -> Fetched:
    name = _files.shown(Path(path.name))
    sidecar = _sidecar.beside(path)
    if _recordings.is_one(path):
        reading = _recordings.read(path, listener)
    else:
        reading = _reading(_encodings.decode(_files.read(path), name), path, name)
    about = reading.about.over(_sidecar.read(sidecar) if sidecar else About())
    words = _words(reading, path, about.language)
    if not words.segments:
        raise NoTranscript(f"{name} holds no words", code="empty_transcript", hint="", video=item.video)
    video = about.video(title=_title(path), seconds=_end(words))
    if not transcript.speaks(words.segments):
        raise NoTranscript(f"{name} holds only sound marks such as [Music]", code="no_speech", video=video)
    return Fetched(
        video=video.model_copy(update={"language": video.language or words.language}), transcript=words
    )


def _reading(text: str, path: Path, name: str) -> Reading:
    """The file read as what it is: its content counts for more than its suffix."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Unreadable(
            f"{name} is no transcript that vidgist knows",
            code="format",
            hint=f"known are {' '.join(SUFFIXES)}",
        )
    if _records.peek(text[: _records.HEAD_BYTES]) is not None:
        return _records.read(text, name)
    if suffix in (".json", ".json3"):
        return _documents.read(text, name)
    if suffix in (".vtt", ".srt") or subtitles.looks_timed(text):
        return _subtitled(text, path, name)
    return _prose.read_markdown(text) if suffix == ".md" else _prose.read(text)


def _subtitled(text: str, path: Path, name: str) -> Reading:
    cues = subtitles.read(text)
    if not cues and "-->" not in text and not text.lstrip("\ufeff").startswith("WEBVTT"):
        raise Unreadable(f"{name} is no {path.suffix[1:].upper()} file: it has no times", code="format")
    rolled = transcript.unroll(cues)
    return Reading(
        transcript=Transcript(
            segments=rolled,
            language=subtitles.language(text),
            generated=len(rolled) < len(cues) or _sidecar.is_original(path.stem),
        )
    )


def _words(reading: Reading, path: Path, language: str) -> Transcript:
    raw = reading.transcript
    return raw.model_copy(
        update={
            "segments": transcript.clean(raw.segments),
            "language": raw.language or _sidecar.parted(path.stem)[1] or language,
        }
    )


def _end(words: Transcript) -> float | None:
    """Where the last cue ends, in seconds; None where there are no times."""
    if not words.timed:
        return None
    return max((segment.start + segment.duration for segment in words.segments), default=None)
