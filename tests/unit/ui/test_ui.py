"""What a run shows, to a person, to a log and to a program."""

import io
import json
import os

import pytest
from rich.text import Text

from tests.doubles.parts import item
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
from vidgist.models import Failure, Usage, Video
from vidgist.ui import columns, phrases, reporter
from vidgist.ui.lines import JsonLines, Lines
from vidgist.ui.terminal import Terminal

NASTY = "evil\x1b[31m\u202e title"
FAILURE = Failure(stage="fetch", code="private", message="The video\x07 is private.", hint="ask its owner")
HAPPENED: tuple[Event, ...] = (
    Started(run="r", model="offline:", output="/notes"),
    Listed(ref="PLx", count=100, complete=False),
    Listed(ref="PLx", count=250, complete=True),
    Working(item=item(1, video=Video(title="One")), stage="wait"),
    Working(item=item(1, video=Video(title="One")), stage="fetch"),
    Working(item=item(1), stage="summarize"),
    Retrying(what="One", reason="503", seconds=1.5),
    Paused(lane="fetch", reason="blocked", seconds=75),
    Done(
        item=item(1),
        title=NASTY,
        files=("a.txt",),
        usage=Usage(input_tokens=1000, output_tokens=234, calls=1),
        cost=0.0123,
        supported=0.5,
        notices=("cut",),
    ),
    Done(item=item(3), title="Three", reused=True, cost=0.0),
    Failed(item=item(2, origin="list.txt:3"), title="", failure=FAILURE),
    Skipped(item=item(4), why="failed", code="private"),
    Skipped(item=item(5), why="done"),
    Skipped(item=item(6), why="left"),
    Notice(text="by the way"),
    Stopped(code="blocked", reason="turned away", hint="wait"),
    Report(
        run="r",
        done=2,
        reused=1,
        failed=1,
        failed_before=1,
        skipped=1,
        left=1,
        failures={"private": 1},
        usage=Usage(input_tokens=1000, output_tokens=234, calls=1),
        cost=1.5,
        saved=0.5,
        supported=0.5,
        seconds=61,
        stopped="blocked",
        exit_code=3,
    ),
)


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def _told(show: object, stream: io.StringIO) -> str:
    for event in HAPPENED:
        show(event)  # type: ignore[operator]
    return stream.getvalue()


def test_plain_lines_say_all_that_matters_and_steer_no_terminal() -> None:
    stream = io.StringIO()
    told = _told(Lines(stream, quiet=False), stream)
    assert told.splitlines() == [
        "vidgist offline: -> /notes",
        "listed  PLx: 250 members",
        "again   One: 503; again in 1.5 s",
        "waiting blocked: 1 min 15 s",
        "done    evil[31m title: a.txt · 1,234 tokens · $0.0123 · 50% of its points supported by quotes",
        "note    evil[31m title: cut",
        "done    Three: from memory",
        "failed  https://site.example/2: private: The video is private (list.txt:3); ask its owner",
        "note    by the way",
        "stopped turned away; wait",
        (
            "total   2 done (1 from memory), 1 failed, 1 failed earlier, 1 done earlier, 1 left, "
            "50% of points supported by quotes, "
            "1,234 tokens, $1.50, $0.5000 saved, 1 min 01 s"
        ),
    ]


def test_what_goes_nowhere_names_no_place() -> None:
    stream = io.StringIO()
    Lines(stream, quiet=False)(Started(run="r", model="", output=""))
    assert stream.getvalue() == "vidgist fetching\n"


def test_quiet_lines_say_only_what_went_wrong() -> None:
    stream = io.StringIO()
    told = _told(Lines(stream, quiet=True), stream)
    assert [line.split()[0] for line in told.splitlines()] == ["failed", "stopped"]


def test_json_lines_hold_every_event_whole() -> None:
    stream = io.StringIO()
    told = [json.loads(line) for line in _told(JsonLines(stream), stream).splitlines()]
    assert [one["event"] for one in told] == [event.event for event in HAPPENED]
    assert told[8]["usage"]["input_tokens"] == 1000


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "xterm-256color")
    return Screen()


def test_the_live_display_shows_what_came_of_each_item(screen: Screen) -> None:
    told = Text.from_ansi(_told(Terminal(screen), screen)).plain
    assert "evil[31m title" in told
    assert "\u202e" not in told
    assert "\x07" not in told
    for words_ in ("✗", "private", "■ turned away", "⏸ blocked", "50% of points", "1 left", "cut"):
        assert words_ in told


