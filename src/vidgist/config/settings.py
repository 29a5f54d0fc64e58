"""The settings of one run: names, defaults, what each means, and which values are wrong.

Keys are no settings: an engine reads its own from the environment, and they are never stored.
"""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, field_validator

from vidgist.errors import ConfigError
from vidgist.text import languages, name_templates

OFFLINE = "offline"
"""The provider that needs no key and no network."""

WITH_LOGIN = ("base_url", "proxy")
"""Settings that may hold a password."""

Fresh = Literal["", "summary", "transcript", "all"]
"""What is made again though it is remembered."""

PathLike = TypeVar("PathLike", str, Path, None)

AnyPath = str | os.PathLike[str]

_PROPERTY = re.compile(r"[^\W\d][\w-]{0,39}")


def at_home(path: str) -> Path:
    """Expand ``~``; the home of a user that is not known stays as it is written."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 (a Path's own raises)


def current_folder() -> Path:
    """Return the folder that a command begins in; ``.``, in which nothing is, where it was deleted."""
    try:
        return Path.cwd()
    except OSError:
        return Path()


def own_folder(find: Callable[..., str]) -> Path:
    """Return vidgist's folder of a kind that platformdirs knows. Raises `ConfigError` without a home."""
    try:
        return Path(find("vidgist", appauthor=False))
    except RuntimeError as error:
        hint = "set HOME, or name the state with --state"
        raise ConfigError("the home folder of this user is not known", hint=hint) from error


