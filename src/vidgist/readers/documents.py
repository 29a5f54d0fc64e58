"""JSON transcripts of any service: the list in a document that holds the most words, with its times and names.

Services name the same things differently (``text``, ``sentence``, ``body``; ``start``, ``offset``, ``startMs``),
nest them as deep as they like, and give words, sentences and turns side by side. So a document is searched
for lists of entries that say something; of those that say all of it the best timed one is read.
"""

import itertools
import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vidgist.errors import Unreadable
from vidgist.models import Transcript
from vidgist.readers import (
    input_lists,
    json3,
    json_entries,
    loose,
    markup,
    metadata,
    plain,
    subtitles,
    timings,
    voices,
    word_lists,
)
from vidgist.readers.cues import Cue, Reading, timed, until_next, untimed
from vidgist.readers.files import File
from vidgist.readers.json_entries import Entry
from vidgist.readers.metadata import About
from vidgist.readers.speakers import bare, people

NAMES = ("json", "jsonl", "json3")
SUFFIXES = (".json", ".jsonl", ".ndjson", ".json3")

_WHOLE = 0.9
"""A list that says so much of what the fullest list says is as good as that."""

_LEAST = 0.6
"""A list that says less than this of the document's whole text is passed over for the text."""

_TEXTS = frozenset(
    "text fulltranscript transcript fulltext transcription content body displaytext vtt srt subtitles "
    "captions webvtt".split()
)
_WORD, _FINE, _TURN = 1.6, 8.0, 60.0
"""Words an entry on average: below the first it is a word, above the last a turn too long for one time; of what is
between, shorter ones give times more exactly, down to the second.
"""

_WORDS = frozenset(
    ("word", "element", "item", "token", "word_segment", "result", "display_word", "displayword")
)
_MANY, _FEW = 30, 2
_EARLY = 0.01
"""Seconds that a word may begin before the turn that it is in."""

_EARLY_PART = 0.25
_DEEPEST = 40


_FIRST = re.compile(r"\{|\]|\Z|\[\s*(?:-?[\d.]+\s*[,\]]|[\"'{\[\]]|\Z)")
_LITERAL = re.compile(r"[A-Z]\w{2,60}\(\w{1,40}=[\[{'\"\d]")


class _Group(NamedTuple):
    """Entries of lists that stand at the same place of a document."""

    place: tuple[str, ...]
    entries: list[Entry]
    words: int

    @property
    def are_words(self) -> bool:
        """Return whether each entry is a word, to be joined to sentences: by its name, or since there are
        many.
        """
        named = any(name.lower().rstrip("s") in _WORDS for name in self.place[-2:])
        return self.mean < _WORD and (named or len(self.entries) >= _MANY)

    @property
    def is_crossed(self) -> bool:
        """Return whether most entries begin early in the one before, as those of two channels do."""
        pairs = list(itertools.pairwise(self.entries))
        return 2 * sum(map(_begins_within, *zip(*pairs, strict=True))) > len(pairs) if pairs else False

    @property
    def mean(self) -> float:
        return self.words / len(self.entries)

    @property
    def rank(self) -> tuple[bool, int, bool, float]:
        """Return how good it is to read beside another that says the same."""
        have_times = 2 * sum(one.has_time for one in self.entries) >= len(self.entries)
        size = 2 if _WORD <= self.mean <= _TURN and not self.is_crossed else 1 if self.mean < _TURN else 0
        return have_times, size, any(one.speaker for one in self.entries), -max(self.mean, _FINE)


def _begins_within(before: Entry, entry: Entry) -> bool:
    return before.start < entry.start < before.start + _EARLY_PART * (before.end - before.start)


def looks(file: File) -> bool:
    head = loose.unfenced(file.text[:200]).lstrip()
    if head[:1] == "{":
        return head[1:].lstrip()[:1] in ('"', "'", "")
    if head[:1] == "[":
        inner = head[1:].lstrip()
        return _FIRST.match(inner) is not None or _LITERAL.match(inner) is not None
    return _LITERAL.match(head) is not None


def read(file: File) -> Reading:
    """Read one. Raises `Unreadable`: format for what is no JSON or holds no transcript, list for a list of
    addresses.
    """
    data = loose.parsed(file)
    if isinstance(data, list) and data and all(isinstance(one, str) and metadata.link(one) for one in data):
        return input_lists.read(file)
    words = json3.transcript(data)
    if words is None:
        words = _listed(data)
    if words is None:
        words = _whole(data, file.name)
    if words is None and _is_empty(data):
        words = Transcript(segments=())
    if words is None:
        raise Unreadable(f"{file.name} holds no transcript: nothing in it has a text", code="format")
    return Reading(transcript=words, about=_about(data))


def _listed(data: object) -> Transcript | None:
    """Return what the best of the lists says; None where there is none."""
    gathered = json_entries.gather(data, people(data), _DEEPEST)
    groups = [group for group in _groups(gathered) if group.words]
    if not groups:
        return None
    most = max(group.words for group in groups)
    best = max((group for group in groups if group.words >= _WHOLE * most), key=lambda group: group.rank)
    text = _text_of(data)
    if text and best.words < _LEAST * json_entries.count(text):
        return None
    spoken = _voiced(_begun(best.entries), sorted(gathered.turns))
    if best.are_words:
        spoken = word_lists.sentences(spoken, text)
    if not any(one.mentions_time for one in spoken):
        said_by = voices.named([Cue(math.nan, math.nan, one.text, one.speaker) for one in spoken])
        return untimed(
            ((cue.speaker, markup.quotes_decoded(cue.text)) for cue in said_by), language=_language(data)
        )
    cues, notices = timings.scaled(spoken)
    said = until_next(voices.named([cue._replace(text=markup.quotes_decoded(cue.text)) for cue in cues]))
    generated = isinstance(data, dict) and data.get("is_generated") is not False
    return timed(said, *notices, language=_language(data), generated=generated)


