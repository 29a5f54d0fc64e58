"""The map of the house names every room, and none that is not there."""

import re
from collections import Counter
from pathlib import Path
from pkgutil import iter_modules

import vidgist

PAGE = Path(__file__).parents[2] / "docs" / "architecture.md"


def test_every_room_has_a_line_and_no_line_has_no_room() -> None:
    rooms = {module.name for module in iter_modules(vidgist.__path__)}
    text = PAGE.read_text(encoding="utf-8").partition("## Rooms")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \| \S", text, re.MULTILINE)) == rooms


def test_each_module_name_that_occurs_twice_is_explained() -> None:
    names = Counter(path.stem for path in Path(vidgist.__path__[0]).rglob("*.py") if path.stem != "__init__")
    text = (
        PAGE.read_text(encoding="utf-8")
        .partition("## Module names that occur twice")[2]
        .partition("\n## ")[0]
    )
    rows = re.findall(r"^\| (`.*?) \| \S", text, re.MULTILINE)
    explained = {name for row in rows for name in re.findall(r"\w+", row)}
    assert {name for name, count in names.items() if count > 1} <= explained
