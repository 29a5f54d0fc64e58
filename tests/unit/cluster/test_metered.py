"""A metered engine: no call without a place, none that is not told of afterwards."""

import threading

import pytest

from tests.doubles.engine import GOOD, Engine
from vidgist.cluster.metered import Metered
from vidgist.errors import BudgetReached, RunError, Transient, UsedUp
from vidgist.llm.bounds import Amount, Reserve, Verdict
from vidgist.models import Message, Reply, Request, Usage

REQUEST = Request(messages=(Message(role="user", content="say yes"),), max_output_tokens=70)


class Book:
    """An allowance that answers what it is told; the last for ever."""

    def __init__(self, *verdicts: Verdict) -> None:
        self.verdicts = list(verdicts)
        self.asked: list[Amount] = []
        self.settled: list[tuple[int, Amount | None]] = []
        self.ended: list[int] = []
        self.pauses: list[float | None] = []
        self.was_asked = threading.Event()

    def begin(self, reserve: Reserve) -> tuple[Verdict, int]:
        return self.admit(reserve.whole)

    def end(self, item: int) -> None:
        self.ended.append(item)

    def admit(self, worst: Amount) -> tuple[Verdict, int]:
        self.asked.append(worst)
        self.was_asked.set()
        verdict = self.verdicts.pop(0) if len(self.verdicts) > 1 else self.verdicts[0]
        return verdict, len(self.asked) if verdict == "go" else 0

    def pause(self, refusal: Transient | UsedUp) -> None:
        assert len(self.settled) < len(self.asked), "a place is free before all know that they have to wait"
        self.pauses.append(refusal.retry_after)

    def settle(self, call: int, used: Amount | None) -> None:
        self.settled.append((call, used))


def metered(book: Book, *answers: Reply | Transient | UsedUp, price: float | None = 0.5) -> Metered:
    def cost(usage: Usage) -> float | None:
        return None if price is None else price * usage.tokens

    return Metered(Engine(*(answers or (GOOD,))), book, cost, pause=0)


def test_a_call_takes_a_place_and_says_what_it_took() -> None:
    book = Book("go")
    assert metered(book).complete(REQUEST) == GOOD
    (worst,) = book.asked
    assert worst.tokens > 70
    assert worst.cost == 0.5 * worst.tokens
    assert book.settled == [(1, Amount(tokens=150, cost=75.0))]


def test_a_call_waits_for_its_place() -> None:
    book = Book("wait", "wait", "go")
    metered(book).complete(REQUEST)
    assert len(book.asked) == 3
    assert [call for call, _ in book.settled] == [3]


def test_a_call_that_fails_gives_its_place_back() -> None:
    book = Book("go")
    with pytest.raises(Transient):
        metered(book, Transient("broken")).complete(REQUEST)
    assert book.settled == [(1, None)]
    assert not book.pauses


@pytest.mark.parametrize(
    "refusal",
    [Transient("slow down", code="rate_limit", retry_after=20), UsedUp("tomorrow", retry_after=20)],
)
def test_what_a_server_says_of_waiting_is_told_to_all(refusal: Transient | UsedUp) -> None:
    book = Book("go")
    with pytest.raises(type(refusal)):
        metered(book, refusal).complete(REQUEST)
    assert book.pauses == [20]
    assert book.settled == [(1, None)]


def test_no_call_beyond_the_budget() -> None:
    book = Book("over")
    engine = metered(book)
    with pytest.raises(BudgetReached):
        engine.complete(REQUEST)
    assert not book.settled


def test_an_unknown_price_is_unknown_and_not_nothing() -> None:
    book = Book("go")
    metered(book, price=None).complete(REQUEST)
    assert book.asked[0].cost is None
    assert book.settled == [(1, Amount(tokens=150, cost=None))]


def test_an_item_begins_where_all_workers_have_room_for_it_and_gives_that_back() -> None:
    book = Book("wait", "go")
    worst, expected = Usage(input_tokens=10, output_tokens=5), Usage(input_tokens=60, output_tokens=20)
    with metered(book).item(worst, expected):
        assert [asked.tokens for asked in book.asked] == [95, 95]
        assert not book.ended
    assert book.ended == [2]


def test_an_item_that_fits_in_no_case_ends_the_run() -> None:
    book = Book("over")
    with pytest.raises(BudgetReached), metered(book).item(Usage(), Usage()):
        pytest.fail("it began")
    assert not book.ended


def test_a_closed_engine_lets_nobody_wait() -> None:
    book = Book("wait")
    engine = metered(book)
    failed: list[BaseException] = []

    def ask() -> None:
        try:
            engine.complete(REQUEST)
        except RunError as error:
            failed.append(error)

    waiting = threading.Thread(target=ask)
    waiting.start()
    assert book.was_asked.wait(60)
    engine.close()
    waiting.join(60)
    assert [type(error) for error in failed] == [RunError]


def test_it_is_the_engine_that_it_meters() -> None:
    engine = metered(Book("go"))
    assert (engine.model, engine.host, engine.window) == ("openai:double", "host", 1_000)
