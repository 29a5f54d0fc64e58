"""``search``, ``ask``, ``digest``, ``mcp``: what is done across all notes of a folder."""

from pathlib import Path
from typing import Annotated

import typer

from vidgist.cli import app
from vidgist.cli import options as o

Channel = Annotated[
    str,
    typer.Option("--channel", metavar="NAME", help="Only notes of this channel.", show_default=False),
]


@app.command()
def search(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS [NOTES]", help="Words or a question; then the notes folder (notes)."),
    ],
    output: o.Output = None,
    since: o.Since = None,
    channel: Channel = "",
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", help="Passages shown.", min=1, max=1_000)
    ] = 10,
    json: o.Json = False,
) -> None:
    """Find passages in all notes of a folder: titles, ideas and every word said; no model is asked."""
    from vidgist.commands import run as application
    from vidgist.commands import search as command

    settings = application.settings_of({"output": output, "since": since})
    raise typer.Exit(command.run(words, settings, channel=channel, limit=limit, as_json=json))


@app.command()
def ask(
    question: Annotated[
        list[str],
        typer.Argument(metavar="QUESTION [NOTES]", help="A question; then the notes folder (notes)."),
    ],
    output: o.Output = None,
    since: o.Since = None,
    channel: Channel = "",
    follow: Annotated[
        bool, typer.Option("--continue", help="Go on from the last question about this folder.")
    ] = False,
    save: Annotated[
        bool, typer.Option("--save", help="Keep the answer as a note, linked to the blocks it stands on.")
    ] = False,
    state: o.State = None,
    model: o.Model = None,
    base_url: o.BaseUrl = None,
    plain_http: o.PlainHttp = None,
    window: o.Window = None,
    max_cost: o.MaxCost = None,
    max_tokens: o.MaxTokens = None,
    fresh: o.Fresh = None,
    json: o.Json = False,
    quiet: o.Quiet = False,
    json_events: o.JsonEvents = False,
) -> None:
    """Ask all notes of a folder; each sentence of the answer cites passages that were checked to carry it."""
    from vidgist.commands import ask as command
    from vidgist.commands import run as application

    flags = {name: value for name, value in locals().items() if name in application.FLAGS}
    shown = application.Shown(quiet=quiet, json_events=json_events)
    settings = application.settings_of(flags, json_events=json_events)
    raise typer.Exit(
        command.run(
            question,
            settings,
            shown.reporter(),
            channel=channel,
            follow=follow,
            save=save,
            as_json=json,
        )
    )


@app.command()
def digest(
    notes: Annotated[
        Path | None, typer.Argument(metavar="[NOTES]", help="Notes folder (notes).", show_default=False)
    ] = None,
    since: o.Since = None,
    channel: Channel = "",
    playlist: Annotated[
        str,
        typer.Option("--playlist", metavar="NAME", help="Only videos of this playlist.", show_default=False),
    ] = "",
    last_run: Annotated[bool, typer.Option("--last-run", help="Only what the last run made.")] = False,
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Folder (NOTES/_digests); - writes to standard output.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="md,html,json,txt", help="One or more forms.")
    ] = "md",
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help="What it is called.", show_default=False)
    ] = "",
    state: o.State = None,
    model: o.Model = None,
    base_url: o.BaseUrl = None,
    plain_http: o.PlainHttp = None,
    window: o.Window = None,
    jobs: o.Jobs = None,
    max_cost: o.MaxCost = None,
    max_tokens: o.MaxTokens = None,
    batch: o.Batch = None,
    fresh: o.Fresh = None,
    wait: o.Wait = None,
    quiet: o.Quiet = False,
    json_events: o.JsonEvents = False,
) -> None:
    """Make one note of many: themes, agreement, contradiction, and what to watch in 15 minutes."""
    from vidgist.commands import digest as command
    from vidgist.commands import run as application

    flags = {
        name: value for name, value in locals().items() if name in application.FLAGS and name != "output"
    }
    shown = application.Shown(quiet=quiet, json_events=json_events)
    settings = application.settings_of(flags, json_events=json_events)
    raise typer.Exit(
        command.run(
            notes,
            settings,
            shown.reporter(),
            channel=channel,
            playlist=playlist,
            last_run=last_run,
            output=output,
            formats=[one.strip() for one in format_.split(",") if one.strip()],
            title=title,
        )
    )


@app.command()
def mcp(
    notes: Annotated[
        Path | None, typer.Argument(metavar="[NOTES]", help="Notes folder (notes).", show_default=False)
    ] = None,
    summarize: Annotated[
        bool,
        typer.Option(
            "--summarize",
            help="Let agents summarize addresses into the folder, within --max-cost or --max-tokens.",
        ),
    ] = False,
    state: o.State = None,
    model: o.Model = None,
    base_url: o.BaseUrl = None,
    plain_http: o.PlainHttp = None,
    formats: o.Formats = None,
    max_cost: o.MaxCost = None,
    max_tokens: o.MaxTokens = None,
) -> None:
    """Serve the notes of a folder to agents by the Model Context Protocol, over standard input and output."""
    from vidgist.commands import mcp as command
    from vidgist.commands import run as application

    flags = {name: value for name, value in locals().items() if name in application.FLAGS}
    settings = application.settings_of(flags)
    raise typer.Exit(command.run(notes or Path(settings.output), settings, summarize=summarize))
