"""The figures of a talk by place and by size, so that each is compared with few others. Pure."""

import bisect
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from vidgist.evidence import tokenizing
from vidgist.evidence.concordance import Concordance, Passage
from vidgist.evidence.figures import Figure

Placed = tuple[int, Figure]

_PLAIN = frozenset(("number", "ordinal", "sequence"))
"""Kinds whose figures equal each other only where their values do, but for a little."""

_STEP = math.log(1.05)
"""Width of a class of sizes: more than the error up to which two figures are the same."""

_HUNDREDTHS = (1.0, 100.0, 0.01)
"""A sum may be said in hundredths of its unit."""


class FigureIndex:
    """The figures of one talk, each with the place of its token."""

    def __init__(self, concordance: Concordance) -> None:
        self.all: list[Placed] = tokenizing.figures(list(concordance.tokens))
        self._places = [at for at, _ in self.all]
        self._others: list[int] = []
        self._by_size: dict[int, list[int]] = defaultdict(list)
        for number, (_, one) in enumerate(self.all):
            if one.kind in _PLAIN:
                for size in {_size(value) for value in (*one.values, *one.scaled())}:
                    self._by_size[size].append(number)
            else:
                self._others.append(number)

    def between(self, first: int, last: int) -> list[Placed]:
        """Return the figures whose tokens stand from ``first`` to ``last``, both included."""
        return self.all[bisect.bisect_left(self._places, first) : bisect.bisect_right(self._places, last)]

    def inside(self, passages: Iterable[Passage]) -> list[Placed]:
        """Return the figures of these passages, each once, in the order of the talk."""
        return sorted(
            {one for passage in passages for one in self.between(passage.first, passage.last)}, key=_place
        )

    def like(self, stated: Figure) -> Iterator[Placed]:
        """Yield the figures that may be the one stated, in the order of the talk; those of quite another size are none."""
        if stated.kind not in _PLAIN:
            yield from self.all
            return
        sizes = {
            _size(value * factor) for value in (*stated.values, *stated.scaled()) for factor in _HUNDREDTHS
        }
        near = {size + step for size in sizes for step in (-1, 0, 1)}
        numbers = {number for size in near for number in self._by_size.get(size, ())}
        yield from (self.all[number] for number in sorted(numbers.union(self._others)))


def _place(placed: Placed) -> int:
    return placed[0]


def _size(value: float) -> int:
    """Return the class of a value's size; values that are nearly equal are in the same or in neighbouring ones."""
    return round(math.log(abs(value)) / _STEP) if abs(value) > 1e-9 else -(10**6)
