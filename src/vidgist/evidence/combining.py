"""Numbers of several words put together: years in pairs, halves, fractions, dozens, scales, decades. Pure.

Each rule looks at the items from one place on and says what they are together and how many they are.
"""

from collections.abc import Sequence

from vidgist.evidence import function_words, ideographs, moments, numerals, quantities, units
from vidgist.evidence.dates import RANGE
from vidgist.evidence.items import Found, Item, Rule, is_number, joined

_THOUSAND = 1_000.0
_SERIES = 3
_PERCENT = 100.0


def combine(items: list[Item], language: str) -> list[Item]:
    """Return the items with every number that several of them make as one."""
    for rules in (_FIRST, _SECOND):
        found: list[Item] = []
        at = 0
        while at < len(items):
            whole, count = _apply(rules, items, at, language)
            found.append(whole)
            at += count
        items = found
    return items


def _apply(rules: Sequence[Rule], items: list[Item], at: int, language: str) -> tuple[Item, int]:
    if not items[at].values and items[at].key not in _BEGINNINGS:
        return items[at], 1
    ahead = items[at : at + 12]
    for rule in rules:
        found = rule(ahead, language)
        if found:
            return found
    return items[at], 1


def article(items: Sequence[Item], language: str) -> Found:
    """Return a hundred, a million: the article is no word beside the number."""
    if language != "en" or len(items) < 2 or items[0].key != "a" or not is_number(items[1]):
        return None
    is_round = items[1].spelt and (items[1].values[0] >= _PERCENT or items[1].key == "dozen")
    return joined(items[:2], items[1].values) if is_round else None


def and_a_half(word: str, language: str) -> float | None:
    """Return the number of ``zweieinhalb`` and ``anderthalb``; None for other words."""
    if language != "de" or "halb" not in word:
        return None
    word = word.rstrip("en").rstrip("e") if word.endswith(("halbe", "halben")) else word
    if word == "anderthalb":
        return 1.5
    before = numerals.whole(word.removesuffix("einhalb"), language) if word.endswith("einhalb") else None
    return None if before is None else before + 0.5


def folded(word: str, language: str) -> float | None:
    """Return the number of ``tenfold``, ``zehnfach``, ``zehnmal``; None for other words."""
    for ending in quantities.FOLDS:
        if word.endswith(ending) and len(word) > len(ending):
            return numerals.whole(word.removesuffix(ending).rstrip("-"), language)
    return None


def _is_scale(item: Item) -> float | None:
    """Return the multiplier that an item is: million, mil, k."""
    if is_number(item) and item.spelt and item.values[0] >= _THOUSAND and item.values[0] in _POWERS:
        return item.values[0]
    return quantities.SCALES.get(item.key) if item.kind == "word" else None


_POWERS = frozenset((1e3, 1e6, 1e9, 1e12))


def _half_of_scale(items: Sequence[Item], _language: str) -> Found:
    """Read half a million, eine halbe Million, un demi-million, half a dozen; half an hour, half a
    kilometer.
    """
    begin = 1 if items[0].key in quantities.ONE and not items[0].values else 0
    if len(items) < begin + 2 or items[begin].key not in quantities.HALVES:
        return None
    skip = begin + (2 if items[begin + 1].key in quantities.ONE and len(items) > begin + 2 else 1)
    scale = _is_scale(items[skip]) or quantities.DOZENS.get(items[skip].key)
    if scale:
        return joined(items[: skip + 1], (scale / 2,))
    if items[skip].key in units.UNITS and units.UNITS[items[skip].key].kind != "x":
        return joined(items[:skip], (0.5,))
    return None


