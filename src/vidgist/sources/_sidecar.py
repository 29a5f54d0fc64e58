"""yt-dlp's ``<name>.info.json`` beside ``<name>.en.vtt``: what is known of the video.

Fields: https://github.com/yt-dlp/yt-dlp#output-template. A sidecar that cannot be read is as good as none:
the words are there, and they are what counts.
"""

import json
import logging
import os
import re
from pathlib import Path

from vidgist.errors import Unreadable
from vidgist.models import Chapter
from vidgist.sources import _about, _files
from vidgist.sources._about import About
from vidgist.text.transcript import MOST_SECONDS

SUFFIX = ".info.json"

_log = logging.getLogger(__name__)
_LANGUAGE = re.compile(r"(?P<name>.+)\.(?P<code>(?:[a-z]{2}|fil|yue)(?:-[A-Za-z0-9]{2,8})*)", re.DOTALL)
_ORIGINAL = "-orig"


def parted(stem: str) -> tuple[str, str]:
    """A file's stem as name and language: ``talk.en`` is ``talk`` in ``en``; the language may be empty."""
    match = _LANGUAGE.fullmatch(stem)
    return (match["name"], match["code"].removesuffix(_ORIGINAL)) if match else (stem, "")


def is_original(stem: str) -> bool:
    """Whether the name says that YouTube heard the words itself: ``talk.en-orig``."""
    return stem.endswith(_ORIGINAL)


def beside(path: Path) -> Path | None:
    """The sidecar of a transcript file, where there is one."""
    whole, stem = str(path), path.stem
    folder = whole[: len(whole) - len(path.name)]
    for name in dict.fromkeys((parted(stem)[0], stem)):
        place = f"{folder}{name}{SUFFIX}"
        if os.path.isfile(place):  # noqa: PTH113 (a Path's may raise)
            return Path(place)
    return None


def read(path: Path) -> About:
    """What the sidecar tells."""
    try:
        return parse(_files.read(path).decode("utf-8-sig"))
    except (Unreadable, UnicodeDecodeError) as error:
        _log.warning("%s is passed over: %s", _files.shown(path), error)
        return About()


def parse(text: str) -> About:
    """What the document tells. Raises `Unreadable` where it is no JSON object."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON: {error}") from error
    if not isinstance(told, dict):
        raise Unreadable("not a JSON object")
    chapters = told.get("chapters")
    return About(
        title=_about.text(told.get("fulltitle")) or _about.text(told.get("title")),
        url=_about.link(told.get("webpage_url")) or _about.link(told.get("original_url")),
        seconds=_about.seconds(told.get("duration")),
        channel=_about.text(told.get("channel")) or _about.text(told.get("uploader")),
        channel_url=_about.link(told.get("channel_url")) or _about.link(told.get("uploader_url")),
        published=_about.day(told.get("upload_date")),
        language=_about.language(told.get("language")),
        chapters=tuple(filter(None, map(_chapter, chapters if isinstance(chapters, list) else ()))),
    )


def _chapter(told: object) -> Chapter | None:
    if not isinstance(told, dict):
        return None
    start, title = _about.number(told.get("start_time")), _about.text(told.get("title"))
    return Chapter(start=start, title=title) if title and 0 <= start <= MOST_SECONDS else None
