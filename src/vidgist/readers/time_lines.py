"""Lines of times in captions: ``00:00:01,000 --> 00:00:04,500`` and what tools and people make of them.

Arrows of every form, full-width and Arabic digits, marks of direction, times before zero, a missing end, a
cue's number or its words on the same line. A line that says two times and nothing else is one, whatever
stands between them.
"""

import math
import re
from typing import NamedTuple

from vidgist.readers import clocks

_EXACT = re.compile(
    r"(\d\d):(\d\d):(\d\d)[.,](\d{3}) --> (\d\d):(\d\d):(\d\d)[.,](\d{3})((?:\s+[a-z]{4,10}:\S+)*)\s*"
)
_ARROW = r"(?:-{1,3}\s?>|-\s-\s?>|>>|[–—−‐‑]{1,2}-?\s?>|-[–—]>|[-–—]{0,2}&gt;|[→⟶➔➜⇒]|={1,2}>)"
_PART = r"[-−]?\s*\d{1,6}(?:\s?[:;]\s?-?\d{1,4}){0,3}(?:\s?[.,]\s?-?\d{1,17}(?:\.\d{1,20})?)?s?"
_TIMES = re.compile(rf"\s*(?:#?\d{{1,6}}[.:)]?\s+)?({_PART})\s*{_ARROW}\s*({_PART})?(\s.*|\s*)")
_SBV = re.compile(r"\s*(\d{1,4}:\d{1,2}:\d{1,2}[.,]\d{1,3})\s*,\s*(\d{1,4}:\d{1,2}:\d{1,2}[.,]\d{1,3})\s*")
_FULL = r"\d{1,4}[:;]\d{1,2}(?:[:;]\d{1,2})?[.,;:]\d{2,6}"
_PAIR = re.compile(rf"\s*({_FULL})\s*(?:[-–—~>/|→,;]{{1,6}}|to|bis|à)?\s*({_FULL})\s*")
_COUNTED = re.compile(r"\s*(\d{1,9})\s*-{1,2}>\s*(\d{1,9})\s*")
_ODD_HALF = r"(?:nan|none|null|undefined|\S{0,6}[:.]\S{0,16}|\d\S{0,12})?"
_ODD = re.compile(rf"\s*(?P<start>{_ODD_HALF})\s*-{{1,2}}>\s*{_ODD_HALF}\s*", re.IGNORECASE)
_SETTING = re.compile(r"(?:[A-Za-z]{1,12}|X[12]|Y[12])[:=]\S*|[Nn]one|[Nn]a[Nn]|null")
_DIRECTIONS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_BEGINNINGS = frozenset("-−#nNuU")


class Times(NamedTuple):
    """Seconds, NaN where they are not understood or missing, and the words on the same line."""

    start: float
    end: float
    words: str = ""


def times(line: str) -> Times | None:
    """Return what a line of times says; None for any other line."""
    if not line or line[0].isalpha() and line[0] not in _BEGINNINGS:  # noqa: RUF021
        return None
    if ":" not in line and ">" not in line and ";" not in line and line.isascii():
        return None
    if match := _EXACT.fullmatch(line):
        h, m, s, f, h2, m2, s2, f2 = map(int, match.group(1, 2, 3, 4, 5, 6, 7, 8))
        return Times(h * 3600 + m * 60 + s + f / 1000, h2 * 3600 + m2 * 60 + s2 + f2 / 1000)
    if not _may_be(line):
        return None
    plain = _DIRECTIONS.sub("", clocks.plain(line)).translate(_ASCII)
    pointed = ">" in plain or not plain.isascii() or "&gt;" in plain
    found = _pointed(plain) if pointed else None
    if (
        found is None
        and (":" in plain or ";" in plain)
        and (match := _SBV.fullmatch(plain) or _PAIR.fullmatch(plain))
    ):
        found = Times(clocks.seconds(match[1]), clocks.seconds(match[2]))
    return found


def _pointed(plain: str) -> Times | None:
    """Return what a line with an arrow says; NaN for times that are none, such as ``NaN --> NaN``."""
    if (match := _TIMES.fullmatch(plain)) and _has_times(match):
        return _of(match)
    match = None if _COUNTED.fullmatch(plain) else _ODD.fullmatch(plain)
    return Times(math.nan, math.nan) if match and (match["start"] or ":" in plain) else None


def counted(line: str) -> tuple[int, int] | None:
    """Return both numbers of a line such as ``1500 --> 4200``, in any unit."""
    match = _COUNTED.fullmatch(line)
    return (int(match[1]), int(match[2])) if match else None


_ASCII = {**{0x660 + n: str(n) for n in range(10)}, **{0x6F0 + n: str(n) for n in range(10)}}


def _may_be(line: str) -> bool:
    """Return whether a line begins as lines of times do; most lines of captions begin with a letter."""
    first = _DIRECTIONS.sub("", line[:12]).lstrip()[:1] if not line[:1].isascii() else line.lstrip()[:1]
    return first.isdigit() or first in _BEGINNINGS


def _has_times(match: re.Match[str]) -> bool:
    """Return whether the halves are times: with colons, or with parts of a second."""
    start, end = match[1], match[2] or ""
    if not end and (":" not in start or match[3].strip() and not _settings(match[3])):  # noqa: RUF021
        return False
    return ":" in start or ":" in end or "." in start or ("," in start and "," in end)


def _settings(rest: str) -> bool:
    return all(map(_SETTING.fullmatch, rest.split()))


def _of(match: re.Match[str]) -> Times:
    rest = match[3] or ""
    words = "" if _settings(rest) else " ".join(rest.split())
    end = clocks.seconds(match[2].replace(" ", "")) if match[2] else math.nan
    return Times(clocks.seconds(match[1].replace(" ", "")), end, words)
