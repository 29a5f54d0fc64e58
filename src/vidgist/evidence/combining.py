"""Numbers of several words put together: years in pairs, halves, fractions, dozens, scales, decades. Pure.

Each rule looks at the items from one place on and says what they are together and how many they are.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from vidgist.evidence import numerals, units


class Item(NamedTuple):
    """A word or a number on its way to a token. ``named``: digits that belong to a name, as in ``GPT-4``."""

    key: str
    begin: int
    end: int
    kind: str
    values: tuple[float, ...] = ()
    spelt: bool = False
    digits: str = ""
    named: bool = False


_Found = tuple[Item, int] | None
_Rule = Callable[[Sequence[Item], str], _Found]

_FIRST_CENTURY, _LAST_CENTURY = 11, 21
_PAIRED = frozenset(("en", "de", "nl"))
"""Languages that say a year as two numbers: nineteen eighty-four."""

_THOUSAND = 1_000.0
_SERIES = 3
_PERCENT = 100.0


def combine(items: list[Item], language: str) -> list[Item]:
    """The items with every number that several of them make as one."""
    for rules in (_FIRST, _SECOND):
        found: list[Item] = []
        at = 0
        while at < len(items):
            whole, count = _apply(rules, items, at, language)
            found.append(whole)
            at += count
        items = found
    return items


def _apply(rules: Sequence[_Rule], items: list[Item], at: int, language: str) -> tuple[Item, int]:
    ahead = items[at : at + 12]
    for rule in rules:
        found = rule(ahead, language)
        if found:
            return found
    return items[at], 1


def article(items: Sequence[Item], language: str) -> _Found:
    """A hundred, a million: the article is no word beside the number."""
    if language == "en" and len(items) > 1 and items[0].key == "a" and items[1].spelt and _number(items[1]):
        if items[1].values[0] >= _PERCENT or items[1].digits == "dozen":
            return _joined(items[:2], items[1].values)
    return None


def and_a_half(word: str, language: str) -> float | None:
    """The number of ``zweieinhalb`` and ``anderthalb``; None for other words."""
    if language != "de" or "halb" not in word:
        return None
    word = word.rstrip("en").rstrip("e") if word.endswith(("halbe", "halben")) else word
    if word == "anderthalb":
        return 1.5
    before = numerals.whole(word.removesuffix("einhalb"), language) if word.endswith("einhalb") else None
    return None if before is None else before + 0.5


def folded(word: str, language: str) -> float | None:
    """The number of ``tenfold``, ``zehnfach``, ``zehnmal``; None for other words."""
    for ending in units.FOLDS:
        if word.endswith(ending) and len(word) > len(ending):
            return numerals.whole(word.removesuffix(ending).rstrip("-"), language)
    return None


def _number(item: Item) -> bool:
    return item.kind == "number" and bool(item.values)


def _is_scale(item: Item) -> float | None:
    """The multiplier that an item is: million, mil, k."""
    if _number(item) and item.spelt and item.values[0] >= _THOUSAND and item.values[0] in _POWERS:
        return item.values[0]
    return units.SCALES.get(item.key) if item.kind == "word" else None


_POWERS = frozenset((1e3, 1e6, 1e9, 1e12))


def _joined(items: Sequence[Item], values: tuple[float, ...], kind: str = "number", key: str = "") -> tuple[Item, int]:
    spelt = items[0].spelt or not items[0].values
    whole = Item(key, items[0].begin, items[-1].end, kind, values, spelt=spelt, named=items[0].named)
    return whole, len(items)


def _half_of_scale(items: Sequence[Item], language: str) -> _Found:  # noqa: ARG001
    """Half a million, eine halbe Million, un demi-million; half a dozen."""
    if items[0].key not in units.HALVES or len(items) < 2:  # noqa: PLR2004
        return None
    skip = 2 if items[1].key in units.ONE and len(items) > 2 else 1  # noqa: PLR2004
    scale = _is_scale(items[skip]) or units.DOZENS.get(items[skip].key)
    if scale:
        return _joined(items[: skip + 1], (scale / 2,))
    if items[skip].key in units.UNITS and units.UNITS[items[skip].key].kind in ("time", "months"):
        return _joined(items[:skip], (0.5,))
    return None


def _and_half(items: Sequence[Item], language: str) -> _Found:  # noqa: ARG001
    """Three and a half, drei und ein halb, tres y media; with a scale before or after it."""
    if not _number(items[0]):
        return None
    at = 1
    if at < len(items) and items[at].key in units.AND:
        at += 1
        if at < len(items) and items[at].key in units.ONE:
            at += 1
        if at < len(items) and items[at].key in units.HALVES:
            scale = _is_scale(items[0])
            if scale:
                return _joined(items[: at + 1], (1.5 * scale,))
            after = _is_scale(items[at + 1]) if at + 1 < len(items) else None
            value = items[0].values[0] + 0.5
            return _joined(items[: at + 2], (value * after,)) if after else _joined(items[: at + 1], (value,))
    return None


_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}


def _glyph(items: Sequence[Item], language: str) -> _Found:  # noqa: ARG001
    """3½, and ½ alone."""
    if items[0].key in _GLYPHS:
        return _joined(items[:1], (_PERCENT * _GLYPHS[items[0].key],), "share")
    if len(items) > 1 and _number(items[0]) and items[1].key in _GLYPHS:
        return _joined(items[:2], (items[0].values[0] + _GLYPHS[items[1].key],))
    return None


def _scaled(items: Sequence[Item], language: str) -> _Found:  # noqa: ARG001
    """25 million, 1.5 Milliarden, 671B, 12k."""
    if len(items) < 2 or not _number(items[0]) or items[0].named:  # noqa: PLR2004
        return None
    number, after = items[0], items[1]
    close = after.begin == number.end
    factor = units.ATTACHED.get(_letter(after)) if close and number.digits and after.kind == "word" else _is_scale(after)
    if after.key in ("k", "mil", "m") and not close and not number.digits:
        factor = factor if after.key == "mil" else None
    if not factor or number.values[0] >= _THOUSAND:
        return None
    count = 2
    if len(items) > 2 and after.key == "mil" and (_is_scale(items[2]) or 0) == 1e6:  # noqa: PLR2004
        factor, count = 1e9, 3
    return _joined(items[:count], tuple(value * factor for value in number.values))


def _letter(item: Item) -> str:
    return item.key if len(item.key) > 1 else item.digits or item.key


def _point(items: Sequence[Item], language: str) -> _Found:  # noqa: ARG001
    """Three point five where the library does not see it: beside digits, and with more than one digit."""
    if len(items) < 3 or not (_number(items[0]) and items[1].key in units.POINT and _number(items[2])):  # noqa: PLR2004
        return None
    before, after = items[0].values[0], items[2]
    if before != int(before) or after.values[0] != int(after.values[0]) or items[0].begin == items[2].begin:
        return None
    return _joined(items[:3], (float(f"{before:.0f}.{after.digits or int(after.values[0])}"),))


def _parts(items: Sequence[Item], language: str) -> _Found:  # noqa: ARG001
    """Two thirds, drei Viertel, a third: percent."""
    if len(items) < 2:  # noqa: PLR2004
        return None
    counted = items[0].values[0] if _number(items[0]) else float(items[0].key in units.ONE)
    under = units.PARTS.get(items[1].key)
    if not under or not 0 < counted < under or items[0].digits.isdigit() and not items[0].spelt:
        return None
    if counted == 1 and items[1].key in _ALSO_ORDINAL and items[0].key not in units.ONE:
        return None
    return _joined(items[:2], (_PERCENT * counted / under,), "share")


_ALSO_ORDINAL = frozenset(("fourth", "fifth", "sixth", "eighth", "tenth"))


def _out_of(items: Sequence[Item], language: str) -> _Found:
    """Nine out of ten, one in five, neun von zehn: percent. The words stay in the key."""
    middle = _OUT_OF.get(language, ())
    for between in middle:
        end = len(between) + 2
        if (
            len(items) >= end
            and _number(items[0])
            and tuple(item.key for item in items[1 : end - 1]) == between
            and _number(items[end - 1])
        ):
            over, under = items[0].values[0], items[end - 1].values[0]
            if 0 < over < under <= _PERCENT and under in _ROUND:
                key = f"{over:.0f}/{under:.0f}"
                return _joined(items[:end], (_PERCENT * over / under,), "share", key)
    return None


_ROUND = frozenset((2, 3, 4, 5, 6, 8, 10, 12, 20, 50, 100))
_OUT_OF = {
    "en": (("out", "of"), ("in",)),
    "de": (("von",), ("aus",)),
    "fr": (("sur",),),
    "es": (("de", "cada"),),
    "it": (("su",),),
    "pt": (("em", "cada"),),
}


def _dozen(items: Sequence[Item], language: str) -> _Found:  # noqa: ARG001
    """A dozen, two dozen, une centaine."""
    if items[0].key in units.DOZENS and not items[0].values:
        return _joined(items[:1], (units.DOZENS[items[0].key],))
    if len(items) > 1 and _number(items[0]) and items[1].key in units.DOZENS:
        return _joined(items[:2], (items[0].values[0] * units.DOZENS[items[1].key],))
    return None


def _year(items: Sequence[Item], language: str) -> _Found:
    """Nineteen eighty-four, twenty twenty-five, nineteen oh five; nineteen eighties."""
    first = items[0]
    if language not in _PAIRED or len(items) < 2 or not _number(first) or not first.spelt:  # noqa: PLR2004
        return None
    century, second = first.values[0], items[1]
    if not _FIRST_CENTURY <= century < _LAST_CENTURY or century != int(century):
        return None
    if second.key in units.DECADES:
        return _joined(items[:2], (century * 100 + units.DECADES[second.key],), "decade")
    if second.key in ("oh", "o") and len(items) > 2 and _number(items[2]) and items[2].values[0] < 10:  # noqa: PLR2004
        return _joined(items[:3], (century * 100 + items[2].values[0],))
    if _number(second) and second.spelt and 10 <= second.values[0] < 100 and second.begin - first.end <= 2:  # noqa: PLR2004
        return _joined(items[:2], (century * 100 + second.values[0],))
    return None


def _decade(items: Sequence[Item], language: str) -> _Found:  # noqa: ARG001
    """The eighties, 1980s, the '80s, 80er, achtziger Jahre, années 80."""
    first = items[0]
    if first.key in units.DECADES and not first.values:
        return _joined(items[:1], (float(units.DECADES[first.key]),), "decade")
    if len(items) < 2:  # noqa: PLR2004
        return None
    second = items[1]
    tens = first.values[0] if _number(first) and first.digits else 0
    if tens and tens % 10 == 0 and second.key in ("s", "er", "ern") and second.begin - first.end <= 1:
        return _joined(items[:2], (tens,), "decade")
    if first.key in ("annees", "anos", "anni") and _number(second) and second.values[0] % 10 == 0:
        if 10 < second.values[0] < 100 or 1_000 < second.values[0] < 2_100:  # noqa: PLR2004
            return _joined(items[:2], (second.values[0],), "decade")
    return None


