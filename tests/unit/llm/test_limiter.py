"""The width of the limiter: cut by refusals, given back by clean rounds, narrowed by what a server says is left."""

import pytest

from tests.doubles.engine import Time
from vidgist.events import Event, Paused
from vidgist.llm.budget import Budget
from vidgist.llm.limiter import AdaptiveLimiter, Slot
from vidgist.models import RateLimit, Usage

USED = Usage(input_tokens=900, output_tokens=100)


class Watch:
    """A limiter and what it reported."""

    def __init__(self, jobs: int) -> None:
        self.time = Time()
        self.events: list[Event] = []
        budget = Budget(lambda _: 0.0, None, None, "m")
        self.limiter = AdaptiveLimiter(jobs, budget, self.note, self.time.clock, self.time.sleep)

    def note(self, event: Event) -> None:
        self.events.append(event)

    def served(self, times: int = 1, limit: RateLimit | None = None) -> None:
        for _ in range(times):
            self.limiter.served(limit, USED, Slot(self.time.now))


def test_refusals_of_calls_under_way_together_cut_once() -> None:
    watch = Watch(10)
    began = watch.time.now
    watch.time.now += 1
    for _ in range(5):
        watch.limiter.crowded(began)
    assert watch.limiter.width == 8
    for _ in range(2):
        watch.time.now += 1
        watch.limiter.crowded(watch.time.now)
    assert watch.limiter.width == 1, "none was under way, three times"


def test_a_call_that_ran_out_of_time_halves_the_width() -> None:
    watch = Watch(10)
    watch.limiter.timed_out(watch.time.now)
    assert watch.limiter.width == 4


@pytest.mark.parametrize(
    ("limit", "width"),
    [
        (None, 8),
        (RateLimit(requests=100), 8),
        (RateLimit(remaining_requests=100, remaining_tokens=100_000), 8),
        (RateLimit(remaining_requests=3), 3),
        (RateLimit(remaining_tokens=2_500), 2),
        (RateLimit(remaining_requests=5, remaining_tokens=1_000), 1),
        (RateLimit(remaining_requests=0), 1),
    ],
)
def test_no_more_calls_than_the_allowance_has_room_for(limit: RateLimit | None, width: int) -> None:
    watch = Watch(8)
    watch.served(limit=limit)
    assert watch.limiter.width == width
    watch.served()
    assert watch.limiter.width == 8


@pytest.mark.parametrize(
    ("limit", "seconds"),
    [
        (RateLimit(remaining_requests=0, reset_seconds=20), 20),
        (RateLimit(remaining_requests=0, reset_seconds=86_400), 60),
        (RateLimit(remaining_requests=0), 0),
        (RateLimit(tokens=10_000, remaining_tokens=0, reset_seconds=60), 6),
        (RateLimit(tokens=10_000, remaining_tokens=500, reset_seconds=57), 3),
        (RateLimit(remaining_tokens=0, reset_seconds=30), 30),
        (RateLimit(tokens=500, remaining_tokens=500, reset_seconds=30), 30),
    ],
)
def test_a_used_up_allowance_is_waited_for(limit: RateLimit, seconds: float) -> None:
    watch = Watch(8)
    watch.served(limit=limit)
    with watch.limiter.slot(USED):
        pass
    assert sum(watch.time.slept) == pytest.approx(seconds)
    assert [type(event) for event in watch.events] == ([Paused] if seconds else [])


def test_a_shorter_pause_does_not_end_a_longer_one_and_none_is_told_twice() -> None:
    watch = Watch(8)
    for seconds in (30, 10, 30.2):
        watch.limiter.pause(seconds, "slow down")
    with watch.limiter.slot(USED):
        pass
    assert sum(watch.time.slept) == pytest.approx(30.2)
    assert watch.events == [Paused(lane="summarize", reason="slow down", seconds=30)]


def test_an_allowance_that_was_filled_again_while_the_call_was_answered_bounds_nothing() -> None:
    watch = Watch(8)
    used_up = RateLimit(remaining_requests=0, reset_seconds=1.0)
    slot = Slot(watch.time.now)
    watch.time.now += 5.0
    watch.limiter.served(used_up, USED, slot)
    assert watch.limiter.width == 8
    slot = Slot(watch.time.now)
    watch.time.now += 5.0
    watch.limiter.served(RateLimit(remaining_requests=0, reset_seconds=20.0), USED, slot)
    with watch.limiter.slot(USED):
        pass
    assert sum(watch.time.slept) == pytest.approx(15.0)
