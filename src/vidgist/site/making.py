"""One note's share of the site: its page and its passages are written, its entry and its words returned.

A share depends on its note and its number alone, so shares are made in any order and by any process.
"""

import hashlib
import json
from pathlib import Path

from vidgist.errors import Unreadable
from vidgist.models import Value
from vidgist.notes import reading
from vidgist.site import index_files, list_entries, pages
from vidgist.site.list_entries import Entry
from vidgist.writers import html

LONGEST_NAME = 220
"""Bytes; file systems take 255."""


class Order(Value):
    """What is to be made: the note in ``file``, called ``stem``, as record ``number`` of the site ``out``."""

    out: Path
    title: str
    file: Path
    stem: str
    number: int


class Share(Value):
    """What is known of a record that was made; ``words`` have a weight each, in ``weights``.

    ``entry`` is None where the note cannot be read, and ``problem`` says why.
    """

    entry: Entry | None = None
    words: tuple[str, ...] = ()
    weights: str = ""
    problem: str = ""


def make(order: Order) -> Share:
    """Read a note, write its page and its passages. Raises `OSError` where they cannot be written."""
    try:
        note = reading.read(order.file)
    except Unreadable as error:
        return Share(problem=str(error))
    shown = html.article(note)
    counts = index_files.count(list_entries.searched(note, shown))
    entry = list_entries.of(note, _page(order.stem), shown, counts.total())
    put(order.out / entry.page, pages.reader(shown, order.title))
    said = json.dumps(list_entries.passages(note, shown), ensure_ascii=False, separators=(",", ":"))
    put(passages(order.out, order.number), f"vidgist.text({order.number},{said});\n")
    return Share(entry=entry, words=tuple(counts), weights=index_files.weights(counts.values()))


def passages(out: Path, number: int) -> Path:
    """Return the file of a record's passages."""
    return out / "data" / "text" / f"{number}.js"


def put(path: Path, text: str) -> None:
    """Write a file of the site, whole or not at all. Raises `OSError`."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    part.replace(path)


def _page(stem: str) -> str:
    """Return the record's page, all in one folder; a name that is cut or stood in another one ends with a
    hash.
    """
    name = stem.rpartition("/")[2]
    if name != stem or len(name.encode()) > LONGEST_NAME:
        digest = hashlib.sha256(stem.encode()).hexdigest()[:12]
        stem = f"{name.encode()[: LONGEST_NAME - 20].decode(errors='ignore')}-{digest}"
    return f"r/{stem}.html"
