"""Tables with a column of words: CSV and TSV of Whisper, of editors and services, Audacity's labels."""

import csv
import io
import math
import re
from collections.abc import Sequence

from vidgist.errors import Unreadable
from vidgist.models import Transcript
from vidgist.readers import clocks, markup, timings, voices
from vidgist.readers.cues import Reading, timed, until_next, untimed
from vidgist.readers.entries import Entry
from vidgist.readers.files import File

NAMES = ("csv", "tsv")
SUFFIXES = (".csv", ".tsv")

_TEXTS = frozenset(
    "text transcript transcription sentence words content caption captions line body subtitle utterance dialogue dialog "
    "message phrase speech said transcripttext targettext sourcetext".split()
)
_STARTS = frozenset(
    "start starttime startms begin from in timestamp time timecode tc offset startsec starts startseconds timein startsmpte starttimecode begintime startinseconds t".split()
)
_ENDS = frozenset(
    "end endtime endms to out stop endsec ends endseconds timeout endtimecode finish endinseconds".split()
)
_LENGTHS = frozenset("duration dur length".split())
_SPEAKERS = frozenset(
    "speaker speakername name who voice participant speakerlabel actor character speakerid".split()
)
_TIME = re.compile(r"[-\d:;.,]+(?:\s?[ap]m)?|\d[\d.]*\s?m?s", re.IGNORECASE)
_QUOTED = re.compile(r"(?:^|\t)\"[^\"\t]*\"(?:\t|$)", re.MULTILINE)
_LEAST_COLUMNS = 2


def looks(file: File) -> bool:
    """Whether the first line names a column of words and one of times, or Audacity's labels begin."""
    head = file.text[:4096].lstrip("\ufeff").splitlines()[:3]
    if not head:
        return False
    first = _split(head[0], _delimiter(head[0]))
    names = list(map(_bare, first))
    if any(name in _TEXTS for name in names) and any(name in _STARTS for name in names):
        return True
    return bool(head) and all(_is_label(line) for line in head if line.strip())


def read(file: File) -> Reading:
    """Raises `Unreadable` with the code ``format`` for a table without a column of words."""
    text = file.text.lstrip("\ufeff")
    lines = text.split("\n", 1)
    rows = [row for row in _rows(text, _delimiter(lines[0])) if any(map(str.strip, row))]
    return Reading(transcript=of_rows(rows, file.name))


def of_rows(rows: Sequence[Sequence[str]], name: str) -> Transcript:
    """The transcript in a table; without a line that names its columns they are told by what is in them."""
    columns = _named(rows[0]) if rows else {}
    body = rows[1:] if columns else rows
    columns = columns or _guessed(body)
    if "text" not in columns:
        raise Unreadable(
            f"{name} is a table without a column of words", code="format", hint="name one column text"
        )
    found = [entry for row in body if (entry := _entry(row, columns)).text.strip()]
    if not found:
        return Transcript(segments=())
    if "start" not in columns:
        return untimed((one.speaker, one.text) for one in found)
    cues, notices = timings.scaled(found)
    return timed(until_next(voices.named(cues)), *notices)


def _delimiter(line: str) -> str:
    counts = {mark: line.count(mark) for mark in ("\t", ";", ",", "|")}
    return max(counts, key=lambda mark: (counts[mark], mark == "\t"))


def _split(line: str, delimiter: str) -> list[str]:
    return next(iter(_rows(line, delimiter)), [])


def _rows(text: str, delimiter: str) -> list[list[str]]:
    quoted = delimiter != "\t" or _QUOTED.search(text) is not None
    csv.field_size_limit(10_000_000)
    try:
        return list(
            csv.reader(
                io.StringIO(text),
                delimiter=delimiter,
                quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
                skipinitialspace=True,
            )
        )
    except csv.Error:
        return [line.split(delimiter) for line in text.splitlines()]


def _bare(name: str) -> str:
    return re.sub(r"\([^()]*\)|[^a-z]", "", name.strip().lower())


def _named(first: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for number, name in enumerate(map(_bare, first)):
        for kind, names in (
            ("text", _TEXTS),
            ("start", _STARTS),
            ("end", _ENDS),
            ("length", _LENGTHS),
            ("speaker", _SPEAKERS),
        ):
            if name in names:
                columns.setdefault(kind, number)
    return columns if "text" in columns else {}


def _guessed(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Leading columns of times, then the words: the column with the most of them."""
    width = max(map(len, rows), default=0)
    if width < _LEAST_COLUMNS:
        return {}
    is_time = [sum(_is_time(row, number) for row in rows) * 2 > len(rows) for number in range(width)]
    lengths = [
        0 if is_time[number] else sum(len(row[number].split()) for row in rows if number < len(row))
        for number in range(width)
    ]
    columns = {"text": max(range(width), key=lengths.__getitem__)} if max(lengths) else {}
    times = [number for number, yes in enumerate(is_time) if yes]
    columns |= dict(zip(("start", "end"), times, strict=False))
    others = [number for number in range(width) if number not in columns.values() and not is_time[number]]
    names = [
        number for number in others if all(voices.is_name(row[number]) for row in rows if number < len(row))
    ]
    return {**columns, "speaker": names[0]} if names else columns


def _is_time(row: Sequence[str], number: int) -> bool:
    return (
        number < len(row)
        and _TIME.fullmatch(row[number].strip()) is not None
        and not math.isnan(clocks.seconds(row[number]))
    )


def _is_label(line: str) -> bool:
    parts = line.split("\t")
    return (
        len(parts) > _LEAST_COLUMNS
        and _is_time(parts, 0)
        and _is_time(parts, 1)
        and any(map(str.isalpha, parts[2]))
    )


def _entry(row: Sequence[str], columns: dict[str, int]) -> Entry:
    def field(kind: str) -> str:
        number = columns.get(kind, len(row))
        return row[number].strip() if number < len(row) else ""

    text = row[columns["text"] :] if columns["text"] == max(columns.values()) else [field("text")]
    start, end, length = (clocks.seconds(field(kind)) for kind in ("start", "end", "length"))
    scale = 1.0 if ":" in field("start") or ";" in field("start") else 0.0
    end = start + length if math.isnan(end) else end
    return Entry(
        markup.quotes_decoded(" ".join(filter(None, map(str.strip, text)))),
        start,
        end,
        field("speaker"),
        scale,
    )
