"""The engine for every server that speaks the OpenAI chat API, or Ollama's own.

It sends one body and reads one answer; how to ask is found out by `_ladder`, and waiting and trying again are
done above.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vidgist.bounds import responses
from vidgist.config import Settings, environment, providers
from vidgist.config.providers import Provider
from vidgist.engines import (
    _addresses,
    _bodies,
    _certificates,
    _listings,
    _ollama,
    _proxies,
    _replies,
    _streams,
)
from vidgist.engines import _windows as windows
from vidgist.engines._abilities import Abilities, Ability
from vidgist.engines._addresses import Address
from vidgist.engines._batch_api import ENDPOINT, OpenAIBatches
from vidgist.engines._connection import Connection
from vidgist.engines._credentials import Key
from vidgist.engines._ladder import Build, Ladder
from vidgist.engines._liveness import Liveness, hearing
from vidgist.errors import BadCredentials, ConfigError, MissingKey, RunError
from vidgist.models import Reply, Request
from vidgist.protocols import Memory

if TYPE_CHECKING:
    import openai

_FIRST = "first_model"
_V1 = "/v1"
_PAUSE = 1.0
"""Seconds between two questions to a server that loads its model."""


@dataclass(frozen=True)
class _Dialect:
    """How a kind of server is asked, and how its answer is read: into the shape of a completion."""

    path: str
    listing: str
    build: Build
    joined: Callable[[str], object]


def _answer(text: str) -> object:
    return _streams.joined(text) if _streams.is_stream(text) else responses.parsed(text.lstrip("\ufeff"))


_DIALECTS: dict[Literal["chat", "ollama"], _Dialect] = {
    "chat": _Dialect("/chat/completions", "/models", _bodies.build, _answer),
    "ollama": _Dialect(_ollama.PATH, "/api/tags", _ollama.build, _ollama.joined),
}


def create(settings: Settings, name: str, memory: Memory) -> "OpenAI":
    """Return the engine for model ``name`` of OpenAI, or of any server that is compatible with it."""
    return of(providers.table()[providers.ANY], settings, name, memory)


def of(provider: Provider, settings: Settings, name: str, memory: Memory) -> "OpenAI":
    """Return the engine for a provider's model ``name``, or for its usual one, or the first that its server
    lists.

    No network but for asking a server once for its models, where none is named, and Ollama for a model's
    window. Raises `MissingKey`, `ConfigError`, or `RunError` where that server does not answer.
    """
    address = _address(provider, settings)
    is_own = address.name == provider.host
    key = Key.find(provider, address, environment(), plain_http=settings.plain_http)
    if is_own and not key and not _addresses.is_near(address.name):
        raise MissingKey(f"no key for {provider.title}", hint=_key_hint(provider))
    _certificates.check(environment())
    _proxies.before(address)
    if is_own and not name:
        name = provider.model
    engine = OpenAI(
        settings, name or memory.recall(_FIRST, address.url) or "", memory, provider, address, key
    )
    if not engine.name:
        with closing(engine):
            name = _once_started(engine.first_model, settings.timeout)
        memory.remember(_FIRST, address.url, name)
        engine = OpenAI(settings, name, memory, provider, address, key)
    engine.prepare()
    return engine


def _once_started(ask: Callable[[], str], seconds: float) -> str:
    """Return what a server answers, asked again for so long while it loads its model. Raises `RunError`."""
    until = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except RunError as error:
            if error.code != "loading" or time.monotonic() + _PAUSE > until:
                raise
        time.sleep(_PAUSE)


def _address(provider: Provider, settings: Settings) -> Address:
    """Return where a provider's model is asked, its path completed where that is known."""
    given = provider.address(settings, environment())
    if not given:
        hint = f"give it with --base-url, or set {provider.url_variable}"
        raise ConfigError(f"{provider.name}: needs the address of the server", hint=hint)
    address = _addresses.read(given)
    if provider.dialect == "ollama":
        bare = address.url.removesuffix(_V1).replace("//0.0.0.0", "//127.0.0.1")
        return _addresses.read(bare if "://" in given or ":" in address.host else f"{bare}:11434")
    owner = providers.table().get(providers.of_host(address.name))
    if not address.path and owner is not None:
        return _addresses.read(owner.url)
    if not address.path and provider.header:
        return _addresses.read(f"{address.url}/openai/v1")
    return address


def _key_hint(provider: Provider) -> str:
    if provider.name == providers.ANY:
        return ""
    return f"set {' or '.join(provider.keys)}, or use --model offline:"


