"""How far apart calls begin: by itself, and with all calls of a run over a server that serves some a second."""

import random

import pytest

from tests.doubles.crew import Crew
from tests.doubles.engine import Kept, ask
from tests.doubles.metered import Metered
from vidgist.events import Event
from vidgist.llm import limiter
from vidgist.llm.calls import Calls
from vidgist.llm.rate import RateController

LATENCY = 0.5


def gap(pace: RateController, now: float) -> float:
    pace.begin(now)
    return pace.wait(now)


def learnt(seconds: float, served: int, told: float | None) -> RateController:
    """The pace after a refusal, at second 0, of a server that has let in so many, evenly over so many seconds."""
    pace = RateController(-seconds)
    for number in range(served):
        pace.begin(seconds * (number / served - 1))
    pace.begin(0.0)
    pace.refused(0.0, told)
    return pace


def test_who_was_never_refused_waits_for_nobody() -> None:
    pace = RateController(0.0)
    for now in (0.0, 0.0, 1.0, 100.0):
        assert gap(pace, now) == 0


def test_calls_hold_back_then_return_to_the_rate_and_pass_it_ever_faster() -> None:
    pace = learnt(8, served=20, told=2)
    spent = [round(0.5 / gap(pace, now), 2) for now in (2, 10, 18, 26, 34, 82)]
    assert spent == [0.9, 1, 1.1, 1.8, 3.7, 73.9]


def test_calls_are_hardly_further_apart_than_the_wait_that_was_told() -> None:
    assert learnt(300, served=1, told=2).gap == 2.5
    pace = learnt(300, served=1, told=2)
    pace.begin(300.0)
    pace.refused(300.0, 0.1)
    assert pace.gap == 2.5, "the wait that is left of a token is no measure"


def test_a_known_gap_is_not_cut_down_by_the_wait_that_is_left_of_a_token() -> None:
    pace = RateController(0.0, 0.1)
    for number in range(101):
        pace.begin(number / 10)
    pace.refused(10.0, 0.004)
    assert pace.gap == pytest.approx(0.1, rel=0.02)


def test_what_is_let_in_until_the_wait_is_over_is_the_rate() -> None:
    """Ten calls a second are let in, all of them within its first tenth."""
    pace = RateController(0.0, 0.1)
    for number in range(11):
        pace.begin(number / 100)
    pace.refused(0.1, 0.9)
    assert pace.gap == pytest.approx(0.1)


def test_a_refusal_that_tells_no_wait_shows_the_rate_all_the_same() -> None:
    assert learnt(10, served=20, told=None).gap == 0.5
    assert learnt(300, served=1, told=None).gap == 12.5
    pace = learnt(10, served=20, told=None)
    pace.begin(1.0)
    pace.begin(4.0)
    pace.refused(4.0, None)
    assert pace.gap == 1.25, "one call is no measure of how much slower a server has become"


def test_only_calls_that_were_there_to_begin_are_a_measure() -> None:
    pace = RateController(0.0)
    pace.begin(0.0)
    for number in range(21):
        pace.begin(60 + number / 20)
    pace.refused(61.0, None)
    assert pace.gap == pytest.approx(0.05, rel=0.05)


def test_a_refusal_before_anybody_was_served_teaches_nothing() -> None:
    assert gap(learnt(10, served=0, told=2), 0) == 0
    pace = learnt(8, served=20, told=2)
    pace.begin(1.0)
    pace.refused(1.0, 2)
    assert pace.gap == 0.5


class Run:
    """A run of calls over a metered server, in a time of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, rate: float, burst: float, *, whole: bool) -> None:
        self.crew = Crew()
        self.dice = random.Random(1)
        self.server = Metered(
            self.crew, rate, burst, lambda: LATENCY * self.dice.uniform(0.7, 1.3), whole=whole
        )
        monkeypatch.setattr(limiter, "Condition", self.crew.condition)

    def make(self, documents: int, jobs: int) -> None:
        calls = Calls(
            self.server,
            jobs,
            _ignore,
            Kept(),
            lambda _: 0.0,
            clock=self.crew.clock,
            sleep=self.crew.sleep,
            chance=self.dice.random,
        )
        numbers = iter(range(documents))

        def work() -> None:
            for number in numbers:
                calls.complete(ask(number), "it")

        self.crew.work([work] * jobs)


def _ignore(event: Event) -> None:
    """Nobody watches."""


@pytest.mark.parametrize("whole", [False, True], ids=["exact", "whole-seconds"])
@pytest.mark.parametrize(
    ("rate", "burst", "jobs", "refusals", "longer"),
    [
        (2, 2, 10, 6, 1.08),
        (2, 10, 10, 7, 1.09),
        (1, 20, 10, 8, 1.03),
        (10, 10, 10, 7, 1.31),
        (0.5, 1, 10, 7, 1.11),
        (2, 2, 24, 6, 1.08),
    ],
)
def test_few_are_refused_and_the_server_is_kept_busy(
    monkeypatch: pytest.MonkeyPatch,
    rate: float,
    burst: float,
    jobs: int,
    refusals: int,
    longer: float,
    whole: bool,
) -> None:
    run = Run(monkeypatch, rate, burst, whole=whole)
    run.make(120, jobs)
    assert run.server.served == 120
    assert run.server.refused <= refusals
    assert run.crew.now <= longer * (120 - burst) / rate


def test_so_it_is_where_a_server_calls_itself_overloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, 2, 2, whole=True)
    run.server.code = "overloaded"
    run.make(120, 10)
    assert run.server.served == 120
    assert run.server.refused <= 6


def test_a_server_that_refuses_nobody_is_not_slowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, 1_000, 1_000, whole=False)
    monkeypatch.setattr(run.dice, "uniform", lambda *_: 1.0)
    run.make(20, 10)
    assert run.server.refused == 0
    assert run.crew.now <= 3.05 * LATENCY  # a first round of eight, its calls a little apart
