"""The budget: what is promised counts until it is known what was used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.errors import BudgetReached
from vidgist.llm.budget import Budget
from vidgist.models import Usage

WORST = Usage(input_tokens=60, output_tokens=40)
USED = Usage(input_tokens=60, output_tokens=10, calls=1)


def test_what_is_promised_to_calls_under_way_is_waited_for() -> None:
    budget = Budget(lambda _: None, None, 220, "m")
    assert budget.admit(WORST)
    assert budget.admit(WORST)
    assert not budget.admit(WORST)
    budget.settle(WORST, USED)
    assert not budget.admit(WORST)
    budget.settle(WORST, None)
    assert budget.admit(WORST)


def test_what_does_not_fit_in_any_case_is_refused() -> None:
    budget = Budget(lambda usage: usage.tokens / 100, 1.5, None, "m")
    assert budget.admit(WORST)
    budget.settle(WORST, USED)
    assert budget.bill.cost == pytest.approx(0.7)
    with pytest.raises(BudgetReached):
        budget.admit(WORST)


def test_an_item_waits_for_those_that_have_begun_and_then_fits() -> None:
    budget = Budget(lambda _: None, None, 500, "m")
    expected = Usage(input_tokens=200)
    assert budget.begin(WORST, expected)
    assert not budget.begin(WORST, expected)
    assert budget.admit(WORST)
    budget.settle(WORST, USED)
    budget.end(WORST, expected)
    assert budget.begin(WORST, expected)
    with pytest.raises(BudgetReached, match="70 of 500 tokens, and the next item may take 431"):
        budget.begin(WORST, Usage(input_tokens=431))


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 500), st.booleans()), max_size=60))
def test_the_bounds_hold_and_nothing_stays_promised(calls: list[tuple[int, int, bool]]) -> None:
    budget = Budget(lambda usage: usage.tokens * 0.1, 300.0, 4_000, "m")
    under_way: list[tuple[Usage, Usage | None]] = []
    for most, used, good in calls:
        worst = Usage(input_tokens=most)
        while True:
            try:
                admitted = budget.admit(worst)
            except BudgetReached:
                break
            if admitted:
                under_way.append((worst, Usage(input_tokens=min(used, most)) if good else None))
                break
            assert under_way, "nobody could ever let this call in"
            budget.settle(*under_way.pop(0))
        assert budget.bill.usage.tokens <= 4_000
        assert (budget.bill.cost or 0) <= 300.0 + 1e-9
    for call in under_way:
        budget.settle(*call)
    left = min(4_000 - budget.bill.usage.tokens, 2_990 - budget.bill.usage.tokens)
    assert left < 1 or budget.admit(Usage(input_tokens=left))
