"""A note in the terminal."""

from typing import TextIO

from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from vidgist import drawing, record
from vidgist.models import Note, Point, Summary
from vidgist.ui import words

_WIDEST = 100
_INDENT = (0, 0, 0, 2)


def show(note: Note, stream: TextIO, *, width: int | None = None) -> None:
    """Print the note: header, sections, the map in characters. The transcript stays in the file."""
    console = Console(file=stream, width=width, highlight=False)
    if width is None and console.width > _WIDEST:
        console = Console(file=stream, width=_WIDEST, highlight=False)
    console.print(_header(note))
    summary = note.answer.summary if note.answer else None
    if note.failure is not None:
        console.print(Text(f"{note.failure.code}: {words.visible(note.failure.message)}", style="bold red"))
    elif summary is not None:
        _sections(console, summary)
    elif note.answer is not None:
        console.print(Markdown("\n".join(map(words.visible, note.answer.text.splitlines()))))
    if note.transcript is not None:
        count = len(note.transcript.text.split())
        console.print(
            Text(
                f"\ntranscript: {count:,} words, {note.transcript.language or 'language unknown'}",
                style="dim",
            )
        )


def _header(note: Note) -> Panel:
    head = record.of(note)
    facts = Table.grid(padding=(0, 2))
    rows = (
        ("url", head.url),
        ("duration", head.duration),
        ("channel", note.video.channel if note.video else ""),
        ("published", str(note.video.published or "") if note.video else ""),
        ("model", note.answer.model if note.answer else ""),
        ("made", f"{head.timestamp:%Y-%m-%d %H:%M}"),
    )
    for label, value in rows:
        if value:
            facts.add_row(Text(label, style="dim"), Text(words.visible(value), overflow="fold"))
    return Panel(facts, title=Text(words.visible(head.title), style="bold"), title_align="left")


def _sections(console: Console, summary: Summary) -> None:
    _heading(console, "Core Ideas")
    for point in summary.core_ideas:
        _point(console, point)
    _heading(console, "Conclusion Points")
    _point(console, summary.core_point.model_copy(update={"label": "Core Point"}))
    _point(console, summary.fundamental_point.model_copy(update={"label": "Fundamental Point"}))
    _heading(console, "Overarching Framework")
    for paragraph in record.paragraphs(summary.framework).split("\n\n"):
        console.print(Padding(Text(words.visible(paragraph)), _INDENT))
    _heading(console, "Conceptual Map")
    drawn = drawing.characters(summary.concept_map, width=console.width - 2)
    console.print(Padding(Text(drawn, no_wrap=True), _INDENT))


def _heading(console: Console, text: str) -> None:
    console.print(Text(f"\n{text}", style="bold cyan"))


def _point(console: Console, point: Point) -> None:
    line = Text("• ")
    line.append(f"{words.visible(point.label)}: ", style="bold")
    line.append(words.visible(point.text))
    console.print(Padding(line, _INDENT))
    for evidence in point.evidence:
        time = f"{record.clock(evidence.start)}  " if evidence.start is not None else ""
        console.print(
            Padding(Text(f"{time}“{words.visible(evidence.quote)}”", style="dim italic"), (0, 0, 0, 6))
        )
