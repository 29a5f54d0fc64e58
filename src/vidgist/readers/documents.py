"""JSON transcripts of whatever service: the list in a document that says the most, with its times and names.

Services name the same things differently (``text``, ``sentence``, ``body``; ``start``, ``offset``, ``startMs``),
nest them as deep as they like, and give words, sentences and turns side by side. So a document is searched
for lists of entries that say something; of those that say all of it the best timed one is read.
"""

import json
from collections.abc import Iterator
from typing import NamedTuple

from vidgist.errors import Unreadable
from vidgist.models import Transcript
from vidgist.readers import about, entries, json3, markup, plain, timings, voices
from vidgist.readers.about import About
from vidgist.readers.cues import Cue, Reading, timed, until_next, untimed
from vidgist.readers.entries import Entry
from vidgist.readers.files import File

NAMES = ("json", "jsonl", "json3")
SUFFIXES = (".json", ".jsonl", ".ndjson", ".json3")

_WHOLE = 0.9
"""A list that says so much of what the fullest list says is as good as that."""

_LEAST = 0.6
"""A list that says less than this of the document's whole text is passed over for the text."""

_TEXTS = (
    "text",
    "full_transcript",
    "transcript",
    "full_text",
    "transcription",
    "content",
    "body",
    "DisplayText",
)
_WORD, _TURN = 1.6, 60.0
"""Words an entry on average: below the first it is a word, above the second a turn too long for one time."""

_WORDS = frozenset(
    ("word", "element", "item", "token", "word_segment", "result", "display_word", "displayword")
)
_MANY = 30
_DEEPEST = 40
_CHAT = ("replayChatItemAction", "addChatItemAction")


class _Group(NamedTuple):
    """Entries of lists that stand at the same place of a document."""

    place: tuple[str, ...]
    entries: list[Entry]
    words: int

    @property
    def are_words(self) -> bool:
        """Whether each entry is a word, to be joined to sentences: by its name, or since there are many."""
        named = any(name.lower().rstrip("s") in _WORDS for name in self.place[-2:])
        return self.mean < _WORD and (named or len(self.entries) >= _MANY)

    @property
    def mean(self) -> float:
        return self.words / len(self.entries)

    @property
    def rank(self) -> tuple[bool, int, bool]:
        """How good it is to read beside another that says the same."""
        have_times = 2 * sum(one.has_time for one in self.entries) >= len(self.entries)
        size = 2 if _WORD <= self.mean <= _TURN else 1 if self.mean < _WORD else 0
        return have_times, size, any(one.speaker for one in self.entries)


def looks(file: File) -> bool:
    head = file.text[:200].lstrip("\ufeff \t\r\n")
    if head[:1] == "{":
        return head[1:].lstrip()[:1] in ('"', "")
    return head[:1] == "[" and head[1:].lstrip()[:1] in ("{", "[", "]", "")


def read(file: File) -> Reading:
    """Raises `Unreadable` with the code ``format`` for what is no JSON or holds no transcript."""
    told = _parsed(file)
    words = json3.transcript(told)
    if words is None:
        words = _listed(told)
    if words is None:
        words = _whole(told)
    if words is None and _is_empty(told):
        words = Transcript(segments=())
    if words is None:
        raise Unreadable(f"{file.name} holds no transcript: nothing in it has a text", code="format")
    return Reading(transcript=words, about=_about(told))


def _parsed(file: File) -> object:
    text = file.text.lstrip("\ufeff")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        lines = _json_lines(text)
        if lines is not None:
            return lines
        reason = "nested too deep" if isinstance(error, RecursionError) else str(error)
        raise Unreadable(f"{file.name} is no JSON: {reason}", code="format") from error


