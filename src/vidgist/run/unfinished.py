"""Unfinished files: named so that processes do not mix them up, moved to their place when complete."""

import hashlib
import os
import platform
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from uuid import uuid4

_BEGINS, _ENDS = ".vidgist-", ".part"
_OURS = uuid4().hex[:8]
IS_WINDOWS = os.name == "nt"

HELD_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between tries to replace a file that another program holds."""

_LONG = "\\\\?\\"
_LONGEST = 86_400.0
"""Seconds after which an unfinished file counts as abandoned."""


def name() -> str:
    """Return a name for an unfinished file of this process."""
    return f"{_BEGINS}{_machine()}-{os.getpid()}-{_OURS}{uuid4().hex[:12]}{_ENDS}"


def is_abandoned(entry: "os.DirEntry[str]") -> bool:
    """Return whether an entry of a folder is an unfinished file whose process is gone."""
    if not (entry.name.startswith(_BEGINS) and entry.name.endswith(_ENDS)):
        return False
    machine, _, rest = entry.name.removeprefix(_BEGINS).partition("-")
    process, _, token = rest.partition("-")
    if machine == _machine() and process == str(os.getpid()):
        return not token.startswith(
            _OURS
        )  # a number is given again, to the first process of a container always
    if os.name == "posix" and machine == _machine() and process.isdigit() and not _is_alive(int(process)):
        return True
    return entry.stat(follow_symlinks=False).st_mtime < time.time() - _LONGEST


def put(part: Path, target: Path) -> None:
    """Put a whole file in the place of another. Raises `OSError`.

    Windows refuses while an editor or a scanner of viruses holds the other: it is tried again for a while.
    """
    for wait in HELD_WAITS if IS_WINDOWS else ():
        try:
            part.replace(target)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    part.replace(target)


def reachable(path: Path, *, windows: bool = os.name == "nt") -> Path:
    """Return an absolute path as Windows takes it at any length; as it is on other systems."""
    text = str(path)
    if not windows or text.startswith(_LONG):
        return path
    return Path(f"{_LONG}UNC{text[1:]}" if text.startswith("\\\\") else f"{_LONG}{text}")


def place(part: Path, target: Path) -> None:
    """Give a whole file its name where none has it. Raises `FileExistsError` where one does."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a file system without links
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        put(part, target)
    else:
        with suppress(OSError):
            part.unlink()


@cache
def _machine() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
