"""A note in the terminal."""

from io import TextIOWrapper
from typing import TextIO

from rich.console import Console, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from vidgist import drawing
from vidgist.models import ConceptMap, Note, Point, Summary
from vidgist.text import record
from vidgist.ui import phrases

_WIDEST = 100
_INDENT = (0, 0, 0, 2)


def show(note: Note, stream: TextIO, *, width: int | None = None) -> None:
    """Print the note: header, sections, the map in characters. The transcript stays in the file.

    Text keeps to a hundred columns where ``width`` is None; a map has all that the terminal has. What the
    stream's encoding lacks becomes a question mark, and a map is then drawn in ASCII.
    """
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="replace")
    console = Console(file=stream, width=width, highlight=False)
    room = console.width
    if width is None:
        console = Console(file=stream, width=min(room, _WIDEST), highlight=False)
    console.print(_header(note))
    summary = note.answer.summary if note.answer else None
    if note.failure is not None:
        console.print(Text(f"{note.failure.code}: {phrases.visible(note.failure.message)}", style="bold red"))
    elif summary is not None:
        _sections(console, summary)
        _heading(console, "Conceptual Map")
        _map(console, summary.concept_map, room)
    elif note.answer is not None:
        console.print(Markdown("\n".join(map(phrases.visible, note.answer.text.splitlines()))))
    if note.transcript is not None:
        count = len(note.transcript.text.split())
        language = phrases.visible(note.transcript.language) or "language unknown"
        console.print(Text(f"\ntranscript: {count:,} words, {language}", style="dim"))


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
            facts.add_row(Text(label, style="dim"), Text(phrases.visible(value), overflow="fold"))
    return Panel(facts, title=Text(phrases.visible(head.title), style="bold"), title_align="left")


def _sections(console: Console, summary: Summary) -> None:
    _heading(console, "Core Ideas")
    for point in summary.core_ideas:
        _point(console, point)
    _heading(console, "Conclusion Points")
    _point(console, summary.core_point.model_copy(update={"label": "Core Point"}))
    _point(console, summary.fundamental_point.model_copy(update={"label": "Fundamental Point"}))
    _heading(console, "Overarching Framework")
    for paragraph in record.paragraphs(summary.framework).split("\n\n"):
        console.print(Padding(Text(phrases.visible(paragraph)), _INDENT))


def _map(console: Console, concept_map: ConceptMap, room: int) -> None:
    drawn = drawing.characters(concept_map, room - _INDENT[-1], ascii_only=_is_plain(console))
    for line in drawn.splitlines():
        console.print(Text(f"{' ' * _INDENT[-1]}{line}"), soft_wrap=True)


def _is_plain(console: Console) -> bool:
    return not console.encoding.lower().startswith("utf")


def _heading(console: Console, text: str) -> None:
    console.print(Text(f"\n{text}", style="bold cyan"))


def _point(console: Console, point: Point) -> None:
    """Print the point behind its bullet, its quotes behind their times, further lines indented."""
    bullet, opening, closing = ("*", '"', '"') if _is_plain(console) else ("•", "“", "”")
    said = Text(f"{phrases.visible(point.label)}: ", style="bold")
    said.append(phrases.visible(point.text), style="not bold")
    rows: list[RenderableType] = [said]
    if point.evidence:
        quotes = Table.grid(padding=(0, 2))
        for evidence in point.evidence:
            time = record.clock(evidence.start) if evidence.start is not None else ""
            quote = f"{opening}{phrases.visible(evidence.quote)}{closing}"
            quotes.add_row(Text(time, style="dim"), Text(quote, style="dim italic"))
        rows.append(quotes)
    grid = Table.grid(padding=(0, 1))
    for number, row in enumerate(rows):
        grid.add_row("" if number else bullet, row)
    console.print(Padding(grid, _INDENT))