def _and_half(items: Sequence[Item], _language: str) -> Found:
    """Read three and a half, drei und ein halb, tres y media; with a scale before or after it."""
    if not is_number(items[0]):
        return None
    at = 1
    if at < len(items) and items[at].key in quantities.AND:
        at += 1
        if at < len(items) and items[at].key in quantities.ONE:
            at += 1
        quarters = _quarters(items, at)
        if quarters:
            return joined(items[: at + quarters[1]], (items[0].values[0] + quarters[0],))
        if at < len(items) and items[at].key in quantities.HALVES:
            value = items[0].values[0]
            scale = next(
                (one for one in (1e9, 1e6) if items[0].spelt and value >= one and value % one == 0), 0
            )
            if scale:
                return joined(items[: at + 1], (value + scale / 2,))
            after = _is_scale(items[at + 1]) if at + 1 < len(items) else None
            value += 0.5
            return joined(items[: at + 2], (value * after,)) if after else joined(items[: at + 1], (value,))
    return None


def _quarters(items: Sequence[Item], at: int) -> tuple[float, int] | None:
    """Return a quarter or three quarters from a place on, and how many items they are; not those of a time of day."""
    times = 1
    if at < len(items) and is_number(items[at]) and items[at].values[0] == _QUARTERS_MOST:
        times, at = _QUARTERS_MOST, at + 1
    if at >= len(items) or items[at].key not in _QUARTER_WORDS:
        return None
    if at + 1 < len(items) and items[at + 1].key in _BEHIND_QUARTER:
        return None
    return times / 4, 1 + (times > 1)


_QUARTERS_MOST = 3
_QUARTER_WORDS = quantities.QUARTERS | {"quarters", "quarts", "cuartos", "quarti", "quartos"}
_BEHIND_QUARTER = frozenset("past to after till of in the".split())

_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}


def _unit_and_half(items: Sequence[Item], _language: str) -> Found:
    """Return a minute and a half, two miles and a half, dos años y medio: a number with its unit within."""
    bare = units.UNITS.get(items[0].key) if len(items) > 2 and items[0].kind == "word" else None
    if bare and bare.kind in _HALVED and items[1].key in _AND_BARE and items[2].key in quantities.HALVES:
        whole, end = joined(items[:3], (1.5,))
        return whole._replace(unit=items[0].key), end
    count = items[0].values[0] if is_number(items[0]) else float(items[0].key in quantities.ONE)
    unit = units.UNITS.get(items[1].key) if len(items) > 3 else None
    if not count or unit is None or unit.kind not in _HALVED or items[2].key not in quantities.AND:
        return None
    at = 4 if items[3].key in quantities.ONE and len(items) > 4 else 3
    quarters = _quarters(items, at)
    if items[at].key not in quantities.HALVES and not quarters:
        return None
    part, length = quarters or (0.5, 1)
    whole, end = joined(items[: at + length], (count + part,))
    return whole._replace(unit=items[1].key), end


_AND_BARE = frozenset(("e", "y", "et"))
"""Between a unit and its half where one needs no word: ano e meio."""

_HALVED = frozenset(("time", "months", "length", "mass", "volume"))


def _shared_scale(items: Sequence[Item], _language: str) -> Found:
    """Return the first of two to three thousand as two thousand."""
    if len(items) < 3 or not is_number(items[0]) or items[1].key not in RANGE or items[1].values:
        return None
    low, high = items[0].values[0], items[2].values[0] if is_number(items[2]) else 0.0
    scale = next((one for one in (1e9, 1e6, 1e3) if high >= one), 0.0)
    if not (items[0].spelt and items[2].spelt and scale and high % scale == 0 and 1 <= low < high / scale):
        return None
    return items[0]._replace(key="", values=(low * scale, low)), 1


def _billions(items: Sequence[Item], language: str) -> Found:
    """Read seventy b as 70 billion, or as 70."""
    if language != "en" or len(items) < 2 or not is_number(items[0]) or not items[0].spelt:
        return None
    value = items[0].values[0]
    return joined(items[:2], (value * 1e9, value)) if items[1].key == "b" and value > 1 else None


