"""Decides what a ``vidgist.toml`` of the current folder may set, and remembers the folders a person trusts.

A folder comes with a download, a clone or a shared drive, so its file is a stranger's until somebody says
otherwise: it may choose how notes look and hold a run to less, but name no server, no program and no place
outside. A folder is trusted with the content that it has now; a changed file is a stranger's again.
"""

import hashlib
import math
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

from vidgist.config.settings import Settings, own_folder
from vidgist.errors import ConfigError

PROJECT_FILE = "vidgist.toml"

_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_NO_HOME = Path("/nonexistent/vidgist")
"""A path that never exists: the home that Debian gives to users without one."""

_LARGEST = 1_000_000
"""Bytes of one file of a project that are read."""


class Sifted(NamedTuple):
    """Values of a project file that are taken, and the names of those that are not."""

    taken: dict[str, Any]
    untaken: tuple[str, ...]


def user_folder(*, write: bool = False) -> Path:
    """Return where a user's ``config.toml``, ``prompts/`` and ``prices.toml`` lie.

    For a user without a home it is a folder that does not exist, or where it is to ``write`` in, a
    `ConfigError`.
    """
    try:
        return own_folder(platformdirs.user_config_dir)
    except ConfigError:
        if write:
            raise
        return _NO_HOME


def prompts_folder(folder: Path) -> Path:
    """Return where the prompts of a project lie."""
    return folder / "vidgist" / "prompts"


def sift(given: Mapping[str, Any], before: Mapping[str, Any], folder: Path) -> Sifted:
    """Part what an untrusted project file sets. ``before`` holds the values of the layers below it."""
    taken = {name: value for name, value in given.items() if _is_harmless(name, value, before, folder)}
    return Sifted(taken, tuple(name for name in given if name not in taken))


def read(path: Path) -> bytes:
    """Return the bytes of a settings or prompt file. Raises `OSError`, `ValueError` for what is none."""
    if not path.is_dir() and path.exists() and not path.is_file():
        raise ValueError("it is no plain file")
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(f"larger than {_LARGEST:,} bytes")
    return content


def is_trusted(folder: Path, content: bytes | None = None) -> bool:
    """Return whether a person has trusted this folder with what it holds. ``content``: that of its project
    file.
    """
    try:
        return (_list() / _fingerprint(folder, content)).is_file()
    except (OSError, ValueError):
        return False


def trust(folder: Path) -> tuple[Path, ...]:
    """Trust a folder with what it holds now; return the files that this is about. Raises `ConfigError`."""
    try:
        files = _files(folder)
        mark = _list(write=True) / _fingerprint(folder)
        forget(folder)
        mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark.write_bytes(os.fsencode(folder.resolve()))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(f"{folder} cannot be trusted: {reason}") from error
    return files


def forget(folder: Path) -> bool:
    """Trust a folder no longer; return whether it was trusted. Raises `ConfigError`."""
    place = os.fsencode(folder.resolve())
    try:
        marks = [mark for mark in _list().iterdir() if mark.read_bytes() == place]
        for mark in marks:
            mark.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise ConfigError(f"{_list()} cannot be changed: {error.strerror}") from error
    return bool(marks)


def _list(*, write: bool = False) -> Path:
    """Return the folder with one small file for each trusted folder, named by the hash of its place and
    content.
    """
    return user_folder(write=write) / "trusted"


def _files(folder: Path) -> tuple[Path, ...]:
    """Return what a project has for vidgist: its settings and its prompts. Raises `OSError`."""
    found = [folder / PROJECT_FILE, *sorted(prompts_folder(folder).glob("*.md"))]
    return tuple(path for path in found if path.is_file())


def _fingerprint(folder: Path, content: bytes | None = None) -> str:
    total = hashlib.sha256(os.fsencode(folder.resolve()))
    for path in _files(folder):
        own = content if content is not None and path.name == PROJECT_FILE else read(path)
        total.update(b"\0" + os.fsencode(path.name) + hashlib.sha256(own).digest())
    return total.hexdigest()


def _is_harmless(name: str, value: object, before: Mapping[str, Any], folder: Path) -> bool:
    """Return whether a setting can neither send nor spend nor read or write elsewhere."""
    if name in _ALWAYS:
        return True
    if name in _LOWER:
        return _number(value, math.nan) <= _number(_current(name, before), math.inf)
    if name in _HIGHER:
        return _number(value, math.nan) >= _number(_current(name, before), 0.0)
    judge = _JUDGED.get(name)
    return judge is not None and judge(value, folder)


def _current(name: str, before: Mapping[str, Any]) -> object:
    value = before[name] if name in before else Settings.model_fields[name].get_default()
    return _MOST_JOBS if value == "auto" else value


def _number(value: object, otherwise: float) -> float:
    try:
        return float(value) if isinstance(value, int | float | str) else otherwise
    except (ValueError, OverflowError):
        return otherwise


def _is_inside(value: object, folder: Path) -> bool:
    if value == "-":
        return True
    try:
        place = (folder / Path(str(value)).expanduser()).resolve()
        return place.is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def _is_known_prompt(value: object, folder: Path) -> bool:
    """Return whether a prompt is the person's own or one that ships: the folder's would be a stranger's
    words.
    """
    name = str(value)
    return bool(_PLAIN_NAME.fullmatch(name)) and not (prompts_folder(folder) / f"{name}.md").exists()


_ALWAYS = frozenset(
    {
        "formats",
        "failed_records",
        "wikilinks",
        "tags",
        "properties",
        "name_template",
        "index_notes",
        "captions",
        "since",
        "newest_first",
        "dry_run",
    }
)
_LOWER = frozenset({"max_cost", "max_tokens", "limit", "jobs", "timeout", "block_wait"})
"""Bounds that a project may draw closer, never widen."""

_MOST_JOBS = 128
"""Calls in flight that ``auto`` may come to."""

_HIGHER = frozenset({"pace"})
_JUDGED: dict[str, Callable[[object, Path], bool]] = {
    "output": _is_inside,
    "prompt": _is_known_prompt,
    "model": lambda value, _: value == "offline:",
    "language": lambda value, _: value == "" or bool(_LANGUAGE.fullmatch(str(value))),
}
