"""Named groups of settings and inputs: ``[profiles.lectures]`` in a file is ``--profile lectures``."""

import difflib
from collections.abc import Mapping
from typing import Any, NamedTuple

from vidgist.errors import ConfigError

TABLE = "profiles"


class Profile(NamedTuple):
    """One profile: the file it stands in, its settings, and what is to be done where no input is named."""

    name: str
    file: str
    settings: Mapping[str, Any]
    inputs: tuple[str, ...] = ()
    from_file: str = ""


def outside(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the settings of a file that stand in no profile."""
    return {name: value for name, value in content.items() if name != TABLE}


def find(name: str, files: Mapping[str, Mapping[str, Any]]) -> Profile:
    """Return a profile by its name. ``files`` are contents by their paths; the first that has it counts.

    Raises `ConfigError` for one that is nowhere or is no table.
    """
    known: list[str] = []
    for file, content in files.items():
        table = content.get(TABLE, {})
        if not isinstance(table, dict) or not all(isinstance(one, dict) for one in table.values()):
            raise ConfigError(
                f"{file}: {TABLE} is no table of tables", hint=f"begin with a line [{TABLE}.{name}]"
            )
        if name in table:
            return _profile(name, file, dict(table[name]))
        known.extend(table)
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"{near[0]} is meant?" if near else f"known: {', '.join(known)}" if known else ""
    hint = hint or "a settings file holds them: [profiles.NAME]; vidgist config --path prints where it is"
    raise ConfigError(f"no profile is called {name!r}", hint=hint)


def _profile(name: str, file: str, settings: dict[str, Any]) -> Profile:
    inputs, from_file = settings.pop("inputs", ()), settings.pop("from_file", "")
    given = [inputs] if isinstance(inputs, str) else inputs
    if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
        raise ConfigError(f"{file}: inputs of the profile {name} are no list of texts")
    if not isinstance(from_file, str):
        raise ConfigError(f"{file}: from_file of the profile {name} is no path")
    return Profile(name, file, settings, tuple(given), from_file)
