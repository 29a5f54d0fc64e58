"""Whether a quote stands in a transcript, where, and in which words exactly. Pure.

A quote is compared by its letters and digits alone: case, punctuation, white space and compatibility forms
do not count. If it does not stand there as one run, the passage that shares most of its words in their
order is found by an index of the words and aligned (`difflib`, after Ratcliff and Obershelp). What comes
back is always the transcript's own text.
"""

import bisect
import difflib
import html
import itertools
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from vidgist.models import Evidence, Transcript

LIKENESS, STRICTER_BELOW = 0.75, 250
"""Least share of letters that quote and passage have in common, as twice the common ones over both; for a
quote of n letters 1 - n/250 where that is more, as set phrases are short.

Measured on 20 meetings of QMSum with quotes of 6 to 25 words: of 15,200 taken from one meeting and looked
for in another, three were found, each a set phrase of both; of true ones with every eighth word replaced,
dropped or followed by a stray one, 91 % were.
"""

LEAST_WORDS, LEAST_LETTERS = 3, 10
"""A shorter run proves nothing: it stands in every talk.
A letter of a script without spaces counts thrice."""

LONGEST = 80
"""Words of a quote that are looked at. A longer one is no quote; its beginning is judged."""

_COMMON = 300
"""Occurrences from which a word says nothing about the place."""

