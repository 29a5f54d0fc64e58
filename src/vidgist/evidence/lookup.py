"""Passages of a transcript that may carry a statement, found by its rarer words. Pure."""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from vidgist.evidence import function_words, tokenizing
from vidgist.evidence.concordance import Concordance, Passage, numbers
from vidgist.evidence.folded_words import UNSPACED
from vidgist.evidence.items import Token

SURE, AMONG = 0.62, 0.3
"""Share of a quote's rare words, by weight, from which a passage is taken for it, or offered in its place."""

_CLEARLY = 0.1
"""By how much the best passage must be better than any other."""

_NEARLY_ALL = 0.9
"""Share from which a passage is taken even where the talk says the same a second time."""

_LEAST_SHARED = 3
_FEWEST_OFFERED = 2
_BUCKET = 10
_SPAN = 3
_COMMON = 400
_PADDING = 4
_LONGEST = 32

Weights = dict[str, float]


class Candidate(NamedTuple):
    """A passage and the share of the wanted words that it holds. ``sure``: no other comes near."""

    passage: Passage
    share: float
    sure: bool


class Index:
    """Where the words that say something stand, by stem."""

    def __init__(self, concordance: Concordance) -> None:
        self.concordance = concordance
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, term in enumerate(terms(concordance.tokens, concordance.language)):
            if term:
                self._places[term].append(place)
        self._size = len(concordance.tokens)

    def look_up(self, quote: str, statement: str = "", most: int = 3) -> tuple[Candidate, ...]:
        """Return the likeliest passages, best first.

        They are judged by the words of the quote, or of the statement where there is no quote; the statement
        helps to choose between them.
        """
        wanted = self._weights(quote) or self._weights(statement)
        total = sum(wanted.values())
        if not total:
            return ()
        helping = self._weights(statement)
        found = []
        for first, last, held in self._windows(wanted, helping):
            share = sum(wanted.get(term, 0.0) for term in held) / total
            if share >= AMONG and len(held & wanted.keys()) >= _FEWEST_OFFERED:
                found.append((share, first, last, held))
        if not found:
            return ()
        best = found[0][0]
        second = found[1][0] if len(found) > 1 else 0.0
        needed = numbers(token.key for token in tokenizing.tokens(quote, self.concordance.language))
        candidates: list[Candidate] = []
        for share, first, last, held in found[:most]:
            sure = (
                share == best >= SURE
                and (best - second >= _CLEARLY or share >= _NEARLY_ALL)
                and len(held & wanted.keys()) >= min(_LEAST_SHARED, len(wanted))
                and needed <= numbers(self.concordance.tokens[at].key for at in range(first, last + 1))
            )
            candidates.append(Candidate(self._passage(first, last), share, sure and not candidates))
        return tuple(candidates)

    def places(self, term: str) -> list[int]:
        """Return where a stem stands."""
        return self._places.get(term, [])

    def _weights(self, text: str) -> Weights:
        """Return the terms of a text, each weighing more the rarer it is in the transcript."""
        found = terms(tokenizing.tokens(text, self.concordance.language), self.concordance.language)
        return {term: math.log(1 + self._size / (1 + len(self.places(term)))) for term in found if term}

    def _windows(self, wanted: Weights, helping: Weights) -> list[tuple[int, int, set[str]]]:
        """Yield stretches that hold many of the words, best first, none over another."""
        buckets: dict[int, set[str]] = defaultdict(set)
        weights = {**{term: 0.35 * weight for term, weight in helping.items()}, **wanted}
        for term in weights:
            places = self.places(term)
            if len(places) <= _COMMON:
                for place in places:
                    buckets[place // _BUCKET].add(term)
        scored = []
        for bucket in sorted({near - back for near in buckets for back in range(_SPAN)}):
            held = set().union(*(buckets.get(bucket + on, set()) for on in range(_SPAN)))
            scored.append((-sum(weights[term] for term in held), bucket, held))
        chosen: list[tuple[int, int, set[str]]] = []
        taken: set[int] = set()
        for _, bucket, held in sorted(scored, key=lambda one: one[:2]):
            if len(chosen) > _SPAN:
                break
            if not any(bucket + on in taken for on in range(_SPAN)):
                taken.update(bucket + on for on in range(_SPAN))
                chosen.append((*self._tight(bucket, held), held))
        return chosen

    def _tight(self, bucket: int, held: set[str]) -> tuple[int, int]:
        """Return the shortest run of words near a bucket that holds all of these terms."""
        low, high = bucket * _BUCKET, (bucket + _SPAN) * _BUCKET
        inside = sorted((at, term) for term in held for at in self.places(term) if low <= at < high)
        best = (inside[0][0], inside[-1][0])
        for begin in range(len(inside)):
            seen: set[str] = set()
            for at, term in itertools.islice(inside, begin, None):
                seen.add(term)
                if seen == held:
                    best = min(best, (inside[begin][0], at), key=lambda span: span[1] - span[0])
                    break
        return best

    def _passage(self, first: int, last: int) -> Passage:
        """Return the run of words, grown to where a sentence begins and ends, or by a few words."""
        speech = self.concordance
        begin, end = first, last
        while begin > 0 and first - begin < _PADDING and not speech.ends_sentence(begin - 1):
            begin -= 1
        while (
            end < self._size - 1
            and end - last < _PADDING
            and end - begin < _LONGEST
            and not speech.ends_sentence(end)
        ):
            end += 1
        return speech.passage(begin, end)


def terms(tokens: Iterable[Token], language: str) -> list[str]:
    """Return the term each token is compared by: a stem, a figure, two letters of a script without spaces.

    Empty for a word that says nothing.
    """
    found: list[str] = []
    before: Token | None = None
    for token in tokens:
        term = ""
        if token.figure and numbers([token.key]):
            term = token.key
        elif UNSPACED.match(token.key):
            joined = before and before.end == token.begin and UNSPACED.match(before.key)
            term = before.key + token.key if before and joined else ""
        elif function_words.matters(token.key, language) and not token.key.isdigit():
            term = function_words.stem(token.key)
        found.append(term)
        before = token
    return found
