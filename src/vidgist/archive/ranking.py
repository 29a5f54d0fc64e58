"""Rank the passages of an index for a query, by their terms alone: no text is read.

A passage scores for each word of the query the word's weight times what the best of its terms there is
worth. A word that it lacks counts for less where the title of its note, a passage beside it, or the note has
it: who asks about a talk names what the whole of it is about.
"""

import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Sequence
from itertools import islice
from typing import Protocol

from vidgist.archive.index import SHIFT
from vidgist.archive.query import Query
from vidgist.archive.terms import Group

IN_HEAD, BESIDE, IN_NOTE = 0.5, 0.35, 0.15
"""Share of a word's weight where it stands not in the passage but near it."""

_MOST_ROWS = 800
"""Rows that one word brings; a commoner one only adds to passages that rarer words brought."""

_ENOUGH = 800
"""Rows brought, from which on every further word only adds to them."""

_AMONG = 12
"""Terms of rarer words that such passages are recognized by."""

_SPECIFIC = 12
"""Words that choose the passages, the most specific ones; further ones count when a passage is read."""

_CANDIDATES = 200
_PLACE = (1 << SHIFT) - 1


class Rows(Protocol):
    def rows(self, terms: Sequence[str], most: int, among: Sequence[str] = ()) -> list[int]: ...


def rank(index: Rows, query: Query, notes: Container[int], most: int) -> list[tuple[int, float]]:
    """Return the best rows of these notes with their scores, the best first."""
    found: list[dict[int, float]] = []
    base: dict[int, float] = defaultdict(float)
    rarer: list[str] = []
    for group in sorted(query.groups, key=lambda one: -one.weight)[:_SPECIFIC]:
        held = _rows(index, group, rarer[:_AMONG], enough=len(base) >= _ENOUGH)
        found.append(held)
        rarer += group.terms
        for row, value in held.items():
            base[row] += value
    ordered_by_score = sorted(sorted(base), key=base.__getitem__, reverse=True)
    live = (row for row in ordered_by_score if row & _PLACE and row >> SHIFT in notes)
    best = [(row, base[row]) for row in islice(live, _CANDIDATES)]
    ordered = [sorted(held) for held in found]
    whole = ((row, score + _around(row, found, ordered)) for row, score in best)
    ranked = heapq.nlargest(most, whole, key=lambda one: (one[1], -one[0]))
    return ranked or _heads(base, notes, most)


def _rows(index: Rows, group: Group, rarer: Sequence[str], *, enough: bool) -> dict[int, float]:
    held: dict[int, float] = {}
    for value in sorted(set(group.terms.values())):
        terms = [term for term, worth in group.terms.items() if worth == value]
        among = rarer if enough or sum(map(group.counts.__getitem__, terms)) > _MOST_ROWS else ()
        held.update(dict.fromkeys(index.rows(terms, _MOST_ROWS, among), value * group.weight))
    return held


def _around(row: int, found: list[dict[int, float]], ordered: list[list[int]]) -> float:
    """Return what a row gains by words that it lacks; ``ordered`` are the rows of each word, ascending."""
    begin = row >> SHIFT << SHIFT
    more = 0.0
    for held, rows in zip(found, ordered, strict=True):
        if row in held:
            continue
        place = bisect_left(rows, begin)
        whole = 0.0
        while place < len(rows) and rows[place] <= begin | _PLACE:
            whole = max(whole, held[rows[place]])
            place += 1
        if whole:
            near = max(held.get(row - 1, 0.0) if (row - 1) & _PLACE else 0.0, held.get(row + 1, 0.0))
            more += max(IN_HEAD * held.get(begin, 0.0), BESIDE * near, IN_NOTE * whole)
    return more


def _heads(base: dict[int, float], notes: Container[int], most: int) -> list[tuple[int, float]]:
    """Return heads alone, where the words stand in titles and nowhere else."""
    heads = [(row, score) for row, score in base.items() if row >> SHIFT in notes]
    return heapq.nlargest(most, heads, key=lambda one: (one[1], -one[0]))
