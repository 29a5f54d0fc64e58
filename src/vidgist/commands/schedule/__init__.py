"""Runs at night, each with a name: what each scheduler needs, shown first, then installed or taken away.

Nothing of the system's is touched: user units, LaunchAgents and the person's own crontab only. What cannot be
installed without more rights than that is printed with the command to do it.
"""

import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args

from vidgist.commands.schedule import cron, github, launchd, systemd, windows
from vidgist.commands.schedule.installing import Run, install, run, uninstall
from vidgist.commands.schedule.values import NIGHTLY, Kind, Place, Plan, When, when
from vidgist.errors import ConfigError

__all__ = ["KINDS", "NIGHTLY", "Kind", "Place", "Plan", "detect", "install", "plan", "remove", "show"]

KINDS: tuple[Kind, ...] = get_args(Kind)

_PLANNERS: dict[Kind, Callable[[When, Sequence[str], Place], Plan]] = {
    "systemd": systemd.plan,
    "cron": cron.plan,
    "launchd": launchd.plan,
    "windows": windows.plan,
    "github": github.plan,
}


def detect(platform: str = sys.platform, booted: Path = Path("/run/systemd/system")) -> Kind:
    """Return the scheduler of this machine."""
    if platform == "win32":
        return "windows"
    if platform == "darwin":
        return "launchd"
    return "systemd" if booted.is_dir() and shutil.which("systemctl") else "cron"


def plan(kind: str, at: str, arguments: Sequence[str], place: Place) -> Plan:
    """Return what it takes to run ``arguments`` at ``at`` (``02:30``, ``mon,thu 02:30``); nothing is written.

    ``--wait`` and ``--block-wait 3600`` are added where the arguments say nothing of them.
    Raises `ConfigError` for an unknown kind or time, `InputError` for arguments that cannot be scheduled.
    """
    for known, planner in _PLANNERS.items():
        if known == kind:
            return planner(when(at), arguments, place)
    raise ConfigError(f"--kind {kind}: unknown", hint=f"one of {', '.join(KINDS)}")


def remove(kind: str, place: Place, run: Run = run) -> tuple[str, ...]:
    """Take away what an installation of that kind left; return a line for each thing done. Raises
    `SetupError`.
    """
    return uninstall(plan(kind, "00:00", ("nothing",), place), run)


def show(planned: Plan) -> str:
    """Return the plan in full, for a person to read before it is carried out."""
    parts = [f"--- {file.path}\n{file.text}" for file in planned.files]
    if planned.block:
        parts.append(f"--- in your crontab\n{planned.block}")
    if planned.start:
        title = "then run yourself" if planned.by_hand else "then"
        parts.append(f"--- {title}\n" + "".join(f"{_line(words)}\n" for words in planned.start))
    parts.append("".join(f"{note}\n" for note in planned.notes))
    return "\n".join(parts)


def _line(words: Sequence[str]) -> str:
    return shlex.join(words)