def _series(items: Sequence[Item], language: str) -> _Found:  # noqa: ARG001
    """Single digits said one after the other are one number: six seven one."""
    count = 0
    digits = ""
    for item in items:
        single = _number(item) and item.spelt and 0 <= item.values[0] < 10  # noqa: PLR2004
        if not (single or (item.key == "oh" and count)):
            break
        digits += item.digits or (f"{item.values[0]:.0f}" if single else "0")
        count += 1
    if count < _SERIES:
        return None
    return _joined(items[:count], (float(digits),), "sequence", digits)


def _negative(items: Sequence[Item], language: str) -> _Found:  # noqa: ARG001
    """Minus five, negative five."""
    if len(items) > 1 and items[0].key in units.MINUS and _number(items[1]):
        return _joined(items[:2], tuple(-abs(value) for value in items[1].values))
    return None


def _below_zero(items: Sequence[Item], language: str) -> _Found:  # noqa: ARG001
    """Five below zero, fünf Grad unter null."""
    for end in (3, 4):
        if len(items) < end or not _number(items[0]):
            return None
        tail = items[end - 2 : end]
        if tail[0].key in ("below", "unter", "sous", "bajo", "sotto", "abaixo") and tail[1].values == (0.0,):
            return Item(items[0].key, items[0].begin, items[0].end, "number", (-items[0].values[0],), spelt=items[0].spelt), 1
    return None


