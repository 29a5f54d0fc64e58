"""The page of events names every event and every field that there is."""

import re
from pathlib import Path
from typing import get_args

import pytest

from vidgist.events import Event
from vidgist.models import Failure, Item, Usage, Value

PAGE = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")


def _named(opening: str) -> set[str]:
    (line,) = (line for line in PAGE.splitlines() if line.startswith(opening))
    return set(re.findall(r"`(\w+)`", line))


@pytest.mark.parametrize("kind", get_args(Event))
def test_every_event_is_told_with_its_fields(kind: type[Value]) -> None:
    name = kind.model_fields["event"].default
    assert set(kind.model_fields) - {"event"} <= _named(f"| `{name}` |")


@pytest.mark.parametrize(("name", "kind"), [("item", Item), ("failure", Failure), ("usage", Usage)])
def test_every_value_in_them_is_told_with_its_fields(name: str, kind: type[Value]) -> None:
    shown = {field for field, told in kind.model_fields.items() if not told.exclude}
    assert shown <= _named(f"- `{name}`:")


def test_no_event_is_told_that_there_is_not() -> None:
    told = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(set(told) - {"event"}) == sorted(
        kind.model_fields["event"].default for kind in get_args(Event)
    )
