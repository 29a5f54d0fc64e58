"""Remembers installed schedules, a small file each, so that they can be listed, tried and distinguished."""

import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from vidgist.commands.schedule.values import Kind, Place, command
from vidgist.errors import ConfigError, InputError, SetupError
from vidgist.models import Value

Start = Callable[[Sequence[str], Path, Mapping[str, str]], int]
"""Runs a command in a folder with an environment; its exit code. Raises `OSError`."""


class Installed(Value):
    """One schedule as it was installed. ``arguments`` are those of ``vidgist run``."""

    name: str
    kind: Kind
    at: str
    arguments: tuple[str, ...]
    folder: str


def keep(place: Place, kind: Kind, at: str, arguments: Sequence[str]) -> None:
    """Remember a schedule under its name. Raises `SetupError`."""
    known = Installed(name=place.name, kind=kind, at=at, arguments=tuple(arguments), folder=str(place.folder))
    path = _path(place)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(known.model_dump_json(indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise SetupError(f"{path} cannot be written: {error.strerror}") from error


def forget(place: Place) -> None:
    """Remember the schedule of this name no longer."""
    _path(place).unlink(missing_ok=True)


def find(place: Place) -> Installed | None:
    """Return the schedule of this name; None where none is known."""
    return _read(_path(place))


def everything(place: Place) -> tuple[Installed, ...]:
    """Return all schedules of this user, by name."""
    files = sorted(_path(place).parent.glob("*.json"))
    return tuple(found for path in files if (found := _read(path)))


def only(place: Place) -> Installed | None:
    """Return the one schedule there is; None where there is none. Raises `ConfigError` where there are
    several.
    """
    found = everything(place)
    if len(found) > 1:
        raise ConfigError(
            "there are several schedules", hint=f"name one: {', '.join(one.name for one in found)}"
        )
    return found[0] if found else None


def check_free(place: Place, kind: Kind, at: str, arguments: Sequence[str]) -> None:
    """Raise `ConfigError` where another schedule has the name already."""
    there = find(place)
    if there and (there.kind, there.at, there.arguments) != (kind, at, tuple(arguments)):
        raise ConfigError(
            f"there is a schedule {there.name} already: {there.at}, run {' '.join(there.arguments)}",
            hint="give this one a name of its own with --name, or replace that one with --replace",
        )


def try_now(known: Installed, place: Place, environ: Mapping[str, str], start: Start) -> int:
    """Run a schedule's command at once, where and with what the scheduler runs it; return its exit code.

    Raises `InputError` where its folder is gone or its program cannot be started.
    """
    folder = Path(known.folder)
    words = command(known.arguments, place._replace(folder=folder))
    try:
        return start(words, folder, {**environ, **variables(place.variables)})
    except OSError as error:
        raise InputError(
            f"the schedule {known.name} cannot be run: {error.strerror}: {error.filename}"
        ) from error


def start(words: Sequence[str], folder: Path, environ: Mapping[str, str]) -> int:
    """Run a command of ours and wait for it."""
    return subprocess.run(words, cwd=folder, env=dict(environ), check=False).returncode  # noqa: S603


def variables(path: Path) -> dict[str, str]:
    """Return the ``NAME=value`` lines of a file; none where it is not there."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in lines if not line.lstrip().startswith("#"))
    return {
        name.strip(): value.strip().strip("\"'") for name, equals, value in pairs if equals and name.strip()
    }


def _path(place: Place) -> Path:
    return place.variables.parent / "schedules" / f"{place.name}.json"


def _read(path: Path) -> Installed | None:
    try:
        return Installed.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
