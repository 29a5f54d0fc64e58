"""The gate: pace, pauses and probes, on a clock that only moves when somebody waits."""

import threading
from collections.abc import Callable
from functools import partial

import pytest

from vidgist.errors import Blocked, ItemError, RunError, Transient, Unavailable, Unreachable
from vidgist.events import Event, Paused, Retrying
from vidgist.run.throttle import TRIES, SiteThrottle


class Clock:
    """Time that passes by sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Site:
    """Answers visits as told, the last answer for ever, and notes when each came."""

    def __init__(self, clock: Clock, *answers: Exception | str) -> None:
        self.clock = clock
        self.answers = list(answers)
        self.visits: list[float] = []

    def __call__(self) -> str:
        self.visits.append(self.clock.now - 1000.0)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def build(
    clock: Clock, *, pace: float = 0.0, block_wait: float = 65.0, chance: float = 0.0
) -> tuple[SiteThrottle, list[Event]]:
    events: list[Event] = []

    def report(event: Event) -> None:
        events.append(event)

    gate = SiteThrottle(pace, block_wait, report, clock=clock, sleep=clock.sleep, random=lambda: chance)
    return gate, events


def visit_all(gate: SiteThrottle, site: Callable[[], str], count: int) -> list[str | Exception]:
    outcomes: list[str | Exception] = []
    for _ in range(count):
        try:
            outcomes.append(gate.visit("x", site))
        except (ItemError, RunError) as error:
            outcomes.append(error)
    return outcomes


def in_thread(call: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    outcome: list[object] = []

    def run() -> None:
        try:
            outcome.append(call())
        except (ItemError, RunError) as error:
            outcome.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, outcome


def join(*threads: threading.Thread) -> None:
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()


@pytest.mark.parametrize(("chance", "apart"), [(0.0, 2.0), (1.0, 2.5), (0.5, 2.25)])
def test_visits_begin_a_pace_apart_and_up_to_a_quarter_more(chance: float, apart: float) -> None:
    clock = Clock()
    site = Site(clock, "ok")
    gate, events = build(clock, pace=2.0, chance=chance)
    assert visit_all(gate, site, 3) == ["ok", "ok", "ok"]
    assert site.visits == [0.0, apart, 2 * apart]
    assert events == []


def test_a_slow_visit_uses_up_the_pace() -> None:
    clock = Clock()
    gate, _ = build(clock, pace=2.0)

    def slow() -> str:
        clock.now += 3.0
        return "ok"

    assert gate.visit("x", slow) == "ok"
    assert gate.visit("x", slow) == "ok"
    assert clock.slept == []


def test_no_pace_no_waiting() -> None:
    clock = Clock()
    gate, _ = build(clock)
    visit_all(gate, Site(clock, "ok"), 20)
    assert clock.slept == []


def test_many_threads_share_one_pace() -> None:
    clock = Clock()
    gate, _ = build(clock, pace=1.0)
    threads = [in_thread(lambda: visit_all(gate, Site(clock, "ok"), 5))[0] for _ in range(4)]
    join(*threads)
    assert clock.now == 1000.0 + 19.0  # twenty visits, and nobody waited beside another
    assert clock.slept == [1.0] * 19


def test_a_block_shuts_the_gate_and_one_probe_opens_it() -> None:
    clock = Clock()
    site = Site(clock, "ok", Blocked("no"), "ok")
    gate, events = build(clock, pace=2.0)
    outcomes = visit_all(gate, site, 5)
    assert [isinstance(outcome, Blocked) for outcome in outcomes] == [False, True, False, False, False]
    assert site.visits == [0.0, 2.0, 7.0, 9.0, 11.0]
    assert events == [Paused(lane="fetch", reason="no", seconds=5.0)]
    assert gate.closed is None


def test_pauses_grow_until_the_gate_is_closed_for_good() -> None:
    clock = Clock()
    site = Site(clock, Blocked("no", code="rate_limited", hint="wait"))
    gate, events = build(clock)
    outcomes = visit_all(gate, site, 6)
    assert site.visits == [0.0, 5.0, 20.0, 65.0]
    assert [event.seconds for event in events if isinstance(event, Paused)] == [5.0, 15.0, 45.0]
    assert all(isinstance(outcome, Blocked) for outcome in outcomes)
    assert gate.closed is outcomes[3]
    late = outcomes[5]
    assert isinstance(late, Blocked)
    assert (str(late), late.code, late.hint) == ("no", "rate_limited", "wait")


def test_the_next_block_is_a_new_one() -> None:
    clock = Clock()
    gate, events = build(clock)
    no = Blocked("no")
    visit_all(gate, Site(clock, no, no, "ok", no, no, no, no), 7)
    assert [event.seconds for event in events if isinstance(event, Paused)] == [5.0, 15.0, 5.0, 15.0, 45.0]


def test_a_server_that_names_its_wait_is_obeyed() -> None:
    clock = Clock()
    site = Site(clock, Blocked("no", retry_after=40.0), "ok")
    gate, events = build(clock)
    visit_all(gate, site, 2)
    assert site.visits == [0.0, 40.0]
    assert events == [Paused(lane="fetch", reason="no", seconds=40.0)]


@pytest.mark.parametrize(("block_wait", "retry_after"), [(65.0, 66.0), (0.0, None), (4.9, None)])
def test_a_wait_that_is_too_long_is_not_begun(block_wait: float, retry_after: float | None) -> None:
    clock = Clock()
    gate, events = build(clock, block_wait=block_wait)
    site = Site(clock, Blocked("no", retry_after=retry_after))
    visit_all(gate, site, 3)
    assert gate.closed is not None
    assert (site.visits, events, clock.slept) == ([0.0], [], [])


@pytest.mark.parametrize(
    ("outcome", "opens"), [(Unavailable("gone"), True), (Transient("broke", retry_after=99.0), False)]
)
def test_what_a_probe_proves(outcome: ItemError, opens: bool) -> None:
    clock = Clock()
    site = Site(clock, Blocked("no"), outcome, Blocked("no"), "ok")
    gate, events = build(clock)
    visit_all(gate, site, 4)
    pauses = [event.seconds for event in events if isinstance(event, Paused)]
    assert pauses == ([5.0, 5.0] if opens else [5.0, 15.0])


def test_only_one_probe_goes_through_a_shut_gate() -> None:
    clock = Clock()
    gate, _ = build(clock)
    visit_all(gate, Site(clock, Blocked("no")), 1)
    began, let_go = threading.Semaphore(0), threading.Event()
    inside: list[int] = []

    def probe(number: int) -> str:
        inside.append(number)
        began.release()
        assert let_go.wait(60)
        return "ok"

    lanes = [in_thread(partial(gate.visit, "x", partial(probe, number))) for number in range(4)]
    assert began.acquire(timeout=60)
    assert not began.acquire(timeout=0.05)
    assert len(inside) == 1
    let_go.set()
    join(*(thread for thread, _ in lanes))
    assert sorted(inside) == [0, 1, 2, 3]
    assert clock.slept == [5.0]


def test_two_visits_that_meet_the_same_block_make_one_pause() -> None:
    clock = Clock()
    gate, events = build(clock)
    both = threading.Barrier(2)

    def blocked() -> str:
        both.wait(60)
        raise Blocked("no")

    lanes = [in_thread(lambda: gate.visit("x", blocked)) for _ in range(2)]
    join(*(thread for thread, _ in lanes))
    assert events == [Paused(lane="fetch", reason="no", seconds=5.0)]


@pytest.mark.parametrize(("wanted", "pauses"), [(20.0, [5.0, 15.0]), (3.0, [5.0]), (66.0, [5.0])])
def test_the_longest_wait_asked_for_counts(wanted: float, pauses: list[float]) -> None:
    clock = Clock()
    gate, events = build(clock)
    under_way, let_go = threading.Event(), threading.Event()

    def late() -> str:
        under_way.set()
        assert let_go.wait(60)
        raise Blocked("later", retry_after=wanted)

    lane, _ = in_thread(lambda: gate.visit("x", late))
    assert under_way.wait(60)
    visit_all(gate, Site(clock, Blocked("no")), 1)
    let_go.set()
    join(lane)
    assert [event.seconds for event in events if isinstance(event, Paused)] == pauses
    assert (gate.closed is not None) == (wanted > 65.0)


def test_a_block_under_way_when_the_gate_closes_changes_nothing() -> None:
    clock = Clock()
    gate, events = build(clock, block_wait=0.0)
    first = Blocked("no")

    def late() -> str:
        with pytest.raises(Blocked):
            gate.visit("y", Site(clock, first))
        raise Blocked("later")

    with pytest.raises(Blocked, match="later"):
        gate.visit("x", late)
    assert gate.closed is first
    assert events == []


def test_a_last_visit_keeps_its_own_block_to_itself() -> None:
    clock = Clock()
    gate, events = build(clock)
    with pytest.raises(Blocked, match="mine"):
        gate.visit("x", Site(clock, Blocked("mine")), last=True)
    assert gate.visit("x", Site(clock, "ok")) == "ok"
    assert (events, clock.slept, gate.closed) == ([], [], None)


def test_a_last_visit_waits_as_long_as_its_own_block_says() -> None:
    clock = Clock()
    gate, _ = build(clock)
    assert gate.visit("x", Site(clock, Blocked("no", retry_after=3.0), "ok"), last=True) == "ok"
    assert clock.slept == [3.0]
    for lasting in (Blocked("no", retry_after=3.0), Blocked("no", retry_after=3_600.0)):
        with pytest.raises(Blocked):
            gate.visit("x", Site(clock, *[lasting] * 9), last=True)
    assert clock.slept == [3.0] * 4
    assert gate.closed is None


def test_a_last_visit_probes_a_shut_gate_until_it_is_let_in() -> None:
    clock = Clock()
    gate, _ = build(clock)
    no = Blocked("no")
    visit_all(gate, Site(clock, no), 1)
    assert gate.visit("x", Site(clock, no, no, "ok"), last=True) == "ok"
    assert clock.slept == [5.0, 15.0, 45.0]
    assert gate.closed is None


def test_a_last_visit_probes_a_shut_gate_until_it_is_closed() -> None:
    clock = Clock()
    gate, _ = build(clock)
    no = Blocked("no")
    site = Site(clock, no)
    visit_all(gate, site, 1)
    with pytest.raises(Blocked):
        gate.visit("x", site, last=True)
    assert gate.closed is no
    with pytest.raises(Blocked):
        gate.visit("x", site, last=True)
    assert site.visits == [0.0, 5.0, 20.0, 65.0]


def test_a_visit_that_stays_shuts_the_gate_and_probes_it_until_it_is_let_in() -> None:
    clock = Clock()
    gate, events = build(clock)
    site = Site(clock, Blocked("no"), Blocked("no"), "ok")
    assert gate.visit("x", site, stay=True) == "ok"
    assert site.visits == [0.0, 5.0, 20.0]
    assert [event.seconds for event in events if isinstance(event, Paused)] == [5.0, 15.0]
    assert gate.visit("x", site) == "ok"
    assert site.visits[-1] == 20.0


def test_a_visit_that_stays_leaves_when_the_gate_is_closed() -> None:
    clock = Clock()
    gate, _ = build(clock)
    site = Site(clock, Blocked("no"))
    with pytest.raises(Blocked):
        gate.visit("x", site, stay=True)
    assert gate.closed is not None
    assert len(site.visits) == 4


def test_a_block_that_no_visit_raised_shuts_the_gate_too() -> None:
    clock = Clock()
    gate, _ = build(clock)
    gate.shut(Blocked("it says so in words"))
    site = Site(clock, "ok")
    assert gate.visit("x", site) == "ok"
    assert site.visits == [5.0]


def test_what_may_pass_is_tried_again_with_growing_waits() -> None:
    clock = Clock()
    site = Site(clock, Transient("broke"))
    gate, events = build(clock, chance=0.5)
    with pytest.raises(Transient):
        gate.visit("https://x", site)
    assert site.visits == [0.0, 0.5, 1.5, 3.5]
    assert events == [
        Retrying(what="https://x", reason="broke", seconds=seconds) for seconds in (0.5, 1.0, 2.0)
    ]
    assert gate.closed is None


def test_a_retry_keeps_the_pace_and_the_servers_wish() -> None:
    clock = Clock()
    site = Site(clock, Transient("busy", retry_after=7.0), Transient("busy"), "ok")
    gate, _ = build(clock, pace=2.0)
    assert gate.visit("x", site) == "ok"
    assert site.visits == [0.0, 7.0, 9.0]


def test_a_server_that_wants_too_long_a_wait_is_not_waited_for() -> None:
    clock = Clock()
    site = Site(clock, Transient("busy", retry_after=61.0), "ok")
    gate, events = build(clock)
    with pytest.raises(Transient):
        gate.visit("x", site)
    assert (events, clock.slept) == ([], [])


def test_other_errors_pass_untouched() -> None:
    clock = Clock()
    gate, events = build(clock)
    with pytest.raises(Unavailable):
        gate.visit("x", Site(clock, Unavailable("gone")))
    with pytest.raises(ZeroDivisionError):
        gate.visit("x", lambda: 1 // 0)
    assert events == []


def test_an_abandoned_gate_wakes_who_waits_and_lets_nobody_in() -> None:
    gate = SiteThrottle(3600.0, 65.0, lambda event: None)
    assert gate.visit("x", lambda: "ok") == "ok"
    waiting = [in_thread(lambda: gate.visit("x", lambda: "no")) for _ in range(3)]
    while not gate._line.locked():  # somebody stands at the gate
        threading.Event().wait(0.001)
    gate.abandon()
    join(*(thread for thread, _ in waiting))
    outcomes = [outcome[0] for _, outcome in waiting]
    assert all(isinstance(outcome, RunError) and outcome.code == "abandoned" for outcome in outcomes)
    with pytest.raises(RunError):
        gate.visit("x", lambda: "no")


def test_a_retry_that_waits_is_woken_too() -> None:
    told = threading.Event()
    gate = SiteThrottle(0.0, 65.0, lambda event: told.set())

    def busy() -> str:
        raise Transient("busy", retry_after=50.0)

    lane, outcome = in_thread(lambda: gate.visit("x", busy))
    assert told.wait(60)
    gate.abandon()
    join(lane)
    assert isinstance(outcome[0], RunError)
    assert not isinstance(outcome[0], Blocked)


def test_closing_wakes_who_waits() -> None:
    gate = SiteThrottle(3600.0, 65.0, lambda event: None)
    let_go = threading.Event()

    def refused() -> str:
        assert let_go.wait(60)
        raise Blocked("no", retry_after=3600.0)

    first, _ = in_thread(lambda: gate.visit("x", refused))
    second, outcome = in_thread(lambda: gate.visit("y", lambda: "no"))
    while not gate._line.locked():
        threading.Event().wait(0.001)
    let_go.set()
    join(first, second)
    assert isinstance(outcome[0], Blocked)


AWAY = Unreachable("nobody answers")


def test_a_site_that_was_never_reached_closes_the_gate_at_once() -> None:
    clock = Clock()
    site = Site(clock, AWAY)
    gate, events = build(clock)
    first, second = visit_all(gate, site, 2)
    assert len(site.visits) == TRIES
    assert isinstance(first, Blocked)
    assert isinstance(second, Blocked)
    assert gate.closed is not None
    assert (first.code, first.hint) == (
        "unreachable",
        "check the network connection; then run the same command again",
    )
    assert not [event for event in events if isinstance(event, Paused)]


def test_a_site_that_is_lost_midway_is_probed_as_one_that_blocks() -> None:
    clock = Clock()
    site = Site(clock, "ok", AWAY)
    gate, events = build(clock)
    outcomes = visit_all(gate, site, 6)
    assert outcomes[0] == "ok"
    assert all(isinstance(one, Blocked) for one in outcomes[1:])
    assert [event.seconds for event in events if isinstance(event, Paused)] == [5.0, 15.0, 45.0]
    assert len(site.visits) == 1 + TRIES + 3
    assert gate.closed is not None


@pytest.mark.parametrize("back", ["ok", Unavailable("gone")])
def test_a_site_that_is_there_again_is_visited_again(back: str | ItemError) -> None:
    clock = Clock()
    site = Site(clock, "ok", *[AWAY] * TRIES, back, "ok")
    gate, _ = build(clock)
    outcomes = visit_all(gate, site, 4)
    assert isinstance(outcomes[1], Blocked)
    assert outcomes[2:] == [back, "ok"]
    assert gate.closed is None


def test_an_answer_that_is_a_refusal_shows_that_the_site_is_there() -> None:
    clock = Clock()
    gate, events = build(clock)
    visit_all(gate, Site(clock, Unavailable("gone"), AWAY), 2)
    assert [event.seconds for event in events if isinstance(event, Paused)] == [5.0]
    assert gate.closed is None


def test_a_visit_by_itself_shuts_nobody_out_of_a_site_that_it_does_not_reach() -> None:
    clock = Clock()
    gate, _ = build(clock)
    with pytest.raises(Blocked, match="nobody answers"):
        gate.visit("x", Site(clock, AWAY), last=True)
    assert gate.closed is None
    assert gate.visit("x", Site(clock, "ok"), last=True) == "ok"
