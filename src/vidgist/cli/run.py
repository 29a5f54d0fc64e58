"""``run``, ``fetch``, ``collect``, ``status``."""

from typing import Annotated

import typer

from vidgist.cli import app, group
from vidgist.cli import options as o


@app.command(cls=group.RunCommand)
def run(
    inputs: o.Inputs = None,
    from_file: o.FromFile = None,
    profile: o.Profile = "",
    output: o.Output = None,
    formats: o.Formats = None,
    failed_records: o.FailedRecords = None,
    wikilinks: o.Wikilinks = None,
    name_template: o.NameTemplate = None,
    index_notes: o.IndexNotes = None,
    state: o.State = None,
    model: o.Model = None,
    base_url: o.BaseUrl = None,
    plain_http: o.PlainHttp = None,
    prompt: o.Prompt = None,
    language: o.Language = None,
    window: o.Window = None,
    jobs: o.Jobs = None,
    timeout: o.Timeout = None,
    max_cost: o.MaxCost = None,
    max_tokens: o.MaxTokens = None,
    batch: o.Batch = None,
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
    seed_only: o.SeedOnly = None,
    fresh: o.Fresh = None,
    retry_failed: o.RetryFailed = None,
    dry_run: o.DryRun = None,
    digest: o.DigestToo = False,
    notify: o.Notify = None,
    wait: o.Wait = None,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
    json_events: o.JsonEvents = False,
) -> None:
    """Summarize videos and transcripts, one record each."""
    from vidgist.commands import run as application

    flags = {name: value for name, value in locals().items() if name in application.FLAGS}
    shown = application.Shown(quiet=quiet, verbose=verbose, json_events=json_events)
    raise typer.Exit(application.run(inputs or [], from_file, flags, shown, digest=digest, profile=profile))


@app.command()
def fetch(
    inputs: o.Inputs = None,
    from_file: o.FromFile = None,
    profile: o.Profile = "",
    output: o.Output = None,
    formats: o.Formats = None,
    state: o.State = None,
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
    retry_failed: o.RetryFailed = None,
    wait: o.Wait = None,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
    json_events: o.JsonEvents = False,
) -> None:
    """Fetch transcripts into the memory, and with -o as files (vtt); no model is asked."""
    from vidgist.commands import run as application

    flags = {name: value for name, value in locals().items() if name in application.FLAGS}
    shown = application.Shown(quiet=quiet, verbose=verbose, json_events=json_events)
    raise typer.Exit(application.fetch(inputs or [], from_file, flags, shown, profile=profile))


@app.command()
def collect(
    state: o.State = None,
    poll: Annotated[
        float | None,
        typer.Option(
            "--poll", metavar="SECONDS", help="Look again until no batch is open.", show_default=False
        ),
    ] = None,
    wait: o.Wait = None,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
    json_events: o.JsonEvents = False,
) -> None:
    """Pick up what batches have answered, and finish the items that waited for it."""
    from vidgist.commands import run as application

    shown = application.Shown(quiet=quiet, verbose=verbose, json_events=json_events)
    raise typer.Exit(application.collect({"state": state, "wait": wait}, shown, poll=poll))


@app.command()
def status(
    last: Annotated[bool, typer.Option("--last", help="What the last run did, item by item.")] = False,
    forget: Annotated[
        str,
        typer.Option(
            "--forget",
            metavar="INPUT|ID",
            help="Forget a failure, and delete its failed record.",
            show_default=False,
        ),
    ] = "",
    state: o.State = None,
    json: o.Json = False,
) -> None:
    """Show past runs, failures by code, tokens and cost."""
    from vidgist.commands import run as application

    raise typer.Exit(application.status({"state": state}, as_json=json, last=last, forget=forget))
