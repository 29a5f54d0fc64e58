"""WebVTT, SubRip and YouTube's SBV: words below lines of times. https://www.w3.org/TR/webvtt1/

The three are one reader, since files mix them: SubRip inside a ``.vtt``, headers missing, numbers missing,
blank lines lost, doubled or put inside a cue, odd arrows, times before zero, several files joined to one. A
line of times is never speech, and what is no line of times, no number and no block of a header is. No library
takes the files in ``tests/corpus`` whole: webvtt-py and pysubs2 lose the words behind an odd time line.
"""

import itertools
import math
import re
from collections.abc import Iterator, Sequence

from vidgist.errors import Unreadable
from vidgist.models import Transcript
from vidgist.readers import cue_blocks, files, markup, plain, repeats, timings, voices
from vidgist.readers.cues import Cue, Reading, timed, until_next, untimed
from vidgist.readers.files import File
from vidgist.readers.json_entries import Entry
from vidgist.readers.time_lines import Times, counted, times
from vidgist.text import languages
from vidgist.text.transcript import UNTIMED

NAMES = ("webvtt", "srt", "sbv")
SUFFIXES = (".vtt", ".webvtt", ".srt", ".sbv")

_LANGUAGE = re.compile(r"Language\s*:\s*(\S{2,30})\s*", re.IGNORECASE)
_HEADER_LINES = 20
_HEAD = 4096


def looks(file: File) -> bool:
    """Return whether the text begins as WebVTT, SubRip or SBV does, under any file name."""
    head = [line for line in files.lines(file.text[:_HEAD]) if line.strip()][:_HEADER_LINES]
    return _is_webvtt(file.text) or any(times(line) is not None for line in head)


def read(file: File) -> Reading:
    """Return the cues, each word once. Without a line of times nothing is read."""
    lines = files.lines(file.text)
    heads = list(map(times, lines))
    webvtt = _is_webvtt(file.text)
    if not webvtt and not any(heads):
        return _otherwise(file, lines)
    language = _language(lines) if webvtt else ""
    if webvtt and f"NOTE {UNTIMED}" in file.text[:_HEAD]:
        return Reading(transcript=_commented(lines, language))
    above = not webvtt and file.suffix not in SUFFIXES
    parts = [
        part for part in cue_blocks.Splitter(lines, heads, webvtt=webvtt, above=above).parts() if part.cues
    ]
    cues, notices = cue_blocks.joined(parts)
    return _reading(cues, (*notices, *_misunderstood(lines, heads)), language)


def _reading(cues: Sequence[Cue], notices: Sequence[str], language: str = "") -> Reading:
    said = voices.named([cue for raw in until_next(cues) for cue in _voiced(raw)])
    unrolled = repeats.unroll(said)
    if not unrolled:
        return Reading(transcript=Transcript(segments=(), notices=tuple(notices)))
    generated = len(unrolled) < len(said)
    return Reading(transcript=timed(unrolled, *notices, language=language, generated=generated))


def _misunderstood(lines: Sequence[str], heads: Sequence[Times | None]) -> list[str]:
    odd = (line.strip() for line, head in zip(lines, heads, strict=True) if head and math.isnan(head.start))
    return [f"times were not understood: {first[:80]}"] if (first := next(odd, "")) else []


def _otherwise(file: File, lines: Sequence[str]) -> Reading:
    """Return a file without lines of times: mere numbers, plain text with other times, or none of these
    formats.
    """
    spans = list(map(counted, lines))
    if sum(map(bool, spans)) > 1:
        heads = [Times(*span) if span else None for span in spans]
        part = cue_blocks.Splitter(lines, heads, webvtt=False, above=False).parts()[0]
        entries = [Entry(cue.text, cue.start, cue.end) for cue in part.cues]
        cues, notices = timings.scaled(entries)
        return _reading(cues, notices)
    words = plain.transcribed([markup.read(line) for line in lines])
    if words.timed:
        return Reading(transcript=words)
    raise Unreadable(f"{file.name} is no {file.suffix[1:].upper()} file: it has no times", code="format")


def _commented(lines: Sequence[str], language: str) -> Transcript:
    """Return the words in the comments of our own file."""
    said = [line for above, line in itertools.pairwise(lines) if above == "NOTE"]
    cues = [cue for line in said for cue in _voiced(Cue(0.0, 0.0, line))]
    return untimed(((cue.speaker, cue.text) for cue in cues), language=language)


def _is_webvtt(text: str) -> bool:
    return text[:64].lstrip("\ufeff \t\r\n").upper().startswith("WEBVTT")


def _language(lines: Sequence[str]) -> str:
    """Return the language that a WebVTT header names, or nothing."""
    for line in lines[1:_HEADER_LINES]:
        if not line.strip():
            break
        if match := _LANGUAGE.fullmatch(line.strip()):
            return languages.standard(match[1])
    return ""


def _voiced(cue: Cue) -> Iterator[Cue]:
    """Yield the cue, or one for each voice in it, with its words read."""
    start, end, raw, speaker, _ = cue
    marked = "<" in raw or "{" in raw
    if not speaker and ("<v" in raw or "<V" in raw):
        for name, text in markup.voices(raw):
            yield Cue(start, end, markup.read(text), name, text)
    else:
        yield Cue(start, end, markup.read(raw), speaker, raw if marked else "")
