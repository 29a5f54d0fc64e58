"""When what failed is tried again."""

from datetime import date, timedelta
from typing import Any

import pytest

from vidgist.models import Failure
from vidgist.run import retries

TODAY = date(2026, 3, 1)


def failure(code: str = "private", retry: Any = "later", stage: Any = "fetch") -> Failure:
    return Failure(stage=stage, code=code, message="no", retry=retry)


def plan(
    told: Failure, earlier: Failure | None = None, today: date = TODAY, published: date | None = None
) -> Failure:
    return retries.planned(told, earlier, today, remote=True, published=published)


def test_three_runs_then_growing_gaps() -> None:
    earlier: Failure | None = None
    days = []
    for _ in range(9):
        earlier = plan(failure(), earlier)
        days.append((earlier.due - TODAY).days if earlier.due else 0)
    assert days == [0, 0, 0, 1, 3, 7, 30, 30, 30]
    assert earlier is not None
    assert earlier.tries == 9


def test_the_count_begins_anew_with_another_failure() -> None:
    first = plan(failure("upcoming")).model_copy(update={"tries": 7})
    assert plan(failure("no_captions"), first).tries == 1
    assert plan(failure("upcoming", stage="summarize"), first).tries == 1
    assert plan(failure("upcoming"), first).tries == 8


@pytest.mark.parametrize("code", ["no_captions", "no_speech"])
@pytest.mark.parametrize(("age", "retry"), [(0, "later"), (31, "later"), (32, "never"), (None, "later")])
def test_captions_are_awaited_while_a_video_is_young(code: str, age: int | None, retry: str) -> None:
    published = None if age is None else TODAY - timedelta(days=age)
    assert plan(failure(code, "never"), published=published).retry == retry


@pytest.mark.parametrize("code", ["captions_locked", "empty_captions", "garbled_captions"])
def test_captions_that_cannot_be_read_may_be_readable_later(code: str) -> None:
    assert plan(failure(code, "never"), published=date(2020, 1, 1)).retry == "later"


@pytest.mark.parametrize("code", ["deleted", "unavailable", "empty_transcript"])
def test_what_is_final_stays_so(code: str) -> None:
    planned = plan(failure(code, "never"))
    assert (planned.retry, planned.due) == ("never", None)
    assert not retries.is_due(planned, TODAY)
    assert planned.next_try == ""


def test_a_file_of_this_machine_is_not_awaited() -> None:
    told = retries.planned(failure("no_speech", "never"), None, TODAY, remote=False, published=None)
    assert told.retry == "never"


@pytest.mark.parametrize(("due", "is_due"), [(None, True), (TODAY, True), (TODAY + timedelta(days=1), False)])
def test_the_day_decides(due: date | None, is_due: bool) -> None:
    assert retries.is_due(failure().model_copy(update={"due": due}), TODAY) is is_due


def test_the_next_try_in_words() -> None:
    assert plan(failure()).next_try == "at the next run"
    assert failure().model_copy(update={"due": TODAY}).next_try == "from 2026-03-01"
