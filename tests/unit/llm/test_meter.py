"""Tokens seen as they are written: counted for each call, and reported once a second at most."""

from tests.doubles.engine import Time
from vidgist.events import Asking, Event
from vidgist.llm.meter import Meter


class Seen:
    """What was reported."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def __call__(self, event: Event) -> None:
        self.events.append(event)


def test_pieces_are_reported_with_their_pace_once_a_second() -> None:
    time, seen = Time(), Seen()
    meter = Meter("a talk", seen, time.clock)
    time.now += 30.0
    for _ in range(6):
        meter.heard("four" * 3)
        time.now += 0.5
    assert seen.events == [
        Asking(what="a talk", stage="write", tokens=9, rate=9.0),
        Asking(what="a talk", stage="write", tokens=15, rate=7.5),
    ]


def test_a_reply_that_comes_at_once_is_not_reported() -> None:
    time, seen = Time(), Seen()
    Meter("a talk", seen, time.clock).heard("x" * 4_000)
    assert seen.events == []