def _json_lines(text: str) -> list[object] | None:
    """A document a line; a last line that is cut short is left out. None where they are no documents."""
    found: list[object] = []
    rows = [row for row in text.splitlines() if row.strip()]
    for number, row in enumerate(rows):
        try:
            found.append(json.loads(row))
        except (ValueError, RecursionError):
            if not found or number < len(rows) - 1:
                return None
    if any(isinstance(one, dict) and not set(one).isdisjoint(_CHAT) for one in found):
        raise Unreadable("it is a live chat, not a transcript", code="format")
    return found if any(isinstance(one, dict | list) for one in found) else None


def _listed(told: object) -> Transcript | None:
    """What the best of the lists says; None where there is none."""
    groups = [group for group in _groups(told) if group.words]
    if not groups:
        return None
    most = max(group.words for group in groups)
    best = max((group for group in groups if group.words >= _WHOLE * most), key=lambda group: group.rank)
    text = _text_of(told)
    if text and best.words < _LEAST * len(text.split()):
        return None
    spoken = best.entries
    if best.are_words:
        spoken = entries.sentences(spoken, text)
    cues, notices = timings.scaled(spoken)
    said = until_next(voices.named([cue._replace(text=markup.quotes_decoded(cue.text)) for cue in cues]))
    generated = isinstance(told, dict) and told.get("is_generated") is not False
    return timed(said, *notices, language=_language(told), generated=generated)


def _is_empty(told: object) -> bool:
    """Whether a document is a transcript that says nothing: an empty list, or one where segments would be."""
    if isinstance(told, dict):
        return any(
            told.get(key) == []
            for key in ("segments", "transcript", "transcription", "snippets", "utterances")
        )
    return told == []


def _groups(told: object) -> Iterator[_Group]:
    found: dict[tuple[str, ...], list[Entry]] = {}
    for path, entry in entries.walk(told, (), "", _DEEPEST):
        found.setdefault(path, []).append(entry)
    for path, listed in found.items():
        yield _Group(path, listed, sum(len(one.text.split()) for one in listed))


def _text_of(told: object) -> str:
    """The whole text of a document, where it has one beside its list."""
    if not isinstance(told, dict):
        return ""
    own = [value for key in _TEXTS if isinstance(value := told.get(key), str)]
    if own:
        return max(own, key=len)
    below = [
        _text_of(value)
        for key, value in told.items()
        if key in ("results", "result", "transcription", "data", "response")
    ]
    deeper = [
        _text_of(one) for key in ("transcripts", "combinedPhrases") for one in entries.listed(told, key)
    ]
    return max((*below, *deeper), key=len, default="")


def _whole(told: object) -> Transcript | None:
    text = told if isinstance(told, str) and len(told.split()) > 1 else _text_of(told)
    if not text.strip():
        return None
    lines = markup.quotes_decoded(text).splitlines()
    words = (
        plain.transcribed(lines) if len(lines) > 1 else untimed(("", part) for part in plain.parts(lines[0]))
    )
    return words.model_copy(update={"language": _language(told), "generated": True})


def _language(told: object) -> str:
    if not isinstance(told, dict):
        first = told[0] if isinstance(told, list) and told else None
        return about.language(first.get("lang")) if isinstance(first, dict) else ""
    for key in ("language_code", "language", "lang", "languageCode", "detected_language"):
        if code := about.language(told.get(key)):
            return code
    below = (
        _language(told[key])
        for key in ("result", "results", "metadata", "params", "transcription")
        if isinstance(told.get(key), dict)
    )
    return next(filter(None, below), "")


def _about(told: object) -> About:
    if not isinstance(told, dict):
        return About()
    links = (about.link(told.get(key)) for key in ("webpage_url", "url", "video_url", "link", "source"))
    names = (about.text(told.get(key)) for key in ("channel", "uploader", "author"))
    return About(
        title=about.text(told.get("title")),
        url=next(filter(None, links), ""),
        channel=next(filter(None, names), ""),
        published=about.day(told.get("upload_date")) or about.day(told.get("published")),
    )


def cue(entry: Entry) -> Cue:
    """An entry whose times are in seconds."""
    return Cue(entry.start, entry.end, entry.text, entry.speaker)
