"""Reads the body of a chat completion of any server. Pure."""

import json
import re
from collections.abc import Mapping
from typing import Literal

from vidgist.engines import _limits
from vidgist.errors import Transient
from vidgist.models import Reply, Request, Usage
from vidgist.text import loose_json, thoughts, tokens

Finish = Literal["stop", "length", "refusal", "error"]

_STOPS = {
    *("", "stop", "stopped", "end", "eos", "eos_token", "end_turn", "end_of_turn", "stop_sequence"),
    *("stop_token", "complete", "completed", "finish", "finished", "done", "normal"),
}
_LENGTHS = {
    *("length", "max_tokens", "max_output_tokens", "max_completion_tokens", "max_length", "model_length"),
    *("max_new_tokens", "token_limit", "context_length", "model_context_window_exceeded", "limit"),
    *("output_limit", "incomplete", "length_limit", "error_limit", "context_length_exceeded"),
}
_REFUSALS = {
    *("content_filter", "content_filtered", "safety", "refusal", "refused", "recitation"),
    *("blocklist", "prohibited_content", "spii", "sensitive", "guardrail_intervened", "moderation"),
    *("image_safety", "error_toxic", "data_inspection_failed", "blocked", "jailbreak", "flagged", "language"),
}
_CALLS = {"tool_calls", "tool_call", "tool_use", "function_call"}
_LOADS = {"load", "unload"}
"""What Ollama ends with that has loaded a model, or let it go, and written nothing."""

_MANY = 4
_PREFIX = re.compile(r"\A(?:finish_?reason[._]?|stop_?reason[._]?)", re.IGNORECASE)


_MOST_TOKENS = 100_000_000
"""Of one call: ten times the largest window."""


def read(body: object, headers: Mapping[str, str], request: Request) -> Reply:
    """Return the reply. Raises `Transient` (bad_response) for what is no answer, an empty or an unfinished
    one.

    Only a reason that says so ends a reply well: any other reason is no complete answer.
    """
    choice = _choice(body)
    message = _mapping(choice.get("message")) or {"content": choice.get("text")}
    reason = choice.get("finish_reason")
    finish, text = _ending(reason), _text(message, request)
    refusal = message.get("refusal")
    if isinstance(refusal, str) and refusal:
        finish, text = "refusal", refusal
    if finish == "error" and _name(reason) in _CALLS and text and text == _arguments(message):
        finish = "stop"
    if finish == "error" and _name(reason) in _LOADS:
        raise Transient("the model is loaded, and has written nothing yet", code="loading")
    if finish == "error":
        raise Transient(f"the reply ended early: {_shown(reason)}", code="bad_response")
    if finish == "stop" and not text:
        if not _has_thoughts(message):
            raise Transient("the model's answer is empty", code="bad_response")
        finish = "length"
    usage = _usage(_mapping(_mapping(body).get("usage")), request, text)
    if reason is None and usage.output_tokens >= request.max_output_tokens:
        finish = "length"
    return Reply.model_validate(
        {"text": text, "finish": finish, "usage": usage, "rate_limit": _limits.rate_limit(headers)}
    )


def obeys(text: str, schema: Mapping[str, object]) -> bool:
    """Return whether the text holds a JSON object with the keys that the schema requires, however it is
    spelled.

    Of many keys half will do: the way of asking is settled then, and what is missing is for the reader to
    miss.
    """
    required = schema.get("required")
    wanted = set(required) if isinstance(required, list) else set()
    if not wanted:
        return "{" in text
    found = loose_json.find(text, wanted)
    if found is None:
        return False
    return 2 * len(wanted & found.keys()) >= len(wanted) if len(wanted) >= _MANY else wanted <= found.keys()


def _ending(reason: object) -> Finish:
    """Return what a reason to end means; an unknown one is an error."""
    if reason is None:
        return "stop"
    name = _name(reason)
    if name in _STOPS:
        return "stop"
    if name in _LENGTHS:
        return "length"
    return "refusal" if name.partition(":")[0] in _REFUSALS else "error"


def _name(reason: object) -> str:
    return re.sub(r"[\s-]+", "_", _PREFIX.sub("", str(reason).strip(" \"'")).strip().lower())


def _shown(reason: object) -> str:
    return re.sub(r"[^\w .:-]", "", str(reason))[:60] or "for a reason that was not given"


def _choice(body: object) -> Mapping[str, object]:
    choices = _mapping(body).get("choices")
    if not isinstance(choices, list) or not choices:
        raise Transient("the answer holds no choices", code="bad_response")
    return _mapping(choices[0])


def _text(message: Mapping[str, object], request: Request) -> str:
    """Return the content without thoughts.

    Thoughts are no answer, but where JSON is asked for and stands among them alone, they hold it.
    """
    text, aside = thoughts.parted(_joined(message.get("content")))
    if text or request.schema_ is None:
        return text
    for thought in (_joined(message.get("reasoning_content")), _joined(message.get("reasoning")), aside):
        if obeys(thought, request.schema_):
            return thought
    return _arguments(message)


def _arguments(message: Mapping[str, object]) -> str:
    """Return the JSON that a model hands to the one tool that it calls, though none was offered."""
    calls = message.get("tool_calls")
    one = _mapping(calls[0]) if isinstance(calls, list) and len(calls) == 1 else {}
    arguments = (_mapping(one.get("function")) or _mapping(message.get("function_call"))).get("arguments")
    return (
        arguments
        if isinstance(arguments, str)
        else json.dumps(arguments)
        if isinstance(arguments, dict)
        else ""
    )


def _has_thoughts(message: Mapping[str, object]) -> bool:
    contents = (message.get(key) for key in ("content", "reasoning_content", "reasoning", "thinking"))
    return any(map(_joined, contents))


def _joined(content: object) -> str:
    """Return a string as it is, JSON as its text; of a list of parts the texts, without what is marked as
    thoughts.
    """
    if isinstance(content, str):
        return content.strip()
    if isinstance(content, dict):
        return json.dumps(content, ensure_ascii=False)
    if not isinstance(content, list):
        return ""
    return "".join(map(_part, content)).strip()


def _part(part: object) -> str:
    if isinstance(part, dict):
        if part.get("thought") is True or part.get("type") in ("thinking", "reasoning", "redacted_thinking"):
            return ""
        part = part.get("text")
    return part if isinstance(part, str) else ""


def _usage(counts: Mapping[str, object], request: Request, text: str) -> Usage:
    cached = _count(_mapping(counts.get("prompt_tokens_details")).get("cached_tokens"))
    read = _count(counts.get("prompt_tokens")) or tokens.of_request(request)
    return Usage(
        input_tokens=read,
        cached_tokens=min(read, cached or _count(counts.get("prompt_cache_hit_tokens"))),
        output_tokens=_count(counts.get("completion_tokens")) or tokens.estimate(text),
        calls=1,
    )


def _count(value: object) -> int:
    """Return a number of tokens; 0 for what no call can have used, which is estimated instead."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0
    return int(value) if 0 <= value <= _MOST_TOKENS else 0


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
