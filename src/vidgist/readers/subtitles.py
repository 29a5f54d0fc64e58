"""WebVTT, SubRip and YouTube's SBV: words below lines of times. https://www.w3.org/TR/webvtt1/

The three are one reader, since files mix them: SubRip inside a ``.vtt``, headers missing, numbers missing,
blank lines lost, doubled or put inside a cue, odd arrows, times before zero, several files joined to one. A
line of times is never speech, and what is no line of times, no number and no block of a header is. No library
took the files in ``tests/corpus`` whole: webvtt-py and pysubs2 lose the words behind an odd time line.
"""

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from vidgist.errors import Unreadable
from vidgist.models import Transcript
from vidgist.readers import clocks, markup, plain, repeats, voices
from vidgist.readers.about import About
from vidgist.readers.cues import Cue, Reading, timed, untimed
from vidgist.readers.files import File
from vidgist.text import languages

NAMES = ("webvtt", "srt", "sbv")
SUFFIXES = (".vtt", ".webvtt", ".srt", ".sbv")

_LINE_END = re.compile(r"\r+\n|\r|\n")
_ARROW = r"(?:-{1,3}\s?>|[–—−‐‑]{1,2}-?\s?>|-[–—]>|[-–—]{0,2}&gt;|[→⟶➔➜⇒]|={1,2}>)"
_PART = r"-?\s*\d{1,6}(?:\s?[:：;]\s?-?\d{1,4}){0,3}(?:\s?[.,，]\s?-?\d{1,17}(?:\.\d{1,20})?)?"
_TIMES = re.compile(rf"[\s\ufeff]*({_PART})\s*{_ARROW}\s*({_PART})(\s.*)?")
_CLOCK_HALF = re.compile(rf"\s*(?:{_PART}|\S{{1,16}})\s*{_ARROW}\s*\S{{0,16}}\d\S{{0,16}}\s*")
_SBV = re.compile(r"\s*(\d{1,4}:\d{1,2}:\d{1,2}[.,]\d{1,3})\s*,\s*(\d{1,4}:\d{1,2}:\d{1,2}[.,]\d{1,3})\s*")
_SETTING = re.compile(r"(?:[A-Za-z]{1,12}|X[12]|Y[12])[:=]\S*")
_NUMBER = re.compile(r"[\s\ufeff]*\d{1,9}\.?\s*")
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s.*)?")
_MAP = re.compile(r"X-TIMESTAMP-MAP\s*=\s*(.*)", re.IGNORECASE)
_META = re.compile(
    r"(?:Kind|Language|X-TIMESTAMP-MAP|Region|Title|Author|Source|File)\s*[:=].*", re.IGNORECASE
)
_LANGUAGE = re.compile(r"Language\s*:\s*(\S{2,30})\s*", re.IGNORECASE)
_HEADER_LINES = 20
_HEAD = 4096
UNTIMED = "these words have no times"
"""The comment of our own WebVTT above words that are no cues."""

_WRAP = 2**33 / 90_000
"""Seconds after which the clock of a broadcast begins anew."""


def looks(file: File) -> bool:
    """Whether the text begins as WebVTT, SubRip or SBV does, whatever its file is called."""
    head = [line for line in _LINE_END.split(file.text[:_HEAD]) if line.strip()][:_HEADER_LINES]
    return _is_webvtt(file.text) or any(_times(line) is not None for line in head)


def read(file: File) -> Reading:
    """The cues, each word once. Without a line of times nothing is read."""
    lines = _LINE_END.split(file.text)
    webvtt = _is_webvtt(file.text)
    if not webvtt and not any(map(_times, lines)):
        return _otherwise(file, lines)
    if webvtt and f"NOTE {UNTIMED}" in file.text[:_HEAD]:
        return Reading(transcript=_commented(lines, _language(lines, webvtt=webvtt)))
    parts = [part for part in _Splitter(lines, webvtt=webvtt).parts() if part.cues]
    cues, notices = _joined(parts)
    said = voices.named([cue for raw in cues for cue in _voiced(raw)])
    unrolled = repeats.unroll(said)
    notices += _misunderstood(lines)
    generated = len(unrolled) < len(said)
    return Reading(
        transcript=timed(unrolled, *notices, language=_language(lines, webvtt=webvtt), generated=generated)
        if unrolled
        else Transcript(segments=(), notices=tuple(notices)),
        about=About(),
    )