def _glyph(items: Sequence[Item], _language: str) -> Found:
    """Read 3½, and ½ alone."""
    if items[0].key in _GLYPHS:
        return joined(items[:1], (_PERCENT * _GLYPHS[items[0].key],), "share")
    if len(items) > 1 and is_number(items[0]) and items[1].key in _GLYPHS:
        return joined(items[:2], (items[0].values[0] + _GLYPHS[items[1].key],))
    return None


def _scaled(items: Sequence[Item], _language: str) -> Found:
    """Read 25 million, 1.5 Milliarden, 671B, 12k."""
    if len(items) < 2 or not is_number(items[0]) or items[0].named:
        return None
    number, after = items[0], items[1]
    close = after.begin == number.end or (
        len(items) > 2 and items[2].kind == "symbol" and items[2].begin == after.end  # 1,2 M€
    )
    factor = (
        quantities.ATTACHED.get(_letter(after))
        if close and number.digits and after.kind == "word"
        else _is_scale(after)
    )
    if after.key in ("k", "mil", "m") and not close and not number.digits:
        factor = factor if after.key == "mil" else None
    if not factor or (number.values[0] >= _THOUSAND and after.key not in ideographs.SCALES):
        return None
    count = 2
    if len(items) > 2 and after.key == "mil" and (_is_scale(items[2]) or 0) == 1e6:
        factor, count = 1e9, 3
    money = after.key if after.key == "grand" else ""
    return joined(items[:count], tuple(value * factor for value in number.values), key=money)


def _letter(item: Item) -> str:
    return item.key if len(item.key) > 1 else item.digits or item.key


def _point(items: Sequence[Item], _language: str) -> Found:
    """Read three point five where the library does not see it: beside digits, and with more than one
    digit.
    """
    if len(items) < 3 or not (
        is_number(items[0])
        and items[1].key in quantities.POINT
        and (is_number(items[2]) or items[2].key == "oh")
    ):
        return None
    before, after = items[0].values[0], items[2]
    if after.key == "oh":
        return joined(items[:3], (before,))
    if before != int(before) or after.values[0] != int(after.values[0]) or items[0].begin == items[2].begin:
        return None
    return joined(items[:3], (float(f"{before:.0f}.{after.digits or int(after.values[0])}"),))


def _bare_point(items: Sequence[Item], _language: str) -> Found:
    """Read point three percent, point five million: before a unit or a scale, as it may be a point of
    several.
    """
    if len(items) < 3 or items[0].key not in quantities.POINT or not (is_number(items[1]) and items[1].spelt):
        return None
    digits, end = "", 1
    while end < len(items) and is_number(items[end]) and 0 <= items[end].values[0] < _PERCENT:
        digits += f"{items[end].values[0]:.0f}"
        end += 1
    if end == len(items) or not (items[end].key in units.UNITS or _is_scale(items[end])):
        return None
    return joined(items[:end], (float(f"0.{digits}"),))


def _price(items: Sequence[Item], language: str) -> Found:
    """Read twelve fifty, eins zwanzig: a sum with its hundredths, or two numbers; in every way."""
    if language not in _PRICED or len(items) < 2 or not (is_number(items[0]) and is_number(items[1])):
        return None
    whole, cents = items[0].values[0], items[1].values[0]
    if not (items[0].spelt and items[1].spelt and 1 <= whole < _PERCENT and 10 <= cents < _PERCENT):
        return None
    if whole != int(whole) or cents != int(cents) or (len(items) > 2 and items[2].values):
        return None
    if whole % _TENS == 0 and cents % _TENS == 0:  # twenty thirty: a range
        return None
    return joined(items[:2], (whole + cents / _PERCENT, whole * _PERCENT + cents, whole, cents))


def _score(items: Sequence[Item], language: str) -> Found:
    """Read four score and seven: twenties."""
    if language != "en" or len(items) < 3 or not is_number(items[0]) or items[1].key != "score":
        return None
    if items[2].key == "and" and len(items) > 3 and is_number(items[3]) and items[3].values[0] < _TWENTY:
        return joined(items[:4], (_TWENTY * items[0].values[0] + items[3].values[0],))
    return joined(items[:2], (_TWENTY * items[0].values[0],)) if items[2].key == "years" else None