class OpenAI:
    """One model on one server, with one client for all threads. ``clock`` counts seconds."""

    endpoint = ENDPOINT

    def __init__(
        self,
        settings: Settings,
        name: str,
        memory: Memory,
        provider: Provider,
        address: Address,
        key: Key,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.model = f"{provider.name}:{name}"
        self.name = name
        self.host = address.host
        self._memory = memory
        self._provider = provider
        self._dialect = _DIALECTS[provider.dialect]
        self._key = key
        self._connection = Connection(
            address, self._dialect.path, self._dialect.joined, key, Liveness(settings.timeout, clock), memory
        )
        self._set_window = settings.window
        is_own = bool(provider.url) and address.name == provider.host
        self._usual_window = windows.window(name, official=is_own and provider.name == providers.ANY)
        start = Ability(
            limit=provider.limit if is_own or not provider.url else "max_tokens",
            stream=provider.stream,
            window=settings.window if provider.dialect == "ollama" else 0,
        )
        self._abilities = Abilities(memory, f"{self.host}{address.path} {name}", start)
        self._ladder = Ladder(self._connection.post, name, self.host, self._abilities, self._dialect.build)
        self.desk = OpenAIBatches(lambda: self._connection.client, self._connection.translated)

    @property
    def window(self) -> int:
        """Return tokens for prompt and reply: the setting, else what a refusal has
        reported, else what is known.
        """
        return self._set_window or self._abilities.window or self._usual_window

    @property
    def client(self) -> "openai.OpenAI":
        """Return the shared client, opened at its first use. Raises `ConfigError`."""
        return self._connection.client

    def complete(self, request: Request) -> Reply:
        """Return one reply. Raises `ItemError` (`Transient` for what may pass by itself) or `RunError`."""
        try:
            return self._ladder.complete(request)
        except RunError as error:
            self._advise(error)
            raise

    def stream(self, request: Request, heard: Callable[[str], None], *, thoughts: bool = False) -> Reply:
        """Return one reply, each piece of its text given to ``heard`` as it arrives. Raises as `complete`
        does.
        """
        mark = hearing.set(_streams.Listener(heard, thoughts=thoughts).feed)
        try:
            return self.complete(request)
        finally:
            hearing.reset(mark)

    def body(self, request: Request) -> dict[str, object]:
        """Return the body that `complete` would send now: for a line of a batch."""
        ability = self._abilities.current().model_copy(update={"stream": ""})
        return _bodies.build(request, self.name, ability)

    def read(self, answer: object, request: Request) -> Reply:
        """Return the reply in the body of an answer: of a line of a batch. Raises `Transient`."""
        return _replies.read(answer, {}, request)

    def learn_window(self, tokens: int) -> None:
        """Remember that the server reads only so many tokens of what it is sent."""
        self._abilities.learn_window(tokens)

    def prepare(self) -> None:
        """Ask Ollama once for the model's window, so that none larger is asked for. Raises `RunError`."""
        if self._provider.dialect != "ollama" or self._set_window or self._abilities.window:
            return
        try:
            shown = self._connection.get("/api/show", {"model": self.name})
        except RunError as error:
            self._advise(error)
            raise
        self.learn_window(min(_ollama.window(shown) or _ollama.WINDOW, _ollama.WINDOW))

    def models(self) -> list[object]:
        """Return the server's list of models. Raises `RunError`."""
        headers = {
            name: text.format(key=self._key.value) for name, text in self._provider.list_headers.items()
        }
        with self._advised():
            listed = self._connection.get(
                self._dialect.listing, headers=headers if headers and self._key else None
            )
        return _listings.rows(listed) or []

    @property
    def address(self) -> Address:
        """Return where it is asked."""
        return self._connection.address

    @property
    def has_key(self) -> bool:
        return bool(self._key)

    @property
    def lists_all(self) -> bool:
        """Return whether a model that the server does not list is not there."""
        return self._provider.lists == "all"

    def proves_key(self) -> bool:
        """Return whether the server shows, at no cost, that it takes the key. Raises `RunError`, as for a
        wrong one.

        Many servers list their models to anyone, so that a list proves nothing; those show a wrong key by
        what they say to a request without a model.
        """
        with self._advised():
            if self._provider.key_path:
                self._connection.get(self._provider.key_path)
                return True
            try:
                self._connection.get(self._dialect.listing, headers={})
            except BadCredentials:
                return True
            self.demand_chat()
        return False

    def demand_chat(self) -> None:
        """Raise `BadCredentials` or `RunError` (no_endpoint) where a server shows, at no cost, that no reply
        would come.
        """
        try:
            self._connection.probe()
        except BadCredentials:
            raise
        except RunError as error:
            if error.code == "no_endpoint":
                raise

    def first_model(self) -> str:
        """Return the first model of the server's list that can chat. Raises `RunError`, `ConfigError` for
        none.
        """
        listed = self.models()
        able = _listings.chatting(listed)
        if able:
            return able[0]
        hint = f"name one with --model {self._provider.name}:NAME"
        raise ConfigError(f"{self.host} lists no model{' that can chat' if listed else ''}", hint=hint)

    def close(self) -> None:
        """Close the client's connections, where any was opened."""
        self._connection.close()

    @contextmanager
    def _advised(self) -> Iterator[None]:
        try:
            yield
        except RunError as error:
            self._advise(error)
            raise

    def _advise(self, error: RunError) -> None:
        """Say what to do in the words of this provider, and forget a model that is not there."""
        if error.code == "no_model":
            self._memory.forget(_FIRST, self._connection.given.url)
            error.hint = self._provider.advice.format(model=self.name) or error.hint
        if isinstance(error, BadCredentials) and self._key.variable:
            error.hint = f"check {self._key.variable} and --base-url; then run the same command again"
