"""A list as people have it, into inputs: text, Markdown, CSV, Takeout, bookmarks, OPML, JSON. Pure.

The kind is recognized by the content of the file, and by its suffix where the content is not enough.
"""

import codecs
import os
import re
from collections.abc import Iterator

from vidgist.run import list_lines, list_markup, list_tables
from vidgist.run.list_lines import Entry

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096
_MANY = 0.3
"""Share of zero bytes in every other position that shows UTF-16."""

_FIELD = re.compile(r"\s*(?:-\s+)?(?P<name>[A-Za-z_][\w-]*):(?:\s+(?P<value>\S.*))?")
_NAMED = ("url", "link", "href", "webpage_url", "video_url", "address")
"""Fields of YAML whose value is an input."""

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")


class NotText(ValueError):
    """The bytes are no list."""


def read(text: str, name: str = "") -> Iterator[Entry]:
    """Yield the inputs of a list; ``name`` is its file's."""
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 (a name may hold anything)
    if list_markup.is_markup(text):
        return list_markup.read_markup(text)
    if text.lstrip()[:1] in ("{", "["):
        found = list_markup.read_json(text)
        if found is not None:
            return found
    if suffix not in _MARKDOWN and list_tables.is_table(text, suffix):
        return list_tables.read(text)
    markdown = suffix in _MARKDOWN or list_lines.has_links(text)
    return list_lines.read(_lines_of(text, suffix), markdown=markdown)


def is_whole(head: bytes) -> bool:
    """Return whether a list has to be read as a whole, by its first line."""
    if b"\0" in head or any(head.startswith(mark) for mark, _ in _MARKS[1:]):
        return True
    text = head.decode("utf-8-sig", "surrogateescape").strip()
    return text.startswith(("<", "{", '["', "[{")) or text == "[" or list_tables.is_table(text)


def decode(data: bytes) -> str:
    """Return the text of a list with plain line ends. Raises `NotText` for what is none.

    A byte that is no UTF-8 becomes a lone surrogate: a path may hold it, and it spoils its own line alone.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    encoding = marked or _unmarked(data)
    try:
        text = data.decode(encoding, "surrogateescape" if encoding.startswith("utf-8") else "strict")
    except UnicodeDecodeError as error:
        raise NotText("damaged text" if marked else "a binary file") from error
    if "\0" in text:
        raise NotText("a binary file")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unmarked(data: bytes) -> str:
    """Name the encoding: UTF-16 without a mark where every other byte of a sample is zero, else UTF-8."""
    sample = data[:_SAMPLE]
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    enough = _MANY * max(1, len(sample) // 2)
    if second > enough and first < second / 8:
        return "utf-16-le"
    return "utf-16-be" if first > enough and second < first / 8 else "utf-8"


def _lines_of(text: str, suffix: str) -> list[str]:
    """Return the lines; of an Internet shortcut, its address alone."""
    lines = text.split("\n")
    if suffix == ".url" or text.lstrip().startswith("[InternetShortcut]"):
        return [line[4:] if line.upper().startswith("URL=") else "" for line in lines]
    fields = [_FIELD.fullmatch(line) for line in lines]
    named = [found["value"] or "" if found and found["name"].lower() in _NAMED else "" for found in fields]
    is_yaml = any(named) and 2 * sum(map(bool, fields)) > sum(map(bool, map(str.strip, lines)))
    return named if is_yaml else lines
