"""The code in docs/extending.md does what the page says."""

import re
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest

from vidgist import registry
from vidgist.config import Settings
from vidgist.errors import ConfigError
from vidgist.models import Failure, Item, Note, Ref, Video

PAGE = (Path(__file__).parents[2] / "docs" / "extending.md").read_text(encoding="utf-8")
SOURCE, WRITER = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


class Point:
    """An entry point of another package: a name, and a module made of the page's code."""

    def __init__(self, name: str, code: str) -> None:
        self.name = name
        self.code = code

    def load(self) -> ModuleType:
        module = ModuleType(self.name)
        exec(compile(self.code, f"docs/extending.md {self.name}", "exec"), module.__dict__)
        return module


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = {
        "vidgist.sources": [Point("podcast", SOURCE)],
        "vidgist.writers": [Point("title", WRITER), Point("txt", "raise AssertionError('shadowed')")],
    }

    def entry_points(*, group: str, name: str = "") -> list[Point]:
        return [point for point in offered.get(group, []) if name in ("", point.name)]

    monkeypatch.setattr(registry, "entry_points", entry_points)


def test_a_source_of_another_package_is_asked_before_the_local_files() -> None:
    sources = registry.sources(Settings.model_validate({}))
    names = [source.name for source in sources]
    assert names.index("podcast") < names.index("local")
    podcast = sources[names.index("podcast")]
    assert podcast.claims("podcast:42")
    assert not podcast.claims("https://example.org")
    (item,) = podcast.expand(Ref(text="podcast:42", origin="here"))
    assert item == Item(source="podcast", id="42", name="42", url="podcast:42", origin="here")


def test_a_format_of_another_package_is_known_by_its_name() -> None:
    writer = registry.writers(Settings.model_validate({}), ("title",))["title"]
    item = Item(source="local", id="x", name="x", url="file:///x.vtt")
    failure = Failure(stage="fetch", code="missing", message="gone")
    note = Note(item=item, created=datetime(2026, 1, 2), failure=failure)
    assert writer.suffix == ".title"
    assert writer.render(note) == "file:///x.vtt\n"
    assert writer.render(note.model_copy(update={"video": Video(title="Bread")})) == "Bread\n"


def test_what_comes_with_vidgist_cannot_be_shadowed() -> None:
    writers = registry.writers(Settings.model_validate({}), ("txt",))
    assert type(writers["txt"]).__module__ == "vidgist.writers.txt"


def test_a_format_that_nobody_offers_is_named_with_those_that_are() -> None:
    with pytest.raises(ConfigError, match="unknown format 'pdf'") as raised:
        registry.writers(Settings.model_validate({}), ("pdf",))
    assert "title" in raised.value.hint
