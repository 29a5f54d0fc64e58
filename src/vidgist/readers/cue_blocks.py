"""Lines of captions to cues: what is a cue's number, its name, a header, a block, and where another file begins."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vidgist.readers import clocks, heads
from vidgist.readers.cues import Cue
from vidgist.readers.time_lines import Times
from vidgist.text import hygiene

_NUMBER = re.compile(r"[\s\ufeff\u200e\u200f]*(?P<mark>[#(])?(?P<n>\d{1,9})(?P<end>[.:)])?\s*")
_NAMED_ID = re.compile(r'\d{1,6} "(?P<name>[^"\n]{1,80})" \(\d{0,20}\)')
_OF_HEAD = re.compile(r"\[[A-Z ]{2,20}\].*|[#(]?\d{1,9}[.:)]?")
"""Lines above the first cue: tags of SubViewer, and the cue's number."""

_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s.*)?")
_MAP = re.compile(r"X-TIMESTAMP-MAP\s*=\s*(.*)", re.IGNORECASE)
_META = re.compile(
    r"(?:Kind|Language|X-TIMESTAMP-MAP|Region|Title|Author|Source|File)\s*[:=].*", re.IGNORECASE
)
_HEADS = frozenset("WwNSR\ufeff \t")
"""What headers and blocks begin with."""

_NOTED = ("<", "[")
_NOTES = frozenset(
    ("<end subtitles>", "[auto-generated transcript. edits may have been applied for clarity.]")
)
"""What Avid and Panopto write among captions."""

_CUT = re.compile(r"\d{1,4}:[\d:.,]{0,12}\s*-{0,2}")
"""A line of times that a file which is cut short ends in."""

_BORDER = 0.05
"""Seconds between the two halves of a cue."""

_WRAP = 2**33 / 90_000
"""Seconds after which the clock of a broadcast starts again."""


@dataclass
class Part:
    """Cues that count their times from one beginning."""

    cues: list[Cue] = field(default_factory=list)
    offset: float | None = None
    """What a map adds to the times; None where there is none."""


