import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import samples
from vidgist.text.search_words import BUCKETS, MOST_CHARACTERS, bucket, normal, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rivers bend, don't they?", ["rivers", "bend", "don", "t", "they"]),
        ("Été naïve İstanbul Ångström", ["ete", "naive", "istanbul", "angstrom"]),
        ("ＡＢＣ ﬁne ™ ②", ["abc", "fine", "tm", "2"]),
        ("snake_case a-b x.y", ["snake", "case", "a", "b", "x", "y"]),
        ("العَرَبِيّة كتـــاب", ["العربية", "كتاب"]),
        ("שָׁלוֹם", ["שלום"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("한국어 문서", ["한국어", "문서"]),
        ("深度学习", ["深度", "度学", "学习", "习"]),
        ("GPT模型3", ["gpt", "模型", "型", "3"]),
        ("ガラス ｶﾞﾗｽ", ["ガラ", "ラス", "ス", "ガラ", "ラス", "ス"]),
        ("ไทย", ["ไท", "ทย", "ย"]),
        ("…—!", []),
        ("", []),
    ],
)
def test_words_of_every_script(text: str, expected: list[str]) -> None:
    assert list(words(text)) == expected


@pytest.mark.parametrize("text", ["x" * 500, "é" * 500])
def test_a_long_word_is_cut(text: str) -> None:
    (word,) = words(text)
    assert len(word) == MOST_CHARACTERS


@given(st.text())
def test_case_and_form_do_not_matter(text: str) -> None:
    assert list(words(normal(text))) == list(words(text))
    assert all(word and not word.isspace() for word in words(text))


@given(st.text())
def test_every_word_has_a_bucket(text: str) -> None:
    assert all(0 <= int(bucket(word), 16) < BUCKETS for word in words(text))


def test_words_that_begin_alike_lie_together() -> None:
    assert bucket("river") == bucket("rivers") == bucket("ri")
    assert bucket("深度") == bucket("深") == bucket("深海")
    assert bucket("river") != bucket("bend")


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_words_are_words(text: str) -> None:
    assert all(word.isalnum() for word in words(text))
