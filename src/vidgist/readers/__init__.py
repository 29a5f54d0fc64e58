"""Transcripts of every kind that people have, one room a format; a file's kind is seen from its content first.

A reader is a module with NAMES (of its formats), SUFFIXES, ``looks`` (whether the first characters of a file
are its own) and ``read`` (the file's words, with their times, voices and what it says of the video). Markup
belongs to a format: what is a tag in SubRip is said in plain text.

`read` is the whole way of a file; `transcript` that of a download, which has a media type in place of a name;
`again` that of a transcript which an older version read.
"""

from collections.abc import Sequence
from typing import Protocol

from vidgist.errors import Unreadable
from vidgist.models import Transcript
from vidgist.readers import (
    corpora,
    cues,
    documents,
    files,
    input_lists,
    lyrics,
    markdown,
    markup_files,
    own_notes,
    pages,
    plain,
    repeats,
    rich_text,
    substation,
    subtitles,
    tables,
    voices,
    word_files,
)
from vidgist.readers.cues import Reading
from vidgist.readers.files import File
from vidgist.text import transcript as words

VERSION = 5
"""Raised whenever a reader reads the same file otherwise, so that what is remembered is cleaned again."""


class Reader(Protocol):
    """What each module of a format is."""

    @property
    def NAMES(self) -> Sequence[str]: ...  # noqa: N802 (a constant of a module)

    @property
    def SUFFIXES(self) -> Sequence[str]: ...  # noqa: N802

    def looks(self, file: File) -> bool:
        """Return whether the content is of this format, under any file name."""

    def read(self, file: File) -> Reading:
        """Read a file. Raises `Unreadable`; a reading without segments says that the file holds no words."""


_TABLES: Reader = tables
_WORD: Reader = word_files
_PLAIN: Reader = plain
_BY_CONTENT: tuple[Reader, ...] = (
    *(
        rich_text,
        own_notes,
        input_lists,
        pages,
        markup_files,
        documents,
        substation,
        lyrics,
        corpora,
        subtitles,
        _TABLES,
    ),
)
"""In this order a file's beginning is looked at; a binary file is a Word document or none."""

READERS: tuple[Reader, ...] = (*_BY_CONTENT, _WORD, markdown, _PLAIN)

PACKED = ".gz"
SUFFIXES = (*dict.fromkeys(suffix for reader in READERS for suffix in reader.SUFFIXES), PACKED)
_BY_WORDS = (subtitles.NAMES, lyrics.NAMES, tables.NAMES, markdown.NAMES, plain.NAMES)
"""Formats whose files hold little beside the words: the share of those that was read is known."""

_MEDIA = {
    "application/json": ".json", "application/x-subrip": ".srt", "text/srt": ".srt", "text/vtt": ".vtt",
    "text/html": ".html", "text/plain": ".txt", "text/markdown": ".md", "application/ttml+xml": ".ttml",
    "text/csv": ".csv", "text/tab-separated-values": ".tsv", "text/x-ssa": ".ass", "text/lrc": ".lrc",
}  # fmt: skip


def read(name: str, data: bytes) -> Reading:
    """Return the words of a file. Raises `Unreadable` (too_large, binary, encoding, format, record,
    no_content, list).
    """
    file = files.of(name, data)
    reader = _reader(file)
    return _checked(reader.read(file), file, reader)


def transcript(data: bytes, kind: str) -> Transcript:
    """Return the words of a download; ``kind`` is its suffix or its media type. Raises as `read`."""
    bare = kind.partition(";")[0].strip().lower()
    suffix = _MEDIA.get(bare, "" if "/" in bare else f".{bare.lstrip('.')}")
    return read(f"transcript{suffix}", data).transcript


def again(transcript: Transcript) -> Transcript:
    """Clean a remembered transcript as its reader would today; the file or track itself is not needed.

    What a model heard is left as it is: its words never stood on a screen.
    """
    if transcript.heard_by:
        return transcript
    shown = [
        cues.Cue(one.start, one.start + one.duration, one.text, one.speaker, raw="")
        for one in transcript.segments
    ]
    named = voices.named(shown)
    if not transcript.timed:
        spoken = cues.untimed((one.speaker, one.text) for one in named)
    else:
        spoken = cues.timed(repeats.unroll(named))
    return (
        transcript.model_copy(update={"segments": words.clean(spoken.segments)})
        if transcript.segments
        else transcript
    )


def recognizes(name: str, head: bytes) -> bool:
    """Return whether the beginning of a file, cut anywhere, is a transcript's."""
    try:
        file = File(name, head.rpartition(b"\n")[0] or head)
        return not file.is_zip and any(
            one.looks(file) for one in _BY_CONTENT if one not in (input_lists, pages)
        )
    except Unreadable:
        return False


def is_list(name: str, head: bytes) -> bool:
    """Return whether the beginning of a file, cut anywhere, is a list of inputs and no transcript."""
    try:
        return input_lists.looks(File(name, head.rpartition(b"\n")[0] or head))
    except Unreadable:
        return False


def _reader(file: File) -> Reader:
    if file.is_zip:
        return _WORD
    suffixed = next((reader for reader in READERS if file.suffix in reader.SUFFIXES), None)
    by_content = None if suffixed is _WORD else next((one for one in _BY_CONTENT if one.looks(file)), None)
    if by_content is _TABLES and suffixed not in (_TABLES, _PLAIN):
        by_content = None
    found = by_content or suffixed
    if found is None or found is _WORD:
        raise Unreadable(
            f"{file.name} is no transcript that vidgist knows",
            code="format",
            hint=f"known are {' '.join(SUFFIXES)}",
        )
    return found


def _checked(reading: Reading, file: File, reader: Reader) -> Reading:
    """Return the reading with its words cleaned, and with a notice of what was lost."""
    transcript = reading.transcript
    segments = words.clean(transcript.segments) if transcript.timed else transcript.segments
    notices = transcript.notices
    if segments and reader.NAMES in _BY_WORDS:
        offered = markdown.FRONT_MATTER.sub("", file.text) if reader.NAMES == markdown.NAMES else file.text
        kept = cues.share_kept(offered, " ".join(f"{one.speaker} {one.text}" for one in segments))
        if kept < cues.LEAST_KEPT:
            notices = (*notices, f"{kept:.0%} of the words in the file were read")
    return reading.model_copy(
        update={"transcript": transcript.model_copy(update={"segments": segments, "notices": notices})}
    )
