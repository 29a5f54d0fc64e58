"""The page of a digest in a real browser: it fits, it leads to its talks, and no text of a stranger acts."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tests.browser.conftest import Open
from tests.samples import HOSTILE
from tests.unit.archive.folders import BREAD, BRIDGES, OVENS, point, talk, write
from vidgist.archive import digest, digest_html
from vidgist.archive.index import Index
from vidgist.models import Note

pytestmark = pytest.mark.browser

WIDTHS = (390, 820, 1280)


def written(folder: Path, *notes: Note) -> Path:
    with closing(Index(write(folder / "notes", *notes))) as index:
        index.refresh()
        made = digest.make(index, None, now=lambda: datetime(2026, 1, 2))
    path = folder / "digest.html"
    path.write_text(digest_html.render(made), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_no_wider_than_its_screen(show: Open, tmp_path: Path, width: int) -> None:
    page = show(written(tmp_path), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").inner_text() == "Digest of notes"
    assert page.locator("section").count() >= 4


def test_statements_lead_to_their_second(show: Open, tmp_path: Path) -> None:
    page = show(written(tmp_path))
    links = page.locator("span.from a").evaluate_all("all => all.map(one => one.href)")
    assert "https://www.youtube.com/watch?v=bread000001&t=10s" in links
    assert page.locator("section#watch ol.stretches li").count() >= 2


def test_a_talk_of_the_map_leads_to_its_line(show: Open, tmp_path: Path) -> None:
    page = show(written(tmp_path, BRIDGES, BREAD, OVENS))
    assert page.locator("figure svg a").count() == 3
    page.locator("figure svg a", has_text="Bread and time").first.click()
    assert page.url.endswith("#talk-2")
    assert "Bread and time" in page.locator("#talk-2").inner_text()


def test_contents_lead_to_each_section(show: Open, tmp_path: Path) -> None:
    page = show(written(tmp_path))
    for name in page.locator("nav a").evaluate_all("all => all.map(one => one.getAttribute('href'))"):
        assert page.locator(name).count() == 1


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
