"""The plan and the pipeline: each item once, one failure never another's, stops that lose nothing."""

import queue
import signal
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.doubles.parts import Ears, Site, Thinker, item
from tests.doubles.session import session
from vidgist.errors import (
    BadCredentials,
    Blocked,
    ItemError,
    NotYet,
    OutputFull,
    RunError,
    Transient,
    Unavailable,
    WriteFailed,
)
from vidgist.events import Done, Failed, Listed, Paused, Skipped, Stopped, Working
from vidgist.models import Item, Ref, Video
from vidgist.protocols import Visit
from vidgist.run.destinations import Folder
from vidgist.run.pipeline import Pipeline, _Pool
from vidgist.run.session import Session
from vidgist.run.throttle import TRIES, SiteThrottle
from vidgist.run.worklist import LISTINGS
from vidgist.store import Store


class Factory:
    """One state, one notes folder, one run after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "notes"
        self.store = Store(folder / "state")
        self.site = Site()
        self.disk = Site(name="disk", remote=False)
        self.language_model = Thinker()
        self.ears = Ears()
        self.waited = 0.0

    def run(self, *refs: str, jobs: int = 2, fresh: str = "", **bounds: object) -> Pipeline:
        self.ears = Ears()
        throttle = SiteThrottle(0.0, 65.0, self.ears, clock=lambda: self.waited, sleep=self._wait)
        self.session = session(
            self.store,
            self.folder,
            self.language_model,
            self.site,
            self.disk,
            report=self.ears,
            price=lambda _: 0.001,
            throttle=throttle,
            jobs=jobs,
            fresh=fresh,
            **bounds,  # type: ignore[arg-type]
        )
        self.plan = self.session.work_list(
            Ref(text=ref, origin=f"list:{n}") for n, ref in enumerate(refs, start=1)
        )
        pipeline = self.session.pipeline()
        pipeline.run(self.plan)
        return pipeline

    def heard_by(self, ears: Ears) -> Session:
        return session(self.store, self.folder, self.language_model, self.site, report=ears, jobs=1)

    def _wait(self, seconds: float) -> None:
        self.waited += seconds

    def codes(self) -> dict[str, str]:
        return {failed.item.id: failed.failure.code for failed in self.ears.of(Failed)}

    def done(self) -> list[str]:
        return sorted(done.item.id for done in self.ears.of(Done))

    def skipped(self, why: str) -> int:
        return sum(skipped.why == why for skipped in self.ears.of(Skipped))

    def records(self) -> int:
        return len(list(self.folder.glob("*.txt")))


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Factory]:
    factory = Factory(tmp_path)
    yield factory
    factory.store.close()


def test_everything_is_done_once_and_a_rerun_does_nothing(works: Factory) -> None:
    works.run("1-30", "7", "30", jobs=4)
    assert works.done() == [item(n).id for n in range(1, 31)]
    assert works.records() == 30
    before = {path: path.stat().st_mtime_ns for path in works.folder.iterdir()}
    works.run("1-30", "7", jobs=4)
    assert works.done() == []
    assert works.skipped("done") == 30
    assert (len(works.site.visits), len(works.language_model.calls)) == (30, 30)
    assert {path: path.stat().st_mtime_ns for path in works.folder.iterdir()} == before


def test_one_bad_item_never_stops_the_others(works: Factory) -> None:
    works.site.faults = {
        item(2).id: [Unavailable("It is private.", code="private")],
        item(3).id: [ZeroDivisionError("oh")],
        item(4).id: [NotYet("live", code="live")],
    }
    works.language_model.faults = {item(5).id: [ItemError("no", code="refused")], item(6).id: [KeyError("x")]}
    works.run("1-8")
    assert works.done() == [item(n).id for n in (1, 7, 8)]
    assert works.codes() == {
        item(2).id: "private",
        item(3).id: "internal",
        item(4).id: "live",
        item(5).id: "refused",
        item(6).id: "internal",
    }
    assert works.records() == 8


def test_only_what_may_have_changed_is_tried_again(works: Factory) -> None:
    works.site.faults = {item(1).id: [Unavailable("gone")], item(2).id: [NotYet("live", code="live")]}
    works.run("1-3")
    works.run("1-3")
    assert works.done() == [item(2).id]
    assert works.skipped("failed") == 1
    assert works.site.visits.count(item(1).id) == 1
    works.run("1-3", retry_failed=True)
    assert works.done() == [item(1).id]
    assert works.records() == 3


def test_a_transient_fault_is_retried_within_the_run(works: Factory) -> None:
    works.site.faults = {item(1).id: [Transient("reset"), Transient("reset")]}
    works.run("1")
    assert works.done() == [item(1).id]
    assert len(works.site.visits) == 3


def test_a_passing_block_costs_no_item(works: Factory) -> None:
    works.site.faults = {item(2).id: [Blocked("429")]}
    pipeline = works.run("1-5")
    assert works.done() == [item(n).id for n in range(1, 6)]
    assert pipeline.stopped is None
    assert works.waited


def test_a_video_that_alone_is_turned_away_fails_alone(works: Factory) -> None:
    works.site.faults = {item(2).id: [Blocked("bot", code="bot_check")] * 9}
    pipeline = works.run("1-5")
    assert works.codes() == {item(2).id: "bot_check"}
    assert len(works.done()) == 4
    assert pipeline.stopped is None
    assert works.site.visits.count(item(2).id) == 2


def test_a_lasting_block_stops_the_fetching_while_the_fetched_is_done(works: Factory) -> None:
    works.run("21-24")
    works.language_model = Thinker("two")
    works.site.visits.clear()
    works.site.faults = {item(n).id: [Blocked("429")] * 9 for n in range(1, 21)}
    pipeline = works.run("1-20", "21", "22", "23", "24")
    assert isinstance(pipeline.stopped, Blocked)
    assert [stopped.code for stopped in works.ears.of(Stopped)] == ["blocked"]
    assert works.done() == [item(n).id for n in range(21, 25)]
    assert works.codes() == {}
    assert len(works.site.visits) <= 5
    works.site.faults.clear()
    works.run("1-20")
    assert len(works.done()) == 20


def test_what_would_fail_alike_for_all_ends_the_run(works: Factory) -> None:
    works.language_model.faults = {item(n).id: [BadCredentials("401")] for n in range(1, 51)}
    pipeline = works.run("1-50", jobs=2)
    assert isinstance(pipeline.stopped, BadCredentials)
    assert len(works.ears.of(Stopped)) == 1
    assert len(works.language_model.calls) <= 2
    assert works.records() == 0
    works.language_model.faults.clear()
    works.run("1-50", jobs=2)
    assert len(works.done()) == 50
    assert len(works.site.visits) == 50


def test_a_run_error_while_fetching_ends_the_run(works: Factory) -> None:
    works.site.faults = {item(1).id: [RunError("no more", code="odd")]}
    pipeline = works.run("1-4")
    assert pipeline.stopped is not None
    assert pipeline.stopped.code == "odd"
    assert works.codes() == {}


def test_a_full_disk_ends_the_run(works: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Folder, name: str, content: str | bytes, *, new: bool = False) -> str:
        raise OutputFull("full")

    monkeypatch.setattr(Folder, "put", full)
    works.site.faults = {item(1).id: [Unavailable("gone")]}
    pipeline = works.run("1-3")
    assert isinstance(pipeline.stopped, OutputFull)
    monkeypatch.undo()
    works.run("1-3")
    assert len(works.done()) + len(works.codes()) == 3
    assert len(works.language_model.calls) <= 3


def test_one_file_that_cannot_be_written_fails_alone(works: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    put = Folder.put

    def fail(self: Folder, name: str, content: str | bytes, *, new: bool = False) -> str:
        if name.startswith(item(2).id):
            raise WriteFailed("no")
        return put(self, name, content, new=new)

    monkeypatch.setattr(Folder, "put", fail)
    works.site.faults = {item(2).id: [Unavailable("gone")]}
    works.run("1-3")
    assert works.codes() == {item(2).id: "write_failed"}
    assert len(works.done()) == 2


def test_an_interrupt_finishes_what_is_under_way(works: Factory) -> None:
    works.run("99")
    hold = works.language_model.hold = threading.Event()
    began = threading.Event()

    class Interrupting(Ears):
        def __call__(self, event: object) -> None:
            super().__call__(event)  # type: ignore[arg-type]
            if isinstance(event, Working) and event.stage == "summarize":
                began.set()
            if isinstance(event, Stopped):
                hold.set()

    def refs() -> Iterator[Ref]:
        yield Ref(text="1")
        assert began.wait(60)
        raise KeyboardInterrupt

    ears = Interrupting()
    current = works.heard_by(ears)
    works.language_model.calls.clear()
    pipeline = current.pipeline()
    pipeline.run(current.work_list(refs()))
    assert pipeline.interrupted
    assert [done.item.id for done in ears.of(Done)] == [item(1).id]
    assert [stopped.code for stopped in ears.of(Stopped)] == ["interrupted"]


def test_an_interrupt_finishes_the_last_items_too(works: Factory) -> None:
    interrupt, began, resumed = signal.getsignal(signal.SIGINT), threading.Event(), threading.Event()

    class Interrupting(Ears):
        def __call__(self, event: object) -> None:
            super().__call__(event)  # type: ignore[arg-type]
            if isinstance(event, Working) and event.stage == "summarize":
                began.set()
            if isinstance(event, Stopped):
                resumed.set()

    def press() -> None:
        assert began.wait(60)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    works.run("99")
    ears = Interrupting()
    works.language_model.hold = resumed
    current = works.heard_by(ears)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    presser = threading.Thread(target=press)
    presser.start()
    try:
        current.pipeline().run(current.work_list([Ref(text="1")]))
    finally:
        presser.join()
        signal.signal(signal.SIGINT, interrupt)
    assert [stopped.code for stopped in ears.of(Stopped)] == ["interrupted"]
    assert [done.item.id for done in ears.of(Done)] == [item(1).id]


def test_an_interrupt_ends_a_wait_that_would_go_on(works: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vidgist.run.pipeline.GRACE", 0.05)
    works.run("99")
    hold = works.language_model.hold = threading.Event()
    began = threading.Event()

    class Beginning(Ears):
        def __call__(self, event: object) -> None:
            super().__call__(event)  # type: ignore[arg-type]
            if isinstance(event, Working) and event.stage == "summarize":
                began.set()

    def refs() -> Iterator[Ref]:
        yield from (Ref(text=str(number)) for number in range(1, 9))
        assert began.wait(60)
        raise KeyboardInterrupt

    ears = Beginning()
    current = works.heard_by(ears)
    with pytest.raises(KeyboardInterrupt):
        current.pipeline().run(current.work_list(refs()))
    hold.set()
    assert [stopped.code for stopped in ears.of(Stopped)] == ["interrupted"]


def test_a_listener_that_fails_leaves_nobody_waiting(works: Factory) -> None:
    class Failing(Ears):
        def __call__(self, event: object) -> None:
            super().__call__(event)  # type: ignore[arg-type]
            if isinstance(event, Done) and event.item.id == item(1).id:
                raise ZeroDivisionError

    works.run("99")
    ears = Failing()
    current = works.heard_by(ears)
    current.pipeline().run(current.work_list([Ref(text="1-3")]))
    assert {done.item.id for done in ears.of(Done)} == {item(number).id for number in (1, 2, 3)}


def test_bounds_are_kept(works: Factory) -> None:
    works.run("1-20", limit=5)
    assert len(works.done()) == 5
    works.run("1-20", limit=5)
    assert len(works.done()) == 5
    assert works.records() == 10


def test_older_videos_are_passed_over_and_fetched_once(works: Factory) -> None:
    works.site.published = {item(1).id: date(2025, 1, 1), item(2).id: date(2026, 1, 2)}
    works.run("1-3", since=date(2026, 1, 1))
    assert works.done() == [item(2).id, item(3).id]
    assert works.skipped("older") == 1
    works.run("1-3", since=date(2024, 1, 1))
    assert works.done() == [item(1).id]
    assert works.site.visits.count(item(1).id) == 1


def test_a_date_that_the_listing_knows_saves_the_visit(
    works: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = item(1, video=Video(title="T", published=date(2025, 1, 1)))
    monkeypatch.setattr(works.site, "expand", lambda _: iter((old,)))
    works.run("1", since=date(2026, 1, 1))
    assert works.site.visits == []
    assert works.skipped("older") == 1


def test_an_unknown_input_is_named_and_the_others_are_done(works: Factory) -> None:
    works.run("1", "what is this?", "2")
    failed = works.ears.of(Failed)
    assert [(one.item.origin, one.failure.stage) for one in failed] == [("list:2", "list")]
    assert len(works.done()) == 2
    assert (works.plan.failed, works.plan.is_senseless) == (1, False)


def test_a_page_of_a_listing_that_fails_is_asked_for_again(works: Factory) -> None:
    works.site.page = 2
    works.site.listing_faults = [Transient("reset"), Transient("reset")]
    works.run("1-5")
    assert len(works.done()) == 5
    assert [listed.complete for listed in works.ears.of(Listed)] == [True]
    assert works.site.requests["playlist"] == 3 + 2


def test_a_listing_that_goes_on_failing_is_given_up(works: Factory) -> None:
    works.site.page = 2
    works.site.listing_faults = [Transient("reset")] * 99
    works.run("11-15")
    assert works.codes() == {"11-15": "network"}
    assert works.site.requests["playlist"] <= LISTINGS * (1 + TRIES)


def test_a_block_in_the_midst_of_a_listing_is_waited_for(works: Factory) -> None:
    works.site.page = 2
    works.site.listing_faults = [Blocked("429"), Blocked("429")]
    pipeline = works.run("1-5")
    assert pipeline.stopped is None
    assert len(works.done()) == 5
    assert [paused.seconds for paused in works.ears.of(Paused)] == [5.0, 15.0]
    assert works.site.requests["playlist"] == 3 + 2


def test_a_block_of_a_listing_that_lasts_ends_the_run(works: Factory) -> None:
    works.site.page = 2
    works.site.listing_faults = [Blocked("429")] * 99
    pipeline = works.run("1-5")
    assert isinstance(pipeline.stopped, Blocked)
    assert works.site.requests["playlist"] == 1 + 4  # a page, one more that was refused, and its probes


def test_a_block_that_a_listing_tells_in_words_pauses_all(
    works: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Ref] = []

    def blocked(ref: Ref, visit: Visit) -> Iterator[object]:
        tried.append(ref)
        visit(lambda: None)
        raise Blocked("not a bot")
        yield

    monkeypatch.setattr(works.site, "expand", blocked)
    works.run("1-5")
    assert len(tried) == LISTINGS
    assert [paused.seconds for paused in works.ears.of(Paused)] == [5.0] * (LISTINGS - 1)
    assert works.skipped("left") == 1


def test_a_long_listing_is_told_as_it_goes(works: Factory) -> None:
    works.run("1-230", limit=1)
    assert works.ears.of(Listed) == []
    works.run("1-230", "231-231")
    assert [(listed.count, listed.complete) for listed in works.ears.of(Listed)] == [
        (100, False),
        (200, False),
        (230, True),
        (1, True),
    ]


def test_a_blocked_listing_stops_the_run(works: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    def blocked(_ref: Ref, _visit: Visit) -> Iterator[object]:
        raise Blocked("429", retry_after=9_999)
        yield

    monkeypatch.setattr(works.site, "expand", blocked)
    pipeline = works.run("1-5")
    assert isinstance(pipeline.stopped, Blocked)


def test_a_full_lane_is_waited_for_in_breaths(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Item] = []
    lane = _Pool(done.append, 1, backlog=1)
    put, refusals = lane._queue.put, [queue.Full(), queue.Full()]

    def once(entry: Item | None, *, timeout: float) -> None:
        if refusals:
            raise refusals.pop()
        put(entry, timeout=timeout)

    monkeypatch.setattr(lane._queue, "put", once)
    lane.put(item(1))
    lane.close()
    assert [entry.id for entry in done] == [item(1).id]
    assert not refusals
