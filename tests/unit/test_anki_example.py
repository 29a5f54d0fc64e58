"""The second worked plug-in: cards for Anki, found by its entry point and safe to import."""

import csv
import html
import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from tests import samples
from vidgist import registry
from vidgist.config import Settings
from vidgist.models import Note

FOLDER = Path(__file__).parents[2] / "examples" / "anki"


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vidgist_anki", FOLDER / "vidgist_anki.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Point:
    """The entry point as an installed package would offer it."""

    name = "anki"

    def load(self) -> ModuleType:
        return _module()


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def entry_points(*, group: str, name: str = "anki") -> list[Point]:
        return [Point()] if group == "vidgist.writers" and name in ("", "anki") else []

    monkeypatch.setattr(registry, "entry_points", entry_points)


def _rows(note: Note) -> list[list[str]]:
    writer = registry.writers(Settings(), ["anki"])["anki"]
    text = writer.render(note) or ""
    assert writer.suffix == ".anki.txt"
    assert text.endswith("\n")
    lines = text.splitlines()
    head = [line for line in lines if line.startswith("#")]
    assert head == ["#separator:tab", "#html:true", "#columns:Id\tFront\tBack\tTags", "#tags column:4"]
    return list(csv.reader(lines[len(head) :], delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_package_names_its_module() -> None:
    project = tomllib.loads((FOLDER / "pyproject.toml").read_text())
    assert project["project"]["entry-points"]["vidgist.writers"] == {"anki": "vidgist_anki"}
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"] == ["vidgist_anki.py"]


def test_a_card_an_idea_with_its_quote_and_its_second() -> None:
    note = samples.FULL
    assert note.answer is not None
    assert note.answer.summary is not None
    ideas = note.answer.summary.core_ideas
    rows = _rows(note)
    assert len(rows) == len(ideas)
    assert len({row[0] for row in rows}) == len(rows)
    for row, idea in zip(rows, ideas, strict=True):
        assert len(row) == 4
        assert " ".join(idea.label.split()) in html.unescape(row[1])
        for quote in idea.evidence:
            assert " ".join(quote.quote.split()) in html.unescape(row[2])


def test_writing_it_again_gives_the_same_cards() -> None:
    assert _rows(samples.FULL) == _rows(samples.FULL)


@pytest.mark.parametrize("note", [samples.FAILED, samples.FULL.model_copy(update={"answer": None})])
def test_a_note_without_a_summary_has_no_cards(note: Note) -> None:
    assert _rows(note) == []


@pytest.mark.parametrize(
    "text", [*samples.HOSTILE, "a\tb\nc", "{{c1::hidden}}", "#separator:comma", '"quoted']
)
def test_foreign_text_is_shown_and_nothing_else(text: str) -> None:
    assert samples.FULL.answer is not None
    summary = samples.FULL.answer.summary
    assert summary is not None
    idea = summary.core_ideas[0].model_copy(update={"label": text, "text": text})
    one = summary.model_copy(update={"core_ideas": (idea,)})
    note = samples.FULL.model_copy(update={"answer": samples.FULL.answer.model_copy(update={"summary": one})})
    ((_, front, back, tags),) = _rows(note)
    assert tags == "vidgist"
    assert not re.search(r"<(?!/?(?:br|small|i|a)\b)", front + back)
    assert "{{" not in front + back
    assert " ".join(text.split()) in html.unescape(front)
