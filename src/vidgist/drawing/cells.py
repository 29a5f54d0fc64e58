"""A plan in columns and rows of a terminal, and drawn there."""

from collections.abc import Sequence
from math import ceil, floor

from vidgist.drawing.canvas import Canvas, Way
from vidgist.drawing.cell_measures import CELL
from vidgist.drawing.graph import Shape
from vidgist.drawing.metrics import columns
from vidgist.drawing.plan import Lines, Path, Plan, Stop
from vidgist.drawing.tracks import Net, give_tracks

_BOXES: dict[Shape, tuple[str, ...]] = {
    "box": tuple("┌─┐│└┘"),
    "round": tuple("╭─╮│╰╯"),
    "decision": tuple("╔═╗║╚╝"),
}
_HEADS = {(True, True): "▶", (True, False): "◀", (False, True): "▼", (False, False): "▲"}
"""By horizontal and forward."""

_RIMS = {True: "│║", False: "─═"}
_DOCKS = {(True, True): "├╟", (True, False): "┤╢", (False, True): "┬╤", (False, False): "┴╧"}
"""By horizontal and whether on the far side; for a thin and for a double rim."""


class Cells:
    """One part of a map. ``lines`` draws it; `NoRoom` is raised where lines would lie on something."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.horizontal = plan.horizontal
        self.sizes = [tuple(map(round, plan.turn((w / CELL, h / CELL)))) for w, h in plan.sizes]
        self.levels, self.frames = self._across()
        self.out, self.into = self._docks()
        self.gaps = [self._nets(level) for level in range(len(plan.wide) - 1)]
        self.begin, self.end, self.first_track = self._along()

    # Places across

    def _across(self) -> tuple[list[int], list[tuple[int, int]]]:
        """Return the cell of each body's lines; the first and the last cell of each frame."""
        placed = self.plan.across()
        levels = [floor(level / CELL) for level in placed.bodies]
        frames = []
        for group, (centre, size) in enumerate(placed.groups):
            begin = floor((centre - size / 2) / CELL)
            end = begin + ceil(size / CELL) - 1
            pad = 1 if self.horizontal else 2
            for number, body in enumerate(self.plan.bodies):
                if body.group == group:
                    first, last = self._extent(number, levels[number])
                    begin, end = min(begin, first - pad), max(end, last + pad)
            frames.append((begin, end))
        edges = [self._extent(number, level)[0] for number, level in enumerate(levels)]
        shift = -min([*edges, *(begin for begin, _ in frames)], default=0)
        return [level + shift for level in levels], [(begin + shift, end + shift) for begin, end in frames]

    def _extent(self, body: int, level: int) -> tuple[int, int]:
        size = self.sizes[body][1] if body < len(self.sizes) else round(self.plan.bodies[body].size / CELL)
        begin = level - size // 2
        return begin, begin + size - 1

    def _docks(self) -> tuple[dict[int, int], dict[int, int]]:
        """Return where each path leaves its lower node and where it enters the higher one.

        What leaves a node along the arrows leaves it at one place.
        """
        leaving: dict[int, list[tuple[float, int]]] = {}
        entering: dict[int, list[tuple[float, int]]] = {}
        for number, path in enumerate(self.plan.paths):
            bodies = [path.low, *(stop.body for stop in path.stops), path.high]
            leaving.setdefault(path.low, []).append((self.levels[bodies[1]], number))
            entering.setdefault(path.high, []).append((self.levels[bodies[-2]], number))
        out: dict[int, int] = {}
        for node, ends in leaving.items():
            forth = [(level, n) for level, n in ends if self.plan.paths[n].forward]
            back = [(level, n) for level, n in ends if not self.plan.paths[n].forward]
            middle = [(sum(level for level, _ in forth) / len(forth), -1)] if forth else []
            places = self._spread(node, sorted([*middle, *back]))
            out |= {n: places[n] for _, n in back} | {n: places[-1] for _, n in forth}
        into: dict[int, int] = {}
        for node, ends in entering.items():
            into |= self._spread(node, sorted(ends))
        return out, into

    def _spread(self, node: int, ends: Sequence[tuple[float, int]]) -> dict[int, int]:
        """Return cells within the rim of the box, around its middle."""
        first, last = self._extent(node, self.levels[node])
        first, last = first + 1, last - 1
        step = 1 if self.horizontal else 2
        span = (len(ends) - 1) * step
        begin = max(first, min(self.levels[node] - span // 2, last - span))
        return {number: begin + position * step for position, (_, number) in enumerate(ends)}

    # Lines between two ranks

    def _nets(self, level: int) -> list[Net]:
        nets: dict[tuple[int, int], Net] = {}
        enders: list[tuple[Net, Path, int, int]] = []
        for number, path in enumerate(self.plan.paths):
            bodies = {self.plan.rank[path.low]: path.low, self.plan.rank[path.high]: path.high}
            bodies |= {stop.rank: stop.body for stop in path.stops}
            if level not in bodies or level + 1 not in bodies:
                continue
            upper, lower = bodies[level], bodies[level + 1]
            top = self.out[number] if upper == path.low else self.levels[upper]
            net = nets.setdefault((upper, top), Net(top, upper))
            enders.append((net, path, number, lower))
        tops = {net.top for net in nets.values()}
        wanted = [self._place(path, number, lower) for _, path, number, lower in enders]
        taken = set(wanted)
        for (net, path, number, lower), place in zip(enders, wanted, strict=True):
            others = tops - {net.top}
            bottom = self._aside(path, lower, place, taken | others, others)
            taken.add(bottom)
            if lower == path.high:
                self.into[number] = bottom
            else:
                self.levels[lower] = bottom
            net.bottoms.append(bottom)
            net.ends.append(number)
        found = list(nets.values())
        give_tracks([net for net in found if not net.is_straight])
        return found

    def _place(self, path: Path, number: int, body: int) -> int:
        return self.into[number] if body == path.high else self.levels[body]

    def _aside(self, path: Path, body: int, place: int, taken: set[int], tops: set[int]) -> int:
        """Return where a line comes in: beside its place, if another comes down to
        there and there is room.
        """
        rim = 1 if body == path.high else 0
        first, last = self._extent(body, self.levels[body])
        free = (at for at in (place + 1, place - 1) if first + rim <= at <= last - rim and at not in taken)
        return next(free, place) if place in tops else place

    # Places along

    def _along(self) -> tuple[list[int], list[int], list[int]]:
        """Return the first cell of each rank and the one behind it, and the first track of each gap."""
        wide = [ceil(value / CELL) for value in self.plan.wide]
        depth = len(wide)
        self.lead, self.trail = [0] * depth, [0] * depth
        for (first, last), title in zip(self.plan.spans, self.plan.titles, strict=True):
            self.lead[first] = 2 if self.horizontal or first else 1
            self.trail[last] = 2 if self.horizontal or self._heads_back(last) else 1
            if self.horizontal:
                wide[first] += max(0, columns(title[0]) + 2 - sum(wide[first : last + 1]))
        begin: list[int] = []
        end: list[int] = []
        tracks: list[int] = []
        at = 0
        for level in range(depth):
            if level:
                tracks.append(at + max(self.trail[level - 1], self._before(level - 1)))
                count = 1 + max((net.track for net in self.gaps[level - 1]), default=-1)
                at = max(tracks[-1] + count + max(self.lead[level], self._behind(level)), at + 1)
            else:
                at = self.lead[0]
            begin.append(at)
            at += wide[level]
            end.append(at)
        return begin, end, tracks

    def _heads_back(self, level: int) -> bool:
        return any(not path.forward and self.plan.rank[path.low] == level for path in self.plan.paths)

    def _before(self, level: int) -> int:
        """Count cells behind a rank before the first track: for arrowheads that point back, and for looks."""
        return self._heads_back(level) + self.horizontal

    def _behind(self, level: int) -> int:
        """Count cells between the last track and a rank: for arrowheads, and for looks."""
        heads = any(path.forward and self.plan.rank[path.high] == level for path in self.plan.paths)
        return heads + (self.horizontal or not self.plan.has_captions)

    # Drawing

    def lines(self) -> list[str]:
        """Return the rows of the drawing. Raises `NoRoom`."""
        canvas = Canvas()
        for group in range(len(self.frames)):
            canvas.frame(*self._corners(group))
        for number in range(len(self.sizes)):
            self._draw_box(canvas, number)
        for level, nets in enumerate(self.gaps):
            for net in nets:
                self._draw_net(canvas, level, net)
        for number, path in enumerate(self.plan.paths):
            for stop in path.stops:
                self._draw_stop(canvas, number, stop)
        for group, title in enumerate(self.plan.titles):
            canvas.title(self._corners(group), f" {title[0]} ")
        return canvas.lines()

    def _cell(self, along: int, across: int) -> tuple[int, int]:
        return (across, along) if self.horizontal else (along, across)

    def _corners(self, group: int) -> tuple[int, int, int, int]:
        first, last = self.plan.spans[group]
        low, high = self.frames[group]
        return (
            *self._cell(self.begin[first] - self.lead[first], low),
            *self._cell(self.end[last] + self.trail[last] - 1, high),
        )

    def _link(self, number: int) -> int:
        """Name a path's line; those that leave a node along the arrows are one line."""
        path = self.plan.paths[number]
        return path.low if path.forward else len(self.sizes) + number

    def _box_along(self, node: int) -> tuple[int, int]:
        """Return the first cell of a box along and the one behind it: in the middle of its rank."""
        return self._amid(self.plan.rank[node], self.sizes[node][0])

    def _amid(self, level: int, size: int) -> tuple[int, int]:
        begin = self.begin[level] + (self.end[level] - self.begin[level] - size) // 2
        return begin, begin + size

    def _draw_box(self, canvas: Canvas, node: int) -> None:
        begin, end = self._box_along(node)
        first, last = self._extent(node, self.levels[node])
        top, left = self._cell(begin, first)
        bottom, right = self._cell(end - 1, last)
        corner, level, other, upright, low_corner, low_other = _BOXES[self.plan.graph.vertices[node].shape]
        inner = right - left - 1
        text = self.plan.texts[node]
        above = (bottom - top - 1 - len(text)) // 2
        for row in range(top + 1, bottom):
            place = row - top - 1 - above
            line = text[place] if 0 <= place < len(text) else ""
            room = inner - columns(line)
            canvas.write(row, left, f"{upright}{' ' * (room // 2)}{line}{' ' * (room - room // 2)}{upright}")
        canvas.write(top, left, corner + level * inner + other)
        canvas.write(bottom, left, low_corner + level * inner + low_other)

    def _draw_net(self, canvas: Canvas, level: int, net: Net) -> None:
        track = self.first_track[level] + max(net.track, 0)
        for bottom, number in zip(net.bottoms, net.ends, strict=True):
            path = self.plan.paths[number]
            link = self._link(number)
            here = next((stop for stop in path.stops if stop.rank == level), None)
            there = next((stop for stop in path.stops if stop.rank == level + 1), None)
            start = self._passed(here)[1] if here else self._box_along(path.low)[1] - 1
            stop = self._passed(there)[0] if there else self._box_along(path.high)[0]
            places = [(start, net.top), (stop, bottom)]
            if net.top != bottom:
                places[1:1] = [(track, net.top), (track, bottom)]
            canvas.line(link, *(self._cell(*place) for place in places))
            if here is None:
                self._draw_dock(canvas, start, net.top, path.low, far=True, head=not path.forward)
            elif here.lines:
                canvas.lead(link, self._cell(*places[0]), Way.WEST if self.horizontal else Way.NORTH)
            if there is None:
                self._draw_dock(canvas, stop, bottom, path.high, far=False, head=path.forward)
            elif there.lines:
                canvas.lead(link, self._cell(*places[-1]), Way.EAST if self.horizontal else Way.SOUTH)

    def _passed(self, stop: Stop) -> tuple[int, int]:
        """Return where a line ends before a rank and goes on behind it: beside its label, if that is here."""
        if not stop.lines:
            return self.begin[stop.rank], self.end[stop.rank] - 1
        begin, end = self._amid(stop.rank, self._label_along(stop.lines))
        return (begin - 2, end + 1) if self.horizontal else (begin - 1, end)

    def _label_along(self, lines: Lines) -> int:
        return max(map(columns, lines)) if self.horizontal else len(lines)

    def _draw_dock(
        self, canvas: Canvas, along: int, across: int, node: int, *, far: bool, head: bool
    ) -> None:
        double = self.plan.graph.vertices[node].shape == "decision"
        mark = _DOCKS[self.horizontal, far][double]
        if head:
            canvas.dock(
                *self._cell(along + 1 if far else along - 1, across), _HEADS[self.horizontal, not far]
            )
            mark = _RIMS[self.horizontal][double]
        canvas.dock(*self._cell(along, across), mark)

    def _draw_stop(self, canvas: Canvas, number: int, stop: Stop) -> None:
        place = self.levels[stop.body]
        if not stop.lines:
            begin, end = self._passed(stop)
            canvas.line(self._link(number), self._cell(begin, place), self._cell(max(begin, end), place))
            return
        breadth = max(map(columns, stop.lines))
        begin, _ = self._amid(stop.rank, self._label_along(stop.lines))
        row, left = self._cell(begin, place - (len(stop.lines) if self.horizontal else breadth) // 2)
        for offset, line in enumerate(stop.lines):
            canvas.write(row + offset, left + (breadth - columns(line)) // 2, line)
