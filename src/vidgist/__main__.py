"""The program ``vidgist``, and ``python -m vidgist``: nothing of the folder that it begins in is imported."""

import io
import locale
import os
import sys
from pathlib import Path
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and end the process with its exit code."""
    leave_current_folder()
    speak_utf8()
    try:
        from vidgist.cli import main as run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "vidgist":
            raise
        sys.stderr.write(f"vidgist: {error.name} is missing: install vidgist again with its dependencies\n")
        sys.exit(2)
    run()


def speak_utf8() -> None:
    """Begin again in Python's UTF-8 mode where the locale cannot name every file.

    Names of files then are UTF-8 whatever the locale says. What a terminal shows stays in the locale's own
    encoding, with a replacement for letters that it lacks.
    """
    if sys.getfilesystemencoding() not in ("utf-8", "utf8") and sys.executable:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606
    own = locale.getencoding() if sys.orig_argv[1:3] == ["-X", "utf8"] else None
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.isatty():
            stream.reconfigure(encoding=own, errors="replace")


def leave_current_folder() -> None:
    """Look for modules and programs no longer in the current folder: what lies there is a stranger's.

    Python puts it first for ``python -m`` and for an empty entry of ``PYTHONPATH``; yt-dlp looks for
    plug-ins wherever Python looks. It stays where vidgist itself was found in it.
    """
    home = Path(__file__).parents[1]
    try:
        here = Path.cwd()
    except OSError:  # it was deleted: nothing can be imported from it
        here = None
    sys.path[:] = [one for one in sys.path if not _is_current(one, here) or _is(Path(one or "."), home)]
    os.environ.setdefault("NoDefaultCurrentDirectoryInExePath", "1")  # how Windows is asked not to


def _is_current(entry: str, here: Path | None) -> bool:
    return entry in ("", ".") or (here is not None and _is(Path(entry), here))


def _is(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


if __name__ == "__main__":
    main()
