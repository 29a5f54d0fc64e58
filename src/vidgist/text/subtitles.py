"""WebVTT and SubRip text to cues. The one door of webvtt-py.

Files from the wild are first brought to the form that the library takes: time lines written as the format has
them, a header where it is missing, a number before each SubRip cue. Formats: https://www.w3.org/TR/webvtt1/,
and for SubRip, which has no specification, what players accept.
"""

import re
from collections.abc import Iterator

from vidgist.models import Segment

_LINE_END = re.compile(r"\r\n|\r|\n")
_STAMP = r"(?:(\d{1,4})\s?:\s?)?(\d{1,2})\s?:\s?(\d{1,2})(?:\s?[.,:]\s?(\d{1,6}))?"
_TIMES = re.compile(rf"\s*{_STAMP}\s*-{{1,3}}>\s*{_STAMP}(?:\s.*)?")
_NUMBER = re.compile(r"\s*\d{1,9}\s*")
_LANGUAGE = re.compile(r"\s*Language\s*:\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\s*")
_HEADER_LINES = 20
_ARROW, _SPOKEN_ARROW = "-->", "-\0->"
"""An arrow in a cue's text would begin a cue; no text that comes here has a NUL."""


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
    import webvtt

    lines = _LINE_END.split(text)
    if _is_webvtt(text):
        captions = webvtt.from_buffer(_as_webvtt(lines)).captions
    else:
        numbered = list(_as_subrip(lines))
        captions = webvtt.from_buffer(numbered, format="srt").captions if numbered else []
    return tuple(_cue(caption.start, caption.end, caption.raw_text) for caption in captions)


def _is_webvtt(text: str) -> bool:
    return text[:16].lstrip("\ufeff \t\r\n").startswith("WEBVTT")


def _as_webvtt(lines: list[str]) -> Iterator[str]:
    """The lines with exact time lines, and no blank line between those and their text.

    YouTube writes a line of one space there; editors strip it, which would end the cue.
    """
    begun = after_times = False
    for number, line in enumerate(lines):
        times = _times(line)
        if not begun:
            begun = bool(line.strip("\ufeff \t"))
            if begun:
                yield line.lstrip("\ufeff \t")
        elif times:
            yield _time_line(times, ".")
        elif line.strip() or not after_times or _begins_cue(lines, number + 1):
            yield line.replace(_ARROW, _SPOKEN_ARROW)
        after_times = times is not None


def _begins_cue(lines: list[str], number: int) -> bool:
    """Whether a time line stands there or, after an identifier, below."""
    return any(map(_times, lines[number : number + 2]))


def _as_subrip(lines: list[str]) -> Iterator[str]:
    """The cues with exact time lines, numbered from 1; what stands before the first is dropped.

    A blank line follows each, also the last: the library takes fewer than three lines for another format.
    """
    number, kept = 0, ""
    for line in lines:
        times = _times(line)
        if number and kept and not (times and _NUMBER.fullmatch(kept)):
            yield kept
        kept = "" if times else line.replace(_ARROW, _SPOKEN_ARROW)
        if times:
            number += 1
            yield from (*([""] if number > 1 else ()), str(number), _time_line(times, ","))
    if number:
        yield kept
        yield ""


def _times(line: str) -> re.Match[str] | None:
    return _TIMES.fullmatch(line) if "->" in line else None


def _time_line(times: re.Match[str], point: str) -> str:
    start, end = times.group(1, 2, 3, 4), times.group(5, 6, 7, 8)
    return f"{_stamp(*start, point=point)} --> {_stamp(*end, point=point)}"


def _stamp(hours: str | None, minutes: str, seconds: str, fraction: str | None, *, point: str) -> str:
    over, second = divmod(int(seconds), 60)
    over, minute = divmod(int(minutes) + over, 60)
    return f"{int(hours or 0) + over:02}:{minute:02}:{second:02}{point}{f'{fraction or 0}00'[:3]}"


def _cue(start: str, end: str, text: str) -> Segment:
    begins, ends = _seconds(start), _seconds(end)
    return Segment(
        start=begins, duration=max(0.0, round(ends - begins, 3)), text=text.replace(_SPOKEN_ARROW, _ARROW)
    )


def _seconds(stamp: str) -> float:
    hours, minutes, seconds = stamp.split(":")
    return round(int(hours) * 3600 + int(minutes) * 60 + float(seconds), 3)
