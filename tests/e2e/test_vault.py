"""A vault of 65 notes: links, block links, queries over its properties and a person's own lines over ten reruns."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt
from typer.testing import CliRunner

from vidgist.cli import app
from vidgist.writers.md import MARK

COUNT = 65
CHANNELS = ("Kettles", "Pots / Pans", "Who? What: *all*", "日本語チャンネル", "CON", "")
TITLES = (
    "Why water boils",
    "C# & the [[brackets]] | of #tags",
    "???",
    "🎉🎉",
    "a" * 300,
    "人工知能の歴史",
    "مرحبا بالعالم",
    "aux",
    "50% off: {{templates}} and <% code %>",
)
OPTIONS = (
    "--format",
    "md",
    "--name-template",
    "{channel}/{published} {title}",
    "--index-notes",
    "--wikilinks",
)
OTHERS = {
    ".obsidian/workspace.json": "{}",
    ".trash/old.md": "---\nvidgist: local/talk00\n---\n",
    "Board.canvas": '{"nodes":[]}',
    "Views.base": "filters:\n  and:\n    - channel == link('Kettles')\n",
    "Templates/video.md": "<% tp.file.title %>\n",
    "attachments/picture.png": "PNG",
    "Daily/2026-01-01.md": "# Today\n\nSaw [[Kettles]].\n",
}
_LINK = re.compile(r"\[\[(?P<target>[^\[\]|#]*)(?:#\^(?P<block>[\w-]+))?(?:\|[^\[\]]*)?\]\]")


def _run(*arguments: str) -> str:
    words = ["run", "in", *OPTIONS, *arguments, "--model", "offline:", "--state", "state"]
    ended = CliRunner().invoke(app, words, catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    return " ".join(ended.output.split())


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A vault as it is after a first run, a person's work in it, and ten reruns."""
    folder = tmp_path_factory.mktemp("vault")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        _talks(folder / "in")
        for name, text in OTHERS.items():
            (folder / "notes" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "notes" / name).write_text(text)
        assert f"{COUNT} done" in _run()
        for number, path in enumerate(_notes(folder / "notes")):
            with path.open("a") as file:
                file.write(f"\nMy thought {number}: [[{path.stem}#^t-0|there]] and [[{path.stem}]] #mine\n")
        index = folder / "notes" / "Kettles.md"
        index.write_text(
            index.read_text().replace("# Kettles\n", "# Kettles\n\nMine above\n") + "\nMine below\n"
        )
        for number in range(10):
            told = _run(*(("--no-wikilinks",) if number % 4 == 0 else ()))
            assert "changed by hand" not in told
        assert "nothing new" in _run()
        yield folder / "notes"


def _talks(folder: Path) -> None:
    folder.mkdir()
    for number in range(COUNT):
        words = f"The kettle number {number} boils because the heat goes into the water."
        (folder / f"talk{number:02}.vtt").write_text(
            f"WEBVTT\n\n00:00:00.000 --> 00:00:05.000\n{words}\n\n"
            "00:00:05.000 --> 00:00:09.000\nSo the point is that heat moves from hot to cold.\n"
        )
        told = {
            "id": f"id{number:02}",
            "title": TITLES[number % len(TITLES)],
            "channel": CHANNELS[number % len(CHANNELS)],
            "upload_date": f"{date(2026, 1, 1) + timedelta(days=number):%Y%m%d}",
            "duration": 60 + number,
        }
        (folder / f"talk{number:02}.info.json").write_text(json.dumps(told))


def _notes(vault: Path) -> list[Path]:
    """Notes of talks, without hidden folders, index notes and what is a person's."""
    found = (
        path for path in sorted(vault.rglob("*.md")) if not path.relative_to(vault).parts[0].startswith(".")
    )
    return [path for path in found if MARK in path.read_text()]


def _properties(path: Path) -> dict[str, Any]:
    text = path.read_text()
    found = yaml.safe_load(text[4 : text.index("\n---\n")])
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def pages(vault: Path) -> Mapping[Path, dict[str, Any]]:
    return {path: _properties(path) for path in _notes(vault)}


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
    for path in {*_notes(vault), *vault.glob("*.md"), vault / "Daily/2026-01-01.md"}:
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
