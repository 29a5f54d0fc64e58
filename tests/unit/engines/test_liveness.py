"""Whether a server is alive: a bound on silence, not on work."""

import pytest

from tests.doubles.engine import Time
from vidgist.engines._liveness import Liveness

BOUND = 10.0


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def liveness(time: Time) -> Liveness:
    return Liveness(BOUND, time.clock)


def test_a_lone_call_waits_as_long_as_the_bound(time: Time, liveness: Liveness) -> None:
    call, began = liveness.began(), time.now
    time.now += BOUND - 1
    assert call.may_wait(began)
    time.now += 1
    assert not call.may_wait(began)


def test_a_call_in_a_queue_is_waited_for_while_others_are_answered(time: Time, liveness: Liveness) -> None:
    first, second = liveness.began(), liveness.began()
    began = time.now
    time.now += BOUND - 1
    first.heard()
    liveness.ended(answered=True)
    time.now += 5
    assert second.may_wait(began)
    time.now += BOUND
    assert not second.may_wait(began), "silent for as long as the bound"


def test_no_call_is_waited_for_longer_than_those_before_it_may_take(time: Time, liveness: Liveness) -> None:
    first, second = liveness.began(), liveness.began()
    began = time.now
    for _ in range(4):
        time.now += BOUND / 2 - 0.1
        first.heard()
    assert second.may_wait(began)
    time.now += BOUND / 2
    assert not second.may_wait(began)


def test_a_call_that_many_later_ones_have_passed_is_lost(time: Time, liveness: Liveness) -> None:
    call, began = liveness.began(), time.now
    liveness.began()
    other = liveness.began()
    time.now += BOUND
    other.heard()
    assert not call.may_wait(began), "alone before, it may take the bound once"
    late = liveness.began()
    for _ in range(2 * 4 + 1):
        liveness.began()
        liveness.ended(answered=True)
    began = time.now
    time.now += BOUND
    other.heard()
    assert not late.may_wait(began)


def test_the_head_of_an_answer_has_the_bound_to_come_in(time: Time, liveness: Liveness) -> None:
    call = liveness.began()
    assert not call.is_late()
    call.heard()
    time.now += BOUND + 1
    assert call.is_late()
    call.headed()
    assert not call.is_late()
