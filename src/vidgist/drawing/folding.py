"""A part that became a long strip, laid in columns side by side as a text is. Pure.

It is cut between ranks, where only lines pass, and no group is cut. A line that passes a cut goes below its
column, up the gutter and above the next one, beside the others that do, so that it meets no node.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from vidgist.drawing.plan import Point
from vidgist.drawing.shapes import SMALL_LINE, Caption, Frame, Layout, Wire

_LONG = 800.0  # pixels; what is lower is left as it is
_MOST_COLUMNS = 8
_ASPECT = 1.4  # of a picture that uses the space
_WORTH = 0.75  # of the size that it had
_WIDER = 1.2  # times the room that columns may take: better than a strip that is scrolled
_LANE = 12.0  # between lines beside each other
_GUTTER = 34.0
_CLEAR = 3.0  # around what a cut passes


def fold(piece: Layout, within: float) -> Layout:
    """Return the part in columns no wider than ``within`` together, or as it is where that gains little."""
    if piece.height < _LONG or any(wire.horizontal for wire in piece.wires):
        return piece
    seams = _seams(piece)
    best = piece
    for count in range(2, _MOST_COLUMNS + 1):
        cuts = _cuts(seams, piece.height, count)
        if len(cuts) == count - 1:
            folded = _Folded(piece, cuts).layout()
            if folded.width <= max(_WIDER * within, piece.width) and _size(folded) < _size(best):
                best = folded
    return best if _size(best) < _WORTH * _size(piece) else piece


def _size(piece: Layout) -> float:
    """Return the height of the frame of our aspect that holds a picture."""
    return max(piece.width / _ASPECT, piece.height)


def _seams(piece: Layout) -> list[float]:
    """Return heights at which nothing stands but lines, one in each gap."""
    taken = [(box.y, box.y + box.height) for box in piece.boxes]
    taken += [(frame.y, frame.y + frame.height) for frame in piece.frames]
    taken += [(loop.at[1] - SMALL_LINE, loop.at[1] + SMALL_LINE) for loop in piece.loops]
    for caption in piece.captions:
        half = len(caption.lines) * SMALL_LINE / 2
        taken.append((caption.y - half, caption.y + half))
    found: list[float] = []
    end = 0.0
    for low, high in sorted(taken):
        if low - end > 2 * _CLEAR:
            found.append((low + end) / 2)
        end = max(end, high)
    return found


def _cuts(seams: Sequence[float], height: float, count: int) -> list[float]:
    """Return the seams nearest to equal columns."""
    chosen = {
        min(seams, key=lambda seam, at=number * height / count: abs(seam - at), default=0.0)  # type: ignore[misc]
        for number in range(1, count)
    }
    return sorted(chosen & set(seams))


@dataclass(frozen=True, slots=True)
class _Passage:
    """A line through a cut: which it is, where it comes to the cut and where it leaves it."""

    wire: int
    above: float
    below: float


class _Folded:
    def __init__(self, piece: Layout, cuts: Sequence[float]) -> None:
        self.piece = piece
        self.cuts = cuts
        self.passages = [list(self._passages(cut)) for cut in cuts]
        self.lanes = [
            {
                one.wire: lane
                for lane, one in enumerate(sorted(passing, key=lambda one: (-one.above, one.wire)))
            }
            for passing in self.passages
        ]
        self.bounds = [0.0, *cuts, piece.height]
        spans = [self._span(number) for number in range(len(cuts) + 1)]
        self.right: list[float] = []  # by which each column is moved
        self.gutters: list[float] = []
        edge = 0.0
        for number, (low, high) in enumerate(spans):
            self.right.append(edge - low)
            edge += high - low + _GUTTER / 2
            self.gutters.append(edge)
            passing = len(self.passages[number]) if number < len(cuts) else 0
            edge += max(0, passing - 1) * _LANE + _GUTTER / 2
        self.width = edge - _GUTTER
        tops = [0.0] + [_LANE * (len(passing) + 1) if passing else 0.0 for passing in self.passages]
        top = max(tops)
        self.down = [top - bound for bound in self.bounds[:-1]]
        feet = [_LANE * len(passing) for passing in self.passages] + [0.0]
        heights = [high - low + foot for (low, high), foot in zip(pairwise(self.bounds), feet, strict=True)]
        self.height = top + max(heights)

    def layout(self) -> Layout:
        piece = self.piece
        return replace(
            piece,
            width=self.width,
            height=self.height,
            boxes=tuple(
                replace(box, x=box.x + right, y=box.y + down)
                for box in piece.boxes
                for right, down in [self._shift(box.y)]
            ),
            frames=tuple(map(self._frame, piece.frames)),
            wires=tuple(self._wire(number, wire) for number, wire in enumerate(piece.wires)),
            loops=tuple(replace(loop, at=self._moved(loop.at)) for loop in piece.loops),
            captions=tuple(map(self._caption, piece.captions)),
        )

    def _column(self, y: float) -> int:
        return bisect_right(self.cuts, y)

    def _shift(self, y: float) -> Point:
        column = self._column(y)
        return self.right[column], self.down[column]

    def _moved(self, point: Point) -> Point:
        right, down = self._shift(point[1])
        return point[0] + right, point[1] + down

    def _frame(self, frame: Frame) -> Frame:
        right, down = self._shift(frame.y)
        return replace(frame, x=frame.x + right, y=frame.y + down, title_x=frame.title_x + right)

    def _caption(self, caption: Caption) -> Caption:
        x, y = self._moved((caption.x, caption.y))
        return replace(caption, x=x, y=y)

    def _passages(self, cut: float) -> Iterator[_Passage]:
        for number, wire in enumerate(self.piece.wires):
            for stroke in wire.strokes:
                for (x, y), (to_x, to_y) in pairwise(stroke):
                    if y <= cut < to_y:
                        yield _Passage(number, x, to_x)

    def _span(self, column: int) -> Point:
        """Return the left and the right end of what stands in a column."""
        low, high = self.bounds[column], self.bounds[column + 1]
        ends = [(box.x, box.x + box.width) for box in self.piece.boxes if low <= box.y < high]
        ends += [(frame.x, frame.x + frame.width) for frame in self.piece.frames if low <= frame.y < high]
        ends += [(one.x - 40, one.x + 40) for one in self.piece.captions if low <= one.y < high]
        for wire in self.piece.wires:
            for stroke in wire.strokes:
                for (x, y), (to_x, to_y) in pairwise(stroke):
                    if y < high and to_y > low:
                        ends += [(x, x)] if y >= low else []
                        ends += [(to_x, to_x)]
        return min(left for left, _ in ends), max(right for _, right in ends)

    def _wire(self, number: int, wire: Wire) -> Wire:
        strokes = tuple(tuple(self._stroke(number, stroke)) for stroke in wire.strokes)
        inner = wire.tip[1] + (_CLEAR if wire.back else -_CLEAR)
        right, down = self._shift(inner)
        return replace(wire, strokes=strokes, tip=(wire.tip[0] + right, wire.tip[1] + down))

    def _stroke(self, number: int, stroke: Sequence[Point]) -> Iterator[Point]:
        yield self._moved(stroke[0])
        for (x, y), (to_x, to_y) in pairwise(stroke):
            level = x
            for place, cut in enumerate(self.cuts):
                if y <= cut < to_y:
                    yield from self._turn(place, number, level, to_x)
                    level = to_x
            yield self._moved((to_x, to_y))

    def _turn(self, place: int, number: int, above: float, below: float) -> Iterator[Point]:
        """Lead a line from one column to the next: down, along below it, up the gutter, along above the
        next, down.
        """
        lane = self.lanes[place][number]
        foot = self.cuts[place] + self.down[place] + lane * _LANE
        head = self.cuts[place] + self.down[place + 1] - (len(self.lanes[place]) - lane) * _LANE
        gutter = self.gutters[place] + lane * _LANE
        left, right = above + self.right[place], below + self.right[place + 1]
        yield from ((left, foot), (gutter, foot), (gutter, head), (right, head))