def test_an_idle_run_says_nothing_new(screen: Screen) -> None:
    idle = Report(run="r", skipped=3)
    Terminal(screen)(idle)
    stream = io.StringIO()
    Lines(stream, quiet=False)(idle)
    assert "nothing new" in screen.getvalue()
    assert stream.getvalue() == "nothing new\n"
    assert (
        phrases.total(Report(run="r", failed_before=2))
        == "nothing new, 2 failed earlier (see vidgist status)"
    )


def test_the_display_fits_the_stream(screen: Screen) -> None:
    assert isinstance(reporter(screen, quiet=False, json_events=False), Terminal)
    assert isinstance(reporter(screen, quiet=True, json_events=False), Lines)
    assert isinstance(reporter(screen, quiet=False, json_events=False, live=False), Lines)
    assert isinstance(reporter(io.StringIO(), quiet=False, json_events=False), Lines)
    assert isinstance(reporter(screen, quiet=True, json_events=True), JsonLines)


def test_money_and_time_as_people_say_them() -> None:
    assert [phrases.money(cost) for cost in (None, 0.0, 0.00123, 12.345)] == [
        "cost unknown",
        "$0.0000",
        "$0.0012",
        "$12.35",
    ]
    assert [phrases.span(seconds) for seconds in (1.26, 75, 3720)] == ["1.3 s", "1 min 15 s", "1 h 02 min"]
    assert phrases.short("x" * 70) == "x" * 59 + "…"


def test_what_is_shown_is_measured_in_columns() -> None:
    assert phrases.columns("e\u0301 模型") == 6
    assert phrases.short("模型" * 20, 10) == "模型模型…"
    assert phrases.short("模型" * 20, 11) == "模型模型模…"
    assert phrases.short("模型模型模", 10) == "模型模型模"


def test_an_item_is_called_by_its_title_its_file_or_its_address() -> None:
    local = item(1).model_copy(update={"url": "file:///talks/%E6%A8%A1%E5%9E%8B%201.vtt"})
    assert phrases.name(local) == "模型 1.vtt"
    assert phrases.name(local, "Told") == "Told"
    assert phrases.name(item(1, video=Video(title="Listed"))) == "Listed"
    assert phrases.name(item(2)) == "https://site.example/2"


class Window(Screen):
    """A terminal of so many columns."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, wide: int) -> None:
        super().__init__()
        monkeypatch.setattr("os.get_terminal_size", lambda _: os.terminal_size((wide, 24)))

    def fileno(self) -> int:
        return 2


def test_further_lines_hang_below_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "one two three four five six seven eight nine"
    assert columns.hang("head    ", text, io.StringIO()) == f"head    {text}"
    assert columns.hang("head    ", text, Screen()) == f"head    {text}", "a terminal that tells no size"
    narrow = columns.hang("head    ", text, Window(monkeypatch, 10))
    assert narrow == "head    one two three four five six\n        seven eight nine"
    wide = columns.hang("模型  ", "模型 " * 8 + "end  (of it)", Window(monkeypatch, 40))
    assert wide == f"模型  {'模型 ' * 6}模型\n      模型 end  (of it)"
    assert columns.hang("head", "", Window(monkeypatch, 40)) == "head"
    assert columns.width(Window(monkeypatch, 100)) == 100


def test_the_live_display_hangs_what_does_not_fit_beside_its_mark(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    show = Terminal(screen)
    show(Failed(item=item(2, origin="list.txt:3"), title="A talk", failure=FAILURE))
    show(Report(run="r", failed=2, failures={"private": 1, "input": 1}, seconds=1))
    told = [line.rstrip() for line in Text.from_ansi(screen.getvalue()).plain.splitlines()]
    assert told == [
        "✗ A talk  private: The video is private (list.txt:3); ask",
        "  its owner",
        "  failures",
        "   1 private",
        "   1 input",
        "  0 done, 2 failed, 1.0 s",
        "  the same command with --retry-failed tries them again",
    ]


def test_no_second_try_is_offered_for_what_is_no_input(screen: Screen) -> None:
    Terminal(screen)(Report(run="r", failed=1, failures={"input": 1}, seconds=1))
    assert "--retry-failed" not in screen.getvalue()
