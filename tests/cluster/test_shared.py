"""What workers share in the database: the memory, the ledger, the bill, the queue."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

pytest.importorskip("procrastinate", reason="vidgist[cluster] is not installed")

from tests.doubles.parts import item
from vidgist.cluster import queue
from vidgist.cluster.allowance import LONGEST_PAUSE, OrderAllowance
from vidgist.cluster.database import Database
from vidgist.cluster.memory import opened as opened_store
from vidgist.cluster.memory import shared
from vidgist.cluster.orders import Order, Renewal, Ticket, place
from vidgist.cluster.orders_db import OrdersDb
from vidgist.cluster.workers_db import WorkersDb
from vidgist.config import Settings
from vidgist.errors import InputError, RunError, StateError, Transient
from vidgist.llm.bounds import Amount, Bounds, reserve
from vidgist.models import Failure
from vidgist.store import Job, Store

pytestmark = pytest.mark.cluster

TEN = Amount(tokens=10, cost=0.5)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    with closing(Database(url)) as opened:
        queue.prepare(opened)
        yield opened


@pytest.fixture
def stores(database: Database, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Those of two workers."""
    with (
        closing(opened_store(tmp_path / "one", database)) as one,
        closing(opened_store(tmp_path / "two", database)) as two,
    ):
        yield one, two


def allowance(
    database: Database, bounds: Bounds, server: str = "host"
) -> tuple[OrderAllowance, OrdersDb, WorkersDb]:
    """That of a new worker for an order with these bounds."""
    orders, workers = OrdersDb(database), WorkersDb(database)
    order = place(Settings(output="/notes"), "f1", bounds)
    orders.place(order)
    return OrderAllowance(database, order.id, workers.enter("me"), server), orders, workers


def test_what_one_worker_remembers_another_recalls(stores: tuple[Store, Store]) -> None:
    one, two = stores
    assert two.memory.recall("reply", "key") is None
    one.memory.remember("reply", "key", "ein Wort 🍞")
    one.memory.remember("reply", "key", "zwei\0Worte")
    assert two.memory.recall("reply", "key") == "zwei\0Worte"
    assert two.memory.recall("other", "key") is None
    two.memory.forget("reply", "key")
    assert one.memory.recall("reply", "key") is None


def renewal(database: Database, what: str) -> Renewal:
    """One that begins now."""
    return OrdersDb(database).renewal(place(Settings(output="/notes"), "f1", Bounds()), what, [])


@pytest.mark.parametrize(
    ("what", "kinds"),
    [("summary", ["reply", "answer"]), ("transcript", ["fetched"]), ("all", ["reply", "answer", "fetched"])],
)
def test_what_is_made_anew_is_unknown_until_any_worker_has_made_it(
    database: Database, stores: tuple[Store, Store], what: str, kinds: list[str]
) -> None:
    one, two = stores
    everything = ("reply", "answer", "fetched", "ability")
    for kind in everything:
        one.memory.remember(kind, "key", "old")
    anew = renewal(database, what)
    assert [
        kind for kind in everything if shared(one, database, anew).memory.recall(kind, "key") is None
    ] == [kind for kind in everything if kind in kinds]
    assert all(two.memory.recall(kind, "key") == "old" for kind in everything)
    for kind in kinds:
        shared(one, database, anew).memory.remember(kind, "key", "new")
        assert shared(two, database, anew).memory.recall(kind, "key") == "new"


def test_what_became_of_an_item_before_a_renewal_is_known_and_does_not_count(
    database: Database, stores: tuple[Store, Store]
) -> None:
    one, two = stores
    done = Job(item=item(1), recipe="r", status="done", files=("a.txt",))
    failed = Job(
        item=item(2), recipe="r", status="failed", failure=Failure(stage="fetch", code="private", message="")
    )
    for job in (done, failed):
        one.jobs.save("/notes", job)
    store = shared(two, database, renewal(database, "all"))
    before = store.jobs.find("/notes", item(1))
    assert before is not None
    assert (before.status, before.recipe, before.files) == ("done", "", ("a.txt",))
    gone = store.jobs.find("/notes", item(2))
    assert gone is not None
    assert gone.failure is not None
    assert gone.failure.retry == "later"
    assert store.jobs.find("/notes", item(3)) is None
    one.jobs.save("/notes", done)
    assert store.jobs.find("/notes", item(1)) == done


def test_a_renewal_that_is_under_way_is_gone_on_with(database: Database) -> None:
    till = OrdersDb(database)
    order = place(Settings(output="/notes"), "f1", Bounds())
    first = order.model_copy(
        update={"renewal": till.renewal(order, "all", []), "bounds": Bounds(in_flight=1)}
    )
    till.place(first)
    till.place(order)
    unfinished = [order.id, first.id]
    assert till.renewal(order, "all", unfinished) == first.renewal
    assert till.renewal(order, "summary", unfinished) != first.renewal
    assert (
        till.renewal(order.model_copy(update={"destination": "/other"}), "all", unfinished) != first.renewal
    )
    later = till.renewal(order, "all", [order.id])
    assert first.renewal is not None
    assert later.since > first.renewal.since


