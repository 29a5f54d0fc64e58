"""Plug-ins of other packages, checked against their protocols: a fault fails the plug-in's own items.

Each object of a plug-in stands behind one of these, and each call of it behind `calls.guarded`; what it
returns is checked before it is passed on.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import count
from typing import Any, TypeAlias, TypeVar

from pydantic import ValidationError

from vidgist.errors import ConfigError, InputError, PluginFailed, RunError, SetupError, VidgistError
from vidgist.models import Fetched, Item, Note, Ref, Reply, Request, Value
from vidgist.protocols import Visit, at_once
from vidgist.registry.guest_calls import guarded, patient

Foreign: TypeAlias = Any
"""An object of another package, which may be anything."""

Sound = TypeVar("Sound", bound=Value)

_SUFFIX = re.compile(r"(?:\.[A-Za-z0-9_-]{1,20}){1,2}")

MOST_ITEMS = 100_000
"""Items behind one input."""

MOST_TEXT = 50_000_000
"""Characters of a transcript, a reply or a file."""


def sound(who: str, what: str, value: object, kind: type[Sound]) -> Sound:
    """Return a value that is what it should be. Raises `PluginFailed`."""
    if not isinstance(value, kind):
        raise PluginFailed(f"{who}: {what} returned {_shown(value)}, not {kind.__name__}")
    try:
        return _checked(value, [MOST_TEXT])
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(map(str, problem["loc"]))
        raise PluginFailed(f"{who}: {what} returned a {kind.__name__} whose {place} is wrong") from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise PluginFailed(f"{who}: {what} returned a {kind.__name__} with {error}") from error


def _checked(value: Sound, room: list[int]) -> Sound:
    """Return a value made again of sound parts; ``room`` is a list with the characters that are left."""
    fields = {name: _part(getattr(value, name), room) for name in type(value).model_fields}
    return type(value).model_validate(fields)


def _part(value: object, room: list[int]) -> object:
    if isinstance(value, Value):
        return _checked(value, room)
    if isinstance(value, tuple):
        return tuple(_part(one, room) for one in value)
    if isinstance(value, str):
        room[0] -= len(value)
        if room[0] < 0:
            raise ValueError(f"more than {MOST_TEXT:,} characters")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"the number {value}")
    return value


def _shown(value: object) -> str:
    return f"a {type(value).__name__}" if value is not None else "nothing"


class GuestSource:
    """A `Source` of another package, in a lane of its own.

    ``fault`` is what went wrong when it was asked whether an input is its own. ``is_ours`` says that an
    input belongs to a source that comes with vidgist.
    """

    def __init__(
        self, who: str, name: str, source: Foreign, is_ours: Callable[[str], bool], *, seconds: float
    ) -> None:
        self.who = who
        self._seconds = seconds
        self.name = name
        self.lane = who
        self.fault = ""
        self._source = source
        self._is_ours = is_ours
        own = guarded(who, "name", lambda: source.name)
        if own != name:
            raise ConfigError(f"{who}: its source is called {own!r}, not {name!r}")
        self.remote = guarded(who, "remote", lambda: source.remote) is True
        self.by_host = guarded(who, "by_host", lambda: getattr(source, "by_host", False)) is True
        for method in ("claims", "expand", "fetch"):
            if not callable(guarded(who, method, partial(getattr, source, method, None))):
                raise ConfigError(f"{who}: its source has no {method}")

    @property
    def requests(self) -> Counter[str]:
        """Return what it counts; nothing where that is no count."""
        with suppress(Exception):
            found = guarded(self.who, "requests", lambda: dict(self._source.requests))
            return Counter({str(name): int(count) for name, count in found.items()})
        return Counter()

    def claims(self, ref: str) -> bool:
        if self._is_ours(ref):
            return False
        try:
            return guarded(self.who, "claims", lambda: self._source.claims(ref)) is True
        except VidgistError as error:
            self.fault = self.fault or str(error)
            return False

    def lists(self, ref: str) -> bool:
        if not hasattr(self._source, "lists"):
            return False
        return guarded(self.who, "lists", lambda: self._source.lists(ref)) is True

    def expand(self, ref: Ref, visit: Visit = at_once, /) -> Iterator[Item]:
        found = guarded(self.who, "expand", lambda: iter(self._source.expand(ref, patient(visit))))
        for number in count():
            if number == MOST_ITEMS:
                raise PluginFailed(f"{self.who}: expand returned more than {MOST_ITEMS:,} items")
            try:
                item = guarded(self.who, "expand", lambda: next(found, None), seconds=self._seconds)
            except SetupError as error:
                if isinstance(error, InputError):
                    raise
                raise PluginFailed(f"{self.who}: {error}", hint=error.hint) from error
            if item is None:
                return
            whole = sound(self.who, "expand", item, Item)
            if whole.source != self.name or not whole.id or not whole.name:
                raise PluginFailed(f"{self.who}: expand returned an item without its source, id and name")
            yield whole

    def fetch(self, item: Item, captions: Sequence[str]) -> Fetched:
        try:
            fetched = guarded(
                self.who, "fetch", lambda: self._source.fetch(item, captions), seconds=self._seconds
            )
        except SetupError as error:
            raise PluginFailed(f"{self.who}: {error}", hint=error.hint) from error
        return sound(self.who, "fetch", fetched, Fetched)

    def close(self) -> None:
        """Close nothing: nothing is open."""
        with suppress(VidgistError):
            guarded(self.who, "close", getattr(self._source, "close", lambda: None))


class BrokenSource:
    """Stands for the source of a plug-in that cannot be used; ``fault`` says why."""

    remote = False

    def __init__(self, name: str, fault: str) -> None:
        self.name = name
        self.fault = fault
        self.requests: Counter[str] = Counter()

    def claims(self, ref: str) -> bool:  # noqa: ARG002
        return False

    def lists(self, ref: str) -> bool:  # noqa: ARG002
        return False

    def expand(self, ref: Ref, visit: Visit = at_once, /) -> Iterator[Item]:  # noqa: ARG002
        raise PluginFailed(self.fault)

    def fetch(self, item: Item, captions: Sequence[str]) -> Fetched:  # noqa: ARG002
        raise PluginFailed(self.fault)

    def close(self) -> None:
        """Close nothing: nothing is open."""


class GuestEngine:
    """An `Engine` of another package. Raises `ConfigError` where its model, host or window make no sense."""

    def __init__(self, who: str, provider: str, engine: Foreign, *, seconds: float) -> None:
        self._who = who
        self._seconds = seconds
        self._engine = engine
        self.model = guarded(who, "model", lambda: engine.model)
        self.host = guarded(who, "host", lambda: getattr(engine, "host", ""))
        self.fingerprint = guarded(who, "fingerprint", lambda: getattr(engine, "fingerprint", ""))
        if not isinstance(self.model, str) or not self.model.startswith(f"{provider}:"):
            raise ConfigError(f"{who}: its model is {_quoted(self.model)}; it should begin with {provider}:")
        for name in ("host", "fingerprint"):
            if not isinstance(getattr(self, name), str):
                raise ConfigError(f"{who}: its {name} is no text")
        if not callable(guarded(who, "complete", lambda: getattr(engine, "complete", None))):
            raise ConfigError(f"{who}: its engine has no complete")
        self._window = self._valid_window()

    def _valid_window(self) -> int:
        window = guarded(self._who, "window", lambda: self._engine.window)
        if isinstance(window, bool) or not isinstance(window, int) or window <= 0:
            raise ConfigError(f"{self._who}: its window is {_quoted(window)}, not a number of tokens")
        return window

    @property
    def window(self) -> int:
        """Return its current value, or the last valid one where the current one is invalid."""
        with suppress(VidgistError):
            self._window = self._valid_window()
        return self._window

    def complete(self, request: Request) -> Reply:
        try:
            reply = guarded(
                self._who, "complete", lambda: self._engine.complete(request), seconds=self._seconds
            )
        except SetupError as error:
            raise RunError(f"{self._who}: {error}", code=error.code, hint=error.hint) from error
        return sound(self._who, "complete", reply, Reply)

    def close(self) -> None:
        """Close nothing: nothing is open."""
        with suppress(VidgistError):
            guarded(self._who, "close", getattr(self._engine, "close", lambda: None))


class GuestWriter:
    """A `Writer` of another package. ``taken`` are suffixes that are not its to write."""

    def __init__(self, who: str, writer: Foreign, taken: Sequence[str]) -> None:
        self._who = who
        self._writer = writer
        self.suffix = guarded(who, "suffix", lambda: writer.suffix)
        if not isinstance(self.suffix, str) or not _SUFFIX.fullmatch(self.suffix):
            raise ConfigError(f"{who}: its suffix is {_quoted(self.suffix)}; one is like .title")
        if self.suffix.lower() in taken:
            raise ConfigError(f"{who}: files with {self.suffix} are another format's")
        if not callable(guarded(who, "render", lambda: getattr(writer, "render", None))):
            raise ConfigError(f"{who}: its writer has no render")

    def render(self, note: Note, old: str = "") -> str | None:
        try:
            text = guarded(self._who, "render", lambda: self._writer.render(note, old))
        except (SetupError, RunError) as error:
            raise PluginFailed(f"{self._who}: {error}", hint=error.hint) from error
        if text is not None and not isinstance(text, str):
            raise PluginFailed(f"{self._who}: render returned {_shown(text)}, not text")
        if text and len(text) > MOST_TEXT:
            raise PluginFailed(f"{self._who}: render returned more than {MOST_TEXT:,} characters")
        return text


def _quoted(value: object) -> str:
    try:
        return repr(value)[:60]
    except Exception:  # noqa: BLE001 (of another package's)
        return f"a {type(value).__name__}"
