"""The bounds of model calls: money, tokens, calls at once, the end; and no loss under faults at random."""

import itertools
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.doubles.engine import GOOD, Bench, Engine, Kept, Time, ask, outcomes, run_all
from vidgist.errors import BudgetReached, ConfigError, RunError, Transient, VidgistError
from vidgist.events import Event
from vidgist.llm.calls import Calls
from vidgist.models import Reply, Request, Usage


def ignore(event: Event) -> None:
    """A reporter that nobody reads."""


def bench(*answers: Reply | VidgistError) -> Bench:
    return Bench(Engine(*answers), Kept(), Time())


# -- the budget


def test_dollars_are_bounded_and_the_bound_holds() -> None:
    made = bench(GOOD)
    calls = made.calls(max_cost=1.0)
    found = outcomes(calls, 20)
    assert found.count("yes") == 6
    assert set(found[6:]) == {"budget"}
    assert calls.bill.cost is not None
    assert calls.bill.cost <= 1.0
    with pytest.raises(BudgetReached, match=r"\$0\.9000 of \$1, and the next call may cost \$0\.1\d+"):
        calls.complete(ask(99), "it")


def test_tokens_are_bounded() -> None:
    made = bench(GOOD)
    calls = made.calls(max_tokens=400)
    assert outcomes(calls, 4) == ["yes", "yes", "budget", "budget"]
    with pytest.raises(BudgetReached, match=r"300 of 400 tokens, and the next call may take 1\d\d"):
        calls.complete(ask(99), "it")


def test_a_budget_finishes_what_it_began_before_it_begins_anything_new() -> None:
    """Four items of two calls each, of which two fit: they come out whole, and not four halves."""
    made = bench(GOOD)
    calls = made.calls(max_tokens=700)
    first_calls = threading.Barrier(4)

    def one(number: int) -> str:
        first_calls.wait(60)
        try:
            with calls.item(lambda: Usage(input_tokens=220, output_tokens=80)) as own:
                return "".join(own.complete(ask(number, words), "it").text for words in ("one", "two"))
        except BudgetReached:
            return "left"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4))) == ["left", "left", "yesyes", "yesyes"]
    assert calls.bill.usage.tokens == 600


def test_an_item_whose_replies_are_remembered_needs_no_room() -> None:
    made = bench(GOOD)
    made.calls().complete(ask(), "it")
    with made.calls(max_tokens=0).item(lambda: Usage(input_tokens=10**6)) as own:
        assert own.complete(ask(), "it").text == "yes"
        with pytest.raises(BudgetReached):
            own.complete(ask(1), "it")


def test_a_refused_item_keeps_none_that_has_begun_from_its_end() -> None:
    calls = bench(GOOD).calls(max_tokens=500)
    with calls.item(lambda: Usage(input_tokens=300)) as own:
        own.complete(ask(1), "it")
        with pytest.raises(BudgetReached), calls.item(lambda: Usage(input_tokens=400)) as other:
            other.complete(ask(2), "it")
        assert own.complete(ask(3), "it").text == "yes"


def test_who_waits_to_begin_is_let_go_when_the_lane_stops() -> None:
    calls = bench(GOOD).calls(max_tokens=500)
    with calls.item(lambda: Usage(input_tokens=300)) as own, ThreadPoolExecutor(1) as pool:
        own.complete(ask(1), "it")

        def begin() -> str:
            with calls.item(lambda: Usage(input_tokens=200)) as other:
                return other.complete(ask(2), "it").text

        waiting = pool.submit(begin)
        calls.stop()
        with pytest.raises(RunError, match="interrupted"):
            waiting.result(60)


def test_a_bound_in_dollars_needs_a_price() -> None:
    with pytest.raises(ConfigError, match="openai:double is unknown") as caught:
        bench(GOOD).calls(max_cost=1.0, price=lambda _: None)
    assert "prices.toml" in caught.value.hint
    calls = bench(GOOD).calls(max_tokens=10_000, price=lambda _: None)
    calls.complete(ask(), "it")
    assert calls.bill.cost is None


def test_failed_tries_leave_nothing_promised() -> None:
    made = bench(*[Transient("x", code="network")] * 3, GOOD)
    assert made.calls(max_tokens=110).complete(ask(), "it").text == "yes"


