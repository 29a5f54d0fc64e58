"""Asks a model's server what costs nothing: its models, the key, the window. Each within seconds."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from vidgist import config, registry
from vidgist.commands.findings import SECONDS, Finding, advised
from vidgist.config import Settings, providers
from vidgist.config.providers import Choice
from vidgist.engines import _listings as listings
from vidgist.engines import _local_servers as nearby
from vidgist.engines import _proxies as proxies
from vidgist.engines import local
from vidgist.engines.openai import OpenAI
from vidgist.errors import BadCredentials, RunError, VidgistError
from vidgist.protocols import Engine

_SHOWN = 8
"""Names of models that are listed for a person."""


class _Scrap:
    """A memory for one look: nothing is kept, so that every answer is of now."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], str] = {}

    def recall(self, kind: str, key: str) -> str | None:
        return self._held.get((kind, key))

    def remember(self, kind: str, key: str, body: str) -> None:
        self._held[kind, key] = body

    def forget(self, kind: str, key: str) -> None:
        self._held.pop((kind, key), None)


def examine(settings: Settings, *, network: bool) -> Iterator[Finding]:
    """Yield which model the settings choose, and whether it would answer; ``network``: servers are asked."""
    try:
        choice = providers.choose(settings, config.environment())
        if choice.provider == config.OFFLINE:
            yield from _embedded(settings, network=network)
        elif choice.provider == "local":
            engine = local.create(settings, choice.name)
            yield Finding(None, "model", f"local:{choice.name}")
            yield Finding(True, "weights", f"{engine.model}, a window of {engine.window:,} tokens")
        else:
            yield from _served(settings, choice, network=network)
    except VidgistError as error:
        yield _failed("model", error)


def _failed(subject: str, error: VidgistError) -> Finding:
    """Return what a failure is to the next run, which waits for a server that loads its model."""
    if error.code == "loading":
        return Finding(None, subject, f"{error}; a run waits for it, up to --timeout")
    return Finding(False, subject, advised(error))


def _embedded(settings: Settings, *, network: bool) -> Iterator[Finding]:
    said = "" if settings.model else ": no key and no --base-url, so that no model is asked"
    yield Finding(None, "model", f"{config.OFFLINE}:, the embedded engine{said}")
    if not settings.model and network:
        for server in nearby.answering(config.environment()):
            yield Finding(None, "server", server.advice)


def _served(settings: Settings, choice: Choice, *, network: bool) -> Iterator[Finding]:
    row = providers.table().get(choice.provider)
    if row is None:  # a program, or an engine of another package
        engine = registry.engine(settings, _Scrap(), choice.provider, choice.name)
        yield Finding(True, "model", engine.model)
        engine.close()
        return
    variable, value = row.key(config.environment())
    if variable:
        yield Finding(None, variable, "set" if value else "not set")
    if not network:
        yield Finding(None, "model", f"{choice.provider}:{choice.name or row.model}")
        return
    short = settings.model_copy(update={"timeout": SECONDS})
    engine = registry.engine(short, _Scrap(), choice.provider, choice.name)
    try:
        yield Finding(None, "model", f"{engine.model}{'' if choice.name else ', as none is named'}")
        if isinstance(engine, OpenAI):
            yield from _proxy(engine)
            yield from _listed(engine, settings)
    finally:
        engine.close()


def _proxy(engine: OpenAI) -> Iterator[Finding]:
    proxy = proxies.before(engine.address)
    if proxy is None:
        return
    parts = urlsplit(proxy.url)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 80), SECONDS):
            yield Finding(True, "proxy to the model", proxy.shown)
    except OSError as error:
        yield Finding(
            False, "proxy to the model", f"{proxy.shown} cannot be reached: {error.strerror or error}"
        )


def _listed(engine: OpenAI, settings: Settings) -> Iterator[Finding]:
    """Yield what the server's list of models shows of it, of the key and of the model."""
    try:
        listed = engine.models()
    except BadCredentials as error:
        yield Finding(False, "key", advised(error))
        return
    except RunError as error:
        if error.code == "no_endpoint":
            yield from _unlisted(engine, settings)
        else:
            yield _failed("server", error)
        return
    names = listings.chatting(listed)
    yield Finding(True, "server", f"{engine.host} answers and lists {len(listed)} models")
    yield from _key(engine)
    row = listings.find(listed, engine.name)
    if row is None:
        near = listings.nearest(listed, engine.name) or names[:_SHOWN]
        detail = f"{engine.name} is not among the models that {engine.host} lists"
        detail += f"; there is {', '.join(near)}" if near else ""
        yield Finding(False if engine.lists_all else None, "model there", detail)
    else:
        chats = bool(listings.chatting([row]))
        yield Finding(chats, "model there", "yes" if chats else f"{engine.name} cannot chat")
    yield Finding(None, "window", _window(engine, listings.window(row) if row else 0, settings))


def _unlisted(engine: OpenAI, settings: Settings) -> Iterator[Finding]:
    """Yield what is known of a server without a list: whether anything answers at its address."""
    try:
        engine.demand_chat()
    except RunError as error:
        yield Finding(False, "key" if isinstance(error, BadCredentials) else "server", advised(error))
        return
    yield Finding(None, "server", f"{engine.host} lists no models: whether it has this one is not known")
    yield Finding(None, "window", _window(engine, 0, settings))


def _key(engine: OpenAI) -> Iterator[Finding]:
    if not engine.has_key:
        yield Finding(None, "key", "none, and none is wanted for the list of models")
        return
    try:
        proves = engine.proves_key()
    except BadCredentials as error:
        yield Finding(False, "key", advised(error))
        return
    except RunError as error:
        if error.code == "no_endpoint":
            yield Finding(False, "server", advised(error))
        else:
            yield Finding(None, "key", f"whether it is accepted is not known: {error}")
        return
    detail = (
        "accepted" if proves else "whether it is accepted is not known: the server lists models to anyone"
    )
    yield Finding(True if proves else None, "key", detail)


def _window(engine: Engine, listed: int, settings: Settings) -> str:
    detail = f"{engine.window:,} tokens"
    if settings.window:
        detail += ", by --window"
    if listed and listed != engine.window:
        detail += f"; the server says {listed:,}"
    return detail
