"""The bounds of calls and items: never more than is allowed, whatever order they come in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.llm.bounds import Amount, Bounds, Standing, judge_call, judge_item, reserve

TEN = Amount(tokens=10, cost=0.1)


@pytest.mark.parametrize(
    ("bounds", "standing", "verdict"),
    [
        (Bounds(), Standing(under_way=900), "go"),
        (Bounds(in_flight=2), Standing(under_way=1), "go"),
        (Bounds(in_flight=2), Standing(under_way=2), "wait"),
        (Bounds(max_tokens=10), Standing(), "go"),
        (Bounds(max_tokens=9), Standing(), "over"),
        (Bounds(max_tokens=20), Standing(promised=Amount(tokens=11)), "wait"),
        (Bounds(max_tokens=20), Standing(spent=Amount(tokens=11)), "over"),
        (Bounds(max_cost=0.25), Standing(spent=Amount(cost=0.2)), "over"),
        (Bounds(max_cost=0.25), Standing(spent=Amount(cost=0.1), promised=Amount(cost=0.1)), "wait"),
        (Bounds(max_cost=0.5, in_flight=1), Standing(spent=Amount(cost=0.1)), "go"),
        (Bounds(max_cost=0.5), Standing(spent=Amount(cost=None)), "over"),
        (Bounds(max_tokens=20), Standing(spent=Amount(cost=None)), "go"),
        (Bounds(max_cost=0.5), Standing(promised=Amount(cost=None)), "wait"),
        (Bounds(max_tokens=20), Standing(items=1, reserved=Amount(tokens=20)), "go"),
    ],
)
def test_the_verdict(bounds: Bounds, standing: Standing, verdict: str) -> None:
    assert judge_call(bounds, standing, TEN) == verdict


calls = st.lists(st.tuples(st.integers(1, 50), st.integers(0, 50), st.booleans()), max_size=30)


@given(calls, st.integers(1, 4), st.integers(0, 300))
def test_the_bounds_hold_and_nobody_waits_for_nothing(
    made: list[tuple[int, int, bool]], in_flight: int, most: int
) -> None:
    bounds = Bounds(in_flight=in_flight, max_tokens=most)
    under_way: list[tuple[int, int]] = []
    spent = 0
    for worst, used, ends in made:
        standing = Standing(
            under_way=len(under_way),
            spent=Amount(tokens=spent),
            promised=Amount(tokens=sum(promise for promise, _ in under_way)),
        )
        verdict = judge_call(bounds, standing, Amount(tokens=worst))
        if verdict == "go":
            under_way.append((worst, min(used, worst)))
        assert verdict != "wait" or under_way
        assert len(under_way) <= in_flight
        if ends and under_way:
            spent += under_way.pop(0)[1]
        assert spent + sum(promise for promise, _ in under_way) <= most


@pytest.mark.parametrize(
    ("bounds", "standing", "expected", "verdict"),
    [
        (Bounds(), Standing(items=9, reserved=Amount(tokens=10**9)), 50, "go"),
        (Bounds(max_tokens=50), Standing(), 50, "go"),
        (Bounds(max_tokens=49), Standing(), 50, "over"),
        (Bounds(max_tokens=9), Standing(), 0, "over"),
        (Bounds(max_tokens=100), Standing(items=1, reserved=Amount(tokens=40)), 50, "go"),
        (Bounds(max_tokens=100), Standing(items=1, reserved=Amount(tokens=41)), 50, "wait"),
        (Bounds(max_tokens=100), Standing(items=1, spent=Amount(tokens=51)), 50, "over"),
        (Bounds(max_tokens=100), Standing(spent=Amount(tokens=45), promised=Amount(tokens=50)), 50, "go"),
        (Bounds(max_cost=0.3), Standing(items=1, reserved=Amount(cost=0.2)), 0, "wait"),
        (Bounds(max_cost=0.3), Standing(items=1, reserved=Amount(cost=None)), 0, "wait"),
    ],
)
def test_whether_an_item_begins(bounds: Bounds, standing: Standing, expected: int, verdict: str) -> None:
    wanted = reserve(TEN, Amount(tokens=expected, cost=0.0))
    assert judge_item(bounds, standing, wanted) == verdict


def test_an_unknown_price_is_set_aside_as_unknown() -> None:
    assert reserve(Amount(tokens=3, cost=None), Amount(tokens=5)).whole == Amount(tokens=8, cost=None)


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 90)), max_size=20), st.integers(0, 300))
def test_no_item_is_begun_beside_others_that_it_could_keep_from_their_end(
    wanted: list[tuple[int, int]], most: int
) -> None:
    """And where none has begun, none waits."""
    bounds, begun = Bounds(max_tokens=most), Amount()
    for number, (worst, expected) in enumerate(wanted):
        standing = Standing(items=number, reserved=begun)
        one = reserve(Amount(tokens=worst), Amount(tokens=expected))
        verdict = judge_item(bounds, standing, one)
        if verdict != "go":
            assert number or verdict == "over"
            break
        begun += one.whole
        assert not number or begun.tokens <= most
