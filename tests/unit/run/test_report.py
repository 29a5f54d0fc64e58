"""The report: a fold over what happened."""

import pytest

from tests.doubles.parts import Ears, item
from vidgist.events import Done, Event, Failed, Notice, Skipped, Stopped
from vidgist.models import Failure, Usage
from vidgist.run.report import ReportBuilder

DONE = Done(item=item(1), title="T", supported=0.5)
FAILED = Failed(item=item(2), title="U", failure=Failure(stage="fetch", code="private", message="m"))


def test_every_event_is_counted_once_and_passed_on() -> None:
    ears = Ears()
    tally = ReportBuilder(ears)
    happened: list[Event] = [
        DONE,
        DONE.model_copy(update={"reused": True, "supported": 1.0}),
        FAILED,
        FAILED,
        Skipped(item=item(3), why="done"),
        Skipped(item=item(3), why="older"),
        Skipped(item=item(4), why="failed", code="private"),
        Skipped(item=item(5), why="left"),
        Skipped(item=item(6), why="waiting"),
        Notice(text="n"),
    ]
    for event in happened:
        tally(event)
    report = tally.total("r", usage=Usage(calls=1), cost=0.5, seconds=1.23456, requests={"watch": 3})
    assert ears.events == happened
    assert (report.done, report.reused, report.failed, report.skipped) == (2, 1, 2, 2)
    assert (report.failed_before, report.left, report.waiting) == (1, 1, 1)
    assert report.failures == {"private": 2}
    assert report.supported == 0.75
    assert (report.seconds, report.cost, report.requests) == (1.235, 0.5, {"watch": 3})


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ([], 0),
        ([DONE], 0),
        ([DONE, FAILED], 1),
        ([Skipped(item=item(1), why="failed")], 1),
        ([Stopped(code="blocked", reason="r"), FAILED], 3),
        ([Stopped(code="interrupted", reason="r")], 130),
    ],
)
def test_the_exit_code_says_how_it_ended(events: list[Event], code: int) -> None:
    tally = ReportBuilder(Ears())
    for event in events:
        tally(event)
    total = {"usage": Usage(), "cost": 0.0, "seconds": 0.0, "requests": {}}
    assert tally.total("r", **total).exit_code == code  # type: ignore[arg-type]
    assert tally.total("r", exit_code=2, **total).exit_code == 2  # type: ignore[arg-type]
