"""What a reader sees where the real Mermaid draws a map: each label as it was, and nothing that acts."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.hostile_maps import hostile_map
from vidgist.text.mermaid.labels import unescape
from vidgist.text.mermaid.writing import render, tidy

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.mermaid, pytest.mark.browser]

HERE = Path(__file__).parent
DRAW = """async (sources) => {
  const shown = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("br").forEach((line) => line.replaceWith(" "));
    return copy.textContent;
  };
  const all = (selector) => [...document.querySelectorAll(`#here ${selector}`)];
  const drawings = [];
  for (const [number, source] of sources.entries()) {
    document.body.innerHTML = '<div id="here"></div>';
    const { svg } = await mermaid.render(`drawing${number}`, source);
    document.getElementById("here").innerHTML = svg;
    drawings.push({
      broken: /Syntax error|Maximum text|NaN/.test(svg),
      nodes: all("g.node").map((node) => [/flowchart-(n\\d+)-/.exec(node.id)[1], shown(node.querySelector("foreignObject"))]),
      edges: all("g.edgeLabels foreignObject").map(shown),
      groups: all("g.cluster-label").map(shown),
      active: all("script,iframe,a,img,image,object,i,b,strong,em,code,del,math").map((element) => element.outerHTML)
        .concat(all("*").flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith("on"))),
    });
  }
  return drawings;
}"""


def _read(shown: str) -> str:
    """As a person reads it: the guard's invisible joiners and look-alikes are the characters they stand for."""
    return " ".join(unescape(shown.replace("#", "#35;").replace("&", "#38;")).split())


def _drawings(browser: "Browser", version: str, sources: list[str]) -> list[dict[str, Any]]:
    bundle = HERE / "node_modules" / version / "dist" / "mermaid.min.js"
    if not bundle.is_file():
        pytest.skip("Mermaid is not here: sh scripts/mermaid")
    outside: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: outside.append(request.url))
    page.on("dialog", lambda dialog: outside.append(dialog.message))
    page.set_content("<!doctype html><meta charset='utf-8'><body></body>")
    page.add_script_tag(content=bundle.read_text(encoding="utf-8"))
    page.evaluate("mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' })")
    drawings: list[dict[str, Any]] = page.evaluate(DRAW, sources)
    page.close()
    assert outside == []
    return drawings


def test_labels_are_drawn_as_they_were(browser: "Browser", version: str) -> None:
    maps = [tidy(hostile_map(seed)) for seed in range(2_000, 2_150)]
    drawings = _drawings(browser, version, [render(map_) for map_ in maps])
    for map_, drawing in zip(maps, drawings, strict=True):
        assert not drawing["broken"]
        assert drawing["active"] == []
        nodes = {id_: _read(shown) for id_, shown in drawing["nodes"]}
        assert nodes == {node.id: " ".join(node.label.split()) for node in map_.nodes}
        for part, labels in (("edges", map_.edges), ("groups", map_.groups)):
            shown = Counter(filter(None, map(_read, drawing[part])))
            assert shown == Counter(" ".join(one.label.split()) for one in labels if one.label)
