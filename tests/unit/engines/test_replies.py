"""Answers as many servers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.engines import _replies
from vidgist.errors import Transient
from vidgist.models import Message, Reply, Request, Usage
from vidgist.text import tokens

ASKED = Request(messages=(Message(role="user", content="kettle " * 100),), max_output_tokens=50)


def read(message: dict[str, object], finish: object = "stop", usage: object = None) -> Reply:
    choice = {"message": message, "finish_reason": finish}
    return _replies.read({"choices": [choice], "usage": usage}, {}, ASKED)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"content": " plain \n"}, "plain"),
        (
            {"content": [{"type": "text", "text": "in "}, {"type": "text", "text": "parts"}, "!", 7]},
            "in parts!",
        ),
        ({"content": "<think>\nhmm {\n</think>\n\n{}"}, "{}"),
        ({"content": "<reasoning>hmm</reasoning>yes"}, "yes"),
        ({"content": "swallowed the tag</think> yes"}, "yes"),
        (
            {"content": '{"text": "it says <think> and </think> here"}'},
            '{"text": "it says <think> and </think> here"}',
        ),
        ({"content": "yes", "reasoning": "thought aloud"}, "yes"),
    ],
)
def test_the_text_of_a_message(message: dict[str, object], text: str) -> None:
    assert read(message) == Reply(text=text, usage=read(message).usage)


@pytest.mark.parametrize(
    ("reason", "finish"),
    [
        ("stop", "stop"),
        ("eos", "stop"),
        (None, "stop"),
        ("length", "length"),
        ("max_tokens", "length"),
        ("content_filter", "refusal"),
        ("refusal", "refusal"),
        ("STOP", "stop"),
        ("end_turn", "stop"),
        ("COMPLETE", "stop"),
        ("FinishReason.STOP", "stop"),
        ("MAX_TOKENS", "length"),
        ("FINISH_REASON_MAX_TOKENS", "length"),
        ("model_length", "length"),
        ("ERROR_LIMIT", "length"),
        ("token limit", "length"),
        ("stop-sequence", "stop"),
        ('"stop"', "stop"),
        ("flagged", "refusal"),
        ("max_output_tokens", "length"),
        ("model_context_window_exceeded", "length"),
        ("SAFETY", "refusal"),
        ("RECITATION", "refusal"),
        ("PROHIBITED_CONTENT", "refusal"),
        ("guardrail_intervened", "refusal"),
        ("sensitive", "refusal"),
    ],
)
def test_why_it_ended(reason: object, finish: str) -> None:
    assert read({"content": "x"}, reason).finish == finish


def test_a_full_reply_without_a_reason_was_cut() -> None:
    assert read({"content": "x"}, None, {"completion_tokens": 50}).finish == "length"
    assert read({"content": "x"}, "stop", {"completion_tokens": 50}).finish == "stop"


def test_a_refusal_is_its_words() -> None:
    reply = read({"content": None, "refusal": "I cannot."})
    assert (reply.finish, reply.text) == ("refusal", "I cannot.")


@pytest.mark.parametrize(
    "message",
    [
        {"content": "", "reasoning_content": "thought aloud"},
        {"content": None, "reasoning": "thought aloud"},
        {"content": "<think>for ever"},
        {"content": [{"type": "thinking", "text": "aloud"}, {"type": "text", "text": "[THINK]more[/THINK]"}]},
        {"content": "<|channel|>analysis<|message|>aloud<|end|>"},
    ],
)
def test_thoughts_alone_are_no_answer_but_want_room_for_one(message: dict[str, object]) -> None:
    assert (read(message).finish, read(message).text) == ("length", "")


def test_json_that_stands_among_the_thoughts_alone_is_the_answer() -> None:
    asked = ASKED.model_copy(update={"schema_": {"required": ["a"]}})
    message = {"content": "", "reasoning_content": 'Let me see: {"b": 1} or {"a": 1}'}
    body = {"choices": [{"message": message, "finish_reason": "stop"}]}
    assert '{"a": 1}' in _replies.read(body, {}, asked).text


@pytest.mark.parametrize("message", [{}, {"content": ""}, {"content": 7}])
def test_nothing_is_no_answer_unless_it_was_cut(message: dict[str, object]) -> None:
    with pytest.raises(Transient, match="empty"):
        read(message)
    assert read(message, "length").finish == "length"


@pytest.mark.parametrize("body", [None, [], {}, {"choices": []}, {"choices": "x"}, {"choices": [None]}])
def test_what_is_no_answer(body: object) -> None:
    with pytest.raises(Transient) as caught:
        _replies.read(body, {}, ASKED)
    assert caught.value.code == "bad_response"


@pytest.mark.parametrize(
    "reason",
    ["error", "insufficient_system_resource", "network_error", "abort", "tool_calls", "OTHER", "x\x1b[1m", 7],
)
def test_no_reason_but_a_good_one_ends_an_answer(reason: object) -> None:
    with pytest.raises(Transient, match="ended early") as caught:
        read({"content": "half an ans"}, reason)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("told", "usage"),
    [
        ({"prompt_tokens": 9, "completion_tokens": 3}, Usage(input_tokens=9, output_tokens=3, calls=1)),
        (
            {"prompt_tokens": 9, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 4}},
            Usage(input_tokens=9, cached_tokens=4, output_tokens=3, calls=1),
        ),
        (
            {"prompt_tokens": 9, "completion_tokens": 3, "prompt_cache_hit_tokens": 5},
            Usage(input_tokens=9, cached_tokens=5, output_tokens=3, calls=1),
        ),
        (None, Usage(input_tokens=tokens.of_request(ASKED), output_tokens=2, calls=1)),
        (
            {"prompt_tokens": -1, "completion_tokens": "many", "prompt_tokens_details": None},
            Usage(input_tokens=tokens.of_request(ASKED), output_tokens=2, calls=1),
        ),
    ],
)
def test_the_usage_is_told_or_estimated(told: object, usage: Usage) -> None:
    assert read({"content": "a reply"}, "stop", told).usage == usage


@pytest.mark.parametrize(
    ("text", "obeys"),
    [
        ('{"a": 1, "b": 2, "c": 3}', True),
        ('Sure!\n```json\n{"a": 1, "b": {}}\n```', True),
        ('{not json} but {"a": 1, "b": 2}', True),
        ('{"a": 1}', False),
        ('{"a": 1, "b": ', False),
        ('{"a": "raw\nnewline", "b": 2,}', True),
        ("{'a': 1, 'b': None}", True),
        ("prose", False),
        ("{" * 50_000, False),
        ("[" * 50_000 + "{", False),
    ],
)
def test_whether_a_reply_follows_its_schema(text: str, obeys: bool) -> None:
    assert _replies.obeys(text, {"required": ["a", "b"]}) is obeys


def test_a_schema_that_requires_nothing_is_followed_by_any_object() -> None:
    assert _replies.obeys("{}", {})
    assert _replies.obeys("{}", {"required": "a"})


@given(st.text(), st.text())
def test_any_text_is_read_or_is_no_answer(content: str, reasoning: str) -> None:
    try:
        reply = read({"content": content, "reasoning": reasoning})
    except Transient:
        assert not reasoning.strip()
    else:
        assert reply.text or reply.finish == "length"
