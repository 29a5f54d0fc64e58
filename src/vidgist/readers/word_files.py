"""Word documents (``.docx``) of Teams, Meet and people: paragraphs as lines of plain text.

Read with zipfile and defusedxml: a paragraph's runs, tabs and breaks are all that a transcript has of Word.
http://officeopenxml.com/WPcontentOverview.php
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from vidgist.errors import Unreadable
from vidgist.readers import metadata, plain, tables
from vidgist.readers.cues import Reading
from vidgist.readers.files import MOST_BYTES, File
from vidgist.readers.json_entries import count
from vidgist.readers.metadata import About

NAMES = ("docx",)
SUFFIXES = (".docx",)

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_DOCUMENT, _CORE = "word/document.xml", "docProps/core.xml"
_LEAST_COLUMNS, _LEAST_ROWS = 2, 3
_MOST_OF_IT, _ASIDE = 0.5, 0.2
"""Shares of a document's words: a table with more is the transcript, one with less describes the recording."""

_TITLES = ("Title", "Heading1")


def looks(file: File) -> bool:
    return file.is_zip


def read(file: File) -> Reading:
    """Read one. Raises `Unreadable`: binary for an archive that is no Word document, format for a damaged
    one.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        with zipfile.ZipFile(BytesIO(file.data)) as archive:
            names = archive.namelist()
            if _DOCUMENT not in names:
                raise Unreadable(f"{file.name} is a binary file, not a transcript", code="binary")
            document = fromstring(_member(archive, _DOCUMENT, file.name))
            core = fromstring(_member(archive, _CORE, file.name)) if _CORE in names else None
    except (
        zipfile.BadZipFile,
        ParseError,
        DefusedXmlException,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        EOFError,
    ) as error:
        raise Unreadable(f"{file.name} is no whole Word document", code="format") from error
    return _reading(document, core, file.name)


def _member(archive: zipfile.ZipFile, name: str, file: str) -> bytes:
    if archive.getinfo(name).file_size > MOST_BYTES:
        raise Unreadable(f"{file} is too large for a transcript", code="too_large")
    with archive.open(name) as member:
        return member.read(MOST_BYTES)


def _reading(document: Element, core: Element | None, name: str) -> Reading:
    body = document.find(f"{_WORD}body")
    title = metadata.text(core.findtext(_TITLE)) if core is not None else ""
    if body is None:
        body = document
    table = max(body.iter(f"{_WORD}tbl"), key=lambda one: len(list(one)), default=None)
    rows = (
        [[" ".join(_lines(cell)) for cell in row.iter(f"{_WORD}tc")] for row in table.iter(f"{_WORD}tr")]
        if table is not None
        else []
    )
    within = " ".join(cell for row in rows for cell in row)
    share = count(within) / max(1, count(" ".join(_lines(body))))
    if len(rows) >= _LEAST_ROWS and max(map(len, rows)) >= _LEAST_COLUMNS and share > _MOST_OF_IT:
        return Reading(transcript=tables.of_rows(rows, name), about=About(title=title))
    lines: list[str] = []
    aside = set(table.iter(f"{_WORD}p")) if table is not None and share < _ASIDE else set()
    for paragraph in body.iter(f"{_WORD}p"):
        if paragraph in aside:
            continue
        said = list(_lines_of(paragraph))
        if not title and not lines and _style(paragraph) in _TITLES:
            title = metadata.text(" ".join(said))
        else:
            lines += said
    reading = plain.reading(lines)
    return reading.model_copy(update={"about": About(title=title).over(reading.about)})


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    return style.get(f"{_WORD}val", "") if style is not None else ""


def _lines(element: Element) -> Iterator[str]:
    for paragraph in element.iter(f"{_WORD}p"):
        yield from _lines_of(paragraph)


def _lines_of(paragraph: Element) -> Iterator[str]:
    """Yield the lines of a paragraph; what was deleted, and fields' codes, are no words."""
    text: list[str] = []
    for one in paragraph.iter():
        tag = str(one.tag).removeprefix(_WORD)
        if tag == "t":
            text.append(one.text or "")
        elif tag == "tab":
            text.append("\t")
        elif tag in ("br", "cr"):
            text.append("\n")
        elif tag in ("noBreakHyphen", "softHyphen"):
            text.append("-" if tag == "noBreakHyphen" else "")
    yield from "".join(text).split("\n")
