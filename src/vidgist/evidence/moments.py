"""Years, decades and times of day that several words make together. Pure."""

from collections.abc import Sequence

from vidgist.evidence import quantities, units
from vidgist.evidence.items import Found, Item, is_number, joined

_FIRST_CENTURY, _LAST_CENTURY = 11, 21
_FIRST_YEARS = 15
"""Of the centuries whose years are mostly years: twelve fifty, twenty thirty may be two numbers."""
_PAIRED = frozenset(("en", "de", "nl"))
"""Languages that say a year as two numbers: nineteen eighty-four."""


def year(items: Sequence[Item], language: str) -> Found:
    """Read nineteen eighty-four, twenty twenty-five, nineteen oh five; nineteen eighties."""
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
        after = units.UNITS.get(items[2].key) if len(items) > 2 else None
        if after and after.kind in units.CURRENCIES:  # twelve fifty euros
            return None
        whole = (century * 100 + second.values[0],)
        is_plain = _FIRST_YEARS <= century < _LAST_CENTURY - 1
        return joined(items[:2], whole if is_plain else (*whole, century, second.values[0]))
    return None


_YEARS = frozenset(("annees", "anos", "anni"))
_DECADES = frozenset((*range(20, 100, 10), *range(1_000, 2_100, 10)))


def decade(items: Sequence[Item], _language: str) -> Found:
    """Return the eighties, 1980s, the '80s, 80er, achtziger Jahre, années 80."""
    first = items[0]
    if first.key in quantities.DECADES and not first.values:
        return joined(items[:1], (float(quantities.DECADES[first.key]),), "decade")
    if len(items) < 2:
        return None
    second = items[1]
    tens = first.values[0] if is_number(first) and first.digits else 0
    if tens and tens % 10 == 0 and second.key in ("s", "er", "ern") and second.begin - first.end <= 1:
        return joined(items[:2], (tens,), "decade")
    if first.key in _YEARS and is_number(second) and second.values[0] in _DECADES:
        return joined(items[:2], (second.values[0],), "decade")
    if first.key in quantities.DECADE_WORDS:
        at = next((at for at in (1, 2, 3) if at < len(items) and items[at].values), 0)
        if (
            at > 1
            and all(item.key in _OF_DECADES for item in items[1:at])
            and items[at].values[0] in _DECADES
        ):
            ends = at + (
                at + 1 < len(items) and items[at + 1].key == "s" and items[at + 1].begin == items[at].end
            )
            return joined(items[: ends + 1], (items[at].values[0],), "decade")
    return None


_OF_DECADES = frozenset("of the de des los las dos der da di dei degli".split())
_DAY_HALVES = frozenset(("am", "pm", "a", "p", "oclock", "uhr"))


def _hour_and_minutes(items: Sequence[Item]) -> Found:
    """Read four thirty p.m.; vier Uhr dreißig."""
    at = 2 if len(items) > 2 and items[1].key == "uhr" else 1
    if len(items) < at + 2 or not (is_number(items[0]) and is_number(items[at])):
        return None
    hour, minutes = items[0].values[0], items[at].values[0]
    if not (0 < hour <= 24 and 10 <= minutes < 60 and items[0].spelt and items[at].spelt):
        return None
    behind = [item.key for item in items[2:4]]
    if at == 1 and (behind[0] not in _DAY_HALVES or (behind[0] in ("a", "p") and behind[1:] != ["m"])):
        return None
    return joined(items[: at + 1], (hour * 60 + minutes,), "clock", f"{hour:.0f}:{minutes:02.0f}")


_HALF_PAST = {"half": 30, "quarter": 15, "viertel": 15}
_PAST = {"past": 1, "after": 1, "nach": 1, "to": -1, "vor": -1}
_ROMANCE = frozenset(("fr", "es", "it", "pt"))