_TENS, _DOZEN, _TWENTY = 10, 12, 20
_PRICED = frozenset(("en", "de"))


def _zero(items: Sequence[Item], language: str) -> Found:
    """Read three nil."""
    return joined(items[:1], (0.0,)) if language == "en" and items[0].key in quantities.ZEROES else None


def _sum_with_cents(items: Sequence[Item], language: str) -> Found:
    """Read five pounds fifty, vier Euro achtzig, cuatro euros con ochenta, 4 euros 80: where no noun
    follows.
    """
    if len(items) < 3 or not is_number(items[0]) or items[0].values[0] != int(items[0].values[0]):
        return None
    unit = units.UNITS.get(items[1].key) if items[1].kind in ("word", "unit", "symbol") else None
    if unit is None or unit.kind not in units.CURRENCIES or unit.kind in ("cents", "pence"):
        return None
    at = 3 if items[2].key in quantities.CENT_WORDS and not items[2].values and language != "en" else 2
    if at >= len(items) or not is_number(items[at]) or items[at].spelt != items[0].spelt:
        return None
    cents, after = items[at].values[0], items[at + 1].key if at + 1 < len(items) else ""
    if not 1 <= cents < _PERCENT or cents != int(cents) or (at + 1 < len(items) and items[at + 1].values):
        return None
    if after and after not in function_words.FUNCTION_WORDS.get(language, ()):
        return None
    whole, count = joined(items[: at + 1], (items[0].values[0] + cents / _PERCENT, items[0].values[0]))
    return whole._replace(unit=items[1].key), count


def _parts(items: Sequence[Item], _language: str) -> Found:
    """Read two thirds, drei Viertel, a third: percent."""
    if len(items) < 2:
        return None
    counted = items[0].values[0] if is_number(items[0]) else float(items[0].key in quantities.ONE)
    under = quantities.PARTS.get(items[1].key)
    count = 2
    if not under and len(items) > 2 and items[2].key in ("parte", "partes", "parti", "parts"):
        under, count = quantities.FEMININE_PARTS.get(items[1].key), 3
    if not under or not 0 < counted < under or (items[0].digits.isdigit() and not items[0].spelt):
        return None
    if counted == 1 and items[1].key in _ALSO_ORDINAL and items[0].key not in quantities.ONE:
        return None
    return joined(items[:count], (_PERCENT * counted / under,), "share")


_ALSO_ORDINAL = frozenset(("fourth", "fifth", "sixth", "eighth", "tenth"))


def _out_of(items: Sequence[Item], language: str) -> Found:
    """Read nine out of ten, one in five, neun von zehn: percent. The words stay in the key."""
    middle = _OUT_OF.get(language, ())
    for between in middle:
        end = len(between) + 2
        if (
            len(items) >= end
            and is_number(items[0])
            and tuple(item.key for item in items[1 : end - 1]) == between
            and is_number(items[end - 1])
        ):
            over, under = items[0].values[0], items[end - 1].values[0]
            if between == ("of",) and under < _TENS:  # one of two is no half
                return None
            if 0 < over < under <= _PERCENT and under in _ROUND:
                key = f"{over:.0f}/{under:.0f}"
                return joined(items[:end], (_PERCENT * over / under,), "share", key)
    return None


_ROUND = frozenset((2, 3, 4, 5, 6, 8, 10, 12, 20, 50, 100))
_OUT_OF = {
    "en": (("out", "of"), ("out", "of", "a"), ("in",), ("in", "a"), ("of",)),
    "de": (("von",), ("aus",)),
    "fr": (("sur",),),
    "es": (("de", "cada"), ("de",)),
    "it": (("su",),),
    "pt": (("em", "cada"),),
}


