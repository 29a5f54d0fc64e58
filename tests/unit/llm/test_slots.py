"""How soon calls are as wide as the server: whole runs over servers of many kinds, in a time of their own."""

import math
from collections.abc import Callable

import pytest

from tests.doubles.crew import Crew
from tests.doubles.engine import Kept, ask
from tests.doubles.slots import Crowded, Sliding, Slots, Streaming
from vidgist.events import Event
from vidgist.llm import limiter, width
from vidgist.llm.calls import Calls

WARM = range(1_000, 2_000)


class Runs:
    """Runs over servers of one kind, which remember what they learnt; each begins at second 0."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.memory = Kept()

    def make(self, numbers: range, server: Callable[[Crew], Slots], patience: float = 600.0) -> Slots:
        """Make the calls of so many talks, as many at once as the limiter lets through."""
        crew = Crew()
        self.monkeypatch.setattr(limiter, "Condition", crew.condition)
        found = server(crew)
        calls = Calls(
            found,
            width.MOST,
            _ignore,
            self.memory,
            lambda _: 0.0,
            patience=patience,
            clock=crew.clock,
            sleep=crew.sleep,
            chance=found.dice.random,
        )
        left = iter(numbers)

        def work() -> None:
            for number in left:
                calls.complete(ask(number), "it")

        crew.work([work] * min(width.MOST, len(numbers)))
        return found


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    return Runs(monkeypatch)


def _ignore(event: Event) -> None:
    """Show nothing."""


@pytest.mark.unmeasured
@pytest.mark.parametrize("spread", [0.1, 0.4])
@pytest.mark.parametrize(
    ("places", "talks", "cold"),
    [
        (1, 24, 1.05),
        (2, 32, 1.05),
        (4, 48, 1.05),
        (6, 48, 1.10),
        (8, 64, 1.10),
        (16, 96, 1.25),
        (32, 128, 1.50),
        (48, 192, 1.55),
        (64, 256, 1.60),
        (128, 512, 2.0),
    ],
)
def test_a_server_is_soon_as_busy_as_it_can_be(
    runs: Runs, places: int, talks: int, cold: float, spread: float
) -> None:
    def server(crew: Crew) -> Slots:
        return Slots(crew, places, spread=spread)

    ideal = talks / places
    assert runs.make(range(talks), server).crew.now <= cold * ideal
    assert runs.make(WARM[:talks], server).crew.now <= (1.25 if places <= 64 else 1.6) * ideal


@pytest.mark.parametrize(("places", "talks", "cold"), [(4, 48, 1.05), (32, 128, 1.2), (64, 256, 1.2)])
def test_first_words_show_places_before_any_reply_is_done(
    runs: Runs, places: int, talks: int, cold: float
) -> None:
    server = runs.make(range(talks), lambda crew: Streaming(crew, places, 20.0, spread=0.1))
    assert server.crew.now <= cold * 20.0 * talks / places
    assert server.asked == talks


@pytest.mark.unmeasured
@pytest.mark.parametrize("told", ["whole", "exact", ""])
@pytest.mark.parametrize(("rate", "burst", "talks"), [(10, 20, 100), (2, 2, 60), (1, 5, 60)])
def test_a_limit_is_kept_to_with_hardly_a_refusal(
    runs: Runs, rate: float, burst: float, talks: int, told: str
) -> None:
    for numbers, requests in ((range(talks), 1.06 if told else 1.15), (WARM[:talks], 1.09 if told else 1.05)):
        server = runs.make(
            numbers, lambda crew: Slots(crew, 64, 0.5, spread=0.1, rate=rate, burst=burst, told=told)
        )
        assert server.served == talks
        assert server.asked <= math.ceil(requests * talks)
        assert server.crew.now <= 1.12 * talks / rate


@pytest.mark.parametrize("told", ["exact", ""])
@pytest.mark.parametrize("seconds", [0.1, 1.0, 2.0])
def test_so_is_a_limit_of_calls_within_any_second_however_long_a_call_takes(
    runs: Runs, seconds: float, told: str
) -> None:
    """How many are under way at once says nothing where only calls in a time are limited."""
    ideal = 200 / 10 + seconds
    for numbers, longest in ((range(200), 1.3), (WARM[:200], 1.2)):
        server = runs.make(
            numbers, lambda crew: Sliding(crew, 1_000, seconds, spread=0.1, rate=10, told=told)
        )
        assert server.served == 200
        assert server.asked <= 1.05 * 200
        assert server.crew.now <= longest * ideal


def test_a_server_that_refuses_what_it_has_no_place_for_is_kept_busy(runs: Runs) -> None:
    for numbers in (range(100), WARM[:100]):
        server = runs.make(numbers, lambda crew: Crowded(crew, 5, 10.0, spread=0.2))
        assert server.served == 100
        assert server.asked <= 1.15 * 100
        assert server.crew.now <= 1.25 * 100 / 5 * 10


def test_a_slow_server_with_one_place_loses_no_call(runs: Runs) -> None:
    server = runs.make(range(12), lambda crew: Slots(crew, 1, 20.0, bound=60.0), patience=60.0)
    assert server.crew.now <= 1.05 * 12 * 20.0
    assert (server.late, server.asked) == (0, 12)


@pytest.mark.parametrize("spread", [0.0, 0.4])
def test_a_batch_that_grows_slower_is_filled_as_long_as_it_brings_more(runs: Runs, spread: float) -> None:
    server = runs.make(range(256), lambda crew: Slots(crew, 64, spread=spread, batch=0.02))
    best = 256 / 64 * (1 + 0.02 * 63)
    assert server.crew.now <= 1.42 * best


def test_a_server_that_shares_one_processor_is_not_crowded(runs: Runs) -> None:
    server = runs.make(range(128), lambda crew: Slots(crew, 128, batch=1.0))
    assert server.peak <= 32
    assert server.crew.now <= 1.4 * 128
