"""A vault of 65 notes: links, block links, queries over its properties and a person's own lines over ten reruns."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from tests.vault import CHANNELS, COUNT, OTHERS, make, notes
from vidgist.writers.md import MARK

pytestmark = pytest.mark.unmeasured

_LINK = re.compile(r"\[\[(?P<target>[^\[\]|#]*)(?:#\^(?P<block>[\w-]+))?(?:\|[^\[\]]*)?\]\]")


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("vault"))


def _properties(path: Path) -> dict[str, Any]:
    text = path.read_text()
    found = yaml.safe_load(text[4 : text.index("\n---\n")])
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def pages(vault: Path) -> Mapping[Path, dict[str, Any]]:
    return {path: _properties(path) for path in notes(vault)}


def test_every_talk_has_one_note_and_nobody_elses_file_changed(
    vault: Path, pages: Mapping[Path, Any]
) -> None:
    assert len(pages) == COUNT
    assert {page["vidgist"] for page in pages.values()} == {
        f"local/talk{number:02}" for number in range(COUNT)
    }
    assert {name: (vault / name).read_text() for name in OTHERS} == OTHERS
    for path in vault.rglob("*"):
        assert len(path.name.encode()) <= 220
        assert path.name.partition(".")[0].casefold() not in ("con", "aux")


def test_a_persons_own_lines_are_there(vault: Path, pages: Mapping[Path, Any]) -> None:
    thoughts = [path.read_text().partition(MARK)[2] for path in pages]
    assert min(map(len, thoughts)) > 20
    assert len(set(thoughts)) == COUNT
    index = (vault / "Kettles.md").read_text()
    assert index.count("Mine above") == index.count("Mine below") == 1


def _links(text: str) -> Iterator[re.Match[str]]:
    """Links of Obsidian outside code; what is escaped is none, for it as for a parser of CommonMark."""
    body = text.partition("\n---\n")[2] if text.startswith("---\n") else text
    for token in MarkdownIt("commonmark").disable("text_join").parse(body):
        if token.type == "inline":
            shown = "".join(child.content for child in token.children or () if child.type == "text")
            yield from _LINK.finditer(shown)


def test_every_link_leads_to_a_note_and_every_block_link_to_its_block(vault: Path) -> None:
    files = {
        path.relative_to(vault).with_suffix("").as_posix().casefold(): path for path in vault.rglob("*.md")
    }
    seen = {"note": 0, "block": 0}
    for path in {*notes(vault), *vault.glob("*.md"), vault / "Daily/2026-01-01.md"}:
        for link in _links(path.read_text()):
            wanted = link["target"].casefold()
            targets = [file for name, file in files.items() if name == wanted or name.endswith(f"/{wanted}")]
            assert len(targets) == 1, (path, link[0], targets)
            seen["note"] += 1
            if link["block"]:
                assert re.search(rf" \^{link['block']}$", targets[0].read_text(), re.MULTILINE), link[0]
                seen["block"] += 1
    assert seen["note"] > 3 * COUNT
    assert seen["block"] == COUNT


def test_properties_have_the_types_that_obsidian_and_dataview_take(
    pages: Mapping[Path, dict[str, Any]],
) -> None:
    for page in pages.values():
        assert type(page["published"]) is date
        assert type(page["created"]) is datetime
        assert type(page["duration"]) is int
        assert re.fullmatch(r"1:\d\d|2:\d\d", page["length"])
        assert page["aliases"] == [page["title"]]
        assert page.get("channel", "[[")[:2] == "[["
        assert all(isinstance(value, str | int | date | list) for value in page.values())


def test_queries_find_what_they_ask_for(vault: Path, pages: Mapping[Path, dict[str, Any]]) -> None:
    rows = sorted(pages.values(), key=lambda page: page["published"], reverse=True)
    # TABLE duration WHERE channel = [[Kettles]] AND published >= date(2026-02-01) SORT published DESC
    kettles = [
        page
        for page in rows
        if page.get("channel") == "[[Kettles]]" and page["published"] >= date(2026, 2, 1)
    ]
    numbers = [number for number in range(COUNT) if number % len(CHANNELS) == 0 and number >= 31]
    assert [page["duration"] for page in kettles] == [60 + number for number in reversed(numbers)]
    # TABLE sum(rows.duration) GROUP BY channel
    totals: dict[str, int] = {}
    for page in rows:
        totals[page.get("channel", "")] = totals.get(page.get("channel", ""), 0) + page["duration"]
    assert sum(totals.values()) == sum(60 + number for number in range(COUNT))
    assert len(totals) == len(CHANNELS)
    # LIST FROM outgoing([[Kettles]])
    listed = [link["target"] for link in _links((vault / "Kettles.md").read_text())]
    found = [path.stem for path, page in pages.items() if page.get("channel") == "[[Kettles]]"]
    assert sorted(target.rpartition("/")[2] for target in listed) == sorted(found)
