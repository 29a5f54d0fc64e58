"""Documents through a language model that answers after half a second, and without one."""

import math
import shutil
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.doubles.llm import Llm
from tests.doubles.quoting import quoting

from benchmarks.corpus import documents
from benchmarks.measuring import SCRIPTS, Spent, home, median, mib, repeated, seconds, spend, table

LATENCY = 0.5


class Calling(NamedTuple):
    """Seconds from the first call of a run to the last answer, and of CPU that the double took for them."""

    window: float
    double: float


def language_model(folder: Path) -> str:
    rows = []
    least: dict[int, float] = {}
    for count, jobs, times in ((1, 8, 9), (20, 10, 7), (200, 10, 3), (200, 32, 5)):
        ideal = math.ceil(count / jobs) * LATENCY
        listed = documents(folder / f"talks-{count}", count)
        with Llm(latency=LATENCY, responder=quoting) as server:
            calling: list[Calling] = []
            spent = repeated(times, partial(_called, folder, listed, server, jobs, calling))
            calls = len(server.chats)
        windows = sorted(each.window for each in calling[1:])
        least[count] = spent.best.cpu
        rows.append(
            (
                f"{count}, {jobs} in flight",
                calls,
                seconds(ideal),
                f"{seconds(spent.median.wall)} ({seconds(spent.best.wall)})",
                f"{seconds(spent.median.wall - ideal)} ({seconds(spent.best.wall - ideal)})",
                f"{windows[len(windows) // 2] / ideal:.2f} ({windows[0] / ideal:.2f})",
                f"{seconds(spent.median.cpu)} ({seconds(spent.best.cpu)})",
                seconds(min(each.double for each in calling[1:])),
                mib(spent.median.peak),
            )
        )
    heads = (
        "documents",
        "calls",
        "ideal",
        "wall, whole process",
        "over ideal",
        "first to last call, times ideal",
        "CPU",
        "CPU of the double",
        "peak memory",
    )
    many, one = max(least), min(least)
    each = (least[many] - least[one]) / (many - one) * 1000
    return table(heads, rows) + f"\nEach document after the first takes {each:.1f} ms of CPU time.\n"


def _called(folder: Path, listed: Path, server: Llm, jobs: int, calling: list[Calling]) -> Spent:
    """One run; this process does nothing beside it but answer as the double."""
    server.seen.clear()
    began = time.process_time()
    spent = run(folder, listed, server, jobs)
    double = time.process_time() - began
    answered = max(chat.ended for chat in server.chats)
    calling.append(Calling(answered - server.chats[0].began, double))
    return spent


def offline(folder: Path) -> str:
    rows = []
    for count, times in ((1, 7), (20, 5), (200, 3)):
        listed = documents(folder / f"talks-{count}", count)
        spent = median(times, partial(run, folder, listed, None, 8))
        cpu = f"{spent.cpu / count * 1000:.0f} ms"
        rows.append((count, seconds(spent.wall), f"{count / spent.wall:.1f}", cpu, mib(spent.peak)))
    heads = ("documents", "wall, whole process", "documents a second", "CPU a document", "peak memory")
    return table(heads, rows)


def run(
    folder: Path, listed: Path, server: Llm | None, jobs: int, *, again: bool = False, **more: str
) -> Spent:
    """``vidgist run`` over a list: with nothing remembered or, ``again``, with all that the last one left."""
    place = folder / "run"
    if not again:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
    model = "offline:"
    environment = home(place, **more)
    if server is not None:
        model = "openai:double"
        environment |= {"OPENAI_BASE_URL": server.base_url, "OPENAI_API_KEY": "sk-loopback"}
    options = ["--model", model, "--jobs", str(jobs), "--quiet"]
    return spend([str(SCRIPTS / "vidgist"), "run", "--from-file", str(listed), *options], environment, place)
