"""What tools put between the words of a text export: logs, stars, times inside of lines, at their ends and given twice."""

import itertools
import re
from collections.abc import Iterator, Sequence

from vidgist.readers import voices
from vidgist.readers.stamps import Row, row

_LOG = re.compile(
    r"(?:whisper|ggml|output|log|llama|load|system|operator|sampling)_\w+\s*:.*|(?:main|system_info|init)\s*:\s.*"
    r"|detecting language using .*|standalone faster-whisper.*|starting (?:to process|transcription on)\b.*|operation finished in:? .*"
    r"|subtitles are written to .*|transcription results written to .*|detected language:? ['\"]?\w+['\"]?(?: with probability .*)?|.*\bUserWarning: .*|warnings?\.warn\(.*|\s*\d{1,3}%\|.*\|.*",
    re.IGNORECASE,
)
"""What programs print beside boxed times."""

_BOLD = re.compile(r"(\s*(?:[-*+]\s+)?)(?:\*\*|__)(.{1,60}?)(?:\*\*|__)")
_LEAST_BOLD = 3
_CLOCK = r"(?:\d{1,3}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?"
_MARK = re.compile(
    rf"(?:^|(?<=\s))(?:\[({_CLOCK})\]|\((\d\d:\d\d:\d\d(?:[.,]\d+)?)\)|(\d\d:\d\d:\d\d[.,]\d{{3}}))(?=\s)"
)
_BETWEEN = re.compile(r"\s*(?:[-–—~]{1,3}>?|→|to)\s*")
_LEAST_MARKS, _LEAST_INNER = 3, 2
_ENDING = re.compile(
    rf"(?P<words>.*\S)\s*(?:#(?P<hash>\d\d:\d\d:\d\d)-\d+#|\[(?P<boxed>{_CLOCK})\]|\((?P<round>\d\d?:\d\d:\d\d)\))\s*"
)


def unbold(lines: list[str]) -> list[str]:
    """Return the lines without the stars about their first words, where most lines have them."""
    bold = sum(_BOLD.match(line) is not None for line in lines)
    if bold < _LEAST_BOLD or 2 * bold < len(lines):
        return lines
    return [_BOLD.sub(r"\1\2", line, count=1) if _BOLD.match(line) else line for line in lines]


def without_logs(lines: Sequence[str]) -> list[str]:
    """Return the lines without what a program prints beside its transcript."""
    return [line for line in lines if not _LOG.fullmatch(line.strip())]


# Times inside of lines and at their ends.


def parted(lines: Sequence[str]) -> list[str]:
    """Return the lines, each parted before the times inside of it, where these are in order and many."""
    marks = [mark for line in lines for mark in _marks(line)]
    begins = _MARK.match(lines[0].lstrip()) is not None if lines else False
    inner = sum(max(0, len(_marks(line)) - 1) for line in lines if "[" in line or ":" in line)
    starts = [row(f"[{next(filter(None, mark.groups()))}] x").start for mark in marks]
    few = inner < _LEAST_INNER or len(marks) < _LEAST_MARKS
    if not begins or few or any(a > b for a, b in itertools.pairwise(starts)):
        return list(lines)
    return [part for line in lines for part in _at_marks(line)]


def _marks(line: str) -> list[re.Match[str]]:
    """Return the times inside of a line, of a range the first one."""
    found: list[re.Match[str]] = []
    before = -1
    for mark in _MARK.finditer(line):
        if before < 0 or not _BETWEEN.fullmatch(line[before : mark.start()]):
            found.append(mark)
        before = mark.end()
    return found


def _at_marks(line: str) -> Iterator[str]:
    ends = [mark.start() for mark in _marks(line)]
    for start, end in itertools.pairwise([0, *ends, len(line)]):
        if line[start:end].strip():
            yield line[start:end]


def closed(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the times that stand at their ends before them; as they are where few have one.

    Such a time is the end of the words, save where the first one is zero.
    """
    endings = [_ENDING.fullmatch(one.line) if not one.form else None for one in rows]
    count = sum(map(bool, endings))
    if count < 2 or 2 * count < len(rows) or any(one.form for one in rows):  # noqa: PLR2004
        return list(rows)
    found: list[Row] = []
    before, at_start = 0.0, None
    for one, ending in zip(rows, endings, strict=True):
        if ending is None:
            found.append(one)
            continue
        time = row(f"[{ending['hash'] or ending['boxed'] or ending['round']}] x").start
        at_start = not time and not ending["hash"] if at_start is None else at_start
        start = time if at_start else before
        found.append(Row(one.line, "boxed", start, text=ending["words"]))
        before = time
    starts = [one.start for one in found if one.form]
    return found if starts == sorted(starts) else list(rows)


# A time repeated in words, as a site reads it to those who do not see.


def without_lengths(rows: Sequence[Row]) -> list[Row]:
    """Return the rows without those that repeat the time beside them in words: ``1 Minute und 5 Sekunden``."""
    alone = [number for number, one in enumerate(rows) if one.form == "alone"]
    again = {
        number + step
        for number in alone
        for step in (-1, 1)
        if 0 <= number + step < len(rows) and _spells(rows[number + step].line, rows[number].start)
    }
    if len(again) < 2 or 2 * len(again) < len(alone):  # noqa: PLR2004
        return list(rows)
    return [one for number, one in enumerate(rows) if number not in again]


def without_numbers(rows: Sequence[Row]) -> list[Row]:
    """Return the rows without those that number the times below them, from the first on."""
    above = {
        number - 1: rows[number - 1].line.strip()
        for number, one in enumerate(rows)
        if one.form == "alone" and number and not rows[number - 1].form
    }
    alone = sum(one.form == "alone" for one in rows)
    first = next(iter(above.values()), "")
    if alone < _LEAST_MARKS or len(above) < alone or first not in ("0", "1"):
        return list(rows)
    if list(above.values()) != [str(int(first) + n) for n in range(len(above))]:
        return list(rows)
    return [one for number, one in enumerate(rows) if number not in above]


def _spells(line: str, start: float) -> bool:
    """Return whether the numbers of a line are the hours, minutes and seconds of a time, with a unit behind
    each.
    """
    parts = re.split(r"(\d+)", line.strip())
    numbers = [int(one) for one in parts[1::2]]
    units = [one.split() for one in parts[2::2]]
    seconds = int(start)
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    wanted = [hours, minutes, seconds % 60]
    known = [one for one in wanted if one]
    fits = numbers in (known, wanted, wanted[1:], [seconds]) or (not known and numbers == [0])
    is_name = not parts[0].strip() or voices.is_name(parts[0])
    return fits and is_name and bool(numbers) and all(0 < len(words) <= 2 for words in units)  # noqa: PLR2004
