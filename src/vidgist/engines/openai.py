"""The engine for every server that speaks the OpenAI chat API. The only door to ``openai``.

It sends one body and reads one answer; how to ask is found out by `_ladder`, and waiting and trying again are
nobody's business here.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from vidgist.config import Settings, environment
from vidgist.engines import _bodies, _bounds, _clients, _faults, _keys, _replies, _windows
from vidgist.engines._abilities import Abilities, Ability
from vidgist.engines._batch_api import ENDPOINT, OpenAIBatches
from vidgist.engines._deferral import deferred
from vidgist.engines._ladder import Ladder, Refusal
from vidgist.errors import (
    BadCredentials,
    ConfigError,
    MissingKey,
    Refused,
    RunError,
    Transient,
    Truncated,
    VidgistError,
)
from vidgist.models import Reply, Request
from vidgist.protocols import Memory

if TYPE_CHECKING:
    import openai

_PROVIDER = "openai"
DEFAULT_MODEL = "gpt-5.4-mini"
_FIRST = "first_model"
OFFICIAL = "https://api.openai.com/v1"
_NO_KEY = "none"
"""A server of one's own wants some key, any key."""

_CHAT = "/chat/completions"
"""Asked by path: the body is ready, and `openai.resources.chat` would only rebuild it with types to load."""

_CONNECT_SECONDS = 10.0
_KEY_LIKE = re.compile(r"\b(sk|pk|gsk|xai)-[\w-]{8,}")
_UNREACHED = {"ConnectError", "ConnectTimeout", "ProxyError", "UnsupportedProtocol"}
"""Errors of the transport before a request is sent, by name: the transport is openai's own affair."""


def create(settings: Settings, name: str, memory: Memory) -> "OpenAI":
    """The engine for model ``name``, or for `DEFAULT_MODEL` at OpenAI and the first model of another server.

    No network but for asking a server once for its models, where none is named. Raises `MissingKey`,
    `ConfigError`, or `RunError` where that server does not answer.
    """
    base_url = (settings.base_url or OFFICIAL).rstrip("/")
    host = _host(base_url)
    key = environment().get("OPENAI_API_KEY", "").strip()
    if not key and base_url == OFFICIAL:
        raise MissingKey("no key for the OpenAI API")
    if not (key.isascii() and key.isprintable()):
        raise ConfigError("OPENAI_API_KEY holds characters that no key has", hint="copy it again")
    key = _keys.sendable(key, base_url, plain_http=settings.plain_http)
    if not name and base_url == OFFICIAL:
        name = DEFAULT_MODEL
    engine = OpenAI(
        settings, name or memory.recall(_FIRST, base_url) or "", memory, base_url, host, key or _NO_KEY
    )
    if engine.model != f"{_PROVIDER}:":
        return engine
    with closing(engine):
        name = engine.first_model()
    memory.remember(_FIRST, base_url, name)
    return OpenAI(settings, name, memory, base_url, host, key or _NO_KEY)


def _host(base_url: str) -> str:
    """The host with its port; a user name and password in the address stay out of sight."""
    hint = "for example http://localhost:11434/v1"
    try:
        parts = urlsplit(base_url)
        port = parts.port
    except ValueError as error:
        raise ConfigError(f"the base URL cannot be read: {error}", hint=hint) from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError("the base URL is no http:// or https:// address", hint=hint)
    return parts.hostname if port is None else f"{parts.hostname}:{port}"


