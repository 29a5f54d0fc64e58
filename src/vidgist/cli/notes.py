"""``show``, ``export``, ``validate``, ``site``: what is done with finished notes."""

from pathlib import Path
from typing import Annotated

import typer

from vidgist.cli import app

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Records (.txt) or .json notes; folders of them.")
]


@app.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A record (.txt) or a .json note.")],
    open_: Annotated[bool, typer.Option("--open", help="Open it as a page in the browser.")] = False,
    width: Annotated[
        int | None, typer.Option("--width", help="Columns (those of the terminal).", min=40)
    ] = None,
) -> None:
    """Show a note in the terminal, its map drawn in characters."""
    import sys

    from vidgist.commands import export
    from vidgist.notes import reading
    from vidgist.ui import view

    note = reading.read(file)
    if open_:
        typer.launch(export.page(note, file.stem))
    else:
        view.show(note, sys.stdout, width=width)


@app.command()
def export(
    files: Files,
    formats: Annotated[
        str, typer.Option("--format", metavar="F,...", help="txt, md, json, html, vtt, svg, png.")
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="DIR", help="Folder (.); - writes to standard output.")
    ] = ".",
) -> None:
    """Write notes in other formats; no model is asked."""
    from vidgist.commands import export
    from vidgist.commands import run as application

    raise typer.Exit(export.export(files, formats, output, application.settings_of({})))


@app.command()
def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Records (.txt); folders of them.")],
) -> None:
    """Check that each file is an exact record with a diagram that parses."""
    from vidgist.commands import export

    raise typer.Exit(export.validate(files))


@app.command()
def site(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A notes folder.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Where to (DIR/_site).")
    ] = None,
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help="What it is called (the folder's name).")
    ] = "",
    base_url: Annotated[
        str,
        typer.Option(
            "--base-url", metavar="URL", help="Where it will be published; the feed's links then lead there."
        ),
    ] = "",
    fresh: Annotated[bool, typer.Option("--fresh", help="Make everything anew.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Make a static, searchable HTML library of a notes folder."""
    from vidgist import site as library

    built = library.build(folder, output, title=title, base=base_url, fresh=fresh)
    typer.echo(built)
    if open_:
        typer.launch(str(built.index))
