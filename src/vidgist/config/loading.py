"""Where each value comes from: defaults < user file < project file < environment < profile < flags.

The only reader of the environment. A project file without trust sets only what `trust` calls harmless.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from vidgist.config import profiles, trust
from vidgist.config.settings import WITH_LOGIN, Settings
from vidgist.errors import ConfigError

SHOWN_CHARACTERS = 80

PLUGINS = "plugins"
"""The setting that is a table of tables; it has no variable, and is neither shown nor kept."""

_FLAGS = {"format": "formats"}
"""Settings whose flags have another name."""

_PREFIX = "VIDGIST_"
_VARIABLES = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields.keys() - {PLUGINS}}
_VARIABLES |= {"VIDGIST_DATABASE", "VIDGIST_SUBJECT"}
"""All that is read from the environment: settings, a cluster's database; a notice's subject is handed on."""

_WANTED = {
    "bool": "true or false",
    "date": "a date like 2026-01-31",
    "float": "a number",
    "greater_than": "more than {gt:g}",
    "greater_than_equal": "at least {ge:g}",
    "int": "a whole number",
    "less_than_equal": "at most {le:g}",
    "literal": "one of {expected}",
    "too_short": "one at least",
}
"""What is right where pydantic calls a value wrong, by the (first word of the) name of its error."""


class Loaded(NamedTuple):
    """The settings of a run, where the value of each came from, and what a project file may not set.

    ``inputs`` and ``from_file`` are what a profile has to do where no input is named; ``strange`` are
    variables that are called like settings and are none.
    """

    settings: Settings
    origins: dict[str, str]
    untaken: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    from_file: str = ""
    strange: tuple[str, ...] = ()

    @property
    def notices(self) -> tuple[str, ...]:
        """Return a line on what of the project file was not taken, and one for each strange variable."""
        untrusted = (
            f"{trust.PROJECT_FILE} of this folder is not trusted: {', '.join(self.untaken)} not taken; "
            "read the file, then run vidgist trust"
        )
        return (*((untrusted,) if self.untaken else ()), *map(_strange, self.strange))

    def work(self, arguments: Sequence[str], from_file: str | None) -> tuple[Sequence[str], str | None]:
        """Return what was named to be done, or else what the profile has to do."""
        if arguments or from_file is not None:
            return arguments, from_file
        return self.inputs, self.from_file or None


def load(
    flags: Mapping[str, object], *, environ: Mapping[str, str], folder: Path, profile: str = ""
) -> Loaded:
    """Return the settings of a run begun in ``folder``, with those of a ``profile`` below the flags.

    ``flags`` holds what was given on the command line; None means not given. Raises `ConfigError`.
    """
    values: dict[str, Any] = {}
    origins = dict.fromkeys(Settings.model_fields, "default")
    user_file, project_file = trust.user_folder() / "config.toml", folder / trust.PROJECT_FILE
    own, content = _parsed(user_file, _content(user_file)), _content(project_file)
    theirs = _parsed(project_file, content)
    is_trusted = not theirs or trust.is_trusted(folder, content)
    _lay(values, origins, str(user_file), profiles.outside(own))
    project = _Project(str(project_file), folder, is_trusted)
    untaken = project.lay(values, origins, str(project_file), profiles.outside(theirs))
    layers: list[tuple[str, Mapping[str, object]]] = [
        ("OPENAI_BASE_URL", {"base_url": environ.get("OPENAI_BASE_URL") or None})
    ]
    for name in Settings.model_fields.keys() - {PLUGINS}:
        variable = f"{_PREFIX}{name.upper()}"
        layers.append((variable, {name: environ.get(variable) or None}))
    for origin, layer in layers:
        _lay(values, origins, origin, layer)
    inputs: tuple[str, ...] = ()
    from_file = ""
    if profile:
        found = profiles.find(profile, {str(user_file): own, str(project_file): theirs})
        lay = project.lay if found.file == project.file else _lay_all
        left = lay(values, origins, f"profile {profile}", _named(found.settings))
        inputs, from_file = found.inputs, found.from_file
        if found.file == project.file and not is_trusted and (inputs or from_file):
            inputs, from_file, left = (), "", (*left, "inputs")
        untaken = (*untaken, *(f"{profiles.TABLE}.{profile}.{name}" for name in left))
    _lay(values, origins, "flag", flags)
    strange = sorted(name for name in environ if name.upper().startswith(_PREFIX) and name not in _VARIABLES)
    return Loaded(_checked(values, origins), origins, untaken, inputs, from_file, tuple(strange))


def _strange(variable: str) -> str:
    """Return a line on a variable that is called like a setting and is none; its value may be a secret."""
    known = [name.removeprefix(_PREFIX) for name in sorted(_VARIABLES)]
    near = difflib.get_close_matches(variable.upper().removeprefix(_PREFIX), known, n=1)
    meant = f": {_PREFIX}{near[0]} is meant?" if near else "; vidgist config lists the settings"
    return f"the variable {variable} sets nothing{meant}"


def _lay(values: dict[str, Any], origins: dict[str, str], origin: str, layer: Mapping[str, object]) -> None:
    """Put a layer over the values of those below it. Raises `ConfigError`."""
    for name, value in layer.items():
        if name not in Settings.model_fields:
            near = difflib.get_close_matches(name, Settings.model_fields, n=1)
            hint = f"{near[0]} is meant?" if near else "vidgist config lists them all"
            raise ConfigError(f"{origin}: unknown setting {name!r}", hint=hint)
        if value is not None:
            values[name] = value
            origins[name] = origin


def _lay_all(
    values: dict[str, Any], origins: dict[str, str], origin: str, layer: Mapping[str, object]
) -> tuple[str, ...]:
    """Lay as `_lay` does, for what is the user's own: everything in it counts."""
    _lay(values, origins, origin, layer)
    return ()


