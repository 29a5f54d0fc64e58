"""How much a summary says: ideas, parts and nodes by the length of the talk. Pure."""

import math
from typing import NamedTuple

Bounds = tuple[int, int]

MOST_IDEAS, MOST_NODES, MOST_EDGES = 15, 24, 40
"""Most nodes of any record: more cannot be taken in at a glance."""

MOST_MENTIONS, MOST_FIGURES, MOST_QUESTIONS = 15, 8, 6
MOST_DECISIONS, MOST_TASKS = 12, 15

TOKENS_A_WORD = 4 / 3
"""Of ordinary speech, spaces included."""

WORDS_A_NOTE = 120
LEAST_NOTES, MOST_NOTES = 5, 40
"""Notes of one call. A longer list makes models hasty."""

TOKENS_A_NOTE = 75
"""Of the reply, for a note with its quote."""

TOKENS_A_FRAME = 14
"""Of a reply, for what stands around the text of a note with its number."""

LONGEST_NOTE, SHORTEST_NOTE = 33, 11
"""Tokens of a note's text, 25 words and 8: fewer hold no fact."""

TOKENS_A_TIME = 5
"""Of the time before a note and the end of its line."""


_IDEA, _NODE, _PART, _EXTRAS = 105, 62, 65, 900
"""Tokens of an idea with its quote, a node with its edges, a part of the outline, and of the other extras."""

_LEAST_SHARE = 0.55
"""Of the longest reply that is expected, what a reply can do with: most are no longer."""

_NARROW = 12_000
"""Tokens of a window in which a summary leaves its material the room."""


class Size(NamedTuple):
    """The fewest and the most entries of each list that are asked for."""

    ideas: Bounds
    nodes: Bounds
    outline: Bounds

    def within(self, ideas: int, nodes: int) -> "Size":
        """Return the size of a prompt that wants no more than so many."""
        return Size(_within(self.ideas, ideas), _within(self.nodes, nodes), self.outline)

    def expected(self, extras: bool) -> int:
        """Return tokens of a reply that is as long as this."""
        needed = 500 + _IDEA * self.ideas[1] + _NODE * self.nodes[1]
        return needed + (_EXTRAS + _PART * self.outline[1] if extras else 0)

    def wording(self, *, outline: bool) -> str:
        """Return the size in words, for a prompt."""
        parts = [f'"core_ideas": [{_range(self.ideas)}]', f'"nodes": [{_range(self.nodes)}]']
        if outline:
            parts.insert(0, f'"outline": [{_range(self.outline)}]')
        return ", ".join(parts)


ANY = Size((1, MOST_IDEAS), (2, MOST_NODES), (0, MOST_IDEAS))
"""What a reply may have where a prompt says for itself how much it wants."""

_SIZES = (
    (60, Size((1, 1), (2, 4), (1, 1))),
    (250, Size((1, 3), (4, 8), (1, 3))),
    (700, Size((2, 5), (8, 14), (2, 5))),
    (3_500, Size((3, 8), (15, 20), (3, 8))),
    (9_000, Size((5, 10), (15, 22), (5, 10))),
    (20_000, Size((6, 12), (16, 24), (6, 12))),
    (math.inf, Size((8, 15), (18, 24), (8, 15))),
)
"""By words said, at most: half a minute, two minutes, five, twenty-five, an hour, two and a half, more."""


def of_talk(tokens: int, window: int) -> Size:
    """Return the size for a talk of so many tokens, before a model with this window."""
    words = tokens / TOKENS_A_WORD
    size = next(size for most, size in _SIZES if words <= most)
    return size if window >= _NARROW else Size(*map(_narrow, size, ((5, 8), (10, 15), (4, 8))))


def least_reply(expected: int) -> int:
    """Return tokens that a reply cannot do without, where up to ``expected`` are wanted."""
    return int(_LEAST_SHARE * expected)


def _narrow(bounds: Bounds, most: Bounds) -> Bounds:
    return min(bounds[0], most[0]), min(bounds[1], most[1])


def reply_to(notes: int) -> int:
    """Return tokens of a reply with so many notes."""
    return 150 + TOKENS_A_NOTE * notes


def notes(tokens: int) -> int:
    """Return how many notes a stretch of so many tokens is worth: one for about every 120 words."""
    return max(LEAST_NOTES, math.ceil(tokens / TOKENS_A_WORD / WORDS_A_NOTE))


def _within(bounds: Bounds, most: int) -> Bounds:
    return min(bounds[0], most), min(bounds[1], most)


def _range(bounds: Bounds) -> str:
    low, high = bounds
    return f"{low} to {high}"
