"""Finds sources, engines and writers: the modules of those rooms, then what other packages offer.

Nothing is imported before it is asked for by name, but sources, which are all asked who claims an input. What
another package offers stands behind a guard of `guests`, and takes no name that means something here.
"""

import importlib
import os
import pkgutil
from contextlib import contextmanager
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import vidgist.engines
import vidgist.sources
import vidgist.writers
from vidgist.config import OFFLINE, providers
from vidgist.errors import ConfigError, PluginFailed, VidgistError
from vidgist.registry import guests
from vidgist.registry.guest_calls import guarded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from vidgist.config import Settings
    from vidgist.engines._local_servers import Server
    from vidgist.protocols import Engine, Memory, Source, Writer

LOCAL = "local"
_LAST = ("site", LOCAL)
"""The sources that are asked last: any address may be a site's, and nearly anything can be a path."""

ROOMS = {"source": vidgist.sources, "engine": vidgist.engines, "format": vidgist.writers}
DRAWINGS = ("svg", "png")
_NO_FORMATS = (*DRAWINGS, "list")
"""Names that `vidgist export` takes and that are no module here."""


class Plugin(NamedTuple):
    """What another package offers: a source, an engine or a format. ``fault`` says why it cannot be used."""

    kind: str
    name: str
    package: str
    fault: str = ""

    @property
    def who(self) -> str:
        """Return its name for a person."""
        return f"the plug-in {self.name}" + (f" ({self.package})" if self.package else "")


def names(room: ModuleType) -> list[str]:
    """Return the names of the plug-ins of a room; ours come first and cannot be shadowed."""
    own = _own(room)
    taken = _taken(room)
    return own + [name for name in dict.fromkeys(point.name for point in _offered(room)) if name not in taken]


def plugins(settings: "Settings | None" = None) -> "list[Plugin]":
    """Return what other packages offer, by kind and name; with settings each is loaded, to see its fault."""
    found = []
    for kind, room in ROOMS.items():
        met: set[str] = set()
        for point in _offered(room):
            plugin = Plugin(kind, point.name, _package(point))
            fault = "its name is taken" if point.name in _taken(room) | met else ""
            if not fault and settings is not None:
                fault = _fault(room, plugin, point, settings)
            met.add(point.name)
            found.append(plugin._replace(fault=fault))
    return found


def _fault(room: ModuleType, plugin: Plugin, point: EntryPoint, settings: "Settings") -> str:
    try:
        if room is vidgist.sources:
            _guest_source(plugin, point, settings, lambda _: False).close()
        elif room is vidgist.writers:
            _guest_writer(plugin, point, settings)
        else:  # an engine is made with a name that a person gives
            _create(plugin, _loaded(plugin, point))
    except VidgistError as error:
        return str(error)
    return ""


def sources(settings: "Settings") -> "list[Source]":
    """Return every source, in the order in which they are asked; a broken one claims nothing."""
    own = {name: _import(vidgist.sources, name).create(settings) for name in _own(vidgist.sources)}
    found = [source for name, source in own.items() if name not in _LAST]
    readable = tuple(importlib.import_module("vidgist.sources.local").SUFFIXES)

    def is_ours(ref: str) -> bool:
        return any(source.claims(ref) for source in found_own) or (
            ref.lower().endswith(readable) and os.path.exists(ref)  # noqa: PTH110 (any text)
        )

    found_own = list(found)
    for plugin, point in _usable(vidgist.sources):
        try:
            found.append(_guest_source(plugin, point, settings, is_ours))
        except VidgistError as error:
            found.append(guests.BrokenSource(plugin.name, str(error)))
    return [*found, *(own[name] for name in _LAST if name in own)]


def _guest_source(
    plugin: Plugin, point: EntryPoint, settings: "Settings", is_ours: "Callable[[str], bool]"
) -> guests.GuestSource:
    create = _create(plugin, _loaded(plugin, point))
    made = guarded(plugin.who, "create", lambda: create(settings))
    return guests.GuestSource(plugin.who, plugin.name, made, is_ours, seconds=settings.timeout)


def description(room: ModuleType, name: str) -> str:
    """Return what a plug-in of a room says of itself in one line; empty where it cannot be had."""
    try:
        docstring = _module(room, name, "plug-in")[1].__doc__ or ""
    except VidgistError:
        return ""
    line = " ".join(str(docstring).strip().split("\n\n")[0].split())
    return line.removeprefix(f"``--format {name}``: ").partition(". ")[0].rstrip(".")


def faults(found: "Sequence[Source]") -> list[str]:
    """Return what is wrong with the sources of other packages, one line each."""
    return [fault for source in found if (fault := getattr(source, "fault", ""))]


@contextmanager
def opened(settings: "Settings") -> "Iterator[list[Source]]":
    """Yield the sources of a run, closed when it is over."""
    found = sources(settings)
    try:
        yield found
    finally:
        for source in found:
            source.close()


def engine(settings: "Settings", memory: "Memory", provider: str, name: str) -> "Engine":
    """Return the engine of ``provider:name``: a row of the table of providers, ours, or another package's.

    Raises `ConfigError`.
    """
    row = providers.table().get(provider)
    if row is not None and provider not in _own(vidgist.engines):
        provided: Engine = importlib.import_module("vidgist.engines.openai").of(row, settings, name, memory)
        return provided
    plugin, module = _module(vidgist.engines, provider, "model provider", OFFLINE, *providers.table())
    if plugin is None:
        created: Engine = module.create(settings, name, memory)
        return created
    create = _create(plugin, module)
    seconds = settings.timeout

    def make() -> guests.GuestEngine:
        made = guarded(plugin.who, "create", lambda: create(settings, name, memory), seconds=seconds)
        return guests.GuestEngine(plugin.who, provider, made, seconds=seconds)

    guest: Engine = _set_up(plugin, make)
    return guest


