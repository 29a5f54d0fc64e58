"""The live display: what came of each item goes by, what is under way stays below with how far the run is."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TextIO

from rich.console import Console, RenderableType
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from vidgist.events import (
    Asking,
    Done,
    Event,
    Failed,
    Listed,
    Notice,
    Paused,
    Report,
    Retrying,
    Started,
    Stopped,
    Working,
)
from vidgist.text import record
from vidgist.ui import phrases
from vidgist.ui.frame import Frame
from vidgist.ui.progress import Flight, Progress

_MOST_SHOWN = 12
_WAITING_SHOWN = 2
"""Items under way that are shown, and of those that wait for a place."""

_OTHER_ROWS = 8
"""Rows of the terminal that items under way leave to what is below and above them."""

_REFRESH_SECONDS = 0.25
_LONG_PAUSE = 5.0
"""Seconds: a shorter pause is shown while it lasts, and leaves no line."""

_BAR = 24
_MARGIN = 2
_TITLE = 90
_STAGE, _STAGE_WIDE = 27, 48
"""Columns for a title at most, and for what is being done with it in a narrow and in a wide terminal."""

_WIDE = 120
_NO_INPUT = "input"
"""The code of what no second try makes an input."""


class Terminal:
    """Shows a run in progress. All output is written under one lock, in one piece."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = Console(file=stream, highlight=False)
        self._frame = Frame(self._console)
        self._clock = clock
        self._progress = Progress(clock)
        self._pause = ("", 0.0)
        self._writing = threading.Lock()
        self._ended = threading.Event()
        self._ticker: threading.Thread | None = None

    def __call__(self, event: Event) -> None:
        with self._writing:
            if self._ended.is_set() and isinstance(event, Working | Asking | Retrying):
                return  # of a call that was abandoned: the run is over
            if isinstance(event, Started):
                self._progress = Progress(self._clock)
            self._progress(event)
            if isinstance(event, Report):
                self._frame.close()
            printed = list(self._lines_of(event))
            if printed:
                self._frame.draw(self._picture(), printed)
            if isinstance(event, Started):
                self._begin()
            elif isinstance(event, Report):
                self._ended.set()
        if isinstance(event, Report) and self._ticker is not None:
            self._ticker.join()

    def _begin(self) -> None:
        self._frame.open()
        self._ended = threading.Event()
        self._ticker = threading.Thread(target=self._tick, args=(self._ended,), daemon=True)
        self._ticker.start()

    def _tick(self, ended: threading.Event) -> None:
        with suppress(OSError):  # the terminal is gone; the next event meets that too
            while not ended.wait(_REFRESH_SECONDS):
                with self._writing:
                    if not ended.is_set():
                        self._frame.draw(self._picture())

    # What goes by

    def _lines_of(self, event: Event) -> Iterator[RenderableType]:
        match event:
            case Done():
                yield from self._done(event)
            case Failed():
                name = phrases.short(phrases.name(event.item, event.title), self._room)
                yield _line("red", "✗", name, phrases.trouble(event))
            case Paused():
                reason = phrases.visible(event.reason)
                self._pause = (reason, self._clock() + event.seconds)
                if event.seconds >= _LONG_PAUSE:
                    yield _line("yellow", "⏸", f"{reason}: waiting {phrases.span(event.seconds)}")
            case Stopped():
                yield _line("bold yellow", "■", phrases.visible(event.reason), phrases.visible(event.hint))
            case Report():
                yield from _closing(event)
                if event.stopped and self._progress.left:
                    yield _line("dim", " ", f"{self._progress.left} left; {phrases.GOES_ON}")
            case _:
                yield from self._remark(event)

    def _remark(self, event: Event) -> Iterator[RenderableType]:
        match event:
            case Started():
                yield _line("dim", " ", phrases.begun(event))
            case Retrying() if not self._progress.shows(event.what):
                yield _line("yellow", "↻", phrases.again(event))
            case Notice():
                yield _line("dim", " ", phrases.visible(event.text))
            case Listed(complete=True):
                yield _line("dim", " ", f"{phrases.short(event.ref)}: {event.count} members")
            case _:
                pass

    @property
    def _room(self) -> int:
        return max(20, self._frame.width - _MARGIN)

    def _done(self, event: Done) -> Iterator[RenderableType]:
        """Yield one line where title and outcome fit beside each other, else two; one
        more for what to know.
        """
        title = phrases.short(event.title, self._room)
        outcome = phrases.outcome(event)
        if phrases.columns(title) + 2 + phrases.columns(outcome) <= self._room:
            yield _line("green", "✓", title, outcome)
        else:
            yield _line("green", "✓", title)
            yield _line("dim", " ", phrases.short(outcome, self._room))
        if event.notices:
            more = f" (and {len(event.notices) - 1} more)" if len(event.notices) > 1 else ""
            first = phrases.short(event.notices[0], self._room - len(more))
            yield _line("yellow", " ", f"{first}{more}")

    # What stays below

    def _picture(self) -> list[RenderableType]:
        under_way, waiting = self._progress.under_way, self._progress.waiting
        most = max(1, min(_MOST_SHOWN, self._frame.height - _OTHER_ROWS))
        shown = [*under_way, *waiting[:_WAITING_SHOWN]][:most]
        lines: list[RenderableType] = [self._row(flight) for flight in shown]
        hidden = len(under_way) + len(waiting) - len(shown)
        if hidden > 0:
            lines.append(Text(f"  and {hidden} more", style="dim"))
        reason, until = self._pause
        left = until - self._clock()
        if left > 0:
            lines.append(self._cut(f"⏸ {reason}: {phrases.span(round(left))} left", "yellow"))
        return [*lines, self._bar(), self._cut(f"  {' · '.join(self._spent())}", "dim")]

    def _row(self, flight: Flight) -> Text:
        """Return the title, the step and its time in one row."""
        now = self._clock()
        elapsed = record.clock(int(now - flight.since)).rjust(7)
        stage = _STAGE_WIDE if self._frame.width >= _WIDE else min(_STAGE, self._frame.width // 3)
        room = min(_TITLE, max(8, self._frame.width - _MARGIN - stage - len(elapsed) - 2))
        title = phrases.short(flight.title, room)
        text = phrases.short(flight.step_text(now), stage)
        row = Text("  ", no_wrap=True)
        row.append(title + " " * (room - phrases.columns(title) + 1))
        row.append(text + " " * (stage - phrases.columns(text) + 1), style="cyan")
        return row.append(elapsed, style="dim")

    def _bar(self) -> RenderableType:
        progress = self._progress
        over = progress.done + progress.failed
        bar = Table.grid(padding=(0, 1))
        bar.add_row(
            "",
            ProgressBar(total=max(progress.expected, 1), completed=over, width=_BAR),
            Text(" · ".join(self._far()), no_wrap=True, overflow="ellipsis"),
        )
        return bar

    def _far(self) -> Iterator[str]:
        progress = self._progress
        if not progress.expected and not progress.is_planned:
            yield "opening the inputs"
            return
        yield f"{progress.done} done"
        if progress.failed:
            yield f"{progress.failed} failed"
        yield f"{progress.left}{'' if progress.is_planned or progress.stopped else '+'} left"
        seconds = progress.seconds_left()
        if seconds is not None and not progress.stopped:
            yield phrases.about(seconds)

    def _spent(self) -> Iterator[str]:
        progress = self._progress
        yield record.clock(int(self._clock() - progress.began))
        if progress.stopped == "interrupted":
            yield phrases.GOES_ON
        if progress.calls:
            yield f"{progress.tokens:,} tokens"
            yield phrases.money(progress.cost)
        if progress.requests:
            yield f"{progress.requests:,} request{'s' if progress.requests > 1 else ''} to sites"

    def _cut(self, text: str, style: str) -> Text:
        """Return one row; its margin stays, which makes a line of no words."""
        return Text(text, style=style, no_wrap=True, overflow="ellipsis")


def _line(style: str, mark: str, head: str, rest: str = "") -> RenderableType:
    """Return a line behind a mark; what does not fit stands below, beside the mark."""
    line = Text(head, style=style)
    if rest:
        line.append(f"{'  ' if head else ''}{rest}", style="dim")
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    grid.add_row(Text(mark, style=style), line)
    return grid


def _closing(report: Report) -> Iterator[RenderableType]:
    if phrases.is_idle(report):
        yield _line("green", " ", phrases.total(report))
        return
    if report.failures:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(justify="right", min_width=4)
        for code, count in report.failures.items():
            grid.add_row(str(count), Text(code, style="red"))
        yield _line("bold", "", "failures")
        yield grid
    yield _line("bold", " ", phrases.total(report))
    if report.failures.keys() - {_NO_INPUT}:
        yield _line("dim", " ", "the same command with --retry-failed tries them again")
