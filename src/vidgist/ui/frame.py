"""The lower part of a terminal that changes while lines go by above it.

A line is written over in place, and only where it changed: nothing is ever blank in between, so nothing
flickers. One change is one write.
"""

from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.control import Control
from rich.segment import ControlType, Segment, Segments

Line = list[Segment]

_NEWLINE = Segment.line()
_REST = Control((ControlType.ERASE_IN_LINE, 0)).segment
_BEGIN = Control(ControlType.CARRIAGE_RETURN).segment


class Frame:
    """Lines at the end of what was printed. The cursor stands below them, at the margin.

    On a terminal that cannot move its cursor, lines go by and there is no frame.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._lines: list[Line] = []
        self._is_open = False

    @property
    def width(self) -> int:
        """Return how many columns a line may take: one less than there are, so that no line breaks."""
        return max(1, self._console.width - 1)

    @property
    def height(self) -> int:
        """Return the rows of the terminal."""
        return self._console.height

    def open(self) -> None:
        """Begin to show the frame."""
        self._is_open = self._console.is_terminal and not self._console.is_dumb_terminal
        if self._is_open:
            self._console.show_cursor(False)

    def close(self) -> None:
        """Take the frame away."""
        self.draw(())
        if self._is_open:
            self._console.show_cursor(True)
        self._is_open = False

    def draw(self, lines: Sequence[RenderableType], above: Sequence[RenderableType] = ()) -> None:
        """Show these lines, each on one row, and print ``above`` before them, folded."""
        printed = [line for one in above for line in self._rendered(one)]
        if not self._is_open:
            self._write([part for line in printed for part in (*line, _NEWLINE)])
            return
        drawn = [line for one in lines for line in self._rendered(one)[:1]]
        rows = self._rows()
        parts = [_BEGIN, *_up(rows)]
        is_kept = rows == len(self._lines) and not printed
        for number, line in enumerate([*printed, *drawn]):
            if not is_kept or number >= rows or line != self._lines[number]:
                parts += (*line, _REST)
            parts.append(_NEWLINE)
        surplus = rows - len(printed) - len(drawn)
        for _ in range(surplus):
            parts += (_REST, _NEWLINE)
        parts += (_REST, *_up(surplus))
        self._lines = drawn
        self._write(parts)

    def _rows(self) -> int:
        """Count the rows that the frame takes now: more than it has lines where the terminal became
        narrower.
        """
        width = max(1, self._console.width)
        return sum(max(1, -(-Segment.get_line_length(line) // width)) for line in self._lines)

    def _rendered(self, one: RenderableType) -> list[Line]:
        options = self._console.options.update(width=self.width)
        return self._console.render_lines(one, options, pad=False)

    def _write(self, parts: Sequence[Segment]) -> None:
        self._console.print(Segments(parts), end="", crop=False, no_wrap=True)


def _up(rows: int) -> list[Segment]:
    return [Control((ControlType.CURSOR_UP, rows)).segment] if rows > 0 else []
