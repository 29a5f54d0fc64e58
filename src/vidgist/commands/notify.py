"""A line for mail or a messenger after a run, only where something is new, failed or stopped.

``command:mail -s vidgist me@example.org`` starts a program, without a shell, that reads the message from
standard input; its first line is in ``VIDGIST_SUBJECT``. Any other value is an address of Apprise, an extra.
"""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import cast

from vidgist import ui
from vidgist.config import Settings
from vidgist.errors import ConfigError, MissingExtra, VidgistError
from vidgist.events import Done, Event, Failed, Stopped
from vidgist.ui import phrases

COMMAND = "command:"
MOST_LINES = 50
SECONDS = 60.0
"""So long a program may take to send a message."""


class Night:
    """What a run did, as far as it is worth a message. A reporter."""

    def __init__(self) -> None:
        self.new: list[str] = []
        self.failed: list[str] = []
        self.stopped = ""

    def __call__(self, event: Event) -> None:
        match event:
            case Done():
                self.new.append(phrases.short(phrases.name(event.item, event.title), 100))
            case Failed():
                name = phrases.short(phrases.name(event.item, event.title))
                self.failed.append(f"{name}: {phrases.trouble(event)}")
            case Stopped() if event.code != "interrupted":
                self.stopped = phrases.visible(phrases.advised(event.reason, event.hint))
            case _:
                pass

    def could_not(self, error: VidgistError) -> None:
        """Take in why a run ended before its first item."""
        self.stopped = phrases.visible(phrases.advised(str(error), error.hint))

    @property
    def subject(self) -> str:
        """Return one line; empty where there is nothing to report."""
        parts = [f"{len(self.new)} new"] * bool(self.new) + [f"{len(self.failed)} failed"] * bool(self.failed)
        parts += ["stopped"] * bool(self.stopped)
        return f"vidgist: {', '.join(parts)}" if parts else ""

    def text(self, place: str) -> str:
        """Return the message; ``place`` is where the notes are."""
        rows = [f"stopped: {self.stopped}"] * bool(self.stopped)
        rows += [f"new: {one}" for one in self.new]
        rows += [f"failed: {one}" for one in self.failed]
        more = len(rows) - MOST_LINES
        rows = [*rows[:MOST_LINES], *([f"and {more} more"] if more > 0 else [])]
        return (
            "\n".join(
                (
                    self.subject,
                    "",
                    *rows,
                    "",
                    f"notes: {phrases.visible(place)}",
                    "more: vidgist status --last",
                )
            )
            + "\n"
        )


@contextmanager
def after(settings: Settings, *, json_events: bool) -> Iterator[Night]:
    """Yield a reporter for a run, and send the message when the run is over, however it ends.

    Raises `ConfigError` at once where no message could be sent.
    """
    _check(settings.notify)
    night = Night()
    try:
        yield night
    except VidgistError as error:
        night.could_not(error)
        raise
    finally:
        if settings.notify and not settings.dry_run and night.subject:
            problem = send(settings.notify, night.subject, night.text(os.path.abspath(settings.output)))  # noqa: PTH100 (a stream or a bucket too)
            if problem:
                ui.show_notice(sys.stderr, f"no message was sent: {problem}", json_events=json_events)


def send(target: str, subject: str, text: str) -> str:
    """Send a message; return what went wrong, empty where nothing did."""
    return (
        _start(target.removeprefix(COMMAND), subject, text)
        if target.startswith(COMMAND)
        else _through_apprise(target, subject, text)
    )


def _check(target: str) -> None:
    if target.startswith(COMMAND):
        _words(target.removeprefix(COMMAND))
    elif target:
        _apprise()


def _words(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise ConfigError(f"--notify {COMMAND}{command}: {error}") from error
    if not words:
        raise ConfigError(
            "--notify command: names no program", hint="--notify 'command:mail -s vidgist me@example.org'"
        )
    return words


def _start(command: str, subject: str, text: str) -> str:
    words = _words(command)
    try:
        ended = subprocess.run(  # noqa: S603 (the person's own command, without a shell)
            words,
            input=text.encode(),
            env={**os.environ, "VIDGIST_SUBJECT": subject},
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"{words[0]} took longer than {SECONDS:.0f} s"
    except (OSError, ValueError) as error:
        return f"{words[0]} cannot be started: {getattr(error, 'strerror', None) or error}"
    output = phrases.short(ended.stderr.decode("utf-8", "replace"), 200)
    return (
        f"{words[0]} ended with {ended.returncode}{f': {output}' if output else ''}"
        if ended.returncode
        else ""
    )


def _through_apprise(address: str, subject: str, text: str) -> str:
    sender = _apprise().Apprise()
    if not sender.add(address):
        return "Apprise knows no such service"
    return "" if sender.notify(title=subject, body=text) else "the service did not take it"


def _apprise() -> ModuleType:
    try:
        import apprise
    except ImportError:
        raise MissingExtra("--notify with an address", "notify") from None
    return cast("ModuleType", apprise)