def servers_nearby(environ: "Mapping[str, str]") -> "list[Server]":
    """Return the model servers that answer on this machine, at the addresses that are usual for them."""
    found: list[Server] = list(importlib.import_module("vidgist.engines._local_servers").answering(environ))
    return found


def look_at_site(settings: "Settings", seconds: float) -> None:
    """Ask YouTube for its first page, within so many seconds. Raises `VidgistError`."""
    importlib.import_module("vidgist.sources.youtube").look(settings, seconds)


def browser_cookies(spec: str) -> int:
    """Return how many cookies a browser's profile has, ``NAME[:PROFILE]``. Raises `VidgistError`."""
    return len(importlib.import_module("vidgist.sources._youtube_dl").browser_cookies(spec))


def listener(settings: "Settings") -> str:
    """Return the name of the speech model that sources would use, ``whisper:small``; empty for none."""
    return (
        importlib.import_module("vidgist.sources._speech").identity(settings) if settings.transcribe else ""
    )


def writers(settings: "Settings", formats: "Sequence[str]") -> "dict[str, Writer]":
    """Return the writers of the formats asked for, in that order. Raises `ConfigError`."""
    found: dict[str, Writer] = {}
    for name in formats:
        plugin, module = _module(vidgist.writers, name, "format")
        if plugin is None:
            found[name] = module.create(settings)
            continue
        taken = tuple(writer.suffix.lower() for writer in found.values())
        found[name] = _set_up(plugin, partial(_writer, plugin, module, settings, taken))
    return found


def _guest_writer(plugin: Plugin, point: EntryPoint, settings: "Settings") -> guests.GuestWriter:
    return _writer(plugin, _loaded(plugin, point), settings, ())


def _writer(
    plugin: Plugin, module: ModuleType, settings: "Settings", taken: "Sequence[str]"
) -> guests.GuestWriter:
    create = _create(plugin, module)
    made = guarded(plugin.who, "create", lambda: create(settings))
    ours = [_import(vidgist.writers, name).create(settings).suffix for name in _own(vidgist.writers)]
    drawn = [f".{name}" for name in DRAWINGS]
    return guests.GuestWriter(plugin.who, made, (*ours, *drawn, *taken))


def _set_up(plugin: Plugin, make: "Callable[[], Any]") -> Any:  # noqa: ANN401 (a plug-in's)
    """Return what a plug-in makes before a run. Raises `ConfigError` where it fails."""
    try:
        return make()
    except PluginFailed as error:
        hint = f"update or remove {plugin.package or plugin.name}"
        raise ConfigError(str(error), code=error.code, hint=hint) from error


def _own(room: ModuleType) -> list[str]:
    return [module.name for module in pkgutil.iter_modules(room.__path__) if not module.name.startswith("_")]


def _taken(room: ModuleType) -> set[str]:
    """Return the names of a room that mean something without any plug-in."""
    if room is vidgist.engines:
        return {*_own(room), OFFLINE, *providers.shipped()}
    return {*_own(room), *(_NO_FORMATS if room is vidgist.writers else ())}


def _offered(room: ModuleType) -> list[EntryPoint]:
    """Return what other packages offer; nothing where the metadata of one of them cannot be read."""
    try:
        return sorted(entry_points(group=room.__name__), key=lambda point: point.name)
    except Exception:  # noqa: BLE001 (another package's)
        return []


def _usable(room: ModuleType) -> "list[tuple[Plugin, EntryPoint]]":
    """Return each plug-in of a room whose name is free, the first of those that share one."""
    kind = next(kind for kind, one in ROOMS.items() if one is room)
    taken = _taken(room)
    points = {point.name: point for point in reversed(_offered(room)) if point.name not in taken}
    return [(Plugin(kind, name, _package(points[name])), points[name]) for name in sorted(points)]


def _package(point: EntryPoint) -> str:
    """Return the name and version of the distribution that offers it; empty where that is not known."""
    try:
        return f"{point.dist.name} {point.dist.version}" if point.dist else ""
    except Exception:  # noqa: BLE001 (another package's)
        return ""


def _import(room: ModuleType, name: str) -> ModuleType:
    return importlib.import_module(f"{room.__name__}.{name}")


def _loaded(plugin: Plugin, point: EntryPoint) -> ModuleType:
    loaded: ModuleType = guarded(plugin.who, "importing it", point.load)
    return loaded


def _create(plugin: Plugin, module: object) -> "Callable[..., Any]":
    """Return a plug-in's factory. Raises `PluginFailed`."""
    create = guarded(plugin.who, "create", lambda: getattr(module, "create", None))
    if not callable(create):
        raise PluginFailed(f"{plugin.who}: it has no function create")
    found: Callable[..., Any] = create
    return found


def _module(room: ModuleType, name: str, kind: str, *beside: str) -> tuple[Plugin | None, ModuleType]:
    """Return the module of a name, and the plug-in where another package brings it; ``beside`` are known too.

    Raises `ConfigError`.
    """
    if name in _own(room):
        return None, _import(room, name)
    for plugin, point in _usable(room):
        if plugin.name == name:
            return plugin, _set_up(plugin, partial(_loaded, plugin, point))
    raise ConfigError(f"unknown {kind} {name!r}", hint=f"known: {', '.join(sorted({*names(room), *beside}))}")
