"""The lane of model calls: remembered, tried again, given up; time and chance are the test's own."""

from collections.abc import Callable

import pytest

from tests.doubles.engine import GOOD, USED, Bench, Engine, Kept, Time, ask, outcomes
from vidgist.errors import BadCredentials, BadReply, Refused, RunError, TooLong, Transient, VidgistError
from vidgist.events import Asking, Paused, Retrying
from vidgist.llm import call_retries as room
from vidgist.models import Request

Make = Callable[..., Bench]


@pytest.fixture
def bench() -> Make:
    memory, time = Kept(), Time()
    return lambda *answers: Bench(Engine(*answers), memory, time)


# -- memory


def test_a_reply_is_paid_for_once_and_tells_what_it_took(bench: Make) -> None:
    made = bench(GOOD)
    calls = made.calls()
    assert calls.complete(ask(), "it") == GOOD
    recalled = calls.complete(ask(), "it")
    assert recalled.text == "yes"
    assert recalled.rate_limit is None
    assert recalled.usage == USED.model_copy(update={"calls": 0})
    assert calls.bill.usage == USED
    assert calls.bill.cost == pytest.approx(0.15)
    assert len(made.engine.asked) == 1
    assert (calls.model, calls.window) == ("openai:double", 1_000)


def test_another_run_recalls_unless_it_is_fresh(bench: Make) -> None:
    made = bench(GOOD)
    made.calls().complete(ask(), "it")
    made.calls().complete(ask(), "it")
    assert len(made.engine.asked) == 1
    fresh = made.calls(fresh=True)
    fresh.complete(ask(), "it")
    fresh.complete(ask(), "it")
    assert len(made.engine.asked) == 2


@pytest.mark.parametrize(
    "other",
    [
        ask(1),
        ask(limit=200),
        ask().model_copy(update={"temperature": 0.5}),
        ask().model_copy(update={"schema_": {"type": "object"}}),
    ],
)
def test_whatever_changes_the_answer_is_asked_anew(bench: Make, other: Request) -> None:
    made = bench(GOOD)
    calls = made.calls()
    calls.complete(ask(), "it")
    calls.complete(other, "it")
    assert len(made.engine.asked) == 2


def test_another_server_answers_for_itself(bench: Make) -> None:
    made = bench(GOOD)
    made.calls().complete(ask(), "it")
    made.calls(server="elsewhere").complete(ask(), "it")
    assert len(made.engine.asked) == 2


@pytest.mark.parametrize("finish", ["length", "refusal"])
def test_a_reply_that_is_not_whole_is_paid_for_but_not_remembered(bench: Make, finish: str) -> None:
    made = bench(GOOD.model_copy(update={"finish": finish}))
    calls = made.calls()
    calls.complete(ask(), "it")
    calls.complete(ask(), "it")
    assert len(made.engine.asked) == 2
    assert calls.bill.usage.calls == 2
    assert made.memory.held == {}


def test_a_useless_reply_is_forgotten_and_an_unreadable_one_asked_for_again(bench: Make) -> None:
    made = bench(GOOD)
    calls = made.calls()
    calls.complete(ask(), "it")
    calls.forget(ask())
    calls.complete(ask(), "it")
    (place,) = made.memory.held
    made.memory.held[place] = "{"
    calls.complete(ask(), "it")
    assert len(made.engine.asked) == 3


# -- trying again


@pytest.mark.parametrize("code", ["server_error", "overloaded", "network", "bad_response"])
def test_what_may_pass_is_tried_again_ever_more_rarely(bench: Make, code: str) -> None:
    made = bench(*[Transient("down", code=code)] * 5, GOOD)
    assert made.calls().complete(ask(), "talk 1").text == "yes"
    assert made.time.slept == [0.5, 1, 2, 4, 8]
    retried = [event for event in made.events if isinstance(event, Retrying)]
    assert retried[0] == Retrying(what="talk 1", reason="down", seconds=0.5)
    stages = [event.stage for event in made.events if isinstance(event, Asking)]
    assert stages == ["wait", "ask", "over"] * 6


def test_a_call_that_is_over_tells_what_it_took(bench: Make) -> None:
    made = bench(Transient("down", code="overloaded"), GOOD)
    made.calls().complete(ask(), "talk 1")
    over = [event for event in made.events if isinstance(event, Asking) and event.stage == "over"]
    assert [event.usage.calls for event in over] == [0, GOOD.usage.calls]
    assert over[1].usage == GOOD.usage


def test_a_call_that_ran_out_of_time_is_made_once_more(bench: Make) -> None:
    made = bench(Transient("silent", code="timeout"))
    with pytest.raises(Transient, match="silent"):
        made.calls().complete(ask(), "it")
    assert len(made.engine.asked) == 2


def test_a_server_that_loads_a_model_is_waited_for_and_not_for_ever(bench: Make) -> None:
    made = bench(*[Transient("Loading model", code="loading")] * 30, GOOD)
    assert made.calls().complete(ask(), "it").text == "yes"
    assert sum(made.time.slept) == 30 * 5
    made = bench(Transient("Loading model", code="loading"))
    with pytest.raises(RunError, match="Loading model"):
        made.calls(server="elsewhere").complete(ask(), "it")
    assert 600 <= sum(made.time.slept) - 30 * 5 <= 605


