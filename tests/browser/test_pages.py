"""What a person does with the pages: lost words, keys, steps back, the way through the results, the extras."""

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests import samples
from tests.browser.conftest import Open, arabic
from tests.browser.test_library import ALL, open_list, search, titles
from tests.browser.test_reader import written
from vidgist import site
from vidgist.models import Evidence, Extras, Mention, Note, OutlineEntry, Segment, Statement, Task, Transcript
from vidgist.notes import document

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WIDTHS = (390, 820, 1280)


def sized(width: int) -> dict[str, Any]:
    return {"viewport": {"width": width, "height": 844}}


def rich() -> Note:
    """With everything that a note can say, by two voices."""
    assert samples.FULL.answer
    said = (Evidence(quote="Giving a river its room back costs land", start=42.0),)
    extras = Extras(
        overview="Rivers bend by themselves. Making them straight only moves the floods.",
        outline=(
            OutlineEntry(title="Why rivers bend", text="A mechanism.", start=0.0),
            OutlineEntry(title="What people do", start=35.0),
        ),
        mentions=(
            Mention(name="Johann Tulla", kind="person", text="engineer", evidence=said),
            Mention(name="Oxbow", text="a cut-off bend"),
        ),
        figures=(Statement(text="The river became 81 km shorter.", evidence=said),),
        questions=(Statement(text="Who pays for the land?"),),
        decisions=(Statement(text="The dike is moved back.", evidence=said),),
        tasks=(Task(text="Ask for the survey", who="Mia", due="Friday"),),
    )
    summary = samples.SUMMARY.model_copy(update={"extras": extras})
    voices = tuple(
        one.model_copy(update={"speaker": "Mia Kern" if number < 8 else "Jo"})
        for number, one in enumerate(samples.segments())
    )
    return samples.FULL.model_copy(
        update={
            "answer": samples.FULL.answer.model_copy(update={"summary": summary}),
            "transcript": Transcript(segments=voices, language="en"),
        }
    )


# The list


@pytest.mark.parametrize("width", WIDTHS)
def test_a_misspelt_word_is_told_with_near_spellings(show: Open, library: Path, width: int) -> None:
    page = open_list(show, library, **sized(width))
    for typed in ("platipus", "Plattypus", "lpatypus", "uplatypus"):
        assert search(page, typed) == []
        nothing = page.locator("#nothing")
        expect(nothing).to_contain_text(f"No record has “{typed.lower()}”.")
        nothing.get_by_role("button", name="platypus", exact=True).click()
        expect(page.locator("#q")).to_have_value("platypus")
        expect(page.locator("#results h2")).to_have_count(1)
        expect(nothing).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_only_the_word_that_is_lost_is_put_right(show: Open, library: Path) -> None:
    page = open_list(show, library)
    search(page, "swims platipus, talk")
    page.locator("#nothing").get_by_role("button", name="platypus", exact=True).click()
    expect(page.locator("#q")).to_have_value("swims platypus, talk")


@pytest.mark.parametrize("typed", ["zzqqxx", "xy", "河马", "🍞🍞", "constructr__proto"])
def test_what_is_like_nothing_is_told_and_can_be_cleared(show: Open, library: Path, typed: str) -> None:
    page = open_list(show, library)
    search(page, typed)
    if page.locator("#results > li").count() == 0 and typed != "🍞🍞":
        expect(page.locator("#nothing p").first).to_be_visible()
    clear = page.get_by_role("button", name="Clear the search")
    if clear.count():
        clear.click()
        expect(page.locator("#status")).to_have_text(f"{ALL} records")


def test_filters_that_leave_nothing_can_be_cleared(show: Open, library: Path) -> None:
    page = open_list(show, library, "#q=platypus&channel=Channel+3")
    expect(page.locator("#nothing")).to_contain_text("No record passes the filters; 1 would without them.")
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.locator("#results h2")).to_have_count(1)
    assert page.url.endswith("#q=platypus")


