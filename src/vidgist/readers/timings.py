"""Which unit the times of a JSON list are in, where it does not say: decided by how fast speech can be."""

import math
from collections.abc import Sequence
from statistics import median

from vidgist.readers.cues import Cue
from vidgist.readers.json_entries import Entry, count
from vidgist.text.transcript import MOST_SECONDS

_SCALES = (1.0, 1e-3, 1e-6, 1e-7, 1e-9)
_SLOWEST_WORD = 15.0
"""Seconds a word, on average of all entries; a list slower than that counts in a smaller unit."""


def scaled(entries: Sequence[Entry]) -> tuple[list[Cue], list[str]]:
    """Return cues with times in seconds, counted from the first one where they are times of a day."""
    scale = _scale(entries)
    cues = [
        Cue(one.start * (one.scale or scale), one.end * (one.scale or scale), one.text, one.speaker)
        for one in entries
    ]
    first = min((cue.start for cue in cues if math.isfinite(cue.start)), default=0.0)
    if first <= MOST_SECONDS:
        return cues, []
    moved = [cue._replace(start=cue.start - first, end=cue.end - first) for cue in cues]
    return moved, ["its times are times of the day: they are counted from the first one on"]


def _scale(entries: Sequence[Entry]) -> float:
    counted = [one for one in entries if math.isfinite(one.start) and not one.scale]
    if not counted or not all(_is_whole(one.start) and _is_whole(one.end) for one in counted):
        return 1.0
    lengths = [
        (one.end - one.start) / count(one.text)
        for one in counted
        if math.isfinite(one.end) and one.end > one.start and count(one.text)
    ]
    words = sum(count(one.text) for one in counted)
    span = max(one.start for one in counted) - min(one.start for one in counted)
    slow = median(lengths) if lengths else span / words if words else 0.0
    return next((scale for scale in _SCALES if slow * scale <= _SLOWEST_WORD), _SCALES[-1])


def _is_whole(time: float) -> bool:
    return not math.isfinite(time) or time == int(time)