def test_the_ledger_is_one(stores: tuple[Store, Store]) -> None:
    one, two = stores
    failure = Failure(stage="fetch", code="private", message="no\0thing")
    done = Job(
        item=item(1), recipe="r", status="done", title="T\0itle", files=("a.txt",), tokens=7, cost=None
    )
    one.jobs.save("/notes", done)
    one.jobs.save("/notes", Job(item=item(2), recipe="r", status="waiting"))
    two.jobs.save("/notes", Job(item=item(2), recipe="r", status="failed", failure=failure))
    two.jobs.save("/other", Job(item=item(1), recipe="r", status="seen"))
    assert two.jobs.find("/notes", item(1)) == done
    assert two.jobs.find("/notes", item(3)) is None
    assert two.jobs.made("/notes", item(1), "r") == ("a.txt",)
    assert two.jobs.made("/notes", item(1), "other") is None
    assert two.jobs.made("/notes", item(2), "r") is None
    assert two.jobs.made("/notes", item(3), "r") is None
    assert [job.status for job in one.jobs.all("/notes")] == ["done", "failed"]
    assert [job.item.id for job in one.jobs.all(status="seen")] == [item(1).id]
    assert len(list(one.jobs.all())) == 3
    assert not list(one.jobs.all("")) + list(one.jobs.all("/notes", ""))
    assert one.jobs.folders() == ["/notes", "/other"]


def test_two_items_never_share_a_name(stores: tuple[Store, Store]) -> None:
    one, two = stores
    assert one.names.claim("/notes", item(1), "Talk") == "Talk"
    assert two.names.claim("/notes", item(2), "talk") == "talk-2"
    assert two.names.claim("/notes", item(1), "Talk") == "Talk"
    assert two.names.claim("/other", item(2), "Talk") == "Talk"


def test_places_are_those_of_all_orders_and_workers(database: Database) -> None:
    first, *_ = allowance(database, Bounds(in_flight=2))
    second, *_ = allowance(database, Bounds(in_flight=2))
    other, *_ = allowance(database, Bounds(in_flight=2), server="another")
    _, one = first.admit(TEN)
    assert second.admit(TEN)[0] == "go"
    assert first.admit(TEN) == ("wait", 0)
    assert other.admit(TEN)[0] == "go"
    first.settle(one, None)
    assert second.admit(TEN)[0] == "go"


def test_the_bill_is_one_and_its_bounds_can_be_raised(database: Database) -> None:
    one, orders, _ = allowance(database, Bounds(max_tokens=25))
    _, call = one.admit(TEN)
    assert one.admit(TEN)[0] == "go"
    assert one.admit(TEN)[0] == "wait"
    one.settle(call, Amount(tokens=16, cost=0.25))
    assert one.admit(TEN)[0] == "over"
    allowance(database, Bounds(max_tokens=250))
    assert one.admit(TEN)[0] == "go"
    (spent,) = orders.spent()
    assert (spent.calls, spent.tokens, spent.cost, spent.lost) == (1, 16, 0.25, 0)


def test_the_calls_of_the_dead_are_billed_at_their_most_and_hold_no_place(database: Database) -> None:
    dead, orders, workers = allowance(database, Bounds(in_flight=1))
    _, call = dead.admit(TEN)
    assert workers.count() == 1
    assert workers.expire_dead(3600) == 0
    assert workers.expire_dead(0) == 1
    assert workers.count() == 0
    living, *_ = allowance(database, Bounds(in_flight=1))
    assert living.admit(TEN)[0] == "go"
    dead.settle(call, TEN)
    (spent,) = orders.spent()
    assert (spent.lost, spent.calls, spent.tokens, spent.cost) == (1, 0, 10, 0.5)


def test_who_was_given_up_makes_no_further_call(database: Database) -> None:
    one, _, workers = allowance(database, Bounds())
    workers.expire_dead(0)
    with pytest.raises(RunError, match="gave this one up"):
        one.admit(TEN)


def test_an_item_waits_until_those_that_have_begun_have_ended(database: Database) -> None:
    """One that would not be finished beside them is not begun by any worker."""
    one, *_ = allowance(database, Bounds(max_tokens=100))
    two, _, workers = allowance(database, Bounds(max_tokens=100))
    wanted = reserve(TEN, Amount(tokens=50, cost=2.5))
    verdict, begun = one.begin(wanted)
    assert verdict == "go"
    assert two.begin(wanted) == ("wait", 0)
    assert one.admit(TEN)[0] == "go"
    one.end(begun)
    assert two.begin(wanted)[0] == "go"
    workers.expire_dead(0)
    three, *_ = allowance(database, Bounds(max_tokens=100))
    assert three.begin(wanted)[0] == "go"
    assert three.begin(reserve(TEN, Amount(tokens=91, cost=5)))[0] == "over"