@pytest.mark.parametrize("width", WIDTHS)
def test_keys_go_through_the_hits_and_open_one(show: Open, library: Path, width: int) -> None:
    page = open_list(show, library, **sized(width))
    search(page, "stones")
    links = page.locator("#results h2 a")
    page.focus("#q")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(links.nth(2)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(links.nth(1)).to_be_focused()
    title = links.nth(1).inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/r/talk-*")
    assert page.locator("h1").inner_text() == title
    page.go_back()
    page.wait_for_selector("html[data-took]")
    page.focus("#q")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()


def test_keys_go_on_beyond_what_is_shown(show: Open, library: Path) -> None:
    page = open_list(show, library)
    page.locator("#results h2 a").nth(39).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#results h2 a").nth(40)).to_be_focused()


def test_each_choice_is_a_step_back(show: Open, library: Path) -> None:
    page = open_list(show, library)
    page.check("#facet-status input[value='done']")
    page.select_option("#sort", "title")
    search(page, "sto")
    search(page, "stones")
    found = titles(page)
    page.go_back()
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#sort")).to_have_value("title")
    page.go_back()
    expect(page.locator("#sort")).to_have_value("")
    expect(page.locator("#facet-status input[value='done']")).to_be_checked()
    page.go_back()
    expect(page.locator("#facet-status input[value='done']")).not_to_be_checked()
    expect(page.locator("#status")).to_have_text(f"{ALL} records")
    for _ in range(3):
        page.go_forward()
    expect(page.locator("#q")).to_have_value("stones")
    expect(page.locator("#results h2").first).to_have_text(found[0])


@pytest.mark.parametrize("width", WIDTHS)
def test_a_record_leads_to_the_next_result_and_back(show: Open, library: Path, width: int) -> None:
    page = open_list(show, library, "#channel=Channel+5&sort=title", **sized(width))
    expect(page.locator("#results h2")).to_have_count(6)
    found = titles(page)
    page.locator("#results h2 a").nth(1).click()
    walk = page.get_by_role("navigation", name="Results")
    expect(walk).to_contain_text("2 of 6")
    assert page.locator("h1").inner_text() == found[1]
    walk.get_by_role("link", name="Next").click()
    expect(page.locator("h1")).to_have_text(found[2])
    for title in (found[1], found[0]):
        walk.get_by_role("link", name="Previous").click()
        expect(page.locator("h1")).to_have_text(title)
    expect(walk).to_contain_text("1 of 6")
    expect(page.locator("#previous")).to_be_hidden()
    walk.get_by_role("link", name="Back to the results").click()
    page.wait_for_url("**/index.html#channel=Channel+5&sort=title")
    expect(page.locator("#results h2")).to_have_count(6)
    assert titles(page) == found
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_record_that_was_opened_by_itself_leads_to_all(show: Open, library: Path) -> None:
    page = show(library / "r" / "rivers.html")
    walk = page.get_by_role("navigation", name="Results")
    assert walk.get_by_role("link").all_inner_texts() == ["All records"]
    walk.get_by_role("link").click()
    page.wait_for_url("**/index.html")


@pytest.mark.parametrize("kept", ["no JSON", "{}", '{"pages": 3}', '{"pages": ["r/rivers.html", 7]}'])
def test_what_others_left_in_the_session_does_no_harm(show: Open, library: Path, kept: str) -> None:
    page = show(library / "r" / "rivers.html")
    page.evaluate("(kept) => sessionStorage.setItem('vidgist.results', kept)", kept)
    page.reload()
    assert page.get_by_role("navigation", name="Results").get_by_role("link").count() == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_failures_stand_first_in_a_day(show: Open, library: Path, width: int) -> None:
    page = show(library / "digest.html", **sized(width))
    day = page.locator("section", has=page.locator(".failed")).first
    places = day.evaluate(
        "(one) => ['.failed', '.results'].map((name) => one.querySelector(name)?.getBoundingClientRect().top)"
    )
    assert places[1] is None or places[0] < places[1]
    assert day.locator(".counts").inner_text().startswith("1 failed")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# The record


@pytest.mark.parametrize("width", WIDTHS)
def test_the_links_to_sections_stand_on_one_row(show: Open, tmp_path: Path, width: int) -> None:
    page = show(written(tmp_path, rich()), **sized(width))
    tops = page.locator(".contents a").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().top)"
    )
    assert len(tops) > 8
    assert len(set(tops)) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".contents a", has_text="Transcript").click()
    expect(page.locator("#transcript h2")).to_be_in_viewport()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_line_of_the_talk_has_times_that_do_not_touch(show: Open, tmp_path: Path, width: int) -> None:
    for note in (rich(), arabic()):
        page = show(written(tmp_path, note), **sized(width))
        boxes = page.locator(".strip text").evaluate_all(
            """(all) => all.map((one) => one.getBoundingClientRect()).map((box) => [box.left, box.right])
              .sort((a, b) => a[0] - b[0])"""
        )
        assert len(boxes) >= 3
        assert all(left[1] < right[0] for left, right in pairwise(boxes))
        line = page.locator(".strip").bounding_box()
        assert line
        assert boxes[0][0] >= line["x"] - 1
        assert boxes[-1][1] <= line["x"] + line["width"] + 1
        assert page.locator(".strip text").first.text_content() == "0:00"


