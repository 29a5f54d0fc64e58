import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.text.mermaid.maps import labels
from vidgist.text.mermaid.labels import JOINER, clean, escape, plain, unescape


@given(labels, st.integers(1, 300))
def test_cleaning_twice_is_cleaning_once(text: str, limit: int) -> None:
    cleaned = clean(text, limit)
    assert clean(cleaned, limit) == cleaned
    assert len(cleaned) <= limit
    assert all(unicodedata.category(character) not in {"Cc", "Cs"} for character in cleaned.replace("\n", ""))


@given(labels)
def test_an_escaped_label_reads_back(text: str) -> None:
    cleaned = clean(text, 300)
    assert unescape(escape(cleaned)) == cleaned


@given(labels)
def test_nothing_that_mermaid_looks_for_stands_in_an_escaped_label(text: str) -> None:
    source = re.sub(r"#\d+;|<br/>", "", escape(clean(text, 300)))
    assert all(character in " ,'?" or not character.isascii() or character.isalnum() for character in source)
    assert not re.search(r"direction\s+(TB|TD|BT|RL|LR)", source)
    assert not set(source) & set("°¶ß\ufb02")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("  a \t b\u00a0c ", "a b c"),
        ("a\r\nb\u2028\n\nc", "a\nb\nc"),
        ("a\x00b\x1b[31m\u202ec\ud800\ufeff\uffff\U0001fffe", "ab[31mc"),
        ("\u200d\u0301 \u3164", ""),
        ("\ue000", "\ue000"),
        ("\ufb02y ¶ß", "fly ¶ ß"),
        ("∗ˋ∼＿", "*`~_"),
    ],
)
def test_a_cleaned_label(text: str, label: str) -> None:
    assert clean(text, 10) == label


@pytest.mark.parametrize(("text", "label"), [("12345", "12345"), ("123456", "1234…"), ("123 56", "123…")])
def test_a_label_that_is_too_long(text: str, label: str) -> None:
    assert clean(text, 5) == label


@pytest.mark.parametrize(
    ("label", "source"),
    [
        ("Mixture (671B)", "Mixture #40;671B#41;"),
        ('say "hi" #1; & co', "say #34;hi#34; #35;1#59; #38; co"),
        ("two\nlines", "two<br/>lines"),
        ("中文 e\u0301 🚀", "中文 e\u0301 🚀"),
        ("a\u200db °¶ß", "a#8205;b #176;#182;#223;"),
        ("flow direction TB", "flow #100;irection TB"),
        ("flow direction up", "flow direction up"),
    ],
)
def test_an_escaped_label(label: str, source: str) -> None:
    assert escape(label) == source


@pytest.mark.parametrize(
    "label",
    [
        *(
            "a\\nb",
            "$$x$$",
            "fa:fa-car",
            "http://x.example",
            "www.x.example",
            "me@x.example",
            "[a](b)",
            "[x]: y",
        ),
        *(
            "&amp; more",
            "<b>bold",
            "1. one",
            "10) ten",
            "- item",
            "+ item",
            "# head",
            "> quote",
            "=",
            "| cell",
            "a\n- b",
        ),
        *("*bold*", "`code`", "a ~~b~~", "_it_", "__it__"),
    ],
)
def test_what_looks_like_markup_is_guarded(label: str) -> None:
    guarded = re.sub(r"#(\d+);", lambda match: chr(int(match[1])), escape(label))
    assert guarded.replace("<br/>", "\n") != label
    assert unescape(escape(label)) == label


@pytest.mark.parametrize(
    "label", ["Cost: $5", "a - b", "snake_case", "1.5 times", "x ~ y", "R&D", "a < b", "10 (ten)"]
)
def test_what_only_resembles_it_is_not(label: str) -> None:
    assert JOINER not in re.sub(r"#(\d+);", lambda match: chr(int(match[1])), escape(label))


@pytest.mark.parametrize(
    ("source", "label"),
    [
        ("#quot;a#quot; &amp; &#98; &#x63; #100;", '"a" & b c d'),
        ("#nosuch; &#x110000; #1114112; &#1114112;", "#nosuch; &#x110000; #1114112; &#1114112;"),
        ("#35;34;", "#34;"),
    ],
)
def test_entities_are_decoded_once(source: str, label: str) -> None:
    assert unescape(source) == label


@pytest.mark.parametrize(
    ("source", "label"),
    [
        (' "quoted" ', "quoted"),
        ("'single'", "single"),
        ('"`md **bold**`"', "md bold"),
        ("a<br>b<BR />c", "a\nb\nc"),
        ("<i>x</i> <script>alert(1)</script>y<!-- z -->", "x y"),
        ("fa:fa-car Car", "Car"),
        ("a < b > c", "a < b > c"),
        ('"', '"'),
        ("", ""),
    ],
)
def test_a_label_as_others_write_it(source: str, label: str) -> None:
    assert plain(source) == label
