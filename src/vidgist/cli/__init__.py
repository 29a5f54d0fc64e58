"""The command line: flags to settings, one call each, an exit code. No logic, and the only user of typer.

What a command needs is imported when it runs, so that ``--help`` costs nothing.
"""

import contextlib
import gc
import io
import os
import signal
import sys
from collections.abc import Iterator
from typing import Annotated, NoReturn

import typer

from vidgist import __version__
from vidgist.cli import group

app = typer.Typer(
    name="vidgist",
    cls=group.Group,
    help="Video transcripts in, exact notes out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich" if sys.stdout is not None and sys.stdout.isatty() else None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"vidgist {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Video transcripts in, exact notes out."""


from vidgist.cli import run  # noqa: E402, F401, I001  (each adds its commands, in this order)
from vidgist.cli import across, cluster, notes, schedule, setup  # noqa: E402, F401

FRESH = ("summary", "transcript", "all")


def main() -> NoReturn:
    """Run the command line; always ends the process with one of the documented exit codes."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the parent process
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    if not sys.stdout.isatty() and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # results, in any locale
    with _interruptible():
        code = _ended(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError as error:
        code = _unwritten(error) or code
    try:
        sys.stderr.flush()
    except OSError:  # output that could not be read is no failure; Python would end with 120 for it
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.exit(code)


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Treat every request to end, of a service that stops or a terminal that closes, as an interrupt."""
    asked = [number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None))]
    changed = [number for number in asked if signal.getsignal(number) is signal.SIG_DFL]
    for number in changed:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in changed:
            signal.signal(number, signal.SIG_DFL)


def _ended(arguments: list[str]) -> int:
    """Run a command and return the exit code."""
    from vidgist.errors import RunError, VidgistError

    gc.set_threshold(10_000, 20, 20)  # imports make objects by the hundred thousand, and no garbage
    try:
        app(args=with_scope(arguments), prog_name="vidgist")
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):  # which typer calls a failure
            return _unwritten(ended.__context__)
        return ended.code if isinstance(ended.code, int) else 0
    except VidgistError as error:
        _complain(str(error), error.hint)
        return 3 if isinstance(error, RunError) else 2
    except (KeyboardInterrupt, EOFError):
        _complain("interrupted; the same command finishes the rest")
        os._exit(130)
    except OSError as error:
        unheard = error.__context__  # a mistake in the arguments, with standard error closed
        return getattr(unheard, "exit_code", 0) or (_unwritten(error) if _has_folder() else 2)
    except Exception as error:  # noqa: BLE001
        _complain(f"a bug: {type(error).__name__}: {error}; please report it")
        return 1
    return 0


def _has_folder() -> bool:
    """Return whether the current folder is there; say so where it is not."""
    try:
        os.getcwd()  # noqa: PTH109 (a Path is not needed)
    except OSError:
        _complain("the current folder is not there any more", "go to another one (cd ~), or name whole paths")
        return False
    return True


def _unwritten(error: OSError) -> int:
    """Return the line for a refusal of the system without a cause: most often a full standard output."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 (nothing is left to flush)
    if isinstance(error, BrokenPipeError):
        return 0
    _complain(f"{error.filename or 'standard output'} cannot be used: {error.strerror or error}")
    return 3


def _complain(message: str, hint: str = "") -> None:
    from vidgist.ui import phrases

    lines = [f"vidgist: {phrases.visible(message)}", *([f"  {phrases.visible(hint)}"] if hint else [])]
    with contextlib.suppress(OSError):
        typer.echo("\n".join(lines), err=True)
        sys.stderr.flush()


def with_scope(arguments: list[str]) -> list[str]:
    """Give ``--fresh`` the scope ``all`` where none follows it; a site has no
    scopes.
    """
    if arguments[:1] == ["site"]:
        return arguments
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--fresh=all" and argument in FRESH:
            joined[-1] = f"--fresh={argument}"
        else:
            joined.append("--fresh=all" if argument == "--fresh" else argument)
    return joined
