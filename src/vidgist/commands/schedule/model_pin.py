"""Pins a schedule to the model it was made with: named in its arguments, its key available."""

from collections.abc import Mapping, Sequence

from vidgist import config
from vidgist.commands.schedule.installed import variables
from vidgist.commands.schedule.values import Place
from vidgist.config import Settings, providers
from vidgist.engines import _addresses as addresses
from vidgist.errors import ConfigError

_SHELL = ("OPENAI_BASE_URL", "VIDGIST_")
"""Origins of settings that a scheduler does not pass on: variables of the environment."""


def pinned(
    arguments: Sequence[str], settings: Settings, origins: Mapping[str, str], environ: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the arguments with the model in them, and the base URL where a variable names it.

    Unchanged where the arguments or a file of settings name the model. Raises `ConfigError` where several
    keys leave it open.
    """
    added: list[str] = []
    if origins["base_url"].startswith(_SHELL):
        added += ["--base-url", settings.base_url]
    if origins["model"] == "default" or origins["model"].startswith(_SHELL):
        added += ["--model", _chosen(settings, environ)]
    return (*added, *arguments)


def _chosen(settings: Settings, environ: Mapping[str, str]) -> str:
    choice = providers.choose(settings, environ)
    row = providers.table().get(choice.provider)
    usual = row.model if row is not None and not settings.base_url else ""
    return f"{choice.provider}:{choice.name or usual}"


def missing_key(model: str, settings: Settings, place: Place) -> str:
    """Return what a person has to do so that the key is there at night; empty where nothing is missing."""
    provider, _, _ = model.partition(":")
    row = providers.table().get(provider)
    if row is None or not row.keys:
        return ""
    kept = variables(place.variables)
    if any(kept.get(name) for name in row.keys):
        return ""
    try:
        name = addresses.read(row.address(settings, config.environment())).name
    except ConfigError:
        name = ""
    if addresses.is_near(name) or (settings.base_url and name != row.host):
        return ""
    return (
        f"{' or '.join(row.keys)} is not in {place.variables}: without it the run ends with 2 at night; "
        f"write it there, one NAME=value a line"
    )