def _couple(items: Sequence[Item], language: str) -> Found:
    """Return a couple hundred, a couple of thousand: twice as many."""
    if language != "en" or items[0].key != "couple" or len(items) < 2:
        return None
    at = 2 if items[1].key == "of" and len(items) > 2 else 1
    value = items[at].values[0] if is_number(items[at]) else quantities.DOZENS.get(items[at].key, 0)
    return joined(items[: at + 1], (2 * value,)) if value >= _PERCENT or value == _DOZEN else None


def _dozen(items: Sequence[Item], _language: str) -> Found:
    """Return a dozen, two dozen, une centaine."""
    if items[0].key in quantities.DOZENS and not items[0].values:
        return joined(items[:1], (quantities.DOZENS[items[0].key],), key="dozen")
    if len(items) > 1 and is_number(items[0]) and items[1].key in quantities.DOZENS:
        return joined(items[:2], (items[0].values[0] * quantities.DOZENS[items[1].key],))
    return None


def _series(items: Sequence[Item], _language: str) -> Found:
    """Read single digits said one after the other as one number: six seven one."""
    count = 0
    digits = ""
    for item in items:
        single = is_number(item) and item.spelt and 0 <= item.values[0] < 10
        if not (single or (item.key == "oh" and count)):
            break
        digits += item.digits or (f"{item.values[0]:.0f}" if single else "0")
        count += 1
    if count < _SERIES:
        return None
    return joined(items[:count], (float(digits),), "sequence", digits)


def _negative(items: Sequence[Item], _language: str) -> Found:
    """Read minus five, negative five."""
    if len(items) > 1 and items[0].key in quantities.MINUS and is_number(items[1]):
        return joined(items[:2], tuple(-abs(value) for value in items[1].values))
    return None


def _below_zero(items: Sequence[Item], _language: str) -> Found:
    """Read five below zero, fünf Grad unter null."""
    for end in (3, 4):
        if len(items) < end or not is_number(items[0]):
            return None
        tail = items[end - 2 : end]
        if tail[0].key in ("below", "unter", "sous", "bajo", "sotto", "abaixo") and tail[1].values == (0.0,):
            return Item(
                items[0].key,
                items[0].begin,
                items[0].end,
                "number",
                (-items[0].values[0],),
                spelt=items[0].spelt,
            ), 1
    return None


_ORDINAL_ENDINGS = frozenset("st nd rd th e er eme ere re o a ste ten te ter".split())


def _ordinal_digits(items: Sequence[Item], _language: str) -> Found:
    """Read 21st, 2e, 1er, 3º."""
    if len(items) < 2 or not is_number(items[0]) or items[1].begin != items[0].end:
        return None
    if items[0].digits.isdecimal() and items[1].key in _ORDINAL_ENDINGS:
        return joined(items[:2], items[0].values, "ordinal")
    return None


_FIRST: tuple[Rule, ...] = (
    moments.clock, _unit_and_half, ideographs.mixed, ideographs.fraction, ideographs.decimal, ideographs.number, ideographs.hangul, _sum_with_cents, _zero, _series, moments.year, moments.decade, _couple, _price, _score, _half_of_scale, _and_half, _glyph, _bare_point, _point, _ordinal_digits, _scaled, _dozen,
)  # fmt: skip
_SECOND: tuple[Rule, ...] = (
    article,
    _billions,
    _shared_scale,
    _scaled,
    _out_of,
    _parts,
    _negative,
    _below_zero,
)
_BEGINNINGS = frozenset().union(
    moments.BEGINNINGS, ideographs.BEGINNINGS, quantities.ONE, quantities.HALVES, quantities.ZEROES,
    quantities.DOZENS, quantities.MINUS, quantities.POINT, _GLYPHS, ("couple",),
    (key for key, unit in units.UNITS.items() if unit.kind in _HALVED),
)  # fmt: skip
"""Words with which a rule may begin, beside numbers: most words of a text need not be looked at."""
