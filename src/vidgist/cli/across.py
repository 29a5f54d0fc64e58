"""``search``, ``ask``, ``digest``, ``mcp``: what is done across all notes of a folder."""

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
