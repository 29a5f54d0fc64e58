"""Data out of replies, however a model wraps them; nothing out of nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.llm import replies

FIELDS = ("title", "points")
DATA = {"title": 'A {b} "c", ]', "points": ["x", "y"]}
TEXT = json.dumps(DATA)


@pytest.mark.parametrize(
    "reply",
    [
        TEXT,
        f"```json\n{TEXT}\n```",
        f"Sure! Here it is:\n\n```\n{TEXT}\n```\nLet me know {{if}} you need more.",
        f'<think>Maybe {{"title": "no", "points": []}}?</think>\n{TEXT}',
        f'a thought without a beginning {{"title": 1}}</think>{TEXT}',
        f"<THINKING>\nnot closed: {TEXT}",
        f'{{"answer": {TEXT}}}',
        f'{{"data": {{"answer": {TEXT}}}}}',
        f'{{"unrelated": 1}} {{"title": "only one field"}} {TEXT}',
        f"{{ not json }} {TEXT}",
        TEXT.replace('"y"]', '"y",]').replace("}", ",}").replace("{b,}", "{b}"),
        json.dumps(DATA, indent=4),
    ],
)
def test_an_object_is_found(reply: str) -> None:
    assert replies.document(reply, FIELDS) == DATA


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "no object",
        TEXT[:-5],
        '{"other": 1}',
        "[1, 2]",
        '{"a": 1',
        "{" * 2_000,
        '{"title":' * 2_000,
        '{"n": ' + "9" * 5_000 + "}",
    ],
)
def test_no_object_is_found_where_there_is_none(reply: str) -> None:
    assert replies.document(reply, FIELDS) is None


def test_escapes_that_json_has_not_are_read() -> None:
    assert replies.document(r'{"title": "\alpha and \"b\" \\ \u00e9 \_"}', FIELDS) == {
        "title": '\\alpha and "b" \\ é \\_'
    }


def test_line_breaks_inside_strings_are_read() -> None:
    assert replies.document('{"title": "one\ntwo\tthree"}', FIELDS) == {"title": "one\ntwo\tthree"}


def test_what_no_file_takes_becomes_spaces() -> None:
    reply = (
        r'{"title": "a\ud800b\u0000c\u2028d", "points": [{"k\u0007": "\u0085e"}, 1, null, "\ud83d\ude80"]}'
    )
    assert replies.document(reply, FIELDS) == {"title": "a b c d", "points": [{"k ": " e"}, 1, None, "🚀"]}


@given(st.text())
def test_any_text_is_read_or_not(reply: str) -> None:
    found = replies.document(reply, FIELDS)
    assert found is None or "title" in found or "points" in found


@given(
    st.dictionaries(
        st.sampled_from(["title", "points", "x"]),
        st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])),
    )
)
def test_what_is_valid_is_read_unchanged(data: dict[str, str]) -> None:
    expected = data if {"title", "points"} & set(data) else None
    assert replies.document(f"Here: {json.dumps(data)}", FIELDS) == expected


def test_thoughts_are_never_the_reply() -> None:
    assert replies.without_thoughts("<think>a</think> b") == "b"
    assert replies.without_thoughts("a</think>") == ""
    assert replies.without_thoughts("b <think> c") == "b <think> c"


MARKDOWN = """Sure, here is the summary.

### Summary of the Content:

**I. Core Ideas**

*   **First idea:** It holds.
    > "the quoted words of it"
- **Second idea**: It holds, too: really.
1. Third idea: And this.
a line that is no bullet

## II. Conclusion Points

*   **Core Point:** The end.
*   **Fundamental Point:** The ground.

**III. Overarching Framework**

One paragraph.

Another.

**IV. Conceptual Map**

{diagram}
"""


@pytest.mark.parametrize(
    "diagram",
    [
        "<Mermaid_Diagram>\ngraph LR\nA --> B\n</Mermaid_Diagram>",
        "```mermaid\ngraph LR\nA --> B\n```",
        "```mermaid\ngraph LR\nA --> B",
    ],
)
def test_the_sections_of_a_record_are_read(diagram: str) -> None:
    data = replies.sections(MARKDOWN.replace("{diagram}", diagram))
    assert data is not None
    assert data["core_ideas"] == [
        {"label": "First idea", "text": "It holds.", "quotes": ['"the quoted words of it"']},
        {"label": "Second idea", "text": "It holds, too: really.", "quotes": []},
        {"label": "Third idea", "text": "And this.", "quotes": []},
    ]
    assert data["core_point"] == {"label": "Core Point", "text": "The end.", "quotes": []}
    assert data["fundamental_point"] == {"label": "Fundamental Point", "text": "The ground.", "quotes": []}
    assert data["framework"] == "One paragraph.\n\nAnother."
    assert str(data["concept_map"]).split() == ["graph", "LR", "A", "-->", "B"]


def test_sections_without_a_diagram_have_no_map() -> None:
    data = replies.sections(MARKDOWN.replace("{diagram}", ""))
    assert data is not None
    assert "concept_map" not in data


@pytest.mark.parametrize(
    "text",
    ["", "Just prose.", "# Core", "x" * 100 + " core ideas", "**III. Overarching Framework**\n\nText."],
)
def test_a_text_without_core_ideas_has_no_sections(text: str) -> None:
    assert replies.sections(text) is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[?25l\x1b[2;3Hhere\x9b2J", "here"),
        ("\x1b]8;;http://evil.example\x07shown\x1b]8;;\x1b\\", "shown"),
        ("\x1b]0;never ended", " ]0;never ended"),
        ("abc\u202edef\u2066ghi", "abcdefghi"),
        ("a\x00b\x07c\x85d\ud800e", "a b c d e"),
        ("שלום\u200f, a\tb\nc", "שלום\u200f, a\tb\nc"),
    ],
)
def test_nothing_steers_a_terminal_or_the_reading(text: str, left: str) -> None:
    assert replies.printable(text) == left
