import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import samples
from vidgist.site import feed
from vidgist.site.list_entries import Entry

ATOM = "{http://www.w3.org/2005/Atom}"


def entry(number: int = 0, **changes: object) -> Entry:
    fields = {
        "page": f"r/talk {number}.html",
        "id": f"youtube/{number}",
        "title": "Why rivers bend",
        "channel": "Ground & Water",
        "created": f"2026-11-24T02:30:{number:02}",
        "published": "2026-11-20",
        "teaser": "A river needs room.",
        "points": ("Bends grow: fast water", "Lakes < stay"),
    }
    return Entry.model_validate(fields | changes)


def parsed(*entries: Entry, base: str = "") -> ET.Element:
    return ET.fromstring(feed.render(entries, "Notes", base))


def text(element: ET.Element, name: str) -> str:
    found = element.findtext(f"{ATOM}{name}")
    assert found is not None
    return found


def test_an_entry() -> None:
    root = parsed(entry(5), entry(4), base="https://notes.example/")
    first, second = root.findall(f"{ATOM}entry")
    assert text(first, "title") == "Why rivers bend"
    assert text(first, "updated").startswith("2026-11-24T02:30:05")
    assert text(first, "updated") == text(root, "updated")
    assert text(first, "published") == "2026-11-20T00:00:00Z"
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "Ground & Water"
    link = first.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "https://notes.example/r/talk%205.html"
    assert text(first, "content") == (
        "<p>A river needs room.</p><ul><li>Bends grow: fast water</li><li>Lakes &lt; stay</li></ul>"
    )
    assert text(first, "id") != text(second, "id") != text(root, "id")
    assert text(first, "id").startswith("urn:uuid:")


def test_without_an_address_links_are_relative() -> None:
    root = parsed(entry(1))
    assert [link.get("href") for link in root.iter(f"{ATOM}link")] == ["index.html", "r/talk%201.html"]


def test_failures_are_no_news_and_the_oldest_are_left_out() -> None:
    root = parsed(*(entry(n % 60, status="private" if n % 2 else "") for n in range(120)))
    assert len(root.findall(f"{ATOM}entry")) == feed.MOST


def test_an_empty_feed_is_one() -> None:
    assert text(parsed(), "updated") == "1970-01-01T00:00:00+00:00"


def test_what_is_not_known_is_left_out() -> None:
    (one,) = parsed(entry(published="", channel="", points=())).findall(f"{ATOM}entry")
    assert one.find(f"{ATOM}published") is None
    assert one.find(f"{ATOM}author") is None
    assert text(one, "content") == "<p>A river needs room.</p>"


@pytest.mark.parametrize("hostile", samples.HOSTILE)
def test_hostile_text_is_text(hostile: str) -> None:
    (one,) = parsed(entry(title=hostile, channel=hostile, teaser=hostile)).findall(f"{ATOM}entry")
    assert text(one, "title") == hostile


@given(st.text())
def test_any_text_is_well_formed(title: str) -> None:
    parsed(entry(title=title, teaser=title, points=(title,)))
