"""What tools put around and between the words of a text export: heads, credits, logs, times told twice.

Otter, Teams, Meet and others begin a transcript with its title, its date, its length, keywords and who was
there; programs print what they load and how long it took. None of this is said.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from vidgist.readers import voices
from vidgist.readers.stamps import Row, row

_CREDIT = re.compile(
    r"transcribed by https?://\S+|(?:transcription|meeting) ended after [\d:]+\W*"
    r"|this editable transcript was computer generated.*|.{1,60} (?:started|stopped) transcription"
    r"|detected language:? '?[\w-]+'? (?:\([\w ]+\) )?(?:with|\().*|(?:hide|show) (?:transcript|timestamps?)"
    r"|@ this file written .*|<(?:begin|end) subtitles>",
    re.IGNORECASE,
)
"""What tools write about a transcript in it."""

_LOG = re.compile(
    r"(?:whisper|ggml|output|log|llama|load|system|operator|sampling)_\w+\s*:.*|(?:main|system_info|init)\s*:\s.*"
    r"|detecting language using .*|detected language:? ['\"]?\w+['\"]?(?: with probability .*)?|.*\bUserWarning: .*|warnings?\.warn\(.*|\s*\d{1,3}%\|.*\|.*",
    re.IGNORECASE,
)
"""What programs print beside boxed times."""

_DATE = re.compile(
    r"(?:\w{3,12},? )?(?:\w{3,12}\.? \d{1,2},? \d{4}|\d{1,2}\.? \w{3,12}\.? \d{4}|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})"
    r"(?:,? (?:at )?\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[AP]M)?.{0,12})?(?:\s*[•·|]\s*[\d:]{3,8})?"
    r"|\d{1,3}h? ?\d{1,2}m(?: \d{1,2}s)?",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(?:summary )?keywords|speakers|attendees|invited|participants", re.IGNORECASE)
_HEADING = re.compile(r"(?:full )?transcript(?:ion)?", re.IGNORECASE)
_OF_TITLE = re.compile(r"\s*[-–—]\s*(?:transcript(?:ion)?|meeting recording)\s*\Z", re.IGNORECASE)
_LONGEST_HEAD, _LONGEST_TITLE = 12, 15
_END = re.compile(r"[.!?…。！？,;:]\Z")
_BOLD = re.compile(r"(\s*(?:[-*+]\s+)?)(?:\*\*|__)(.{1,60}?)(?:\*\*|__)")
_LEAST_BOLD = 3
_CLOCK = r"(?:\d{1,3}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?"
_MARK = re.compile(
    rf"(?:^|(?<=\s))(?:\[({_CLOCK})\]|\((\d\d:\d\d:\d\d(?:[.,]\d+)?)\)|(\d\d:\d\d:\d\d[.,]\d{{3}}))(?=\s)"
)
_LEAST_MARKS, _LEAST_INNER = 3, 2
_ENDING = re.compile(
    rf"(?P<words>.*\S)\s*(?:#(?P<hash>\d\d:\d\d:\d\d)-\d+#|\[(?P<boxed>{_CLOCK})\]|\((?P<round>\d\d?:\d\d:\d\d)\))\s*"
)


def trimmed(lines: Sequence[str]) -> tuple[list[str], str]:
    """The lines without those that nobody says, and the title that stood above them, if one did."""
    kept = [line for line in lines if line.strip("\ufeff \t") and not _CREDIT.fullmatch(line.strip())]
    end, title = _head(kept[:_LONGEST_HEAD])
    return _unbold(kept[end:]), title


def _head(lines: Sequence[str]) -> tuple[int, str]:
    """How many of the first lines tell of the recording, and its title. Without a date or section it is none."""
    bare = [line.strip("\ufeff \t") for line in lines]
    if "transcript" in map(str.lower, bare) and any(map(_SECTION.fullmatch, bare)):
        end = [one.lower() for one in bare].index("transcript") + 1
        return end, _titled(bare[0])
    at, title, told = 0, "", False
    while at < len(bare):
        if _SECTION.fullmatch(bare[at]):
            told, at = True, at + 2
        elif _DATE.fullmatch(bare[at]) or (_OF_TITLE.search(bare[at]) and (told or title)):
            told, at = True, at + 1
        elif not title and at < 2 and _may_be_title(bare, at, told=told):  # noqa: PLR2004
            title, at = bare[at], at + 1
        else:
            break
    return (min(at, len(bare)), _titled(title)) if told else (0, "")


def _may_be_title(lines: Sequence[str], at: int, *, told: bool) -> bool:
    """Whether a line is few words, no sentence and no turn, with a date or a section above or below it."""
    line = lines[at]
    below = lines[at + 1] if at + 1 < len(lines) else ""
    beside = told or _DATE.fullmatch(below) is not None or _SECTION.fullmatch(below) is not None
    is_turn = (
        bool(row(line).form)
        or voices.is_numbered(line)
        or (voices.is_name(line.split(":")[0]) and ":" in line)
    )
    return (
        beside
        and not is_turn
        and len(line.split()) <= _LONGEST_TITLE
        and not _END.search(line)
        and not (told and voices.is_name(line) and not _OF_TITLE.search(line))
    )


def _titled(line: str) -> str:
    return _OF_TITLE.sub("", line)


def _unbold(lines: list[str]) -> list[str]:
    """The lines without the stars about their first words, where most lines have them."""
    bold = sum(_BOLD.match(line) is not None for line in lines)
    if bold < _LEAST_BOLD or 2 * bold < len(lines):
        return lines
    return [_BOLD.sub(r"\1\2", line, count=1) if _BOLD.match(line) else line for line in lines]


def without_logs(lines: Sequence[str]) -> list[str]:
    """The lines without what a program prints beside its transcript."""
    return [line for line in lines if not _LOG.fullmatch(line.strip())]


# Times inside of lines and at their ends.


def parted(lines: Sequence[str]) -> list[str]:
    """The lines, each parted before the times inside of it, where these are in order and many."""
    marks = [mark for line in lines for mark in _MARK.finditer(line)]
    begins = _MARK.match(lines[0].lstrip()) is not None if lines else False
    inner = sum(max(0, len(_MARK.findall(line)) - 1) for line in lines if "[" in line or ":" in line)
    starts = [row(f"[{next(filter(None, mark.groups()))}] x").start for mark in marks]
    few = inner < _LEAST_INNER or len(marks) < _LEAST_MARKS
    if not begins or few or any(a > b for a, b in itertools.pairwise(starts)):
        return list(lines)
    return [part for line in lines for part in _at_marks(line)]


def _at_marks(line: str) -> Iterator[str]:
    ends = [mark.start() for mark in _MARK.finditer(line)]
    for start, end in itertools.pairwise([0, *ends, len(line)]):
        if line[start:end].strip():
            yield line[start:end]


def closed(rows: Sequence[Row]) -> list[Row]:
    """The rows with the times that stand at their ends before them; as they are where few have one.

    Such a time tells when the words were over, save where the first one is zero.
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


