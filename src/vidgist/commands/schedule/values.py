"""The values of a schedule: when, where, what command, and the plan that a scheduler's module makes."""

import os
import re
import shlex
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from vidgist import config
from vidgist.commands.schedule import programs
from vidgist.errors import ConfigError, InputError

Kind = Literal["systemd", "cron", "launchd", "windows", "github"]

NIGHTLY = "nightly"
"""The name of a schedule that a person gives none."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_AT = re.compile(
    r"(?:(?P<days>[a-z]+(?:,[a-z]+)*) +)?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})", re.IGNORECASE
)

_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What would end a line in one format or another, or cannot be encoded."""

_DEFAULTS = (("--wait", ("--wait",)), ("--block-wait", ("--block-wait", "3600")))
"""No person watches at night: a run that still goes on is waited for, and a block has an hour to pass."""


class When(NamedTuple):
    """A time of day on the machine's clock. ``days`` count from 0 = Monday; none means every day."""

    hour: int
    minute: int
    days: tuple[int, ...] = ()


class Place(NamedTuple):
    """The machine and person that a schedule is made for. All paths are absolute.

    ``folder`` is where the run begins, so that relative paths and ``vidgist.toml`` mean what they mean now.
    ``variables`` is a file of ``NAME=value`` lines that the run's environment gets: the place of a key.
    ``name`` identifies a schedule. ``archive`` is the file that holds vidgist, where one does.
    """

    folder: Path
    home: Path
    configuration: Path
    variables: Path
    executable: str
    user: int
    name: str = NIGHTLY
    archive: str = ""

    @property
    def unit(self) -> str:
        """Return what schedulers call the schedule of this name."""
        return "vidgist" if self.name == NIGHTLY else f"vidgist-{self.name}"

    @classmethod
    def here(cls, environ: Mapping[str, str], name: str = NIGHTLY) -> "Place":
        """Return the machine and person of this process. Raises `ConfigError` for what is no name of a
        schedule.
        """
        if not _NAME.fullmatch(name):
            raise ConfigError(
                f"--name {name!r} is no name", hint="small letters, digits and hyphens: --name lectures"
            )
        try:
            home = Path.home()
        except RuntimeError as error:
            raise ConfigError("the home folder of this user is not known", hint="set HOME") from error
        return cls(
            folder=Path.cwd(),
            home=home,
            configuration=Path(environ.get("XDG_CONFIG_HOME") or home / ".config"),
            variables=config.user_folder(write=True) / "environment",
            executable=sys.executable,
            user=getattr(os, "getuid", lambda: 0)(),  # Windows has none, and nothing there asks for it
            name=name,
            archive=programs.archive(environ),
        )


class File(NamedTuple):
    path: Path
    text: str
    encoding: str = "utf-8"


class Plan(NamedTuple):
    """What installing would do: write ``files``, put ``block`` into the crontab, run the ``start`` commands.

    ``stop`` and ``cleared`` are run before and after the files are taken away again. Where ``by_hand`` is
    set, the commands are for a person: installing writes the files at most. ``notes`` are worth reading.
    """

    kind: Kind
    files: tuple[File, ...] = ()
    block: str = ""
    start: tuple[tuple[str, ...], ...] = ()
    stop: tuple[tuple[str, ...], ...] = ()
    cleared: tuple[tuple[str, ...], ...] = ()
    by_hand: bool = False
    notes: tuple[str, ...] = ()


def when(text: str) -> When:
    """Read ``02:30`` or ``mon,thu 02:30``. Raises `ConfigError`."""
    hint = "a time of the 24-hour clock, with weekdays where wanted: --at 02:30, --at 'mon,thu 02:30'"
    found = _AT.fullmatch(text.strip())
    if found is None:
        raise ConfigError(f"--at {text!r} is no time", hint=hint)
    hour, minute = int(found["hour"]), int(found["minute"])
    if hour > 23 or minute > 59:  # noqa: PLR2004 (a clock)
        raise ConfigError(f"--at {text!r}: there is no such time of day", hint=hint)
    days = set()
    for name in found["days"].lower().split(",") if found["days"] else ():
        day = next((n for n, day in enumerate(DAYS) if name in (day.lower(), day[:3].lower())), None)
        if day is None:
            raise ConfigError(f"--at {text!r}: {name!r} is no weekday", hint=hint)
        days.add(day)
    return When(hour, minute, tuple(sorted(days)) if len(days) < len(DAYS) else ())


def command(arguments: Sequence[str], place: Place) -> tuple[str, ...]:
    """Return the whole command of a scheduled run, list files with absolute paths and checked to be there.

    ``-P``: the folder it begins in is no place to import from.

    Raises `InputError` for arguments that cannot work without a person at a terminal.
    """
    return (*program(place), *_absolute(run_arguments(arguments), place.folder))


def program(place: Place) -> tuple[str, ...]:
    """Return the command that is vidgist there."""
    return (place.executable, "-P", *((place.archive,) if place.archive else ("-m", "vidgist")))


def run_arguments(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return ``run`` with the arguments, and what a run at night needs beside them. Raises `InputError`."""
    if not arguments:
        raise InputError(
            "nothing to run", hint="give the run's arguments after --, for example: -- --from-file talks.txt"
        )
    for argument in arguments:
        if _UNWRITABLE.search(argument):
            raise InputError(f"{argument!r} cannot stand in a schedule: it has control characters")
    if "--from-file=-" in arguments or ("--from-file", "-") in pairwise(arguments):
        raise InputError(
            "a scheduled run has no standard input", hint="name a list file: --from-file talks.txt"
        )
    given = {argument.partition("=")[0] for argument in arguments}
    added = (words for flag, words in _DEFAULTS if not given & {flag, f"--no-{flag[2:]}"})
    return ("run", *(word for words in added for word in words), *arguments)


def printable(path: Path) -> str:
    """Return a path that a line of a configuration file can hold. Raises `InputError`."""
    text = str(path)
    if _UNWRITABLE.search(text) or text != text.strip() or text.endswith("\\"):
        raise InputError(f"{text!r} cannot stand in a schedule", hint="choose a folder with a plainer name")
    return text


def shell(words: Sequence[str], place: Place) -> str:
    """Return one line of POSIX shell that goes to the folder, reads the variables where there are any, and
    runs.
    """
    folder, variables = (shlex.quote(printable(path)) for path in (place.folder, place.variables))
    return (
        f"cd {folder} && {{ [ ! -r {variables} ] || {{ set -a; . {variables}; set +a; }}; }} && "
        f"exec {shlex.join(words)}"
    )


def _absolute(arguments: Sequence[str], folder: Path) -> tuple[str, ...]:
    words: list[str] = []
    previous = ""
    for argument in arguments:
        flag, equals, value = argument.partition("=")
        if previous == "--from-file":
            words.append(_list_file(folder / argument))
        elif flag == "--from-file" and equals:
            words.append(f"--from-file={_list_file(folder / value)}")
        else:
            words.append(argument)
        previous = argument if previous != "--from-file" else ""
    return tuple(words)


def _list_file(path: Path) -> str:
    if not path.is_file():
        raise InputError(f"{path}: there is no such list file")
    return str(path)