def _begun(spoken: list[Entry]) -> list[Entry]:
    """Return the entries, those with only an end beginning where the one before ends.

    Google leaves a time of zero out, and gives a result without words only its end.
    """
    if not any(math.isnan(one.start) and not math.isnan(one.end) for one in spoken):
        return spoken
    found: list[Entry] = []
    end = 0.0
    for one in spoken:
        only_end = math.isnan(one.start) and not math.isnan(one.end)
        found.append(one._replace(start=end) if only_end else one)
        end = one.end if not math.isnan(one.end) else end
    return found


def _voiced(spoken: list[Entry], turns: Sequence[json_entries.Turn]) -> list[Entry]:
    """Return the entries with their speakers, where another list of the document names them."""
    if not turns or any(one.speaker for one in spoken):
        return spoken
    starts = [start for start, _, _ in turns]

    def speaker(entry: Entry) -> str:
        place = bisect_right(starts, entry.start + _EARLY) - 1 if entry.has_time else -1
        return turns[place][2] if place >= 0 and entry.start <= turns[place][1] else ""

    return [one._replace(speaker=speaker(one)) for one in spoken]


def _is_empty(data: object) -> bool:
    """Return whether a document is a transcript that says nothing: an empty list, or one where segments would
    be.
    """
    if isinstance(data, dict):
        return any(
            data.get(key) == []
            for key in ("segments", "transcript", "transcription", "snippets", "utterances")
        )
    return data == []


def _groups(gathered: json_entries.Gathered) -> Iterator[_Group]:
    for path, listed in gathered.entries.items():
        once = _once(listed)
        yield _Group(path, once, sum(json_entries.count(one.text) for one in once))


def _once(listed: list[Entry]) -> list[Entry]:
    """Return the entries without the first half, where the second one says it all again, with who speaks; and
    without a last one that says all of them again, as a stream ends.
    """
    if (
        len(listed) > _FEW
        and not listed[-1].has_time
        and _bare(listed[-1].text) == _bare("".join(one.text for one in listed[:-1]))
    ):
        return listed[:-1]
    half = len(listed) // 2
    first, second = listed[:half], listed[half:]
    again = half > 1 and all(
        (a.text.strip(), a.start) == (b.text.strip(), b.start) for a, b in zip(first, second, strict=False)
    )
    return second if again and len(first) == len(second) else listed


def _bare(text: str) -> str:
    return "".join(text.split())


def _text_of(data: object) -> str:
    """Return the whole text of a document, where it has one beside its list."""
    if not isinstance(data, dict):
        return ""
    own = [value for key, value in data.items() if isinstance(value, str) and bare(key) in _TEXTS]
    if own:
        return max(own, key=len)
    below = [
        _text_of(value)
        for key, value in data.items()
        if key in ("results", "result", "transcription", "data", "response")
    ]
    deeper = [
        _text_of(one) for key in ("transcripts", "combinedPhrases") for one in json_entries.listed(data, key)
    ]
    return max((*below, *deeper), key=len, default="")


def _whole(data: object, name: str) -> Transcript | None:
    text = data if isinstance(data, str) and len(data.split()) > 1 else _text_of(data)
    rows = _strings(data)
    if not text.strip() and rows:
        text = "\n".join(rows)
    if not text.strip():
        return None
    inner = File(f"{name}.txt", text.encode("utf-8", "replace"))
    if subtitles.looks(inner):
        return subtitles.read(inner).transcript
    lines = markup.quotes_decoded(text).splitlines()
    words = (
        plain.transcribed(lines) if len(lines) > 1 else untimed(("", part) for part in plain.parts(lines[0]))
    )
    return words.model_copy(update={"language": _language(data), "generated": True})


def _strings(data: object) -> list[str]:
    """Return a list of mere texts, the document itself or under one of the names of what is said."""
    lists = [data] if isinstance(data, list) else list(data.values()) if isinstance(data, dict) else []
    texts = [
        one
        for one in lists
        if isinstance(one, list) and len(one) > 1 and all(isinstance(row, str) and row.strip() for row in one)
    ]
    best = max(texts, key=lambda rows: sum(map(json_entries.count, rows)), default=[])
    return best if sum(map(json_entries.count, best)) > 2 * len(best) else []


def _language(data: object) -> str:
    if not isinstance(data, dict):
        first = data[0] if isinstance(data, list) and data else None
        return metadata.language(first.get("lang")) if isinstance(first, dict) else ""
    for key in ("language_code", "language", "lang", "languageCode", "detected_language"):
        if code := metadata.language(data.get(key)):
            return code
    below = (
        _language(data[key])
        for key in ("result", "results", "metadata", "params", "transcription")
        if isinstance(data.get(key), dict)
    )
    return next(filter(None, below), "")


def _about(data: object) -> About:
    if not isinstance(data, dict):
        return About()
    links = (metadata.link(data.get(key)) for key in ("webpage_url", "url", "video_url", "link", "source"))
    names = (metadata.text(data.get(key)) for key in ("channel", "uploader", "author"))
    return About(
        title=metadata.text(data.get("title")),
        url=next(filter(None, links), ""),
        channel=next(filter(None, names), ""),
        published=metadata.day(data.get("upload_date")) or metadata.day(data.get("published")),
    )
