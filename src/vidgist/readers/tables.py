"""Tables with a column of words: CSV and TSV of Whisper, of editors and services, Audacity's labels."""

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Sequence

from vidgist.errors import Unreadable
from vidgist.models import Transcript
from vidgist.readers import clocks, markup, timings, voices, word_lists
from vidgist.readers.cues import Reading, timed, until_next, untimed
from vidgist.readers.files import File
from vidgist.readers.json_entries import Entry, count
from vidgist.readers.speakers import shown

NAMES = ("csv", "tsv")
SUFFIXES = (".csv", ".tsv")

_TEXTS = frozenset(
    "text transcript transcription sentence words word content caption captions line body subtitle utterance dialogue dialog "
    "message phrase speech said transcripttext targettext sourcetext inhalt texte texto testo contenu contenido "
    "tekst tartalom metin テキスト 文字起こし 内容 本文 文本 文字 字幕 台词 텍스트 내용 текст النص".split()
)
_STARTS = frozenset(
    "start starttime startms begin from in timestamp time timecode tc offset startsec starts startseconds timein timecodein startsmpte "
    "starttimecode begintime startinseconds t beginn zeit anfang von début debut inicio início inizio początek aanvang başlangıç tempo tiempo temps heure hora "
    "開始 開始時間 時間 时间 开始 开始时间 시작 시작시간 시간 время начало الوقت".split()
)
_ENDS = frozenset(
    "end endtime endms to out stop endsec ends endseconds timeout timecodeout endtimecode finish endinseconds ende bis fin fim fine "
    "koniec eind einde bitiş 終了 終了時間 結束 结束 结束时间 끝 종료 종료시간 конец".split()
)
_LENGTHS = frozenset("duration dur length dauer durée duración".split())
_SPEAKERS = frozenset(
    "speaker speakername name who voice participant speakerlabel actor character speakerid sprecher sprecherin locuteur orador "
    "hablante relatore mówca spreker falante orateur intervenant konuşmacı 話者 発言者 说话人 发言人 화자 спикер المتحدث".split()
)
_TIME = re.compile(r"[-\d:;.,]+(?:\s?[ap]m)?|\d[\d.]*\s?m?s", re.IGNORECASE)
_QUOTED = re.compile(r"(?:^|\t)\"[^\"\t]*\"(?:\t|$)", re.MULTILINE)
_SEPARATOR = re.compile(r"\s*sep=(?P<mark>[^\r\n])\r?\n", re.IGNORECASE)
_LEAST_COLUMNS = 2
_HEAD, _HEAD_ROWS = 8192, 20
_MANY, _WORD = 30, 1.6
"""More rows than that of fewer words each, on average, are words one by one."""

_FEWEST = 3
"""Words a row of a table without names and times that can be nothing else."""


def looks(file: File) -> bool:
    """Return whether the first line names a column of words and one of times, or Audacity's labels begin."""
    head = _SEPARATOR.sub("", file.text[:4096].lstrip("\ufeff")).splitlines()[:3]
    if not head:
        return False
    first = _split(head[0], _delimiter(head[:1]))
    names = list(map(_bare, first))
    if any(name in _TEXTS for name in names) and any(name in _STARTS for name in names):
        return True
    return bool(head) and all(_is_label(line) for line in head if line.strip())


def read(file: File) -> Reading:
    """Read one. Raises `Unreadable` with the code ``format`` for a table without a column of words."""
    text = file.text.lstrip("\ufeff")
    named = _SEPARATOR.match(text)
    body = text[named.end() :] if named else text
    delimiter = named["mark"] if named else _delimiter(body[:_HEAD].splitlines()[:_HEAD_ROWS])
    rows = [row for row in _rows(body, delimiter) if any(map(str.strip, row))]
    return Reading(transcript=of_rows(rows, file.name, delimiter=delimiter))


def of_rows(
    rows: Sequence[Sequence[str]], name: str, *, headed: bool = False, delimiter: str = ""
) -> Transcript:
    """Return the transcript in a table; without a line that names its columns they are recognized by what is in
    them.

    ``headed`` says that the first row names the columns, in any language; ``delimiter`` parts the columns of
    a row, and may stand in its words unquoted.
    """
    columns = _named(rows[0]) if rows else {}
    headed = headed or bool(columns) or _is_head(rows)
    body = rows[1:] if headed else rows
    columns = _completed(columns, body) if columns else _guessed(body)
    if "text" not in columns:
        raise Unreadable(
            f"{name} is a table without a column of words", code="format", hint="name one column text"
        )
    width = len(rows[0]) if len(body) < len(rows) else Counter(map(len, body)).most_common(1)[0][0]
    found = [
        entry
        for row in body
        if (entry := _entry(_whole(row, columns, width, delimiter), columns)).text.strip()
    ]
    if not found:
        return Transcript(segments=())
    if "start" not in columns:
        return untimed((one.speaker, one.text) for one in found)
    if len(found) > _MANY and sum(count(one.text) for one in found) < _WORD * len(found):
        found = word_lists.sentences(found, "")
    cues, notices = timings.scaled(found)
    return timed(until_next(voices.named(cues)), *notices)


