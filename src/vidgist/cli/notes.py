"""``show``, ``export``, ``validate``, ``site``: what is done with finished notes."""

from pathlib import Path
from typing import Annotated

import typer

from vidgist.cli import app

Output = Annotated[
    str | None,
    typer.Option(
        "-o", "--output", metavar="DIR", help="Notes folder to look in (that of run).", show_default=False
    ),
]


@app.command()
def show(
    note: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NOTE",
            help="A note's file; a folder (its newest note); an id, a URL or words of the title.",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it as a page in the browser.")] = False,
    width: Annotated[
        int | None, typer.Option("--width", help="Columns (those of the terminal).", min=40)
    ] = None,
) -> None:
    """Show a note in the terminal, its map drawn in characters."""
    import sys

    from vidgist.commands import export, find
    from vidgist.commands import run as application
    from vidgist.ui import view

    place = Path(application.settings_of({"output": output}).output)
    file, found = find.note(" ".join(note or ()), place)
    if open_:
        typer.launch(export.page(found, file.stem))
    else:
        view.show(found, sys.stdout, width=width)


@app.command()
def export(
    formats: Annotated[
        str,
        typer.Option(
            "--format", metavar="F,...", help="One or more of the formats that --format list shows."
        ),
    ],
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="Notes of any format; folders of them.", show_default=False),
    ] = None,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="DIR", help="Folder (.); - writes to standard output.")
    ] = ".",
) -> None:
    """Write notes in other formats; no model is asked."""
    from vidgist.commands import export
    from vidgist.commands import run as application

    raise typer.Exit(export.export(files or [], formats, output, application.settings_of({})))


@app.command()
def validate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Notes of any format; folders of them.")
    ],
) -> None:
    """Check that each note is, or makes, an exact record with a diagram that parses."""
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
    fresh: Annotated[bool, typer.Option("--fresh", help="Rebuild everything.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Make a static, searchable HTML library of a notes folder."""
    from vidgist import site as library
    from vidgist.commands import search_index

    built = library.build(folder, output, title=title, base=base_url, fresh=fresh)
    if built.written >= search_index.FEW:
        search_index.keep(folder)
    typer.echo(built)
    if open_:
        typer.launch(str(built.index))
