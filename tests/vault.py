"""A vault of 65 notes as it is after a first run, a person's work in it, and ten reruns."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
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


def make(folder: Path) -> Path:
    """Return the vault, made in an empty folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        _talks(folder / "in")
        for name, text in OTHERS.items():
            (folder / "notes" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "notes" / name).write_text(text)
        assert f"{COUNT} done" in _run()
        for number, path in enumerate(notes(folder / "notes")):
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
    return folder / "notes"


def _run(*arguments: str) -> str:
    words = ["run", "in", *OPTIONS, *arguments, "--model", "offline:", "--state", "state"]
    ended = CliRunner().invoke(app, words, catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    return " ".join(ended.output.split())


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


def notes(vault: Path) -> list[Path]:
    """Notes of talks, without hidden folders, index notes and what is a person's."""
    found = (
        path for path in sorted(vault.rglob("*.md")) if not path.relative_to(vault).parts[0].startswith(".")
    )
    return [path for path in found if MARK in path.read_text()]
