"""A talk of three hours through a language model that answers after three seconds."""

import shutil
from pathlib import Path

from tests.doubles.llm import Llm
from tests.doubles.quoting import quoting

from benchmarks.batches import run
from benchmarks.corpus import documents
from benchmarks.measuring import Failed, Spent, mib, seconds, table

WORDS = 30_000
LATENCY = 3.0
JOBS = 32
TIMES = 3
WINDOWS = (16_384, 32_768, 131_072)


def long_talk(folder: Path) -> str:
    """The median of several runs, with the window set: it decides into how many parts the talk is cut."""
    listed = documents(folder / "long", 1, WORDS)
    rows = []
    for window in WINDOWS:
        runs: list[tuple[Spent, int, float]] = []
        for _ in range(TIMES):
            with Llm(latency=LATENCY, responder=quoting) as server:
                spent = run(folder, listed, server, JOBS, VIDGIST_WINDOW=str(window))
                calls = server.chats
            *parts, last = calls
            if parts and last.began < max(part.ended for part in parts):
                raise Failed("more than one call was made after the parts")
            runs.append((spent, len(parts), calls[-1].ended - calls[0].began))
        spent, parts_made, calling = sorted(runs)[TIMES // 2]
        rounds = 2 if parts_made else 1
        rows.append(
            (
                f"{window:,} tokens",
                parts_made or 1,
                rounds,
                seconds(calling),
                seconds(spent.wall),
                f"{spent.wall / LATENCY:.2f}",
                seconds(spent.cpu),
                mib(spent.peak),
            )
        )
        shutil.rmtree(folder / "run", ignore_errors=True)
    heads = (
        "window",
        "parts",
        "rounds",
        "first to last call",
        "wall, whole process",
        "times one call's latency",
        "CPU",
        "peak memory",
    )
    return table(heads, rows)
