"""Lines at right angles between boxes, around everything that they may not cross. Pure; CSS pixels.

Each line is the cheapest way through a grid of lanes: short, with few turns, apart from the lines before it.
After Wybrow, Marriott and Stuckey, "Orthogonal connector routing" (2009), on a grid with equal steps.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from math import ceil, floor

from vidgist.drawing.plan import Point
from vidgist.drawing.shapes import Box, docking_room, inset

STEP = 12.0
"""Pixels between two lanes."""

_CLEAR = 5.0  # around a box, a label, a title
_TURN = 4.0  # steps that a turn is worth
_SHARED = 9.0  # and a step on another line
_CROSSED = 1.5
_EDGE = 6.0  # and a step along a frame's edge
_NEAR_EDGE = 4.0
_ASIDE = 0.4  # a step from the middle of a side
_MOST_VISITS = 30_000  # of points, for one line; a way that is longer is none

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class _Port:
    """Where a line leaves or enters a box: at ``tip``, from a place of the grid."""

    state: int
    tip: Point
    cost: float


class Grid:
    """The lanes of a drawing. A state is a crossing of lanes, and the way that a line has there."""

    def __init__(self, width: float, height: float) -> None:
        self.columns = ceil(width / STEP) + 1
        self.rows = ceil(height / STEP) + 1
        count = self.columns * self.rows
        self.shut = bytearray(count)
        self.zones = [-1] * count
        self.costs = [1.0] * (2 * count)

    def shut_off(self, rect: Rect) -> None:
        """Let no further line pass a rectangle or near it."""
        for place in self._inside(rect, _CLEAR):
            self.shut[place] = 1

    def enclose(self, zone: int, rect: Rect) -> None:
        """Let no line pass a frame but those that begin or end in its zone, and none run along its edges."""
        for place in self._inside(rect, 0.0):
            self.zones[place] = zone
        left, top, right, bottom = rect
        for x in (left, right):
            for place in self._inside((x, top, x, bottom), _NEAR_EDGE):
                self.costs[2 * place + 1] += _EDGE
        for y in (top, bottom):
            for place in self._inside((left, y, right, y), _NEAR_EDGE):
                self.costs[2 * place] += _EDGE

    def occupy(self, points: Sequence[Point]) -> None:
        """Make it dear to run along a line that was drawn, and a little so to cross it."""
        for (x, y), (to_x, to_y) in pairwise(points):
            way = int(x == to_x)
            box = (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
            for place in self._inside(box, STEP / 2 - 1):
                self.costs[2 * place + way] += _SHARED
                self.costs[2 * place + 1 - way] += _CROSSED

    def route(self, source: Box, target: Box, zones: frozenset[int]) -> tuple[Point, ...] | None:
        """Return the corners of a line from one box to another, its ends on their outlines.

        ``zones`` are those that it may pass. None where there is no way.
        """
        starts = {port.state: port for port in self._ports(source)}
        goals = {port.state: port for port in self._ports(target)}
        if not starts or not goals:
            return None
        states = self._search(starts, goals, zones, target)
        if not states:
            return None
        places = [
            ((state >> 1) % self.columns * STEP, (state >> 1) // self.columns * STEP) for state in states
        ]
        return _corners([starts[states[0]].tip, *places, goals[states[-1]].tip])

    def _inside(self, rect: Rect, margin: float) -> Iterator[int]:
        left, top, right, bottom = rect
        first = max(0, ceil((left - margin) / STEP))
        last = min(self.columns - 1, floor((right + margin) / STEP))
        for row in range(
            max(0, ceil((top - margin) / STEP)), min(self.rows - 1, floor((bottom + margin) / STEP)) + 1
        ):
            yield from range(row * self.columns + first, row * self.columns + last + 1)

    def _ports(self, box: Box) -> Iterator[_Port]:
        middle = (box.x + box.width / 2, box.y + box.height / 2)
        for horizontal in (True, False):
            room = docking_room(box, horizontal=horizontal) / 2
            level = middle[1] if horizontal else middle[0]
            begin, extent = (box.x, box.width) if horizontal else (box.y, box.height)
            for lane in range(ceil((level - room) / STEP), floor((level + room) / STEP) + 1):
                offset = lane * STEP - level
                depth = inset(box, offset, horizontal=horizontal)
                before = ceil((begin - _CLEAR) / STEP) - 1
                behind = floor((begin + extent + _CLEAR) / STEP) + 1
                for along, edge in ((before, begin + depth), (behind, begin + extent - depth)):
                    column, row = (along, lane) if horizontal else (lane, along)
                    if not (0 <= column < self.columns and 0 <= row < self.rows):
                        continue
                    place = row * self.columns + column
                    tip = (edge, lane * STEP) if horizontal else (lane * STEP, edge)
                    if not self.shut[place]:
                        cost = _ASIDE * abs(offset) / STEP
                        yield _Port(2 * place + (not horizontal), tip, cost)

    def _search(
        self,
        starts: Mapping[int, _Port],
        goals: Mapping[int, _Port],
        zones: frozenset[int],
        target: Box,
    ) -> list[int]:
        """Return the states of the cheapest way, by A*; none where there is none."""
        rest = self._rest(target)
        costs, shut, own = self.costs, self.shut, self.zones
        columns = self.columns
        last = columns * self.rows
        best = {state: port.cost + costs[state] for state, port in starts.items()}
        before: dict[int, int] = {}
        heap = [(cost + rest(state >> 1), state) for state, cost in best.items()]
        heap.sort()
        done: set[int] = set()
        found, least = -1, float("inf")
        while heap and len(done) < _MOST_VISITS:
            reckoned, state = heappop(heap)
            if reckoned >= least:
                break
            if state in done:
                continue
            done.add(state)
            cost = best[state]
            goal = goals.get(state)
            if goal and cost + goal.cost < least:
                found, least = state, cost + goal.cost
            place, way = state >> 1, state & 1
            stride = columns if way else 1
            column = place % columns
            for neighbour in (place - stride, place + stride):
                if (
                    not 0 <= neighbour < last
                    or (not way and abs(neighbour % columns - column) != 1)
                    or shut[neighbour]
                    or own[neighbour] not in zones
                ):
                    continue
                other = 2 * neighbour + way
                there = cost + costs[other]
                if there < best.get(other, least):
                    best[other] = there
                    before[other] = state
                    heappush(heap, (there + rest(neighbour), other))
            turned, there = state ^ 1, cost + _TURN
            if there < best.get(turned, least):
                best[turned] = there
                before[turned] = state
                heappush(heap, (there + rest(place), turned))
        way_back: list[int] = []
        while found >= 0:
            way_back.append(found)
            found = before.get(found, -1)
        return way_back[::-1]

    def _rest(self, target: Box) -> Callable[[int], float]:
        """Return the fewest steps from a place to one of a box."""
        columns = self.columns
        left, right = (target.x - 2 * STEP) / STEP, (target.x + target.width + 2 * STEP) / STEP
        top, bottom = (target.y - 2 * STEP) / STEP, (target.y + target.height + 2 * STEP) / STEP

        def rest(place: int) -> float:
            row, column = divmod(place, columns)
            return max(0.0, left - column, column - right) + max(0.0, top - row, row - bottom)

        return rest


def _corners(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return a line without the points that lie on its way."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and any(kept[-2][axis] == kept[-1][axis] == point[axis] for axis in (0, 1)):
            kept.pop()
        kept.append(point)
    return tuple(kept)
