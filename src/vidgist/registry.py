"""Finds sources, engines and writers: the modules of those rooms, then what other packages offer.

Nothing is imported before it is asked for by name, but sources, which are all asked who claims an input.
"""

import importlib
import pkgutil
from contextlib import contextmanager
from importlib.metadata import entry_points
from types import ModuleType
from typing import TYPE_CHECKING

import vidgist.engines
import vidgist.sources
import vidgist.writers
from vidgist.config import OFFLINE, providers
from vidgist.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vidgist.config import Settings
    from vidgist.protocols import Engine, Memory, Source, Writer

LOCAL = "local"
_LAST = ("site", LOCAL)
"""The sources that are asked last: any address may be a site's, and nearly anything can be a path."""


def names(room: ModuleType) -> list[str]:
    """Names of the plug-ins of a room; ours come first and cannot be shadowed."""
    own = _own(room)
    return own + [point.name for point in entry_points(group=room.__name__) if point.name not in own]


def sources(settings: "Settings") -> "list[Source]":
    """Every source, in the order in which they are asked."""
    ordered = sorted(names(vidgist.sources), key=lambda name: _LAST.index(name) if name in _LAST else -1)
    return [_module(vidgist.sources, name, "source").create(settings) for name in ordered]


def description(room: ModuleType, name: str) -> str:
    """What a plug-in of a room says of itself in one line; empty where it cannot be had."""
    try:
        told = _module(room, name, "plug-in").__doc__ or ""
    except Exception:  # noqa: BLE001 (another package's)
        return ""
    line = " ".join(told.strip().split("\n\n")[0].split())
    return line.removeprefix(f"``--format {name}``: ").partition(". ")[0].rstrip(".")


@contextmanager
def opened(settings: "Settings") -> "Iterator[list[Source]]":
    """The sources of a run, closed when it is over."""
    found = sources(settings)
    try:
        yield found
    finally:
        for source in found:
            source.close()


def engine(settings: "Settings", memory: "Memory", provider: str, name: str) -> "Engine":
    """The engine of ``provider:name``: a plug-in of that name, or a row of the table of providers."""
    row = providers.table().get(provider)
    if row is not None and provider not in names(vidgist.engines):
        provided: Engine = importlib.import_module("vidgist.engines.openai").of(row, settings, name, memory)
        return provided
    created: Engine = _module(
        vidgist.engines, provider, "model provider", OFFLINE, *providers.table()
    ).create(settings, name, memory)
    return created


def listener(settings: "Settings") -> str:
    """Return the name of the speech model that sources would use, ``whisper:small``; empty for none."""
    return (
        importlib.import_module("vidgist.sources._speech").identity(settings) if settings.transcribe else ""
    )


def writers(settings: "Settings", formats: "Sequence[str]") -> "dict[str, Writer]":
    """The writers of the formats asked for, in that order."""
    return {name: _module(vidgist.writers, name, "format").create(settings) for name in formats}


def _own(room: ModuleType) -> list[str]:
    return [module.name for module in pkgutil.iter_modules(room.__path__) if not module.name.startswith("_")]


def _module(room: ModuleType, name: str, kind: str, *beside: str) -> ModuleType:
    """A plug-in of a room; ``beside`` are names that mean something and are none."""
    if name in _own(room):
        return importlib.import_module(f"{room.__name__}.{name}")
    for point in entry_points(group=room.__name__, name=name):
        loaded: ModuleType = point.load()
        return loaded
    raise ConfigError(f"unknown {kind} {name!r}", hint=f"known: {', '.join(sorted({*names(room), *beside}))}")
