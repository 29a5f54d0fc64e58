"""Numbers in Chinese characters, as Chinese, Japanese and Korean write them. Pure.

Positional notation with multipliers: 二百五十万 is 2,500,000; digits alone stand for themselves: 二〇二六.
"""

import itertools
import math
from collections.abc import Sequence

from vidgist.evidence.items import Found, Item, is_number, joined

_DIGITS = {
    key: value
    for value, keys in enumerate(("〇零", "一壱", "二两兩", "三参", "四", "五", "六", "七", "八", "九"))
    for key in keys
}
_TENS = {"十": 10, "百": 100, "千": 1_000}
_MYRIADS = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "兆": 1e12, "만": 1e4, "억": 1e8, "조": 1e12}
SCALES = {**_MYRIADS, "千": 1e3, "천": 1e3, "百": 1e2}
"""Multipliers behind digits: 250万."""

_HANGUL = dict(zip("일이삼사오육칠팔구십백천만억조", "一二三四五六七八九十百千万億兆", strict=True))
BEGINNINGS = frozenset((*_DIGITS, *_TENS, *_HANGUL))
"""What a number begins with."""

_YEAR_DIGITS = 4
_SURE = 3
"""Characters of which a number that begins with a multiplier has at least: 千九百, while 千葉 is a name."""

_PERCENT = ("百", "分", "之")
_OF = (["分", "之"], ["分", "の"])
_MINUTES = frozenset("分半十")
"""Behind the figure of a time of day."""


def number(items: Sequence[Item], _language: str) -> Found:
    """Read 二百五十, 六千七百一十亿, 十二, 二〇二六; 百分之七十五."""
    if items[0].key not in _DIGITS and items[0].key not in _TENS:
        return None
    if tuple(item.key for item in items[:3]) == _PERCENT:
        return _percent(items)
    run = _run(items)
    keys = [item.key for item in run]
    if len(keys) == 1 and keys[0] in _DIGITS:
        return joined(run, (float(_DIGITS[keys[0]]),), key=keys[0])
    if all(key in _DIGITS for key in keys):
        if len(keys) != _YEAR_DIGITS:
            return None
        return joined(run, (float("".join(str(_DIGITS[key]) for key in keys)),), key="".join(keys))
    is_begun = keys[0] in _DIGITS or keys[0] == "十" or keys[-1] in _MYRIADS or len(keys) >= _SURE
    if len(keys) < 2 or not is_begun:
        return None
    return joined(run, (_value(keys),), key="".join(keys))


def fraction(items: Sequence[Item], _language: str) -> Found:
    """三分之二, 三分の二, 3分の2: percent."""
    under, begin = _part(items)
    if (
        under is None
        or tuple(item.key for item in items[:3]) == _PERCENT
        or [item.key for item in items[begin : begin + 2]] not in _OF
    ):
        return None
    over, length = _part(items[begin + 2 :])
    if over is None or not 0 < over < under:
        return None
    return joined(items[: begin + 2 + length], (100 * over / under,), "share")


def decimal(items: Sequence[Item], _language: str) -> Found:
    """三点五, 二十五点五; not 三点, which is an hour."""
    run = _run(items)
    after = items[len(run) + 1 :]
    if not run or len(items) < len(run) + 2 or items[len(run)].key != "点":
        return None
    decimals = [
        item.key for item in itertools.takewhile(lambda one: one.key in _DIGITS and not one.values, after)
    ]
    if not decimals or (len(after) > len(decimals) and after[len(decimals)].key in _MINUTES):
        return None
    value = float(
        f"{_value([item.key for item in run]):.0f}.{''.join(str(_DIGITS[key]) for key in decimals)}"
    )
    return joined(items[: len(run) + 1 + len(decimals)], (value,))


def mixed(items: Sequence[Item], _language: str) -> Found:
    """2億5000万, 1兆2千億: digits and multipliers in turn, each multiplier smaller than the one before it."""
    whole, at, before = 0.0, 0, math.inf
    while at < len(items) and (at == 0 or items[at].begin == items[at - 1].end):
        part, length = _part(items[at:])
        scale = _MYRIADS.get(items[at + length].key, 1.0) if at + length < len(items) else 1.0
        if part is None or scale >= before or (scale == 1.0 and not is_number(items[at])):
            break
        whole, at, before = whole + part * scale, at + length + (scale > 1), scale
    segments = sum(item.key in _MYRIADS for item in items[:at])
    return joined(items[:at], (whole,)) if segments and at > segments + 1 else None


def hangul(items: Sequence[Item], _language: str) -> Found:
    """삼백만, 구십: Korean numbers that do not stand in digits; of two letters only tens and hundreds."""
    run: list[Item] = []
    for item in items:
        if item.values or item.key not in _HANGUL or (run and item.begin != run[-1].end):
            break
        run.append(item)
    keys = [_HANGUL[item.key] for item in run]
    multipliers = [key for key in keys[1:] if key in _TENS or key in _MYRIADS]
    if len(keys) < 2 or keys[0] in _MYRIADS or not multipliers or (len(keys) == 2 and keys[1] in _MYRIADS):
        return None
    return joined(run, (_value(keys),))


def _part(items: Sequence[Item]) -> tuple[float | None, int]:
    """Return the number with which items begin, and how many of them it is."""
    if items and is_number(items[0]):
        return items[0].values[0], 1
    run = _run(items)
    return (_value([item.key for item in run]), len(run)) if run else (None, 0)


def _percent(items: Sequence[Item]) -> Found:
    after = items[3:]
    if not after:
        return None
    if is_number(after[0]):
        return joined(items[:4], after[0].values[:1], "share")
    whole = decimal(after, "")
    if whole:
        return joined(items[: 3 + whole[1]], whole[0].values, "share")
    run = _run(after)
    if not run:
        return None
    return joined(items[: 3 + len(run)], (_value([item.key for item in run]),), "share")


def _run(items: Sequence[Item]) -> list[Item]:
    run: list[Item] = []
    for item in items:
        if item.values or not (item.key in _DIGITS or item.key in _TENS or (run and item.key in _MYRIADS)):
            break
        run.append(item)
    return run


def _value(keys: Sequence[str]) -> float:
    whole, section, digit = 0.0, 0.0, 0.0
    for key in keys:
        if key in _DIGITS:
            digit = _DIGITS[key]
        elif key in _TENS:
            section += (digit or 1) * _TENS[key]
            digit = 0
        else:
            whole = (
                (whole + (section + digit or 1)) * _MYRIADS[key]
                if whole and _MYRIADS[key] > whole
                else (whole + (section + digit or 1) * _MYRIADS[key])
            )
            section, digit = 0.0, 0.0
    return whole + section + digit
