"""How wide calls are made: simulated servers of several sizes, with times that are given."""

import heapq

import pytest

from vidgist.llm.width import Width


def play(
    places: int, seconds: float, talks: int, patience: float = 600.0, known: float = 0.0
) -> tuple[Width, float, float]:
    """Serve so many talks first come, first served: the width, the time it took, the longest wait."""
    width = Width(128, patience, known)
    free, ends = [0.0] * places, list[tuple[float, float, int]]()
    now, begun, longest = 0.0, 0, 0.0
    while begun < talks or ends:
        while begun < talks and len(ends) < width.calls:
            end = max(now, heapq.heappop(free)) + seconds
            heapq.heappush(free, end)
            width.began(now)
            heapq.heappush(ends, (end, now, len(ends) + 1))
            begun += 1
        end, began, ahead = heapq.heappop(ends)
        now, longest = end, max(longest, end - began)
        width.answered(now, end - began, 200, ahead)
    return width, now, longest


@pytest.mark.parametrize(
    ("places", "seconds", "talks", "most"),
    [(1, 0.5, 24, 1.05), (4, 0.5, 48, 1.2), (8, 0.5, 64, 1.05), (32, 1.0, 128, 1.8), (64, 1.0, 256, 1.8)],
)
def test_a_server_of_any_size_is_kept_busy_soon(places: int, seconds: float, talks: int, most: float) -> None:
    _, took, _ = play(places, seconds, talks)
    assert took <= most * talks / places * seconds


@pytest.mark.parametrize("places", [1, 4, 8, 32, 64])
def test_what_was_learnt_keeps_it_busy_from_the_beginning(places: int) -> None:
    learnt, _, _ = play(places, 1.0, 8 * places)
    _, took, _ = play(places, 1.0, 8 * places, known=learnt.learnt)
    assert took <= 1.15 * 8


@pytest.mark.parametrize("bound", [1.5, 2.5, 3.0, 4.0, 8.0])
def test_no_call_runs_out_of_time_for_waiting(bound: float) -> None:
    _, _, longest = play(1, 2.0, 12, patience=bound * 2.0)
    assert longest <= bound * 2.0


def test_it_does_not_grow_without_gain() -> None:
    width, _, _ = play(4, 1.0, 400)
    assert 4 <= width.calls <= 16


def test_refusals_and_lost_calls_narrow_it_and_one_stays() -> None:
    width = Width(10, 600.0)
    for _ in range(30):
        width.refused(1.0, width.calls)
        width.timed_out(1.0)
    assert width.calls == 1
    assert width.learnt == 1.0


def test_as_many_under_way_at_two_refusals_are_the_most() -> None:
    width = Width(32, 600.0, 20.0)
    for now in range(9):
        width.began(float(now))
    width.refused(9.0, 8)
    assert width.calls == 20, "one refusal may be for the calls in a second"
    for now in range(9):
        width.began(10.0 + now)
    width.refused(20.0, 9)
    assert width.calls == 9


def test_a_limit_of_calls_a_second_leaves_the_width_as_it_is() -> None:
    width = Width(32, 600.0, 20.0)
    for beside in (4, 12, 7, 16, 3):
        for _ in range(10):
            width.began(1.0)
        width.refused(1.0, beside)
    assert width.calls == 20