class Settings(BaseModel):
    """One run's settings, frozen. The description of each field is its documentation everywhere."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    output: str = Field(default="notes", description="notes folder; - writes the records to standard output")
    formats: tuple[str, ...] = Field(default=("txt",), min_length=1, description="outputs of each item")
    failed_records: bool = Field(
        default=True, description="write a record for a video that could not be done"
    )
    wikilinks: bool = Field(
        default=False, description="[[wikilinks]] to channel, playlist and topics in md output"
    )
    tags: tuple[str, ...] = Field(
        default=(), max_length=30, description="tags of every md note; word? only where the talk is about it"
    )
    properties: tuple[str, ...] = Field(
        default=(),
        max_length=60,
        description="properties of md notes, name or name=yours; none: all that are known",
    )

    index_notes: bool = Field(
        default=False, description="a note with a list of its notes for each channel and playlist (md output)"
    )
    name_template: str = Field(
        default="",
        description="names of notes, folders too: {channel}/{published} {title}; empty: {id}-{slug}",
    )

    model: str = Field(
        default="", description="provider:name; empty: openai where a key or base URL is set, else offline:"
    )
    base_url: str = Field(default="", description="any OpenAI-compatible server")
    plain_http: bool = Field(
        default=False, description="send a key over http, without encryption, to another machine"
    )
    prompt: str = Field(default="summary", description="a prompt's name or the path of a prompt file")
    language: str = Field(default="", description="language of the summary; empty: the transcript's own")
    window: int = Field(
        default=0, ge=0, description="context window of the model in tokens; 0: what is known of the model"
    )
    timeout: float = Field(default=600.0, gt=0, description="seconds of silence of a model server")
    jobs: Annotated[int, Field(ge=1, le=256)] | Literal["auto"] = Field(
        default="auto", description="LLM calls in flight at most; auto: as wide as the server proves to be"
    )
    max_cost: float | None = Field(default=None, ge=0, description="stop before a run costs more US dollars")
    max_tokens: int | None = Field(default=None, ge=0, description="stop before a run uses more tokens")
    batch: bool = Field(
        default=False, description="through the provider's Batch API: half price, up to 24 hours"
    )

    captions: tuple[str, ...] = Field(default=(), description="preferred caption languages, in order")
    pace: float = Field(
        default=2.0, ge=0, description="least seconds between two videos fetched from YouTube"
    )
    block_wait: float = Field(default=65.0, ge=0, description="seconds to wait in all for a block to pass")
    proxy: str = Field(default="", description="proxy for YouTube and other sites")
    cookies: str = Field(default="", description="Netscape cookie file for YouTube and other sites")
    cookies_from_browser: str = Field(
        default="", description="browser whose cookies are used: NAME[+KEYRING][:PROFILE][::CONTAINER]"
    )
    transcribe: bool = Field(
        default=False, description="transcribe what has no captions (needs the extra asr)"
    )
    asr_model: str = Field(
        default="small",
        description="speech model: a folder, or the name of one that lies in faster-whisper's cache",
    )

    notify: str = Field(
        default="",
        description="where to send what is new, failed or stopped: command:PROGRAM ..., or an Apprise URL",
    )

    limit: int | None = Field(
        default=None, ge=1, description="at most so many items, those done earlier not counted"
    )
    since: date | None = Field(default=None, description="only videos published on that day or later")
    newest_first: bool = Field(default=False, description="newest members of a playlist first")
    seed_only: bool = Field(default=False, description="mark all as seen without doing them")
    fresh: Fresh = Field(default="", description="what to make again: summary, transcript or all")
    retry_failed: bool = Field(default=False, description="only what failed before")
    dry_run: bool = Field(default=False, description="list what would be done, with estimates")
    wait: bool = Field(default=False, description="wait for another run on the same state to end")

    state: Path | None = Field(
        default_factory=lambda: own_folder(platformdirs.user_data_dir),
        description="folder of the memory, run reports and logs",
    )

    if TYPE_CHECKING:  # what a program may give beside what each field holds

        def __init__(
            self,
            *,
            output: AnyPath = ...,
            formats: str | Sequence[str] = ...,
            failed_records: bool = ...,
            wikilinks: bool = ...,
            tags: str | Sequence[str] = ...,
            properties: str | Sequence[str] = ...,
            index_notes: bool = ...,
            name_template: str = ...,
            model: str = ...,
            base_url: str = ...,
            plain_http: bool = ...,
            prompt: AnyPath = ...,
            language: str = ...,
            window: int = ...,
            timeout: float = ...,
            jobs: int | Literal["auto"] = ...,
            max_cost: float | None = ...,
            max_tokens: int | None = ...,
            batch: bool = ...,
            captions: str | Sequence[str] = ...,
            pace: float = ...,
            block_wait: float = ...,
            proxy: str = ...,
            cookies: AnyPath = ...,
            cookies_from_browser: str = ...,
            transcribe: bool = ...,
            asr_model: AnyPath = ...,
            notify: str = ...,
            limit: int | None = ...,
            since: date | str | None = ...,
            newest_first: bool = ...,
            seed_only: bool = ...,
            fresh: Fresh = ...,
            retry_failed: bool = ...,
            dry_run: bool = ...,
            wait: bool = ...,
            state: AnyPath | None = ...,
            plugins: Mapping[str, Mapping[str, object]] = ...,
        ) -> None: ...

    plugins: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="settings of plug-ins, by the plug-in's name"
    )

    def width(self, auto: int) -> int:
        """Return ``jobs`` as a number; ``auto`` where there is no bound."""
        return auto if self.jobs == "auto" else self.jobs

    @field_validator("formats", "captions", "tags", "properties", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("output", "prompt", "cookies", "asr_model", mode="before")
    @classmethod
    def _text(cls, value: object) -> object:
        return os.fspath(value) if isinstance(value, os.PathLike) else value

    @field_validator(
        "output",
        "model",
        "base_url",
        "prompt",
        "language",
        "proxy",
        "cookies",
        "cookies_from_browser",
        "notify",
    )
    @classmethod
    def _printable(cls, value: str) -> str:
        if any(character < " " for character in value):
            raise ValueError("no control character can be in it")
        return value

    @field_validator("output", "state", "cookies")
    @classmethod
    def _at_home(cls, value: PathLike) -> PathLike:
        """Expand ``~``, here and nowhere else."""
        if value is None:
            return value
        if "\0" in str(value):
            raise ValueError("no path holds a NUL character")
        try:
            Path(value).expanduser()
        except RuntimeError as error:
            raise ValueError(f"no such user: {Path(value).parts[0]}") from error
        return type(value)(os.path.expanduser(value))  # noqa: PTH111 (a Path would change s3://bucket)

    @property
    def appearance(self) -> str:
        """Name what changes the look of a note's files and nothing else of it."""
        return " ".join((str(self.wikilinks), *self.tags, *self.properties))

    @field_validator("language")
    @classmethod
    def _spoken(cls, value: str) -> str:
        """Write the language as its code; its name is taken too."""
        code = languages.named(value)
        if value and not code:
            raise ValueError("a code such as de or pt-BR, or an English name such as German")
        return code

    @field_validator("notify")
    @classmethod
    def _reachable(cls, value: str) -> str:
        if value and not value.startswith("command:") and "://" not in value:
            raise ValueError("command:PROGRAM ..., or an address that Apprise knows: mailto://, ntfy:// ...")
        return value

    @field_validator("name_template")
    @classmethod
    def _nameable(cls, value: str) -> str:
        problem = name_templates.fault(value) if value else ""
        if problem:
            raise ValueError(problem)
        return value

    @field_validator("properties")
    @classmethod
    def _named(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            name, _, given = one.partition("=")
            if not _PROPERTY.fullmatch(name) or (given and not _PROPERTY.fullmatch(given)):
                raise ValueError("a property is a word of letters, digits, - and _")
        return value
