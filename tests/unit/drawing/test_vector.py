"""The SVG is well-formed, safe, complete and the same each time."""

import re
import xml.etree.ElementTree as ET

import pytest

from tests.unit.drawing.maps import chain, hostile
from vidgist.drawing import element, sheet, svg
from vidgist.drawing.layout import lay_out
from vidgist.drawing.vector import plain
from vidgist.models import ConceptMap, Edge, Group, Node

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    f"{SVG}{name}" for name in ("svg", "title", "desc", "style", "rect", "path", "polygon", "text", "g")
}


@pytest.mark.parametrize("seed", range(200))
def test_hostile_maps_are_well_formed(seed: int) -> None:
    drawn = svg(hostile(seed), title="<t>\x00\ud800 & \"'")
    root = ET.fromstring(drawn)
    assert {element.tag for element in root.iter()} <= ALLOWED
    assert not any(
        name.startswith("on") or "href" in name for element in root.iter() for name in element.attrib
    )
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", drawn)
    assert "nan" not in "".join(element.get("d", "") for element in root.iter())


def test_labels_titles_and_relations_are_there() -> None:
    nodes = (
        Node(id="a", label="Cause & effect", group="g"),
        Node(id="b", label="<Result>", shape="decision"),
    )
    edges = (Edge(source="a", target="b", label="leads to"), Edge(source="b", target="b", label="feeds"))
    groups = (Group(id="g", label="Part one"),)
    for direction in ("LR", "TB"):
        drawn = svg(ConceptMap(direction=direction, nodes=nodes, edges=edges, groups=groups), title="A map")
        root = ET.fromstring(drawn)
        texts = [element.text for element in root.iter(f"{SVG}text")]
        assert set(texts) == {"Cause & effect", "<Result>", "leads to", "feeds", "Part one"}
        assert root.findtext(f"{SVG}title") == "A map"
        assert (
            root.findtext(f"{SVG}desc") == "Cause & effect → <Result> (leads to); <Result> → <Result> (feeds)"
        )


def test_nodes_without_links_are_described() -> None:
    root = ET.fromstring(svg(ConceptMap(nodes=(Node(id="a", label="Alone"),))))
    assert root.findtext(f"{SVG}desc") == "Alone"


def test_size_is_given() -> None:
    root = ET.fromstring(svg(chain("a", "b")))
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert root.get("role") == "img"


def test_ids_belong_to_the_content_and_the_style_to_all() -> None:
    one, again, other = svg(chain("a", "b")), svg(chain("a", "b")), svg(chain("a", "c"))
    assert one == again
    ids = [set(re.findall(r'id="([^"]+)"', drawn)) for drawn in (one, other)]
    assert len(ids[0]) == 2
    assert ids[0].isdisjoint(ids[1])
    styles = {ET.fromstring(drawn).findtext(f"{SVG}style") for drawn in (one, other)}
    assert styles == {sheet()}
    assert all(
        part.startswith(".concept-map") for part in re.findall(r"(?:^|[}{])([^{}@]+)\{", sheet()) if part
    )


@pytest.mark.parametrize("seed", range(40))
def test_a_page_may_forbid_inline_styles(seed: int) -> None:
    root = ET.fromstring(element(hostile(seed), title="t"))
    assert not any(one.tag == f"{SVG}style" or "style" in one.attrib for one in root.iter())
    assert not any("style" in one.attrib for one in ET.fromstring(svg(hostile(seed))).iter())


def test_dark_pages_are_thought_of_and_plain_colours_are_plain() -> None:
    assert "prefers-color-scheme:dark" in svg(chain("a"))
    drawn = plain(lay_out(chain("a")))
    assert "var(" not in drawn
    assert "@media" not in drawn


def test_right_to_left_text_says_so() -> None:
    nodes = (Node(id="a", label="نموذج (10)", group="g"),)
    drawn = svg(ConceptMap(nodes=nodes, groups=(Group(id="g", label="מודל"),)))
    assert drawn.count('direction="rtl"') == 2
