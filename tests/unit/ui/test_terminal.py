"""The live display: true at any moment, in place, and without a blank between two pictures."""

import threading

import pytest
from rich.console import RenderableType

from tests.doubles.parts import item
from tests.doubles.screen import Screen
from vidgist.events import (
    Asking,
    Done,
    Event,
    Failed,
    Notice,
    Paused,
    Planned,
    Report,
    Retrying,
    Skipped,
    Started,
    Stopped,
    Working,
)
from vidgist.models import Failure, Item, Usage, Video
from vidgist.ui.terminal import Terminal

STARTED = Started(run="r", model="m", output="/notes")
FAILURE = Failure(stage="fetch", code="private", message="it is private")


class Watched:
    """A display whose clock and ticks are the test's."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, columns: int = 80, rows: int = 24) -> None:
        self.columns = columns
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("LINES", str(rows))
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setattr(Terminal, "_tick", lambda *_: None)
        self.now = 1_000.0
        self.screen = Screen()
        self.show = Terminal(self.screen, lambda: self.now)
        self.show(STARTED)

    def tell(self, *events: Event, after: float = 0.0) -> list[str]:
        """The screen once these have happened and the display was drawn."""
        self.now += after
        for event in events:
            self.show(event)
        self.show._frame.draw(self.show._picture())
        return self.screen.shown

    def below(self) -> list[str]:
        """The lines that change, without what went by."""
        return self.screen.shown[-1 - len(self.show._frame._lines) : -1]


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    return Watched(monkeypatch)


def _listed(number: int, seconds: float | None = None, title: str = "") -> Item:
    return item(number, video=Video(title=title or f"Talk {number}", seconds=seconds))


def test_an_item_is_called_by_its_title_as_soon_as_that_is_known(watched: Watched) -> None:
    watched.tell(Working(item=item(1), stage="wait"), Working(item=item(1), stage="fetch", requests=1))
    assert watched.below()[0].split() == ["https://site.example/1", "fetching", "0:00"]
    watched.tell(Working(item=item(1), stage="ready", title="Kettles", requests=2), after=3)
    assert watched.below()[0].split() == ["Kettles", "waiting", "for", "a", "place", "0:00"]
    watched.tell(Working(item=item(1), stage="summarize"))
    assert watched.below()[0].split() == ["Kettles", "summarizing", "0:00"]
    assert watched.below()[-1] == "  0:03 · 2 requests to sites"


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([Asking(what="Kettles", stage="wait")], "waiting for a place"),
        ([Asking(what="Kettles", stage="ask")], "asking"),
        ([Asking(what=f"Kettles, part {n}", stage="ask") for n in (1, 2)], "asking, 2 parts"),
        ([Asking(what="Kettles", stage="write", tokens=1312, rate=41.4)], "1,312 tokens written, 41/s"),
        ([Asking(what="Kettles", stage="write", tokens=312)], "312 tokens written"),
        ([Asking(what="Kettles", stage="ask"), Asking(what="Kettles", stage="over")], "summarizing"),
        ([Retrying(what="Kettles", reason="503", seconds=4)], "again in 4 s: 503"),
        ([Asking(what="Rafts", stage="ask")], "summarizing"),
    ],
)
def test_what_is_done_with_an_item_is_told_as_it_is(watched: Watched, events: list[Event], told: str) -> None:
    watched.tell(Working(item=item(1), stage="summarize", title="Kettles"), *events)
    assert " ".join(watched.below()[0].split()) == f"Kettles {told} 0:00"


def test_the_call_of_one_talk_is_not_shown_at_another_whose_title_begins_alike(watched: Watched) -> None:
    watched.tell(
        Working(item=item(1), stage="summarize", title="Bread"),
        Working(item=item(2), stage="summarize", title="Bread, again"),
        Asking(what="Bread, again, part 2", stage="ask"),
    )
    assert [" ".join(line.split()) for line in watched.below()[:2]] == [
        "Bread summarizing 0:00",
        "Bread, again asking 0:00",
    ]


def test_talks_of_one_title_each_have_their_own_call(watched: Watched) -> None:
    same = [Working(item=item(number), stage="summarize", title="Weekly notes") for number in (1, 2)]
    watched.tell(*same, *[Asking(what="Weekly notes", stage="wait")] * 2)
    assert [line.split()[2] for line in watched.below()[:2]] == ["waiting", "waiting"]


def test_a_recording_is_listened_to(watched: Watched) -> None:
    watched.tell(Working(item=item(1, recording=True), stage="fetch"))
    assert "listening" in watched.below()[0]


def test_what_is_done_failed_and_left_is_counted_with_what_it_took(watched: Watched) -> None:
    items = [_listed(number) for number in range(1, 7)]
    watched.tell(*(Working(item=one, stage="wait") for one in items))
    assert "0 done · 6+ left" in watched.below()[0]
    used = Usage(input_tokens=1_000, output_tokens=234, calls=1)
    watched.tell(
        Planned(count=6),
        Asking(what="Talk 1", stage="over", usage=used, cost=0.0123),
        Done(item=items[0], title="Talk 1"),
        Failed(item=items[1], title="Talk 2", failure=FAILURE),
        after=60,
    )
    assert "1 done · 1 failed · 4 left · about 4 min left" in watched.below()[0]
    assert watched.below()[1] == "  1:00 · 1,234 tokens · $0.0123"


def test_a_cost_that_nobody_knows_is_not_called_nought(watched: Watched) -> None:
    watched.tell(Asking(what="x", stage="over", usage=Usage(input_tokens=5, calls=1), cost=None))
    assert watched.below()[1] == "  0:00 · 5 tokens · cost unknown"


def test_the_time_left_follows_what_items_took_and_how_long_they_are(watched: Watched) -> None:
    lengths = (480, 480, 480, 10_680)
    items = [_listed(number, seconds) for number, seconds in enumerate(lengths)]
    watched.tell(*(Working(item=one, stage="wait") for one in items), Planned(count=4))
    for one in items[:3]:
        watched.tell(Working(item=one, stage="summarize"), Done(item=one, title="x"), after=10)
    assert watched.show._progress.seconds_left() == pytest.approx(180)
    watched.tell(after=60)
    assert watched.show._progress.seconds_left() == pytest.approx(120)
    watched.tell(after=540)
    assert watched.show._progress.seconds_left() == pytest.approx(78), "it is late, not over"


def test_what_comes_from_memory_says_nothing_of_the_time_left(watched: Watched) -> None:
    items = [_listed(number) for number in range(4)]
    watched.tell(*(Working(item=one, stage="wait") for one in items))
    watched.tell(Done(item=items[0], title="x", reused=True), after=1)
    assert watched.show._progress.seconds_left() is None
    assert "left" not in watched.below()[0].replace("3+ left", "")


def test_more_items_than_rows_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    for rows, shown in ((24, 12), (12, 4), (3, 1)):
        watched = Watched(monkeypatch, rows=rows)
        watched.tell(*(Working(item=_listed(n), stage="fetch") for n in range(14)))
        assert len(watched.below()) == shown + 3
        assert f"and {14 - shown} more" in watched.below()[shown]


def test_of_those_that_wait_two_are_shown(watched: Watched) -> None:
    watched.tell(*(Working(item=_listed(n), stage="ready") for n in range(9)))
    watched.tell(Working(item=_listed(9), stage="fetch"))
    assert [line.split()[1] for line in watched.below()[:4]] == ["9", "0", "1", "7"]


@pytest.mark.parametrize("columns", [30, 80, 200])
@pytest.mark.parametrize("title", ["word " * 60, "模型" * 60, "كيف يتقاسم " * 9, "🍞" * 90, ""], ids=range(5))
def test_an_item_keeps_to_its_row_whatever_its_title(
    monkeypatch: pytest.MonkeyPatch, columns: int, title: str
) -> None:
    watched = Watched(monkeypatch, columns=columns)
    watched.tell(Working(item=_listed(1, title=title), stage="fetch"), Planned(count=1))
    assert len(watched.below()) == 3
    assert all(sum(map(len, row)) <= columns for row in watched.screen.rows)
    assert watched.below()[0].endswith("0:00")
    assert len(watched.below()[0]) <= 150


def test_a_pause_is_shown_while_it_lasts(watched: Watched) -> None:
    shown = watched.tell(Paused(lane="fetch", reason="turned away", seconds=75))
    assert "⏸ turned away: waiting 1 min 15 s" in shown
    assert watched.below()[0] == "⏸ turned away: 1 min 15 s left"
    watched.tell(after=76)
    assert "turned away" not in " ".join(watched.below())
    watched.tell(Paused(lane="summarize", reason="too many", seconds=1))
    assert "too many: waiting" not in " ".join(watched.screen.shown)


def test_an_interrupt_shows_what_is_being_finished_and_that_the_command_goes_on(watched: Watched) -> None:
    items = [_listed(number) for number in range(4)]
    watched.tell(*(Working(item=one, stage="wait") for one in items), Planned(count=4))
    watched.tell(Working(item=items[0], stage="summarize"), Working(item=items[1], stage="ready"))
    shown = watched.tell(Stopped(code="interrupted", reason="finishing what is under way", hint="again"))
    assert "■ finishing what is under way  again" in shown
    below = watched.below()
    assert len(below) == 3
    assert "Talk 0" in below[0]
    assert below[2] == "  0:00 · the same command goes on with the rest"
    shown = watched.tell(
        Done(item=items[0], title="Talk 0"),
        *(Skipped(item=one, why="left") for one in items[1:3]),
        Report(run="r", done=1, left=2, stopped="interrupted", seconds=5),
    )
    assert shown[-3:] == ["  1 done, 2 left, 5.0 s", "  3 left; the same command goes on with the rest", ""]
    watched.show(Retrying(what="Talk 3", reason="closed", seconds=1))
    assert watched.screen.shown == shown, "the run is over"


def test_the_picture_is_never_blank_and_is_written_over_in_place(watched: Watched) -> None:
    items = [_listed(number) for number in range(5)]
    watched.tell(*(Working(item=one, stage="fetch") for one in items))
    begun = len(watched.screen.seen)
    for number, one in enumerate(items[:4]):
        watched.tell(Notice(text=f"by the way {number}"), Asking(what=f"Talk {number}", stage="ask"), after=1)
        watched.tell(Done(item=one, title=f"Talk {number}"), after=1)
    for shown in watched.screen.seen[begun:]:
        assert "done" in shown[-3]
        assert all(shown[:-1])
    kept = watched.screen.shown
    drawn = watched.screen.getvalue()
    watched.tell()
    assert watched.screen.shown == kept
    assert "\x1b[2K" not in drawn


def test_a_picture_that_stays_the_same_writes_no_letter(watched: Watched) -> None:
    watched.tell(Working(item=_listed(1), stage="fetch"))
    written: list[str] = []
    write = watched.screen.write

    def noted(text: str) -> int:
        written.append(text)
        return write(text)

    watched.screen.write = noted  # type: ignore[method-assign]
    watched.tell(after=0.1)
    assert "".join(written).strip("\r\n\x1b[0123456789AK") == ""
    watched.tell(after=1)
    assert "Talk 1" in "".join(written), "the row whose time changed"


def test_a_narrower_window_leaves_no_rest_of_the_picture(watched: Watched) -> None:
    watched.tell(Working(item=_listed(1), stage="fetch"))
    before = watched.below()
    assert watched.show._frame._rows() == len(before) == 3
    watched.show._console.size = (40, 24)
    broken = sum(len(line) > 40 for line in before)
    assert broken
    assert watched.show._frame._rows() == len(before) + broken


def test_a_terminal_that_moves_no_cursor_gets_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    dumb = Screen()
    show = Terminal(dumb)
    for event in (STARTED, Working(item=_listed(1), stage="fetch"), Done(item=_listed(1), title="Talk 1")):
        show(event)
    show._frame.draw(show._picture())
    assert dumb.shown == ["  m -> /notes", "✓ Talk 1", ""]
    assert watched.screen.is_cursor_hidden


def test_the_display_is_drawn_by_itself_until_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    screen = Screen()
    show = Terminal(screen)
    show(STARTED)
    assert show._ticker is not None
    assert show._ticker.is_alive()
    drawn = threading.Event()
    picture = show._picture

    def noted() -> list[RenderableType]:
        drawn.set()
        return picture()

    show._picture = noted  # type: ignore[method-assign]
    assert drawn.wait(60)
    show(Report(run="r", done=1, seconds=1))
    assert not show._ticker.is_alive()
    assert not screen.is_cursor_hidden


def test_a_second_run_begins_at_nought(watched: Watched) -> None:
    watched.tell(Working(item=_listed(1), stage="fetch", requests=7), Report(run="r", failed=1, seconds=1))
    watched.tell(STARTED)
    assert [line.strip(" ━") for line in watched.below()] == ["opening the inputs", "0:00"]


def test_a_terminal_that_is_gone_ends_the_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    show = Terminal(Screen())
    show(STARTED)

    def gone(*_: object, **__: object) -> None:
        raise OSError

    assert show._ticker is not None
    show._frame.draw = gone  # type: ignore[method-assign]
    show._ticker.join(60)
    assert not show._ticker.is_alive()
