"""A clock that jumps during a run: records stay exact, nothing is done twice, new runs stand above old ones."""

import itertools
import json
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

import pytest

from tests.faults.conftest import Vidgist, records

pytestmark = pytest.mark.unmeasured

MODULES = ("vidgist.run.session", "vidgist.store", "vidgist.store.sqlite", "vidgist.run.summarizers")
START = datetime(2026, 10, 25, 2, 59, 59, 999_999)
"""A second before the night's second three o'clock in Berlin."""

JUMPS = {
    "forward": (timedelta(0), timedelta(days=3650)),
    "back": (timedelta(0), timedelta(days=-18_000)),
    "to and fro": (timedelta(0), timedelta(days=300), timedelta(days=-300), timedelta(hours=-1)),
    "an hour again": (timedelta(0), timedelta(0), timedelta(hours=-1), timedelta(hours=-1)),
    "standing still": (timedelta(0),),
}


class Clock:
    """A wall clock that shows one moment after another, over and over."""

    def __init__(self, jumps: tuple[timedelta, ...]) -> None:
        self.moments: Iterator[datetime] = itertools.cycle(START + jump for jump in jumps)

    def show(self, monkeypatch: pytest.MonkeyPatch) -> None:
        moments = self.moments

        class Jumping(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Self:
                moment = next(moments)
                return cls(*moment.timetuple()[:6], moment.microsecond, tz)

        for module in MODULES:
            monkeypatch.setattr(f"{module}.datetime", Jumping)


@pytest.mark.parametrize("name", JUMPS)
def test_a_jumping_clock_spoils_nothing(
    vidgist: Vidgist, monkeypatch: pytest.MonkeyPatch, talks: list[Path], tmp_path: Path, name: str
) -> None:
    Clock(JUMPS[name]).show(monkeypatch)
    assert vidgist("run", *talks[:3], "--jobs", "2", "--format", "txt,json,md,html").code == 0
    made = records(tmp_path / "notes")
    assert {record.timestamp for record in made.values()} <= {START + jump for jump in JUMPS[name]}
    assert vidgist("run", *talks, "--format", "txt,json,md,html").code == 0
    now = records(tmp_path / "notes")
    assert len(now) == len(talks)
    assert {file: now[file] for file in made} == made
    assert "nothing new" in vidgist("run", *talks, "--format", "txt,json,md,html").err
    assert vidgist("validate", "notes").code == 0
    assert vidgist("site", "notes").code == 0


def test_the_newest_run_is_told_first_whatever_the_clock_said(
    vidgist: Vidgist, monkeypatch: pytest.MonkeyPatch, talks: list[Path]
) -> None:
    for days, count in ((0, 1), (3650, 2), (-3650, 3)):
        Clock((timedelta(days=days),)).show(monkeypatch)
        assert vidgist("run", *talks[:count]).code == 0
    runs = json.loads(vidgist("status", "--json").out)["runs"]
    assert [run["skipped"] for run in runs] == [2, 1, 0]
