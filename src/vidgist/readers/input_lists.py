"""Lists of inputs, which are no transcripts: addresses, ids, paths and links, one a line. They are refused."""

import re

from vidgist.errors import Unreadable
from vidgist.readers.cues import Reading
from vidgist.readers.files import File

NAMES = ("list",)
SUFFIXES = (".url", ".urls", ".opml", ".m3u", ".m3u8", ".webloc")

_COMMENT = re.compile(r"(?:^|\s)#.*")
_SITE = r"(?:https?://\S+|(?:www\.|m\.)?youtu(?:\.be|be\.com)/\S+)"
_PATH = (
    r"(?:(?:~|\.{1,2}|[A-Za-z]:)?[/\\])?[^:\n\t?*<>|\"]{1,400}\.(?:vtt|srt|sbv|json3?|jsonl|txt|md|ttml|docx|ass|lrc|tsv|csv"
    r"|mp[34]|m4[av]|webm|mkv|mov|ogg|opus|wav|flac)"
)
_NAMED = r"(?:file:\S+|ytsearch\w*:.+|podcast:\S+)"
_INPUT = re.compile(rf"(?:{_SITE}|{_NAMED}|@[\w.-]+|[\w-]{{11}}|{_PATH})", re.ASCII | re.IGNORECASE)
_PATH_UNICODE = re.compile(_PATH, re.IGNORECASE)
_LINK = re.compile(
    rf"(?:[-*+]|\d+[.)])?\s*(?:\[[ xX]\]\s+)?(?:\[[^\]]{{0,300}}\]\(\s*<?{_SITE}>?\s*\)|<?{_SITE}>?)\.?",
    re.IGNORECASE,
)
_ROW = re.compile(
    rf"(?:[^,;\t]{{0,200}}[,;\t]){{0,8}}\"?{_SITE}\"?(?:[,;\t][^,;\t]{{0,200}}){{0,8}}", re.IGNORECASE
)
_SAVED = re.compile(r"[\w-]{11},\s*\d{4}-\d\d-\d\d[T ][\d:.+Z-]+(?: UTC)?", re.ASCII)
"""A row of a playlist of Google Takeout: an id and when it was added."""

_PLAYLIST = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<opml|#EXTM3U|\[InternetShortcut\])", re.IGNORECASE)
_HEADING = re.compile(r"\s{0,3}#{1,6}\s.*")
_LEAST_SPACES = 3


def looks(file: File) -> bool:
    if _PLAYLIST.match(file.text[:500].lstrip("\ufeff")):
        return True
    lines = [line.strip() for line in file.text[:200_000].lstrip("\ufeff").splitlines()]
    body = [line for line in lines if line]
    named = [bare for line in body if (bare := _COMMENT.sub("", line).strip())]
    if not named:
        return False
    return _are_inputs(named) or _are_links(body) or _are_rows(body)


def _are_inputs(named: list[str]) -> bool:
    """Return whether each line is an address, an id or a path, and one at least not a word of 11 letters."""
    alike = all(_INPUT.fullmatch(line) or _PATH_UNICODE.fullmatch(line) for line in named)
    is_sure = any(not line.isalpha() for line in named)
    return alike and is_sure and not all(" " in line and line.count(" ") > _LEAST_SPACES for line in named)


def _are_links(body: list[str]) -> bool:
    """Return whether all but headings are links, bulleted or not."""
    links = [line for line in body if not _HEADING.fullmatch(line) and line != "---"]
    return bool(links) and all(map(_LINK.fullmatch, links))


def _are_rows(body: list[str]) -> bool:
    """Return whether all rows but the first, which names columns, have an address and few words beside it."""
    rows = body[1:] if len(body) > 1 and not _ROW.fullmatch(body[0]) else body
    return bool(rows) and (all(map(_ROW.fullmatch, rows)) or all(map(_SAVED.fullmatch, rows)))


def read(file: File) -> Reading:
    """Raise `Unreadable` with the code ``list``: such a file names what to read."""
    raise Unreadable(
        f"{file.name} holds addresses and no words",
        code="list",
        hint="name a list of inputs with --from-file",
    )
