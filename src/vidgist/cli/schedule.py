"""``schedule``: runs at night, each with a name."""

from typing import TYPE_CHECKING, Annotated

import typer

from vidgist.cli import app
from vidgist.cli import options as o

if TYPE_CHECKING:
    from vidgist.commands.schedule import Place

schedule_app = typer.Typer(
    help="Runs at night, each with a name: print, install, list, run, remove.", no_args_is_help=True
)
app.add_typer(schedule_app, name="schedule")

_FLAGS_OF_A_RUN = {"ignore_unknown_options": True}
"""What is no option here is one of ``run``, which refuses what is none there either."""

At = Annotated[str, typer.Option("--at", metavar="HH:MM", help="When; also 'mon,thu 02:30'.")]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="systemd|cron|launchd|windows|github",
        help="Which scheduler (that of this machine).",
        show_default=False,
    ),
]
Called = Annotated[
    str, typer.Option("--name", metavar="NAME", help="What to call it; each name is a schedule of its own.")
]
Arguments = Annotated[
    list[str], typer.Argument(metavar="RUN ARGUMENTS...", help="What vidgist run is given.")
]


def _named(incomplete: str) -> list[str]:
    from vidgist.commands.schedule import installed

    return [one.name for one in installed.everything(_place()) if one.name.startswith(incomplete)]


Name = Annotated[
    str | None,
    typer.Argument(metavar="[NAME]", help="Which (the only one).", show_default=False, autocompletion=_named),
]


def _place(name: str = "nightly") -> "Place":
    from vidgist import config
    from vidgist.commands import schedule

    return schedule.Place.here(config.environment(), name)


def _run_arguments(arguments: list[str], kind: str, place: "Place") -> tuple[str, ...]:
    """Return what ``run`` takes, with or without its name before it; mistakes are reported now.

    The model is named in them, so that each night uses the same one; a missing key is reported.
    """
    from vidgist import config
    from vidgist.commands.schedule import installed, model_pin

    given = arguments[1:] if arguments[0] == "run" else arguments
    taken = typer.main.get_group(app).commands["run"].make_context("run", list(given)).params
    if kind == "github":  # its keys are secrets of the repository
        return tuple(given)
    environ = {**config.environment(), **installed.variables(place.variables)}
    flags = {name: taken.get(name) for name in ("model", "base_url")}
    loaded = config.load(flags, environ=environ, folder=place.folder)
    words = model_pin.pinned(given, loaded.settings, loaded.origins, environ)
    model = loaded.settings.model or words[words.index("--model") + 1]
    missing = model_pin.missing_key(model, loaded.settings, place)
    if missing:
        typer.echo(f"vidgist: {missing}", err=True)
    return words


@schedule_app.command("print", context_settings=_FLAGS_OF_A_RUN)
def print_schedule(
    arguments: Arguments, at: At = "02:30", name: Called = "nightly", kind: Kind = None
) -> None:
    """Show what would be written and the commands to start it."""
    from vidgist.commands import schedule
    from vidgist.commands.schedule import programs, values

    place, kind = _place(name), kind or schedule.detect()
    planned = schedule.plan(kind, at, _run_arguments(arguments, kind, place), place)
    typer.echo(schedule.show(planned), nl=False)
    fault = programs.in_cache(values.program(place)) if kind != "github" else ""
    if fault:
        typer.echo(f"vidgist: {fault}; schedule install refuses it", err=True)


@schedule_app.command("install", context_settings=_FLAGS_OF_A_RUN)
def install_schedule(
    arguments: Arguments,
    at: At = "02:30",
    name: Called = "nightly",
    kind: Kind = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="In place of the schedule that has the name now.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show what will be written, ask, then write it."""
    from vidgist import config
    from vidgist.commands import schedule
    from vidgist.commands.schedule import installed, programs, values

    place, kind = _place(name), kind or schedule.detect()
    given = _run_arguments(arguments, kind, place)
    planned = schedule.plan(kind, at, given, place)
    if not replace:
        installed.check_free(place, planned.kind, at, given)
    programs.check(values.program(place), config.environment())
    typer.echo(schedule.show(planned), nl=False)
    if not yes:
        typer.confirm("Write this?", abort=True, err=True)
    before = installed.find(place)
    if before and before.kind != planned.kind:
        for line in schedule.remove(before.kind, place):
            typer.echo(line)
    for line in schedule.install(planned, place):
        typer.echo(line)
    installed.keep(place, planned.kind, at, given)


@schedule_app.command("list")
def list_schedules(json: o.Json = False) -> None:
    """List each schedule: its name, when, where and what it runs."""
    import json as encoding
    import shlex

    from vidgist.commands.schedule import installed

    found = installed.everything(_place())
    if json:
        typer.echo(
            encoding.dumps([one.model_dump(mode="json") for one in found], ensure_ascii=False, indent=2)
        )
        return
    for one in found:
        typer.echo(f"{one.name:16}{one.at:16}{one.kind:10}{one.folder}")
        typer.echo(f"{'':16}vidgist run {shlex.join(one.arguments)}")
    if not found:
        typer.echo("no schedule is installed; vidgist schedule install makes one", err=True)


@schedule_app.command("run")
def run_schedule(name: Name = None) -> None:
    """Run a schedule now, as it runs at night: its folder, its arguments, its file of variables."""
    from vidgist import config
    from vidgist.commands.schedule import installed
    from vidgist.errors import ConfigError

    place = _place(name or "nightly")
    known = installed.find(place) if name else installed.only(place)
    if known is None:
        what = f"no schedule is called {name}" if name else "no schedule is installed"
        raise ConfigError(what, hint="vidgist schedule list shows them")
    raise typer.Exit(installed.try_now(known, place, config.environment(), installed.start))


@schedule_app.command("remove")
def remove_schedule(name: Name = None, kind: Kind = None) -> None:
    """Take an installed schedule away."""
    from vidgist.commands import schedule
    from vidgist.commands.schedule import installed
    from vidgist.errors import SetupError

    known = installed.find(_place(name)) if name else installed.only(_place())
    place = _place(known.name if known else name or "nightly")
    try:
        done = schedule.remove(kind or (known.kind if known else schedule.detect()), place)
    except SetupError:
        if known or kind:
            raise
        done = ()  # nor does a scheduler that is not there have one
    installed.forget(place)
    for line in done:
        typer.echo(line)
    if not done:
        typer.echo(f"there was no schedule {place.name}", err=True)
