"""Settings: defaults < user file < project file < environment < flags, and where each value came from.

The only reader of the environment. Keys are no settings: an engine reads its own from the environment and
nobody stores them.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails

from vidgist.errors import ConfigError

PROJECT_FILE = "vidgist.toml"
OFFLINE = "offline"
"""The provider that needs no key and no network."""

WITH_LOGIN = ("base_url", "proxy")
"""Settings that may hold a password."""

SHOWN_CHARACTERS = 80

_PROPERTY = re.compile(r"[^\W\d][\w-]{0,39}")

_WANTED = {
    "bool": "true or false",
    "date": "a date like 2026-01-31",
    "float": "a number",
    "greater_than": "more than {gt:g}",
    "greater_than_equal": "at least {ge:g}",
    "int": "a whole number",
    "less_than_equal": "at most {le:g}",
    "too_short": "one at least",
}
"""What is right where pydantic calls a value wrong, by the (first word of the) name of its error."""


class Settings(BaseModel):
    """One run's settings, frozen. The description of each field is its documentation everywhere."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    output: str = Field("notes", description="notes folder; - writes the records to standard output")
    formats: tuple[str, ...] = Field(("txt",), min_length=1, description="outputs of each item")
    failed_records: bool = Field(True, description="write a record for a video that could not be done")
    wikilinks: bool = Field(False, description="[[wikilinks]] to channel, playlist and topics in md output")
    tags: tuple[str, ...] = Field(
        (), max_length=30, description="tags of every md note; word? only where the talk is about it"
    )
    properties: tuple[str, ...] = Field(
        (), max_length=60, description="properties of md notes, name or name=yours; none: all that are known"
    )

    model: str = Field(
        "", description="provider:name; empty: openai where a key or base URL is set, else offline:"
    )
    base_url: str = Field("", description="any OpenAI-compatible server")
    prompt: str = Field("summary", description="a prompt's name or the path of a prompt file")
    language: str = Field("", description="language of the summary; empty: the transcript's own")
    window: int = Field(
        0, ge=0, description="context window of the model in tokens; 0: what is known of the model"
    )
    timeout: float = Field(600.0, gt=0, description="seconds that one reply of the model may take in all")
    jobs: int = Field(8, ge=1, le=256, description="LLM calls in flight")
    max_cost: float | None = Field(None, ge=0, description="stop before a run costs more US dollars")
    max_tokens: int | None = Field(None, ge=0, description="stop before a run uses more tokens")
    batch: bool = Field(False, description="through the provider's Batch API: half price, up to 24 hours")

    captions: tuple[str, ...] = Field((), description="preferred caption languages, in order")
    pace: float = Field(2.0, ge=0, description="least seconds between two videos fetched from YouTube")
    block_wait: float = Field(65.0, ge=0, description="seconds to wait in all for a block to pass")
    proxy: str = Field("", description="proxy for YouTube")
    cookies: str = Field("", description="Netscape cookie file for YouTube")
    transcribe: bool = Field(False, description="listen to what has no captions (needs vidgist[asr])")
    asr_model: str = Field(
        "small", description="speech model: a folder, or the name of one that lies in faster-whisper's cache"
    )

    limit: int | None = Field(None, ge=1, description="at most so many items, those done earlier not counted")
    since: date | None = Field(None, description="only videos published on that day or later")
    newest_first: bool = Field(False, description="newest members of a playlist first")
    seed_only: bool = Field(False, description="mark all as seen without doing them")
    fresh: str = Field("", description="what to make anew: summary, transcript or all")
    retry_failed: bool = Field(False, description="only what failed before")
    dry_run: bool = Field(False, description="list what would be done, with estimates")
    wait: bool = Field(False, description="wait for another run on the same state to end")

    state: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("vidgist", appauthor=False)),
        description="folder of the memory, run reports and logs",
    )

    @field_validator("formats", "captions", "tags", "properties", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("output", "model", "base_url", "prompt", "language", "proxy", "cookies")
    @classmethod
    def _printable(cls, value: str) -> str:
        if any(character < " " for character in value):
            raise ValueError("no control character can be in it")
        return value

    @field_validator("output", "state", "cookies")
    @classmethod
    def _at_home(cls, value: str | Path) -> str | Path:
        if "\0" in str(value):
            raise ValueError("no path holds a NUL character")
        try:
            Path(value).expanduser()
        except RuntimeError as error:
            raise ValueError("nobody of that name has a home folder here") from error
        return value

    @property
    def appearance(self) -> str:
        """Name what changes the look of a note's files and nothing else of it."""
        return " ".join((str(self.wikilinks), *self.tags, *self.properties))

    @field_validator("properties")
    @classmethod
    def _named(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            name, _, given = one.partition("=")
            if not _PROPERTY.fullmatch(name) or (given and not _PROPERTY.fullmatch(given)):
                raise ValueError("a property is a word of letters, digits, - and _")
        return value

    @field_validator("fresh")
    @classmethod
    def _fresh(cls, value: str) -> str:
        if value not in ("", "summary", "transcript", "all"):
            raise ValueError("one of summary, transcript, all")
        return value


def user_folder() -> Path:
    """Where a user's ``config.toml``, ``prompts/`` and ``prices.toml`` lie."""
    return Path(platformdirs.user_config_dir("vidgist", appauthor=False))


def load(
    flags: Mapping[str, object], *, environ: Mapping[str, str], folder: Path
) -> tuple[Settings, dict[str, str]]:
    """Settings of a run begun in ``folder``, and for each field where its value came from.

    ``flags`` holds what was given on the command line; None means not given. Raises `ConfigError`.
    """
    values: dict[str, Any] = {}
    origins = dict.fromkeys(Settings.model_fields, "default")
    layers: list[tuple[str, Mapping[str, object]]] = [
        (str(path), _read(path)) for path in (user_folder() / "config.toml", folder / PROJECT_FILE)
    ]
    layers.append(("OPENAI_BASE_URL", {"base_url": environ.get("OPENAI_BASE_URL") or None}))
    for name in Settings.model_fields:
        variable = f"VIDGIST_{name.upper()}"
        layers.append((variable, {name: environ.get(variable) or None}))
    layers.append(("flag", flags))
    for origin, layer in layers:
        for name, value in layer.items():
            if name not in Settings.model_fields:
                raise ConfigError(f"{origin}: unknown setting {name!r}", hint="vidgist config lists them all")
            if value is not None:
                values[name] = value
                origins[name] = origin
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        problem = error.errors()[0]
        name = str(problem["loc"][0])
        raise ConfigError(
            f"{name} ({origins[name]}): {_rule(problem)}, not {_shown(name, problem['input'])}",
            hint=Settings.model_fields[name].description or "",
        ) from error
    return settings, origins


def provider(settings: Settings, environ: Mapping[str, str]) -> tuple[str, str]:
    """Provider and name of the model: those asked for, or what a key and an address suggest.

    Raises `ConfigError` where the model names no provider.
    """
    if settings.model:
        provider, colon, name = settings.model.partition(":")
        if not colon:
            raise ConfigError(
                f"the model {settings.model!r} names no provider",
                hint=f"say openai:{settings.model}, or offline:",
            )
        return provider, name
    return ("openai" if settings.base_url or environ.get("OPENAI_API_KEY") else OFFLINE), ""


def environment() -> Mapping[str, str]:
    """The process environment; the one place that names it."""
    return os.environ


def public(settings: Settings) -> Settings:
    """Settings as they may be shown and kept."""
    return settings.model_copy(
        update={name: without_login(getattr(settings, name)) for name in WITH_LOGIN},
    )


def private(kept: Settings, current: Settings) -> Settings:
    """Settings kept by `public`, with the logins of the current ones where the addresses are the same."""
    given = {name: getattr(current, name) for name in WITH_LOGIN}
    return kept.model_copy(
        update={name: now for name, now in given.items() if without_login(now) == getattr(kept, name)}
    )


def without_login(address: str) -> str:
    """An address whose user name and password are three stars."""
    login, at, host = address.rpartition("@")
    scheme, colon, _ = login.rpartition("://")
    return f"{scheme}{colon}***@{host}" if at else address


def _rule(problem: ErrorDetails) -> str:
    kind = problem["type"]
    wanted = _WANTED.get(kind) or _WANTED.get(kind.partition("_")[0])
    return wanted.format_map(problem.get("ctx", {})) if wanted else problem["msg"]


def _shown(name: str, value: object) -> str:
    """What was given, as far as it helps."""
    text = repr(without_login(str(value)) if name in WITH_LOGIN else value)
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}..."


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
