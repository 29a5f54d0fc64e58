"""Ollama's own way to be asked and to answer. Pure.

Its native API is used since only there a window can be asked for (``num_ctx``): a server that is not asked
for one takes its default, and reads only the end of what is longer. The answer is turned into a chat
completion's shape.
"""

import json
from collections.abc import Mapping

from vidgist.engines import _bodies
from vidgist.engines._abilities import Ability
from vidgist.engines._streams import Cut
from vidgist.models import Request

PATH = "/api/chat"
WINDOW = 16_384
"""Tokens asked for where a model takes more: a window takes memory whether it is filled or not."""


def build(request: Request, name: str, ability: Ability) -> dict[str, object]:
    """Return the body as JSON values."""
    plain = _bodies.build(request, name, ability)
    options: dict[str, object] = {"num_ctx": ability.window or WINDOW}
    if ability.limit:
        options["num_predict"] = plain[ability.limit]
    if "temperature" in plain:
        options["temperature"] = plain["temperature"]
    body = {"model": name, "messages": plain["messages"], "stream": bool(ability.stream), "options": options}
    form = _format(plain.get("response_format"))
    return body if form is None else body | {"format": form}


def _format(asked: object) -> object:
    """Return a schema, the word for any JSON, or None."""
    if not isinstance(asked, dict):
        return None
    named = asked.get("json_schema")
    return named["schema"] if isinstance(named, dict) else "json"


def joined(text: str) -> object:
    """Return the whole answer of a body in one or many lines, in the shape of a completion or of an error.

    Raises `Cut` for one that breaks off, `ValueError` for what is no JSON.
    """
    content, thinking = "", ""
    for line in filter(str.strip, text.split("\n")):
        piece = json.loads(line)
        if not isinstance(piece, dict) or "error" in piece or "choices" in piece:
            return piece
        message = piece.get("message")
        if not isinstance(message, Mapping):
            return piece
        content += _text(message.get("content"))
        thinking += _text(message.get("thinking"))
        if piece.get("done"):
            reason = piece.get("done_reason")
            message = {"content": content, "reasoning_content": thinking}
            return {"choices": [{"message": message, "finish_reason": reason}], "usage": _usage(piece)}
    raise Cut


def window(shown: object) -> int:
    """Return tokens that a model was made for, as ``/api/show`` has it; 0 where it does not say."""
    info = shown.get("model_info") if isinstance(shown, Mapping) else None
    for key, value in (info if isinstance(info, Mapping) else {}).items():
        if str(key).endswith(".context_length") and isinstance(value, int) and value > 0:
            return value
    return 0


def _usage(piece: Mapping[str, object]) -> dict[str, object]:
    """Return the counts; Ollama leaves out what it had read before, so that a missing one says nothing."""
    return {"prompt_tokens": piece.get("prompt_eval_count"), "completion_tokens": piece.get("eval_count")}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
