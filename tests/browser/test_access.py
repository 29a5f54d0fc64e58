"""The pages for everybody: any screen, any eyes, no mouse, paper."""

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import samples
from tests.browser.conftest import Open
from vidgist.config import Settings
from vidgist.writers import html

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGES = ("index.html", "digest.html", "r/rivers.html", "r/ar.html", "r/failed.html")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "note.html"
    path.write_text(html.create(Settings.model_validate({})).render(samples.FULL), encoding="utf-8")
    return path


def settled(show: Open, library: Path, name: str, **options: object) -> "Page":
    page = show(library / name, **options)
    if name == "index.html":
        page.wait_for_selector("html[data-took]")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_have_contrast(show: Open, library: Path, scheme: str) -> None:
    """WCAG 2 AA: 4.5 to 1, of every text against what lies behind it; of a map's, against box, frame or page."""
    for name in PAGES:
        page = settled(show, library, name, color_scheme=scheme)
        poor = page.evaluate(
            """() => {
              const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
              const light = ([r, g, b]) => [r, g, b].map((one) => one / 255)
                .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
                .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
              const behind = (one) => {
                for (let at = one; at; at = at.parentElement) {
                  const colour = parse(getComputedStyle(at).backgroundColor);
                  if (colour.length < 4 || colour[3] > 0) return colour;
                }
                return [255, 255, 255];
              };
              const over = (top, share, low) => low.map((one, at) => one * (1 - share) + top[at] * share);
              const drawnBehind = (one) => {
                const paper = behind(one.closest("figure") ?? one.closest("svg"));
                const box = one.parentElement.querySelector(".node");
                if (box) return [parse(getComputedStyle(box).fill)];
                const frames = Array.from(one.closest("svg").querySelectorAll(".frame"), (frame) => {
                  const style = getComputedStyle(frame);
                  return over(parse(style.fill), Number(style.fillOpacity), paper);
                });
                return [paper, ...frames];
              };
              const poor = [];
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const one = walker.currentNode.parentElement;
                const drawn = one.closest("svg");
                if (!walker.currentNode.data.trim() || one.closest("noscript, option, title, desc") ||
                  !one.checkVisibility()) continue;
                const style = getComputedStyle(one);
                const colour = parse(drawn ? style.fill : style.color);
                for (const back of drawn ? drawnBehind(one) : [behind(one)]) {
                  const [a, b] = [light(colour), light(back)].sort((x, y) => y - x);
                  const ratio = (a + 0.05) / (b + 0.05);
                  if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${walker.currentNode.data.trim()}`);
                }
              }
              return poor;
            }"""
        )
        assert poor == []


@pytest.mark.parametrize("width", [320, 390, 640])
def test_no_page_is_wider_than_its_screen(show: Open, library: Path, width: int) -> None:
    """A phone, and a screen of 1,280 pixels at 200 and at 400 percent."""
    for name in PAGES:
        page = settled(show, library, name, viewport={"width": width, "height": 600})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_headings_make_an_outline(show: Open, library: Path) -> None:
    for name in PAGES:
        page = settled(show, library, name)
        levels = page.locator("h1, h2, h3, h4").evaluate_all(
            "(all) => all.map((one) => Number(one.tagName[1]))"
        )
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_everything_is_reached_and_seen_without_a_mouse(show: Open, library: Path) -> None:
    """Every stop of the tab key has an outline; the map and its buttons are among the stops."""
    page = settled(show, library, "r/rivers.html")
    count = page.locator("a[href]:not([tabindex='-1']), button, summary, [tabindex='0']").count()
    reached = []
    for _ in range(count):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            """() => {
              const one = document.activeElement;
              return [one.className || one.getAttribute("aria-label") || one.tagName,
                getComputedStyle(one).outlineStyle];
            }"""
        )
        reached.append(name)
        assert outline == "solid", name
    assert reached[0] == "skip"
    assert {"canvas", "Enlarge the map", "Show the whole map", "SUMMARY", "watch"} <= set(reached)


def test_the_map_has_a_name_and_a_description(show: Open, library: Path) -> None:
    page = settled(show, library, "r/rivers.html")
    drawing = page.get_by_role("img", name="Why rivers bend")
    assert drawing.count() == 1
    described = drawing.locator("desc").text_content() or ""
    assert "River → Soft bank (moves)" in described


def test_each_record_says_its_language_and_direction(show: Open, library: Path) -> None:
    page = settled(show, library, "digest.html")
    rows = page.locator(".results > li").evaluate_all("(all) => all.map((one) => [one.lang, one.dir])")
    assert ["ar", "rtl"] in rows
    assert ["zh", "ltr"] in rows
    article = settled(show, library, "r/ar.html").locator("article.note")
    assert (article.get_attribute("lang"), article.get_attribute("dir")) == ("ar", "rtl")


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_settles(show: Open, library: Path, width: int) -> None:
    """The cumulative layout shift; Chromium hands its entries to an observer in the task after the next frame."""
    for name in PAGES:
        page = settled(show, library, name, viewport={"width": width, "height": 800})
        shift = page.evaluate(
            """() => new Promise((done) => {
              let sum = 0;
              const add = (list) => { for (const one of list) sum += one.value; };
              const observer = new PerformanceObserver((list) => add(list.getEntries()));
              observer.observe({ type: "layout-shift", buffered: true });
              requestAnimationFrame(() => requestAnimationFrame(() => {
                add(observer.takeRecords());
                done(sum);
              }));
            })"""
        )
        assert shift < 0.01, name


def test_nothing_is_animated(show: Open, library: Path) -> None:
    for name in PAGES:
        page = settled(show, library, name, reduced_motion="no-preference")
        assert page.evaluate("document.getAnimations().length") == 0
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_policies_make_no_exception(show: Open, library: Path, written: Path) -> None:
    for path in (written, *(library / name for name in PAGES)):
        page = show(path)
        policy = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content") or ""
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert "*" not in policy


def test_a_note_fits_a_phone_and_a_page_of_paper(show: Open, written: Path) -> None:
    page = show(written, viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.is_visible(".watch")
    assert page.is_visible("figure.map")
    ink = page.locator("figure.map .label").first.evaluate("(one) => getComputedStyle(one).fill")
    assert ink == "rgb(93, 87, 78)"


def test_fingers_have_room(show: Open, library: Path) -> None:
    """And no key is named where there is no keyboard."""
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    for path, selector in (
        ("index.html", "#search input, .fold, .tools select, .facet label, .bar a"),
        ("r/rivers.html", ".zoom button"),
    ):
        page = show(library / path, **phone)
        heights = page.locator(selector).evaluate_all(
            "(all) => all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().height)"
        )
        assert heights
        assert min(heights) >= 44
        assert not page.locator("#search kbd").is_visible()
