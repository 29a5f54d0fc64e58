"""CTM, STM and RTTM, the lines of fields of speech recognizers and corpora: NIST's sclite, Kaldi, NeMo, pyannote.

A line of CTM is a word (recording, channel, start, length, word, and what is known beside), one of STM a turn
(recording, channel, speaker, start, end, label, words). RTTM holds who speaks when, and no words.
"""

import math
import re
from collections.abc import Iterator

from vidgist.errors import Unreadable
from vidgist.models import Transcript
from vidgist.readers import files, speakers, voices, word_lists
from vidgist.readers.cues import Cue, Reading, timed
from vidgist.readers.files import File
from vidgist.readers.json_entries import Entry

NAMES = ("ctm", "stm", "rttm")
SUFFIXES = (".ctm", ".stm", ".rttm")

_TIME = r"\d{1,6}\.\d{1,6}"
_FIELDS = r"(?P<recording>\S{1,200})\s+(?P<channel>\S{1,20})\s+"
_WORD = re.compile(
    rf"{_FIELDS}(?P<start>{_TIME})\s+(?P<length>{_TIME})\s+(?P<word>\S+)(?:\s+(?:\d\S*|NA))?(?:\s+(?P<kind>[a-z-]+)(?:\s+(?P<speaker>\S+))?)?"
)
_TURN = re.compile(
    rf"{_FIELDS}(?P<speaker>\S{{1,100}})\s+(?P<start>{_TIME})\s+(?P<end>{_TIME})\s+(?:<[^<>]{{0,100}}>\s*)?(?P<words>.*)"
)
_VOICE = re.compile(
    r"(?:SPEAKER|SPKR-INFO|NON-LEX|LEXEME)\s+\S+\s+\d+\s+(?:[\d.]+|<NA>)\s+(?:[\d.]+|<NA>)\s+<NA>.*"
)
_COMMENT = (";;", "#")
_NOT_SAID = frozenset(("ignore_time_segment_in_scoring", "inter_segment_gap"))
_NOBODY = frozenset(("NA", "<NA>", "-", "unknown"))
_SEEN = 20


def looks(file: File) -> bool:
    """Return whether the first lines are all of one of these forms."""
    head = list(_rows(file.text[:8192]))[:_SEEN]
    return len(head) > 1 and any(all(map(form.fullmatch, head[:-1])) for form in (_VOICE, _TURN, _WORD))


def read(file: File) -> Reading:
    """Read one. Raises `Unreadable` with the code ``format`` where the lines hold no words."""
    rows = list(_rows(file.text))
    if rows and all(map(_VOICE.fullmatch, rows)):
        raise Unreadable(
            f"{file.name} holds who speaks when, and no words",
            code="format",
            hint="name the transcript itself",
        )
    turns = [found for row in rows if (found := _TURN.fullmatch(row))]
    if turns:
        cues = [
            Cue(float(one["start"]), float(one["end"]), one["words"], _speaker(one["speaker"]))
            for one in turns
            if one["words"] not in _NOT_SAID and one["speaker"] not in _NOT_SAID
        ]
    else:
        cues = _of_words([found for row in rows if (found := _WORD.fullmatch(row))])
    if not cues:
        return Reading(transcript=Transcript(segments=()))
    return Reading(transcript=timed(sorted(cues, key=lambda cue: cue.start)))


def _rows(text: str) -> Iterator[str]:
    return (
        row
        for line in files.lines(text.lstrip("\ufeff"))
        if (row := line.strip()) and not row.startswith(_COMMENT)
    )


def _of_words(found: list[re.Match[str]]) -> list[Cue]:
    """Return sentences of words, the words of each channel together."""
    channels: dict[tuple[str, str], list[Entry]] = {}
    for one in found:
        start = float(one["start"])
        entry = Entry(
            one["word"], start, start + float(one["length"]), _speaker(one["speaker"] or ""), scale=1.0
        )
        channels.setdefault((one["recording"], one["channel"]), []).append(entry)
    joined = (sentence for words in channels.values() for sentence in word_lists.sentences(words, ""))
    return [
        Cue(one.start, one.end if not math.isnan(one.end) else one.start, one.text, one.speaker)
        for one in joined
    ]


def _speaker(name: str) -> str:
    if name in _NOBODY:
        return ""
    return speakers.shown(name if voices.is_numbered(name) else name.replace("_", " ").strip())
