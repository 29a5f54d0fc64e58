"""The Markdown as its readers take it: CommonMark with GitHub's additions, YAML, and Obsidian's own marks."""

import re
from datetime import date, datetime
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests import samples
from vidgist.config import Settings
from vidgist.models import Answer, ConceptMap, Evidence, Note, Point, Segment, Transcript, Video
from vidgist.text import hygiene
from vidgist.writers import _properties, md
from vidgist.writers._markdown import escape, paragraph, prose

PLAIN = md.create(Settings.model_validate({}))
LINKED = md.create(Settings.model_validate({"wikilinks": True}))
READER = MarkdownIt("gfm-like")
READER.linkify.set({"fuzzy_link": False})  # type: ignore[union-attr]  # bare host names are no links on GitHub


def parts(text: str) -> tuple[dict[str, Any], str]:
    """Front matter as data, and the body above the marked line."""
    assert text.startswith("---\n")
    head, _, rest = text[4:].partition("\n---\n")
    return yaml.safe_load(head), rest.partition(md.MARK)[0]


def flat(tokens: list[Token]) -> list[Token]:
    return [one for token in tokens for one in (token, *flat(token.children or []))]


def shown(body: str) -> str:
    """What a reader of the Markdown sees, white space single."""
    kinds = ("text", "text_special")
    return " ".join("".join(t.content for t in flat(READER.parse(body)) if t.type in kinds).split())


def test_front_matter() -> None:
    head, _ = parts(PLAIN.render(samples.FULL))
    assert head == {
        "title": "Why rivers bend: “a question” of 10 minutes",
        "aliases": ["Why rivers bend: “a question” of 10 minutes"],
        "vidgist": "youtube/dQw4w9WgXcQ",
        "id": "dQw4w9WgXcQ",
        "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ&si=abc",
        "channel": "Ground & Water",
        "channel_url": "https://www.youtube.com/@groundwater",
        "published": date(2026, 11, 20),
        "duration": 64,
        "length": "1:04",
        "language": "en",
        "topics": ["River", "Bend", "Soft bank", "Straighten it?", "Oxbow lake"],
        "model": "openai:small",
        "prompt": "summary 3",
        "created": datetime(2026, 11, 24, 2, 30, 5),
        "status": "success",
    }


def test_wikilinks_are_wished_for() -> None:
    head, body = parts(LINKED.render(samples.FULL))
    assert head["channel"] == "[[Ground & Water]]"
    assert head["topics"][0] == "[[River]]"
    assert "[[Ground & Water]] · 2026-11-20 · 1:04" in body
    assert "[[" not in PLAIN.render(samples.FULL)


@pytest.mark.unmeasured
@given(st.text())
@settings(max_examples=200)
def test_any_title_is_quoted_for_yaml(title: str) -> None:
    note = samples.FULL.model_copy(update={"video": Video(title=title, channel=title)})
    head, _ = parts(PLAIN.render(note))
    expected = hygiene.published(title).replace("[[", "[\u2060[")
    assert head["title"] == " ".join(expected.split()) or expected == ""
    assert head.get("channel", "") == expected
    known = [key for key in _properties.NAMES if key in head]
    assert list(head) == known


def test_quotes_are_linked_to_the_second() -> None:
    _, body = parts(PLAIN.render(samples.FULL))
    url = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&si=abc&t=28s"
    assert f"> “What is left is a lake in the form of a horseshoe.” — [0:28]({url})" in body
    quotes = [t for t in flat(READER.parse(body)) if t.type == "blockquote_open"]
    assert len(quotes) == 4


def test_other_pages_have_times_without_links() -> None:
    item = samples.FULL.item.model_copy(update={"url": "talk.vtt", "source": "local"})
    _, body = parts(PLAIN.render(samples.FULL.model_copy(update={"item": item})))
    assert "horseshoe.” — 0:28\n" in body
    assert "\n0:00 We begin" in body
    assert "](" not in body


def test_the_map_is_a_fence_that_readers_draw() -> None:
    _, body = parts(PLAIN.render(samples.FULL))
    fences = [t for t in READER.parse(body) if t.type == "fence"]
    assert [t.info for t in fences] == ["mermaid"]
    assert fences[0].content.startswith("graph LR\n")


def test_the_transcript_folds_under_the_headings_of_its_chapters() -> None:
    _, body = parts(PLAIN.render(samples.FULL))
    tokens = READER.parse(body)
    assert not [t for t in tokens if t.type == "html_block"]
    headings = [tokens[at + 1].content for at, t in enumerate(tokens) if t.type == "heading_open"]
    assert headings[-3:] == ["Transcript", "The question", "What people do"]
    assert "\n_en, automatic captions_\n" in body