@pytest.mark.parametrize("width", WIDTHS)
def test_all_that_a_note_says_is_drawn(show: Open, tmp_path: Path, width: int) -> None:
    page = show(written(tmp_path, rich()), **sized(width))
    order = page.locator("article > section").evaluate_all("(all) => all.map((one) => one.id)")
    assert order[:4] == ["overview", "decisions", "tasks", "ideas"]
    for name, words in (
        ("overview", "Rivers bend by themselves."),
        ("decisions", "The dike is moved back."),
        ("tasks", "Ask for the survey Mia"),
        ("figures", "The river became 81 km shorter."),
        ("questions", "Who pays for the land?"),
        ("names", "Johann Tulla engineer"),
        ("names", "People"),
        ("names", "Terms"),
        ("outline", "Why rivers bend A mechanism."),
    ):
        assert words in page.locator(f"section#{name}").inner_text()
    assert page.locator(".speaker").all_inner_texts() == ["Mia Kern", "Jo"]
    beside = page.get_by_role("navigation", name="Outline")
    assert beside.is_visible() == (width == 1280)
    if width == 1280:
        beside.get_by_role("link", name="What people do").click()
        expect(page.locator(".words p:target")).to_be_in_viewport()
        box, words_box = beside.bounding_box(), page.locator(".words").bounding_box()
        assert box
        assert words_box
        assert box["x"] >= words_box["x"] + words_box["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_name_leads_to_where_it_is_said(show: Open, tmp_path: Path) -> None:
    page = show(written(tmp_path, rich()))
    page.locator("section#names a", has_text="Johann Tulla").click()
    expect(page.locator(".words p:target")).to_be_in_viewport()


# Without


def without_script(browser: "Browser", path: Path, width: int) -> "Page":
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_read_without_scripts(browser: "Browser", library: Path, width: int) -> None:
    page = without_script(browser, library / "index.html", width)
    assert page.locator("#results > li").count() == 40
    assert "need JavaScript" in page.locator("noscript").inner_text()
    for idle in ("#search", ".filters", "#sort", "#more"):
        assert not page.locator(idle).is_visible()
    page.locator("#results h2 a").first.click()
    page.wait_for_url("**/r/**")
    assert page.get_by_role("navigation", name="Results").get_by_role("link").count() == 1
    page.goto((library / "r" / "rivers.html").as_uri())
    page.get_by_role("checkbox", name="Show the map at its full size").check()
    assert page.locator("figure.map svg").bounding_box()
    page.context.close()


@pytest.mark.parametrize("count", [0, 1])
def test_a_library_of_hardly_anything(show: Open, tmp_path: Path, count: int) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    if count:
        (notes / "a.json").write_text(document.render(rich()), encoding="utf-8")
    site.build(notes)
    page = open_list(show, notes / "_site")
    assert page.inner_text("#status") == ("1 record" if count else "0 records")
    assert page.locator("#nothing").is_visible() == (not count)
    if not count:
        assert "There are no records yet." in page.inner_text("#nothing")
        page.fill("#q", "river")
        expect(page.locator("#nothing")).to_contain_text("There are no records yet.")


def test_a_page_of_paper_holds_the_note_and_nothing_to_press(show: Open, library: Path) -> None:
    page = show(library / "r" / "rivers.html")
    page.emulate_media(media="print")
    for name in (".bar", ".walk", ".contents", ".zoom", ".enlarge", ".beside"):
        assert not any(one.is_visible() for one in page.locator(name).all()), name
    assert page.is_visible("figure.map svg")
    assert page.is_visible(".words")


# Strangers


def hostile(text: str) -> Note:
    """A note in which every text is this one, the voices and the extras too."""
    note = samples.hostile(text)
    assert note.answer
    assert note.answer.summary
    said = (Evidence(quote=text, start=1.0),)
    extras = Extras(
        overview=text,
        outline=(OutlineEntry(title=text, text=text, start=0.0), OutlineEntry(title=text, start=4.0)),
        mentions=(Mention(name=text, kind="person", text=text, evidence=said), Mention(name=text)),
        figures=(Statement(text=text, evidence=said),),
        questions=(Statement(text=text),),
        decisions=(Statement(text=text, evidence=said),),
        tasks=(Task(text=text, who=text, due=text),),
    )
    summary = note.answer.summary.model_copy(update={"extras": extras})
    voices = (
        Segment(start=0, duration=4, text=text, speaker=text),
        Segment(start=4, duration=5, text=text, speaker=f"{text}2"),
    )
    return note.model_copy(
        update={
            "answer": note.answer.model_copy(update={"summary": summary}),
            "transcript": Transcript(segments=voices, language=text[:8]),
        }
    )


def test_hostile_words_do_nothing_in_any_part_of_a_note(show: Open, tmp_path: Path) -> None:
    page = show(written(tmp_path, samples.FULL))
    for text in samples.HOSTILE:
        page.goto(written(tmp_path, hostile(text)).as_uri())
        assert page.locator("script, iframe, object, embed, img").count() == 0
        assert page.locator("input").count() == 1, "the one that shows the map at its full size"
        links = page.locator("a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
        assert all(link.startswith(("#", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")) for link in links)
        assert page.evaluate("window.pwned") is None


def test_hostile_words_do_nothing_in_a_library(show: Open, tmp_path: Path) -> None:
    """Neither where they stand in notes nor where they are searched for and not found."""
    notes = tmp_path / "notes"
    notes.mkdir()
    for number, text in enumerate(samples.HOSTILE):
        item = samples.FULL.item.model_copy(
            update={"id": f"hostile{number:04}", "name": f"hostile{number:04}"}
        )
        note = hostile(text).model_copy(update={"item": item})
        (notes / f"{number}.json").write_text(document.render(note), encoding="utf-8")
    site.build(notes, title=samples.HOSTILE[0])
    page = open_list(show, notes / "_site")
    for text in samples.HOSTILE:
        search(page, f"{text} pwnedx")
        assert page.locator("img, iframe, object, embed").count() == 0
    page.goto(
        (notes / "_site" / "index.html").as_uri() + "#q=%3Cimg%20src%3Dx%20onerror%3Dwindow.pwned%3D1%3E"
    )
    page.wait_for_selector("html[data-took]")
    assert page.locator("img").count() == 0