def _ordinal_digits(items: Sequence[Item], language: str) -> _Found:  # noqa: ARG001
    """21st, 2e, 1er, 3º."""
    if len(items) > 1 and _number(items[0]) and items[0].digits.isdecimal() and items[1].begin == items[0].end:
        if items[1].key in ("st", "nd", "rd", "th", "e", "er", "eme", "ere", "re", "o", "a", "ste", "ten", "te", "ter"):
            return _joined(items[:2], items[0].values, "ordinal")
    return None


_HALF_PAST = {"half": 30, "quarter": 15}


_DAY_HALVES = frozenset(("am", "pm", "a", "p", "oclock", "uhr"))


def _hour_and_minutes(items: Sequence[Item]) -> _Found:
    """Four thirty p.m.; vier Uhr dreißig."""
    at = 2 if len(items) > 2 and items[1].key == "uhr" else 1  # noqa: PLR2004
    if len(items) < at + 2 or not (_number(items[0]) and _number(items[at])):
        return None
    hour, minutes = items[0].values[0], items[at].values[0]
    if not (0 < hour <= 24 and 10 <= minutes < 60 and items[0].spelt and items[at].spelt):  # noqa: PLR2004
        return None
    if at == 1 and items[2].key not in _DAY_HALVES:
        return None
    return _joined(items[: at + 1], (hour * 60 + minutes,), "clock", f"{hour:.0f}:{minutes:02.0f}")


