"""The code in docs/extending.md does what the page says."""

import re
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest

from tests.e2e.conftest import Vidgist, vidgist
from vidgist import registry
from vidgist.config import Settings
from vidgist.errors import ConfigError, NoTranscript
from vidgist.models import Failure, Item, Note, Ref, Video
from vidgist.text import record

__all__ = ["vidgist"]

PAGE = (Path(__file__).parents[2] / "docs" / "extending.md").read_text(encoding="utf-8")
SOURCE, WRITER, ENGINE = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


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
        "vidgist.sources": [Point("lectures", SOURCE)],
        "vidgist.writers": [Point("title", WRITER), Point("txt", "raise AssertionError('shadowed')")],
        "vidgist.engines": [Point("parrot", ENGINE)],
    }

    def entry_points(*, group: str, name: str = "") -> list[Point]:
        return [point for point in offered.get(group, []) if name in ("", point.name)]

    monkeypatch.setattr(registry, "entry_points", entry_points)


def test_a_source_of_another_package_is_asked_before_the_local_files() -> None:
    sources = registry.sources(Settings.model_validate({}))
    names = [source.name for source in sources]
    assert names.index("lectures") < names.index("local")
    lectures = sources[names.index("lectures")]
    assert lectures.claims("lecture:1")
    assert not lectures.claims("https://example.org")
    (item,) = lectures.expand(Ref(text="lecture:1", origin="here"))
    assert item == Item(source="lectures", id="1", name="lecture-1", url="lecture:1", origin="here")
    assert lectures.fetch(item, ()).transcript.text == "Today: why bridges stand."
    assert lectures.requests == {"lecture": 1}
    with pytest.raises(NoTranscript, match="nobody took this lecture down"):
        lectures.fetch(item.model_copy(update={"id": "2"}), ())


def test_a_format_of_another_package_is_known_by_its_name() -> None:
    writer = registry.writers(Settings.model_validate({}), ("title",))["title"]
    item = Item(source="local", id="x", name="x", url="file:///x.vtt")
    failure = Failure(stage="fetch", code="missing", message="gone")
    note = Note(item=item, created=datetime(2026, 1, 2), failure=failure)
    assert writer.suffix == ".title"
    assert writer.render(note) == "file:///x.vtt\n"
    assert writer.render(note.model_copy(update={"video": Video(title="Bread")})) == "Bread\n"


def test_all_three_work_together_through_the_command(vidgist: Vidgist, tmp_path: Path) -> None:
    (tmp_path / "echo.md").write_text(
        '+++\nname = "echo"\nversion = "1"\ndescription = "the last words"\noutput = "text"\n+++\n'
        "# System\nRepeat.\n\n# User\n{{transcript}}\n"
    )
    ended = vidgist(
        "run",
        "lecture:1",
        "lecture:2",
        "--model",
        "parrot:grey",
        "--prompt",
        "echo.md",
        "--format",
        "txt,title",
    )
    assert ended.code == 1, ended.err
    notes = tmp_path / "notes"
    assert (notes / "lecture-1-Lecture-1.title").read_text() == "Lecture 1\n"
    made = record.parse((notes / "lecture-1-Lecture-1.txt").read_text("utf-8"))
    assert made.content == "Today: why bridges stand."
    assert "why bridges stand." in made.description
    failed = record.parse((notes / "lecture-2-Lecture-2.txt").read_text("utf-8"))
    assert failed.status == "failed: no_captions: nobody took this lecture down (tried again at the next run)"


def test_what_comes_with_vidgist_cannot_be_shadowed() -> None:
    writers = registry.writers(Settings.model_validate({}), ("txt",))
    assert type(writers["txt"]).__module__ == "vidgist.writers.txt"


def test_a_format_that_nobody_offers_is_named_with_those_that_are() -> None:
    with pytest.raises(ConfigError, match="unknown format 'pdf'") as raised:
        registry.writers(Settings.model_validate({}), ("pdf",))
    assert "title" in raised.value.hint
