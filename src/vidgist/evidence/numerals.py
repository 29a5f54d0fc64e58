"""Numbers read from words and from digits. The one door to text2num.

The library is compiled, and there are machines without a wheel of it: there, numbers in words stay words.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import NamedTuple

LANGUAGES = frozenset(("en", "de", "fr", "es", "it", "pt", "nl", "da"))
"""Those whose number words are known."""

_DECIMAL_POINT = frozenset(("en", "ja", "zh", "ko", "th", "he", "hi"))
"""Languages that write 1.5 where others write 1,5."""

_GROUPS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_ONE_MARK = re.compile(r"(\d+)([.,])(\d+)")
_THOUSAND = 3


class Spelt(NamedTuple):
    """A number in words: ``words[first:end]``. ``ordinal``: a place in an order."""

    first: int
    end: int
    value: float
    ordinal: bool
    digits: str


class _Word:
    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def text(self) -> str:
        return self._text

    def nt_separated(self, previous: object) -> bool:  # noqa: ARG002 (asked for by the library)
        return False

    def not_a_number_part(self) -> bool:
        return False


def spelt(words: Sequence[str], language: str) -> list[Spelt]:
    """Return the numbers in words among words in lower case, in order; none in a
    language that is not known.
    """
    if language not in LANGUAGES:
        return []
    try:
        from text_to_num import find_numbers
    except ImportError:
        return []
    if language == "en":
        words = [_singular(word, before) for word, before in zip(words, ["", *words], strict=False)]
    words = _apart(words, language)
    if language == "it":
        words = [_ELIDED.sub(r"\1a", word).replace("venta", "venti") for word in words]
    if language == "es":
        words = [_FEMININE.sub(r"\1os", word) for word in words]
    found = find_numbers([_Word(word) for word in words], language, threshold=0)
    return [Spelt(one.start, one.end, *_value(one.value, str(one.text), one.is_ordinal)) for one in found]


def _value(value: float, text: str, is_ordinal: object) -> tuple[float, bool, str]:
    """Return value, whether it is an ordinal, and digits; the library takes the scale behind decimals for decimals."""
    whole, mark, decimals = text.partition("," if "," in text else ".")
    zeros = (len(decimals) - len(decimals.rstrip("0"))) // _THOUSAND * _THOUSAND
    if not mark or not zeros or not decimals.isdecimal():
        return float(value), bool(is_ordinal), text
    scaled = round(float(f"{whole}.{decimals[:-zeros]}") * 10**zeros, 6)
    return scaled, bool(is_ordinal), f"{scaled:.0f}"


def _singular(word: str, before: str) -> str:
    """Return ``hundred`` of ``hundreds`` behind a number: H one hundreds."""
    return word.removesuffix("s") if word in ("hundreds", "thousands") and before in _COUNTED else word


_ELIDED = re.compile(r"^(vent|trent|quarant|cinquant|sessant|settant|ottant|novant)['’]$")
"""Of tens before a vowel: quarant'anni."""

_BETWEEN = {"en": "and", "fr": "et"}
_SCALE_WORDS = frozenset(
    "hundred thousand million billion cent cents mille million millions milliard milliards".split()
)
_LONGEST_PART = 3


def _apart(words: Sequence[str], language: str) -> Sequence[str]:
    """Return the words, with two numbers of one scale kept apart, which the library adds: six hundred and eight hundred."""
    between = _BETWEEN.get(language)
    if between not in words:
        return words
    found = list(words)
    for at, word in enumerate(words):
        if word != between or not at or words[at - 1] not in _SCALE_WORDS:
            continue
        ahead = words[at + 1 : at + 2 + _LONGEST_PART]
        scale = next((one for one in ahead if one in _SCALE_WORDS), "")
        if scale.rstrip("s") == words[at - 1].rstrip("s"):
            found[at] = "."
    return found


_COUNTED = frozenset("one two three four five six seven eight nine".split())


def reads(language: str) -> bool:
    """Return whether numbers in words are known in a language, and the library is here."""
    return language in LANGUAGES and find_spec("text_to_num") is not None


@lru_cache(4_096)
def whole(word: str, language: str) -> float | None:
    """Return the number that one word is, such as the first half of ``zehnfach``."""
    found = spelt([word], language)
    return found[0].value if len(found) == 1 and not found[0].ordinal else None


def digits(text: str, language: str) -> tuple[float, ...]:
    """Return what a number in digits may mean, the likeliest reading first; nothing for versions and the
    like.

    ``12.000`` is twelve thousand where a comma parts decimals, and may be twelve elsewhere.
    """
    plain = "".join(str(int(one)) if one.isdigit() and one.isdecimal() else one for one in text)
    plain = plain.replace(", ", ",")
    if _GROUPS.fullmatch(plain):
        return (float(re.sub(r"[ \u00a0\u202f'’]", "", plain).replace(",", ".")),)
    if _INDIAN.fullmatch(plain):
        return (float(plain.replace(",", "")),)
    marks = [one for one in plain if one in ".,"]
    if not marks:
        return (float(plain),) if plain.isdecimal() else ()
    one = _ONE_MARK.fullmatch(plain)
    if one:
        return _with_one_mark(one[1], one[2], one[3], language)
    return _with_marks(plain, marks)


def _with_one_mark(before: str, mark: str, after: str, language: str) -> tuple[float, ...]:
    decimal, thousands = float(f"{before}.{after}"), float(before + after)
    if len(after) != _THOUSAND or len(before) > _THOUSAND or before.startswith("0"):
        return (decimal,)
    own = "." if language in _DECIMAL_POINT else ","
    return (decimal, thousands) if language and mark == own else (thousands, decimal)


def _with_marks(plain: str, marks: list[str]) -> tuple[float, ...]:
    """Return several marks: groups of three, then decimals behind another mark;
    else no number but a version.
    """
    last = marks[-1]
    rest = plain
    decimals = ""
    if marks.count(last) == 1:
        rest, _, decimals = plain.rpartition(last)
    parts = re.split("[.,]", rest)
    same = len({one for one in rest if one in ".,"}) <= 1
    if same and len(parts[0]) <= _THOUSAND and all(len(part) == _THOUSAND for part in parts[1:]):
        return (float(f"{''.join(parts)}.{decimals or 0}"),)
    return ()


_ROMAN = re.compile(
    r"(?P<small>(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})|(?=.{4})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))"
    r"(?:e|è|ème|eme|º|ª|th|st|nd|rd)?"
)
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_FEMININE = re.compile(r"((?:cient|quinient))as\b")


def roman(word: str) -> int | None:
    """Return the value of a Roman numeral of two letters or more, from forty on of four: others are mostly
    words.

    It may have the ending of an ordinal: ``XIXe``.
    """
    found = _ROMAN.fullmatch(word)
    if not found:
        return None
    values = [_VALUES[letter] for letter in found["small"]]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
