"""A real PostgreSQL of the test's own: a new, empty server on a socket in a folder that is thrown away."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Self

PATIENCE = 120.0
"""Seconds for the server to come up."""

_USER = "postgres"


def binaries() -> Path | None:
    """Where the server lies, the newest one; Debian keeps it off the path. None where there is none."""
    found = shutil.which("initdb")
    folders = [*([Path(found).parent] if found else []), *sorted(Path("/usr/lib/postgresql").glob("*/bin"))]
    needed = ("initdb", "postgres", "pg_isready")
    whole = [folder for folder in folders if all((folder / name).exists() for name in needed)]
    return whole[-1] if whole else None


class Postgres:
    """The server; a context manager. ``url`` is for libpq.

    PostgreSQL refuses to run as root: then it runs as the user that its package has made. ``durable``: flush
    every commit to the disk, as a server that matters does.
    """

    def __init__(self, *, durable: bool = False) -> None:
        folder = binaries()
        assert folder is not None, "PostgreSQL is not installed"
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        is_root = sys.platform != "win32" and os.geteuid() == 0
        self._user = _USER if is_root else None
        if is_root:
            shutil.chown(self.folder, _USER, _USER)
        self.url = f"postgresql://{_USER}@/postgres?host={self.folder}"
        self._binaries = folder
        self._data = self.folder / "data"
        self._fsync = "on" if durable else "off"
        self._run(
            [folder / "initdb", "-D", self._data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-sync"]
        )
        self._log = (self.folder / "log").open("wb")
        self.start()

    def start(self) -> None:
        """Also after a `crash`."""
        command = [
            self._binaries / "postgres",
            "-D",
            self._data,
            "-k",
            self.folder,
            "-c",
            "listen_addresses=",
        ]
        self._server = subprocess.Popen(
            [*map(str, command), "-c", f"fsync={self._fsync}"],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user else None,
        )
        self._await(self._binaries / "pg_isready")

    def crash(self) -> None:
        """End at once, without a word to anybody; what was committed stays."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        try:
            self._server.wait(PATIENCE)
        finally:
            self._server.kill()
            self._server.wait()
            self._log.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _await(self, is_ready: Path) -> None:
        ends = time.monotonic() + PATIENCE
        command = [str(is_ready), "-q", "-h", str(self.folder)]
        while subprocess.run(command, check=False, cwd="/").returncode:
            if self._server.poll() is not None or time.monotonic() > ends:
                self.__exit__()
                raise RuntimeError("PostgreSQL does not come up")
            time.sleep(0.1)

    def _run(self, command: list[object]) -> None:
        subprocess.run(
            [*map(str, command)],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user else None,
        )
