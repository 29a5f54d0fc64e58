"""When a caller waits no longer, and that others wait on."""

import threading

import pytest

from vidgist.bounds.scope import Scope, wait
from vidgist.errors import Blocked, Cancelled, OutOfTime, RunError
from vidgist.llm.budget import Budget
from vidgist.llm.limiter import AdaptiveLimiter
from vidgist.models import Usage
from vidgist.run.throttle import CLOSED_FOR, SiteThrottle
from vidgist.run.throttles import SiteThrottles


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_a_scope_ends_at_its_deadline() -> None:
    clock = Clock()
    scope = Scope(3, clock=clock)
    scope.check()
    assert scope.is_bounded
    clock.now = 2.99
    assert 0 < scope.breath < 0.011
    clock.now = 3.0
    assert scope.breath == 0
    with pytest.raises(OutOfTime, match="not done within 3 s"):
        scope.check()


def test_a_scope_ends_by_the_callers_event_and_keeps_its_first_reason() -> None:
    cancel = threading.Event()
    scope = Scope(cancel=cancel)
    scope.check()
    cancel.set()
    for _ in range(2):
        with pytest.raises(Cancelled):
            scope.check()
        scope.stop(RunError("later"))
    assert not Scope().is_bounded


def test_a_visit_leaves_the_line_when_its_scope_ends_and_others_stay() -> None:
    clock = Clock()
    throttle = SiteThrottle(100, 0, lambda _: None, clock=clock, sleep=clock.sleep, random=lambda: 0.0)
    assert throttle.visit("one", lambda: 1) == 1
    with pytest.raises(OutOfTime):
        throttle.visit("two", lambda: 2, scope=Scope(10, clock=clock))
    assert 10 <= clock.now < 11
    assert throttle.visit("three", lambda: 3, scope=Scope(500, clock=clock)) == 3
    assert clock.now == pytest.approx(100, abs=0.1)


def test_a_pause_of_a_server_is_left_by_a_scope_that_ends() -> None:
    clock = Clock()
    budget = Budget(lambda _: 0.0, None, None, "m")
    lane = AdaptiveLimiter(4, budget, lambda _: None, clock, clock.sleep)
    lane.pause(60, "slow down")
    with pytest.raises(OutOfTime), lane.slot(Usage(), Scope(5, clock=clock)):
        pass
    assert 5 <= clock.now < 6
    with lane.slot(Usage()):
        assert clock.now == pytest.approx(60, abs=0.1)


def test_a_gate_that_closed_long_ago_is_opened_for_the_next_caller() -> None:
    clock = Clock()

    def make() -> SiteThrottle:
        return SiteThrottle(0, 0, lambda _: None, clock=clock, sleep=clock.sleep)

    throttles = SiteThrottles(make(), make)
    first = throttles.within(Scope())
    first.main.shut(Blocked("turned away"))
    assert first.main.closed is not None
    assert throttles.within(Scope()).main.closed is not None
    clock.now = CLOSED_FOR
    assert throttles.within(Scope()).main.closed is None
    assert throttles.main.closed is None


def test_what_one_caller_abandons_others_go_on_with() -> None:
    def make() -> SiteThrottle:
        return SiteThrottle(0, 0, lambda _: None)

    throttles = SiteThrottles(make(), make)
    one, other = throttles.within(Scope()), throttles.within(Scope())
    one.abandon()
    with pytest.raises(RunError, match="was stopped"):
        one.main.visit("x", lambda: 1)
    assert other.main.visit("x", lambda: 1) == 1


def test_a_wait_is_looked_at_between_breaths_where_a_scope_may_end_it() -> None:
    now, slept = [0.0], list[float]()

    def sleep(seconds: float) -> None:
        now[0] += seconds
        slept.append(seconds)

    def check(scope: Scope | None) -> None:
        if scope is not None:
            scope.check()

    wait(3.0, None, check, lambda: now[0], sleep)
    assert slept == [3.0]
    scope = Scope(0.12, clock=lambda: now[0])
    with pytest.raises(OutOfTime):
        wait(3.0, scope, check, lambda: now[0], sleep)
    assert slept[1:] == [0.05, 0.05, 0.05]
