"""Text as the words that are searched. Pure; ``site/assets/words.js`` does exactly the same with a query.

Case, accents, full and half width do not matter. Scripts that write without spaces give pairs of neighbouring
characters and the last one by itself, so that any part of a sentence is found and a single character too.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

MOST_CHARACTERS = 32
"""A longer word is cut: it is an address or a mistake."""

BUCKETS = 256
"""Files that the words are spread over."""

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
)
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese."""

_POINTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640]+")
"""Accents, vowel points, and Arabic's lengthening stroke."""

_ASCII = re.compile("[a-z0-9]+")
_RUN = re.compile(f"[{UNSPACED}]")


def normal(text: str) -> str:
    """Return the form that is compared."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", _POINTS.sub("", unicodedata.normalize("NFKD", text).lower()))


def words(text: str) -> Sequence[str]:
    """Return every word of a text, in its order, as often as it stands there."""
    folded = normal(text)
    if folded.isascii():
        found: list[str] = _ASCII.findall(folded)
        is_long = max(map(len, found), default=0) > MOST_CHARACTERS
        return [word[:MOST_CHARACTERS] for word in found] if is_long else found
    found = []
    for run, word in _any().findall(folded):
        if run:
            found += (run[at : at + 2] for at in range(len(run)))
        else:
            found.append(word[:MOST_CHARACTERS])
    return found


def bucket(word: str) -> str:
    """Return where a word's postings lie, by its beginning: all words that begin alike lie together."""
    start = word[:1] if _RUN.match(word) else word[:2]
    key = 0
    for character in start:
        key = (key * 31 + ord(character)) % BUCKETS
    return f"{key:02x}"


def _marks() -> str:
    """Return combining marks outside the scripts above, as ranges of a character class: no letters to
    Python.
    """
    ranges: list[list[int]] = []
    for point in range(0x300, 0x1F000):
        if unicodedata.category(chr(point))[0] != "M" or _RUN.match(chr(point)):
            continue
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


@cache
def _any() -> re.Pattern[str]:
    """Return what matches runs of a script without spaces, or words: made when a text beyond ASCII is
    first met.
    """
    return re.compile(f"([{UNSPACED}]+)|((?:[^\\W_{UNSPACED}]+|[{_marks()}]+)+)")
