"""``prompts``, ``doctor``, ``config``: everything around a run."""

from pathlib import Path
from typing import Annotated

import typer

from vidgist.cli import app
from vidgist.cli import options as o

prompts_app = typer.Typer(help="Prompts: list, show, copy, check.", no_args_is_help=True)
app.add_typer(prompts_app, name="prompts")

Name = Annotated[str, typer.Argument(metavar="NAME")]


@prompts_app.command("list")
def list_prompts() -> None:
    """List each prompt, what it is for and where it lies."""
    import sys

    from vidgist.commands import prompts

    prompts.print_all(sys.stdout)


@prompts_app.command("show")
def show_prompt(name: Name) -> None:
    """Print a prompt file."""
    from vidgist.commands import prompts

    typer.echo(prompts.text(name), nl=False)


@prompts_app.command("copy")
def copy_prompt(name: Name) -> None:
    """Copy a prompt to your own folder, to change it there."""
    from vidgist.commands import prompts

    typer.echo(prompts.copy(name))


@prompts_app.command("check")
def check_prompt(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Check a prompt file."""
    from vidgist.commands import prompts

    typer.echo(f"{file}: ok, {prompts.checked(file)}")


@app.command()
def doctor(
    wanted: Annotated[
        list[str] | None, typer.Argument(metavar="INPUT", help="What the next run is to do.")
    ] = None,
    output: o.Output = None,
    model: o.Model = None,
    base_url: o.BaseUrl = None,
    plain_http: o.PlainHttp = None,
    prompt: o.Prompt = None,
    window: o.Window = None,
    proxy: o.Proxy = None,
    cookies: o.Cookies = None,
    state: o.State = None,
    network: Annotated[
        bool, typer.Option("--network/--no-network", help="Ask the model's server and YouTube (yes).")
    ] = True,
) -> None:
    """Say what works here and what does not; nothing is spent, and each server has five seconds.

    Ends with 1 where the next run would fail: one over these inputs or, without any, over the same kinds as
    are in the notes folder.
    """
    import sys

    from vidgist.commands import doctor as examination
    from vidgist.commands import run as application
    from vidgist.ui import columns

    signs = {True: "ok  ", False: "BAD ", None: "    "}
    healthy = True
    flags = {
        "output": output,
        "model": model,
        "base_url": base_url,
        "plain_http": plain_http,
        "prompt": prompt,
        "window": window,
        "proxy": proxy,
        "cookies": cookies,
        "state": state,
    }
    for finding in examination.examine(application.settings_of(flags), wanted or (), network=network):
        healthy = healthy and finding.good is not False
        head = f"{signs[finding.good]}{finding.subject:24}"
        print(columns.hang(head, finding.text, sys.stdout))
    raise typer.Exit(0 if healthy else 1)


@app.command()
def trust(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder (the current one).")] = Path(),
    forget: Annotated[bool, typer.Option("--forget", help="Trust it no longer.")] = False,
) -> None:
    """Let a folder's vidgist.toml and prompts do all they say, until they change.

    Read them first: they can name the server that your key and transcripts go to, and commands to run.
    """
    from vidgist.config import trust as trusting

    if forget:
        was = trusting.forget(folder)
        typer.echo(f"{folder.resolve()}: {'no longer trusted' if was else 'was not trusted'}")
        return
    files = trusting.trust(folder)
    typer.echo(f"{folder.resolve()}: trusted, as it is now")
    for path in files:
        typer.echo(f"  {path}")
    if not files:
        typer.echo(f"  it has no {trusting.PROJECT_FILE} and no prompts: nothing changes")


config_app = typer.Typer(help="Print each setting, its value and where it came from.")
app.add_typer(config_app, name="config", invoke_without_command=True)


@config_app.callback()
def config(
    ctx: typer.Context,
    path: Annotated[bool, typer.Option("--path", help="Print where your settings file is.")] = False,
    profile: o.Profile = "",
    json: o.Json = False,
) -> None:
    """Print each setting, its value and where it came from."""
    from vidgist import config as settings
    from vidgist.commands import plugins

    if ctx.invoked_subcommand is not None:
        return
    if path:
        typer.echo(settings.user_folder() / "config.toml")
        return
    loaded = settings.load(
        {}, environ=settings.environment(), folder=settings.current_folder(), profile=profile
    )
    current, origins = settings.public(loaded.settings), loaded.origins
    for notice in loaded.notices:
        typer.echo(f"vidgist: {notice}", err=True)
    if json:
        typer.echo(current.model_dump_json(indent=2))
        return
    for name, value in current.model_dump(mode="json", exclude={"plugins"}).items():
        shown = ",".join(value) if isinstance(value, list) else "" if value is None else str(value)
        typer.echo(f"{name:20}{shown:40}{origins[name]}")
    offered = plugins.offered()
    typer.echo(f"{'plugins':20}{offered:39} {origins['plugins']}")


@config_app.command("init")
def init_config(
    project: Annotated[
        bool, typer.Option("--project", help="Write vidgist.toml of the current folder instead of your own.")
    ] = False,
) -> None:
    """Write a settings file with every setting as a comment; one that is there stays."""
    from vidgist import config as settings
    from vidgist.config import starter_file

    path = Path(settings.PROJECT_FILE) if project else settings.user_folder(write=True) / "config.toml"
    typer.echo(starter_file.write(path))