_PASSAGES = 4
"""Likeliest places that are aligned in full."""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Scripts whose words are not set apart by spaces, or not always in the same way: each letter is a word."""

_LETTERS_KEPT = 10_000
"""Letters whose comparable form is kept: those of any one language, also of one written in ideographs."""

_PLAIN_WORD = re.compile(r"[a-z0-9][a-z0-9']*")
_ELLIPSIS = re.compile(r"\s*(?:\[?\(?(?:…|\.{3,})\)?\]?)\s*")


class Concordance:
    """The words of one transcript, indexed once, so that many quotes are found fast."""

    def __init__(self, transcript: Transcript) -> None:
        self.text = transcript.text
        self._clock = _Clock(transcript)
        self._keys, self._spans = _words(self.text)
        self._joined = "".join(self._keys)
        lengths = itertools.accumulate(map(len, self._keys), initial=0)
        self._offsets = list(lengths)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each word stands; only a quote that was not copied exactly asks for it."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(self._keys):
            places[key].append(place)
        return places

    def find(self, quote: str) -> Evidence | None:
        """The passage that a quote repeats, with the time at which it begins; None where there is none.

        Of several equal passages the first. A quote with words left out (``...``) is judged by its longest
        part.
        """
        whole = html.unescape(quote)
        for part in dict.fromkeys((whole, max(_ELLIPSIS.split(whole), key=len))):
            keys = _words(part)[0][:LONGEST]
            if _proves(keys):
                passage = self._run(keys) or self._likest(keys)
                if passage:
                    return self._evidence(*passage)
        return None

    def _evidence(self, first: int, last: int) -> Evidence:
        begin, end = self._spans[first][0], self._spans[last][1]
        return Evidence(quote=self.text[begin:end], start=self._clock.at(begin))

    def _run(self, keys: list[str]) -> tuple[int, int] | None:
        """First and last word of the run of words with just these letters, however they are spaced."""
        wanted = "".join(keys)
        at = self._joined.find(wanted)
        while at >= 0:
            first, end = (
                bisect.bisect_left(self._offsets, at),
                bisect.bisect_left(self._offsets, at + len(wanted)),
            )
            if self._offsets[first] == at and self._offsets[end] == at + len(wanted):
                return first, end - 1
            at = self._joined.find(wanted, at + 1)
        return None

    def _likest(self, keys: list[str]) -> tuple[int, int] | None:
        best, passage = max(LIKENESS, 1 - _weight(keys) / STRICTER_BELOW), None
        for start in self._candidates(keys):
            likeness, found = self._align(keys, start)
            if likeness >= best and (passage is None or likeness > best):
                best, passage = likeness, found
        return passage

    def _candidates(self, keys: list[str]) -> list[int]:
        """Where the quote would begin, by the places that most of its rarer words point to, in order."""
        votes: Counter[int] = Counter()
        width = max(4, len(keys) // 3)
        for position, key in enumerate(keys):
            places = self._places.get(key, ())
            if len(places) <= _COMMON:
                votes.update({(place - position) // width for place in places})
        pairs = {near: count + max(votes[near - 1], votes[near + 1]) for near, count in votes.items()}
        likeliest = sorted(pairs, key=lambda near: (-pairs[near], near))[:_PASSAGES]
        return [max(0, near * width) for near in sorted(likeliest)]

    def _align(self, keys: list[str], start: int) -> tuple[float, tuple[int, int]]:
        """How like the quote the best passage near ``start`` is, and that passage's first and last word."""
        slack = max(4, len(keys) // 2)
        low = max(0, start - slack)
        near = self._keys[low : start + len(keys) + slack]
        blocks = difflib.SequenceMatcher(None, near, keys, autojunk=False).get_matching_blocks()[:-1]
        upto = list(itertools.accumulate(map(len, near), initial=0))
        common = list(itertools.accumulate((upto[a + size] - upto[a] for a, _, size in blocks), initial=0))
        letters = sum(map(len, keys))
        best: tuple[float, tuple[int, int]] = (0.0, (0, 0))
        for first, last in itertools.combinations_with_replacement(range(len(blocks)), 2):
            begin, end = blocks[first].a, blocks[last].a + blocks[last].size
            likeness = 2 * (common[last + 1] - common[first]) / (upto[end] - upto[begin] + letters)
            if likeness > best[0] and _numbers(near[begin:end]) >= _numbers(keys):
                best = likeness, (low + begin, low + end - 1)
        return best


class _Clock:
    """From an offset in a transcript's text to the second at which it is said."""

    def __init__(self, transcript: Transcript) -> None:
        self._timed = transcript.timed
        self._begins: list[int] = []
        self._spans: list[tuple[float, float, int]] = []
        offset = 0
        for segment, after in itertools.zip_longest(transcript.segments, transcript.segments[1:]):
            text = " ".join(segment.text.split())
            if text:
                lasts = segment.duration
                if after is not None and segment.start < after.start < segment.start + lasts:
                    lasts = after.start - segment.start
                self._begins.append(offset)
                self._spans.append((segment.start, max(0.0, lasts), len(text)))
                offset += len(text) + 1

    def at(self, offset: int) -> float | None:
        """Seconds; within a segment as if every letter took the same time. None without times."""
        if not self._timed:
            return None
        place = bisect.bisect_right(self._begins, offset) - 1
        start, lasts, length = self._spans[place]
        return round(start + lasts * (offset - self._begins[place]) / length, 3)


def _words(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Each word in its comparable form; and where each begins and ends in the text."""
    if text.isascii():
        return _plain_words(text)
    known: dict[str, tuple[list[str], list[tuple[int, int]]]] = {}
    keys: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"\S+", text):
        chunk, at = match[0], match.start()
        if chunk not in known:
            known[chunk] = _plain_words(chunk) if chunk.isascii() else _split(chunk)
        keys += known[chunk][0]
        spans += [(at + begin, at + end) for begin, end in known[chunk][1]]
    return keys, spans


def _plain_words(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """What `_split` finds, of ASCII alone."""
    text = text.lower()
    keys = _PLAIN_WORD.findall(text)
    if "'" in text:
        keys = [key.replace("'", "") for key in keys]
    return keys, [match.span() for match in _PLAIN_WORD.finditer(text)]


def _split(chunk: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The words of a text without spaces. Apostrophes are part of a word, and of no account."""
    words = list(_parts(chunk))
    return [key for key, _, _ in words], [(begin, end) for _, begin, end in words]


def _parts(chunk: str) -> Iterator[tuple[str, int, int]]:
    key, begin = "", 0
    for position, character in enumerate(chunk):
        plain = _plain(character)
        if _UNSPACED.match(character) and plain:
            if key:
                yield key, begin, position
            key = ""
            yield plain, position, position + 1
        elif plain:
            begin = begin if key else position
            key += plain
        elif (
            key
            and character not in "'’ʼ＇"
            and unicodedata.category(character) not in ("Mn", "Mc", "Me", "Cf")
        ):
            yield key, begin, position
            key = ""
    if key:
        yield key, begin, len(chunk)


@lru_cache(_LETTERS_KEPT)
def _plain(character: str) -> str:
    folded = unicodedata.normalize("NFKD", character).casefold()
    return "".join(part for part in folded if unicodedata.category(part)[0] in "LN")


def _proves(keys: list[str]) -> bool:
    return len(keys) >= LEAST_WORDS and _weight(keys) >= LEAST_LETTERS


def _weight(keys: Iterable[str]) -> int:
    """Letters, one of a script without spaces for three."""
    return sum(3 if _UNSPACED.match(key) else len(key) for key in keys)


def _numbers(keys: Iterable[str]) -> set[str]:
    return {key for key in keys if any(map(str.isdigit, key))}