def _whole(row: Sequence[str], columns: dict[str, int], width: int, delimiter: str) -> Sequence[str]:
    """Return the row with its words in one column, where they had the mark between columns in them."""
    more, place = len(row) - width, columns["text"]
    if more <= 0 or not delimiter:
        return row
    joint = " " if delimiter == "\t" else f"{delimiter} "
    words = joint.join(map(str.strip, row[place : place + more + 1]))
    return [*row[:place], words, *row[place + more + 1 :]]


def _delimiter(lines: Sequence[str]) -> str:
    """Return what parts the columns: the mark that is as often in each of the first lines, or else in the
    first one.
    """
    full = [line for line in lines if line.strip()]
    for mark in "\t;|,":
        counts = Counter(len(_split(line, mark)) for line in full)
        width, alike = max(counts.items(), key=lambda pair: pair[1], default=(1, 0))
        if width > 1 and 10 * alike >= 9 * len(full) and counts[1] == 0:
            return mark
    first = full[0] if full else ""
    return max("\t;,|", key=lambda mark: (first.count(mark), mark == "\t"))


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
    return re.sub(r"\([^()]*\)|[\W\d_]", "", name.strip().lower())


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
    """Guess the columns: leading ones of times, then the words: the column with the most of them."""
    width = max(map(len, rows), default=0)
    if width < _LEAST_COLUMNS:
        return {}
    is_time = [sum(_is_time(row, number) for row in rows) * 2 > len(rows) for number in range(width)]
    lengths = [
        0 if is_time[number] else sum(count(row[number]) for row in rows if number < len(row))
        for number in range(width)
    ]
    columns = {"text": max(range(width), key=lengths.__getitem__)} if max(lengths) else {}
    has_clocks = any(
        ":" in row[number]
        for row in rows[:5]
        for number in range(len(row))
        if number < width and is_time[number]
    )
    if not has_clocks and max(lengths) < _FEWEST * len(rows):
        return {}
    times = [number for number, yes in enumerate(is_time) if yes and not _counts_rows(rows, number)]
    columns |= dict(zip(("start", "end"), times, strict=False))
    others = [number for number in range(width) if number not in columns.values() and not is_time[number]]
    names = [
        number for number in others if all(voices.is_name(row[number]) for row in rows if number < len(row))
    ]
    return {**columns, "speaker": names[0]} if names else columns


def _is_head(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row names the columns, in any language: no time stands above the times."""
    below = _guessed(rows[1:])
    return len(rows) > _LEAST_COLUMNS and "start" in below and not any(map(_has_digit, rows[0]))


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _completed(columns: dict[str, int], rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Return the columns with those of clock times and of names whose own name is not known."""
    if "start" in columns:
        return columns
    found = {kind: number for kind, number in _guessed(rows).items() if number not in columns.values()}
    has_clocks = "start" in found and all(
        ":" in row[found["start"]] for row in rows if found["start"] < len(row)
    )
    return {**found, **columns} if has_clocks else columns


def _counts_rows(rows: Sequence[Sequence[str]], number: int) -> bool:
    """Return whether a column numbers the rows, 1, 2, 3, beside one of times."""
    values = [row[number].strip() for row in rows if number < len(row)]
    others = any(_is_time(row, place) for row in rows[:1] for place in range(number + 1, len(row)))
    first = int(values[0]) if values and values[0].isdecimal() and len(values[0]) < 9 else -1  # noqa: PLR2004
    return others and first in (0, 1) and values == [str(first + n) for n in range(len(values))]


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

    start, end, length = (clocks.seconds(field(kind)) for kind in ("start", "end", "length"))
    scale = 1.0 if ":" in field("start") or ";" in field("start") else 0.0
    end = start + length if math.isnan(end) else end
    return Entry(
        markup.quotes_decoded(field("text")),
        start,
        end,
        shown(field("speaker")),
        scale,
    )
