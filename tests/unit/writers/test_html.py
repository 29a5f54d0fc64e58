import base64
import hashlib
import itertools
import re

import pytest

from tests import samples
from tests.markup import Element, check_inert, read
from vidgist.config import Settings
from vidgist.models import Answer, ConceptMap, Evidence, Note, Point, Segment, Transcript, Video
from vidgist.text import hygiene
from vidgist.writers import html
from vidgist.writers._direction import direction, language
from vidgist.writers._prose import to_html

WRITER = html.create(Settings.model_validate({}))


def page(note: Note) -> Element:
    return read(WRITER.render(note))


def one(found: list[Element]) -> Element:
    (element,) = found
    return element


def section(root: Element, name: str) -> Element:
    return one(root.find("section", id=name))


def changed(**fields: object) -> Note:
    return samples.FULL.model_copy(update=fields)


def test_all_sections_stand_under_headings_in_order() -> None:
    root = page(samples.FULL)
    assert [element.attributes["id"] for element in root.find("section")] == [
        "ideas", "conclusion", "framework", "map", "chapters", "transcript",
    ]  # fmt: skip
    levels = [element.name for element in root.all() if re.fullmatch(r"h\d", element.name)]
    assert levels[0] == "h1"
    assert all(int(after[1]) <= int(before[1]) + 1 for before, after in itertools.pairwise(levels))
    contents = one(root.find("nav", class_="contents"))
    links = [a.attributes["href"] for a in contents.find("a")]
    assert links == [f"#{element.attributes['id']}" for element in root.find("section")]


def test_the_policy_allows_the_styles_of_the_page_and_nothing_else() -> None:
    text = WRITER.render(samples.FULL)
    root = read(text)
    policy = next(
        meta for meta in root.find("meta") if meta.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    (style,) = re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL)
    assert policy.attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest(style)}'; base-uri 'none'; form-action 'none'"
    )
    check_inert(root)


def test_nothing_is_loaded() -> None:
    root = page(samples.FULL)
    assert not [element for element in root.all() if "src" in element.attributes or element.name == "link"]
    assert "url(" not in html.style()
    assert "@import" not in html.style()


def test_a_quote_leads_to_its_words_and_to_its_second() -> None:
    ideas = section(page(samples.FULL), "ideas")
    quote = ideas.find("blockquote")[1]
    words, time = quote.find("a")
    assert words.attributes["href"] == "#t0"
    assert time.attributes["href"].endswith("&t=21s")
    assert time.text == "0:21"


def test_every_anchor_is_there() -> None:
    for note in (samples.FULL, *map(samples.hostile, samples.HOSTILE[:3])):
        root = page(note)
        identities = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
        assert len(identities) == len(set(identities))
        targets = [
            element.attributes["href"][1:]
            for element in root.find("a")
            if element.attributes["href"].startswith("#")
        ]
        assert targets
        assert set(targets) <= set(identities)


def test_a_point_without_a_quote_says_so_only_where_others_have_one() -> None:
    assert page(samples.FULL).text.count("No quote of the talk") == 2
    assert samples.FULL.answer
    bare = samples.SUMMARY.model_copy(
        update={
            "core_ideas": tuple(p.model_copy(update={"evidence": ()}) for p in samples.SUMMARY.core_ideas),
            "core_point": samples.SUMMARY.core_point.model_copy(update={"evidence": ()}),
        }
    )
    note = changed(answer=samples.FULL.answer.model_copy(update={"summary": bare}))
    assert "No quote of the talk" not in page(note).text


def test_the_map_is_drawn_and_listed() -> None:
    figure = section(page(samples.FULL), "map")
    drawn = one(figure.find("svg"))
    assert "Oxbow lake" in drawn.text
    assert "River → moves Soft bank" in " ".join(one(figure.find("details")).text.split())


def test_no_map_no_section() -> None:
    assert samples.FULL.answer
    bare = samples.SUMMARY.model_copy(update={"concept_map": ConceptMap(), "framework": " "})
    root = page(changed(answer=samples.FULL.answer.model_copy(update={"summary": bare})))
    assert not root.find("section", id="map")
    assert not root.find("section", id="framework")


def test_a_map_without_relations_is_not_listed() -> None:
    assert samples.FULL.answer
    lonely = samples.SUMMARY.model_copy(update={"concept_map": ConceptMap(nodes=samples.MAP.nodes)})
    root = page(changed(answer=samples.FULL.answer.model_copy(update={"summary": lonely})))
    assert not root.find("details")


def test_a_failure() -> None:
    root = page(samples.FAILED)
    assert "Not summarized. The video is private. Ask its owner. private" in " ".join(root.text.split())
    assert not root.find("section")
    assert not root.find("nav")
    assert one(root.find("h1")).text.strip() == "https://youtu.be/aaaaaaaaaaa"


def test_words_without_times_have_none() -> None:
    transcript = Transcript(segments=(Segment(start=0, duration=0, text=samples.WORDS),), timed=False)
    words = section(page(changed(transcript=transcript)), "transcript")
    assert not [element for element in words.all() if "id" in element.attributes]
    assert "0:00" not in words.text
    quote = section(page(changed(transcript=transcript)), "ideas").find("blockquote")[0]
    assert quote.find("a")[0].attributes["href"] == "#transcript"


