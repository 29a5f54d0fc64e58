"""A double of ``xllamacpp``, the library, and a GGUF file with no weights in it.

The double says what it is told to say, in the pieces, errors and silence of the real one. It refuses to
answer two at once.
"""

import struct
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from vidgist.text import tokens

Piece = Mapping[str, Any]

USAGE = {"prompt_tokens": 70, "completion_tokens": 5, "total_tokens": 75}


def pieces(text: str, finish: str = "stop", prompt_tokens: int = 70) -> list[Piece]:
    """An answer as the library streams it, a word at a time."""
    usage = {
        **USAGE,
        "prompt_tokens": prompt_tokens,
        "total_tokens": prompt_tokens + USAGE["completion_tokens"],
    }
    said: list[str | None] = [None, *(f"{word} " for word in text.split(" "))]
    deltas: list[Piece] = [
        {"choices": [{"delta": {"content": word}, "finish_reason": None}]} for word in said
    ]
    return [*deltas, {"choices": [{"delta": {}, "finish_reason": finish}]}, {"choices": [], "usage": usage}]


class Llama:
    """The library. ``answer`` gives the pieces of the reply to a body, or raises what the library does."""

    def __init__(self) -> None:
        self.answer: Callable[[dict[str, Any]], Iterable[Piece]] = lambda _: pieces("Hello.")
        self.loads: Exception | None = None
        self.loaded: list[Any] = []
        """The parameters of each model that was loaded."""
        self.heard = 0
        """Pieces that were taken before the caller had enough."""
        self._busy = threading.Lock()

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        module = ModuleType("xllamacpp")
        module.__spec__ = ModuleSpec("xllamacpp", None)
        module.__dict__.update(CommonParams=self._parameters, Server=self._server)
        monkeypatch.setitem(sys.modules, "xllamacpp", module)

    def _parameters(self) -> SimpleNamespace:
        rooms = ("model", "cpuparams", "cpuparams_batch")
        return SimpleNamespace(**{room: SimpleNamespace() for room in rooms})

    def _server(self, parameters: SimpleNamespace) -> SimpleNamespace:
        if self.loads is not None:
            raise self.loads
        self.loaded.append(parameters)
        return SimpleNamespace(handle_chat_completions=self._handle)

    def _handle(self, body: dict[str, Any], hear: Callable[[Piece], bool]) -> None:
        assert self._busy.acquire(blocking=False), "two at once"
        try:
            for piece in self.answer(body):
                self.heard += 1
                if hear(_counted(piece, body)):
                    return
        finally:
            self._busy.release()


def _counted(piece: Piece, body: dict[str, Any]) -> Piece:
    """Return the piece with a count of the prompt that fits the prompt: one far below says that it was cut."""
    if "usage" not in piece:
        return piece
    sent = sum(tokens.estimate(str(message["content"])) for message in body.get("messages", ()))
    return {**piece, "usage": {**piece["usage"], "prompt_tokens": max(sent, USAGE["prompt_tokens"])}}


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def pair(key: str, kind: int, value: bytes) -> bytes:
    return text(key) + struct.pack("<I", kind) + value


def window(tokens: int, architecture: str = "llama") -> bytes:
    return pair(f"{architecture}.context_length", 4, struct.pack("<I", tokens))


ARCHITECTURE = pair("general.architecture", 8, text("llama"))


def gguf(path: Path, *pairs: bytes, version: int = 3) -> Path:
    """A GGUF file that holds these pairs; without any, those of a model with a window of 8,192 tokens."""
    kept = pairs or (ARCHITECTURE, window(8_192))
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", version, 0, len(kept)) + b"".join(kept))
    return path
