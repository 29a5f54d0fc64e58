"""Bodies: the smallest that a way of asking needs."""

import pytest

from vidgist.engines import _bodies
from vidgist.engines._abilities import RUNGS, Ability, Rung
from vidgist.models import Message, Request
from vidgist.text import tokens

SCHEMA: dict[str, object] = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
SYSTEM, USER = Message(role="system", content="Be brief."), Message(role="user", content="kettle " * 100)
ASKED = Request(messages=(SYSTEM, USER), schema_=SCHEMA, max_output_tokens=1_000, temperature=0.2)


@pytest.mark.parametrize(
    ("rung", "form"),
    [
        (
            "strict",
            {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True}},
        ),
        ("schema", {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA}}),
        ("guided", {"type": "json_object", "schema": SCHEMA}),
        ("object", {"type": "json_object"}),
        ("text", None),
    ],
)
def test_how_each_rung_hands_the_schema_over(rung: Rung, form: object) -> None:
    body = _bodies.build(ASKED, "m", Ability(rung=rung))
    assert body.get("response_format") == form
    messages = body["messages"]
    assert isinstance(messages, list)
    in_prompt = '{"a": str}' in messages[0]["content"]
    assert in_prompt is (rung in ("guided", "object", "text"))
    assert messages[1]["content"] == USER.content


def test_a_prompt_that_shows_the_shape_itself_is_not_told_it_again() -> None:
    shown = Message(role="system", content='Reply with {"a": one word}.')
    body = _bodies.build(ASKED.model_copy(update={"messages": (shown, USER)}), "m", Ability(rung="text"))
    messages = body["messages"]
    assert isinstance(messages, list)
    assert messages[0]["content"] == shown.content


def test_a_prompt_without_a_system_message_gets_one_for_the_schema() -> None:
    body = _bodies.build(Request(messages=(USER,), schema_=SCHEMA), "m", Ability(rung="text"))
    messages = body["messages"]
    assert isinstance(messages, list)
    assert [message["role"] for message in messages] == ["system", "user"]


@pytest.mark.parametrize("rung", RUNGS)
def test_a_free_request_is_the_same_on_every_rung(rung: Rung) -> None:
    free = Request(messages=(USER,), max_output_tokens=7)
    expected = {"model": "m", "messages": [{"role": "user", "content": USER.content}], "max_tokens": 7}
    assert _bodies.build(free, "m", Ability(rung=rung)) == expected


def test_parameters_that_a_server_does_not_know_are_left_out() -> None:
    body = _bodies.build(ASKED, "m", Ability(limit="", temperature=False))
    assert set(body) == {"model", "messages", "response_format"}
    assert _bodies.build(ASKED, "m", Ability(limit="max_completion_tokens"))["max_completion_tokens"] == 1_000


def test_the_reply_is_bounded_by_the_model_and_the_window() -> None:
    sent = tokens.of_request(ASKED)
    assert _bodies.output_limit(ASKED, Ability(most_output=300)) == 300
    assert _bodies.output_limit(ASKED, Ability(window=100_000)) == 1_000
    assert _bodies.output_limit(ASKED, Ability(window=1_000)) == 950 - sent
    assert _bodies.output_limit(ASKED, Ability(window=300)) == _bodies.LEAST_OUTPUT


@pytest.mark.parametrize("bounded", [False, True])
def test_texts_are_bounded_where_that_is_asked_for(bounded: bool) -> None:
    form = _bodies.build(ASKED.model_copy(update={"bounded": bounded}), "m", Ability(rung="guided"))[
        "response_format"
    ]
    assert isinstance(form, dict)
    assert form["schema"]["properties"]["a"].get("maxLength") == (400 if bounded else None)
