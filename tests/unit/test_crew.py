"""Threads in a time of their own: who runs when, and what is said where they cannot go on."""

import threading

import pytest

from tests.doubles import crew as crews
from tests.doubles.crew import Crew


def test_one_runs_at_once_and_time_passes_while_all_rest() -> None:
    crew = Crew()
    seen: list[tuple[str, float]] = []

    def work(name: str, seconds: float) -> None:
        for _ in range(2):
            crew.sleep(seconds)
            seen.append((name, crew.clock()))

    crew.work([lambda: work("slow", 3.0), lambda: work("fast", 2.0), lambda: work("even", 3.0)])
    assert seen == [("fast", 2), ("slow", 3), ("even", 3), ("fast", 4), ("slow", 6), ("even", 6)]


def test_who_waited_longest_is_woken_first() -> None:
    crew = Crew()
    free, seen = crew.condition(), list[str]()

    def wait(name: str) -> None:
        with free:
            free.wait()
        seen.append(name)

    def wake() -> None:
        free.notify()
        crew.sleep(1.0)
        seen.append("later")
        free.notify_all()

    crew.work([lambda: wait("first"), lambda: wait("second"), lambda: wait("third"), wake])
    assert seen == ["first", "later", "second", "third"]


def test_what_the_first_to_fail_raised_is_raised_once_all_have_ended() -> None:
    crew = Crew()
    seen = []

    def fail(seconds: float) -> None:
        crew.sleep(seconds)
        raise ValueError(f"after {seconds:g} s")

    def work() -> None:
        crew.sleep(3.0)
        seen.append("done")

    with pytest.raises(ValueError, match="after 1 s"):
        crew.work([lambda: fail(2.0), work, lambda: fail(1.0)])
    assert seen == ["done"]


def test_a_crew_that_nothing_will_wake_says_so() -> None:
    crew = Crew()
    with pytest.raises(AssertionError, match="all rest, and nothing will wake them"):
        crew.work([crew.rest, lambda: crew.sleep(1.0)])


def test_a_thread_that_dies_as_it_begins_is_noticed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """So one does in Python 3.11 where it is traced and another thread is about to be."""
    begun = iter([True, True, False])
    run = threading.Thread.run
    monkeypatch.setattr(crews, "_LOOK", 0.01)
    monkeypatch.setattr(threading.Thread, "run", lambda self: run(self) if next(begun) else None)
    crew = Crew()
    with pytest.raises(AssertionError, match="a thread died as it began"):
        crew.work([lambda: None] * 4)


def test_a_thread_that_waits_for_something_else_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "_LONGEST", 0.01)
    never = threading.Event()
    with pytest.raises(AssertionError, match="waits for what is not the crew's"):
        Crew().work([never.wait])
    never.set()