class OpenAI:
    """One model on one server, with one client for all threads. ``clock`` counts seconds."""

    def __init__(
        self,
        settings: Settings,
        name: str,
        memory: Memory,
        base_url: str,
        host: str,
        key: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        official = base_url == OFFICIAL
        self.model = f"{_PROVIDER}:{name}"
        self.host = host
        self._name = name
        self._base_url = base_url
        self._key = key
        self._timeout = settings.timeout
        self._clock = clock
        self._set_window = settings.window
        self._usual_window = _windows.window(name, official=official)
        start = Ability(limit="max_completion_tokens" if official else "max_tokens")
        self._abilities = Abilities(memory, f"{host}{urlsplit(base_url).path} {name}", start)
        self._ladder = Ladder(self._ask, name, host, self._abilities, settings.window)
        self._opening = threading.Lock()
        self.endpoint = ENDPOINT
        self.desk = OpenAIBatches(lambda: self.client, self._translated)

    @property
    def window(self) -> int:
        """Tokens for prompt and reply: the setting, else what a refusal has told, else what is known."""
        return self._set_window or self._abilities.window or self._usual_window

    def complete(self, request: Request) -> Reply:
        """One reply. Raises `ItemError` (`Transient` for what may pass by itself) or `RunError`."""
        return self._ladder.complete(request)

    def body(self, request: Request) -> dict[str, object]:
        """The body that `complete` would send now: for a line of a batch."""
        ability = self._abilities.current()
        bounded = _bounds.needed(self._set_window or ability.window)
        return _bodies.build(request, self._name, ability, bounded=bounded)

    def read(self, answer: object, request: Request) -> Reply:
        """The reply in the body of an answer: of a line of a batch. Raises `Transient`."""
        return _replies.read(answer, {}, request)

    def first_model(self) -> str:
        """The first model that the server lists. Raises `RunError`, `ConfigError` where it lists none."""
        client = self.client
        import openai

        try:
            listed = client.models.list().data
        except openai.OpenAIError as error:
            hint = "is the server running, and --base-url right? or name a model with --model openai:NAME"
            raise RunError(str(self._translated(error)), code="unreachable", hint=hint) from error
        if not listed:
            raise ConfigError(f"{self.host} lists no model", hint="name one with --model openai:NAME")
        return listed[0].id

    def close(self) -> None:
        """Close the client's connections, where any was opened."""
        with self._opening:
            if "_opened" in vars(self):
                self._opened.close()

    @property
    def client(self) -> "openai.OpenAI":
        """The shared client, opened at its first use. Raises `ConfigError`."""
        with self._opening:
            return self._opened

    @cached_property
    def _opened(self) -> "openai.OpenAI":
        with deferred("openai.types"):  # half of what the import costs, and no completion needs them
            import openai

        timeout = openai.Timeout(self._timeout, connect=min(_CONNECT_SECONDS, self._timeout))
        try:
            client = _clients.create(self.host, _CHAT, self._timeout, self._clock)
            return openai.OpenAI(
                api_key=self._key, base_url=self._base_url, timeout=timeout, max_retries=0, http_client=client
            )
        except Exception as error:  # a bad proxy or certificate setting: whatever the transport makes of it
            raise ConfigError(f"cannot prepare the connection to {self.host}: {error}") from error

    def _ask(self, body: dict[str, object]) -> tuple[object, Mapping[str, str]]:
        client = self.client
        import openai

        try:
            response = client.post(_CHAT, cast_to=openai.APIResponse[object], body=body)
            text, headers = response.http_response.text, response.headers
        except openai.APIStatusError as error:
            answer = error.response
            raise Refusal(
                _faults.read(error.status_code, answer.headers, self._masked(answer.text))
            ) from error
        except openai.OpenAIError as error:
            raise self._translated(error) from error
        try:
            answer = json.loads(text)
            fault = _faults.in_answer(headers, self._masked(text)) if '"error"' in text else None
        except (ValueError, RecursionError) as error:
            said = _faults.not_json(self._masked(text))
            raise Transient(f"{self.host}: {said}", code="bad_response") from error
        if fault is not None:
            raise Refusal(fault)
        return answer, headers

    def _translated(self, error: Exception) -> VidgistError:
        make = meaning(type(error))
        reason = error.__cause__ if error.__cause__ is not None and str(error.__cause__) else error
        said = f"{self.host}: {_faults.one_line(self._masked(str(reason)))}"
        return make(said, type(error.__cause__).__name__)

    def _masked(self, text: str) -> str:
        if self._key != _NO_KEY:
            text = text.replace(self._key, "***")
        return _KEY_LIKE.sub(r"\1-***", text)


def meaning(kind: type[Exception]) -> Callable[[str, str], VidgistError]:
    """What an exception of the library means: made of a message and the name of its cause."""
    import openai

    table: dict[str, Callable[[str, str], VidgistError]] = {
        "APITimeoutError": lambda said, cause: _lost(f"{said} after waiting for an answer", cause, "timeout"),
        "APIConnectionError": lambda said, cause: _lost(said, cause, "network"),
        "APIResponseValidationError": lambda said, _: Transient(said, code="bad_response"),
        "APIError": lambda said, _: Transient(said, code="server_error"),
        "StreamAlreadyConsumed": lambda said, _: Transient(said, code="bad_response"),
        "WebSocketConnectionClosedError": lambda said, _: Transient(said, code="network"),
        "WebSocketQueueFullError": lambda said, _: Transient(said, code="network"),
        "LengthFinishReasonError": lambda said, _: Truncated(said),
        "ContentFilterFinishReasonError": lambda said, _: Refused(said),
        "SubjectTokenProviderError": lambda said, _: BadCredentials(said),
        "MutuallyExclusiveAuthError": lambda said, _: BadCredentials(said),
        "APIRemovedInV1": lambda said, _: RunError(said, code="client"),
        "_AmbiguousModuleClientUsageError": lambda said, _: RunError(said, code="client"),
        "OpenAIError": lambda said, _: RunError(said, code="client"),
    }
    for ancestor in kind.__mro__:
        if ancestor.__name__ in table and issubclass(ancestor, openai.OpenAIError):
            return table[ancestor.__name__]
    raise TypeError(f"{kind.__name__} is no exception of openai")


def _lost(said: str, cause: str, code: str) -> VidgistError:
    """A connection that was never made is another thing than one that broke."""
    if cause in _UNREACHED:
        return Transient(said, code="unreachable", hint="is the server running, and --base-url right?")
    return Transient(said, code=code)
