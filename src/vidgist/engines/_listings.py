"""Reads what a server lists: which models can chat, whether one is there, and what it takes. Pure."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence

_OTHERS = re.compile(
    r"embed|\bbge-|\be5-|\bgte-|minilm|rerank|whisper|\btts\b|[-_]tts|dall-?e|moderation|transcri|speech|\basr\b|\bocr\b"
    r"|guard\b|[-_]guard|stable-?diffusion|sdxl|\bflux\b|imagen|[-_]image|realtime|\bclip\b|colbert|[-_]audio|\bsora\b|\bveo\b"
    r"|nomic-ai|mxbai|\bdavinci|\bbabbage",
    re.IGNORECASE,
)
_KINDS = ("embed", "image", "audio", "rerank", "moderation", "transcri", "tts", "speech", "video")


_WINDOWS = (
    "loaded_context_length",
    "max_model_len",
    "context_length",
    "context_window",
    "max_context_length",
)
"""Of a row: tokens that the model takes, as LM Studio, vLLM, OpenRouter, Groq and Mistral say it."""

_NEAREST = 3


def rows(answer: object) -> list[object] | None:
    """Return the rows of a list of models; None for an answer that is none."""
    if isinstance(answer, Mapping):
        answer = answer.get("data", answer.get("models"))
    return answer if isinstance(answer, list) else None


def find(listed: Iterable[object], name: str) -> Mapping[object, object] | None:
    """Return the row of a model, under each server's way to write it: Gemini's path, Ollama's tag."""
    alike = {name.lower(), f"models/{name}".lower(), f"{name}:latest".lower()}
    found = (row for row in listed if isinstance(row, Mapping) and _name(row).lower() in alike)
    return next(found, None)


def nearest(listed: Iterable[object], name: str) -> list[str]:
    """Return the names of listed models that can chat and are most like this one."""
    names = {one.removeprefix("models/"): None for one in chatting(listed)}
    inside = [one for one in names if name and name.lower() in one.lower()]
    near = difflib.get_close_matches(name, names, _NEAREST, 0.5)
    return list(dict.fromkeys((*inside, *near)))[:_NEAREST]


def window(row: Mapping[object, object]) -> int:
    """Return the tokens that a model's row says it takes; 0 where it says nothing."""
    found = (row.get(key) for key in _WINDOWS)
    return next((value for value in found if isinstance(value, int) and value > 0), 0)


def chatting(listed: Iterable[object]) -> list[str]:
    """Names of the listed models that can chat, as far as a list says so, in its order."""
    rows = [row for row in listed if isinstance(row, Mapping)]
    return [name for row in rows if (name := _name(row)) and _chats(name, row)]


def _name(row: Mapping[object, object]) -> str:
    name = row.get("id") or row.get("model") or row.get("name")
    return name if isinstance(name, str) else ""


def _chats(name: str, row: Mapping[object, object]) -> bool:
    kind = row.get("type") or row.get("task")
    if isinstance(kind, str) and any(part in kind.lower() for part in _KINDS):
        return False
    able = row.get("capabilities")
    if isinstance(able, Mapping) and able.get("completion_chat") is False:
        return False
    if (
        isinstance(able, Sequence)
        and not isinstance(able, str)
        and "embedding" in able
        and "completion" not in able
    ):
        return False
    return _OTHERS.search(name) is None
