"""Plain text: lines of words, with times or names where people and tools write some. Knows no markup.

What stands at the beginning of a line is judged with all the others: one ``10:30`` is a word like any other.
"""

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from vidgist.models import Transcript
from vidgist.readers import exports, files, heads, markup, metadata, voices
from vidgist.readers.cues import Cue, Reading, timed, until_next, untimed
from vidgist.readers.files import File
from vidgist.readers.metadata import About
from vidgist.readers.stamps import Row, row, unboxed
from vidgist.text import hygiene

NAMES = ("text",)
SUFFIXES = (".txt", ".text")

MOST_WORDS = 40
"""Longer paragraphs are parted, at ends of sentences where there are any."""

_STRONG = ("boxed", "named", "heading", "alone")
_DAY = 24 * 3600.0
_LATEST_COUNT = 120
"""Mere numbers in brackets that begin later are years or notes."""

_LATEST_START = 3 * 3600
"""A first time with hours later than this is one of the day, not of the recording."""


def looks(file: File) -> bool:
    """Return False: this reads what no other reader takes."""
    del file
    return False


def read(file: File) -> Reading:
    text = markup.quotes_decoded(file.text.lstrip("\ufeff"))
    return reading(files.lines(text))


def reading(lines: Sequence[str]) -> Reading:
    """Return the transcript in lines of text without markup, and the title that stands above it."""
    kept, title = heads.trimmed(lines)
    return Reading(transcript=_transcribed(exports.unbold(kept)), about=About(title=metadata.text(title)))


def transcribed(lines: Sequence[str]) -> Transcript:
    """Return the transcript in lines of text that have no markup any more."""
    return reading(lines).transcript


def _transcribed(lines: Sequence[str]) -> Transcript:
    rows = list(map(row, exports.parted(lines)))
    if any(one.form == "boxed" for one in rows):
        rows = list(map(row, exports.without_logs([one.line for one in rows])))
    rows = exports.without_numbers(exports.without_lengths(rows))
    rows = exports.closed(_borne_out(rows))
    forms = _forms(rows) if rows else frozenset()
    own = _own_lines(rows)
    if not forms:
        cues = list(_untimed(rows, own))
        return untimed((cue.speaker, part) for cue in voices.named(cues) for part in parts(cue.text))
    cues, notices = _rebased(list(_timed(rows, forms, own)), of_day=any(one.clock for one in rows))
    named = [part for cue in until_next(voices.named(cues)) for part in _parted(cue)]
    starts = [one.start for one in rows if one.form in forms]
    if not notices and _run_back(starts) > 1 / 3:
        said = ((cue.speaker, cue.text) for cue in named)
        return untimed(said, "its times are in no order, so it counts as untimed")
    return timed(named, *notices)


def _borne_out(rows: Sequence[Row]) -> list[Row]:
    """Return the rows, those of a weak form with a strong one where the whole text bears it out, else as
    words.
    """
    names = Counter(one.name for one in rows if one.form == "handle")
    others = any(one.form == "heading" for one in rows)
    sure = {name for name, count in names.items() if count > 1 and (len(names) > 1 or others or count > 2)}  # noqa: PLR2004
    kinds = {form: _is_borne_out(rows, form) for form in ("glued", "counted", "spelt", "placed")}

    def judged(one: Row) -> Row:
        if one.form == "handle":
            return one._replace(form="heading") if one.name in sure else Row(one.line, text=one.line)
        if one.form in kinds:
            strong = "named" if one.name else "boxed"
            return one._replace(form=strong) if kinds[one.form] else Row(one.line, text=one.line)
        return one

    return list(map(judged, rows))


def _is_borne_out(rows: Sequence[Row], form: str) -> bool:
    starts = [one.start for one in rows if one.form == form]
    steps = {after - before for before, after in itertools.pairwise(starts)}
    many = len(starts) > 2 and 10 * len(starts) >= 8 * len(rows)  # noqa: PLR2004
    if form == "counted" and (steps <= {1.0} or not starts or starts[0] > _LATEST_COUNT):
        return False
    return many and all(step >= 0 for step in steps)


def _own_lines(rows: Sequence[Row]) -> Mapping[str, str]:
    """Return the lines that are a name alone above what it says, with the name: with a colon, numbered, or full
    names in turns.
    """
    bare = [one.line.strip() for one in rows if not one.form]
    found = {line: name for line in bare if (name := _own_name(line))}
    names = Counter(found[line] for line in bare if line in found)
    many = 4 * names.total() >= len(rows) and names.total() > 1
    if many and max(names.values()) > 1:
        return found
    return _names_in_turns(bare) if len(bare) == len(rows) else {}


