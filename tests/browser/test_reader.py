"""A record's page, and the file of ``--format html``, in a real browser."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests import samples
from tests.browser.conftest import Open, arabic
from vidgist.config import Settings
from vidgist.models import ConceptMap, Edge, Node, Note
from vidgist.writers import html

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WIDTHS = (390, 820, 1280)
CANVAS = "figure.map .canvas"
OVERFLOWS = "(one) => one.scrollWidth > one.clientWidth + 1"


def written(folder: Path, note: Note) -> Path:
    path = folder / "note.html"
    text = html.create(Settings.model_validate({})).render(note)
    path.write_text(text, encoding="utf-8")
    return path


def seen(page: "Page", selector: str) -> bool:
    """Whether it has a size and lies within the map's frame."""
    return bool(
        page.evaluate(
            """(selector) => Array.from(document.querySelectorAll(selector)).every((one) => {
              const box = one.getBoundingClientRect();
              return box.width > 0 && box.height > 0;
            })""",
            selector,
        )
    )


def test_the_map_is_drawn_with_its_labels(show: Open, tmp_path: Path, library: Path) -> None:
    for path in (written(tmp_path, samples.FULL), library / "r" / "rivers.html"):
        page = show(path)
        text = " ".join(page.locator("figure.map svg").text_content().split())  # type: ignore[union-attr]
        for label in [*(node.label for node in samples.MAP.nodes), *(g.label for g in samples.MAP.groups)]:
            assert label in text
        assert all(edge.label in text for edge in samples.MAP.edges)
        assert seen(page, "figure.map svg")
        assert seen(page, "figure.map svg text")


def test_a_quote_leads_to_its_words(show: Open, tmp_path: Path) -> None:
    page = show(written(tmp_path, samples.FULL))
    page.locator("#ideas blockquote a").first.click()
    target = page.locator(".words p:target")
    assert "On the outside of a bend" in target.inner_text()
    top = target.evaluate("(one) => one.getBoundingClientRect().top")
    assert 0 <= top < 900


def test_a_second_is_found(show: Open, library: Path) -> None:
    page = show(library / "r" / "rivers.html", "#t=33")
    page.wait_for_url("**#t31")
    page = show(library / "r" / "rivers.html", "#t=9999")
    page.wait_for_url("**#t31")


def test_the_map_moves_and_grows(show: Open, library: Path) -> None:
    page = show(library / "r" / "rivers.html")
    svg = page.locator("figure.map svg")

    def view() -> tuple[float, ...]:
        return tuple(map(float, re.split(r"[\s,]+", svg.get_attribute("viewBox") or "")))

    whole = view()
    page.get_by_role("button", name="Enlarge the map").click()
    near = view()
    assert near[2] < whole[2]
    page.locator("figure.map .canvas").focus()
    page.keyboard.press("ArrowRight")
    assert view()[0] > near[0]
    box = svg.bounding_box()
    assert box
    before = view()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 40, box["y"] + box["height"] / 2)
    page.mouse.up()
    assert view()[0] < before[0]
    page.keyboard.press("0")
    assert view() == pytest.approx(whole)
    page.keyboard.press("+")
    page.keyboard.press("-")
    assert view()[2] == pytest.approx(whole[2])
    page.mouse.dblclick(box["x"] + 10, box["y"] + 10)
    assert view()[2] < whole[2]
    page.get_by_role("button", name="Show the whole map").click()
    assert view() == pytest.approx(whole)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_map_fits_at_first_sight_and_opens_to_its_full_size(
    show: Open, tmp_path: Path, library: Path, width: int
) -> None:
    """In the file of a note without any script, and in the library's reader with one."""
    for path in (written(tmp_path, samples.FULL), library / "r" / "rivers.html"):
        page = show(path, viewport={"width": width, "height": 780})
        assert not page.locator(CANVAS).evaluate(OVERFLOWS)
        box = page.locator("figure.map svg").bounding_box()
        assert box
        assert box["width"] <= width
        assert box["height"] <= 780
    page = show(written(tmp_path, samples.FULL), viewport={"width": width, "height": 780})
    page.get_by_role("checkbox", name="Show the map at its full size").check()
    svg = page.locator("figure.map svg")
    shown, natural = svg.evaluate("(one) => [one.getBoundingClientRect().width, +one.getAttribute('width')]")
    assert shown >= natural - 1
    assert page.locator(CANVAS).evaluate(OVERFLOWS)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_buttons_go_from_the_whole_map_to_its_full_size_and_back(show: Open, library: Path) -> None:
    page = show(library / "r" / "rivers.html", viewport={"width": 390, "height": 780})
    canvas = page.locator(CANVAS)
    page.get_by_role("button", name="Enlarge the map").click()
    assert canvas.evaluate(OVERFLOWS)
    page.get_by_role("button", name="Show the whole map").click()
    assert not canvas.evaluate(OVERFLOWS)
    page.get_by_role("button", name="Enlarge the map").click()
    page.get_by_role("button", name="Make the map smaller").click()
    assert not canvas.evaluate(OVERFLOWS)