def test_a_server_that_serves_nobody_is_given_up_after_a_minute(bench: Make) -> None:
    made = bench(Transient("down", code="server_error"))
    with pytest.raises(Transient, match="down"):
        made.calls().complete(ask(), "it")
    assert len(made.engine.asked) == room.TRIES_IN_VAIN
    assert sum(made.time.slept) <= 64


def test_a_call_that_fails_alone_is_tried_often_and_soon(bench: Make) -> None:
    made = bench(GOOD)
    made.calls()
    tries = room.Tries(circuit := room.Circuit())
    waits = []
    while (wait := tries.failed(Transient("odd", code="server_error"), 1.0)) is not None:
        waits.append(wait)
        circuit.served()
    assert waits == [0.5] * (room.TRIES - 1)


def test_too_many_calls_spread_further_with_each_try(bench: Make) -> None:
    tries = room.Tries(circuit := room.Circuit())
    waits = []
    while (wait := tries.failed(Transient("slow down", code="rate_limit"), 1.0)) is not None:
        waits.append(wait)
        circuit.served()
    assert waits == [0.5, 1, 2, *[4.0] * (room.TRIES - 4)]


def test_too_many_calls_are_borne_longer_than_a_server_that_is_down(bench: Make) -> None:
    made = bench(Transient("slow down", code="rate_limit"))
    with pytest.raises(Transient):
        made.calls().complete(ask(), "it")
    assert len(made.engine.asked) == room.TRIES_CROWDED
    assert max(made.time.slept) == 60
    assert sum(made.time.slept) <= 310


def test_a_wish_to_wait_closes_the_lane_for_all(bench: Make) -> None:
    made = bench(Transient("slow down", code="rate_limit", retry_after=300), GOOD)
    began = made.time.now
    assert made.calls().complete(ask(), "it").text == "yes"
    assert made.time.now == began + 300
    paused = [event for event in made.events if isinstance(event, Paused)]
    assert paused == [Paused(lane="summarize", reason="slow down", seconds=300)]
    retrying = [event for event in made.events if isinstance(event, Retrying)]
    assert [event.seconds for event in retrying] == [300]


def test_a_wish_to_wait_for_hours_ends_the_run(bench: Make) -> None:
    made = bench(Transient("come back tomorrow", code="rate_limit", retry_after=7_200))
    calls = made.calls()
    for _ in range(2):
        with pytest.raises(RunError, match="tomorrow") as caught:
            calls.complete(ask(), "it")
        assert (caught.value.code, "2.0 hours" in caught.value.hint) == ("rate_limit", True)
    assert made.time.slept == []
    assert len(made.engine.asked) == 1


@pytest.mark.parametrize("error", [TooLong("no"), Refused("no")])
def test_what_concerns_one_item_is_raised_at_once_and_stops_nobody(bench: Make, error: VidgistError) -> None:
    made = bench(error)
    calls = made.calls()
    for number in range(20):
        with pytest.raises(type(error)):
            calls.complete(ask(number), "it")
    assert len(made.engine.asked) == 20


# -- the circuit


def test_a_run_error_meets_every_further_call_without_network(bench: Make) -> None:
    made = bench(BadCredentials("wrong key", hint="look"))
    calls = made.calls()
    for number in range(5):
        with pytest.raises(BadCredentials, match="wrong key") as caught:
            calls.complete(ask(number), "it")
        assert (caught.value.code, caught.value.hint) == ("bad_credentials", "look")
    assert len(made.engine.asked) == 1


def test_what_is_remembered_is_had_after_a_stop(bench: Make) -> None:
    made = bench(GOOD, BadCredentials("wrong key"))
    calls = made.calls()
    calls.complete(ask(1), "it")
    with pytest.raises(BadCredentials):
        calls.complete(ask(2), "it")
    assert calls.complete(ask(1), "it").text == "yes"


@pytest.mark.parametrize(
    "error", [Transient("down", code="server_error"), BadReply("no", code="bad_request")]
)
def test_five_calls_given_up_alike_end_the_run(bench: Make, error: VidgistError) -> None:
    made = bench(error)
    assert outcomes(made.calls(), 8) == [error.code] * 4 + ["llm_down"] * 4
    assert len(made.engine.asked) <= 5 * room.TRIES_IN_VAIN


def test_calls_given_up_for_different_reasons_do_not(bench: Make) -> None:
    one, other = BadReply("a", code="bad_request"), BadReply("b", code="odd")
    assert outcomes(bench(*[one, other] * 6, GOOD).calls(), 13)[-1] == "yes"


def test_one_that_is_served_between_closes_the_circuit_again(bench: Make) -> None:
    error = BadReply("no", code="bad_request")
    made = bench(*[*[error] * 4, GOOD] * 3, GOOD)
    assert outcomes(made.calls(), 15).count("llm_down") == 0


def test_a_server_that_was_never_there_ends_the_run_within_three_tries(bench: Make) -> None:
    made = bench(Transient("refused", code="unreachable", hint="is it running?"))
    with pytest.raises(RunError, match="refused") as caught:
        made.calls().complete(ask(), "it")
    assert (caught.value.code, caught.value.hint) == ("llm_down", "is it running?")
    assert len(made.engine.asked) == room.TRIES_UNREACHED


def test_a_server_that_goes_away_ends_the_run_with_the_third_call(bench: Make) -> None:
    made = bench(GOOD, Transient("refused", code="unreachable"))
    assert outcomes(made.calls(), 5) == ["yes", "unreachable", "unreachable", "llm_down", "llm_down"]