class _Project(NamedTuple):
    """A project file, and whether a person has trusted it."""

    file: str
    folder: Path
    is_trusted: bool

    def lay(
        self, values: dict[str, Any], origins: dict[str, str], origin: str, layer: Mapping[str, object]
    ) -> tuple[str, ...]:
        """Put what the file may set over the values; return the names of what it may not. Raises
        `ConfigError`.
        """
        sifted = trust.Sifted(dict(layer), ())
        if not self.is_trusted:
            sifted = trust.sift(layer, values, self.folder)
        unknown = {name: layer[name] for name in sifted.untaken if name not in Settings.model_fields}
        _lay(values, origins, origin, sifted.taken | unknown)
        return sifted.untaken


def _named(layer: Mapping[str, Any]) -> dict[str, Any]:
    """Return a layer by the names of settings; a flag's name, ``format`` or ``name-template``, means its
    setting.
    """
    plain = {name.replace("-", "_"): value for name, value in layer.items()}
    return {_FLAGS.get(name, name): value for name, value in plain.items()}


def _checked(values: dict[str, Any], origins: dict[str, str]) -> Settings:
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        problem = error.errors()[0]
        name = str(problem["loc"][0])
        rule = _rule(problem)
        given = "" if rule.endswith("?") else f", not {_shown(name, problem['input'])}"
        raise ConfigError(
            f"{name} ({origins[name]}): {rule}{given}",
            hint=Settings.model_fields[name].description or "",
        ) from error


def environment() -> Mapping[str, str]:
    """Return the process environment; the one place that names it."""
    return os.environ


def public(settings: Settings) -> Settings:
    """Return settings as they may be shown and kept."""
    shown: dict[str, object] = {name: without_login(getattr(settings, name)) for name in WITH_LOGIN}
    return settings.model_copy(update={**shown, PLUGINS: {}})


def private(kept: Settings, current: Settings) -> Settings:
    """Return settings kept by `public`, with the current plug-ins, and logins where addresses are the
    same.
    """
    given = {name: getattr(current, name) for name in WITH_LOGIN}
    again = {name: now for name, now in given.items() if without_login(now) == getattr(kept, name)}
    return kept.model_copy(update={**again, PLUGINS: current.plugins})


def without_login(address: str) -> str:
    """Return an address whose user name and password are three stars."""
    login, at, host = address.rpartition("@")
    scheme, colon, _ = login.rpartition("://")
    return f"{scheme}{colon}***@{host}" if at else address


def _rule(problem: ErrorDetails) -> str:
    kind = problem["type"]
    wanted = _WANTED.get(kind) or _WANTED.get(kind.partition("_")[0])
    rule = (
        wanted.format_map(problem.get("ctx", {})) if wanted else problem["msg"].removeprefix("Value error, ")
    )
    return rule.replace("'', ", "").replace("'", "") if kind == "literal_error" else rule


def _shown(name: str, value: object) -> str:
    """Return what was given, as far as it helps."""
    text = repr(without_login(str(value)) if name in WITH_LOGIN else value)
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}..."


def _content(path: Path) -> bytes:
    """Return the bytes of a settings file, none where there is no file. Raises `ConfigError`."""
    try:
        return trust.read(path)
    except FileNotFoundError:
        return b""
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def _parsed(path: Path, content: bytes) -> dict[str, Any]:
    try:
        return _named(tomllib.loads(content.decode("utf-8").replace("\r\n", "\n")))
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: {error}") from error
