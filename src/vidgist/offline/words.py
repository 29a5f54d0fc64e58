"""Text as words with their places, for every script. Knows no language.

Scripts written without spaces (Han, kana, Thai and their neighbours) are cut into single characters; their
terms are pairs of neighbouring characters.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_MARKS = r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff\u0f71-\u0fbc\u200c\u200d"
_DENSE = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PIECE = rf"(?:[^\W_{_DENSE}]|[{_MARKS}])+"
_WORD = re.compile(
    rf"(?:[A-Za-z]\.){{2,}}|\d+(?:[.,:]\d+)+%?|{_PIECE}(?:['’\-‑&]{_PIECE})*|[{_DENSE}\U00020000-\U0003ffff]"
)
_DENSE_WORD = re.compile(rf"[{_DENSE}\U00020000-\U0003ffff]")
_HIRAGANA = re.compile(r"[\u3040-\u309f]")

SHORT, DENSE_WEIGHT = 2, 0.5
"""Letters up to which a word says nothing, and words that one character of a script without spaces counts for."""


class Word(NamedTuple):
    """A word of a text: ``text[start:end]``; ``key``, its folded form; ``tag``, its part of speech where judged."""

    start: int
    end: int
    key: str
    tag: str = ""

    @property
    def dense(self) -> bool:
        return is_dense(self.key)


def split(text: str) -> list[Word]:
    """Return the words of a text in order. Linear."""
    return [
        Word(match.start(), match.end(), match[0].lower().replace("’", "'").replace("‑", "-"))
        for match in _WORD.finditer(text)
    ]


@lru_cache(maxsize=65_536)
def is_dense(key: str) -> bool:
    """Return whether this is a character of a script that writes no spaces."""
    return _DENSE_WORD.match(key) is not None


@lru_cache(maxsize=65_536)
def stem(key: str) -> str:
    """Return a crude common form of an inflected word, good for comparing only."""
    word = key.removesuffix("'s").removesuffix("'")
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    for suffix, kept, rest in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= kept:
            word = word[: len(word) - len(suffix)] + rest
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


_SUFFIXES = (
    ("sses", 1, "ss"), ("ies", 2, "y"), ("ied", 2, "y"), ("ings", 3, ""), ("ing", 3, ""), ("edly", 3, ""),
    ("eed", 2, "ee"), ("ed", 3, ""), ("ss", 1, "ss"), ("es", 3, "e"), ("s", 3, ""),
)  # fmt: skip
"""An ending, the letters that must stand before it, and what comes in its place."""


def terms(words: Sequence[Word], stops: frozenset[str]) -> list[str]:
    """Return what a passage speaks of: stems of its content words; pairs of characters in dense scripts."""
    found: list[str] = []
    previous: Word | None = None
    for word in words:
        if word.dense:
            if previous and previous.dense and previous.end == word.start:
                pair = previous.key + word.key
                if pair not in stops and not _HIRAGANA.search(pair):
                    found.append(pair)
        elif word.key not in stops and (len(word.key) > SHORT or word.key.isdigit()):
            found.append(stem(word.key))
        previous = word
    return found


def pairs(words: Sequence[Word], stops: frozenset[str]) -> list[tuple[str, str]]:
    """Return neighbouring words, as stems, of which at least one carries content; none in dense scripts."""
    found: list[tuple[str, str]] = []
    previous, carried = "", False
    for word in words:
        key = "" if word.dense else stem(word.key)
        carries = word.key not in stops and len(word.key) > SHORT
        if previous and key and (carries or carried):
            found.append((previous, key))
        previous, carried = key, carries
    return found


def size(words: Sequence[Word]) -> float:
    """Return the length of a passage in words, dense characters counted for what they carry."""
    return sum(DENSE_WEIGHT if word.dense else 1.0 for word in words)
