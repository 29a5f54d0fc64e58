"""Carries a plan out, and undoes it. The only part of a schedule that touches the machine."""

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from vidgist.commands.schedule import cron
from vidgist.commands.schedule.values import File, Place, Plan
from vidgist.errors import SetupError

_VARIABLES = """\
# Variables for scheduled runs, one NAME=value a line. Only you can read this file.
# OPENAI_API_KEY=
# VIDGIST_MODEL=openai:...
"""


RELOAD_WAITS = (0.5, 1.0, 2.0, 4.0)
"""Seconds between tries to load an agent whose predecessor is still being unloaded."""


class Outcome(NamedTuple):
    code: int
    output: str
    errors: str


Run = Callable[[Sequence[str], str], Outcome]
"""Runs a command with a text for its standard input. Raises `OSError` where there is no such command."""


def run(words: Sequence[str], text: str) -> Outcome:
    done = subprocess.run(  # noqa: S603 (our own words; no shell)
        words, input=text, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def install(planned: Plan, place: Place, run: Run = run) -> tuple[str, ...]:
    """Write and start what is planned, over what an earlier installation left.

    Returns a line for each thing done. Raises `SetupError` for what cannot be done, and for a plan that leads
    to no place on this machine.
    """
    if planned.kind == "github":
        raise SetupError(
            "a workflow is installed by committing it",
            hint="vidgist schedule print --kind github shows the file",
        )
    done = []
    if not planned.by_hand and not place.variables.exists():
        _write(File(place.variables, _VARIABLES))
        done.append(f"wrote {place.variables}")
    for file in planned.files:
        _write(file)
        done.append(f"wrote {file.path}")
    if planned.block:
        done.extend(_crontab(planned.block, run, keep=True))
    if planned.by_hand:
        return (*done, *(f"now run: {subprocess.list2cmdline(words)}" for words in planned.start))
    for words in planned.stop if planned.kind == "launchd" else ():
        _try(words, "", run)  # an agent that is loaded already cannot be loaded again
    for words in planned.start:
        _start(words, run, patient=planned.kind == "launchd")
        done.append(f"ran {subprocess.list2cmdline(words)}")
    return tuple(done)


def uninstall(planned: Plan, run: Run = run) -> tuple[str, ...]:
    """Stop and delete what the plan would have written; what is not there is no error.

    Returns a line for each thing done. Raises `SetupError`.
    """
    done: list[str] = []
    if planned.by_hand:
        done.extend(f"now run: {subprocess.list2cmdline(words)}" for words in planned.stop)
    present = [file.path for file in planned.files if file.path.exists()] if planned.kind != "github" else []
    if present and not planned.by_hand:
        for words in planned.stop:
            _try(words, "", run)
    for path in present:
        try:
            path.unlink()
        except OSError as error:
            raise SetupError(f"{path} cannot be deleted: {error.strerror}") from error
        done.append(f"deleted {path}")
    if present:
        for words in planned.cleared:
            _try(words, "", run)
    if planned.block:
        done.extend(_crontab(planned.block, run, keep=False))
    return tuple(done)


def _write(file: File) -> None:
    """Write a file that its owner alone can read: arguments may hold a proxy's password."""
    fresh = file.path.with_name(f".{file.path.name}.tmp")
    try:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(file.text.encode(file.encoding))
        Path(fresh).replace(file.path)
    except OSError as error:
        raise SetupError(f"{file.path} cannot be written: {error.strerror}") from error


def _crontab(block: str, run: Run, *, keep: bool) -> tuple[str, ...]:
    now = _try(("crontab", "-l"), "", run)
    if now.code and "no crontab" not in now.errors:
        raise SetupError(f"crontab -l: {_last(now)}", hint="the crontab was left as it was")
    before = "" if now.code else now.output
    after = cron.merged(before, block, keep=keep)
    if after == before:
        return () if not keep else ("the crontab holds it already",)
    _do(("crontab", "-"), after, run)
    return ("changed your crontab",)


def _start(words: Sequence[str], run: Run, *, patient: bool) -> None:
    """Run a command that starts a schedule; launchd takes an agent only once it has let the old one go."""
    for wait in RELOAD_WAITS if patient else ():
        if not _try(words, "", run).code:
            return
        time.sleep(wait)
    _do(words, "", run)


def _do(words: Sequence[str], text: str, run: Run) -> None:
    outcome = _try(words, text, run)
    if outcome.code:
        raise SetupError(f"{subprocess.list2cmdline(words)}: {_last(outcome)}")


def _try(words: Sequence[str], text: str, run: Run) -> Outcome:
    try:
        return run(words, text)
    except OSError as error:
        raise SetupError(
            f"{words[0]} cannot be run: {error.strerror}",
            hint="choose another scheduler with --kind, or use vidgist schedule print",
        ) from error


def _last(outcome: Outcome) -> str:
    lines = outcome.errors.strip().splitlines() or outcome.output.strip().splitlines()
    return lines[-1] if lines else f"exit code {outcome.code}"
