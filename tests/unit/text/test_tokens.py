"""The token estimate: right order of magnitude in every script, and monotone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.models import Message, Request
from vidgist.text import tokens

ENGLISH = "The cat sat on the mat and looked at the rain that fell on the roof of the old house. " * 50


def test_english_is_about_a_third_more_than_its_words() -> None:
    words = ENGLISH.count(" ")
    assert words <= tokens.estimate(ENGLISH) <= 1.5 * words


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("", 0, 0),
        ("a", 1, 1),
        ("hello world", 2, 4),
        ("你好世界今天天气很好", 5, 10),
        ("こんにちは世界", 4, 7),
        ("안녕하세요 세계", 4, 8),
        ("Привет, как дела сегодня", 6, 12),
        ("مرحبا بالعالم", 4, 8),
        ("🎉🎉🎉", 3, 9),
        ("naïve café déjà vu", 4, 8),
    ],
)
def test_each_script_lands_in_its_range(text: str, low: int, high: int) -> None:
    assert low <= tokens.estimate(text) <= high


def test_a_long_text_is_counted_by_characters() -> None:
    assert tokens.estimate(ENGLISH) == -(-len(ENGLISH) // 4)


@given(st.text(), st.text())
def test_more_text_is_never_fewer_tokens(first: str, second: str) -> None:
    whole = tokens.estimate(first + second)
    assert whole >= max(tokens.estimate(first), tokens.estimate(second))
    assert whole <= tokens.estimate(first) + tokens.estimate(second)
    assert (whole == 0) == (not first + second)


def test_a_request_counts_messages_and_schema() -> None:
    messages = (Message(role="system", content="x" * 40), Message(role="user", content="y" * 400))
    bare = Request(messages=messages)
    assert tokens.of_request(bare) == 10 + 100 + 8
    assert tokens.of_request(Request(messages=messages, schema_={"type": "object"})) > tokens.of_request(bare)
