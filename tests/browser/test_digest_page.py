"""The page of a digest in a real browser: it fits, it leads to its talks, and no text of a stranger acts."""

from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.conftest import Open
from tests.doubles.engine import Kept
from tests.samples import HOSTILE
from tests.unit.archive.folders import BREAD, BRIDGES, OVENS, point, talk, write
from vidgist.archive import digest, digest_files
from vidgist.archive.index import Index
from vidgist.models import Note

pytestmark = pytest.mark.browser

PHONE, WIDTHS = {"width": 360, "height": 640}, (360, 390, 820, 1280)
LONG = "Everything that a very long title of a talk wants to say about rivers at once"


def written(folder: Path, *notes: Note) -> Path:
    write(folder / "notes", *notes)
    with closing(Index(folder / "notes")) as index:
        index.refresh()
        made = digest.make(index, None, now=lambda: datetime(2026, 1, 2))
    place = folder / "notes" / digest_files.FOLDER
    [kept] = digest_files.keep(made, place, ["html"], Kept(), folder / "notes")
    return kept.path


def rivers(count: int = 16) -> list[Note]:
    """Talks that share a subject two by two, so that a digest has as many themes as it may."""
    return [
        talk(
            f"river{n:06}",
            f"{LONG}, part {n}",
            f"The {name} carries sand to its delta. Its {thing} was measured {n + 3} times a year",
            ideas=(
                point(thing.capitalize(), f"The {name} has a {thing}.", f"The {name}", 0.0),
                point("Delta", f"Its {thing} was measured {n + 3} times a year.", "was measured", 10.0),
            ),
        )
        for n in range(count)
        for name, thing in [(f"Riverine{n}", f"gauge{n // 2}shoal")]
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_no_wider_than_its_screen(show: Open, tmp_path: Path, width: int) -> None:
    page = show(written(tmp_path, *rivers()), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").inner_text() == "Digest of notes"
    assert page.locator("section").count() >= 4


def test_the_contents_leave_room_on_a_phone(show: Open, tmp_path: Path) -> None:
    page = show(written(tmp_path, *rivers()), viewport=PHONE, has_touch=True, is_mobile=True)
    assert page.locator("nav a").count() >= 8
    assert page.locator("nav").evaluate("one => one.getBoundingClientRect().height") < PHONE["height"] / 2


def test_every_link_leads_somewhere(show: Open, tmp_path: Path) -> None:
    path = written(tmp_path, *rivers(), BRIDGES)
    page = show(path)
    ids = set(page.locator("[id]").evaluate_all("all => all.map(one => one.id)"))
    links = page.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    inside = {link[1:] for link in links if link.startswith("#")}
    files = {link for link in links if not link.startswith("#") and not urlsplit(link).scheme}
    assert inside <= ids
    assert {f"talk-{n}" for n in range(1, 18)} <= ids
    assert len(files) == 17
    assert all((path.parent / unquote(link)).is_file() for link in files)
    assert all(
        link.startswith("https://www.youtube.com/watch?v=") for link in set(links) - files if "#" not in link
    )


def test_statements_lead_to_their_second(show: Open, tmp_path: Path) -> None:
    page = show(written(tmp_path))
    links = page.locator("span.from a").evaluate_all("all => all.map(one => one.href)")
    assert "https://www.youtube.com/watch?v=bread000001&t=10s" in links
    assert page.locator("section#watch ol.stretches li").count() >= 2
    watch = page.locator("section#watch a").evaluate_all("all => all.map(one => one.href)")
    assert all("&t=" in link or link.endswith("0001") for link in watch)


def test_boxes_of_the_map_lead_to_their_theme_and_talk(show: Open, tmp_path: Path) -> None:
    page = show(written(tmp_path, BRIDGES, BREAD, OVENS))
    boxes = page.locator("figure svg a")
    assert boxes.count() == page.locator("figure svg g > title").count()
    boxes.filter(has_text="Bread and time").first.click()
    page.wait_for_url("**#talk-2")
    assert "Bread and time" in page.locator("#talk-2").inner_text()
    targets = boxes.evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert any(target.startswith("#theme-") for target in targets)
    assert all(page.locator(target).count() == 1 for target in targets)


def test_contents_lead_to_each_section(show: Open, tmp_path: Path) -> None:
    page = show(written(tmp_path))
    names = page.locator("nav a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert names == [
        f"#{name}" for name in page.locator("section").evaluate_all("all => all.map(one => one.id)")
    ]


def test_the_keyboard_reaches_every_link_and_the_map(show: Open, tmp_path: Path) -> None:
    page = show(written(tmp_path))
    reached = 0
    wanted = page.locator("a").count()
    for _ in range(wanted + 1):
        page.keyboard.press("Tab")
        kind = page.evaluate("document.activeElement.tagName.toLowerCase()")
        assert kind in ("a", "figure")
        reached += kind == "a"
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
    assert reached == wanted
    page.locator("nav a").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#talks")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_page(show: Open, tmp_path: Path, scheme: str) -> None:
    page = show(written(tmp_path, *rivers(4)), color_scheme=scheme)
    ratios = page.evaluate(CONTRASTS)
    assert len(ratios) >= 8
    assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}


CONTRASTS = """() => {
    const channels = (color) => color.match(/[\\d.]+/g).map(Number);
    const light = (color) => {
        const [r, g, b] = channels(color).map((value) => {
            const part = value / 255;
            return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (one) => {
        for (let at = one; at; at = at.parentElement) {
            const color = getComputedStyle(at).backgroundColor;
            const alpha = channels(color)[3];
            if (alpha === undefined || alpha === 1) return color;
        }
        return "rgb(255, 255, 255)";
    };
    const found = {};
    for (const name of ["h1", ".made", ".notice", "nav a", "h2", "h3", "li", ".from a", ".stretches a", "#talks a"]) {
        const one = document.querySelector(name);
        if (!one) continue;
        const [lighter, darker] = [light(getComputedStyle(one).color), light(ground(one))].sort((a, b) => b - a);
        found[name] = (lighter + 0.05) / (darker + 0.05);
    }
    return found;
}"""


@pytest.mark.parametrize("width", WIDTHS)
def test_fingers_have_room(show: Open, tmp_path: Path, width: int) -> None:
    page = show(written(tmp_path), viewport={"width": width, "height": 800}, has_touch=True, is_mobile=True)
    heights = page.locator("nav a").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert min(heights) >= 44


def test_strangers_words_do_nothing(show: Open, tmp_path: Path) -> None:
    notes = [
        talk(
            f"evil{n:07}",
            text,
            f"{text}. {n}",
            ideas=tuple(point(text, f"{text} {n} {k}", text, 1.0) for k in range(3)),
        )
        for n, text in enumerate(HOSTILE)
    ]
    page = show(written(tmp_path, *notes))
    assert page.locator("script, img, iframe").count() == 0
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
