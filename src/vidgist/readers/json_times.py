"""Times in JSON: by which names they go, in which units they are, and what a value says."""

import functools
import math
import re
from collections.abc import Sequence
from datetime import datetime

from vidgist.readers import clocks, metadata

Document = dict[str, object]
Span = tuple[float, float, float]
"""Start and end as they stand there, and how many seconds their unit is; 0 where it is unknown."""

NONE = math.nan

_STARTS = frozenset(
    "start starttime offset from begin ts timestamp time t tstart startoffset starttimestamp startts audiostart "
    "begintime in timecode startat beginoffset timein starts s tc st startsec timestart timeoffset datastart".split()
)
_ENDS = frozenset(
    "end endtime to endoffset endts stop finish out tend endtimestamp audioend endat timeout ends e et timeend stoptime resultendtime resultendoffset dataend".split()
)
_LENGTHS = frozenset("duration dur d length dduration len".split())
_UNITS = (
    (("milliseconds", "millis", "msecs", "ms"), 1e-3),
    (("microseconds", "micros", "us"), 1e-6),
    (("nanoseconds", "nanos", "ns"), 1e-9),
    (("inticks", "ticks"), 1e-7),
    (("inseconds", "seconds", "secs", "sec"), 1.0),
)
_PAIR = 2
_RANGE = re.compile(r"\s*\[?\s*([\d:.,]+s?)\s*(?:-{1,3}>?|[–—→~]|to)\s*([\d:.,]+s?)\s*\]?\s*")


def span(one: Document, keys: Sequence[tuple[str, str, float]]) -> Span:
    """Return start and end of an entry as they stand under ``keys`` (see `kind`), and the unit of these or
    of the values.
    """
    start = end = length = NONE
    scale = 0.0
    for key, what, unit in keys:
        value = one[key]
        if value is None:
            continue
        if what == "start":
            if not math.isnan(start):
                continue
            start, scale = of(value), unit or _own_unit(value)
            if isinstance(value, list | dict) or (isinstance(value, str) and math.isnan(start)):
                start, end, scale = _pair(value, start, end, scale)
        elif what == "end":
            end = of(value) if math.isnan(end) else end
        elif what == "length":
            length = of(value) if math.isnan(length) else length
        else:
            start, end, scale = _pair(value, start, end, scale)
    return start, start + length if math.isnan(end) else end, scale


def rank(key: str) -> int:
    """Return how good a key is beside other keys of times, 0 where those are times of the day; an offset may count
    frames or letters.
    """
    bare = key.lower().replace("_", "")
    return 0 if bare == "timeoffset" else 2 if bare in ("startoffset", "endoffset") else 1


@functools.lru_cache(maxsize=4096)
def kind(key: str) -> tuple[str, float]:
    """Return which time a key names, ``start``, ``end``, ``length``, ``pair`` or none, and its unit in seconds or 0."""
    bare = key.lower().replace("_", "").replace("-", "").replace(" ", "")
    if bare in ("timestamps", "interval", "timerange", "timespan"):
        return "pair", 0.0
    unit = 0.0
    for names, scale in _UNITS:
        ending = next((name for name in names if bare.endswith(name) and len(bare) > len(name)), "")
        if ending and bare not in _STARTS:
            bare, unit = bare.removesuffix(ending), scale
            break
    return (
        "start" if bare in _STARTS else "end" if bare in _ENDS else "length" if bare in _LENGTHS else "",
        unit,
    )


def _pair(value: object, start: float, end: float, scale: float) -> Span:
    """Return both times of one value: a list of two, a text such as ``0:05 - 0:09``, or a document with
    both.
    """
    if isinstance(value, str) and (match := _RANGE.fullmatch(value)):
        first, last = of(match[1]), of(match[2])
        return (first, last, _own_unit(match[1])) if not math.isnan(first) else (start, end, scale)
    if isinstance(value, list) and len(value) == _PAIR:
        return of(value[0]), of(value[1]), _own_unit(value[0])
    if isinstance(value, dict) and not {"seconds", "nanos"} & set(value):
        inner = {key: one for key, one in value.items() if not isinstance(one, list | dict)}
        first, last, unit = span(inner, [(key, *kind(key)) for key in inner])
        if not math.isnan(first):
            return first, last, unit
    return start, end, scale


def _own_unit(value: object) -> float:
    """Return 1 where a value says its unit itself, as ``00:05`` and ``5.0s`` do; 0 for a mere number."""
    if isinstance(value, float):
        return 0.0
    is_number = isinstance(value, int) or (isinstance(value, str) and not math.isnan(number(value)))
    return 0.0 if is_number else 1.0


def number(value: object) -> float:
    return metadata.number(value)


def of(value: object) -> float:
    """Return the time that a value says, NaN where it says none."""
    if isinstance(value, float):
        return value
    plain = metadata.number(value)
    if not math.isnan(plain):
        return plain
    if isinstance(value, str):
        time = clocks.seconds(value)
        return time if not math.isnan(time) else _of_day(value)
    if isinstance(value, dict) and ("seconds" in value or "nanos" in value):
        whole, parts = metadata.number(value.get("seconds", 0)), metadata.number(value.get("nanos", 0))
        return whole + parts / 1e9
    if isinstance(value, dict) and "relative" in value:
        return of(value["relative"])
    return NONE


def _of_day(text: str) -> float:
    try:
        return datetime.fromisoformat(text.strip()).timestamp()
    except (ValueError, OverflowError, OSError):
        return NONE
