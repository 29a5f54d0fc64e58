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
