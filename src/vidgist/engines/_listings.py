"""Chooses a model from those that a server lists: one that can chat. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence

_OTHERS = re.compile(
    r"embed|\bbge-|\be5-|\bgte-|minilm|rerank|whisper|\btts\b|[-_]tts|dall-?e|moderation|transcri|speech|\basr\b|\bocr\b"
    r"|guard\b|[-_]guard|stable-?diffusion|sdxl|\bflux\b|imagen|[-_]image|realtime|\bclip\b|colbert|[-_]audio|\bsora\b|\bveo\b"
    r"|nomic-ai|mxbai|\bdavinci|\bbabbage",
    re.IGNORECASE,
)
_KINDS = ("embed", "image", "audio", "rerank", "moderation", "transcri", "tts", "speech", "video")


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
