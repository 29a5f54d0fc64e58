"""Whole processes, measured from outside: wall time, CPU time, peak memory; and tables of them."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

MIB = 1024 * 1024
CHILD = Path(__file__).with_name("child.py")
SCRIPTS = Path(sys.executable).parent


class Spent(NamedTuple):
    """Seconds, seconds, bytes."""

    wall: float
    cpu: float
    peak: int


class Failed(Exception):
    """A measured command did not end as it should: its figures mean nothing."""


def spend(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Spent:
    """Runs a command to its end. Raises `Failed` with its last words where it does not end with 0."""
    with tempfile.TemporaryDirectory() as scratch:
        report, words = Path(scratch, "report"), Path(scratch, "words")
        with words.open("wb") as stream:
            subprocess.run(
                [sys.executable, "-S", "-E", str(CHILD), str(report), *command],
                env=dict(environment),
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=stream,
                check=True,
            )
        spent = json.loads(report.read_text(encoding="utf-8"))
        if spent["code"]:
            last = words.read_text(encoding="utf-8", errors="replace")[-500:]
            raise Failed(f"{' '.join(command)[:200]} ended with {spent['code']}: {last}")
    return Spent(spent["wall"], spent["cpu"], spent["peak"])


class Runs(NamedTuple):
    """Several runs of one thing: the median of each figure, and the least, which other work disturbs least."""

    median: Spent
    best: Spent


def repeated(times: int, once: Callable[[], Spent]) -> Runs:
    """So many runs; one run before them warms the file cache."""
    once()
    walls, cpus, peaks = zip(*(once() for _ in range(times)), strict=True)
    middle = Spent(statistics.median(walls), statistics.median(cpus), int(statistics.median(peaks)))
    return Runs(middle, Spent(min(walls), min(cpus), min(peaks)))


def median(times: int, once: Callable[[], Spent]) -> Spent:
    """The median of each figure over several runs."""
    return repeated(times, once).median


def home(folder: Path, **more: str) -> dict[str, str]:
    """An environment with a home of its own, without key, proxy, or setting."""
    kept = {
        name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT", "PYTHONPATH") if name in os.environ
    }
    return {**kept, "HOME": str(folder), "VIDGIST_STATE": str(folder / "state"), **more}


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; the first column is words, the others are figures."""
    lines = [heads, ["---", *("---:" for _ in heads[1:])], *rows]
    return "".join(f"| {' | '.join(str(cell) for cell in line)} |\n" for line in lines)


def mib(size: float) -> str:
    return f"{size / MIB:.0f} MiB"


def seconds(value: float) -> str:
    return f"{value:.3f} s" if value < 1 else f"{value:.2f} s"
