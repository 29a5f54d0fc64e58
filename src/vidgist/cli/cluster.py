"""``cluster``: the same work on many machines."""

import sys
from types import ModuleType
from typing import Annotated, Literal

import typer

from vidgist.cli import app
from vidgist.cli import options as o

cluster = typer.Typer(
    no_args_is_help=True, help="Many machines: enqueue, work, status, drop (needs PostgreSQL)."
)
app.add_typer(cluster, name="cluster")

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="postgresql://user@host/name (VIDGIST_DATABASE); the password from PGPASSWORD.",
        show_default=False,
    ),
]


def _commands() -> ModuleType:
    """Return the commands. Raises `ConfigError` where their libraries are not installed."""
    try:
        from vidgist.commands import cluster as commands
    except ModuleNotFoundError as error:
        from vidgist.errors import ConfigError, from_checkout

        raise ConfigError(
            f"vidgist cluster needs an extra: {error.name} is not installed",
            hint=from_checkout("cluster"),
        ) from None
    return commands


@cluster.command()
def enqueue(
    inputs: o.Inputs = None,
    from_file: o.FromFile = None,
    profile: o.Profile = "",
    database: Database = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Notes folder that all machines see (notes), or s3://bucket/prefix.",
            show_default=False,
        ),
    ] = None,
    formats: o.Formats = None,
    failed_records: o.FailedRecords = None,
    wikilinks: o.Wikilinks = None,
    name_template: o.NameTemplate = None,
    state: o.State = None,
    model: o.Model = None,
    base_url: o.BaseUrl = None,
    prompt: o.Prompt = None,
    language: o.Language = None,
    window: o.Window = None,
    in_flight: Annotated[
        int | None,
        typer.Option(
            "--in-flight",
            metavar="N",
            min=1,
            help="LLM calls in flight at one server, of all workers together.",
            show_default=False,
        ),
    ] = None,
    max_cost: o.MaxCost = None,
    max_tokens: o.MaxTokens = None,
    captions: o.Captions = None,
    pace: o.Pace = None,
    block_wait: o.BlockWait = None,
    proxy: o.Proxy = None,
    cookies: o.Cookies = None,
    cookies_from_browser: o.CookiesFromBrowser = None,
    transcribe: o.Transcribe = None,
    asr_model: o.AsrModel = None,
    limit: o.Limit = None,
    since: o.Since = None,
    newest_first: o.NewestFirst = None,
    fresh: o.Fresh = None,
    batch: Annotated[bool | None, typer.Option("--batch/--no-batch", hidden=True)] = None,
    retry_failed: o.RetryFailed = None,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
    json_events: o.JsonEvents = False,
) -> None:
    """Queue inputs; bounds hold for all workers together."""
    from vidgist.commands import run as application

    flags = {name: value for name, value in locals().items() if name in application.FLAGS}
    shown = application.Shown(quiet=quiet, verbose=verbose, json_events=json_events)
    raise typer.Exit(
        _commands().enqueue(
            inputs or [], from_file, flags, shown, url=database, in_flight=in_flight, profile=profile
        )
    )


@cluster.command()
def work(
    profile: o.Profile = "",
    database: Database = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Where this machine sees the notes folder, if not where it was enqueued.",
            show_default=False,
        ),
    ] = None,
    state: o.State = None,
    jobs: o.Jobs = None,
    pace: o.Pace = None,
    block_wait: o.BlockWait = None,
    proxy: o.Proxy = None,
    cookies: o.Cookies = None,
    cookies_from_browser: o.CookiesFromBrowser = None,
    only: Annotated[
        Literal["fetch", "summarize"] | None,
        typer.Option("--only", help="Only fetch, or only summarize.", show_default=False),
    ] = None,
    stay: Annotated[bool, typer.Option("--stay", help="Wait for more when the queue is empty.")] = False,
    wait: o.Wait = None,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
    json_events: o.JsonEvents = False,
) -> None:
    """Do what is queued, at this machine's own pace."""
    from vidgist.commands import run as application

    wanted = {"state": state, "jobs": jobs, "pace": pace, "block_wait": block_wait, "proxy": proxy}
    flags = {
        **wanted,
        "cookies": cookies,
        "cookies_from_browser": cookies_from_browser,
        "wait": wait,
    }
    shown = application.Shown(quiet=quiet, verbose=verbose, json_events=json_events)
    raise typer.Exit(
        _commands().work(flags, shown, url=database, at=output, only=only, stay=stay, profile=profile)
    )


@cluster.command()
def status(database: Database = None, json: o.Json = False) -> None:
    """Show what waits, is done, and has cost."""
    raise typer.Exit(_commands().status(database, sys.stdout, as_json=json))


@cluster.command()
def drop(
    order: Annotated[str, typer.Argument(metavar="ORDER", help="As vidgist cluster status names it.")],
    database: Database = None,
) -> None:
    """Take what waits of an order out of the queue."""
    raise typer.Exit(_commands().drop(database, order, sys.stdout))
