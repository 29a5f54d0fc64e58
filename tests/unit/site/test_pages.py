import pytest

from tests import samples
from tests.markup import Element, check_inert, read
from tests.unit.site.test_feed import entry
from vidgist.models import Answer
from vidgist.site import list_entries, pages
from vidgist.site.list_entries import TEASER, Entry
from vidgist.text import hygiene
from vidgist.writers import html


def one(found: list[Element]) -> Element:
    (element,) = found
    return element


def made(note: object = samples.FULL) -> Entry:
    assert isinstance(note, type(samples.FULL))
    return list_entries.of(note, "r/a b.html", html.article(note), 40)


def test_an_entry_knows_enough_for_the_list() -> None:
    assert made() == Entry(
        page="r/a b.html",
        id="youtube/dQw4w9WgXcQ",
        title="Why rivers bend: “a question” of 10 minutes",
        channel="Ground & Water",
        created="2026-11-24T02:30:05",
        published="2026-11-20",
        duration="1:04",
        topics=("River", "Bend", "Soft bank", "Straighten it?", "Oxbow lake"),
        teaser="A river needs room.",
        points=(
            "Bends grow: Fast water takes soil on the outside of a bend, slow water leaves it on the inside.",
            "Oxbow lakes: When two bends meet, the river cuts through and leaves a lake.",
            "Straight rivers: Straightening moves the floods downstream.",
        ),
        lang="en",
        dir="ltr",
        words=40,
    )


def test_a_failure_says_why_in_the_list() -> None:
    failed = made(samples.FAILED)
    url = samples.FAILED.item.url
    assert (failed.status, failed.teaser, failed.title) == ("private", "the video is private", url)
    assert failed.day == "2026-11-24"


@pytest.mark.parametrize("text", ["word " * 200, "深" * 500])
def test_a_teaser_is_short(text: str) -> None:
    assert samples.FULL.answer
    note = samples.FULL.model_copy(update={"answer": Answer(text=text, created=samples.FULL.created)})
    teaser = made(note).teaser
    assert TEASER // 2 < len(teaser) <= TEASER + 1
    assert teaser.endswith("…")
    assert not teaser.endswith(" …")


def test_everything_is_searched_and_the_title_most() -> None:
    texts = list_entries.searched(samples.FULL, html.article(samples.FULL))
    assert (12, "Why rivers bend: “a question” of 10 minutes") in texts
    assert (6, "Ground & Water") in texts
    assert (2, "What people do") in texts
    assert (3, "Oxbow lake") in texts
    assert max(texts)[0] == 12
    assert samples.FULL.transcript
    assert (1, samples.FULL.transcript.text) in texts
    free = samples.FULL.model_copy(update={"answer": Answer(text="free words", created=samples.FULL.created)})
    assert (3, "free words") in list_entries.searched(free, html.article(free))
    assert (None, "free words") in list_entries.passages(free, html.article(free))
    assert [text for _, text in list_entries.searched(samples.FAILED, html.article(samples.FAILED))] == [
        "https://youtu.be/aaaaaaaaaaa",
        "aaaaaaaaaaa",
    ]


def test_passages_have_their_seconds() -> None:
    found = list_entries.passages(samples.FULL, html.article(samples.FULL))
    assert [start for start, _ in found] == [None, None, None, 0, 31]
    assert list_entries.passages(samples.FAILED, html.article(samples.FAILED)) == []


def test_the_first_records_stand_in_the_page_itself() -> None:
    root = read(pages.library([entry(n % 60) for n in range(100)], "My notes"))
    rows = one(root.find("ol", id="results")).find("li")
    assert len(rows) == pages.FIRST
    assert rows[0].find("a")[0].attributes["href"] == "r/talk%200.html"
    assert one(root.find("p", id="status")).text.strip() == "100 records"
    assert one(root.find("h1")).text.strip() == "My notes"
    check_inert(root, scripts=4)
    assert all(
        element.attributes.get("src", "").startswith(("data/", "assets/")) for element in root.find("script")
    )


