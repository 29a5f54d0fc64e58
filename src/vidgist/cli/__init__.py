"""The command line: flags to settings, one call each, an exit code. No logic, and the only user of typer.

Whatever a command needs is imported when it runs, so that ``--help`` costs nothing.
"""

import gc
import os
import sys
from typing import Annotated, NoReturn

import typer

from vidgist import __version__

app = typer.Typer(
    name="vidgist",
    help="Video transcripts in, exact notes out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich" if sys.stdout.isatty() else None,
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
from vidgist.cli import notes, setup  # noqa: E402, F401

FRESH = ("summary", "transcript", "all")


def main() -> NoReturn:
    """Run the command line; always ends the process with one of the documented exit codes."""
    from vidgist.errors import RunError, VidgistError

    gc.set_threshold(10_000, 20, 20)  # imports make objects by the hundred thousand, and no garbage
    try:
        app(args=with_scope(sys.argv[1:]), prog_name="vidgist")
    except VidgistError as error:
        hint = f"\n  {error.hint}" if error.hint else ""
        typer.echo(f"vidgist: {error}{hint}", err=True)
        sys.exit(3 if isinstance(error, RunError) else 2)
    except (KeyboardInterrupt, EOFError):
        typer.echo("vidgist: interrupted; the same command finishes the rest", err=True)
        sys.stderr.flush()
        os._exit(130)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        sys.exit(0)
    except Exception as error:  # noqa: BLE001
        typer.echo(f"vidgist: a bug: {type(error).__name__}: {error}; please report it", err=True)
        sys.exit(1)
    sys.exit(0)


def with_scope(arguments: list[str]) -> list[str]:
    """``--fresh`` takes a scope where one follows it, and means all where none does; a site has no scopes."""
    if arguments[:1] == ["site"]:
        return arguments
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--fresh=all" and argument in FRESH:
            joined[-1] = f"--fresh={argument}"
        else:
            joined.append("--fresh=all" if argument == "--fresh" else argument)
    return joined