def _otherwise(file: File, lines: Sequence[str]) -> Reading:
    """A file without lines of times: plain text with times of another form, or none of these formats."""
    odd = _misunderstood(lines)
    words = plain.transcribed([markup.read(line) for line in lines])
    if words.timed:
        return Reading(transcript=words)
    if odd:
        return Reading(transcript=Transcript(segments=(), notices=tuple(odd)))
    raise Unreadable(f"{file.name} is no {file.suffix[1:].upper()} file: it has no times", code="format")


def _commented(lines: Sequence[str], language: str) -> Transcript:
    """The words in the comments of our own file."""
    said = [line for above, line in itertools.pairwise(lines) if above == "NOTE"]
    cues = [cue for line in said for cue in _voiced(Cue(0.0, 0.0, line))]
    return untimed(((cue.speaker, cue.text) for cue in cues), language=language)


def _is_webvtt(text: str) -> bool:
    return text[:64].lstrip("\ufeff \t\r\n").startswith("WEBVTT")


def _language(lines: Sequence[str], *, webvtt: bool) -> str:
    """The language that a WebVTT header names, or nothing."""
    if not webvtt:
        return ""
    for line in lines[1:_HEADER_LINES]:
        if not line.strip():
            break
        if match := _LANGUAGE.fullmatch(line.strip()):
            return languages.standard(match[1])
    return ""


def _times(line: str) -> tuple[float, float, str] | None:
    """Start, end and what else stands on a line of times."""
    if ">" in line or "→" in line or not line.isascii():
        match = _TIMES.fullmatch(clocks.plain(line).replace("：", ":"))
    elif "," in line:
        match = _SBV.fullmatch(line)
        return (clocks.seconds(match[1]), clocks.seconds(match[2]), "") if match else None
    else:
        return None
    if match is None or not (":" in match[1] or ":" in match[2] or "." in match[1]):
        return None
    rest = (match[3] or "").split()
    words = "" if all(map(_SETTING.fullmatch, rest)) else " ".join(rest)
    return clocks.seconds(match[1].replace(" ", "")), clocks.seconds(match[2].replace(" ", "")), words


def _misunderstood(lines: Sequence[str]) -> list[str]:
    odd = (line.strip() for line in lines if _CLOCK_HALF.fullmatch(line[:_HEAD]) and not _times(line))
    return [f"times were not understood: {first[:80]}"] if (first := next(odd, "")) else []


@dataclass
class _Part:
    """Cues that count their times from one beginning."""

    cues: list[Cue] = field(default_factory=list)
    offset: float | None = None
    """What a map adds to the times; None where there is none."""


