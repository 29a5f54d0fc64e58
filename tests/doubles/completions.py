"""The body of one chat completion, as servers of different shapes and with faults would give it."""

from collections.abc import Callable
from typing import Any

from tests.doubles import answers, outlines
from tests.doubles.faults import ApiError
from tests.doubles.shapes import Shape

Responder = Callable[[str, dict[str, Any] | None, str], str]
"""(prompt, schema or None, the answer it would give) -> answer."""


def tokens(text: str) -> int:
    return -(-len(text.encode()) // 4)


def complete(body: dict[str, Any], fault: str, shape: Shape, responder: Responder | None) -> dict[str, Any]:
    prompt = "\n".join(str(message["content"]) for message in body["messages"])
    source = [str(message["content"]) for message in body["messages"] if message["role"] == "user"][-1]
    schema = _schema(body, prompt, shape)
    _refuse(body, prompt, shape)
    text = answers.plain(source) if schema is None else answers.for_schema(schema, source)
    if responder:
        text = responder(prompt, schema, text)
    message: dict[str, Any] = {"role": "assistant", "content": text}
    finish = "stop"
    if fault == "refusal":
        message |= {"content": None, "refusal": "I cannot help with that."}
    elif fault in ("content_filter", "length", "empty"):
        message["content"] = text[: len(text) // 2] if fault == "length" else ""
        finish = "stop" if fault == "empty" else fault
    elif fault == "invalid_json":
        message["content"] = text[: len(text) * 2 // 3] + " oops"
    elif fault == "wrong_schema":
        message["content"] = '{"unexpected": true}'
    elif shape.fences or fault == "fenced":
        message["content"] = f"Sure! Here it is:\n\n```json\n{text}\n```\nLet me know if you need more."
    limit = body.get("max_completion_tokens") or body.get("max_tokens")
    if limit and message["content"] and tokens(message["content"]) > limit:
        message["content"] = message["content"].encode()[: limit * 4].decode(errors="ignore")
        finish = "length"
    _dress(message, shape)
    used = min(tokens(prompt), shape.window or 10**9), tokens(text)
    usage = {"prompt_tokens": used[0], "completion_tokens": used[1], "total_tokens": sum(used)}
    return {
        "id": "chatcmpl-double",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
    } | ({"usage": usage | {"prompt_tokens_details": {"cached_tokens": 0}}} if shape.usage else {})


def _schema(body: dict[str, Any], prompt: str, shape: Shape) -> dict[str, Any] | None:
    """The schema that the server heeds, or the one that the model can gather from the prompt."""
    asked = body.get("response_format") or {}
    if shape.heeds and "json_schema" in asked:
        return dict(asked["json_schema"]["schema"])
    if shape.heeds and "schema" in asked:
        return dict(asked["schema"])
    return outlines.find(prompt)


def _refuse(body: dict[str, Any], prompt: str, shape: Shape) -> None:
    for name in sorted(shape.unknown & body.keys()):
        raise ApiError(
            400, f"Unsupported parameter: '{name}' is not supported with this model.", "unsupported_parameter"
        )
    limit = body.get("max_tokens") or 0
    if shape.most_output and limit > shape.most_output:
        raise ApiError(
            400, f"Invalid max_tokens value, the valid range of max_tokens is [1, {shape.most_output}]"
        )
    asked = body.get("response_format") or {}
    kind = asked.get("type")
    if kind == "json_schema":
        kind = "strict" if asked["json_schema"].get("strict") else "schema"
    elif kind == "json_object":
        kind = "guided" if "schema" in asked else "object"
    if kind and shape.heeds and kind not in shape.formats:
        raise ApiError(*shape.refusal)
    if shape.window and shape.too_long and tokens(prompt) + limit > shape.window:
        words = shape.too_long.format(window=shape.window, n=tokens(prompt))
        raise ApiError(400, words, "context_length_exceeded")


def _dress(message: dict[str, Any], shape: Shape) -> None:
    if shape.thinks and message["content"]:
        message["content"] = f"<think>\nLet me see. {{not json}}\n</think>\n\n{message['content']}"
    if shape.reasoning:
        message |= {"content": "", "reasoning_content": message["content"]}
    if shape.thought:
        message["reasoning"] = shape.thought
    if shape.parts:
        message["content"] = [{"type": "text", "text": message["content"]}]
