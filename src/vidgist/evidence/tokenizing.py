"""A text as the tokens that two spellings of it have in common, its figures read. Pure.

Number words and digits, units, currencies, percent, factors, decades and times of day become one form each;
fillers go. A token keeps its place in the text, so that what is found can be shown as it was said.
"""

from vidgist.evidence import combining, dates, folded_words, numerals, quantities, units
from vidgist.evidence.figures import Figure
from vidgist.evidence.function_words import FILLERS
from vidgist.evidence.items import Item, Token
from vidgist.evidence.units import UNITS, Unit

_LAST_OF_PHRASE = frozenset(words[-1] for words in units.PHRASES)

_NOON = 12
_PERCENT = 100.0
_YEAR_DIGITS = 2
"""Of a year behind an apostrophe."""


def tokens(text: str, language: str) -> list[Token]:
    """Return the tokens of a text. ``language`` is one of two letters or empty; see
    `vidgist.evidence.function_words`.
    """
    fillers = FILLERS.get(language, FILLERS[""])
    items = [item for item in _items(text, language) if item.key not in fillers or item.values]
    items = combining.combine(items, language)
    found: list[Token] = []
    for at, item in enumerate(items):
        before = items[at - 1] if at else None
        after = items[at + 1 : at + 3]
        if item.values:
            found.extend(_figure(text, item, before, after))
        elif (
            item.kind == "symbol"
            and after
            and after[0].values
            and item.key in units.SYMBOLS
            and _touch(item, after[0])
        ):
            continue  # read with the figure that follows
        else:
            found.append(_word(text, item, before))
    return dates.with_units(dates.ranged(dates.ordered(found)), text)


def figures(found: list[Token]) -> list[tuple[int, Figure]]:
    """Return the figures among tokens, each with the place of its token."""
    return [(place, token.figure) for place, token in enumerate(found) if token.figure]


def _items(text: str, language: str) -> list[Item]:
    """Return words and numbers, in order; number words not yet put together."""
    raw = _joined(folded_words.split(text))
    plain = [text[word.begin : word.end].lower() if word.kind == "word" else "." for word in raw]
    spelt = {one.first: one for one in numerals.spelt(plain, language)}
    items: list[Item] = []
    at = 0
    while at < len(raw):
        word, one = raw[at], spelt.get(at)
        if one and word.key not in UNITS:
            items.append(_spelt(one, raw))
            at = one.end
            continue
        items.extend(_written(text, word, language))
        at += 1
    return items


def _joined(raw: list[folded_words.Word]) -> list[folded_words.Word]:
    """Join units of several words, before a number is read out of them: ``pour cent``, ``US$``."""
    found: list[folded_words.Word] = []
    for word in raw:
        for count in (2, 1) if word.key in _LAST_OF_PHRASE else ():
            before = found[-count:]
            name = (
                units.PHRASES.get((*(one.key for one in before), word.key)) if len(before) == count else None
            )
            if name:
                found[-count:] = [
                    folded_words.Word(folded_words.fold(name), before[0].begin, word.end, "unit")
                ]
                break
        else:
            sign = units.DOLLARS.get(found[-1].key) if word.key == "$" and found else None
            if sign and found[-1].end == word.begin:
                found[-1] = folded_words.Word(sign, found[-1].begin, word.end, "symbol")
            else:
                found.append(word)
    return found


def _spelt(one: numerals.Spelt, raw: list[folded_words.Word]) -> Item:
    kind = "ordinal" if one.ordinal else "number"
    single = one.end - one.first == 1
    part = quantities.PARTS.get(raw[one.end - 1].key)
    if kind == "ordinal" and part == one.value and raw[one.first].key == "one":
        return Item("", raw[one.first].begin, raw[one.end - 1].end, "share", (_PERCENT / part,), spelt=True)
    if single and raw[one.first].key in quantities.PLURALS:
        return Item(raw[one.first].key, raw[one.first].begin, raw[one.first].end, "word")
    return Item(
        raw[one.first].key if single else "",
        raw[one.first].begin,
        raw[one.end - 1].end,
        kind,
        (one.value,),
        spelt=True,
        digits=one.digits,
    )


def _written(text: str, word: folded_words.Word, language: str) -> list[Item]:
    """Return the items of one word or of one number in digits."""
    if word.kind == "number":
        values = numerals.digits(word.key, language)
        if values and folded_words.is_negative(text, word.begin):
            values = tuple(-value for value in values)
        return [_number(text, word, values)]
    if word.kind == "clock":
        hours, minutes = map(int, word.key.split(":")[:2])
        return [Item(f"{hours}:{minutes:02}", word.begin, word.end, "clock", (hours * 60.0 + minutes,))]
    if word.kind == "date":
        return _date(word, language)
    if word.kind == "fraction":
        return _fraction(word)
    if word.kind == "phone":
        plain = "".join(filter(str.isdecimal, word.key))
        return [Item(plain, word.begin, word.end, "sequence", (float(plain),), digits=plain)]
    roman = numerals.roman(text[word.begin : word.end]) if word.kind == "word" else None
    if roman:
        return [Item(str(roman), word.begin, word.end, "roman", (float(roman),), spelt=True)]
    said = text[word.begin : word.end]
    half = combining.and_a_half(said.lower(), language)
    if half:
        return [Item(word.key, word.begin, word.end, "number", (half,), spelt=True)]
    folded = combining.folded(said.lower(), language)
    if folded:
        return [
            Item(word.key, word.begin, word.end, "number", (folded,), spelt=True),
            Item("x", word.end, word.end, "unit"),
        ]
    return [Item(word.key, word.begin, word.end, word.kind, digits=said if len(said) == 1 else "")]


