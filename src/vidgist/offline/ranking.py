"""Which sentences say the most of a talk: greedy coverage of its own vocabulary. Deterministic.

What is covered are the content words of the talk and the pairs of neighbouring words of which one carries content;
each that comes more than once weighs the square root of its count. A sentence gains the weight of what it adds,
divided by its length to the power `DENSITY`, more where the talk opens and, less so, where it closes. Gains only
fall as sentences are chosen, so a heap with stale gains finds each next one.
"""

import heapq
import math
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

DENSITY = 0.5
OPENING, CLOSING = 2.0, 0.5
"""How much more a sentence counts at the very beginning and at the very end of the talk."""
DECAY = 0.05
"""Share of the talk over which that fades."""
_FEW = 8


class Candidate(NamedTuple):
    """A sentence as the ranking sees it: its units, its length in words, its worth beside coverage (1: plain)."""

    units: frozenset[Hashable]
    size: float
    worth: float


def weigh(passages: Sequence[Sequence[Hashable]]) -> dict[Hashable, float]:
    """The weight of each unit of a talk; in a talk too short to repeat itself every unit has one."""
    counts = Counter(unit for units in passages for unit in units)
    repeated = {unit: math.sqrt(count) for unit, count in counts.items() if count > 1}
    return repeated if len(repeated) >= _FEW else {unit: math.sqrt(count) for unit, count in counts.items()}


def position(index: int, count: int) -> float:
    """The factor of the place of sentence ``index`` of ``count``."""
    place = (index + 0.5) / max(1, count)
    return 1 + OPENING * math.exp(-place / DECAY) + CLOSING * math.exp(-(1 - place) / DECAY)


def choose(
    candidates: Sequence[Candidate], weights: dict[Hashable, float], budget: float, most: int
) -> list[int]:
    """Indices in the order of their choice, until ``budget`` words or ``most`` sentences are had.

    n log n in practice.
    """

    def gain(index: int) -> float:
        candidate = candidates[index]
        if candidate.worth <= 0 or not candidate.size:
            return 0.0
        # fsum is exact whatever the order: sets of text are not walked alike in two processes.
        fresh = math.fsum(weights.get(unit, 0.0) for unit in candidate.units if unit not in covered)
        return candidate.worth * fresh / math.pow(candidate.size, DENSITY)

    covered: set[Hashable] = set()
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
        covered.update(candidates[index].units)
    return chosen


def centrality(units: Sequence[Hashable], weights: dict[Hashable, float]) -> float:
    """How much of what a passage says is what the whole talk speaks of."""
    distinct = set(units)
    return math.fsum(weights.get(unit, 0.0) for unit in distinct) / (len(distinct) + 3) if distinct else 0.0
