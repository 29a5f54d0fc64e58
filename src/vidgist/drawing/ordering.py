"""Order and positions across the ranks: barycentre sweeps, then relaxation under separation.

Blocks may span several ranks (a group does). One total order of all blocks decides who lies before whom in
every rank they share, so a solution always exists, and a spanning block covers no other block.
After Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures" (1981).
"""

from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from operator import sub

_NEAR = 16.0  # pixels off level that are mended
_SQUEEZE = 2.0  # pixels of the distance to others that a straight line is worth
_STILL = 0.1  # pixels; blocks that move no more against one another in a round have found their places
_LAST_ROUNDS = 6
_ENOUGH = 5  # sweeps, where nothing crosses
_EFFORT = 5_000  # block visits a sort of task may cost, which bounds the time on huge maps


@dataclass(frozen=True, slots=True)
class Block:
    """Ranks ``first`` to ``last``, and ``size`` across them, its share of the distance to others included."""

    first: int
    last: int
    size: float


@dataclass(frozen=True, slots=True)
class Tie:
    """Block ``low`` at ``rank`` wants to be level with ``high`` at the next one. Offsets are from centres."""

    rank: int
    low: int
    low_offset: float
    high: int
    high_offset: float
    weight: float


@dataclass(frozen=True, slots=True)
class Pull:
    """A fixed place that ``block`` is to be near when it comes to order; distances heed it not."""

    block: int
    at: float
    weight: float


_Side = list[list[tuple[int, float, float]]]

_Wish = tuple[list[tuple[int, float]], float, float]
"""Blocks that a block should be level with, each with its weight; the sum of their offsets; all weights."""


def arrange(blocks: Sequence[Block], ties: Sequence[Tie], pulls: Sequence[Pull] = ()) -> list[float]:
    """Return the centre of each block; blocks that share a rank keep half their
    sizes apart, less 2 at most.
    """
    return _Arrangement(blocks, ties, pulls).solve()


