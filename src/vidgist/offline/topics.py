"""A talk as a few stretches, each about its own things. Linear in its length.

Chapters decide where there are enough of them; else the deepest drops of shared vocabulary between the
sentences before and after a gap, no two close together.
"""

import math
from collections import Counter
from collections.abc import Sequence

BLOCK = 120
"""Content terms compared on either side of a gap."""


def cut(passages: Sequence[Sequence[str]], count: int, chapters: Sequence[int] = ()) -> list[int]:
    """First sentence of each stretch, at most ``count`` of them, the first being 0.

    ``passages`` are the terms of each sentence; ``chapters`` the sentences at which chapters begin.
    """
    total = len(passages)
    if total < 2 or count < 2:
        return [0]
    inner = sorted({index for index in chapters if 0 < index < total})
    if 2 <= len(inner) + 1 <= count:
        return [0, *inner]
    scores = _drops(passages)
    candidates = inner if len(inner) + 1 > count else list(range(1, total))
    apart = max(1, total // (2 * count))
    chosen: list[int] = []
    for index in sorted(candidates, key=lambda index: (-scores[index], index)):
        if apart <= index <= total - apart and all(abs(index - other) >= apart for other in chosen):
            chosen.append(index)
            if len(chosen) == count - 1:
                break
    return [0, *sorted(chosen)]


def _drops(passages: Sequence[Sequence[str]]) -> list[float]:
    """For the gap before each sentence how little its two sides share, 0 to 1."""
    flat = [(term, index) for index, terms in enumerate(passages) for term in terms]
    counts = Counter(term for term, _ in flat)
    total = len(flat)
    scores = [0.0] * len(passages)
    begins: dict[int, int] = {}
    for place, (_, index) in enumerate(flat):
        begins.setdefault(index, place)
    left: Counter[str] = Counter()
    right: Counter[str] = Counter(term for term, _ in flat[:BLOCK])
    dot, place = 0.0, 0
    weight = {term: math.log(1 + total / count) if count > 1 else 0.0 for term, count in counts.items()}
    for index in range(len(passages)):
        target = begins.get(index, place)
        while place < target:
            term = flat[place][0]
            dot -= weight[term] * left[term] * right[term]
            left[term] += 1
            right[term] -= 1
            dot += weight[term] * left[term] * right[term]
            if place + BLOCK < total:
                new = flat[place + BLOCK][0]
                dot += weight[new] * left[new]
                right[new] += 1
            if place >= BLOCK:
                old = flat[place - BLOCK][0]
                dot -= weight[old] * right[old]
                left[old] -= 1
            place += 1
        scores[index] = -dot
    return scores
