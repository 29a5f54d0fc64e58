"""Times that begin or end a line of text, and the name beside them: what meeting tools and people write.

[00:05] words        00:05 - words        00:05               (the words below)
Ann  0:05            Ann (00:05):         [Ann] 10:00:05      (a heading, the words below)
Ann: [00:05] words   [0.00s -> 4.50s] words
"""

import math
import re
from typing import NamedTuple

from vidgist.readers import clocks, voices

_BULLET = r"(?:(?:[-*+>•·@◦–—]|\d{1,4}[.)]|#{1,6}(?=\s))\s*)?"
_DAY = r"(?:(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4})[,T\s]\s*)?"
_CLOCK = r"(?:\d{1,3}[:：])?\d{1,4}[:：][0-5]\d(?:[.,;:]\d{1,9}(?!\d|:\d))?(?:\s?[AaPp]\.?[Mm]\.?(?!\w))?"
_UNITS = r"(?:\d{1,3}\s?h(?:rs?)?\s?)?(?:\d{1,4}\s?m(?:in)?\s?)?\d{1,6}(?:[.,]\d{1,6})?\s?s(?:ec)?"
_TIME = rf"(?:{_CLOCK}|{_UNITS}|\d{{1,7}}\.\d{{1,6}})"
_TO = r"\s*(?:[-–—‒−]{1,3}[>›]?|→|>|~|to|bis|à|until|,)\s*"
_RANGE = rf"(?P<start>{_TIME})(?:{_TO}(?P<end>{_TIME}))?"
_RANGES = rf"(?P<start>{_TIME})(?:[\])>}}*]{{0,2}}{_TO}[\[(<{{*]{{0,2}}(?P<end>{_TIME}))?"
"""The same, and with brackets about each of the two times."""

_BARE_RANGE = rf"(?P<start>{_CLOCK})(?:{_TO}(?P<end>{_CLOCK}))?"
_NAME = (
    r"(?P<name>[^\W_][^\n\t:\[\](){}]{0,60}?|\[[^\n\[\]:]{1,60}\]"
    r"|[^\W_][^\n\t:\[\]{}]{0,50}[(\[][^\n()\[\]:]{1,30}[)\]])"
)

_BOXED = re.compile(
    rf"\s*{_BULLET}(?:[\[(<{{【（#]|\*{{1,2}})\s*(?P<day>{_DAY}){_RANGES}\s*(?:[\])>}}】）#]|\*{{1,2}})(?:\(https?://[^()\s]*\))?"
    r"\s*(?:[-–—:|·•,]+(?=\s|$)\s*)?"
)
_BARE = re.compile(
    rf"\s*{_BULLET}(?P<day>{_DAY}){_BARE_RANGE}(?=\s|$|[-–—|·•;,]|:(?!\d))\s*"
    r"(?:[-–—:|·•;,]+(?=\s|$)\s*|:(?=[^\W\d_]))?"
)
_SPELT = re.compile(
    rf"\s*{_BULLET}(?P<start>\d{{1,4}}\s?m(?:in)?\.?\s?\d{{1,2}}\s?s(?:ec)?|\d{{1,6}}\s?s(?:ec)?)(?P<end>)\s*[-–—:|·]\s+"
)
_GLUED = re.compile(r"\s*(?P<start>(?:\d{1,3}:)?\d{1,3}:[0-5]\d)(?P<end>)(?=[^\W\d_])")
_COUNTED = re.compile(r"\s*[\[(](?P<start>\d{1,6})(?P<end>)[\])]\s+(?=\S)")
_FRAMES = r"\d{2}[:;]\d{2}[:;]\d{2}[:;.]\d{2,3}"
_EDIT = re.compile(
    rf"\s*(?:\d{{1,5}}[.:)]?\s+)?(?P<start>{_FRAMES})\s*[\s,\-–—]\s*(?P<end>{_FRAMES})\s*(?:,\s*)?"
)
_TABBED = re.compile(
    rf"\s*(?P<name>[^\t\n]{{1,60}}?):?(?: *\t|\s{{3,}})\s*[\[(]?{_BARE_RANGE}[\])]?(?: *\t|\s{{2,}})\s*(?=\S)"
)
_NAMED = re.compile(
    rf"\s*{_BULLET}{_NAME}\s*[:,\-–—|·•@]?\s*(?:at\s+)?(?:[\[(<{{]|\*{{1,2}})\s*{_RANGE}\s*(?:[\])>}}]|\*{{1,2}})\s*:?(?=\s|$)\s*"
)
_HEADING = re.compile(rf"\s*{_BULLET}{_NAME}\s*[,\-–—|·•@:]?\s+(?:at\s+)?{_BARE_RANGE}\s*:?\s*")
_PLACED = re.compile(rf"\s*{_NAME}\s+{_BARE_RANGE}\s*:\s+(?=\S)")
_BEHIND = re.compile(rf"\s*{_NAME}\s*:\s+{_BARE_RANGE}\s+(?=\S)")
_DATED = re.compile(r"\d{4}|\d{1,2}[/.]\d{1,2}[/.]")
_MERIDIEM = re.compile(r"\s?([ap])\.?m\.?\s*\Z", re.IGNORECASE)
_NOON = 12 * 3600


_DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_DIGITS = {
    zero + digit: str(digit) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10) for digit in range(10)
}
"""Arabic, Persian, Devanagari, Bengali, Thai and full-width digits, as long as those of ASCII."""


class Row(NamedTuple):
    """A line of a text. ``form`` says how its time stands there: empty where there is none.

    ``line`` is the whole line, for where the time turns out to be no time.
    """

    line: str
    form: str = ""
    start: float = math.nan
    end: float = math.nan
    name: str = ""
    text: str = ""
    clock: bool = False
    """Whether the time is one of the day, in the morning or the afternoon."""


def row(line: str) -> Row:
    """Return the line with its time parted from its words."""
    if not any(map(str.isdigit, line)):
        return Row(line, text=line)
    plain = line if line.isascii() else line.lstrip(_DIRECTIONS).translate(_DIGITS)
    found = _led(plain) or _headed(plain) or _weak(plain)
    if found is None:
        return Row(line, text=line)
    return found._replace(line=line, text=line[len(line) - len(found.text) :])


def _led(line: str) -> Row | None:
    """Return a line that begins with its time; a name and a tab may stand before the words."""
    for form, pattern in (("boxed", _EDIT), ("boxed", _BOXED), ("bare", _BARE), ("spelt", _SPELT)):
        if match := pattern.match(line):
            rest = line[match.end() :]
            name, tab, words = rest.partition("\t")
            if tab and words.strip() and voices.is_name(unboxed(name)):
                return _row(line, match, form, unboxed(name), words)
            is_alone = not rest.strip() and form != "spelt"
            return _row(line, match, "alone" if is_alone else form, "", rest)
    return None


def _headed(line: str) -> Row | None:
    """Return a line that begins with a name and its time."""
    if (match := _TABBED.match(line)) and _may_be_name(match["name"]):
        return _row(line, match, "named", match["name"], line[match.end() :])
    if (match := _NAMED.match(line)) and _may_be_name(match["name"]):
        rest = line[match.end() :]
        return _row(line, match, "named" if rest.strip() else "heading", match["name"], rest)
    if (match := _HEADING.fullmatch(line)) and _may_be_name(match["name"]):
        return _row(line, match, "heading", match["name"], "")
    return None


def _weak(line: str) -> Row | None:
    """Return a line in a form that only many others like it make a time's: see `WEAK`."""
    for form, pattern in (("glued", _GLUED), ("counted", _COUNTED)):
        if match := pattern.match(line):
            return _row(line, match, form, "", line[match.end() :])
    if (match := _PLACED.match(line) or _BEHIND.match(line)) and _may_be_name(match["name"]):
        return _row(line, match, "placed", match["name"], line[match.end() :])
    match = _NAMED.fullmatch(line) or _HEADING.fullmatch(line)
    if match and voices.may_be_handle(unboxed(match["name"])) and not _DATED.search(match["name"]):
        return _row(line, match, "handle", match["name"], "")
    return None


WEAK = ("glued", "counted", "handle", "placed", "spelt")
"""Forms that are times where nearly all lines, or names that come again, bear them out; else words."""


def _may_be_name(text: str) -> bool:
    bare = unboxed(text)
    return not _DATED.search(bare) and voices.is_name(bare)


def unboxed(name: str) -> str:
    """Return a name without brackets, colon and dashes about it."""
    bare = name.strip(" \t-–—|·,@*")
    return (bare[1:-1] if bare[:1] + bare[-1:] == "[]" else bare).strip().rstrip(":").strip()


def _row(line: str, match: re.Match[str], form: str, name: str, text: str) -> Row:
    start, is_clock = _seconds(match["start"])
    is_clock = is_clock or bool(match.groupdict().get("day"))
    end = _seconds(match["end"])[0] if match["end"] else math.nan
    return Row(line, form, start, end, unboxed(name), text, is_clock)


def _seconds(text: str) -> tuple[float, bool]:
    meridiem = _MERIDIEM.search(text)
    if meridiem is None:
        return clocks.seconds(text), False
    start = clocks.seconds(text[: meridiem.start()])
    if text.count(":") == 1:  # hours and minutes
        start *= 60
    return start % _NOON + (_NOON if meridiem[1].lower() == "p" else 0), True
