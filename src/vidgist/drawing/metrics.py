"""How wide text is, where it may break, and which characters may be shown at all.

Widths are estimates: the font is the reader's own. They lean to the wide side, so that text stays inside
its box with any common sans-serif font.
"""

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

FONT = 14.0
"""Pixels, of the text of nodes; `SMALL` of what else is said."""
SMALL = 12.0

_MOST_MARKS = 4  # on one letter; real scripts need no more, stacked ones draw over their neighbours
_JOINER = "\u200d"
_KEPT_FORMATS = {_JOINER, "\u200c"}  # Persian, Indic scripts and emoji need them
_NARROW = frozenset("iljtfrI.,:;'|!()[]{}`/\\ ")
_BROAD = frozenset("mwMW@%&—…")


def clean(text: str) -> str:
    """Return one line without controls, direction overrides, surrogates, non-
    characters or towers of marks.
    """
    kept: list[str] = []
    marks = 0
    for character in text:
        kind = unicodedata.category(character)
        if kind in {"Cc", "Zl", "Zp", "Zs"}:
            kept.append(" ")
            marks = 0
        elif kind in {"Mn", "Me"}:
            marks += 1
            if marks <= _MOST_MARKS:
                kept.append(character)
        elif kind not in {"Cf", "Cs", "Cn", "Co"} or character in _KEPT_FORMATS:
            kept.append(character)
            marks = 0
    return " ".join("".join(kept).split())


def columns(text: str) -> int:
    """Count terminal columns: 2 for East Asian wide characters and emoji, 0 for marks and joiners."""
    return sum(map(_cells, text))


def ems(text: str) -> float:
    """Return the width in ems of a common sans-serif font, rather too wide than too narrow."""
    return sum(map(_em, text))


def right_to_left(text: str) -> bool:
    """Return whether the first strongly directed letter runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def wrap(text: str, limit: float, measure: Callable[[str], float]) -> tuple[str, ...]:
    """Return ``text``, as `clean` leaves it, on lines of at most ``limit`` (but of one cluster at least)."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if measure((line + piece).rstrip()) <= limit:
            line += piece
            continue
        if line.strip():
            lines.append(line.strip())
        line = ""
        for cluster in clusters(piece):
            if line and measure((line + cluster).rstrip()) > limit:
                lines.append(line.strip())
                line = ""
            line += cluster
    if line.strip():
        lines.append(line.strip())
    return tuple(lines)


@lru_cache(4_096)
def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


@lru_cache(4_096)
def _em(character: str) -> float:
    cells = _cells(character)
    if cells != 1:
        return 1.15 if unicodedata.category(character) == "So" else cells / 2
    if character in _NARROW:
        return 0.36
    if character in _BROAD or not (character.isascii() or unicodedata.category(character) == "Ll"):
        return 0.9 if character in _BROAD else 0.75
    return 0.72 if character.isupper() else 0.59


def clusters(text: str) -> Iterator[str]:
    """Split into characters with what belongs to them: marks, joiners, variation selectors, skin tones."""
    cluster = ""
    for character in text:
        joined = cluster.endswith(_JOINER) or "\U0001f3fb" <= character <= "\U0001f3ff"
        if cluster and not joined and unicodedata.category(character) not in {"Mn", "Me", "Mc", "Cf"}:
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _pieces(text: str) -> Iterator[str]:
    """Yield runs that stay together: words with the space behind them, single wide characters."""
    piece = ""
    for cluster in clusters(text):
        if piece and (piece.endswith(" ") or (_breaks(piece, cluster))):
            yield piece
            piece = ""
        piece += cluster
    if piece:
        yield piece


def _breaks(piece: str, cluster: str) -> bool:
    """Return whether a line may break here: between wide characters, but not before closing or behind
    opening punctuation.
    """
    if cluster == " " or unicodedata.category(cluster[0]) in {"Pe", "Pf", "Po"}:
        return False
    if unicodedata.category(piece[-1]) in {"Ps", "Pi"}:
        return False
    return columns(cluster[0]) > 1 or columns(piece[-1]) > 1
