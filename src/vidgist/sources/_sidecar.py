"""What stands around a transcript file: language and id in its name, yt-dlp's ``.info.json`` beside it.

    Compost talk [aBcDeFgHiJk].en.vtt           .en-US  .en_US  .eng  .en-orig  .en-xY3_kLmN0pQ (a track's id)
    Compost talk [aBcDeFgHiJk].de-en.vtt        a translation: its language first, then that of the talk
    Compost talk [aBcDeFgHiJk].info.json        fields: https://github.com/yt-dlp/yt-dlp#output-template

A sidecar that cannot be read is as good as none: the words are there, and they are what counts.
"""

import json
import logging
import os
import re
from pathlib import Path

from vidgist.errors import Unreadable
from vidgist.models import Chapter
from vidgist.readers import metadata
from vidgist.readers.metadata import About
from vidgist.sources import _files
from vidgist.text import languages
from vidgist.text.transcript import MOST_SECONDS

SUFFIX = ".info.json"
NO_TRANSCRIPTS = (SUFFIX, ".live_chat.json", ".comments.json", ".live_chat.jsonl")
"""What yt-dlp writes beside captions that is no transcript."""

_log = logging.getLogger(__name__)
_ORIGINAL = "-orig"
_TRACK_ID = re.compile(r"(?P<code>[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)-[A-Za-z0-9_-]{11,12}")
_FLAGS = frozenset(("forced", "sdh", "cc", "auto", "default", "automatic", "asr", "generated", "manual"))
_RATHER_NAMES = frozenset(("ts", "io", "ii", "co"))
"""Languages without captions whose tags end the names of programs and parts: ``Socket.io``, ``Part.II``."""

_VIDEO_ID = re.compile(r"\s*\[(?P<id>[A-Za-z0-9_-]{11})\]\Z")


def parted(stem: str) -> tuple[str, str]:
    """Return a file's stem as name and language: ``talk.en`` is ``talk`` in ``en``; the language may be
    empty.
    """
    name, dot, last = stem.rpartition(".")
    if dot and name and last.lower() in _FLAGS:
        inner = parted(name)
        return inner if inner[1] else (stem, "")
    code = _language(last) if dot and name else ""
    if not code or (code == "am" and name[-1:].isdigit()):
        return stem, ""
    return name, code


def _language(text: str) -> str:
    bare = text.removesuffix(_ORIGINAL)
    if bare.lower() in _RATHER_NAMES:
        return ""
    if code := languages.standard(bare):
        return code
    target, _, source = bare.rpartition("-")
    if (code := languages.standard(target)) and languages.standard(source):
        return code
    track = _TRACK_ID.fullmatch(bare)
    return languages.standard(track["code"]) if track else ""


def is_original(stem: str) -> bool:
    """Return whether the name says that YouTube heard the words itself: ``talk.en-orig``."""
    return stem.endswith(_ORIGINAL)


def titled(stem: str) -> tuple[str, str]:
    """Return the title in a file's name, and the video's id where yt-dlp has appended it."""
    name = parted(stem)[0]
    match = _VIDEO_ID.search(name)
    if match is None or match["id"].isalpha() and match["id"][1:].islower():  # noqa: RUF021 (a word of 11 letters)
        return name, ""
    return name[: match.start()] or name, match["id"]


def beside(path: Path) -> Path | None:
    """Return the sidecar of a transcript file, where there is one."""
    whole, stem = str(path), path.stem
    if path.suffix.lower() == ".gz":
        stem = Path(stem).stem
    folder = whole[: len(whole) - len(path.name)]
    for name in dict.fromkeys((parted(stem)[0], stem, stem.rpartition(".")[0] or stem)):
        place = f"{folder}{name}{SUFFIX}"
        if os.path.isfile(place):  # noqa: PTH113 (a Path's may raise)
            return Path(place)
    return None


def read(path: Path) -> About:
    """Return the metadata of the sidecar."""
    try:
        return parse(_files.read(path).decode("utf-8-sig"))
    except (Unreadable, UnicodeDecodeError) as error:
        _log.warning("%s is passed over: %s", _files.shown(path), error)
        return About()


def parse(text: str) -> About:
    """Return the metadata of the document. Raises `Unreadable` where it is no JSON object."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON: {error}") from error
    if not isinstance(document, dict):
        raise Unreadable("not a JSON object")
    chapters = document.get("chapters")
    return About(
        title=metadata.text(document.get("fulltitle")) or metadata.text(document.get("title")),
        url=metadata.link(document.get("webpage_url")) or metadata.link(document.get("original_url")),
        seconds=metadata.seconds(document.get("duration")),
        channel=metadata.text(document.get("channel")) or metadata.text(document.get("uploader")),
        channel_url=metadata.link(document.get("channel_url")) or metadata.link(document.get("uploader_url")),
        published=metadata.day(document.get("upload_date")),
        language=metadata.language(document.get("language")),
        chapters=tuple(filter(None, map(_chapter, chapters if isinstance(chapters, list) else ()))),
    )


def _chapter(entry: object) -> Chapter | None:
    if not isinstance(entry, dict):
        return None
    start, title = metadata.number(entry.get("start_time")), metadata.text(entry.get("title"))
    return Chapter(start=start, title=title) if title and 0 <= start <= MOST_SECONDS else None
