"""The map of the house names every room, and none that is not there."""

import re
from pathlib import Path
from pkgutil import iter_modules

import vidgist

PAGE = Path(__file__).parents[2] / "docs" / "architecture.md"


def test_every_room_has_a_line_and_no_line_has_no_room() -> None:
    rooms = {module.name for module in iter_modules(vidgist.__path__)}
    text = PAGE.read_text(encoding="utf-8").partition("## Rooms")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \| \S", text, re.MULTILINE)) == rooms
