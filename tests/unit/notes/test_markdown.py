"""Markdown notes read back: what stands there comes back, whatever it is, and as the person has left it."""

import re
from datetime import datetime

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import samples
from vidgist.config import Settings
from vidgist.errors import Unreadable
from vidgist.models import Answer, Evidence, Note, Point, Segment, Transcript
from vidgist.notes import front_matter, markdown
from vidgist.text import hygiene, record
from vidgist.writers import md

WRITER = md.create(Settings.model_validate({}))
LINKED = md.create(Settings.model_validate({"wikilinks": True}))
THEN = datetime(2026, 1, 2, 3, 4, 5)


def again(note: Note, writer: object = WRITER) -> Note:
    return markdown.parse(writer.render(note), "talk", THEN)  # type: ignore[attr-defined]


@pytest.mark.parametrize("writer", [WRITER, LINKED])
def test_all_that_a_note_shows_comes_back(writer: object) -> None:
    note = again(samples.FULL, writer)
    assert samples.FULL.answer
    assert samples.FULL.video
    assert samples.FULL.transcript
    assert note.answer
    assert note.answer.summary
    assert note.video
    assert note.transcript
    wanted = samples.SUMMARY
    assert note.answer.summary.core_ideas == wanted.core_ideas
    assert note.answer.summary.core_point == wanted.core_point
    assert note.answer.summary.framework == wanted.framework
    assert [node.label for node in note.answer.summary.concept_map.nodes] == [
        "River", "Bend", "Soft bank", "Oxbow lake", "Straighten it?", "Floods downstream",
    ]  # fmt: skip
    assert (note.answer.model, note.answer.prompt) == ("openai:small", "summary 3")
    assert note.answer.notices == samples.FULL.answer.notices
    assert note.transcript.text == samples.FULL.transcript.text
    assert [one.start for one in note.transcript.segments] == [0, 31]
    assert (note.transcript.language, note.transcript.generated) == ("en", True)
    assert (note.item.source, note.item.name, note.item.url) == (
        "youtube", "dQw4w9WgXcQ", samples.FULL.item.url,
    )  # fmt: skip
    assert note.video.channel == samples.FULL.video.channel
    assert note.video.published == samples.FULL.video.published
    assert [one.title for one in note.video.chapters] == ["The question", "What people do"]
    assert note.created == datetime(2026, 11, 24, 2, 30, 5)


def test_the_record_of_a_read_note_says_the_same() -> None:
    first, second = record.of(samples.FULL), record.of(again(samples.FULL))
    same = ("title", "url", "status", "duration", "content")
    assert {name: getattr(first, name) for name in same} == {name: getattr(second, name) for name in same}
    assert first.description == second.description


@pytest.mark.parametrize("writer", [WRITER, LINKED])
def test_a_note_written_again_from_what_was_read_is_the_same(writer: object) -> None:
    text = writer.render(samples.FULL)  # type: ignore[attr-defined]
    assert writer.render(markdown.parse(text, "talk", THEN)) == text  # type: ignore[attr-defined]


def test_a_failure_comes_back() -> None:
    note = again(samples.FAILED)
    assert note.failure
    assert (note.failure.code, note.failure.message, note.failure.hint) == (
        "private", "the video is private", "ask its owner",
    )  # fmt: skip
    assert note.answer is None
    assert note.video is None


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_text_comes_back_as_it_was(text: str) -> None:
    line = hygiene.one_line(text)
    note = again(samples.hostile(text))
    assert note.answer
    assert note.answer.summary
    assert note.transcript
    assert note.video
    point = note.answer.summary.core_ideas[0]
    assert point.text == line
    assert point.evidence == (Evidence(quote=line, start=3.0),)
    assert note.transcript.text == line
    assert note.video.title == line
    assert note.video.chapters[0].title == line
    assert note.answer.notices == (line,)


@pytest.mark.unmeasured
@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1)
)
@settings(max_examples=200)
def test_any_words_come_back(text: str) -> None:
    line = hygiene.one_line(text)
    timed = Transcript(segments=(Segment(start=83, duration=2, text=line),))
    untimed = Transcript(segments=(Segment(start=0, duration=0, text=line),), timed=False)
    for transcript in (timed, untimed):
        note = again(samples.FULL.model_copy(update={"transcript": transcript, "video": None}))
        found = note.transcript.text if note.transcript else ""
        if transcript.timed:
            assert found == line
        else:  # a script without spaces may get some where a paragraph breaks
            assert found.replace(" ", "") == line.replace(" ", "")


def test_words_that_begin_like_a_time_stay_words() -> None:
    words = Transcript(segments=(Segment(start=0, duration=0, text="10:30 was the time."),), timed=False)
    note = again(samples.FULL.model_copy(update={"transcript": words}))
    assert note.transcript
    assert (note.transcript.text, note.transcript.timed) == ("10:30 was the time.", False)


