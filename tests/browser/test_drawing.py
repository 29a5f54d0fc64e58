"""Drawings in a real browser: hostile labels are words and nothing else, and stay inside their boxes."""

from pathlib import Path

import pytest

from tests import samples
from tests.browser.conftest import Open
from tests.hostile_maps import hostile_map
from vidgist import drawing
from vidgist.drawing.layout import lay_out
from vidgist.models import ConceptMap, Edge, Group, Node

pytestmark = pytest.mark.browser


def on_a_page(folder: Path, maps: list[ConceptMap]) -> Path:
    """With no policy at all: what keeps them harmless is how they are written."""
    path = folder / "maps.html"
    drawn = "\n".join(drawing.element(one, title="<script>window.pwned=1</script>") for one in maps)
    path.write_text(
        f"<!doctype html><meta charset=utf-8><title>maps</title><style>{drawing.sheet()}</style>{drawn}",
        encoding="utf-8",
        errors="replace",
    )
    return path


def test_hostile_maps_do_nothing(show: Open, tmp_path: Path) -> None:
    page = show(on_a_page(tmp_path, [hostile_map(seed) for seed in range(300)]))
    assert page.locator("svg.concept-map").count() == 300
    assert page.locator("script, iframe, img, a, object, foreignObject, image, use").count() == 0
    handlers = page.locator("svg, svg *").evaluate_all(
        "(all) => all.flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith('on'))"
    )
    assert handlers == []


def test_hostile_words_in_maps_do_nothing(show: Open, tmp_path: Path) -> None:
    maps = [
        ConceptMap(
            nodes=(Node(id="a", label=text, group="g"), Node(id="b", label=text, shape="decision")),
            edges=(Edge(source="a", target="b", label=text), Edge(source="b", target="b", label=text)),
            groups=(Group(id="g", label=text),),
        )
        for text in samples.HOSTILE
    ]
    page = show(on_a_page(tmp_path, maps))
    shown = page.locator("svg.concept-map").all_text_contents()
    for concept_map, text in zip(maps, shown, strict=True):
        (label,) = {box.label for box in lay_out(concept_map).boxes}
        assert "".join(label.split()) in "".join(text.split())


def test_texts_stay_inside_their_boxes_in_the_browsers_own_font(show: Open, tmp_path: Path) -> None:
    labels = (
        "A plain label of a concept",
        "MMMM WWWW mmmm",
        "混合专家模型（6710亿参数）",
        "نموذج مزيج الخبراء",
    )
    shapes = ("box", "round", "decision")
    maps = [
        ConceptMap.model_validate(
            {
                "nodes": [
                    {"id": f"{label}{shape}", "label": label, "shape": shape}
                    for label in labels
                    for shape in shapes
                ]
            }
        )
    ]
    page = show(on_a_page(tmp_path, maps))
    outside = page.locator("svg.concept-map > g").evaluate_all(
        """(all) => all.filter((one) => {
          const box = one.querySelector(".node").getBoundingClientRect();
          return Array.from(one.querySelectorAll("text"), (text) => text.getBoundingClientRect())
            .some((text) => text.left < box.left || text.right > box.right || text.top < box.top ||
              text.bottom > box.bottom);
        }).map((one) => one.textContent)"""
    )
    assert outside == []