# A time told again in words, as a site reads it to those who do not see.


def without_lengths(rows: Sequence[Row]) -> list[Row]:
    """The rows without those that tell the time beside them in words: ``1 Minute und 5 Sekunden``."""
    alone = [number for number, one in enumerate(rows) if one.form == "alone"]
    again = {
        number + step
        for number in alone
        for step in (-1, 1)
        if 0 <= number + step < len(rows) and _tells(rows[number + step].line, rows[number].start)
    }
    if len(again) < 2 or 2 * len(again) < len(alone):  # noqa: PLR2004
        return list(rows)
    return [one for number, one in enumerate(rows) if number not in again]


def _tells(line: str, start: float) -> bool:
    """Whether the numbers of a line are the hours, minutes and seconds of a time, with a unit behind each."""
    parts = re.split(r"(\d+)", line.strip())
    numbers = [int(one) for one in parts[1::2]]
    units = [one.split() for one in parts[2::2]]
    seconds = int(start)
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    wanted = [hours, minutes, seconds % 60]
    told = [one for one in wanted if one]
    fits = numbers in (told, wanted, wanted[1:], [seconds]) or (not told and numbers == [0])
    is_name = not parts[0].strip() or voices.is_name(parts[0])
    return fits and is_name and bool(numbers) and all(0 < len(words) <= 2 for words in units)  # noqa: PLR2004