def _names_in_turns(lines: Sequence[str]) -> Mapping[str, str]:
    """Return the full names that stand alone above what they say, where they come again and never two together."""
    are_names = [voices.is_full(line) for line in lines]
    names = Counter(line for line, is_name in zip(lines, are_names, strict=True) if is_name)
    again = [name for name, count in names.items() if count > 1]
    together = any(a and b for a, b in itertools.pairwise(are_names))
    if len(again) < 2 or together or not are_names[0] or are_names[-1] or 4 * names.total() < len(lines):  # noqa: PLR2004
        return {}
    return {name: name for name in names}


def _own_name(line: str) -> str:
    name = unboxed(line)
    with_colon = line.rstrip()[-1:] in (":", "：") and voices.is_name(name)
    return name if with_colon or voices.is_numbered(name) else ""


def _untimed(rows: Sequence[Row], own: Mapping[str, str]) -> Iterator[Cue]:
    speaker = ""
    for one in rows:
        if one.line.strip() in own:
            speaker = own[one.line.strip()]
        else:
            yield Cue(math.nan, math.nan, one.line, speaker)


def _forms(rows: Sequence[Row]) -> frozenset[str]:
    """Return which forms of times are times in this text."""
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
    first = rows[0].form == form == "heading"
    return count > 1 or (count == 1 and first and len(rows) > 1)


def _run_back(starts: Sequence[float]) -> float:
    """Return what share of the times comes before the one above."""
    steps = list(itertools.pairwise(starts))
    return sum(one > next_ for one, next_ in steps) / len(steps) if steps else 0.0


def _timed(rows: Sequence[Row], forms: frozenset[str], own: Mapping[str, str]) -> Iterator[Cue]:
    """Yield a cue a line; a line without a time goes on from the one before, said by the same."""
    names = _names_beside(rows, forms)
    now, end, speaker, above = 0.0, math.nan, "", ""
    for number, one in enumerate(rows):
        if one.form in forms:
            now, end, speaker, above = one.start, one.end, one.name or above, ""
            if _is_heading(one, names):
                speaker = unboxed(one.text)
            elif one.text.strip():
                yield Cue(now, end, one.text, speaker)
        elif one.line.strip() in own:
            speaker = own[one.line.strip()]
            above = speaker if _stands_above(rows, number, forms) else ""
        elif (where := _beside(rows, number, forms, names)) is not None:
            speaker = unboxed(one.line)
            above = speaker if where == "above" else ""
        else:
            yield Cue(now, end, one.line, speaker)


def _stands_above(rows: Sequence[Row], number: int, forms: frozenset[str]) -> bool:
    """Return whether a line is right above a time that is alone on its line."""
    below = rows[number + 1] if number + 1 < len(rows) else None
    return below is not None and below.form in forms and not below.text.strip()


def _names_beside(rows: Sequence[Row], forms: frozenset[str]) -> frozenset[str]:
    """Return names that stand on the line of a time, or on one beside it, where most times have one that
    comes again.
    """
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


def _beside(rows: Sequence[Row], number: int, forms: frozenset[str], names: frozenset[str]) -> str | None:
    """Return where a line that is a name stands beside the time of what it says: above or below it."""
    if unboxed(rows[number].line) not in names:
        return None
    above = rows[number - 1] if number else None
    below = rows[number + 1] if number + 1 < len(rows) else None
    if above is not None and above.form in forms and not above.text.strip():
        return "below"
    return "above" if below is not None and below.form in forms and not below.text.strip() else None


def _rebased(cues: list[Cue], *, of_day: bool) -> tuple[list[Cue], list[str]]:
    """Return times of the day counted from the first one on, over midnight too."""
    first = next((cue.start for cue in cues if cue.start > 0 or of_day), 0.0)
    if first < _LATEST_START and not of_day:
        return cues, []
    ordered = list(_over_midnight(cues))
    if any(0 < cue.start < first / 2 for cue in ordered):
        return cues, []
    moved = [cue._replace(start=max(0.0, cue.start - first), end=cue.end - first) for cue in ordered]
    return moved, ["its times are times of the day: they are counted from the first one on"]


def _over_midnight(cues: Sequence[Cue]) -> Iterator[Cue]:
    days, before = 0.0, 0.0
    for cue in cues:
        days += _DAY if cue.start < before - _DAY / 2 else 0.0
        before = cue.start
        yield cue._replace(start=cue.start + days, end=cue.end + days)


def _parted(cue: Cue) -> Iterator[Cue]:
    return (cue._replace(text=part) for part in parts(cue.text))


def parts(paragraph: str) -> Iterator[str]:
    """Yield pieces of at most `MOST_WORDS` words; joined by single spaces they are the paragraph's words
    again.
    """
    piece: list[str] = []
    for word in paragraph.split():
        piece.append(word)
        if len(piece) == MOST_WORDS or (len(piece) > MOST_WORDS // 4 and hygiene.ends_sentence(word)):
            yield " ".join(piece)
            piece = []
    if piece:
        yield " ".join(piece)
