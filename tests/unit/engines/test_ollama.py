"""Ollama's own way to be asked and to answer."""

import json

import pytest

from vidgist.engines import _ollama
from vidgist.engines._abilities import Ability
from vidgist.engines._streams import Cut
from vidgist.models import Message, Request

ASKED = Request(
    messages=(Message(role="user", content="Say it."),), schema_={"type": "object"}, max_output_tokens=500
)


def lines(*pieces: dict[str, object]) -> str:
    return "\n".join(map(json.dumps, pieces))


def test_the_window_the_bound_and_the_schema_are_asked_for() -> None:
    ability = Ability(rung="strict", limit="max_tokens", stream="plain", window=8_192)
    body = _ollama.build(ASKED, "qwen3", ability)
    assert body["options"] == {"num_ctx": 8_192, "num_predict": 500}
    assert body["format"] == {"type": "object"}
    assert body["stream"] is True


@pytest.mark.parametrize(
    ("rung", "form"), [("schema", {"type": "object"}), ("object", "json"), ("text", None)]
)
def test_lower_rungs_ask_for_less(rung: str, form: object) -> None:
    body = _ollama.build(ASKED, "qwen3", Ability.model_validate({"rung": rung}))
    assert body.get("format") == form


def test_a_temperature_goes_into_the_options() -> None:
    warm = ASKED.model_copy(update={"temperature": 0.3})
    options = _ollama.build(warm, "qwen3", Ability())["options"]
    assert isinstance(options, dict)
    assert options["temperature"] == 0.3
    assert options["num_ctx"] == _ollama.WINDOW


DONE = {"done": True, "done_reason": "stop", "prompt_eval_count": 9, "eval_count": 4}


@pytest.mark.parametrize(
    "body",
    [
        lines(
            {"message": {"content": "Hel"}},
            {"message": {"content": "lo"}},
            {"message": {"content": ""}, **DONE},
        ),
        lines({"message": {"content": "Hello"}, **DONE}),
        lines({"message": {"content": "Hello"}}, {"message": {}, **DONE}),
        "\n\n" + lines({"message": {"content": "Hello"}, **DONE}) + "\n",
        lines({"message": {"content": None}}, {"message": {"content": "Hello"}, **DONE}),
    ],
)
def test_an_answer_in_one_line_or_many_is_read(body: str) -> None:
    assert _ollama.joined(body) == {
        "choices": [{"message": {"content": "Hello", "reasoning_content": ""}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 9, "completion_tokens": 4},
    }


def test_thoughts_stand_apart_and_a_cached_prompt_has_no_count() -> None:
    answer = _ollama.joined(
        lines({"message": {"thinking": "hm", "content": ""}}, {"message": {"content": "x"}, "done": True})
    )
    assert isinstance(answer, dict)
    assert answer["choices"][0]["message"] == {"content": "x", "reasoning_content": "hm"}
    assert answer["usage"]["prompt_tokens"] is None


@pytest.mark.parametrize("error", [{"error": "model 'x' not found"}, {"error": {"message": "no"}}])
def test_an_error_is_what_came_of_it(error: dict[str, object]) -> None:
    assert _ollama.joined(lines({"message": {"content": "Hel"}}, error)) == error


@pytest.mark.parametrize("body", ["", "\n", lines({"message": {"content": "Hel"}})])
def test_an_answer_without_its_end_was_cut(body: str) -> None:
    with pytest.raises(Cut):
        _ollama.joined(body)


@pytest.mark.parametrize("body", ["<html>", "{", "Ollama is running"])
def test_what_is_no_json_is_no_answer(body: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        _ollama.joined(body)


@pytest.mark.parametrize(
    ("shown", "window"),
    [
        ({"model_info": {"general.architecture": "qwen3", "qwen3.context_length": 40_960}}, 40_960),
        ({"model_info": {"llama.context_length": "8192"}}, 0),
        ({"model_info": {"llama.context_length": 0}}, 0),
        ({"model_info": None}, 0),
        ({}, 0),
        (None, 0),
    ],
)
def test_the_window_that_a_model_was_made_for(shown: object, window: int) -> None:
    assert _ollama.window(shown) == window
