"""Builds the body of a chat completion: the smallest one, in the way a server can take it. Pure."""

from vidgist.engines import _bounds, _outlines
from vidgist.engines._abilities import Ability, Rung
from vidgist.models import Message, Request
from vidgist.text import tokens

LEAST_OUTPUT = 512
"""A reply is not pressed into less than this beside a prompt that nearly fills the window."""

_SPARE = 0.95
"""Share of a window that is planned with: token counts are estimates."""

_WITH_SHAPE = "Send one JSON object and nothing else, no code fence. Its shape:\n"


def build(request: Request, name: str, ability: Ability) -> dict[str, object]:
    """Return the body as JSON values; the same arguments give the same one, so that prefix caches can work.

    A request that is bounded has a schema that holds the reply to what its limit has room for.
    """
    messages, form = list(request.messages), None
    if request.schema_ is not None:
        most = output_limit(request, ability)
        schema = _bounds.fitting(request.schema_, most) if request.bounded else _bounds.free(request.schema_)
        form = _format(schema, ability)
        if ability.rung not in ("strict", "schema"):
            messages = _told(messages, schema)
    body: dict[str, object] = {
        "model": name,
        "messages": [{"role": message.role, "content": message.content} for message in messages],
    }
    if ability.stream:
        body["stream"] = True
    if ability.stream == "counted":
        body["stream_options"] = {"include_usage": True}
    if ability.limit:
        body[ability.limit] = output_limit(request, ability)
    if ability.temperature and request.temperature is not None:
        body["temperature"] = request.temperature
    if form is not None:
        body["response_format"] = form
    return body


def output_limit(request: Request, ability: Ability) -> int:
    """Return tokens that the reply may have: as asked, within what the server and its window allow."""
    bounds = [request.max_output_tokens]
    if ability.most_output:
        bounds.append(ability.most_output)
    if ability.window:
        bounds.append(max(LEAST_OUTPUT, int(ability.window * _SPARE) - tokens.of_request(request)))
    return min(bounds)


def _format(schema: dict[str, object], ability: Ability) -> dict[str, object] | None:
    named: dict[str, object] = {"name": "answer", "schema": schema}
    forms: dict[Rung, dict[str, object]] = {
        "strict": {"type": "json_schema", "json_schema": {**named, "strict": True}},
        "schema": {"type": "json_schema", "json_schema": named},
        "guided": {"type": "json_object", "schema": schema},
        "object": {"type": "json_object"},
    }
    return forms.get(ability.rung)


def _told(messages: list[Message], schema: dict[str, object]) -> list[Message]:
    """Return the shape at the end of the system message, where every request of a prompt has it alike.

    A prompt that shows it itself does not get it twice.
    """
    text = _WITH_SHAPE + _outlines.outline(schema)
    if messages and messages[0].role == "system":
        if _outlines.is_shown(schema, messages[0].content):
            return messages
        first = messages[0].model_copy(update={"content": f"{messages[0].content}\n\n{text}"})
        return [first, *messages[1:]]
    return [Message(role="system", content=text), *messages]
