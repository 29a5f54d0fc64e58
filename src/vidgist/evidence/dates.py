"""Dates in one order, and the ends of ranges of years, among the tokens of a text. Pure."""

from vidgist.evidence import quantities
from vidgist.evidence.items import Token
from vidgist.evidence.units import bag

_LAST_DAY = 31
_CENTURY, _FIRST_CENTURY, _LAST_CENTURY = 100, 15, 20
RANGE = bag("and to until till through bis auf und à et y al a e ao para")
"""Between the two ends of a range."""


def ranged(found: list[Token]) -> list[Token]:
    """Return the tokens, with the end of a range of years read as a year, too: 1939–45, thirty-nine to
    forty-five.
    """
    for at, token in enumerate(found):
        figure = token.figure
        if not (
            at
            and figure
            and figure.kind == "number"
            and not figure.unit
            and _LAST_DAY < figure.value < _CENTURY
        ):
            continue
        between = found[at - 1].key in RANGE and at > 1
        before = found[at - 2 if between else at - 1].figure
        if (
            (between or not figure.spelt)
            and before
            and before.kind == "number"
            and not before.unit
            and not before.named
        ):
            century, year = divmod(before.value, _CENTURY)
            if _FIRST_CENTURY <= century <= _LAST_CENTURY and year < figure.value:
                values = (century * _CENTURY + figure.value, *figure.values)
                found[at] = token._replace(figure=figure._replace(values=values))
    return found


def with_units(found: list[Token], text: str) -> list[Token]:
    """Return the tokens, the first figures of a range or a row with its unit: 30 to 40 seconds, sixty, seventy percent."""
    for at in range(len(found) - 2, -1, -1):
        figure = found[at].figure
        if not figure or figure.kind != "number" or figure.unit or figure.named:
            continue
        is_range = found[at + 1].key in RANGE and at + 2 < len(found)
        after = found[at + 2 if is_range else at + 1]
        other, between = after.figure, text[found[at].end : after.begin].strip()
        if not other or not other.unit or other.kind != "number" or other.value <= figure.value:
            continue
        if is_range or (between and set(between) <= set(",-–")):
            found[at] = found[at]._replace(figure=figure._replace(unit=other.unit))
    return found


def ordered(found: list[Token]) -> list[Token]:
    """Return the tokens, with dates in one order: day, month, year. Only what is compared moves, no place
    does.
    """
    for at, token in enumerate(found):
        if not token.figure or token.figure.kind != "month":
            continue
        day = found[at - 1] if at and _is_day(found[at - 1]) else None
        behind = found[at + 1] if at + 1 < len(found) and _is_day(found[at + 1]) else None
        if day is None and at > 1 and len(found[at - 1].key) <= 2 and _is_day(found[at - 2]):
            day = found[at - 2]
        if day or behind or token.key not in quantities.ALSO_WORDS:
            month = f"month{token.figure.value:.0f}"
            found[at] = token._replace(key=month)
            if behind and not day:
                found[at] = token._replace(key=behind.key)
                found[at + 1] = behind._replace(key=month)
            elif day:
                place = found.index(day, max(0, at - 2))
                found[place] = day._replace(key=day.key)
    return found


def _is_day(token: Token) -> bool:
    figure = token.figure
    return bool(
        figure and figure.kind in ("number", "ordinal") and not figure.unit and 1 <= figure.value <= _LAST_DAY
    )
