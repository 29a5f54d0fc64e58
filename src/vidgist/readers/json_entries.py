"""Entries of JSON lists: what each says, from when to when, and who says it, by the many names for these."""

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vidgist.readers import json_times, key_roles, voices
from vidgist.readers.key_roles import TEXTS, Shape
from vidgist.readers.speakers import Names, bare, speaker_of

Document = dict[str, object]

_INNER = ("words", "alignment", "tokens", "elements", "items", "result", "instances", "cues")
_ENDS = 3
"""So many of the first and last words show when an entry begins and ends."""

_MORE = (dict, list)
_PUNCTUATION = frozenset(("punctuation", "punct"))
WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60\u0e00-\u0eff\u1780-\u17ff]")
_WIDE_A_WORD = 2
"""Characters of scripts without spaces that are as much as a word."""


def count(text: str) -> int:
    """Return how many words a text has, in scripts with and without spaces."""
    words = len(text.split())
    return words if text.isascii() else max(words, len(WIDE.findall(text)) // _WIDE_A_WORD)


Turn = tuple[float, float, str]
"""From when to when somebody speaks, in the document's unit."""

Place = tuple[str, ...]
"""The keys on the way to a list; a star for the elements of the lists above it."""


class Entry(NamedTuple):
    """One entry. Times are as they stand there, in units of ``scale`` seconds; 0 where that is unknown."""

    text: str
    start: float
    end: float
    speaker: str = ""
    scale: float = 0.0
    mark: bool = False
    """Whether it is a punctuation mark that belongs to the word before."""

    mentions_time: bool = True
    """Whether it says anything of time, understood or not."""

    @property
    def has_time(self) -> bool:
        return not math.isnan(self.start)


class Gathered(NamedTuple):
    """What the lists of a document hold: entries by where their list stands, and turns without words."""

    entries: dict[Place, list[Entry]]
    turns: list[Turn]


def gather(data: object, names: Names, depth: int) -> Gathered:
    """Return what every list of a document holds; lists in the elements of one list are at one place."""
    found = Gathered({}, [])
    _gather(data, (), "", depth, names, found)
    return found


def _gather(data: object, path: Place, speaker: str, depth: int, names: Names, found: Gathered) -> None:
    if depth > 0 and isinstance(data, dict):
        shape = key_roles.of(data)
        speaker = speaker_of(data, names, shape.voices if path[-1:] == ("*",) else shape.sure) or speaker
        for key, value in data.items():
            if isinstance(value, dict | list):
                first = value[:1] if key in key_roles.READINGS and isinstance(value, list) else value
                _gather(first, (*path, key), speaker, depth - 1, names, found)
        for place, entry in itertools.chain(_keyed(data, path, speaker), _columns(data, path, speaker)):
            found.entries.setdefault(place, []).append(entry)
    elif depth > 0 and isinstance(data, list):
        _gather_list(data, path, speaker, depth, names, found)


def _gather_list(
    data: list[object], path: Place, speaker: str, depth: int, names: Names, found: Gathered
) -> None:
    here, below = found.entries.setdefault(path, []), (*path, "*")
    for one in data:
        if isinstance(one, dict):
            shape = key_roles.of(one)
            if entry := _entry(one, shape, speaker, names):
                here.append(entry)
            else:
                _other(one, path, speaker, names, found)
            if not _holds_more(one, shape) or (entry and _is_reading(one, shape)):
                continue
        elif isinstance(one, list):
            if entry := _of_tuple(one):
                here.append(entry)
        else:
            continue
        _gather(one, below, speaker, depth - 1, names, found)


def _other(one: Document, path: Place, speaker: str, names: Names, found: Gathered) -> None:
    """Keep what an element holds that is no entry: one in a wrapper, or a turn."""
    if wrapped := _wrapped(one, path, speaker, names):
        found.entries.setdefault(wrapped[1], []).append(wrapped[0])
    if turn := _turn(one, key_roles.of(one), names):
        found.turns.append(turn)


def _holds_more(one: Document, shape: Shape) -> bool:
    """Return whether an element may hold entries beside the one that it is."""
    for value in one.values():
        if isinstance(value, (dict, list)):
            return True
    return shape.counted


def _is_reading(one: Document, shape: Shape) -> bool:
    """Return whether all that an entry holds is its readings, and the first of these holds no more."""
    if len(shape.readings) != 1 or sum(type(value) in _MORE for value in one.values()) > 1:
        return False
    readings = one[shape.readings[0]]
    first = readings[0] if isinstance(readings, list) and readings else None
    return isinstance(first, dict) and not _holds_more(first, key_roles.of(first))


def listed(data: Document, key: str) -> list[object]:
    value = data.get(key)
    return value if isinstance(value, list) else []


def _entry(one: Document, shape: Shape, speaker: str, names: Names) -> Entry | None:
    text = _text(one, shape)
    if text is None:
        return None
    start, end, scale = _span(one, shape)
    if shape.voices:
        speaker = speaker_of(one, names, shape.voices) or speaker
    elif shape.readings:
        speaker = _speaker_in(one, shape, names) or speaker
    mark = "type" in one and one["type"] in _PUNCTUATION
    return Entry(text, start, end, speaker, scale, mark, bool(shape.times) or start == start)  # noqa: PLR0124


def _speaker_in(one: Document, shape: Shape, names: Names) -> str:
    """Return the speaker by the first reading of an entry that has several."""
    value = one[shape.readings[0]]
    first = value[0] if isinstance(value, list) and value else None
    return speaker_of(first, names, key_roles.of(first).voices) if isinstance(first, dict) else ""


def _wrapped(one: Document, path: Place, speaker: str, names: Names) -> tuple[Entry, Place] | None:
    """Return the entry that an element holds in place of being it: ``{"cue": {"text": …, "start": …}}``."""
    for key, value in one.items():
        if not isinstance(value, dict):
            continue
        entry = _entry(value, key_roles.of(value), speaker, names)
        if entry is not None and entry.has_time:
            return entry, (*path, "*", key)
    return None


def _span(one: Document, shape: Shape) -> json_times.Span:
    """Return the times of an entry; those of what is in it where it has none, or counts them in a unit of its
    own.
    """
    times = json_times.span(one, shape.times)
    counted = not times[2] and times[0] > 0 and times[0].is_integer()
    if not math.isnan(times[0]) and not counted:
        return times
    inner = next((value for key in _INNER if isinstance(value := one.get(key), list) and value), [])
    if counted and inner and isinstance(inner[0], dict) and _begins_at(inner[0], times[0]):
        return times
    ends = inner if len(inner) <= 2 * _ENDS else [*inner[:_ENDS], *inner[-_ENDS:]]
    spans = [json_times.span(each, key_roles.of(each).times) for each in ends if isinstance(each, dict)]
    if spans and math.isnan(spans[0][0]) and not math.isnan(spans[0][1]):
        spans[0] = (0.0, *spans[0][1:])  # Google leaves a time of zero out
    spans = [span for span in spans if not math.isnan(span[0])]
    if not spans or (not math.isnan(times[0]) and all(span[0].is_integer() for span in spans)):
        return times
    return spans[0][0], spans[-1][1], spans[0][2]


def _begins_at(one: Document, start: float) -> bool:
    return json_times.span(one, key_roles.of(one).times)[0] == start


def _of_tuple(one: Sequence[object]) -> Entry | None:
    """Read faster-whisper's segments as lists, and pairs of a time and a text."""
    texts = [n for n, value in enumerate(one) if isinstance(value, str) and any(map(str.isalpha, value))]
    if not texts:
        return None
    words = max(texts, key=lambda n: count(str(one[n])))
    others = [str(one[n]) for n in texts if n != words]
    first = min(texts)
    before = [json_times.number(value) for value in one[:first] if not isinstance(value, list | dict)][-2:]
    after = [json_times.number(value) for value in one[words + 1 : words + 3]]
    times = before or after
    if not times or any(map(math.isnan, times)):
        return None
    speaker = others[0] if others and voices.is_name(others[0]) else ""
    return Entry(str(one[words]), times[0], times[1] if len(times) > 1 else json_times.NONE, speaker)


def _keyed(data: Document, path: Place, speaker: str) -> Iterator[tuple[Place, Entry]]:
    """Read texts by their times: ``{"0:05": "words"}``."""
    starts = [
        (json_times.of(key), value)
        for key, value in data.items()
        if key[:1].isdigit() and isinstance(value, str)
    ]
    if len(starts) > 1 and len(starts) == len(data) and not any(math.isnan(start) for start, _ in starts):
        for start, text in starts:
            yield (*path, "{}"), Entry(text, start, json_times.NONE, speaker)


def _columns(data: Document, path: Place, speaker: str) -> Iterator[tuple[Place, Entry]]:
    """Yield a list of texts beside lists of their times, as edX keeps them."""
    texts = next(
        (
            value
            for key, value in data.items()
            if bare(key) in TEXTS and isinstance(value, list) and all(isinstance(one, str) for one in value)
        ),
        [],
    )
    lists = {
        key: value for key, value in data.items() if isinstance(value, list) and len(value) == len(texts)
    }
    if len(texts) < 2 or len(lists) < 2:  # noqa: PLR2004
        return
    for number, text in enumerate(texts):
        row: Document = {key: value[number] for key, value in lists.items()}
        start, end, scale = json_times.span(row, key_roles.of(row).times)
        yield (*path, "[]"), Entry(str(text), start, end, speaker, scale)


def _text(one: Document, shape: Shape) -> str | None:
    """Return what an entry says; None where it says nothing itself."""
    for key in shape.texts:
        if (text := _words_of(one[key])) is not None:
            return text
    for key in shape.readings:
        first = one[key]
        if isinstance(first, list) and first and isinstance(first[0], dict):
            return _text(first[0], key_roles.of(first[0]))
    return None


def _words_of(value: object) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        if isinstance(value.get("runs"), list):
            return "".join(str(run.get("text", "")) for run in value["runs"] if isinstance(run, dict))
        simple = value.get("simpleText")
        return simple if isinstance(simple, str) else None
    return _lines_of(value) if isinstance(value, list) and value else None


def _lines_of(value: list[object]) -> str | None:
    """Return the texts of a list without times, as some services keep the lines of a caption; else None."""
    lines: list[str] = []
    for one in value:
        text = one.get("text") if isinstance(one, dict) and not key_roles.of(one).times else None
        if not isinstance(text, str):
            return None
        lines.append(text)
    return "\n".join(lines)


def _turn(one: Document, shape: Shape, names: Names) -> Turn | None:
    """Return the turn that an element without words is, with start, end and speaker; None for any other."""
    if not shape.voices or not shape.times or not (name := speaker_of(one, names, shape.voices)):
        return None
    start, end, _ = json_times.span(one, shape.times)
    return None if math.isnan(start) or math.isnan(end) else (start, end, name)
