"""Rank the passages of an index for a query, by their terms alone: no text is read.

A passage scores for each word of the query what the word tells times what the best of its terms there is
worth. A word that it lacks counts for less where the title of its note, a passage beside it, or the note has
it: who asks about a talk names what the whole of it is about.
"""

import heapq
from collections import defaultdict
from collections.abc import Container, Sequence
from typing import Protocol

from vidgist.archive.index import SHIFT
from vidgist.archive.query import Group, Query

IN_HEAD, BESIDE, IN_NOTE = 0.5, 0.35, 0.15
"""Share of a word's weight where it stands not in the passage but near it."""

_MOST_ROWS = 5_000
"""Rows that one word brings; a commoner one only adds to passages that rarer words brought."""

_AMONG = 60
"""Terms of rarer words that such passages are told by."""

_CANDIDATES = 400
_PLACE = (1 << SHIFT) - 1


class Rows(Protocol):
    def rows(self, term: str, most: int, among: Sequence[str] = ()) -> list[int]: ...

    def count(self, term: str) -> int: ...


def rank(index: Rows, query: Query, notes: Container[int], most: int) -> list[tuple[int, float]]:
    """Return the best rows of these notes with their scores, the best first."""
    found: list[dict[int, float]] = []
    base: dict[int, float] = defaultdict(float)
    rarer: list[str] = []
    for group in sorted(query.groups, key=lambda one: -one.weight):
        held = _rows(index, group, rarer[:_AMONG])
        found.append(held)
        rarer += group.terms
        for row, value in held.items():
            base[row] += value
    live = ((score, -row) for row, score in base.items() if row & _PLACE and row >> SHIFT in notes)
    best = [(-row, score) for score, row in heapq.nlargest(_CANDIDATES, live)]
    in_note = [_by_note(held) for held in found]
    whole = ((row, score + _around(row, found, in_note)) for row, score in best)
    ranked = heapq.nlargest(most, whole, key=lambda one: (one[1], -one[0]))
    return ranked or _heads(base, notes, most)


def _rows(index: Rows, group: Group, rarer: Sequence[str]) -> dict[int, float]:
    held: dict[int, float] = {}
    for term, value in sorted(group.terms.items(), key=lambda one: one[1]):
        among = rarer if index.count(term) > _MOST_ROWS else ()
        held.update(dict.fromkeys(index.rows(term, _MOST_ROWS, among), value * group.weight))
    return held


def _by_note(held: dict[int, float]) -> dict[int, float]:
    notes: dict[int, float] = {}
    for row, value in held.items():
        notes[row >> SHIFT] = max(value, notes.get(row >> SHIFT, 0.0))
    return notes


def _around(row: int, found: list[dict[int, float]], in_note: list[dict[int, float]]) -> float:
    note = row >> SHIFT
    more = 0.0
    for held, notes in zip(found, in_note, strict=True):
        if row in held or note not in notes:
            continue
        near = max(held.get(row - 1, 0.0) if (row - 1) & _PLACE else 0.0, held.get(row + 1, 0.0))
        head = held.get(note << SHIFT, 0.0)
        more += max(IN_HEAD * head, BESIDE * near, IN_NOTE * notes[note])
    return more


def _heads(base: dict[int, float], notes: Container[int], most: int) -> list[tuple[int, float]]:
    """Return heads alone, where the words stand in titles and nowhere else."""
    heads = [(row, score) for row, score in base.items() if row >> SHIFT in notes]
    return heapq.nlargest(most, heads, key=lambda one: (one[1], -one[0]))
