"""Text is made printable, put on one line, and parted into sentences in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.text import hygiene


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("two\nlines", "two lines"),
        ("  a \t b\r\n c ", "a b c"),
        ("bell\x07 and\x1b[31m colour", "bell and [31m colour"),
        ("half \ud83d pair", "half pair"),
        ("a\u2028b\u2029c", "a b c"),
        ("全角　空白", "全角 空白"),
        ("", ""),
    ],
)
def test_a_text_is_put_on_one_line(text: str, line: str) -> None:
    assert hygiene.one_line(text) == line


def test_what_was_published_keeps_its_spaces() -> None:
    assert hygiene.published(" a  b\r\nc \x00") == "a  b c"


@given(st.text())
def test_one_line_can_be_written_anywhere(text: str) -> None:
    line = hygiene.one_line(text)
    assert line == hygiene.one_line(line)
    assert len(line.splitlines()) <= 1
    assert line.encode().decode() == line


def test_what_is_too_long_is_cut_with_an_ellipsis() -> None:
    assert hygiene.shortened("one two three", 8) == "one two…"
    assert hygiene.shortened("one\ntwo", 8) == "one two"


@pytest.mark.parametrize(
    "text",
    [
        "It ends.",
        'He said "yes."',
        "終わり。",
        "「終わり。」",
        "هل انتهى؟",
        "समाप्त।",
        "So it goes… ",
        "Wow!)",
    ],
)
def test_an_end_is_seen_in_every_script(text: str) -> None:
    assert hygiene.ends_sentence(text)


@pytest.mark.parametrize("text", ["", "it goes on", "version 3.5 of", "he said “yes.” and", "a comma,"])
def test_what_goes_on_has_no_end(text: str) -> None:
    assert not hygiene.ends_sentence(text)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Version 3.5 is out. Get it.", ["Version 3.5 is out.", "Get it."]),
        ("一つ。二つ！三つ", ["一つ。", "二つ！", "三つ"]),
        ("", []),
    ],
)
def test_sentences_are_parted(text: str, sentences: list[str]) -> None:
    assert hygiene.sentences(text) == sentences


def test_ends_are_places_in_the_text() -> None:
    text = 'A "quoted." end. 日本。続く'
    assert [text[:end] for end in hygiene.sentence_ends(text)] == [
        'A "quoted."',
        'A "quoted." end.',
        'A "quoted." end. 日本。',
    ]
