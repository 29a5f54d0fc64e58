"""Years, decades and times of day that several words make together. Pure."""

from collections.abc import Sequence

from vidgist.evidence import quantities
from vidgist.evidence.items import Found, Item, is_number, joined

_FIRST_CENTURY, _LAST_CENTURY = 11, 21
_PAIRED = frozenset(("en", "de", "nl"))
"""Languages that say a year as two numbers: nineteen eighty-four."""


def year(items: Sequence[Item], language: str) -> Found:
    """Nineteen eighty-four, twenty twenty-five, nineteen oh five; nineteen eighties."""
    first = items[0]
    if language not in _PAIRED or len(items) < 2 or not is_number(first) or not first.spelt:
        return None
    century, second = first.values[0], items[1]
    if not _FIRST_CENTURY <= century < _LAST_CENTURY or century != int(century):
        return None
    if second.key in quantities.DECADES:
        return joined(items[:2], (century * 100 + quantities.DECADES[second.key],), "decade")
    if second.key in ("oh", "o") and len(items) > 2 and is_number(items[2]) and items[2].values[0] < 10:
        return joined(items[:3], (century * 100 + items[2].values[0],))
    if is_number(second) and second.spelt and 10 <= second.values[0] < 100 and second.begin - first.end <= 2:
        return joined(items[:2], (century * 100 + second.values[0],))
    return None


_DECADES = frozenset((*range(20, 100, 10), *range(1_000, 2_100, 10)))


def decade(items: Sequence[Item], _language: str) -> Found:
    """The eighties, 1980s, the '80s, 80er, achtziger Jahre, années 80."""
    first = items[0]
    if first.key in quantities.DECADES and not first.values:
        return joined(items[:1], (float(quantities.DECADES[first.key]),), "decade")
    if len(items) < 2:
        return None
    second = items[1]
    tens = first.values[0] if is_number(first) and first.digits else 0
    if tens and tens % 10 == 0 and second.key in ("s", "er", "ern") and second.begin - first.end <= 1:
        return joined(items[:2], (tens,), "decade")
    if first.key in ("annees", "anos", "anni") and is_number(second) and second.values[0] in _DECADES:
        return joined(items[:2], (second.values[0],), "decade")
    return None


_DAY_HALVES = frozenset(("am", "pm", "a", "p", "oclock", "uhr"))


def _hour_and_minutes(items: Sequence[Item]) -> Found:
    """Four thirty p.m.; vier Uhr dreißig."""
    at = 2 if len(items) > 2 and items[1].key == "uhr" else 1
    if len(items) < at + 2 or not (is_number(items[0]) and is_number(items[at])):
        return None
    hour, minutes = items[0].values[0], items[at].values[0]
    if not (0 < hour <= 24 and 10 <= minutes < 60 and items[0].spelt and items[at].spelt):
        return None
    if at == 1 and items[2].key not in _DAY_HALVES:
        return None
    return joined(items[: at + 1], (hour * 60 + minutes,), "clock", f"{hour:.0f}:{minutes:02.0f}")


_HALF_PAST = {"half": 30, "quarter": 15}


def clock(items: Sequence[Item], language: str) -> Found:
    """Half past four, halb fünf, quarter to nine, nine o'clock."""
    if (
        len(items) > 1
        and is_number(items[0])
        and items[1].key in ("oclock", "uhr")
        and items[0].values[0] <= 24
    ):
        return joined(items[:2], (items[0].values[0] * 60,), "clock", f"{items[0].values[0]:.0f}:00")
    said = _hour_and_minutes(items)
    if said:
        return said
    if (
        language == "de"
        and len(items) > 1
        and items[0].key == "halb"
        and is_number(items[1])
        and items[1].values[0] <= 12
    ):
        return joined(items[:2], (items[1].values[0] * 60 - 30,), "clock", f"{items[1].values[0] - 1:.0f}:30")
    if (
        len(items) > 2
        and items[0].key in _HALF_PAST
        and items[1].key in ("past", "to")
        and is_number(items[2])
    ):
        minutes = _HALF_PAST[items[0].key] * (1 if items[1].key == "past" else -1)
        value = items[2].values[0] * 60 + minutes
        return joined(items[:3], (value,), "clock", f"{value // 60:.0f}:{value % 60:02.0f}")
    return None
