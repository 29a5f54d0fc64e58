"""A text as comparable words with their places: letters and digits alone, for every script. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Scripts whose words are not set apart by spaces, or not always in the same way: each letter is a word."""

_LETTERS_KEPT = 10_000
"""Letters whose comparable form is kept: those of any one language, also of one written in ideographs."""

_SPACE = "\u0020\u00a0\u202f"
_SYMBOLS = "%‰$€£¥₹₽₩₺₴₪₫฿₿°×½¼¾⅓⅔"
_PIECE = re.compile(
    rf"""
    (?P<date>(?<![\d.,/-])\d{{4}}-\d{{2}}-\d{{2}}(?![\d-])|(?<![\d.,/])\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}(?!\d))
    |(?P<clock>(?<![\d:.,])\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?![\d:]))
    |(?P<phone>(?<![\d.,])(?:\+\d{{1,3}}[ -])?\(?\d{{2,4}}\)?(?:[ -]\d{{2,4}}){{2,4}}(?![\d-])|(?<![\d.,-])\d{{3}}-\d{{4}}(?![\d-]))
    |(?P<fraction>(?<![\d/.,])\d{{1,2}}/\d{{1,3}}(?![\d/]))
    |(?P<number>(?<!\d)\d{{1,3}}(?:[{_SPACE}'’]\d{{3}})+(?:[.,]\d+)?(?!\d)|(?<!\d)\d{{1,3}}(?:,[ ]000)+(?!\d)|\d+(?:[.,]\d+)*)
    |(?P<symbol>[{_SYMBOLS}])
    |(?P<short>(?<!\w)(?:[^\W\d_]\.){{2,}})
    |(?P<elided>(?<!\w)(?:[^\W\d_]{{1,2}}|dell|all|vent|trent|quarant|cinquant|sessant|settant|ottant|novant|nell|sull|dall|quest|quell|jusqu|lorsqu|puisqu)['’](?=[^\W\d_]{{3}}))
    |(?P<word>[^\s\d{_SYMBOLS}]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN_WORD = re.compile(r"[a-z]['a-z]*")
_APOSTROPHES = "'’ʼ＇"
_MINUS = "-−–"


class Word(NamedTuple):
    """``text[begin:end]`` in its comparable form; ``kind`` is a group of the pattern, or ``word``."""

    key: str
    begin: int
    end: int
    kind: str = "word"


def split(text: str) -> list[Word]:
    """Return the words of a text in order; apostrophes are part of a word and ignored."""
    found: list[Word] = []
    known: dict[str, list[tuple[str, int, int]]] = {}
    for match in _PIECE.finditer(text):
        kind, chunk, at = match.lastgroup or "word", match[0], match.start()
        if kind == "word":
            if chunk not in known:
                known[chunk] = list(_plain_words(chunk) if chunk.isascii() else _parts(chunk))
            found.extend(Word(key, at + begin, at + end) for key, begin, end in known[chunk])
        elif kind in ("short", "elided"):
            found.append(Word(fold(chunk), at, match.end()))
        else:
            found.append(Word(chunk, at, match.end(), kind))
    return found


def fold(word: str) -> str:
    """Return the comparable form of one word; of a symbol, the symbol."""
    return "".join(map(_plain, word)) or word


def is_negative(text: str, at: int) -> bool:
    """Return whether a minus stands against the digits at this place, and nothing against the minus."""
    return at > 0 and text[at - 1] in _MINUS and (at == 1 or text[at - 2] in " (\u00a0")


def weight(keys: list[str]) -> int:
    """Count letters, one of a script without spaces for three."""
    return sum(3 if UNSPACED.match(key) else len(key) for key in keys)


def _plain_words(chunk: str) -> Iterator[tuple[str, int, int]]:
    """Yield what `_parts` finds, of ASCII alone."""
    for match in _PLAIN_WORD.finditer(chunk.lower()):
        yield match[0].replace("'", ""), match.start(), match.end()


def _parts(chunk: str) -> Iterator[tuple[str, int, int]]:
    key, begin = "", 0
    for position, character in enumerate(chunk):
        plain = _plain(character)
        if plain and UNSPACED.match(character):
            if key:
                yield key, begin, position
            key = ""
            yield plain, position, position + 1
        elif plain:
            begin = begin if key else position
            key += plain
        elif (
            key
            and character not in _APOSTROPHES
            and unicodedata.category(character) not in ("Mn", "Mc", "Me", "Cf")
        ):
            yield key, begin, position
            key = ""
    if key:
        yield key, begin, len(chunk)


@lru_cache(_LETTERS_KEPT)
def _plain(character: str) -> str:
    folded = unicodedata.normalize("NFKD", character).casefold()
    plain = "".join(part for part in folded if unicodedata.category(part)[0] in "LN")
    return unicodedata.normalize("NFC", plain)