class Gate(Engine):
    """Holds every call until it is let go; counts how many are inside."""

    def __init__(self) -> None:
        super().__init__(GOOD)
        self.inside = threading.Semaphore(0)
        self.go = threading.Semaphore(0)
        self.most = self.now = 0

    def complete(self, request: Request) -> Reply:
        with self._guard:
            self.now += 1
            self.most = max(self.most, self.now)
        self.inside.release()
        assert self.go.acquire(timeout=60)
        with self._guard:
            self.now -= 1
        return super().complete(request)


def test_no_more_calls_than_jobs_are_under_way() -> None:
    gate = Gate()
    calls = Bench(gate, Kept(), Time()).calls(3)
    with ThreadPoolExecutor(8) as pool, ThreadPoolExecutor(1) as outer:
        result = outer.submit(run_all, calls, 12, pool)
        for _ in range(3):
            assert gate.inside.acquire(timeout=60)
        gate.go.release(12)
        assert result.result(60) == ["yes"] * 12
    assert gate.most == 3


def test_calls_at_once_wait_for_each_other_before_they_pass_the_budget() -> None:
    gate = Gate()
    calls = Bench(gate, Kept(), Time()).calls(8, max_tokens=500)
    gate.go.release(100)
    with ThreadPoolExecutor(8) as pool:
        found = run_all(calls, 20, pool)
    assert found.count("yes") == 3
    assert calls.bill.usage.tokens == 450


def test_a_retry_waits_without_holding_its_place() -> None:
    resting = threading.Event()
    served = threading.Event()

    class Odd(Engine):
        def complete(self, request: Request) -> Reply:
            if "odd" in request.messages[0].content and not served.is_set():
                raise Transient("odd", code="network")
            return GOOD

    def sleep(_: float) -> None:
        resting.set()
        assert served.wait(60)

    calls = Calls(Odd(GOOD), 1, ignore, Kept(), lambda _: 0.0, sleep=sleep)
    with ThreadPoolExecutor(1) as pool:
        odd = pool.submit(calls.complete, ask(words="odd"), "odd")
        assert resting.wait(60)
        assert calls.complete(ask(), "it").text == "yes"
        served.set()
        assert odd.result(60).text == "yes"


# -- the end


def test_stopping_wakes_who_waits_to_try_again() -> None:
    told = threading.Event()

    def report(event: Event) -> None:
        told.set()

    calls = Calls(Engine(Transient("x", code="network", retry_after=600)), 2, report, Kept(), lambda _: 0.0)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(calls.complete, ask(), "it")
        assert told.wait(60)
        calls.stop()
        with pytest.raises(RunError) as caught:
            waiting.result(60)
    assert caught.value.code == "interrupted"


def test_stopping_wakes_who_waits_for_a_place_and_lets_the_others_finish() -> None:
    gate = Gate()
    calls = Calls(gate, 1, ignore, Kept(), lambda _: 0.0)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(calls.complete, ask(1), "it")
        assert gate.inside.acquire(timeout=60)
        second = pool.submit(calls.complete, ask(2), "it")
        calls.stop()
        with pytest.raises(RunError):
            second.result(60)
        gate.go.release()
        assert first.result(60).text == "yes"


# -- faults at random


def faults(share: float, kinds: Sequence[str]) -> Iterator[Reply | VidgistError]:
    """Errors and replies, evenly mixed: ``share`` of them are errors, in a fixed disorder."""
    for number in itertools.count():
        lot = (number * 7_919 + 13) % 101 / 101
        yield Transient("fault", code=kinds[number % len(kinds)]) if lot < share else GOOD


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5])
@pytest.mark.parametrize("kind", ["rate_limit", "server_error", "network", "bad_response", "mixed"])
def test_no_call_that_a_retry_could_save_is_lost(share: float, kind: str) -> None:
    kinds = ["rate_limit", "server_error", "network", "bad_response"] if kind == "mixed" else [kind]
    stream = faults(share, kinds)

    class Flaky(Engine):
        def complete(self, request: Request) -> Reply:
            with self._guard:
                self.asked.append(request)
                answer = next(stream)
            if isinstance(answer, Reply):
                return answer
            raise answer

    made = Bench(Flaky(GOOD), Kept(), Time())
    calls = made.calls(8)
    with ThreadPoolExecutor(8) as pool:
        assert run_all(calls, 200, pool) == ["yes"] * 200
    assert len(made.engine.asked) <= 200 / (1 - share) * 1.15
    assert calls.bill.usage.calls == 200
