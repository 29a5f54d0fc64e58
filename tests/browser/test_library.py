"""The library as a person uses it, opened from a disk."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import samples
from tests.browser.conftest import Open
from vidgist.text import hygiene, search_words

pytestmark = pytest.mark.browser

ALL = 66 + 4 + len(samples.HOSTILE)


def open_list(show: Open, library: Path, fragment: str = "", **options: object) -> Page:
    page = show(library / "index.html", fragment, **options)
    page.wait_for_selector("html[data-took]")
    return page


def search(page: Page, query: str) -> list[str]:
    page.evaluate("delete document.documentElement.dataset.took")
    page.fill("#q", query)
    page.wait_for_selector("html[data-took]")
    return titles(page)


def titles(page: Page) -> list[str]:
    return page.locator("#results h2").all_inner_texts()


def test_the_newest_come_first_and_more_on_demand(show: Open, library: Path) -> None:
    page = open_list(show, library)
    assert page.inner_text("#status") == f"{ALL} records"
    assert page.locator("#results > li").count() == 40
    page.click("#more")
    assert page.locator("#results > li").count() == 80
    assert page.evaluate(
        "document.activeElement.closest('li') === document.querySelector('#results').children[40]"
    )


def test_a_word_of_a_transcript_is_found_with_its_moment(show: Open, library: Path) -> None:
    page = open_list(show, library)
    assert search(page, "platypus") == ["Talk 7 about trees" if 7 % 3 == 2 else "Talk 7 about clouds"]
    assert page.inner_text("#status") == f"1 of {ALL} records"
    mark = page.locator(".passage mark")
    mark.wait_for()
    assert mark.inner_text() == "platypus"
    page.click(".passage a.time")
    page.wait_for_url("**/r/talk-7.html#t*")
    target = page.locator(".words p:target")
    assert "platypus" in target.inner_text()
    assert target.is_visible()


def test_all_words_are_wanted_and_beginnings_are_enough(show: Open, library: Path) -> None:
    page = open_list(show, library)
    assert search(page, "platy 7")[0].startswith("Talk 7 ")
    assert search(page, "PLATYPUS, swims!") == [search(page, "platypus")[0]]
    assert len(search(page, "platypus nowhere")) == 1
    assert "none has all the words" in page.inner_text("#status")
    assert search(page, "nowhereatall") == []
    assert page.inner_text("#status") == f"0 of {ALL} records"


def test_chinese_is_found_by_any_part(show: Open, library: Path) -> None:
    page = open_list(show, library)
    for query in ("弯曲", "弯", "为什么弯曲", "泥土", "河"):
        assert search(page, query) == ["河流为什么弯曲"]
        page.locator(".passage mark").first.wait_for()
        assert query[0] in page.locator(".passage mark").first.inner_text()


def test_arabic_is_found_without_its_vowels(show: Open, library: Path) -> None:
    page = open_list(show, library)
    assert search(page, "المنعطف") == ["لماذا تنحني الأنهار؟ سؤال في عشر دقائق"]
    row = page.locator("#results > li").first
    assert row.get_attribute("dir") == "rtl"
    assert row.get_attribute("lang") == "ar"


def test_a_title_ranks_above_a_transcript(show: Open, library: Path) -> None:
    page = open_list(show, library)
    assert all("stones" in title for title in search(page, "stones"))
    assert search(page, "rivers")[0].startswith("Why rivers bend")


def test_words_of_the_language_are_only_words(show: Open, library: Path) -> None:
    page = open_list(show, library)
    for query in ("constructor", "__proto__", "toString"):
        assert search(page, query) == ["constructor __proto__ toString"]
    for query in ("%", "\\", " "):
        search(page, query)
        assert page.inner_text("#status") == (f"0 of {ALL} records" if query.strip() else f"{ALL} records")


def test_filters_narrow_and_count(show: Open, library: Path) -> None:
    page = open_list(show, library)
    page.click("#facet-channel .more")
    assert page.locator("#facet-channel input").count() > 8
    page.check("#facet-channel input[value='Channel 7']")
    assert page.inner_text("#status") == f"5 of {ALL} records"
    page.check("#facet-channel input[value='Channel 1']")
    assert page.inner_text("#status") == f"11 of {ALL} records"
    page.fill("#from", "2026-10-01")
    page.dispatch_event("#from", "change")
    found = titles(page)
    assert 0 < len(found) < 11
    assert "from=2026-10-01" in page.url
    page.uncheck("#facet-channel input[value='Channel 1']")
    assert set(titles(page)) < set(found)
    page.click("#facet-channel .more")
    assert page.is_checked("#facet-channel input[value='Channel 7']")


def test_failures_are_found_by_status(show: Open, library: Path) -> None:
    page = open_list(show, library)
    page.check("#facet-status input[value='failed']")
    assert titles(page) == ["https://youtu.be/aaaaaaaaaaa"]
    assert page.inner_text("#results .badge") == "private"


def test_the_address_holds_what_is_asked(show: Open, library: Path) -> None:
    page = open_list(show, library, "#q=platypus&channel=Channel+7&sort=title")
    assert len(titles(page)) == 1
    assert page.input_value("#q") == "platypus"
    assert page.input_value("#sort") == "title"
    assert page.is_checked("#facet-channel input[value='Channel 7']")
    page.evaluate("location.hash = 'channel=Channel+3'")
    expect(page.locator("#q")).to_have_value("")
    assert all(title.startswith("Talk ") for title in titles(page))


def test_orders(show: Open, library: Path) -> None:
    page = open_list(show, library, "#channel=Channel+5")
    page.select_option("#sort", "title")
    assert titles(page) == sorted(titles(page))
    page.select_option("#sort", "published")
    assert titles(page)[0].startswith("Talk 5 ")


def test_keys(show: Open, library: Path) -> None:
    page = open_list(show, library)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("platypus")
    expect(page.locator("#results h2")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/r/talk-7.html")
    page.go_back()
    expect(page.locator("#results h2")).to_have_count(1)
    page.focus("#q")
    page.keyboard.press("Escape")
    expect(page.locator("#results h2")).to_have_count(40)


def test_filters_fold_on_a_phone(show: Open, library: Path) -> None:
    page = open_list(show, library, viewport={"width": 390, "height": 844})
    assert not page.is_visible("#facets")
    page.click("#filters")
    assert page.is_visible("#facets")
    assert page.get_attribute("#filters", "aria-expanded") == "true"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_a_script_the_newest_are_there(show: Open, library: Path) -> None:
    page = show(library / "index.html", java_script_enabled=False)
    assert page.locator("#results > li").count() == 40
    page.locator("#results h2 a").first.click()
    page.wait_for_url("**/r/*.html")


def test_the_digest(show: Open, library: Path) -> None:
    page = show(library / "digest.html")
    first = page.locator("section").first
    assert first.locator("h2").first.inner_text() == "Tuesday, 24 November 2026"
    assert "1 failed" in first.inner_text()
    assert "the video is private" in first.inner_text()
    assert page.locator("section").count() == 14


def test_hostile_titles_do_nothing(show: Open, library: Path) -> None:
    page = open_list(show, library)
    page.click("#facet-channel .more")
    for number, text in enumerate(samples.HOSTILE):
        line = hygiene.one_line(text)
        search(page, f"hostile{number:04}")
        assert [hygiene.one_line(title) for title in titles(page)] == [line]
    page.locator(".passages > *").first.wait_for()
    for number, text in enumerate(samples.HOSTILE):
        page.goto((library / "r" / f"hostile #{number}.html").as_uri())
        assert hygiene.one_line(page.inner_text("h1")) == page.title() == hygiene.one_line(text)
        assert page.evaluate("window.pwned") is None


def test_the_page_splits_words_as_the_program_does(show: Open, library: Path) -> None:
    page = open_list(show, library)
    texts = [
        *samples.HOSTILE,
        samples.WORDS,
        "Straße Été naïve İstanbul ＡＢＣ ﬁne ™ ② Ångström Σίσυφος ΣΑΣ",
        "DeepSeek如何绕过英伟达的护城河CUDA ガラス ｶﾞﾗｽ ภาษาไทย မြန်မာ ខ្មែរ",
        "العَرَبِيّة كتـــاب שָׁלוֹם हिन्दी में 한국어 𠮷野家 👩‍👩‍👧 x²",
        "x" * 50,
    ]
    for text in texts:
        expected = list(search_words.words(text))
        assert page.evaluate("(text) => vidgist.split(text).map((one) => one.word)", text) == expected
        buckets = page.evaluate("(words) => words.map(vidgist.bucket)", expected)
        assert buckets == [search_words.bucket(word) for word in expected]
