"""Reads the body of a chat completion, whatever server wrote it. Pure."""

import json
import re
from collections.abc import Mapping

from vidgist.engines import _limits
from vidgist.errors import Transient
from vidgist.models import Reply, Request, Usage
from vidgist.text import tokens

_FINISHES: dict[object, str] = {
    "length": "length",
    "max_tokens": "length",
    "content_filter": "refusal",
    "safety": "refusal",
    "refusal": "refusal",
    "error": "error",
}
_THINK = re.compile(r"\A\s*<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)\s*", re.DOTALL)
_THINK_END = re.compile(r"\A[^{<]*</(?:think|thinking|thought|reasoning)>\s*", re.DOTALL)
_OBJECTS_TRIED = 20


def read(body: object, headers: Mapping[str, str], request: Request) -> Reply:
    """The reply. Raises `Transient` (bad_response) for what is no answer or an empty one."""
    choice = _choice(body)
    message = _mapping(choice.get("message"))
    finish = _FINISHES.get(choice.get("finish_reason"), "stop")
    refusal = message.get("refusal")
    if isinstance(refusal, str) and refusal:
        finish, text = "refusal", refusal
    else:
        text = _text(message)
    if finish == "error" or (finish == "stop" and not text):
        raise Transient("the model's answer is empty", code="bad_response")
    usage = _usage(_mapping(_mapping(body).get("usage")), request, text)
    if choice.get("finish_reason") is None and usage.output_tokens >= request.max_output_tokens:
        finish = "length"
    return Reply.model_validate(
        {"text": text, "finish": finish, "usage": usage, "rate_limit": _limits.rate_limit(headers)}
    )


def obeys(text: str, schema: Mapping[str, object]) -> bool:
    """Whether the text holds a JSON object with the keys that the schema requires."""
    required = schema.get("required", [])
    wanted = set(required) if isinstance(required, list) else set()
    decoder = json.JSONDecoder()
    start = text.find("{")
    for _ in range(_OBJECTS_TRIED):
        if start < 0:
            return False
        try:
            found, _end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            start = text.find("{", start + 1)
            continue
        return isinstance(found, dict) and wanted <= found.keys()
    return False


def _choice(body: object) -> Mapping[str, object]:
    choices = _mapping(body).get("choices")
    if not isinstance(choices, list) or not choices:
        raise Transient("the answer holds no choices", code="bad_response")
    return _mapping(choices[0])


def _text(message: Mapping[str, object]) -> str:
    """The content without thoughts; the thoughts where a server puts the whole answer there."""
    text = _without_thoughts(_joined(message.get("content")))
    return text or _joined(message.get("reasoning_content")) or _joined(message.get("reasoning"))


def _joined(content: object) -> str:
    """A string as it is; of a list of parts their texts."""
    whole = content if isinstance(content, list) else [content]
    parts = (part.get("text") if isinstance(part, dict) else part for part in whole)
    return "".join(part.strip() for part in parts if isinstance(part, str))


def _without_thoughts(text: str) -> str:
    """Thoughts stand at the beginning; some chat templates swallow the tag that opens them."""
    return _THINK_END.sub("", _THINK.sub("", text))


def _usage(told: Mapping[str, object], request: Request, text: str) -> Usage:
    cached = _count(_mapping(told.get("prompt_tokens_details")).get("cached_tokens"))
    return Usage(
        input_tokens=_count(told.get("prompt_tokens")) or tokens.of_request(request),
        cached_tokens=cached or _count(told.get("prompt_cache_hit_tokens")),
        output_tokens=_count(told.get("completion_tokens")) or tokens.estimate(text),
        calls=1,
    )


def _count(value: object) -> int:
    return max(0, int(value)) if isinstance(value, int | float) else 0


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
