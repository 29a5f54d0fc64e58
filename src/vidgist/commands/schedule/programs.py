"""Names the program of a schedule: one that will be there at night, however vidgist was installed.

venv, pip, pipx, uv tool    the interpreter of that environment
pex, a zip file             the same interpreter with that file
uvx, pipx run               none: their environments lie in a cache that is emptied some day
"""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import vidgist
from vidgist.errors import ConfigError

Answers = Callable[[Sequence[str], Mapping[str, str]], bool]
"""Whether a command with this environment ends well. Raises `OSError`."""

_HINT = "install it where it stays, from its checkout: uv tool install . or pipx install ."
_CACHES = ("/uv/archive-v", "/uv/environments-v", "/pipx/.cache/", "/.cache/pipx/")
_FROM_OUTSIDE = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP")
_PATIENCE = 60.0


def archive(environ: Mapping[str, str]) -> str:
    """Return the file that holds this vidgist, a pex or a zip file; empty where it is installed."""
    pex = environ.get("PEX", "")
    if pex and Path(pex).exists():
        return str(Path(pex).absolute())
    return next((str(one) for one in Path(vidgist.__file__).absolute().parents if one.is_file()), "")


def in_cache(words: Sequence[str]) -> str:
    """Return why a schedule's program will not last, where it lies in a cache; else empty."""
    place = Path(words[0]).as_posix()
    if any(cache in place for cache in _CACHES):
        return "vidgist runs from a cache (uvx, pipx run) that is emptied some day"
    return ""


def check(words: Sequence[str], environ: Mapping[str, str], answers: Answers | None = None) -> None:
    """Raise `ConfigError` where a schedule's program is not there, or not for long."""
    if fault := in_cache(words):
        raise ConfigError(fault, hint=_HINT)
    plain = {name: value for name, value in environ.items() if name not in _FROM_OUTSIDE}
    try:
        there = (answers or _answers)([*words, "--version"], plain)
    except OSError as error:
        raise ConfigError(f"{words[0]} cannot be run: {error.strerror}", hint=_HINT) from error
    if not there:
        raise ConfigError(f"{words[0]} does not find vidgist by itself", hint=_HINT)


def _answers(words: Sequence[str], environ: Mapping[str, str]) -> bool:
    ended = subprocess.run(  # noqa: S603 (our own words)
        words, env=dict(environ), cwd=Path(sys.prefix), capture_output=True, timeout=_PATIENCE, check=False
    )
    return ended.returncode == 0 and ended.stdout.startswith(b"vidgist ")
