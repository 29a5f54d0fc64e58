"""The inputs on one line of a list as people write them. Pure but for a look whether a path exists.

https://youtu.be/WDsAhkFsKfE           # a comment
- [ ] [A talk](https://youtu.be/WDsAhkFsKfE "its title")
1. "talks/Talk #3.vtt",
A talk worth hearing – https://youtu.be/WDsAhkFsKfE (8:43)
youtube WDsAhkFsKfE
"""

import html
import os
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

FILE_SUFFIX = (
    r"(?:vtt|webvtt|srt|jsonl?|json3|ndjson|txt|text|md|markdown|mdown|mkd|ass|ssa|sbv|sub|smi|sami|ttml|dfxp|itt"
    r"|xml|srv[123]|lrc|tsv|csv|docx|rtf|ctm|stm|rttm|x?html?|urls?|opml|m3u8?|webloc|gz"
    r"|mp3|m4a|aac|og[ag]|opus|flac|wav|wma|mp4|m4v|mov|mkv|webm|avi)"
)
_COMMENT = re.compile(rf"(?:^|\s)#(?!\S.*\.{FILE_SUFFIX}(?:\s+#|\s*$)).*", re.IGNORECASE | re.DOTALL)
_BULLET = re.compile(
    r"(?:>\s*)*(?:(?:[-*+•◦‣–—]|\d{1,4}[.)]|\(\d{1,4}\))\s+)?(?:\[[ xX✓✔~/-]?\]\s+)?(?=\S)",
)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(
    r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*(?:<([^<>]*)>|((?:[^\s()]|\([^\s()]*\))+))(?:\s+[\"'(][^)]*)?\s*\)"
)
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*<?https?://\S", re.IGNORECASE | re.MULTILINE)
_WRAPPED = re.compile(r"\[\[(\w+://[^\[\]\s]+)\](?:\[[^\[\]]*\])?\]|<(\w+://[^<>|\s]+)\|[^<>]*>")
"""Links of Org files and of chats: ``[[address][words]]``, ``<address|words>``."""

_ADDRESS = re.compile(
    r"(?:podcast:)?https?(?::|%3A)(?:/|%2F){2}[^\s<>\"'`|“”«»]+"
    r"|(?<![\w./@-])(?:www\.|m\.|music\.)?(?:youtube\.com/|youtu\.be/)[^\s<>\"'`|“”«»]+",
    re.IGNORECASE,
)
_PAIRS = {'"': '"', "'": "'", "`": "`", "“": "”", "„": "“", "«": "»", "‘": "’", "<": ">"}
_CLOSING = {")": "(", "]": "[", "}": "{"}
_RULE = re.compile(r"[-=*_~\s]{3,}|[|:\s-]*\|[|:\s-]*")
_SEARCH = re.compile(r"\w+search(?:\d+|all|date\d*)?:", re.IGNORECASE)
_NUMBERED = re.compile(r"\s+#\d")
_ONE = re.compile(r"@.+|[\w-]{11}|[\w-]{13,}", re.ASCII)
_ARCHIVE = re.compile(r"([a-z][\w:-]*) (\S+)")
_ARCHIVED = {
    "youtube": "{}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "bilibili": "https://www.bilibili.com/video/{}",
    "archiveorg": "https://archive.org/details/{}",
}
"""Where what yt-dlp's archive names can be found, by the name of its extractor."""

_FENCE = ("```", "~~~")


class Entry(NamedTuple):
    """One input of a list and the number of its line."""

    line: int
    text: str


def read(lines: Iterable[str], *, markdown: bool = False, first: int = 1) -> Iterator[Entry]:
    """Yield the inputs of lines one by one. Prose without an address is passed over in Markdown."""
    front_matter = False
    for number, line in enumerate(lines, start=first):
        plain = line.lstrip("\ufeff").strip()
        if plain == "---" and (front_matter or (number == first and markdown)):
            front_matter = not front_matter
            continue
        if front_matter or not plain or plain.startswith(_FENCE) or _RULE.fullmatch(plain):
            continue
        for text in inputs_of(plain):
            if not (markdown and _is_prose(text)):
                yield Entry(number, text)


def inputs_of(line: str) -> list[str]:
    """Return the inputs on a line; empty for a comment."""
    if line.startswith("#"):
        return []
    if _SEARCH.match(line):
        return [_without_comment(line)]
    linked = _linked(line) if "](" in line else [one or other for one, other in _WRAPPED.findall(line)]
    if linked:
        return linked
    text = _without_comment(line)
    bare = _without_marks(text)
    if not bare:
        return []
    archived = _ARCHIVE.fullmatch(bare)
    if archived and archived[1] in _ARCHIVED:
        return [_ARCHIVED[archived[1]].format(archived[2])]
    addresses = addresses_in(bare) if len(bare.split()) > 1 else []
    return addresses or [bare]


def addresses_in(text: str) -> list[str]:
    """Return the addresses in running text, without the punctuation around them."""
    return [_trimmed(found[0]) for found in _ADDRESS.finditer(text)]


def has_links(text: str) -> bool:
    """Return whether a text is Markdown with links, or an Org file."""
    return any(form.search(text) for form in (_LINK, _REFERENCE, _WRAPPED))


def _linked(line: str) -> list[str]:
    plain = _IMAGE.sub("", line)
    targets = [html.unescape(angled or bare) for angled, bare in _LINK.findall(plain)]
    beside = addresses_in(_LINK.sub(" ", plain))
    return [target for target in (*targets, *beside) if not target.startswith(("#", "mailto:"))]


def _without_comment(line: str) -> str:
    kept = _COMMENT.sub("", line).strip()
    if kept == line or addresses_in(kept) or _is_path(kept) or not addresses_in(line):
        return kept
    # "Talk #3 - https://...": what follows such a number is no comment.
    is_title = len(kept.split()) > 1 or (_NUMBERED.match(line, len(kept)) and not _ONE.fullmatch(kept))
    return line if is_title else kept


def _without_marks(text: str) -> str:
    """Return the text without bullet, check box, number and quotes; a file that is
    called so keeps its name.
    """
    if os.path.lexists(text):
        return text
    bare = text[_BULLET.match(text).end() :] if _BULLET.match(text) else text  # type: ignore[union-attr]
    unquoted = _unquoted(bare.rstrip(",;") if bare[:1] in _PAIRS else bare)
    return unquoted.strip() or text


def _unquoted(text: str) -> str:
    end = _PAIRS.get(text[:1])
    inner = text[1:-1]
    return inner if end and len(text) > 1 and text.endswith(end) and text[0] not in inner else text


def _trimmed(address: str) -> str:
    """Return an address without the punctuation of the sentence that it stands in."""
    while address:
        last = address[-1]
        unopened = last in _CLOSING and address.count(last) > address.count(_CLOSING[last])
        if last not in ".,;:!?*…" and not unopened:
            break
        address = address[:-1]
    return address


def _is_path(text: str) -> bool:
    return re.search(rf"\.{FILE_SUFFIX}$", text, re.IGNORECASE) is not None


def _is_prose(text: str) -> bool:
    """Return whether this is words rather than one input."""
    if addresses_in(text) or _is_path(text) or _SEARCH.match(text):
        return False
    return len(text.split()) > 1 or not re.search(r"[\w-]{11}|[/\\@:]", text)
