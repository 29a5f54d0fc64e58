"""Notes looked at: in a terminal, as drawings, as a site."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests import samples
from tests.e2e.conftest import Vidgist
from tests.hostile_maps import hostile_map
from vidgist.notes import document
from vidgist.text.mermaid import checking, reading, writing

pytestmark = pytest.mark.unmeasured

SEED = Path(__file__).parents[1] / "golden" / "seed_record.txt"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "rivers.json").write_text(document.render(samples.FULL), encoding="utf-8")
    (folder / "seed.txt").write_bytes(SEED.read_bytes())
    return folder


def test_hundreds_of_hostile_maps_become_drawings(vidgist: Vidgist, tmp_path: Path) -> None:
    """Each one is exported, is well-formed, shows every node and holds nothing that acts."""
    folder, maps = tmp_path / "hostile", {}
    folder.mkdir()
    assert samples.FULL.answer
    for seed in range(300):
        maps[seed] = hostile_map(seed)
        summary = samples.SUMMARY.model_copy(update={"concept_map": maps[seed]})
        answer = samples.FULL.answer.model_copy(update={"summary": summary})
        note = samples.FULL.model_copy(update={"answer": answer, "transcript": None})
        (folder / f"{seed}.json").write_text(document.render(note), encoding="utf-8")
    ended = vidgist("export", "hostile", "--format", "svg", "-o", "drawn")
    assert (ended.code, ended.err) == (0, "")
    for seed, concept_map in maps.items():
        root = ET.parse(tmp_path / "drawn" / f"{seed}.svg").getroot()
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {"svg", "title", "desc", "style", "rect", "path", "polygon", "text", "g"}
        assert not any(
            name.startswith("on") or name == "style" or "href" in name
            for element in root.iter()
            for name in element.attrib
        )
        assert len(root.findall(f"{SVG}g")) == len({node.id for node in concept_map.nodes})


def test_the_seed_is_drawn_and_its_own_bytes_stay(vidgist: Vidgist, notes: Path, tmp_path: Path) -> None:
    assert vidgist("export", "notes/seed.txt", "--format", "svg,md", "-o", "out").code == 0
    assert (notes / "seed.txt").read_bytes() == SEED.read_bytes()
    labels = " ".join(
        element.text or "" for element in ET.parse(tmp_path / "out" / "seed.svg").getroot().iter(f"{SVG}text")
    )
    for label in ("Mixture of Experts", "PTX Programming", "Faster AI Training (10x)", "Reconfigured for"):
        assert label in labels
    text = (tmp_path / "out" / "seed.md").read_text(encoding="utf-8")
    (diagram,) = re.findall(r"```mermaid\n(.*?)```", text, re.DOTALL)
    assert checking.check(diagram) == ""
    assert writing.render(reading.read(diagram).map) == diagram


def test_a_record_in_the_terminal(vidgist: Vidgist, notes: Path) -> None:
    ended = vidgist("show", "notes/seed.txt", "--width", "80")
    assert ended.code == 0
    assert "╭┄ DeepSeek's AI Breakthrough ┄" in ended.out
    assert "║ Faster AI Training (10x) ║" in ended.out
    assert vidgist("show", "notes/none.txt").code == 2


def test_a_site_with_a_name_and_an_address(vidgist: Vidgist, notes: Path) -> None:
    published = ("site", "notes", "--title", "Talks", "--base-url", "https://notes.example/talks")
    ended = vidgist(*published)
    assert ended.code == 0
    assert "2 records (0 failed), 2 written" in ended.out
    assert "<title>Talks</title>" in (notes / "_site" / "index.html").read_text(encoding="utf-8")
    feed = (notes / "_site" / "feed.xml").read_text(encoding="utf-8")
    assert 'href="https://notes.example/talks/r/rivers.html"' in feed
    assert "2 records (0 failed), 0 written" in vidgist(*published).out
    assert "2 records (0 failed), 2 written" in vidgist(*published, "--fresh").out


@pytest.mark.parametrize("address", ["notes.example", "javascript:alert(1)", "https://", "https://a b"])
def test_a_site_is_published_on_the_web(vidgist: Vidgist, notes: Path, address: str) -> None:
    ended = vidgist("site", "notes", "--base-url", address)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"vidgist: {address} is no web address\n")
    assert not (notes / "_site").exists()
