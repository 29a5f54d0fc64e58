"""WebVTT and SubRip text to cues, as files from the wild have them: what tells a cue is its time line.

Formats: https://www.w3.org/TR/webvtt1/, and for SubRip, which has no specification, what players accept.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from vidgist.models import Segment

_LINE_END = re.compile(r"\r\n|\r|\n")
_STAMP = r"(?:(\d{1,4})\s?:\s?)?(\d{1,2})\s?:\s?(\d{1,2})(?:\s?[.,:]\s?(\d{1,6}))?"
_TIMES = re.compile(rf"\s*{_STAMP}\s*-{{1,3}}>\s*{_STAMP}(?:\s.*)?")
_NUMBER = re.compile(r"\s*\d{1,9}\s*")
_LANGUAGE = re.compile(r"\s*Language\s*:\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\s*")
_HEADER_LINES = 20


def looks_timed(text: str) -> bool:
    """Whether the text begins as WebVTT or SubRip does, whatever its file is called."""
    head = _LINE_END.split(text[:4096])[:_HEADER_LINES]
    return _is_webvtt(text) or any(_TIMES.fullmatch(line) for line in head)


def language(text: str) -> str:
    """The language that a WebVTT header names, or nothing."""
    if _is_webvtt(text):
        for line in _LINE_END.split(text[:4096])[1:_HEADER_LINES]:
            if not line.strip():
                break
            if match := _LANGUAGE.fullmatch(line):
                return match[1]
    return ""


def read(text: str) -> tuple[Segment, ...]:
    """The cues in the order of the file, tags and line ends kept; none where the text has no time lines."""
    lines = _LINE_END.split(text)
    return tuple(_webvtt(lines) if _is_webvtt(text) else _subrip(lines))


def _is_webvtt(text: str) -> bool:
    return text[:16].lstrip("\ufeff \t\r\n").startswith("WEBVTT")


def _webvtt(lines: Sequence[str]) -> Iterator[Segment]:
    """A time line and the lines up to an empty one. What stands elsewhere is no speech: names, notes, styles.

    YouTube writes a line of one space right below the times; editors strip it, which does not end the cue.
    """
    times: re.Match[str] | None = None
    said: list[str] = []
    is_open = after_times = False
    for number, line in enumerate(lines):
        found = _times(line)
        if found:
            if times:
                yield _cue(times, said)
            times, said, is_open = found, [], True
        elif is_open and (line.strip() or not after_times or _begins_cue(lines, number + 1)):
            is_open = bool(line)
            if line:
                said.append(line)
        after_times = found is not None
    if times:
        yield _cue(times, said)


def _begins_cue(lines: Sequence[str], number: int) -> bool:
    """Whether a time line stands there or, after an identifier, below."""
    return any(map(_times, lines[number : number + 2]))


def _subrip(lines: Sequence[str]) -> Iterator[Segment]:
    """A time line and all lines up to the next, without the number of the next; empty cues are left out."""
    times: re.Match[str] | None = None
    said: list[str] = []
    before = ""
    for line in lines:
        found = _times(line)
        if found:
            if said and _NUMBER.fullmatch(before):
                said.pop()
            if times and said:
                yield _cue(times, said)
            times, said = found, []
        elif line.strip():
            said.append(line)
        before = "" if found else line
    if times and said:
        yield _cue(times, said)


def _times(line: str) -> re.Match[str] | None:
    return _TIMES.fullmatch(line) if "->" in line else None


def _cue(times: re.Match[str], said: Iterable[str]) -> Segment:
    groups = times.groups()
    start, end = _milliseconds(groups[:4]), _milliseconds(groups[4:])
    return Segment(start=start / 1000, duration=max(0, end - start) / 1000, text="\n".join(said))


def _milliseconds(groups: Sequence[str | None]) -> int:
    hours, minutes, seconds = (int(group or 0) for group in groups[:3])
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int(f"{(groups[3] or '0')[:3]:0<3}")