def test_each_idea_and_each_paragraph_is_a_block() -> None:
    _, body = parts(PLAIN.render(samples.FULL))
    assert re.findall(r" \^([a-z0-9-]+)$", body, re.MULTILINE) == [
        "idea-1", "idea-2", "idea-3", "core-point", "fundamental-point", "t-0", "t-31",
    ]  # fmt: skip


def test_two_paragraphs_of_one_second_are_two_blocks() -> None:
    words = tuple(Segment(start=5 + n / 4, duration=0.1, text="word " * 100 + "end.") for n in range(3))
    _, body = parts(PLAIN.render(samples.FULL.model_copy(update={"transcript": Transcript(segments=words)})))
    assert re.findall(r" \^(t-[0-9-]+)$", body, re.MULTILINE) == ["t-5", "t-5-2", "t-5-3"]


def test_tags_are_the_persons_own() -> None:
    writer = md.create(Settings.model_validate({"tags": "talk,river?,boat?"}))
    assert parts(writer.render(samples.FULL))[0]["tags"] == ["talk", "river"]


def test_properties_are_chosen_and_named() -> None:
    writer = md.create(Settings.model_validate({"properties": "title,channel=author,playlist"}))
    head, _ = parts(writer.render(samples.FULL))
    assert head == {
        "title": "Why rivers bend: “a question” of 10 minutes",
        "author": "Ground & Water",
        "vidgist": "youtube/dQw4w9WgXcQ",
    }


def test_a_playlist_and_a_cover() -> None:
    assert samples.FULL.video
    video = samples.FULL.video.model_copy(
        update={
            "playlist": "Rivers: all",
            "playlist_index": 3,
            "cover": "https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg",
            "description": "One.\nTwo. " + "x" * 900,
            "author": "A. Reader",
        }
    )
    head, _ = parts(LINKED.render(samples.FULL.model_copy(update={"video": video})))
    assert (head["playlist"], head["playlist_index"], head["author"]) == ("[[Rivers all]]", 3, "A. Reader")
    assert head["cover"] == "https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg"
    assert head["description"].startswith("One. Two. xxx")
    assert len(head["description"]) == 501


def test_untimed_words_have_no_times() -> None:
    transcript = Transcript(segments=(Segment(start=0, duration=0, text=samples.WORDS),), timed=False)
    _, body = parts(PLAIN.render(samples.FULL.model_copy(update={"transcript": transcript})))
    assert "## Transcript\n\nWe begin" in body
    assert " ^p-1\n" in body


def test_a_failure_says_why() -> None:
    head, body = parts(PLAIN.render(samples.FAILED))
    assert head["status"] == "failed: private: the video is private"
    assert "> **Not summarized:** the video is private. ask its owner" in body
    assert "## " not in body


def test_a_label_on_the_one_line() -> None:
    assert "**Core Point:** A river needs room." in PLAIN.render(samples.FULL)


# What a person wrote


@given(st.text())
def test_below_the_marked_line_all_stays(written: str) -> None:
    old = PLAIN.render(samples.FULL) + written
    new = PLAIN.render(samples.hostile("another"), old)
    assert new.endswith(f"{md.MARK}\n{written}")
    assert PLAIN.render(samples.FULL, new) == old


def test_a_second_mark_is_the_persons_own() -> None:
    written = f"mine\n{md.MARK}\nmore\r\n"
    assert PLAIN.render(samples.FULL, f"head\n{md.MARK}\n{written}").endswith(f"{md.MARK}\n{written}")


def test_a_mark_with_windows_line_end_is_seen() -> None:
    assert PLAIN.render(samples.FULL, f"head\r\n{md.MARK}\r\nmine\r\n").endswith(f"{md.MARK}\r\nmine\r\n")


@pytest.mark.parametrize("old", ["", "something else", f"in a line {md.MARK} of text"])
def test_without_the_mark_nothing_is_kept(old: str) -> None:
    assert PLAIN.render(samples.FULL, old).endswith(f"\n\n{md.MARK}\n")


# Hostile text

ACTIVE = ("html_inline", "image", "s_open", "code_inline", "footnote_ref")


