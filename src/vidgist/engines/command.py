"""The engine over a program of the person's own: the prompt on its standard input, the reply on its output.

``command:llm -m gpt-5``, ``command:claude -p`` or ``command:codex exec``. No shell reads the words; the
program runs in an empty folder with the person's environment. What it writes is life: only silence has a
bound.
"""

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from vidgist.config import Settings
from vidgist.engines import _bodies, _replies, _windows
from vidgist.engines._abilities import Ability
from vidgist.errors import ConfigError, RunError, Transient
from vidgist.models import Reply, Request
from vidgist.protocols import Memory

MOST_BYTES = 4_000_000
_PIECE = 65_536
_SHOWN = 200
_OWN_GROUP: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
"""On Windows, as a session of its own elsewhere: an interrupt at the terminal is for vidgist alone, which
lets what is under way end.
"""


def create(settings: Settings, name: str, memory: Memory | None = None) -> "Command":
    """Return the engine for a program with its arguments. Raises `ConfigError` where it is not there."""
    del memory
    try:
        words = shlex.split(name)
    except ValueError as error:
        raise ConfigError(f"command: cannot be read: {error}", hint="command:PROGRAM ARGUMENTS") from error
    program = shutil.which(words[0]) if words else None
    if program is None:
        raise ConfigError(f"command: there is no program {words[0] if words else name!r}", hint="command:llm")
    return Command([program, *words[1:]], name, settings)


class Command:
    """One program, started for each call."""

    host = ""

    def __init__(self, words: list[str], name: str, settings: Settings) -> None:
        self.model = f"command:{name}"
        self.window = settings.window or _windows.UNKNOWN
        self._words = words
        self._seconds = settings.timeout
        self._running: set[subprocess.Popen[bytes]] = set()
        self._guard = threading.Lock()

    def complete(self, request: Request) -> Reply:
        """Return one reply. Raises `Transient`, or `RunError` where the program cannot be started."""
        body = _bodies.build(request, self.model, Ability(rung="text", limit="", temperature=False))
        messages = body["messages"]
        prompt = "\n\n".join(str(part["content"]) for part in messages) if isinstance(messages, list) else ""
        text = self._run(prompt.encode())
        answer = {"choices": [{"message": {"content": text}, "finish_reason": "stop"}]}
        return _replies.read(answer, {}, request)

    def close(self) -> None:
        """End what still runs."""
        with self._guard:
            for process in self._running:
                _end(process)

    def _run(self, prompt: bytes) -> str:
        with (
            tempfile.TemporaryDirectory() as folder,
            tempfile.TemporaryFile() as given,
            tempfile.TemporaryFile() as said,
        ):
            given.write(prompt)
            given.seek(0)
            process = self._started(Path(folder), given.fileno(), said.fileno())
            try:
                output = self._heard(process)
            finally:
                with self._guard:
                    self._running.discard(process)
            said.seek(0)
            words = " ".join(said.read(_SHOWN * 4).decode(errors="replace").split())[-_SHOWN:]
        if process.returncode:
            raise Transient(f"{self.model} ended with {process.returncode}: {words}", code="server_error")
        return output.decode(errors="replace")

    def _started(self, folder: Path, given: int, said: int) -> "subprocess.Popen[bytes]":
        try:
            process = subprocess.Popen(  # noqa: S603 (the person has named the program)
                self._words,
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=said,
                cwd=folder,
                start_new_session=True,
                creationflags=_OWN_GROUP,
            )
        except OSError as error:
            raise RunError(f"{self.model} cannot be started: {error}", code="client") from error
        with self._guard:
            self._running.add(process)
        return process

    def _heard(self, process: "subprocess.Popen[bytes]") -> bytes:
        """Return what a program writes, until it ends, is silent for too long or writes too much."""
        assert process.stdout is not None
        last, over, found = time.monotonic(), threading.Event(), bytearray()

        def watch() -> None:
            while not over.wait(min(1.0, self._seconds / 4)):
                if time.monotonic() - last > self._seconds:
                    _end(process)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        with process.stdout as output:
            while piece := output.read1(_PIECE):  # type: ignore[attr-defined]
                last = time.monotonic()
                found += piece
                if len(found) > MOST_BYTES:
                    _end(process)
                    break
        process.wait()
        over.set()
        silent = time.monotonic() - last > self._seconds
        if silent or len(found) > MOST_BYTES:
            why = (
                f"nothing came for {self._seconds:g} seconds, the limit of --timeout"
                if silent
                else "it writes on and on"
            )
            raise Transient(f"{self.model}: {why}", code="timeout" if silent else "bad_response")
        return bytes(found)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kill a program and what it has started."""
    if process.poll() is not None:
        return
    with suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