class _Arrangement:
    def __init__(self, blocks: Sequence[Block], ties: Sequence[Tie], pulls: Sequence[Pull]) -> None:
        self.blocks = blocks
        self.ties = ties
        self.at = [0.0] * len(blocks)
        depth = max((block.last for block in blocks), default=-1) + 1
        self.rows: list[list[int]] = [[] for _ in range(depth)]
        self.shapes = [(block.first, block.last, block.size / 2) for block in blocks]
        for number, block in enumerate(blocks):
            for rank in range(block.first, block.last + 1):
                self.rows[rank].append(number)
        # Per block: (the other block, where level with it lies from its centre, weight)
        self.before: _Side = [[] for _ in blocks]
        self.after: _Side = [[] for _ in blocks]
        for tie in ties:
            shift = tie.high_offset - tie.low_offset
            self.before[tie.high].append((tie.low, -shift, tie.weight))
            self.after[tie.low].append((tie.high, shift, tie.weight))
        self.pulls: list[list[Pull]] = [[] for _ in blocks]
        for pull in pulls:
            self.pulls[pull.block].append(pull)

    def solve(self) -> list[float]:
        self._settle_all(list(range(len(self.blocks))), self.at)
        if not self.ties:
            return self.at
        visits = sum(map(len, self.rows)) + len(self.ties)
        sweeps = max(4, min(24, _EFFORT // (visits + 1)))
        best = list(range(len(self.blocks)))
        fewest = self._crossings(best)
        for sweep in range(sweeps):
            self._sweep(down=sweep % 2 == 0)
            order = sorted(range(len(self.blocks)), key=self.at.__getitem__)
            crossings = self._crossings(order)
            if crossings < fewest:
                fewest, best = crossings, order
            if not fewest and sweep >= _ENOUGH:
                break
        self._relax(best, rounds=max(12, min(72, 3 * sweeps)))
        self._neighbours(best)
        self._straighten()
        self._gather()
        self._straighten()
        return self.at

    def _wish(self, block: int, *sides: _Side, ordering: bool = False, gravity: float = 0.0) -> float:
        total = 0.0
        weight = gravity
        for side in sides:
            for other, shift, share in side[block]:
                total += (self.at[other] + shift) * share
                weight += share
        if ordering:
            for pull in self.pulls[block]:
                total += pull.at * pull.weight
                weight += pull.weight
        return total / weight if weight else self.at[block]

    def _sweep(self, *, down: bool) -> None:
        side = self.before if down else self.after
        for rank in range(len(self.rows)) if down else reversed(range(len(self.rows))):
            row = self.rows[rank]
            wishes = {
                block: self._wish(block, side, ordering=True)
                if rank == (self.blocks[block].first if down else self.blocks[block].last)
                else self.at[block]
                for block in row
            }
            row.sort(key=lambda block: (wishes[block], self.at[block]))
            forth: list[float] = []
            edge = -inf
            for block in row:
                half = self.blocks[block].size / 2
                forth.append(max(wishes[block], edge + half))
                edge = forth[-1] + half
            edge = inf
            for block, there in zip(reversed(row), reversed(forth), strict=True):
                half = self.blocks[block].size / 2
                back = min(wishes[block], edge - half)
                edge = back - half
                self.at[block] = (there + back) / 2

    def _relax(self, order: Sequence[int], rounds: int) -> None:
        """Return barycentres under a fixed order: pushed forth, pushed back, then the mean."""
        self._settle_all(order, [self.at[block] for block in range(len(self.blocks))])
        before, after = _wishes(self.before), _wishes(self.after)
        both = _wishes([[*one, *other] for one, other in zip(self.before, self.after, strict=True)])
        walk = (both, before, both, after)
        # What nothing holds would stay where the first packing left it.
        for gravity, most in ((0.05, rounds // 3), (0.0, rounds - rounds // 3 - _LAST_ROUNDS)):
            for turn in range(most):
                if turn % len(walk) == 0:
                    last = self.at
                self._wander(order, walk[turn % len(walk)], gravity)
                if (turn + 1) % len(walk) == 0:
                    moves = list(map(sub, self.at, last))
                    if max(moves) - min(moves) < _STILL:  # all may drift together without end
                        break
        for _ in range(_LAST_ROUNDS):
            self._wander(order, both)

    def _wander(self, order: Sequence[int], wishes: "Sequence[_Wish]", gravity: float = 0.0) -> None:
        at = self.at
        wanted: list[float] = []
        for here, (others, shifts, weight) in zip(at, wishes, strict=True):
            pull = weight + gravity
            if not pull:
                wanted.append(here)
                continue
            total = shifts
            for other, share in others:
                total += at[other] * share
            wanted.append(total / pull)
        self._settle_all(order, wanted)

    def _neighbours(self, order: Sequence[int]) -> None:
        """Note what stands next on either side in each rank."""
        self.above: list[list[int]] = [[] for _ in self.blocks]
        self.below: list[list[int]] = [[] for _ in self.blocks]
        latest = [-1] * len(self.rows)
        for block in order:
            for rank in range(self.blocks[block].first, self.blocks[block].last + 1):
                if latest[rank] >= 0:
                    self.above[block].append(latest[rank])
                    self.below[latest[rank]].append(block)
                latest[rank] = block

    def _room(self, block: int, fellows: set[int]) -> tuple[float, float]:
        """Return how far the block may move up and down before it meets one outside its group."""
        start, end = (
            self.at[block] - self.blocks[block].size / 2,
            self.at[block] + self.blocks[block].size / 2,
        )
        ups = [start - self.at[b] - self.blocks[b].size / 2 for b in self.above[block] if b not in fellows]
        downs = [self.at[b] - self.blocks[b].size / 2 - end for b in self.below[block] if b not in fellows]
        return min(ups, default=inf), min(downs, default=inf)

    def _gather(self) -> None:
        """Move parts of the graph that nothing ties to the largest one towards it as they are."""
        parts = self._parts()
        middles = [sum(self.at[block] for block in part) / len(part) for part in parts]
        home = middles[max(range(len(parts)), key=lambda n: len(parts[n]))] if parts else 0.0
        for n in sorted(range(len(parts)), key=lambda n: (abs(middles[n] - home), n)):
            fellows = set(parts[n])
            rooms = [self._room(block, fellows) for block in parts[n]]
            up, down = min(room[0] for room in rooms), min(room[1] for room in rooms)
            move = max(-max(up, 0.0), min(max(down, 0.0), home - middles[n]))
            for block in parts[n]:
                self.at[block] += move

    def _parts(self) -> list[list[int]]:
        seen = [False] * len(self.blocks)
        parts: list[list[int]] = []
        for root in range(len(self.blocks)):
            if seen[root]:
                continue
            seen[root] = True
            part = [root]
            for block in part:
                for other, _, _ in (*self.before[block], *self.after[block]):
                    if not seen[other]:
                        seen[other] = True
                        part.append(other)  # visited later in this very loop
            parts.append(part)
        return parts

    def _straighten(self) -> None:
        """Level, where there is room, what is nearly level, and what a single line leads on to."""
        by_rank = sorted(range(len(self.blocks)), key=lambda block: self.blocks[block].first)
        for side, walk in ((self.before, by_rank), (self.after, by_rank[::-1]), (self.before, by_rank)):
            back = self.after if side is self.before else self.before
            for block in walk:
                if len(side[block]) == 1:
                    other, shift, _ = side[block][0]
                    move = self.at[other] + shift - self.at[block]
                    up, down = self._room(block, set())
                    is_chain = len(back[other]) == 1
                    if (is_chain or abs(move) < _NEAR) and -up - _SQUEEZE <= move <= down + _SQUEEZE:
                        self.at[block] += move

    def _settle_all(self, order: Sequence[int], wishes: Sequence[float]) -> None:
        forth = self._packed(order, wishes, 1)
        back = self._packed(order[::-1], [-wish for wish in wishes], -1)
        self.at = [(there + here) / 2 for there, here in zip(forth, back, strict=True)]

    def _packed(self, order: Sequence[int], wishes: Sequence[float], sign: int) -> list[float]:
        """Return places as near to the wishes as those before in the order allow; the inmost loop of all."""
        edges = [-inf] * len(self.rows)
        places = [0.0] * len(wishes)
        shapes = self.shapes
        for block in order:
            first, last, half = shapes[block]
            place = wishes[block]
            if first == last:
                least = edges[first] + half
                place = max(place, least)
                edges[first] = place + half
            else:
                least = max(edges[first : last + 1]) + half
                place = max(place, least)
                edges[first : last + 1] = [place + half] * (last + 1 - first)
            places[block] = place * sign
        return places

    def _crossings(self, order: Sequence[int]) -> int:
        place = [0.0] * len(order)
        for position, block in enumerate(order):
            place[block] = position * 1e6  # more than any offset
        lanes: list[list[tuple[float, float]]] = [[] for _ in self.rows]
        for tie in self.ties:
            lanes[tie.rank].append((place[tie.low] + tie.low_offset, place[tie.high] + tie.high_offset))
        count = 0
        for lane in lanes:
            seen: list[float] = []
            for _, high in sorted(lane):
                count += len(seen) - bisect_right(seen, high)
                insort(seen, high)
        return count


def _wishes(side: _Side) -> list[_Wish]:
    """Return what is summed once for all rounds."""
    found: list[_Wish] = []
    for ties in side:
        total = weight = 0.0
        for _, shift, share in ties:
            total += shift * share
            weight += share
        found.append(([(other, share) for other, _, share in ties], total, weight))
    return found
