"""A terminal in memory: what its rows hold after each write, so that a display can be read and timed."""

import io
import re
import unicodedata

_STEP = re.compile(r"\x1b\[(\??[0-9;]*)([A-Za-z])|(\r)|(\n)|([^\x1b\r\n])")


class Screen(io.StringIO):
    """Understands what a display needs: text, line ends, the cursor up, the rest of a row erased.

    Anything else fails. ``seen`` holds the screen after each write. ``rows`` are of all that was written, as
    if the terminal were of any height.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = [[]]
        self.row = self.column = 0
        self.seen: list[list[str]] = []
        self.is_cursor_hidden = False

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        for step in _STEP.finditer(text):
            arguments, command, margin, newline, character = step.groups()
            if command:
                self._obey(command, arguments)
            elif margin:
                self.column = 0
            elif newline:
                self.row, self.column = self.row + 1, 0
                self.rows += [[]] * (self.row + 1 - len(self.rows))
            else:
                self._put(character)
        self.seen.append(self.shown)
        return len(text)

    @property
    def shown(self) -> list[str]:
        """The rows as they are read."""
        return ["".join(row).rstrip() for row in self.rows]

    def _put(self, character: str) -> None:
        row = list(self.rows[self.row])
        row += [" "] * (self.column - len(row))
        wide = unicodedata.east_asian_width(character) in "WF"
        row[self.column : self.column + 1 + wide] = [character, ""] if wide else [character]
        self.rows[self.row] = row
        self.column += 1 + wide

    def _obey(self, command: str, arguments: str) -> None:
        match command, arguments:
            case "m", _:
                pass
            case "A", _:
                self.row -= int(arguments or 1)
                assert self.row >= 0
            case "K", "0" | "":
                self.rows[self.row] = self.rows[self.row][: self.column]
            case "l", "?25":
                self.is_cursor_hidden = True
            case "h", "?25":
                self.is_cursor_hidden = False
            case _:
                raise AssertionError(f"not for a display: {arguments}{command}")