def check_inert(body: str, *, times: int) -> None:
    tokens = flat(READER.parse(body))
    kinds = [t.type for t in tokens]
    assert not set(kinds) & set(ACTIVE)
    assert kinds.count("em_open") <= 1  # the line that says who heard the words
    assert not set(kinds) & {"table_open", "hr", "code_block"}
    assert [t.info for t in tokens if t.type == "fence"] == ["mermaid"]
    links = [str(t.attrs["href"]) for t in tokens if t.type == "link_open"]
    assert all(link.startswith("https://www.youtube.com/watch?v=dQw4w9WgXcQ&si=abc") for link in links)
    assert len(links) == times
    assert "html_block" not in kinds


def check_obsidian(source: str) -> None:
    """Obsidian's own marks, which no CommonMark reader knows, looked for where no backslash stands before."""
    without_links = re.sub(r"\]\(https[^)]*\)|href=\"[^\"]*\"|^#+ |&#\d+;", "", source, flags=re.MULTILINE)
    for mark in (r"(?i:www)\.", r"!?\[\[", r"%%", r"\$", r"==", r"#\w", r"\^", r"\{\{", r"<%", r"::"):
        assert not re.search(rf"(?<!\\){mark}", without_links), (mark, source)


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_nothing_acts(text: str) -> None:
    note = samples.hostile(text)
    head, body = parts(PLAIN.render(note))
    check_inert(body, times=1 + 5 + 1 + 1)
    check_obsidian(re.sub(r"```mermaid.*?```| \^[a-z0-9-]+$", "", body, flags=re.DOTALL | re.MULTILINE))
    assert set(head) <= set(_properties.NAMES)
    assert hygiene.one_line(text) in shown(body)
    assert [t.tag for t in READER.parse(body) if t.type == "heading_open"] == ["h1"] + ["h2"] * 6 + ["h3"]


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_a_wikilink_holds_one_name(text: str) -> None:
    _, body = parts(LINKED.render(samples.hostile(text)))
    found = re.findall(r"(?<!\\)\[\[.*?\]\]", re.sub(r"\]\([^)]*\)", "", body.split("```")[0]))
    assert len(found) <= 1
    assert all(not set(one[2:-2]) & set("[]|#^\\:%") for one in found)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))))
@settings(max_examples=300)
def test_a_line_shows_as_it_is(text: str) -> None:
    line = hygiene.one_line(text)
    tokens = flat(READER.parse(paragraph(line)))
    assert {t.type for t in tokens} <= {"paragraph_open", "inline", "text", "text_special", "paragraph_close"}
    assert "".join(t.content for t in tokens if t.type.startswith("text")) == line
    assert shown(f"x {escape(line)}") == hygiene.one_line(f"x {line}")


# Free text of a model


def free(text: str) -> str:
    note = Note(
        item=samples.FULL.item,
        created=samples.FULL.created,
        video=samples.FULL.video,
        answer=Answer(text=text, created=samples.FULL.created),
    )
    return parts(PLAIN.render(note))[1]


def test_free_text_keeps_its_form() -> None:
    body = free("# A\n\nwords **bold**\n- one\n  - two\n1. three\n")
    assert "## Summary\n\n### A\n\nwords **bold**\n- one\n  - two\n1. three" in body


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_free_text_cannot_act(text: str) -> None:
    body = free(f"{text}\n\n- {text}\n# {text}\n> {text}")
    tokens = flat(READER.parse(body))
    assert not {t.type for t in tokens} & {"html_inline", "html_block", "image", "code_inline", "fence"}
    assert all("youtube.com" in str(t.attrs["href"]) for t in tokens if t.type == "link_open")
    check_obsidian(body)


def test_headings_of_free_text_stay_below_ours() -> None:
    assert prose("# a\n###### b\n####### c", 3) == "### a\n###### b\n\\#\\#\\#\\#\\#\\#\\# c"


# What is not known is not written


def test_an_untimed_quote_has_no_time() -> None:
    assert samples.FULL.answer
    point = Point(label="L", text="T", evidence=(Evidence(quote="as said"),))
    summary = samples.SUMMARY.model_copy(
        update={"core_point": point, "framework": "", "concept_map": ConceptMap()}
    )
    note = samples.FULL.model_copy(
        update={"answer": samples.FULL.answer.model_copy(update={"summary": summary})}
    )
    _, body = parts(PLAIN.render(note))
    assert "  > “as said”\n" in body
    assert "Overarching Framework" not in body
    assert "mermaid" not in body


def test_a_local_file_of_which_nothing_is_known() -> None:
    item = samples.FAILED.item.model_copy(update={"url": "talk.vtt"})
    _, body = parts(PLAIN.render(samples.FAILED.model_copy(update={"item": item})))
    assert body.startswith("\n# unknown\n\n> **Not summarized:**")
