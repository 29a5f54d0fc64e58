"""Tokens seen as they are written: counted over all calls, and reported once a second at most."""

import pytest

from tests.doubles.engine import Time
from vidgist.events import Event, Writing
from vidgist.llm.meter import Meter
from vidgist.protocols import Reporter


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def told() -> list[Event]:
    return []


def _kept(told: list[Event]) -> Reporter:
    def keep(event: Event) -> None:
        told.append(event)

    return keep


def test_pieces_are_reported_with_their_pace_once_a_second(time: Time, told: list[Event]) -> None:
    meter = Meter(_kept(told), time.clock)
    with meter.call() as one, meter.call() as other:
        for _ in range(6):
            time.now += 0.5
            one("four" * 2)
            other("four")
    assert told == [
        Writing(calls=2, tokens=5, per_second=5.0),
        Writing(calls=2, tokens=11, per_second=5.5),
        Writing(calls=2, tokens=17, per_second=5.7),
    ]


def test_a_call_that_has_shown_nothing_is_not_counted(time: Time, told: list[Event]) -> None:
    meter = Meter(_kept(told), time.clock)
    with meter.call(), meter.call() as heard:
        time.now += 2.0
        heard("x" * 40)
    assert told == [Writing(calls=1, tokens=10, per_second=5.0)]


def test_the_pace_is_that_of_the_last_seconds(time: Time, told: list[Event]) -> None:
    meter = Meter(_kept(told), time.clock)
    for letters in (4_000, *[4] * 9):
        with meter.call() as heard:
            time.now += 1.0
            heard("x" * letters)
    paces = [event.per_second for event in told if isinstance(event, Writing)]
    assert paces[0] == 1_000.0
    assert paces[-1] == 1.0
