"""A vault of our notes, as js-yaml and markdown-it with extensions for Obsidian read it."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.mermaid.conftest import HERE
from tests.vault import COUNT, make, notes

pytestmark = pytest.mark.mermaid

SECTIONS = ("Core Ideas", "Conclusion Points", "Overarching Framework", "Conceptual Map", "Transcript")

Seen = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("node") is None or not (HERE / "node_modules" / "js-yaml").is_dir():
        pytest.skip("Node or its packages are not here: sh scripts/mermaid")
    return make(tmp_path_factory.mktemp("vault"))


@pytest.fixture(scope="module")
def seen(vault: Path) -> Seen:
    command = ["node", str(HERE / "vault.mjs"), str(vault)]
    ended = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert isinstance(found, dict)
    return found


def _talks(vault: Path, seen: Seen) -> Seen:
    return {name: seen[name] for name in (path.relative_to(vault).as_posix() for path in notes(vault))}


def _as_typed(value: object) -> object:
    """Return a property as the script reports it: dates marked as such, in UTC."""
    if isinstance(value, list):
        return [_as_typed(one) for one in value]
    if hasattr(value, "isoformat"):
        told = value.isoformat()
        return {"date": f"{told}{'' if 'T' in told else 'T00:00:00'}.000Z"}
    return value


def test_properties_have_the_types_that_a_yaml_parser_of_javascript_gives(vault: Path, seen: Seen) -> None:
    talks = _talks(vault, seen)
    assert len(talks) == COUNT
    for name, page in talks.items():
        text = (vault / name).read_text(encoding="utf-8")
        known = yaml.safe_load(text[4 : text.index("\n---\n")])
        assert page["properties"] == {key: _as_typed(value) for key, value in known.items()}
        assert isinstance(page["properties"]["published"], dict)
        assert isinstance(page["properties"]["duration"], int)


def test_every_wiki_link_finds_its_note(vault: Path, seen: Seen) -> None:
    assert not [name for name, page in seen.items() if page["unknown"]]
    talks = set(_talks(vault, seen))
    listed = [link for name, page in seen.items() if name not in talks for link in page["links"]]
    assert len(listed) >= COUNT - COUNT // 6  # one talk of six has no channel
    own = [link for name in talks for link in seen[name]["links"] if "#^t-0" in link]
    assert len(own) == COUNT


def test_notes_are_plain_markdown_with_their_sections_and_a_map(vault: Path, seen: Seen) -> None:
    for page in _talks(vault, seen).values():
        assert [heading for heading in page["headings"] if heading in SECTIONS] == list(SECTIONS)
        assert page["headings"][0] == page["properties"]["title"].replace(
            "\u2060", ""
        )  # in brackets, as no link
        assert page["fences"] == ["mermaid"]
        assert page["html"] == 0