def _with_quarters(items: Sequence[Item], language: str) -> Found:
    """Read six heures et demie, las ocho menos cuarto, sette e un quarto: before or after the hour, by
    parts of it.
    """
    at = 2 if len(items) > 1 and items[1].key in quantities.HOURS else 1
    if language not in _ROMANCE or len(items) < at + 2 or not is_number(items[0]) or items[0].values[0] > 24:
        return None
    sign = 1 if items[at].key in quantities.AND else -1 if items[at].key in quantities.MINUS else 0
    end = at + 2 if items[at + 1].key in _BEFORE_QUARTER and len(items) > at + 2 else at + 1
    part = 15 if items[end].key in quantities.QUARTERS else 0
    if items[end].key in quantities.HALVES and sign > 0 and at == 2:
        part = 30
    if not (sign and part):
        return None
    value = items[0].values[0] * 60 + sign * part
    return joined(items[: end + 1], (value,), "clock", f"{value // 60:.0f}:{value % 60:02.0f}")


_BEFORE_QUARTER = frozenset(("le", "un", "um", "el"))


def _with_hours(items: Sequence[Item]) -> Found:
    """Read 6 h 30, 7h45, 17 Uhr 30, siebzehn Uhr dreißig, 7.45 Uhr; not a duration: 2 h 30 min."""
    if len(items) < 2 or not is_number(items[0]) or items[1].key not in quantities.HOURS:
        return None
    hour = items[0].values[-1] if "." in items[0].digits else items[0].values[0]
    if items[1].key == "uhr" and "." in items[0].digits:
        hours, _, minutes = items[0].digits.partition(".")
        if len(minutes) == 2 and minutes.isdecimal() and int(hours) <= 24 and int(minutes) < 60:
            value = int(hours) * 60 + int(minutes)
            return joined(items[:2], (float(value),), "clock", f"{hours}:{minutes}")
    if hour != int(hour) or hour > 24:
        return None
    if len(items) > 2 and items[2].values and items[2].kind == "number" and items[2].values[0] < 60:
        minutes_ = items[2].values[0]
        is_duration = len(items) > 3 and items[3].key in (
            "min",
            "mins",
            "minuten",
            "minutes",
            "minutos",
            "minuti",
        )
        if minutes_ == int(minutes_) and not is_duration and (items[1].key in ("uhr", "h") or minutes_ >= 5):
            return joined(items[:3], (hour * 60 + minutes_,), "clock", f"{hour:.0f}:{minutes_:02.0f}")
    if items[1].key == "uhr":
        return joined(items[:2], (hour * 60,), "clock", f"{hour:.0f}:00")
    return None


def _minutes_past(items: Sequence[Item], language: str) -> Found:
    """Read twenty past four, zehn nach acht."""
    if (
        len(items) < 3
        or not (is_number(items[0]) and is_number(items[2]))
        or items[0].values[0] not in _MINUTES
    ):
        return None
    if items[1].key != "past" and not (language == "de" and items[1].key == "nach"):
        return None
    if not 0 < items[2].values[0] <= 12:
        return None
    value = items[2].values[0] * 60 + items[0].values[0]
    return joined(items[:3], (value,), "clock", f"{value // 60:.0f}:{value % 60:02.0f}")


_MINUTES = frozenset((5.0, 10.0, 20.0, 25.0))


def clock(items: Sequence[Item], language: str) -> Found:
    """Read half past four, halb fünf, quarter to nine, nine o'clock."""
    if len(items) > 1 and is_number(items[0]) and items[1].key == "oclock" and items[0].values[0] <= 24:
        return joined(items[:2], (items[0].values[0] * 60,), "clock", f"{items[0].values[0]:.0f}:00")
    said = (
        _with_hours(items)
        or _hour_and_minutes(items)
        or _with_quarters(items, language)
        or _minutes_past(items, language)
    )
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
        and items[1].key in _PAST
        and is_number(items[2])
        and 0 < items[2].values[0] <= 12
    ):
        minutes = _HALF_PAST[items[0].key] * _PAST[items[1].key]
        value = items[2].values[0] * 60 + minutes
        return joined(items[:3], (value,), "clock", f"{value // 60:.0f}:{value % 60:02.0f}")
    return None


BEGINNINGS = frozenset(("halb", *_HALF_PAST, *_YEARS, *quantities.DECADES, *quantities.DECADE_WORDS))
"""Words with which a moment may begin, beside numbers."""