def _number(text: str, word: folded_words.Word, values: tuple[float, ...]) -> Item:
    """Return a number in digits, with what stands against it: a year's apostrophe, the letters of a name."""
    close, before = text[max(0, word.begin - 1) : word.begin], text[max(0, word.begin - 2) : word.begin - 1]
    if len(word.key) == _YEAR_DIGITS and word.key.isdecimal() and close and close in "'’‘":
        values = tuple(float(century + int(word.key)) for century in (1900, 2000, 0))
    letter = before if close == "-" else close
    named = letter.isalpha() and not folded_words.UNSPACED.match(letter)
    return Item(word.key, word.begin, word.end, "number", values, digits=word.key, named=named)


def _date(word: folded_words.Word, language: str) -> list[Item]:
    if "-" in word.key:
        year, month, day = map(int, word.key.split("-"))
    else:
        first, second, year = map(int, word.key.replace("/", ".").split("."))
        american = language == "en" and "/" in word.key
        month, day = (first, second) if (american and first <= 12) or second > 12 else (second, first)
    where = word.begin, word.end
    return [
        Item(str(day), *where, "number", (float(day),)),
        Item("", *where, "month", (float(month),)),
        Item(str(year), *where, "number", (float(year),)),
    ]


_PARTED = frozenset((2, 3, 4, 5, 6, 8, 10, 100))


def _fraction(word: folded_words.Word) -> list[Item]:
    over, under = map(int, word.key.split("/"))
    if over < under and under in _PARTED:
        return [Item(word.key, word.begin, word.end, "share", (100 * over / under,))]
    middle = word.begin + word.key.index("/")
    return [
        Item(str(over), word.begin, middle, "number", (float(over),)),
        Item(str(under), middle + 1, word.end, "number", (float(under),)),
    ]


def _figure(text: str, item: Item, before: Item | None, after: list[Item]) -> list[Token]:
    """Return the token of a figure, and that of a currency's sign before it."""
    begin, unit, extra = item.begin, None, []
    if before and before.kind == "symbol" and before.key in units.SYMBOLS and _touch(before, item):
        begin, unit = before.begin, UNITS[before.key]
        if folded_words.is_negative(text, begin):
            item = item._replace(values=tuple(-abs(value) for value in item.values))
        extra = [Token(unit.key, begin, item.end)]
    elif item.unit:
        unit = UNITS[item.unit]
        extra = [Token(unit.key, begin, item.end)]
    elif not item.named and item.kind in ("number", "share", "roman") and after:
        unit = _unit(text, item, after)
    values = item.values
    if extra and after and after[0].key == "m" and after[0].begin == item.end:  # $5m
        values = tuple(value * 1e6 for value in values)
        item = item._replace(values=values)
    if item.kind == "share":
        extra = [Token("%", begin, item.end)]
    if item.key == "grand" and unit is None:
        unit = units.MONEY
    kind = {"roman": "number"}.get(item.kind, item.kind)
    said = text[begin : item.end] + (
        f" {text[after[0].begin : after[0].end]}".rstrip() if unit and not extra else ""
    )
    figure = Figure(values, kind, unit, item.spelt, said, item.named)  # type: ignore[arg-type]
    return [Token(_key(item), begin, item.end, figure), *extra]


_OF = frozenset(("d", "de", "di"))
"""Between a million and what it counts, in some languages."""


def _unit(text: str, item: Item, after: list[Item]) -> Unit | None:
    """Return the unit that follows a figure, itself or behind the end of a range:
    twenty to thirty percent.
    """
    first = after[0]
    if first.key in _OF and len(after) > 1:
        first = after[1]
    between = text[item.end : first.begin]
    parted = first.kind != "symbol" and set(between) & set(".!?;:()")
    if first.key in UNITS and not first.values and not parted:
        if first.kind == "word" and text[first.begin : first.end] == "M":
            return None
        return UNITS[first.key]
    return None


def _word(text: str, item: Item, before: Item | None) -> Token:
    """Return the token of a word; of a unit behind a figure, its common name."""
    key, said = item.key, text[item.begin : item.end]
    unit = UNITS.get(key)
    if unit and before and before.key in quantities.ONE and not before.values and unit.kind in units.LONE:
        said = text[before.begin : item.end]
        return Token(unit.key, item.begin, item.end, Figure((1.0,), "number", unit, spelt=True, text=said))
    if unit and (item.kind in ("unit", "symbol") or (before and before.values) or _is_plain(unit, key)):
        return Token(unit.key, item.begin, item.end)
    figure = None
    if key in quantities.FACTORS:
        figure = Figure((quantities.FACTORS[key],), "number", UNITS["x"], spelt=True, text=said)
    elif key in quantities.SHARES:
        figure = Figure((quantities.SHARES[key],), "share", UNITS["%"], spelt=True, text=said)
    elif key in quantities.MONTHS:
        figure = Figure((float(quantities.MONTHS[key]),), "month", text=said)
    return Token(key, item.begin, item.end, figure)


def _is_plain(unit: Unit, key: str) -> bool:
    """Return whether a word is a unit's name in any place."""
    return len(key) > 1 and (unit.key == "%" or unit.kind in units.CURRENCIES)


def _key(item: Item) -> str:
    if item.kind == "decade":
        return f"{item.values[0] % 100:.0f}s"
    if item.kind == "share":
        return f"{item.values[0]:.4g}"
    if item.kind == "month":
        return f"month{item.values[0]:.0f}"
    if item.kind == "clock":
        return f"{item.values[0] / 60 % _NOON or _NOON:.4g}"
    if item.kind == "sequence":
        return item.key
    return f"{item.values[0]:.12g}"


def _touch(one: Item, other: Item) -> bool:
    """Return whether nothing but a space may stand between them."""
    return other.begin - one.end <= 1
