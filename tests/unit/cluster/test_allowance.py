"""The allowance: never more than the bounds, whatever order calls come in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.cluster.allowance import Amount, Standing, judge
from vidgist.cluster.orders import Bounds

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
    ],
)
def test_the_verdict(bounds: Bounds, standing: Standing, verdict: str) -> None:
    assert judge(bounds, standing, TEN) == verdict


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
        verdict = judge(bounds, standing, Amount(tokens=worst))
        if verdict == "go":
            under_way.append((worst, min(used, worst)))
        assert verdict != "wait" or under_way
        assert len(under_way) <= in_flight
        if ends and under_way:
            spent += under_way.pop(0)[1]
        assert spent + sum(promise for promise, _ in under_way) <= most