class _Splitter:
    """Lines to cues. A number is dropped where a line of times follows it; blocks end at a blank line."""

    def __init__(self, lines: Sequence[str], *, webvtt: bool) -> None:
        self._lines = lines
        self._webvtt = webvtt
        self._named = webvtt and _have_names(lines)
        self._parts = [_Part()]
        self._head: tuple[float, float] | None = None
        self._text: list[str] = []

    def parts(self) -> list[_Part]:
        skipping = ""
        for number, line in enumerate(self._lines):
            if skipping and not _ends(skipping, line):
                self._mapped(line)
                continue
            skipping = self._take(number, line)
        self._flush()
        return self._parts

    def _take(self, number: int, line: str) -> str:
        bare = line.strip("\ufeff \t")
        times = _times(line)
        if times:
            if self._text and _NUMBER.fullmatch(self._text[-1]):
                self._begun_anew(times[0], self._text.pop())
            elif self._text and self._is_identifier(number):
                self._text.pop()
            self._flush()
            self._head, self._text = times[:2], [times[2]] if times[2] else []
        elif self._webvtt and bare.startswith("WEBVTT") and (not bare[6:] or bare[6] in " \t-"):
            self._flush()
            self._parts.append(_Part())
            return "header"
        elif self._webvtt and _BLOCK.fullmatch(bare) and self._stands_apart(number):
            return "block"
        elif self._head:
            self._text.append(line)
        return ""

    def _stands_apart(self, number: int) -> bool:
        return number == 0 or not self._lines[number - 1].strip()

    def _is_identifier(self, number: int) -> bool:
        """Whether the line above a line of times is a cue's name: alone above it, after a blank line."""
        above = self._lines[number - 1]
        said = any(line.strip() for line in self._text[:-1])
        return (
            self._webvtt
            and said
            and _stands_alone(self._lines, number - 1)
            and (self._named or _is_word(above))
        )

    def _begun_anew(self, start: float, number: str) -> None:
        """Part a file where another one was joined to it: numbered from 1 again, with earlier times."""
        cues = self._parts[-1].cues
        if (
            not self._webvtt
            and number.strip("\ufeff \t.") in ("0", "1")
            and self._head
            and start < self._head[0]
        ):
            self._flush()
            if cues:
                self._parts.append(_Part())

    def _mapped(self, line: str) -> None:
        if match := _MAP.match(line.strip()):
            fields = dict(re.findall(r"(MPEGTS|LOCAL)\s*:\s*([\d:.]+)", match[1].upper()))
            ticks, local = fields.get("MPEGTS", ""), clocks.seconds(fields.get("LOCAL", "0"))
            if ticks.isdecimal():
                self._parts[-1].offset = int(ticks[:18]) / 90_000 - (0.0 if math.isnan(local) else local)

    def _flush(self) -> None:
        if self._head:
            self._parts[-1].cues.append(Cue(*self._head, "\n".join(self._text)))
        self._head, self._text = None, []


def _ends(skipping: str, line: str) -> bool:
    """Whether a header or block is over: at a blank line, a header also where something else follows."""
    if not line.strip():
        return True
    return skipping == "header" and (_times(line) is not None or not _META.fullmatch(line.strip()))


def _stands_alone(lines: Sequence[str], number: int) -> bool:
    return bool(lines[number].strip()) and (number == 0 or not lines[number - 1].strip())


def _is_word(line: str) -> bool:
    """Whether a line is made as identifiers are: one word that ends no sentence."""
    return len(line.split()) == 1 and line.rstrip()[-1] not in ".!?,;:。！？"


def _have_names(lines: Sequence[str]) -> bool:
    """Whether nearly every line of times has a line of its own above it."""
    below = [number for number, line in enumerate(lines) if "-->" in line and number and _times(line)]
    return len(below) > 2 and 10 * sum(_stands_alone(lines, number - 1) for number in below) >= 9 * len(below)  # noqa: PLR2004


def _joined(parts: Sequence[_Part]) -> tuple[list[Cue], list[str]]:
    """The cues of all parts on one clock: by their maps, or each part after the one before it."""
    if not parts:
        return [], []
    cues: list[Cue] = list(parts[0].cues)
    notices: list[str] = []
    base = next((part.offset for part in parts if part.offset is not None), 0.0)
    for part in parts[1:]:
        if part.offset is not None:
            shift = part.offset - base if part.offset >= base - _WRAP / 2 else part.offset - base + _WRAP
        else:
            last = max((cue.start for cue in cues if clocks.fits(cue.start)), default=0.0)
            first = min((cue.start for cue in part.cues if clocks.fits(cue.start)), default=math.inf)
            shift = 0.0
            if first < last:
                shift = max((cue.end for cue in cues if clocks.fits(cue.end)), default=last)
                notices = [
                    "several files were joined in it: each is counted on from the end of the one before"
                ]
        cues += (cue._replace(start=cue.start + shift, end=cue.end + shift) for cue in part.cues)
    return cues, notices


def _voiced(cue: Cue) -> Iterator[Cue]:
    """The cue, or one for each voice in it, with its words read."""
    marked = "<" in cue.text or "{" in cue.text
    if "<v" in cue.text or "<V" in cue.text:
        for name, text in markup.voices(cue.text):
            yield cue._replace(text=markup.read(text), speaker=name, raw=text)
    else:
        yield cue._replace(text=markup.read(cue.text), raw=cue.text if marked else "")
