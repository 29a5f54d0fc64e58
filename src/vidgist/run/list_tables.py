"""Lists with columns: CSV and TSV of spreadsheets, of Google Takeout, of scripts. Pure.

The column is found by its name or, where the names are in another language or missing, by what stands in it.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from vidgist.run.list_lines import Entry, addresses_in

_DELIMITERS = ",;\t|"
_SAMPLE = 50
_NAMES = (
    ("videourl", "watchurl", "webpageurl", "titleurl", "url", "link", "videolink", "href", "address", "uri"),
    ("videoid", "ytid", "youtubeid", "id", "video"),
    ("channelurl", "channelid", "playlisturl", "playlistid", "feed", "feedurl", "xmlurl", "rss"),
)
"""Names of columns that hold inputs, best first, in small letters and digits alone."""

_ID = re.compile(r"(?=.*[A-Z0-9_-])[\w-]{11}", re.ASCII)
_LISTS = re.compile(r"UC[\w-]{22}|PL[\w-]{10,}", re.ASCII)
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|svg)(?:\?|$)", re.IGNORECASE)
_RULE = re.compile(r"[-: ]*")
_SEPARATOR = re.compile(r"sep=(.)\s*")

Row = tuple[int, list[str]]


def is_table(text: str, suffix: str = "") -> bool:
    """Return whether a list is a table, by its suffix, its column names or its cells."""
    if suffix.lower() in (".csv", ".tsv", ".tab"):
        return True
    lines = [line for line in text.split("\n", _SAMPLE + 1)[:_SAMPLE] if line.strip()]
    if lines and _SEPARATOR.fullmatch(lines[0]):
        return True
    if not lines or _delimiter(lines) is None:
        return False
    sign = _delimiter(lines) or ","
    rows = list(csv.reader(lines, delimiter=sign))
    if any(_plain(cell) in names for names in _NAMES for cell in rows[0]) and len(rows[0]) > 1:
        return True
    with_address = sum(len(row) > 1 and any(_is_address(cell) for cell in row) for row in rows)
    return with_address >= len(rows) / 2


def read(text: str) -> Iterator[Entry]:
    """Yield the input of each row. A row without one is yielded unchanged, so that it is reported."""
    blocks = [list(rows) for filled, rows in groupby(_rows(text), key=lambda row: any(row[1])) if filled]
    columns = [_column(block) for block in blocks]
    if any(kind == "video" for _, kind in columns):
        # Takeout used to describe the playlist in a table of its own above the videos.
        pairs = [(block, at) for block, (at, kind) in zip(blocks, columns, strict=True) if kind == "video"]
    else:
        pairs = [(block, at) for block, (at, _) in zip(blocks, columns, strict=True)]
    for block, at in pairs:
        yield from _entries(block, at)


def _entries(block: Sequence[Row], column: int) -> Iterator[Entry]:
    for position, (number, cells) in enumerate(block):
        found = _inputs(cells, column)
        is_head = position == 0 and not found
        if not is_head and not cells[0].startswith("#") and not all(map(_RULE.fullmatch, cells)):
            yield from (Entry(number, text) for text in found or [" ".join(filter(None, cells))])


def _inputs(cells: Sequence[str], column: int) -> list[str]:
    """Return the inputs of a row: in its column or, where that is empty, in another one."""
    chosen = cells[column] if column < len(cells) else ""
    for cell in (chosen, *cells):
        found = addresses_in(cell)
        if found:
            return found[:1] if cell is not chosen else found
        if _names_something(cell):
            return [cell]
    return []


def _rows(text: str) -> Iterator[Row]:
    lines = text.split("\n")
    separator = _SEPARATOR.fullmatch(lines[0]) if lines else None
    sign = (
        separator[1] if separator else _delimiter([line for line in lines[:_SAMPLE] if line.strip()]) or ","
    )
    if separator:
        lines[0] = ""
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=sign)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip().lstrip("'=").strip() for cell in cells] or [""]
    except csv.Error:  # a cell larger than the module allows: what comes after it is no list
        return


def _column(block: Sequence[Row]) -> tuple[int, str]:
    """Return the column that holds the inputs of a table, and whether they are videos."""
    head = [_plain(cell) for cell in block[0][1]]
    body = [cells for _, cells in block[:_SAMPLE]]
    for names, kind in zip(_NAMES, ("video", "video", "list"), strict=True):
        for name in names:
            if name in head and _worth(body, head.index(name)):
                return head.index(name), kind
    width = max(len(cells) for cells in body)
    best = max(range(width), key=lambda at: (_worth(body, at), -at))
    cells = [row[best] for row in body if best < len(row)]
    listed = all(_LISTS.fullmatch(cell) for cell in cells[1:]) and not any(map(_is_video, cells))
    return best, "list" if listed or not _worth(body, best) else "video"


def _worth(body: Sequence[Sequence[str]], at: int) -> float:
    cells = [row[at] for row in body if at < len(row)]
    return sum(1.0 if _is_address(cell) else 0.5 for cell in cells if _names_something(cell))


def _names_something(cell: str) -> bool:
    return _is_address(cell) or _ID.fullmatch(cell) is not None or _LISTS.fullmatch(cell) is not None


def _is_video(cell: str) -> bool:
    return _is_address(cell) or _ID.fullmatch(cell) is not None


def _is_address(cell: str) -> bool:
    return bool(addresses_in(cell)) and not _PICTURE.search(cell)


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _delimiter(lines: Sequence[str]) -> str | None:
    """Return the sign that sets most cells apart that hold an input, and the same number of cells in most
    rows.
    """

    def worth(sign: str) -> tuple[int, int]:
        rows = list(csv.reader(lines, delimiter=sign))
        wide = sum(len(row) > 1 for row in rows)
        inputs = sum(any(_names_something(cell.strip()) and "\t" not in cell for cell in row) for row in rows)
        return (inputs, wide) if wide else (0, 0)

    best = max(_DELIMITERS, key=worth)
    return best if worth(best)[1] else None
