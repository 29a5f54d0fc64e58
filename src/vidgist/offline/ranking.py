"""Which passages say the most of a talk: greedy coverage of its own vocabulary. Deterministic.

A passage gains the weight of what it adds to those already chosen, times its worth, divided by its length to the power
`DENSITY`. Gains only fall as passages are chosen, so a heap with stale gains finds each next one.
"""

import heapq
import math
from collections.abc import Hashable, Sequence

from vidgist.offline.passages import Passage

DENSITY = 0.6


def choose(
    passages: Sequence[Passage],
    weights: dict[Hashable, float],
    budget: float,
    most: int,
    taken: Sequence[Passage] = (),
) -> list[Passage]:
    """Return passages in the order of their choice, until ``budget`` words or ``most`` of them are had.

    None shares a sentence with another or with one of those ``taken``, and what these say is covered. n log n in
    practice.
    """
    held = {index for passage in taken for index in range(passage.first, passage.last + 1)}
    covered = {unit for passage in taken for unit in passage.units}
    chosen: list[Passage] = []
    spent = 0.0
    heap = [(-_gain(passage, weights, covered), index) for index, passage in enumerate(passages)]
    heapq.heapify(heap)
    while heap and len(chosen) < most:
        stale, index = heapq.heappop(heap)
        passage = passages[index]
        if stale == 0:
            break
        if not held.isdisjoint(range(passage.first, passage.last + 1)):
            continue
        current = _gain(passage, weights, covered)
        if current < -stale - 1e-12:
            heapq.heappush(heap, (-current, index))
            continue
        if chosen and spent + passage.size > budget:
            continue
        chosen.append(passage)
        spent += passage.size
        covered.update(passage.units)
        held.update(range(passage.first, passage.last + 1))
    return chosen


def _gain(passage: Passage, weights: dict[Hashable, float], covered: set[Hashable]) -> float:
    # fsum is exact whatever the order: sets of text are not walked alike in two processes.
    fresh = math.fsum(weights.get(unit, 0.0) for unit in passage.units if unit not in covered)
    return passage.worth * fresh / math.pow(passage.size, DENSITY) if passage.size else 0.0


def centrality(passage: Passage, weights: dict[Hashable, float]) -> float:
    """Tell how much of what a passage says is what the whole talk speaks of."""
    held = math.fsum(weights.get(unit, 0.0) for unit in passage.units)
    return held / (len(passage.units) + 3)
