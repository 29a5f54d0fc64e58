"""Whether a quote stands in a transcript, where, and in which words exactly. Pure.

Both sides are compared as `vidgist.evidence.tokenizing` reads them. If a quote does not stand there as one run,
the passage that shares most of its words in their order is found by an index of the words and aligned
(`difflib`, after Ratcliff and Obershelp). What comes back is always the transcript's own text.
"""

import bisect
import difflib
import html
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from vidgist.evidence import folded_words, function_words, tokenizing
from vidgist.evidence.clock import Clock
from vidgist.evidence.items import Token
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

_EXTENDED = 4
"""Words by which a passage grows at most, to end where its sense does."""

_ELLIPSIS = re.compile(r"\s*(?:[\[(]\s*)?(?:…|\.{2,}|(?:\. ){2,}\.)(?:\s*[\])])?\s*")
_SPEAKER = re.compile(r"^\W*[^\W\d_][\w .'-]{0,30}:\s")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।;:][\"'”’»)\]]*\s*$")


class Passage(NamedTuple):
    """Words ``first`` to ``last`` of the transcript, as they may be shown."""

    evidence: Evidence
    first: int
    last: int


class Concordance:
    """The words of one transcript, indexed once, so that many quotes are found fast.

    Names of who speaks are no part of ``text``: a quote is what was said. ``speakers`` holds them, a line each.

    ``language`` is one of two letters whose function words and number words are known, or empty.
    """

    def __init__(self, transcript: Transcript) -> None:
        self.text = transcript.spoken
        self.speakers = " \n ".join(dict.fromkeys(one.speaker for one in transcript.segments if one.speaker))
        self.language = function_words.code(transcript.language, self.text)
        self.tokens: Sequence[Token] = tokenizing.tokens(self.text, self.language)
        self._named = _names(self.speakers.split(" \n "))
        self._clock = Clock(transcript)
        self._keys = [token.key for token in self.tokens]
        self._joined = "".join(self._keys)
        self._offsets = list(itertools.accumulate(map(len, self._keys), initial=0))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Return where each word stands; only a quote that was not copied exactly asks for it."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(self._keys):
            places[key].append(place)
        return places

    def find(self, quote: str) -> tuple[Passage, ...]:
        """Return the passages that a quote repeats: one, or one for each part of a quote with words left out.

        Of several equal passages the first. None where there is none.
        """
        whole = self._named.sub(" ", html.unescape(quote))
        parts = [part for part in _ELLIPSIS.split(whole) if part]
        if len(parts) > 1:
            found = [self._find(part) for part in parts]
            anchors = [one for one in found if one]
            for place, part in enumerate(parts):
                if anchors and not found[place]:
                    found[place] = self._near(part, anchors)
            if anchors:
                return tuple(dict.fromkeys(one for one in found if one))
        passage = self._find(whole) or self._find(_SPEAKER.sub("", whole))
        return (passage,) if passage else ()

    def passage(self, first: int, last: int) -> Passage:
        """Return the words from ``first`` to ``last``, and those that their sense needs beside them."""
        first, last = self._whole(first, last)
        begin, end = self.tokens[first].begin, self.tokens[last].end
        if begin and self.text[begin - 1] in "-−+" and self.tokens[first].figure:
            begin -= 1
        return Passage(Evidence(quote=self.text[begin:end], start=self._clock.at(begin)), first, last)

    def ends_sentence(self, place: int) -> bool:
        """Return whether a sentence or clause ends with this word, by its punctuation."""
        after = self.tokens[place + 1].begin if place + 1 < len(self.tokens) else len(self.text)
        return bool(_SENTENCE_END.search(self.text[self.tokens[place].end : after]))

    def _find(self, quote: str) -> Passage | None:
        keys = [token.key for token in tokenizing.tokens(quote, self.language)][:LONGEST]
        for tried, cut_before, cut_after in _without_cut_figures(keys):
            found = (self.run(tried) or self._likest(tried)) if _proves(tried) else None
            if found:
                first, last = found
                first -= cut_before and self._has_figure(first - 1)
                last += cut_after and self._has_figure(last + 1)
                return self.passage(first, last)
        return None

    def _has_figure(self, place: int) -> bool:
        return 0 <= place < len(self.tokens) and self.tokens[place].figure is not None

    def _near(self, part: str, anchors: Sequence[Passage]) -> Passage | None:
        """Return a part too short to prove anything by itself, near one that does."""
        keys = [token.key for token in tokenizing.tokens(part, self.language)]
        if not keys or folded_words.weight(keys) < LEAST_LETTERS // 2:
            return None
        for anchor in anchors:
            low, high = max(0, anchor.first - LONGEST), min(len(self._keys), anchor.last + LONGEST)
            for at in range(low, high - len(keys) + 1):
                if self._keys[at : at + len(keys)] == keys:
                    return self.passage(at, at + len(keys) - 1)
        return None

    def _whole(self, first: int, last: int) -> tuple[int, int]:
        """Return the passage with its first figure and its last unit whole, and no
        dangling word at its end.
        """
        if first and self.tokens[first - 1].figure and self._is_unit(first):
            first -= 1
        end = min(len(self.tokens) - 1, last + _EXTENDED)
        if last < end and self.tokens[last].figure and self._is_unit(last + 1):
            last += 1
        dangling = function_words.DANGLING.get(self.language, ())
        grown = last
        while grown < end and self._keys[grown] in dangling and not self.ends_sentence(grown):
            grown += 1
        return first, grown if self._keys[grown] not in dangling or self.ends_sentence(grown) else last

    def _is_unit(self, place: int) -> bool:
        figure = self.tokens[place - 1].figure
        return bool(figure and figure.unit and figure.unit.key == self._keys[place])

    def run(self, keys: list[str]) -> tuple[int, int] | None:
        """Return the first and last word of the run of words with just these letters, however they are
        spaced.
        """
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
        best, passage = max(LIKENESS, 1 - folded_words.weight(keys) / STRICTER_BELOW), None
        for start in self._candidates(keys):
            likeness, found = self._align(keys, start)
            if likeness >= best and (passage is None or likeness > best):
                best, passage = likeness, found
        return passage

    def _candidates(self, keys: list[str]) -> list[int]:
        """Return where the quote would begin, by the places that most of its rarer
        words point to, in order.
        """
        votes: Counter[int] = Counter()
        width = max(4, len(keys) // 3)
        for position, key in enumerate(keys):
            places = self.places.get(key, ())
            if len(places) <= _COMMON:
                votes.update({(place - position) // width for place in places})
        pairs = {near: count + max(votes[near - 1], votes[near + 1]) for near, count in votes.items()}
        likeliest = sorted(pairs, key=lambda near: (-pairs[near], near))[:_PASSAGES]
        return [max(0, near * width) for near in sorted(likeliest)]

    def _align(self, keys: list[str], start: int) -> tuple[float, tuple[int, int]]:
        """Return how like the quote the best passage near ``start`` is, and that passage's first and last
        word.
        """
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
            if likeness > best[0] and numbers(near[begin:end]) >= numbers(keys):
                best = likeness, (low + begin, low + end - 1)
        return best


def _names(speakers: Iterable[str]) -> re.Pattern[str]:
    """Return what the text of a prompt has before the words of each turn, and a quote copies with them."""
    names = "|".join(map(re.escape, filter(None, speakers)))
    return re.compile(rf"(?:^|(?<=\s))(?:{names}):(?=\s)" if names else r"(?!)")


def numbers(keys: Iterable[str]) -> set[str]:
    """Return the numbers among keys, but for one, which is often an article."""
    return {key for key in keys if any(map(str.isdigit, key))} - {"1"}


def _without_cut_figures(keys: list[str]) -> list[tuple[list[str], bool, bool]]:
    """Return the keys, and the keys without a figure at their beginning or end,
    which may be the half of one.
    """
    found = [(keys, False, False)]
    if numbers(keys[-1:]):
        found.append((keys[:-1], False, True))
    if numbers(keys[:1]):
        found.append((keys[1:], True, False))
    return found


def _proves(keys: list[str]) -> bool:
    return len(keys) >= LEAST_WORDS and folded_words.weight(keys) >= LEAST_LETTERS
