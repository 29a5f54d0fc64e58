"""The steps of a ticket: each once, whoever takes it up, and a block is for another day or another address."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doubles.parts import Ears, Site, Thinker, item
from tests.doubles.session import session
from vidgist.cluster.worker_steps import DEATHS, LANES, VISITS, Queue, WorkerSteps
from vidgist.errors import BadCredentials, Blocked, Unavailable
from vidgist.events import Done, Failed, Working
from vidgist.run.throttle import SiteThrottle
from vidgist.store import Store


class Place:
    """A memory and a folder that several workers share, each with a bench of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "notes"
        self.store = Store(folder / "state")
        self.site = Site()
        self.language_model = Thinker()
        self.ears = Ears()
        self.waited = 0.0

    def worker(self, *, block_wait: float = 65.0) -> WorkerSteps:
        throttle = SiteThrottle(0.0, block_wait, self.ears, clock=lambda: self.waited, sleep=self._wait)
        disk = Site(name="disk", remote=False)
        return WorkerSteps(
            session(
                self.store,
                self.folder,
                self.language_model,
                self.site,
                disk,
                report=self.ears,
                throttle=throttle,
            ).items
        )

    def _wait(self, seconds: float) -> None:
        self.waited += seconds


@pytest.fixture
def place(tmp_path: Path) -> Iterator["Place"]:
    made = Place(tmp_path)
    yield made
    made.store.close()


def test_an_item_goes_through_both_lanes(place: Place) -> None:
    assert place.worker().step("fetch", item(1)) == "summarize"
    assert [event.stage for event in place.ears.of(Working)] == ["fetch", "ready", "wait"]
    assert place.worker().step("summarize", item(1)) == "over"
    assert place.site.visits == ["video000001"]
    assert place.language_model.calls == ["video000001"]
    assert len(place.ears.of(Done)) == 1
    assert len(list(place.folder.iterdir())) == 1


def test_nothing_is_done_again_by_whoever_takes_a_ticket_up_again(place: Place) -> None:
    lanes: tuple[Queue, ...] = ("fetch", "fetch", "summarize", "summarize", "fetch")
    for lane in lanes:
        place.worker().step(lane, item(1))
    assert place.site.visits == ["video000001"]
    assert place.language_model.calls == ["video000001"]


def test_what_was_paid_for_is_not_paid_for_again(place: Place) -> None:
    """The worker that asked died before it wrote the record."""
    first = place.worker()
    first.step("fetch", item(1))
    first.items.summarize(item(1), first.items.fetch(item(1)))
    assert place.worker().step("summarize", item(1), attempts=1) == "over"
    assert place.language_model.calls == ["video000001"]


def test_what_needs_no_visit_is_thought_about_at_once(place: Place) -> None:
    assert place.worker().step("fetch", item(1, source="disk")) == "summarize"


def test_a_failure_is_the_items_own(place: Place) -> None:
    place.site.faults["video000001"] = [Unavailable("private")]
    assert place.worker().step("fetch", item(1)) == "over"
    assert [failed.failure.code for failed in place.ears.of(Failed)] == ["unavailable"]


def test_a_bug_is_the_items_own(place: Place) -> None:
    place.site.faults["video000001"] = [ValueError("oh")]
    assert place.worker().step("fetch", item(1)) == "over"
    assert [failed.failure.code for failed in place.ears.of(Failed)] == ["internal"]


def test_what_has_failed_is_done_when_it_is_asked_for_again(place: Place) -> None:
    place.site.faults["video000001"] = [Unavailable("private")]
    place.worker().step("fetch", item(1))
    assert place.worker().step("fetch", item(1)) == "summarize"


def test_a_block_that_passes_puts_the_ticket_back(place: Place) -> None:
    place.site.faults["video000001"] = [Blocked("no")]
    worker = place.worker()
    assert worker.step("fetch", item(1)) == "again"
    assert worker.step("fetch", item(1), attempts=1) == "summarize"


def test_a_block_that_stays_with_one_item_is_its_own(place: Place) -> None:
    place.site.faults["video000001"] = [Blocked("no")]
    assert place.worker().step("fetch", item(1), attempts=VISITS - 1) == "over"
    assert [failed.failure.code for failed in place.ears.of(Failed)] == ["blocked"]


def test_a_block_for_good_ends_the_fetching_and_leaves_the_item_to_others(place: Place) -> None:
    place.site.faults["video000001"] = [Blocked("no")]
    with pytest.raises(Blocked):
        place.worker(block_wait=0).step("fetch", item(1))
    assert not place.ears.of(Failed)
    assert place.worker().step("fetch", item(1), attempts=1) == "summarize"


@pytest.mark.parametrize("lane", LANES)
def test_what_every_item_would_meet_is_the_workers_affair(place: Place, lane: Queue) -> None:
    worker = place.worker()
    if lane == "summarize":
        worker.step("fetch", item(1))
        place.language_model.faults["video000001"] = [BadCredentials("no")]
    else:
        place.site.faults["video000001"] = [BadCredentials("no")]
    with pytest.raises(BadCredentials):
        worker.step(lane, item(1))
    assert place.ears.of(Working)[-1].stage == "wait"
    assert not place.ears.of(Failed)


@pytest.mark.parametrize("lane", LANES)
def test_what_workers_die_of_is_given_up(place: Place, lane: Queue) -> None:
    place.worker().step("fetch", item(1))
    assert place.worker().step(lane, item(1), deaths=DEATHS - 1) == (
        "summarize" if lane == "fetch" else "over"
    )
    assert place.worker().step(lane, item(2), deaths=DEATHS) == "over"
    assert [failed.failure.code for failed in place.ears.of(Failed)] == ["workers_died"]
    assert item(2).id not in place.site.visits
