"""Entries of JSON lists: what each says, from when to when, and who says it, by the many names for these."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vidgist.readers import moments

Document = dict[str, object]

_TEXTS = (
    *(
        "punctuated_word",
        "text",
        "sentence",
        "body",
        "utf8",
        "display",
        "Display",
        "lexical",
        "line",
        "caption",
    ),
    *("transcript", "transcription", "content", "utterance", "snippet", "phrase", "value", "word", "words"),
    *("dialogue", "message", "spoken", "raw_text"),
)
_SPEAKERS = (
    *(
        "speaker_name",
        "speakerName",
        "speakerDisplayName",
        "speaker_display_name",
        "speaker",
        "speaker_label",
    ),
    *("speakerLabel", "speakerTag", "speaker_tag", "speaker_id", "speakerId", "speakerIdentification", "spk"),
    *("participant", "voice", "user_name", "username", "channel_tag"),
)
_FIRST_ONLY = ("alternatives", "nbest", "nBest", "NBest", "hypotheses")
_LISTED = (".", "!", "?", "…", "。", "！", "？")
_PUNCTUATION = frozenset(("punctuation", "punct"))
_MOST_WORDS, _PAUSE = 40, 2.0
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1780-\u17ff]")
_CLOSING = re.compile(r"[.,;:!?…%)\]}»”’。、，！？：；]+")


class Entry(NamedTuple):
    """One entry. Times are as they stand there, in units of ``scale`` seconds; 0 where that is not told."""

    text: str
    start: float
    end: float
    speaker: str = ""
    scale: float = 0.0
    mark: bool = False
    """Whether it is a punctuation mark that belongs to the word before."""

    @property
    def has_time(self) -> bool:
        return not math.isnan(self.start)


def walk(
    told: object, path: tuple[str, ...], speaker: str, depth: int
) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """Every entry of every list of a document, with where that list stands; a list's places are one."""
    if depth <= 0:
        return
    if isinstance(told, dict):
        speaker = speaker_of(told) or speaker
        for key, value in told.items():
            if isinstance(value, dict | list):
                first = value[:1] if key in _FIRST_ONLY and isinstance(value, list) else value
                yield from walk(first, (*path, key), speaker, depth - 1)
        yield from _keyed(told, path, speaker)
    elif isinstance(told, list):
        for one in told:
            entry = _entry(one, speaker)
            if entry is not None:
                yield path, entry
            if isinstance(one, dict | list):
                yield from walk(one, (*path, "*"), speaker, depth - 1)


def listed(told: Document, key: str) -> list[object]:
    value = told.get(key)
    return value if isinstance(value, list) else []


def _entry(one: object, speaker: str) -> Entry | None:
    if isinstance(one, dict):
        text = _text(one)
        if text is None:
            return None
        start, end, scale = moments.span(one)
        return Entry(text, start, end, speaker_of(one) or speaker, scale, one.get("type") in _PUNCTUATION)
    if isinstance(one, list):
        return _of_tuple(one)
    return None


def _of_tuple(one: Sequence[object]) -> Entry | None:
    """Faster-whisper's segments as lists, and pairs of a time and a text."""
    words = next(
        (n for n, value in enumerate(one) if isinstance(value, str) and any(map(str.isalpha, value))), None
    )
    if words is None:
        return None
    before = [moments.number(value) for value in one[:words] if not isinstance(value, list | dict)][-2:]
    after = [moments.number(value) for value in one[words + 1 : words + 3]]
    times = before or after
    if not times or any(map(math.isnan, times)):
        return None
    return Entry(str(one[words]), times[0], times[1] if len(times) > 1 else moments.NONE)


def _keyed(told: Document, path: tuple[str, ...], speaker: str) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """Texts by their times: ``{"0:05": "words"}``."""
    starts = [
        (moments.of(key), value)
        for key, value in told.items()
        if key[:1].isdigit() and isinstance(value, str)
    ]
    if len(starts) > 1 and len(starts) == len(told) and not any(math.isnan(start) for start, _ in starts):
        for start, text in starts:
            yield (*path, "{}"), Entry(text, start, moments.NONE, speaker)


def _text(one: Document) -> str | None:
    """What an entry says; None where it says nothing itself."""
    for key in _TEXTS:
        value = one.get(key)
        if isinstance(value, str):
            return value
        if isinstance(value, dict) and isinstance(value.get("runs"), list):
            return "".join(str(run.get("text", "")) for run in value["runs"] if isinstance(run, dict))
    for key in _FIRST_ONLY:
        best = one.get(key)
        if isinstance(best, list) and best and isinstance(best[0], dict):
            return _text(best[0])
    return None


def speaker_of(one: Document) -> str:
    """Who speaks, as a name: ``0``, ``A`` and ``spk_0`` are ``Speaker 0``, ``Speaker A`` and ``Speaker 0``."""
    for key in _SPEAKERS:
        value = one.get(key)
        if isinstance(value, dict):
            value = value.get("name") or value.get("display_name") or value.get("label") or value.get("id")
        if isinstance(value, bool) or value is None:
            continue
        if isinstance(value, int) or (isinstance(value, str) and value.strip()):
            name = str(value).strip()
            bare = re.sub(r"(?i)^(?:spk|s)[_-]?(?=\d+$)", "", name)
            return f"Speaker {bare}" if re.fullmatch(r"\d{1,4}|[A-Za-z]", bare) else name
    return ""


# Words to sentences.


def sentences(words: Sequence[Entry], text: str) -> list[Entry]:
    """Entries of a word each joined to sentences; spelt as the whole text spells them, where that is known."""
    spelt = _spelt(words, text)
    found: list[Entry] = []
    piece: list[Entry] = []
    for word in spelt:
        if piece and not word.mark and _ends(piece, word):
            found.append(_joined(piece))
            piece = []
        piece.append(word)
    return [*found, _joined(piece)] if piece else found


def _spelt(words: Sequence[Entry], text: str) -> list[Entry]:
    tokens = text.split()
    bare = [word for word in words if word.text.strip()]
    if len(tokens) != len(bare) or any(word.text.strip().endswith(_LISTED) for word in bare):
        return list(words)
    return [word._replace(text=token) for word, token in zip(bare, tokens, strict=True)]


def _ends(piece: Sequence[Entry], word: Entry) -> bool:
    """Whether a sentence is over before this word: by its mark, its length, a pause, another voice."""
    last = next((one for one in reversed(piece) if one.text.strip()), piece[-1])
    if word.speaker != last.speaker and word.text.strip():
        return True
    unit = word.scale or 1.0
    paused = word.scale > 0 and (word.start - last.end) * unit > _PAUSE
    return last.text.rstrip().endswith(_LISTED) or len(piece) >= 2 * _MOST_WORDS or paused


def _joined(piece: Sequence[Entry]) -> Entry:
    if any(one.text != one.text.strip() for one in piece):
        text = "".join(one.text for one in piece)
    else:
        text = _spaced(piece)
    timed = [one for one in piece if one.has_time]
    first = timed[0] if timed else piece[0]
    ends = [one.end for one in timed if not math.isnan(one.end)]
    return first._replace(
        text=text, speaker=piece[0].speaker, end=ends[-1] if ends else moments.NONE, mark=False
    )


def _spaced(piece: Iterable[Entry]) -> str:
    text = ""
    for one in piece:
        joins = (
            one.mark
            or _CLOSING.fullmatch(one.text)
            or (text and _WIDE.match(text[-1]) and _WIDE.match(one.text))
        )
        text += one.text if joins or not text else f" {one.text}"
    return text
