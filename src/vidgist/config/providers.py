"""Knows the providers of models by name, and which one a run means. Pure but for a user's own table."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import Field, ValidationError

from vidgist.config import OFFLINE, Settings, user_folder
from vidgist.errors import ConfigError
from vidgist.models import Value

USER_FILE = "providers.toml"
ANY = "openai"
"""The provider that ``--base-url`` and a key of no other one mean."""


class Provider(Value):
    """One row of the table; `providers.toml` says what the fields mean."""

    name: str
    title: str
    url: str = ""
    url_variable: str = ""
    keys: tuple[str, ...] = ()
    decides: bool = True
    model: str = ""
    dialect: Literal["chat", "ollama"] = "chat"
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    stream: Literal["counted", "plain", ""] = "counted"
    header: str = ""
    batch: bool = False
    advice: str = ""
    lists: Literal["all", "some"] = "all"
    list_headers: Mapping[str, str] = Field(default_factory=dict)
    key_path: str = ""

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    def key(self, environ: Mapping[str, str]) -> tuple[str, str]:
        """Return the variable that holds the key, and the key; the first variable and nothing where none is
        set.
        """
        for variable in self.keys:
            value = environ.get(variable, "").strip()
            if value:
                return variable, value
        return (self.keys[0] if self.keys else ""), ""

    def address(self, settings: Settings, environ: Mapping[str, str]) -> str:
        """Return the base URL: as set, where it is set for this provider, else its variable's, else its own.

        ``OPENAI_BASE_URL`` is no setting for any other provider: a key goes only to its own host.
        """
        url = settings.base_url
        if self.name != ANY and url and url == environ.get("OPENAI_BASE_URL"):
            url = ""
        return url or environ.get(self.url_variable, "").strip() or self.url


class Choice(NamedTuple):
    """Provider and name of a model, and the notice about it where the person named none."""

    provider: str
    name: str
    notice: str = ""


def choose(settings: Settings, environ: Mapping[str, str]) -> Choice:
    """Return the model that is asked for, or that a key or an address suggests.

    Raises `ConfigError` where the model names no provider, and where several keys are there.
    """
    if settings.model:
        provider, colon, name = settings.model.partition(":")
        if not colon:
            raise ConfigError(
                f"the model {settings.model!r} names no provider", hint=_suggestion(settings.model)
            )
        return Choice(provider, name)
    if settings.base_url:
        return Choice(of_host(urlsplit(settings.base_url).hostname or "") or ANY, "")
    found = [provider for provider in table().values() if provider.decides and provider.key(environ)[1]]
    if len(found) > 1:
        variables = ", ".join(provider.key(environ)[0] for provider in found)
        names = " or ".join(f"--model {provider.name}:{provider.model}" for provider in found[:3])
        raise ConfigError(f"several keys are set ({variables}): which model?", hint=f"say {names}")
    if found:
        notice = f"{found[0].key(environ)[0]} is set: {found[0].name}:{found[0].model} summarizes"
        return Choice(found[0].name, "", f"{notice}; --model names another")
    return Choice(OFFLINE, "")


def of_host(host: str) -> str:
    """Return the provider whose own server a host is; empty for no such."""
    return next((name for name, row in table().items() if row.host == host.lower() and "." in host), "")


def table() -> dict[str, Provider]:
    """Return all providers by name, a user's own fields before ours. Raises `ConfigError`."""
    return read(user_folder() / USER_FILE)


@lru_cache(maxsize=1)
def shipped() -> frozenset[str]:
    """Return the names of the providers that come with vidgist."""
    return frozenset(tomllib.loads(files("vidgist.config").joinpath(USER_FILE).read_text("utf-8")))


@lru_cache(maxsize=8)
def read(path: Path) -> dict[str, Provider]:
    """Return the shipped table with a user's over it, read once. Raises
    `ConfigError` saying what is wrong.
    """
    rows: dict[str, dict[str, Any]] = tomllib.loads(
        files("vidgist.config").joinpath(USER_FILE).read_text("utf-8")
    )
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        own = {}
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: {error}") from error
    for name, fields in own.items():
        if not isinstance(fields, dict):
            raise ConfigError(f"{path}: {name} is no table", hint=f"begin with a line [{name}]")
        rows[name] = {**rows.get(name, {"title": name}), **fields}
    try:
        return {name: Provider(name=name, **fields) for name, fields in rows.items()}
    except (ValidationError, TypeError) as error:
        raise ConfigError(f"{path}: {_problem(error)}") from error


def _problem(error: ValidationError | TypeError) -> str:
    if isinstance(error, ValidationError):
        problem = error.errors()[0]
        return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
    return str(error)


def _suggestion(model: str) -> str:
    """Return how to say a name that lacks its provider."""
    for start, provider in _FAMILIES.items():
        if model.lower().startswith(start):
            return f"say {provider}:{model}"
    return f"say {ANY}:{model}, ollama:{model}, or {OFFLINE}:"


_FAMILIES = {
    "claude": "anthropic",
    "gemini": "gemini",
    "mistral-": "mistral",
    "deepseek": "deepseek",
    "grok": "xai",
    "gpt": ANY,
    "o3": ANY,
    "o4": ANY,
}
"""Beginnings of models' names that one provider owns."""
