"""Plain text and Markdown: times that are times, markup that is not said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist import readers
from vidgist.errors import Unreadable
from vidgist.models import Segment
from vidgist.readers import plain as texts
from vidgist.readers.cues import Reading
from vidgist.readers.metadata import About

Cue = tuple[float, float, str]


def read(text: str) -> Reading:
    return readers.read("talk.txt", text.encode())


def read_markdown(text: str) -> Reading:
    return readers.read("talk.md", text.encode())


def plain(text: str) -> list[Cue]:
    return [(cue.start, cue.duration, cue.text.strip()) for cue in read(text).transcript.segments]


def said(text: str) -> list[str]:
    return [cue.text.strip() for cue in read_markdown(text).transcript.segments]


@pytest.mark.parametrize(
    "text",
    [
        "[00:12] a\n[01:02:03.5] b\n",
        "(0:12) a\r\n(1:02:03,5) b",
        "00:00:12 a\n\n01:02:03.5 b",
        "0:12 - a\n1:02:03.5 - b",
        "0:12: a\n1:02:03.5: b",
        "- [0:12] a\n- [1:02:03.5] b",
        "0:12\na\n1:02:03.5\nb\n",
    ],
)
def test_times_that_begin_lines_are_times(text: str) -> None:
    cues = [cue for cue in plain(text) if cue[2]]
    assert cues == [(12.0, 3711.5, "a"), (3723.5, 0.0, "b")]
    assert read(text).transcript.timed


def test_a_time_may_have_an_end() -> None:
    text = "[00:12 - 01:02] a\n[01:02:03.5 --> 01:02:04] b"
    assert plain(text) == [(12.0, 50.0, "a"), (3723.5, 0.5, "b")]


def test_what_stands_before_the_first_time_begins_at_zero() -> None:
    assert plain("A talk\n[00:10] a\nmore") == [(0, 10, "A talk"), (10, 0, "a"), (10, 0, "more")]


@pytest.mark.parametrize(
    "text",
    [
        "10:30 is when we met",
        "we met\n10:30 at noon\nand so\non\nand on\n9:15 again\nand on",
        "0:20 b\n0:10 a",
        "[00:99] a",
        "1:2 a\n3:4 b",
        "12:34:56:78:90 a\n12:34:56:79:90 b",
        "[00:12 a\n[00:13 b",
        "words",
    ],
)
def test_other_numbers_are_words(text: str) -> None:
    transcript = read(text).transcript
    assert not transcript.timed
    assert transcript.text == " ".join(text.split())


def test_a_single_time_in_brackets_is_a_time() -> None:
    assert plain("[0:05] hello") == [(5, 0, "hello")]


def test_long_paragraphs_are_parted_at_sentences() -> None:
    sentences = [f"{' '.join([word] * 12)}." for word in ("one", "two", "three")]
    assert list(texts.parts(" ".join(sentences))) == sentences
    assert [len(part.split()) for part in texts.parts("word " * 90)] == [40, 40, 10]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300) | st.text("ab. \n", max_size=600))
def test_parts_are_the_paragraph_again(paragraph: str) -> None:
    parts = list(texts.parts(paragraph))
    assert " ".join(parts) == " ".join(paragraph.split())
    assert all(0 < len(part.split()) <= texts.MOST_WORDS for part in parts)


def test_front_matter_tells_of_the_video() -> None:
    text = (
        "---\ntitle: \"Bees \\\"&\\\" honey\"\nurl: https://x.org/a\nchannel: 'It''s mine'\npublished: 2026-01-31T10:00\n"
        "duration: 1:02:03\nlanguage: en\ntags:\n  - a\nodd line\n---\n\nhello\n"
    )
    reading = read_markdown(text.replace("\n", "\r\n"))
    assert reading.about == About(
        title='Bees "&" honey',
        url="https://x.org/a",
        seconds=3723,
        channel="It's mine",
        published=date(2026, 1, 31),
        language="en",
    )
    assert [cue.text for cue in reading.transcript.segments] == ["hello"]


def test_front_matter_may_say_less_or_nonsense() -> None:
    text = "---\nauthor: Ann\nsource: https://x.org/b\ndate: 20260131\nduration: 125.5\nlang: de\nurl: javascript:x\n...\n# T\nhi"
    about = read_markdown(text).about
    assert about == About(
        title="T",
        url="https://x.org/b",
        seconds=125.5,
        channel="Ann",
        published=date(2026, 1, 31),
        language="de",
    )
    nonsense = "---\ndate: 2026-99-99\nduration: -1\nlanguage: a language\n---\nhi"
    assert read_markdown(nonsense).about == About()


def test_front_matter_that_does_not_end_is_text() -> None:
    assert said("---\ntitle: x\n") == ["title: x"]


def test_the_first_heading_is_the_title_and_markup_is_not_said() -> None:
    text = (
        "<!-- draft\n-->\n# My *talk* #\n\n## Part one\n- **bold** and `code`\n> quoted\n1. see [here](https://x.org) "
        "![image](a.png)\n***\n"
    )
    reading = read_markdown(text)
    assert reading.about.title == "My *talk*"
    assert said(text) == ["Part one", "bold and code", "quoted", "see here"]


def test_linked_times_are_times() -> None:
    transcript = read_markdown(
        "- [0:12](https://youtu.be/x?t=12) a\n- [0:15](https://youtu.be/x?t=15) b\n"
    ).transcript
    assert [(cue.start, cue.text) for cue in transcript.segments] == [(12, "a"), (15, "b")]
    assert isinstance(transcript.segments[0], Segment)


@pytest.mark.parametrize(
    "text",
    [
        "# to hear\n\nhttps://youtu.be/bread_talk1\nwww.youtube.com/watch?v=bread_talk1  # twice\n@slowbakery\n",
        "bread_talk1\nold_well_03\n",
        "https://example.org/feed.xml",
    ],
)
def test_a_list_of_inputs_is_no_transcript(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert (caught.value.code, "--from-file" in caught.value.hint) == ("list", True)


@pytest.mark.parametrize(
    "text",
    ["Interesting", "see https://example.org", "https://example.org\nis the address\n", "# only\n"],
)
def test_words_beside_an_address_are_a_transcript(text: str) -> None:
    assert read(text).transcript.text == " ".join(text.split())
