"""The live display: a bar for the batch, a line for each item in flight, a closing table."""

import threading
import time
from contextlib import suppress
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from vidgist.events import (
    Done,
    Event,
    Failed,
    Listed,
    Notice,
    Paused,
    Report,
    Retrying,
    Skipped,
    Started,
    Stopped,
    Working,
)
from vidgist.models import Item
from vidgist.ui import phrases

_STAGES = {"fetch": "fetching", "summarize": "thinking"}
_IN_FLIGHT_SHOWN = 12
_REFRESH_SECONDS = 0.125
_NO_INPUT = "input"
"""The code of what no second try makes an input."""


class Terminal:
    """Shows a run as it goes. Finished items scroll away above, what is under way stays below.

    Whatever is written is written under one lock: rich's own thread would draw the lower part anew between
    another's finding its place and writing there.
    """

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, highlight=False)
        self._in_flight: dict[tuple[str, str], tuple[str, str, float]] = {}
        self._expected = self._over = 0
        self._waiting = ("", 0.0)
        self._began = time.monotonic()
        self._spinner = Spinner("dots", style="cyan")
        self._live = Live(
            get_renderable=self._picture, console=self._console, auto_refresh=False, transient=True
        )
        self._writing = threading.Lock()
        self._ended = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __call__(self, event: Event) -> None:
        with self._writing:
            self._show(event)
        if isinstance(event, Report) and self._ticker.is_alive():
            self._ended.set()
            self._ticker.join()

    def _tick(self) -> None:
        with suppress(OSError):  # the terminal is gone: whoever tells of an event will meet that too
            while not self._ended.wait(_REFRESH_SECONDS):
                with self._writing:
                    self._live.refresh()

    def _show(self, event: Event) -> None:
        match event:
            case Started():
                self._say("dim", " ", phrases.begun(event))
                self._live.start()
                self._ticker.start()
            case Working(stage="wait"):
                put_back = self._in_flight.pop((event.item.source, event.item.id), None)
                self._expected += put_back is None
            case Working():
                self._enter(event)
            case Done():
                self._leave(event.item)
                self._say("green", "✓", phrases.short(event.title), phrases.outcome(event))
                for notice in event.notices:
                    self._say("yellow", " ", phrases.visible(notice))
            case Failed():
                self._leave(event.item)
                self._say(
                    "red", "✗", phrases.short(phrases.name(event.item, event.title)), phrases.trouble(event)
                )
            case Skipped(why="left" | "waiting"):
                self._leave(event.item)
            case Report():
                self._live.stop()
                self._close(event)
            case _:
                self._remark(event)

    def _remark(self, event: Event) -> None:
        match event:
            case Retrying():
                self._say("yellow", "↻", phrases.again(event))
            case Paused():
                self._waiting = (phrases.visible(event.reason), time.monotonic() + event.seconds)
                self._say(
                    "yellow", "⏸", f"{phrases.visible(event.reason)}: waiting {phrases.span(event.seconds)}"
                )
            case Notice():
                self._say("dim", " ", phrases.visible(event.text))
            case Stopped():
                self._say("bold yellow", "■", phrases.visible(event.reason), phrases.visible(event.hint))
            case Listed(complete=True):
                self._say("dim", " ", f"{phrases.short(event.ref)}: {event.count} members")
            case _:
                pass

    def _say(self, style: str, mark: str, head: str, rest: str = "") -> None:
        """A line behind a mark; what does not fit stands below, beside the mark."""
        line = Text(head, style=style)
        if rest:
            line.append(f"{'  ' if head else ''}{rest}", style="dim")
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=1)
        grid.add_column(overflow="fold")
        grid.add_row(Text(mark, style=style), line)
        self._console.print(grid)

    def _enter(self, event: Working) -> None:
        key = event.item.source, event.item.id
        self._in_flight[key] = (_STAGES[event.stage], phrases.name(event.item), time.monotonic())

    def _leave(self, item: Item) -> None:
        self._in_flight.pop((item.source, item.id), None)
        self._over += 1

    def _picture(self) -> RenderableType:
        now = time.monotonic()
        rows: list[RenderableType] = []
        grid = Table.grid(padding=(0, 1))
        for stage, title, since in list(self._in_flight.values())[:_IN_FLIGHT_SHOWN]:
            grid.add_row(
                self._spinner,
                Text(stage, style="cyan"),
                Text(phrases.short(title, max(20, self._console.width - 30)), no_wrap=True),
                Text(phrases.span(now - since), style="dim"),
            )
        rows.append(grid)
        hidden = len(self._in_flight) - _IN_FLIGHT_SHOWN
        if hidden > 0:
            rows.append(Text(f"  and {hidden} more", style="dim"))
        reason, until = self._waiting
        if until > now:
            rows.append(Text(f"⏸ {reason}: {phrases.span(until - now)} left", style="yellow"))
        expected = max(self._expected, self._over)
        bar = Table.grid(padding=(0, 1))
        bar.add_row(
            ProgressBar(total=max(expected, 1), completed=self._over, width=30),
            Text(f"{self._over}/{expected}"),
            Text(phrases.span(now - self._began), style="dim"),
        )
        rows.append(bar)
        return Group(*rows)

    def _close(self, report: Report) -> None:
        if phrases.is_idle(report):
            self._say("green", " ", phrases.total(report))
            return
        if report.failures:
            grid = Table.grid(padding=(0, 1))
            grid.add_column(justify="right", min_width=4)
            for code, count in report.failures.items():
                grid.add_row(str(count), Text(code, style="red"))
            self._say("bold", "", "failures")
            self._console.print(grid)
        self._say("bold", " ", phrases.total(report))
        if report.failures.keys() - {_NO_INPUT}:
            self._say("dim", " ", "the same command with --retry-failed tries them again")