def test_what_has_no_price_is_unknown_in_the_bill(database: Database) -> None:
    one, orders, workers = allowance(database, Bounds(max_tokens=1_000))
    unknown = Amount(tokens=10, cost=None)
    _, call = one.admit(unknown)
    one.settle(call, unknown)
    assert orders.spent()[0].cost is None
    assert one.admit(unknown)[0] == "go"
    workers.expire_dead(0)
    (spent,) = orders.spent()
    assert (spent.tokens, spent.cost) == (20, None)
    dear, *_ = allowance(database, Bounds(max_cost=9.0))
    assert dear.admit(unknown)[0] == "over"


def test_what_is_damaged_is_as_good_as_not_there(database: Database, stores: tuple[Store, Store]) -> None:
    one, two = stores
    allowed, orders, _ = allowance(database, Bounds())
    one.jobs.save("/notes", Job(item=item(1), recipe="r", status="done", files=("a.txt",)))
    one.memory.remember("reply", "key", "words")
    for statement in (
        "UPDATE vidgist_memo SET body = 'garbage'",
        "UPDATE vidgist_job SET document = '{\"item\": 7}'",
        "UPDATE vidgist_order SET document = '{'",
    ):
        database.rows(statement)
    assert two.memory.recall("reply", "key") is None
    assert two.jobs.find("/notes", item(1)) is None
    assert two.jobs.made("/notes", item(1), "r") is None
    assert not list(two.jobs.all())
    assert orders.spent() == []
    assert isinstance(orders.renewal(place(Settings(), "f", Bounds()), "all", [allowed.order]), Renewal)
    assert Order.read("null") is None
    with pytest.raises(InputError, match="there is no order"):
        orders.order(allowed.order)
    with pytest.raises(RunError, match="gone from the database"):
        allowed.admit(TEN)


def test_a_pause_that_one_worker_was_told_is_kept_by_all(database: Database) -> None:
    told, *_ = allowance(database, Bounds())
    other, *_ = allowance(database, Bounds(max_tokens=1_000))
    elsewhere, *_ = allowance(database, Bounds(), server="another")
    for seconds in (600, 5, 86_400):
        told.pause(Transient(f"wait {seconds}\0", code="overloaded", retry_after=seconds))
        with pytest.raises(Transient, match=f"wait {max(seconds, 600)}") as caught:
            other.admit(TEN)
        assert caught.value.code == "overloaded"
        assert 60 < (caught.value.retry_after or 0) <= LONGEST_PAUSE
    assert elsewhere.admit(TEN)[0] == "go"
    database.rows("UPDATE vidgist_pause SET until = clock_timestamp()")
    assert other.admit(TEN)[0] == "go"


def test_tickets_of_the_first_release_wait_in_the_lane_that_is_called_so_now(database: Database) -> None:
    tickets = [Ticket(order="a", item=item(number)) for number in range(3)]
    with queue.Inbox(database) as inbox:
        inbox.put("summarize", tickets)
    before = database.rows("SELECT queue_name, task_name, lock, queueing_lock FROM procrastinate_jobs")
    database.rows(
        "UPDATE procrastinate_jobs SET queue_name = 'think', task_name = 'vidgist.think',"
        " lock = replace(lock, 'summarize ', 'think '), queueing_lock = replace(lock, 'summarize ', 'think ')"
    )
    assert queue.waiting(database)["summarize"] == {"todo": 0, "doing": 0}
    queue.prepare(database)
    after = database.rows("SELECT queue_name, task_name, lock, queueing_lock FROM procrastinate_jobs")
    assert sorted(after) == sorted(before)
    with queue.Inbox(database) as inbox:
        assert inbox.put("summarize", tickets) == 0


def test_what_waits_is_not_enqueued_again(database: Database) -> None:
    tickets = [Ticket(order="a", item=item(number)) for number in range(5)]
    with queue.Inbox(database) as inbox:
        assert inbox.put("fetch", tickets[:3]) == 3
        assert inbox.put("fetch", tickets) == 2
        assert inbox.put("summarize", tickets[:1]) == 1
    assert queue.waiting(database) == {"fetch": {"todo": 5, "doing": 0}, "summarize": {"todo": 1, "doing": 0}}
    assert queue.orders(database) == ["a"]
    assert queue.drop(database, "b") == 0
    assert queue.drop(database, "a") == 6
    assert queue.orders(database) == []


def test_a_database_of_a_newer_vidgist_is_left_alone(database: Database) -> None:
    database.rows("UPDATE vidgist_schema SET version = version + 1")
    with pytest.raises(StateError, match="newer vidgist"):
        Database(database.url)


def test_opening_it_again_changes_nothing(database: Database) -> None:
    database.rows("INSERT INTO vidgist_memo (kind, key, body) VALUES ('a', 'b', 'c')")
    with closing(Database(database.url)) as again:
        queue.prepare(again)
        assert again.rows("SELECT count(*) FROM vidgist_memo") == [(1,)]
