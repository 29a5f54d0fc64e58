"""Plain text: lines of words, with times or names where people and tools write some. Knows no markup.

What stands at the beginning of a line is judged with all the others: one ``10:30`` is a word like any other.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from vidgist.models import Transcript
from vidgist.readers import markup, voices
from vidgist.readers.cues import Cue, Reading, timed, until_next, untimed
from vidgist.readers.files import File
from vidgist.readers.stamps import Row, row, unboxed
from vidgist.text import hygiene

NAMES = ("text",)
SUFFIXES = (".txt", ".text")

MOST_WORDS = 40
"""Longer paragraphs are parted, at ends of sentences where there are any."""

_LINE_END = re.compile(r"\r+\n|\r|\n")
_SPOKEN_LENGTH = re.compile(
    r"\s*(?:\d+\s+hours?,?\s*)?(?:\d+\s+minutes?,?\s*)?(?:\d+\s+seconds?)?\s*", re.IGNORECASE
)
_CREDIT = re.compile(
    r"transcribed by https?://\S+|transcription ended after [\d:]+"
    r"|this editable transcript was computer generated.*|.{1,60} (?:started|stopped) transcription"
    r"|detected language:? '?[\w-]+'? (?:\([\w ]+\) )?(?:with|\().*|(?:hide|show) (?:transcript|timestamps?)",
    re.IGNORECASE,
)
"""What tools write about a transcript in it."""

_DATE = re.compile(
    r"(?:\w{3,12},? )?(?:\w{3,12}\.? \d{1,2},? \d{4}|\d{1,2}\.? \w{3,12}\.? \d{4}|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})"
    r"(?:,? (?:at )?\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[AP]M)?.{0,12})?|\d{1,3}h? ?\d{1,2}m(?: \d{1,2}s)?",
    re.IGNORECASE,
)
_STRONG = ("boxed", "named", "heading", "alone")
_LATEST_START = 3 * 3600
"""A first time later than this, hours told, is one of the day, not of the recording."""


def looks(file: File) -> bool:
    """Whatever has no other reader."""
    del file
    return False


def read(file: File) -> Reading:
    return Reading(transcript=transcribed(_LINE_END.split(markup.quotes_decoded(file.text.lstrip("\ufeff")))))


def transcribed(lines: Sequence[str]) -> Transcript:
    """The transcript in lines of text that have no markup any more."""
    rows = [row(line) for line in lines if line.strip("\ufeff \t")]
    rows = [one for one in rows if not _CREDIT.fullmatch(one.line.strip())]
    forms = _forms(rows) if rows else frozenset()
    if not forms:
        cues = [Cue(math.nan, math.nan, one.line) for one in rows]
        return untimed((cue.speaker, part) for cue in voices.named(cues) for part in parts(cue.text))
    told, notices = _rebased(list(_told(rows, forms)))
    named = [part for cue in until_next(voices.named(told)) for part in _parted(cue)]
    starts = [one.start for one in rows if one.form in forms]
    if _run_back(starts) > 1 / 3:
        said = ((cue.speaker, cue.text) for cue in named)
        return untimed(said, "its times are in no order, so it counts as untimed")
    return timed(named, *notices)


def _forms(rows: Sequence[Row]) -> frozenset[str]:
    """Which forms of times are times in this text."""
    counts = Counter(one.form for one in rows if one.form)
    kept = {form for form in _STRONG if _counts(form, counts[form], rows)}
    bare = [one.start for one in rows if one.form in ("bare", "alone")]
    if counts["bare"] and len(bare) > 1 and 3 * len(bare) >= len(rows) and _run_back(bare) <= 1 / 10:
        kept |= {"bare", "alone"}
    return frozenset(kept)


def _counts(form: str, count: int, rows: Sequence[Row]) -> bool:
    if form == "boxed":
        return count > 0 and 3 * sum(bool(one.form) for one in rows) >= len(rows) or count > 2  # noqa: PLR2004, RUF021
    if form == "alone":
        whole = sum(one.form == form and one.line.count(":") > 1 for one in rows)
        starts = [one.start for one in rows if one.form == form]
        return (
            (whole > 0 or count > 1) and _run_back(starts) <= 1 / 3 and (whole > 1 or 20 * count >= len(rows))
        )
    first = rows[0].form == form
    return count > 1 or (count == 1 and first and len(rows) > 1)


def _run_back(starts: Sequence[float]) -> float:
    """What share of the times comes before the one above."""
    steps = list(itertools.pairwise(starts))
    return sum(one > next_ for one, next_ in steps) / len(steps) if steps else 0.0


def _told(rows: Sequence[Row], forms: frozenset[str]) -> Iterator[Cue]:
    """A cue a line; a line without a time goes on from the one before, said by the same."""
    names = _names_beside(rows, forms)
    now, end, speaker = 0.0, math.nan, ""
    started = False
    for number, one in enumerate(rows):
        if one.form in forms:
            now, end, speaker, started = one.start, one.end, one.name, True
            if _is_heading(one, names):
                speaker = unboxed(one.text)
            elif one.text.strip():
                yield Cue(now, end, one.text, speaker)
        elif _is_beside(rows, number, forms, names):
            speaker = unboxed(one.line)
        elif not _is_about(rows, number, forms, started=started):
            yield Cue(now, end, one.line, speaker)


def _is_about(rows: Sequence[Row], number: int, forms: frozenset[str], *, started: bool) -> bool:
    """Whether a line tells of the recording: its date above the first time, a time in words below one."""
    line = rows[number].line.strip()
    if not started:
        return _DATE.fullmatch(line) is not None
    above = rows[number - 1]
    return above.form in forms and not above.text.strip() and _SPOKEN_LENGTH.fullmatch(line) is not None


def _names_beside(rows: Sequence[Row], forms: frozenset[str]) -> frozenset[str]:
    """Names that stand on the line of a time, or on one beside it, where most times have one that comes again."""
    texts = [
        one.text if one.text.strip() else _line(rows, number + 1)
        for number, one in enumerate(rows)
        if one.form in forms
    ]
    above = [
        _line(rows, number - 1)
        for number, one in enumerate(rows)
        if one.form in forms and not one.text.strip()
    ]
    found: set[str] = set()
    for lines in (texts, above):
        names = Counter(bare for line in lines if voices.is_name(bare := unboxed(line)))
        kept = {name for name, count in names.items() if count > 1 or voices.is_numbered(name)}
        if kept and 2 * sum(names[name] for name in kept) >= len(lines) and len(lines) > 1:
            found |= set(names)
    return frozenset(found)


def _line(rows: Sequence[Row], number: int) -> str:
    return rows[number].line if 0 <= number < len(rows) and not rows[number].form else ""


def _is_heading(one: Row, names: frozenset[str]) -> bool:
    return bool(one.text.strip()) and unboxed(one.text) in names


def _is_beside(rows: Sequence[Row], number: int, forms: frozenset[str], names: frozenset[str]) -> bool:
    """Whether a line is a name right below or right above the time of what it says."""
    if unboxed(rows[number].line) not in names:
        return False
    above = rows[number - 1] if number else None
    below = rows[number + 1] if number + 1 < len(rows) else None
    after = above is not None and above.form in forms and not above.text.strip()
    return after or (below is not None and below.form in forms and not below.text.strip())


def _rebased(cues: list[Cue]) -> tuple[list[Cue], list[str]]:
    """Times of the day counted from the first one on."""
    first = next((cue.start for cue in cues if cue.start > 0), 0.0)
    if first < _LATEST_START or any(0 < cue.start < first / 2 for cue in cues):
        return cues, []
    moved = [cue._replace(start=max(0.0, cue.start - first), end=cue.end - first) for cue in cues]
    return moved, ["its times are times of the day: they are counted from the first one on"]


def _parted(cue: Cue) -> Iterator[Cue]:
    return (cue._replace(text=part) for part in parts(cue.text))


def parts(paragraph: str) -> Iterator[str]:
    """Pieces of at most `MOST_WORDS` words; joined by single spaces they are the paragraph's words again."""
    piece: list[str] = []
    for word in paragraph.split():
        piece.append(word)
        if len(piece) == MOST_WORDS or (len(piece) > MOST_WORDS // 4 and hygiene.ends_sentence(word)):
            yield " ".join(piece)
            piece = []
    if piece:
        yield " ".join(piece)