class Splitter:
    """Lines to cues. A number is dropped where a line of times follows it; blocks end at a blank line.

    What stands above the first cue is said where it is a sentence, or in text (``above``).
    """

    def __init__(
        self, lines: Sequence[str], heads: Sequence[Times | None], *, webvtt: bool, above: bool
    ) -> None:
        self._lines = lines
        self._heads = heads
        self._webvtt = webvtt
        self._named = webvtt and _have_names(lines, heads)
        self._parts = [Part()]
        self._head: Times | None = None
        self._speaker = ""
        self._text: list[str] = []
        self._number = -1
        self._keeps_above = above
        self._above: list[str] = []

    def parts(self) -> list[Part]:
        """Return the cues of each file that the lines hold."""
        skipping = ""
        for number, line in enumerate(self._lines):
            if skipping and not self._ends(skipping, number):
                self._mapped(line)
                continue
            skipping = self._take(number, line)
        self._cut()
        self._flush()
        return self._parts

    def _cut(self) -> None:
        """Drop a number, and the beginning of its times, that a file which is cut short ends in."""
        text = self._text
        while len(text) > 1 and not text[-1].strip():
            text.pop()
        had_times = len(text) > 2 and _CUT.fullmatch(text[-1].strip()) is not None  # noqa: PLR2004
        number = len(text) - 1 - had_times
        is_next = (
            number > 0 and text[number].strip() == str(self._number + 1) and not text[number - 1].strip()
        )
        if self._number >= 0 and is_next:
            del text[number:]

    def _take(self, number: int, line: str) -> str:
        if (head := self._heads[number]) is not None:
            self._begin(number, head)
            return ""
        if self._webvtt and line[:1] in _HEADS:
            bare = line.strip("\ufeff \t")
            if bare[:6].upper() == "WEBVTT" and (not bare[6:] or bare[6] in " \t-"):
                self._flush()
                self._parts.append(Part())
                return "header"
            if _BLOCK.fullmatch(bare) and (number == 0 or not self._lines[number - 1].strip()):
                return "block"
        if self._head:
            if line[:1] not in _NOTED or line.strip().lower() not in _NOTES:
                self._text.append(line)
            return ""
        if not self._webvtt and (self._keeps_above or hygiene.ends_sentence(line)) and line.strip():
            self._above.append(line)
        if match := _NUMBER.fullmatch(line):
            self._number = int(match["n"])
        return ""

    def _begin(self, number: int, head: Times) -> None:
        """Take a line of times: what was gathered is a cue, without the number or name of the next one."""
        if self._above:
            self._before(head)
        above = self._lines[number - 1].strip() if number else ""
        named = _NAMED_ID.fullmatch(above)
        if self._text and self._text[-1].strip() and (named or self._is_identifier(number)):
            self._text.pop()
        elif (index := self._index()) is not None:
            self._begun_anew(head.start, index)
        self._flush()
        self._head, self._text = head, [head.words] if head.words else []
        self._speaker = named["name"] if named else ""

    def _before(self, head: Times) -> None:
        """Keep words that stand above the first line of times; they are said from the beginning on."""
        above, _ = heads.trimmed([one for one in self._above if not _OF_HEAD.fullmatch(one.strip())])
        if any(map(str.isalpha, "".join(above))):
            self._parts[-1].cues.append(Cue(0.0, head.start, "\n".join(above)))
        self._above = []

    def _index(self) -> int | None:
        """Drop the next cue's number from the lines above, and return it; a number that is said stays.

        Right above a line of times every bare number is one; elsewhere, and with other marks, the next alone.
        """
        last = next((n for n in range(len(self._text) - 1, -1, -1) if self._text[n].strip("\ufeff \t")), -1)
        match = _NUMBER.fullmatch(self._text[last]) if last >= 0 else None
        if match is None:
            return None
        index = int(match["n"])
        bare = not match["mark"] and match["end"] != ":" and last == len(self._text) - 1
        apart = last == 0 or not self._text[last - 1].strip()
        if not (bare or (index == self._number + 1 and apart)):
            return None
        del self._text[last:]
        self._number = index
        return index

    def _is_identifier(self, number: int) -> bool:
        """Return whether the line above a line of times is a cue's name: alone above
        it, after a blank line.
        """
        above = self._lines[number - 1]
        said = any(line.strip() for line in self._text[:-1])
        return (
            self._webvtt
            and said
            and not _NUMBER.fullmatch(above)
            and _stands_alone(self._lines, number - 1)
            and (self._named or _is_word(above))
        )

    def _begun_anew(self, start: float, index: int) -> None:
        """Part a file where another one was joined to it: numbered from 1 again, with earlier times."""
        cues = self._parts[-1].cues
        if not self._webvtt and index <= 1 and self._head and start < self._head.start:
            self._flush()
            if cues:
                self._parts.append(Part())

    def _ends(self, skipping: str, number: int) -> bool:
        """Return whether a header or block is over: at a blank line, a header also where something else
        follows.
        """
        line = self._lines[number].strip()
        over = skipping == "header" and (self._heads[number] is not None or not _META.fullmatch(line))
        return not line or over

    def _mapped(self, line: str) -> None:
        if match := _MAP.match(line.strip()):
            fields = dict(re.findall(r"(MPEGTS|LOCAL)\s*:\s*([\d:.]+)", match[1].upper()))
            ticks, local = fields.get("MPEGTS", ""), clocks.seconds(fields.get("LOCAL", "0"))
            if ticks.isdecimal():
                self._parts[-1].offset = int(ticks[:18]) / 90_000 - (0.0 if math.isnan(local) else local)

    def _flush(self) -> None:
        if self._head:
            cue = Cue(self._head.start, self._head.end, "\n".join(self._text), self._speaker)
            self._parts[-1].cues.append(cue)
        self._head, self._text = None, []


def _stands_alone(lines: Sequence[str], number: int) -> bool:
    return bool(lines[number].strip()) and (number == 0 or not lines[number - 1].strip())


def _is_word(line: str) -> bool:
    """Return whether a line is made as identifiers are: one word that ends no sentence."""
    return len(line.split()) == 1 and line.rstrip()[-1] not in ".!?,;:。！？"


def _have_names(lines: Sequence[str], heads: Sequence[Times | None]) -> bool:
    """Return whether nearly every line of times has a line of its own above it."""
    below = [number for number, head in enumerate(heads) if head and number and "-->" in lines[number]]
    return len(below) > 2 and 10 * sum(_stands_alone(lines, number - 1) for number in below) >= 9 * len(below)  # noqa: PLR2004


def joined(parts: Sequence[Part]) -> tuple[list[Cue], list[str]]:
    """Return the cues of all parts on one clock: by their maps, or each part after the one before it."""
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
        moved = [cue._replace(start=cue.start + shift, end=cue.end + shift) for cue in part.cues]
        if part.offset is not None and cues and _goes_on(cues[-1], moved[0]):
            cues[-1] = cues[-1]._replace(end=moved.pop(0).end)
        cues += moved
    return cues, notices


def _goes_on(before: Cue, cue: Cue) -> bool:
    """Return whether a cue was parted where a segment of a broadcast ends, and stands in both."""
    return before.text.strip() == cue.text.strip() and 0 <= cue.start - before.end <= _BORDER
