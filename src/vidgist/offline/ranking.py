"""Which sentences say the most of a talk: greedy coverage of its own vocabulary. Deterministic.

Each term that is said more than once weighs the square root of its count. A sentence gains the weight of the
terms it adds, divided by its length to the power `DENSITY`, more where the talk opens and closes, less where
it chats. Weights only fall as sentences are chosen, so a heap with stale gains finds each next one.
"""

import heapq
import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

DENSITY = 0.7
POSITION = 0.5
"""How much more a sentence counts at the very beginning or end of the talk."""
DECAY = 0.05
"""Share of the talk over which that fades."""


class Candidate(NamedTuple):
    """A sentence as the ranking sees it: its terms, its length in words, its worth beside coverage (1: plain)."""

    terms: tuple[str, ...]
    size: float
    worth: float


def weigh(passages: Sequence[Sequence[str]]) -> dict[str, float]:
    """The weight of each term of a talk; of a talk too short to repeat itself, every term's."""
    counts = Counter(term for terms in passages for term in terms)
    repeated = {term: math.sqrt(count) for term, count in counts.items() if count > 1}
    return repeated if len(repeated) >= 8 else {term: math.sqrt(count) for term, count in counts.items()}


def position(index: int, count: int) -> float:
    """The factor of the place of sentence ``index`` of ``count``."""
    place = (index + 0.5) / max(1, count)
    return 1 + POSITION * (math.exp(-place / DECAY) + math.exp(-(1 - place) / DECAY))


def choose(candidates: Sequence[Candidate], weights: dict[str, float], budget: float, most: int) -> list[int]:
    """Indices in the order of their choice, until ``budget`` words or ``most`` sentences are had.

    n log n in practice.
    """

    def gain(index: int) -> float:
        candidate = candidates[index]
        if candidate.worth <= 0 or not candidate.size:
            return 0.0
        fresh = sum(weights.get(term, 0.0) for term in set(candidate.terms) if term not in covered)
        return candidate.worth * fresh / candidate.size**DENSITY

    covered: set[str] = set()
    chosen: list[int] = []
    spent = 0.0
    heap = [(-gain(index), index) for index in range(len(candidates))]
    heapq.heapify(heap)
    while heap and len(chosen) < most:
        stale, index = heapq.heappop(heap)
        if stale == 0:
            break
        current = gain(index)
        if current < -stale - 1e-12:
            heapq.heappush(heap, (-current, index))
            continue
        if chosen and spent + candidates[index].size > budget:
            continue
        chosen.append(index)
        spent += candidates[index].size
        covered.update(candidates[index].terms)
    return chosen


def centrality(terms: Sequence[str], weights: dict[str, float]) -> float:
    """How much of what a passage says is what the whole talk speaks of."""
    distinct = set(terms)
    return sum(weights.get(term, 0.0) for term in distinct) / (len(distinct) + 3) if distinct else 0.0
