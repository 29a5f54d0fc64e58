"""How OpenAI-compatible servers differ, as far as their chat endpoint shows it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """What one kind of server takes, and how it answers.

    ``formats``: the response formats it takes, of strict, schema, guided (json_object that carries a schema)
    and object; another one meets ``refusal``, a status and its words, or, where ``heeds`` is False, is
    ignored like all of them. ``unknown``: parameters refused with 400. ``window``: tokens; a longer prompt is
    refused in the words of ``too_long``, or cut silently where these are empty. ``most_output``: the
    largest max_tokens taken; 0 is any. ``leads`` stands before the JSON of an answer, ``thought`` beside its text.
    """

    formats: frozenset[str] = frozenset({"strict", "schema", "guided", "object"})
    refusal: tuple[int, str] = (400, "'response_format' of this type is not supported")
    heeds: bool = True
    unknown: frozenset[str] = frozenset()
    usage: bool = True
    thinks: bool = False
    fences: bool = False
    reasoning: bool = False
    parts: bool = False
    leads: str = ""
    thought: str = ""
    window: int = 0
    too_long: str = "This model's maximum context length is {window} tokens. However, your messages resulted in {n} tokens."
    most_output: int = 0


SHAPES = {
    "openai": Shape(
        formats=frozenset({"strict", "schema", "object"}), unknown=frozenset({"max_tokens", "temperature"})
    ),
    "vllm": Shape(window=32_768),
    "ollama": Shape(
        formats=frozenset({"schema", "object"}),
        refusal=(400, "json_schema: strict is not supported"),
        window=16_384,
        too_long="",
    ),
    "llama.cpp": Shape(
        formats=frozenset({"guided", "object"}),
        refusal=(500, "internal error"),
        window=16_384,
        too_long="the request exceeds the available context size",
    ),
    "deepseek": Shape(
        formats=frozenset({"object"}),
        refusal=(400, "This response_format type is unavailable now"),
        most_output=8_192,
    ),
    "openrouter": Shape(
        formats=frozenset({"strict", "schema", "object"}),
        leads="\n         \n" * 3,
        thought="The user wants {json}. Let me think.",
        window=32_768,
        too_long="This endpoint's maximum context length is {window} tokens. However, you requested about {n} tokens "
        "({n} of text input). Please reduce the length of either one, or use the middle-out transform.",
    ),
    "litellm": Shape(
        formats=frozenset({"object"}),
        refusal=(
            400,
            "litellm.UnsupportedParamsError: ollama does not support parameters: ['response_format'], for model=llama3.",
        ),
        window=16_384,
        too_long="litellm.ContextWindowExceededError: litellm.BadRequestError: OpenAIException - This model's maximum "
        "context length is {window} tokens. However, your request has {n} input tokens.",
    ),
    "plain": Shape(
        formats=frozenset(),
        refusal=(422, "Extra inputs are not permitted"),
        thinks=True,
        fences=True,
        usage=False,
    ),
    "deaf": Shape(heeds=False, fences=True, usage=False),
    "reasoning": Shape(reasoning=True),
    "parts": Shape(parts=True),
}