def test_fields_have_labels() -> None:
    root = read(pages.library([entry()], "Notes"))
    labelled = {label.attributes.get("for") for label in root.find("label")}
    for field in (*root.find("input"), *root.find("select")):
        inside = field.parent
        assert field.attributes.get("id", "-") in labelled or (inside and inside.name == "label")


def test_a_record_stands_one_folder_down() -> None:
    root = read(pages.reader(html.article(samples.FULL), "Notes"))
    addresses = [e.attributes[k] for e in root.all() for k in ("href", "src") if k in e.attributes]
    ours = [a for a in addresses if not a.startswith(("https://www.youtube.com/watch", "#"))]
    assert ours
    assert all(a.startswith("../") for a in ours)
    check_inert(root, scripts=1)


def test_the_digest_has_a_day_for_each_day() -> None:
    rows = [entry(1), entry(0, status="private", teaser="the video is private")]
    rows += [entry(0, created=f"2026-10-{day:02}T01:00:00") for day in range(30, 1, -1)]
    root = read(pages.digest(rows, "Notes"))
    days = root.find("section")
    assert len(days) == pages.DIGEST_DAYS
    first = " ".join(days[0].text.split())
    assert first.startswith("Tuesday, 24 November 2026 1 failed, 1 new")
    assert "Failed Why rivers bend private the video is private" in first
    assert " ".join(days[1].text.split()).startswith("Friday, 30 October 2026 1 new")
    check_inert(root)


def test_a_day_of_failures_alone() -> None:
    text = " ".join(read(pages.digest([entry(0, status="x")], "Notes")).text.split())
    assert "1 failed Failed" in text
    assert "new, " not in text


def test_an_empty_library() -> None:
    assert "Nothing has been noted yet." in read(pages.digest([], "Notes")).text
    assert "0 records" in read(pages.library([], "Notes")).text


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    hostile = entry(title=text, channel=text, teaser=text, status=text, lang="en", page=f"r/{text}.html")
    for page, scripts in ((pages.library([hostile], text), 4), (pages.digest([hostile], text), 0)):
        root = read(page)
        check_inert(root, scripts=scripts)
        assert root.text.count(text) >= 3
    note = samples.hostile(text)
    root = read(pages.reader(html.article(note), text))
    check_inert(root, scripts=1)
    assert root.find("title")[0].text.strip() == hygiene.one_line(text)


def choices(root: Element, name: str) -> list[tuple[str, str]]:
    field = one(root.find("fieldset", id=f"facet-{name}"))
    return [
        (label.find("input")[0].attributes["value"], label.find("span", class_="count")[0].text)
        for label in field.find("label")
    ]


def test_choices_are_counted_and_the_most_common_first() -> None:
    rows = [entry(n % 60, channel="B", topics=("River", f"Rare {n}")) for n in range(1200)]
    rows += [entry(1, channel="A", topics=("Lake", "Lake house")), entry(2, channel="", topics=("Lake",))]
    rows += [entry(3, status="private", channel=f"Channel {n}") for n in range(8)]
    root = read(pages.library(rows, "Notes"))
    assert choices(root, "channel")[:2] == [("B", "1,200"), ("A", "1")]
    assert len(choices(root, "channel")) == 8
    assert one(root.find("fieldset", id="facet-channel")).find("button")[0].text == "Show all 10"
    assert choices(root, "topic") == [("River", "1,200"), ("Lake", "2")]
    assert choices(root, "status") == [("done", "1,202"), ("failed", "8")]


def test_rare_topics_are_better_than_none() -> None:
    assert choices(read(pages.library([entry(topics=("River",))], "Notes")), "topic") == [("River", "1")]


def test_nothing_to_choose_from_is_not_shown() -> None:
    root = read(pages.library([entry(channel="")], "Notes"))
    assert "hidden" in one(root.find("fieldset", id="facet-channel")).attributes