def test_elsewhere_than_on_youtube_times_are_no_links() -> None:
    item = samples.FULL.item.model_copy(update={"url": "talk.vtt"})
    root = page(changed(item=item))
    assert not root.find("a", class_="watch")
    assert root.find("span", class_="time")
    assert all(a.attributes["href"].startswith("#") for a in root.find("a"))


def test_two_paragraphs_of_one_second_have_one_anchor() -> None:
    segments = (
        Segment(start=5.0, duration=0.2, text="a " * 450),
        Segment(start=5.4, duration=0.2, text="b " * 450),
    )
    words = section(page(changed(transcript=Transcript(segments=segments))), "transcript")
    assert len(words.find("p", id="t5")) == 1


def test_free_text_is_shown() -> None:
    answer = Answer(
        text="# Plan\n- **one** <b>\n- two\n1. three\n\nwords\nmore", created=samples.FULL.created
    )
    root = page(changed(answer=answer))
    summary = section(root, "summary")
    assert [element.name for element in summary.all()] == [
        "h2", "h3", "ul", "li", "strong", "li", "ol", "li", "p", "br",
    ]  # fmt: skip
    assert "one <b>" in summary.text


def test_free_text_without_form() -> None:
    assert to_html("a & b") == "<p>a &amp; b</p>"
    assert to_html("** a **") == "<p>** a **</p>"


# Languages and directions


def arabic() -> Note:
    words = "لماذا تنحني بعض الأنهار ويجري بعضها الآخر مستقيماً؟"
    assert samples.FULL.answer
    point = samples.labelled(words)
    summary = samples.SUMMARY.model_copy(
        update={"core_ideas": (point,) * 3, "core_point": point, "framework": words}
    )
    return changed(
        video=Video(title=words, language="ar"),
        transcript=Transcript(segments=samples.segments(words), language="ar"),
        answer=samples.FULL.answer.model_copy(update={"summary": summary}),
    )


def test_arabic_is_read_from_the_right() -> None:
    root = page(arabic())
    assert one(root.find("html")).attributes == {"lang": "ar", "dir": "rtl"}
    assert all(element.attributes["lang"] == "en" for element in root.find("h2"))
    assert one(root.find("div", class_="words")).attributes["dir"] == "rtl"
    assert all(
        element.attributes["dir"] == "ltr" for element in root.find("bdi") if "dir" in element.attributes
    )


def test_a_summary_in_another_language_than_the_talk() -> None:
    note = arabic()
    mixed = note.model_copy(update={"answer": samples.FULL.answer})
    root = read(html.create(Settings.model_validate({"language": "de"})).render(mixed))
    assert one(root.find("html")).attributes == {"lang": "de", "dir": "ltr"}
    words = one(root.find("div", class_="words")).attributes
    assert (words["lang"], words["dir"]) == ("ar", "rtl")
    unsaid = read(WRITER.render(mixed))
    assert one(unsaid.find("html")).attributes == {"dir": "ltr"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("word", "ltr"), ("كلمة", "rtl"), ("מילה a", "rtl"), ("42 …", "auto"), ("", "auto"), ("深度", "ltr")],
)
def test_direction(text: str, expected: str) -> None:
    assert direction(text) == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "word", "en"),
        ("en-US", "", "en-US"),
        ("ar", "كلمة", "ar"),
        ("ar", "word", ""),
        ("en", "كلمة", ""),
        ("az-Arab", "كلمة", "az-Arab"),
        ("ar-Latn", "kalima", "ar-Latn"),
        ('en"><script>', "word", ""),
        ("", "word", ""),
    ],
)
def test_language(code: str, text: str, expected: str) -> None:
    assert language(code, text) == expected


# Hostile text


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_nothing_acts(text: str) -> None:
    root = page(samples.hostile(text))
    check_inert(root)
    line = hygiene.one_line(text)
    seen = " ".join(one(root.find("article")).text.split())
    assert one(root.find("h1")).text.strip() == line
    assert seen.count(line) >= 12
    links = {a.attributes["href"] for a in root.find("a") if not a.attributes["href"].startswith("#")}
    assert all(link.startswith("https://www.youtube.com/watch?v=dQw4w9WgXcQ") for link in links)
    free = Note(
        item=samples.FULL.item,
        created=samples.FULL.created,
        answer=Answer(text=text, created=samples.FULL.created),
    )
    check_inert(page(free))


def test_the_length_is_shown_with_the_quotes_on_it() -> None:
    strip = one(page(samples.FULL).find("svg", class_="strip"))
    assert len(strip.find("circle")) == 4
    assert len(strip.find("rect")) == 2
    assert not page(changed(video=Video(title="x"))).find("svg", class_="strip")


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_an_untimed_quote_is_no_link() -> None:
    assert samples.FULL.answer
    point = Point(label="L", text="T", evidence=(Evidence(quote="as said"),))
    summary = samples.SUMMARY.model_copy(update={"core_point": point})
    root = page(changed(answer=samples.FULL.answer.model_copy(update={"summary": summary})))
    quote = one(section(root, "conclusion").find("blockquote"))
    assert not quote.find("a")
    assert quote.text.strip() == "“as said”"