def _clock(items: Sequence[Item], language: str) -> _Found:
    """Half past four, halb fünf, quarter to nine, nine o'clock."""
    if len(items) > 1 and _number(items[0]) and items[1].key in ("oclock", "uhr") and items[0].values[0] <= 24:  # noqa: PLR2004
        return _joined(items[:2], (items[0].values[0] * 60,), "clock", f"{items[0].values[0]:.0f}:00")
    said = _hour_and_minutes(items)
    if said:
        return said
    if language == "de" and len(items) > 1 and items[0].key == "halb" and _number(items[1]) and items[1].values[0] <= 12:  # noqa: PLR2004
        return _joined(items[:2], (items[1].values[0] * 60 - 30,), "clock", f"{items[1].values[0] - 1:.0f}:30")
    if len(items) > 2 and items[0].key in _HALF_PAST and items[1].key in ("past", "to") and _number(items[2]):  # noqa: PLR2004
        minutes = _HALF_PAST[items[0].key] * (1 if items[1].key == "past" else -1)
        value = items[2].values[0] * 60 + minutes
        return _joined(items[:3], (value,), "clock", f"{value // 60:.0f}:{value % 60:02.0f}")
    return None


_FIRST: tuple[_Rule, ...] = (
    _clock, _series, _year, _decade, _half_of_scale, _and_half, _glyph, _point, _ordinal_digits, _scaled, _dozen,
)  # fmt: skip
_SECOND: tuple[_Rule, ...] = (article, _scaled, _out_of, _parts, _negative, _below_zero)
