"""Numbers in Chinese characters, as Chinese, Japanese and Korean write them. Pure.

Positional notation with multipliers: 二百五十万 is 2,500,000; digits alone stand for themselves: 二〇二六.
"""

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

BEGINNINGS = frozenset((*_DIGITS, *_TENS))
"""What a number begins with."""

_YEAR_DIGITS = 4
_PERCENT = ("百", "分", "之")


def number(items: Sequence[Item], _language: str) -> Found:
    """Read 二百五十, 六千七百一十亿, 十二, 二〇二六; 百分之七十五."""
    if items[0].key not in BEGINNINGS:
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
    if len(keys) < 2 or (
        not any(key in _DIGITS for key in keys[:1]) and keys[0] != "十" and keys[-1] not in _MYRIADS
    ):
        return None
    return joined(run, (_value(keys),), key="".join(keys))


def _percent(items: Sequence[Item]) -> Found:
    after = items[3:]
    if not after:
        return None
    if is_number(after[0]):
        return joined(items[:4], after[0].values[:1], "share")
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
