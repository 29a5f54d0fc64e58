"""Documents through a language model that answers after half a second, and without one."""

import math
import shutil
from functools import partial
from pathlib import Path

from tests.doubles.llm import Llm
from tests.doubles.quoting import quoting

from benchmarks.corpus import documents
from benchmarks.measuring import SCRIPTS, Spent, home, median, mib, seconds, spend, table

LATENCY = 0.5


def language_model(folder: Path) -> str:
    rows = []
    for count, jobs, times in ((1, 8, 7), (20, 10, 5), (200, 10, 3), (200, 32, 3)):
        ideal = math.ceil(count / jobs) * LATENCY
        calling = []
        with Llm(latency=LATENCY, responder=quoting) as server:
            listed = documents(folder / f"talks-{count}", count)

            def once(listed: Path = listed, server: Llm = server, jobs: int = jobs) -> Spent:
                server.seen.clear()
                spent = run(folder, listed, server, jobs)
                calling.append(server.chats[-1].ended - server.chats[0].began)  # noqa: B023 (called in the loop)
                return spent

            spent = median(times, once)
            calls = len(server.chats)
        window = sorted(calling[1:])[len(calling[1:]) // 2]
        rows.append(
            (
                f"{count}, {jobs} in flight",
                calls,
                seconds(ideal),
                seconds(spent.wall),
                seconds(spent.wall - ideal),
                f"{window / ideal:.2f}",
                f"{spent.cpu / count * 1000:.0f} ms",
                mib(spent.peak),
            )
        )
    heads = (
        "documents",
        "calls",
        "ideal",
        "wall, whole process",
        "over ideal",
        "first to last call, times ideal",
        "CPU a document",
        "peak memory",
    )
    return table(heads, rows)


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