def _tall() -> Note:
    assert samples.FULL.answer
    steps = tuple(Node(id=str(number), label=f"Step {number} of a long chain") for number in range(20))
    edges = tuple(Edge(source=str(number), target=str(number + 1)) for number in range(19))
    tall = samples.SUMMARY.model_copy(update={"concept_map": ConceptMap(nodes=steps, edges=edges)})
    return samples.FULL.model_copy(
        update={"answer": samples.FULL.answer.model_copy(update={"summary": tall})}
    )


def test_a_tall_map_fits_a_phone_too(show: Open, tmp_path: Path) -> None:
    page = show(written(tmp_path, _tall()), viewport={"width": 390, "height": 780})
    box = page.locator("figure.map svg").bounding_box()
    assert box
    assert box["height"] <= 780


PHONE: dict[str, object] = {
    "viewport": {"width": 390, "height": 780},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


class Hand:
    """Fingers on a phone, at places in pixels from the corner of a page's map or, without ``on``, of the page."""

    def __init__(self, page: "Page", on: str = "figure.map .canvas") -> None:
        self.page = page
        self.svg = page.locator("figure.map svg")
        self.left = self.top = 0.0
        if on:
            self.page.locator(on).scroll_into_view_if_needed()
            box = self.page.locator(on).bounding_box()
            assert box
            self.left, self.top = box["x"], box["y"]
        self._client = page.context.new_cdp_session(page)

    def move(self, *ways: tuple[tuple[float, float], tuple[float, float]]) -> None:
        """One finger for each way, from one place to the other, all at once and in ten steps."""
        for step in range(11):
            points = [
                {
                    "id": number,
                    "x": self.left + start[0] + (end[0] - start[0]) * step / 10,
                    "y": self.top + start[1] + (end[1] - start[1]) * step / 10,
                }
                for number, (start, end) in enumerate(ways)
            ]
            self._touch("touchMove" if step else "touchStart", points)
        self._touch("touchEnd", [])

    def _touch(self, kind: str, points: list[dict[str, float]]) -> None:
        self._client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    @property
    def view(self) -> tuple[float, ...]:
        return tuple(map(float, re.split(r"[\s,]+", self.svg.get_attribute("viewBox") or "")))

    @property
    def page_scale(self) -> float:
        return float(self.page.evaluate("visualViewport.scale"))


APART = (((160, 60), (80, 60)), ((180, 60), (260, 60)))
TOGETHER = (((80, 60), (160, 60)), ((260, 60), (180, 60)))


def test_a_pinch_enlarges_the_map_and_not_the_page(show: Open, library: Path) -> None:
    page = show(library / "r" / "rivers.html", **PHONE)
    page.get_by_role("button", name="Enlarge the map").click()
    hand = Hand(page)
    whole = hand.view
    hand.move(*APART)
    near = hand.view
    assert near[2] == pytest.approx(whole[2] / 9, rel=0.01), "as far as the fingers went apart"
    hand.move(((200, 60), (120, 60)))
    assert hand.view[0] > near[0], "one finger moves a map that is enlarged"
    before = hand.view
    hand.move(((100, 40), (120, 60)), ((200, 60), (220, 80)))
    assert hand.view[2] == pytest.approx(before[2])
    assert hand.view[0] < before[0], "two fingers side by side move it too"
    hand.move(*TOGETHER)
    hand.move(*TOGETHER)
    assert hand.view == pytest.approx(whole)
    assert hand.page_scale == 1


def test_a_pinch_goes_from_the_whole_map_to_its_full_size_and_back(show: Open, library: Path) -> None:
    hand = Hand(show(library / "r" / "rivers.html", **PHONE))
    canvas = hand.page.locator(CANVAS)
    hand.move(*APART)
    hand.move(*TOGETHER)
    hand.move(*TOGETHER)
    assert not canvas.evaluate(OVERFLOWS)
    assert hand.page_scale == 1


def test_a_finger_scrolls_a_map_at_its_full_size(show: Open, library: Path) -> None:
    hand = Hand(show(library / "r" / "rivers.html", **PHONE))
    whole = hand.view
    hand.page.get_by_role("button", name="Enlarge the map").click()
    hand = Hand(hand.page)
    hand.page.locator(CANVAS).evaluate("(one) => { one.scrollLeft = 0; }")
    hand.move(((200, 60), (60, 60)))
    hand.page.wait_for_function("document.querySelector('figure.map .canvas').scrollLeft > 0")
    before = hand.page.evaluate("scrollY")
    hand.move(((200, 60), (200, 160)))
    hand.page.wait_for_function("(before) => scrollY < before", arg=before)
    assert hand.view == whole


def test_a_pinch_beside_the_map_enlarges_the_page(show: Open, library: Path) -> None:
    hand = Hand(show(library / "r" / "rivers.html", **PHONE), on="")
    hand.move(((160, 300), (80, 300)), ((180, 300), (260, 300)))
    hand.page.wait_for_function("visualViewport.scale > 1.5")


def test_the_wheel_scrolls_the_page_and_with_a_key_enlarges_the_map(show: Open, library: Path) -> None:
    page = show(library / "r" / "rivers.html", "#map")
    svg = page.locator("figure.map svg")
    box = svg.bounding_box()
    assert box
    whole = svg.get_attribute("viewBox")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    expect(svg).not_to_have_attribute("viewBox", whole or "")
    near = svg.get_attribute("viewBox")
    page.mouse.wheel(0, 300)
    expect(page.locator("#map h2")).not_to_be_in_viewport()
    assert svg.get_attribute("viewBox") == near


def test_arabic_reads_from_the_right(show: Open, tmp_path: Path) -> None:
    page = show(written(tmp_path, arabic()))
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    inside = page.evaluate(
        """() => {
          const line = document.querySelector("#ideas li p");
          const range = document.createRange();
          range.selectNodeContents(line);
          const text = range.getBoundingClientRect();
          const box = line.getBoundingClientRect();
          return [text.left - box.left, box.right - text.right];
        }"""
    )
    assert inside[0] >= inside[1]


def test_hostile_words_do_nothing(show: Open, tmp_path: Path) -> None:
    page = show(written(tmp_path, samples.FULL))
    for text in samples.HOSTILE:
        page.goto(written(tmp_path, samples.hostile(text)).as_uri())
        assert page.locator("script, iframe, object, embed, img").count() == 0
        links = page.locator("a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
        assert all(link.startswith(("#", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")) for link in links)
        assert page.evaluate("window.pwned") is None
