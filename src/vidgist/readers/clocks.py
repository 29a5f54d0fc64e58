"""Reads times as files write them: ``1:02:03.5``, ``90:03``, ``4.50s``, ``1h 2m 3s``, ``PT1M2.5S``, in seconds."""

import math
import re
import unicodedata

from vidgist.text.transcript import MOST_SECONDS

CLOCK = r"(?:\d{1,4}\s?:\s?)?\d{1,4}\s?:\s?\d{1,2}(?:\s?[.,:;]\s?\d{1,16})?"
"""A time with colons in text that was made plain, without groups."""

_COLONS = re.compile(
    r"(?P<sign>[-−])?(?:(?P<h>\d{1,4})\s?[:;]\s?)?(?P<m>\d{1,4})\s?[:;]\s?(?P<neg>-)?(?P<s>\d{1,2})"
    r"(?:\s?(?P<point>[.,:;])\s?-?(?P<f>\d{1,16}))?"
)
_UNITS = re.compile(
    r"(?P<sign>[-−])?(?:P?T)?(?:(?P<h>\d{1,4}(?:\.\d+)?)\s?h(?:ours?|rs?)?[\s,]*)?"
    r"(?:(?P<m>\d{1,5}(?:\.\d+)?)\s?m(?:in(?:ute)?s?)?[\s,]*)?"
    r"(?:(?P<s>\d{1,7}(?:[.,]\d+)?)\s?s(?:ec(?:ond)?s?)?)?",
    re.IGNORECASE,
)
_MILLIS = re.compile(r"(?P<n>\d{1,12}(?:\.\d+)?)\s?ms", re.IGNORECASE)
_NUMBER = re.compile(r"[-−]?\d{1,17}(?:[.,]\d{1,17})?(?:[eE][-+]?\d{1,3})?")
_REST = re.compile(r"([.,]\d{3})\.\d{1,20}\Z")
"""What stands behind milliseconds that a program counted as a number of its own."""

_FRAMES, _FRAMES_DROPPED = 25, 30
"""Frames a second, where no rate is given: plain, and counted behind a semicolon (drop-frame: numbers are left out)."""

_FRAME_DIGITS = 2


def plain(text: str) -> str:
    """Write full-width digits, colons and commas as ASCII has them."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def seconds(text: str) -> float:
    """Return the time that a text says; NaN where it says none. A time before zero is zero."""
    bare = _REST.sub(r"\1", plain(text).strip().strip("[](){}<>").strip())
    if match := _COLONS.fullmatch(bare):
        return 0.0 if match["sign"] or match["neg"] else _of_colons(match)
    if match := _MILLIS.fullmatch(bare):
        return float(match["n"]) / 1000
    if _NUMBER.fullmatch(bare):
        return max(0.0, float(bare.replace(",", ".").replace("−", "-")))
    if bare and (match := _UNITS.fullmatch(bare)) and match.group("h", "m", "s") != (None, None, None):
        if match["sign"]:
            return 0.0
        parts = (float((one or "0").replace(",", ".")) for one in match.group("h", "m", "s"))
        return sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=True))
    return math.nan


def _of_colons(match: re.Match[str]) -> float:
    whole = int(match["h"] or 0) * 3600 + int(match["m"]) * 60 + int(match["s"])
    fraction = match["f"]
    if not fraction:
        return float(whole)
    if match["point"] in ":;" and len(fraction) <= _FRAME_DIGITS:
        rate = _FRAMES_DROPPED if match["point"] == ";" or int(fraction) >= _FRAMES else _FRAMES
        return whole + min(int(fraction), rate - 1) / rate
    return whole + float(f"0.{fraction}")


def fits(start: float) -> bool:
    """Return whether a time can be one of a video; NaN cannot."""
    return 0 <= start <= MOST_SECONDS