def test_free_text_comes_back() -> None:
    answer = Answer(text="# Head\n\n- **one** [x]\n- two", created=THEN)
    note = again(samples.FULL.model_copy(update={"answer": answer}))
    assert note.answer
    assert note.answer.text == "### Head\n\n- **one** [x]\n- two"


def test_what_a_person_changed_comes_back_changed() -> None:
    text = WRITER.render(samples.FULL).replace("Bends grow", "Bends become larger")
    text = text.replace("# Why rivers bend: “a question” of 10 minutes", "# My title") + "\nmine\n"
    note = markdown.parse(text, "talk", THEN)
    assert note.answer
    assert note.answer.summary
    assert note.answer.summary.core_ideas[0].label == "Bends become larger"
    assert note.video
    assert note.video.title == "My title"


def test_properties_that_another_program_wrote_anew() -> None:
    text = WRITER.render(samples.FULL)
    head, _, body = text[4:].partition("\n---\n")
    plain = yaml.safe_dump(yaml.safe_load(head), allow_unicode=True)
    note = markdown.parse(f"---\n{plain}---\n{body}", "talk", THEN)
    assert note.video == again(samples.FULL).video
    assert note.item == again(samples.FULL).item


def test_the_head_of_the_body_tells_what_the_properties_do_not() -> None:
    writer = md.create(Settings.model_validate({"properties": "title=name"}))
    note = again(samples.FULL, writer)
    assert note.video
    assert (note.video.channel, note.video.seconds) == ("Ground & Water", 64)
    assert note.video.published == samples.FULL.video.published  # type: ignore[union-attr]
    assert note.item.url == samples.FULL.item.url
    assert note.created == THEN


FIRST_LAYOUT = """---
title: "Old"
url: "https://youtu.be/dQw4w9WgXcQ"
duration: "1:04"
tags:
  - "video"
model: "openai:small"
prompt: "summary 3"
created: 2026-11-24T02:30:05
status: "success"
---

# Old

1:04 · [Watch](https://youtu.be/dQw4w9WgXcQ)

## Core Ideas

1. **A:** one

   > “said” — [0:14](https://youtu.be/dQw4w9WgXcQ?t=14s)

2. **B:** two
3. **C:** three

## Conclusion Points

- **Core Point:** a point
- **Fundamental Point:** another

## Transcript

<details>
<summary>The whole transcript (en, automatic captions)</summary>
<p><a href="https://youtu.be/dQw4w9WgXcQ?t=0s">0:00</a> We &#91;begin&#93;.</p>
<p><a href="https://youtu.be/dQw4w9WgXcQ?t=31s">0:31</a> And end.</p>
</details>

<!-- vidgist: what you write below this line is kept -->
"""


def test_notes_of_the_first_layout_are_read() -> None:
    assert markdown.is_note(FIRST_LAYOUT)
    note = markdown.parse(FIRST_LAYOUT, "x", THEN)
    assert note.transcript
    assert note.transcript.text == "We [begin]. And end."
    assert note.video
    assert note.video.seconds == 64
    assert note.answer
    assert note.answer.summary
    assert note.answer.summary.core_ideas[0] == Point(
        label="A", text="one", evidence=(Evidence(quote="said", start=14),)
    )


@pytest.mark.parametrize(
    "text",
    [
        "# My own\n\ntext",
        "---\ntitle: mine\nurl: https://example.org\n---\n\ntext",
        '---\nvidgist: "index"\n---\n',
        "---\nvidgist: answer\n---\n",
        "",
        "---\n: [\n---\n",
    ],
)
def test_a_persons_own_file_is_no_note(text: str) -> None:
    assert not markdown.is_note(text)
    with pytest.raises(Unreadable, match="not a note"):
        markdown.parse(text, "x", THEN)


def test_a_note_without_its_points_keeps_the_words() -> None:
    text = re.sub(r"## Core Ideas.*?## Chapters", "## Chapters", WRITER.render(samples.FULL), flags=re.DOTALL)
    note = markdown.parse(text, "x", THEN)
    assert note.answer
    assert note.answer.summary is None
    assert note.transcript


@pytest.mark.parametrize(
    ("block", "known"),
    [
        ("a: 1:04\nb: yes\nc: 2026-01-01\n", {"a": "1:04", "b": "yes", "c": "2026-01-01"}),
        ("a:\n  - x\n  - y\n", {"a": ("x", "y")}),
        ("a: {b: c}\nd: e\n", {"d": "e"}),
        ("- a\n", {}),
        ("a: [\n", {}),
        (f"{'[' * 1500}\n", {}),
    ],
)
def test_properties_are_text(block: str, known: dict[str, object]) -> None:
    assert front_matter.split(f"---\n{block}---\nrest") == (known, "rest")
    assert front_matter.split("no block") == ({}, "no block")
