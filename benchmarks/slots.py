"""How soon calls are as wide as the server: default options over servers with one place to 64, and with a limit."""

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.doubles.crew import Crew
from tests.doubles.engine import Kept, ask
from tests.doubles.llm import Llm
from tests.doubles.quoting import quoting
from tests.doubles.slots import Sliding, Slots, Streaming

from benchmarks.measuring import SCRIPTS, home, seconds, spend, table
from vidgist.llm import limiter, width
from vidgist.llm.calls import Calls

SAID = (
    "We opened nine kettles to learn how a kettle knows when to stop. "
    "Steam bends a bimetal disc behind the lid. The disc trips a lever at ninety-five degrees. "
    "A lid that is left open lets the steam escape. Seventy percent of the failures began in the switch. "
)


class Server(NamedTuple):
    """``talks`` are done, each with one call of so many seconds; ``timeout`` is said where there is one."""

    name: str
    places: int
    seconds: float
    talks: int
    rate: int = 0
    timeout: float = 0.0

    @property
    def ideal(self) -> float:
        return max(
            self.talks / self.places * self.seconds, self.seconds, self.talks / self.rate if self.rate else 0
        )


SERVERS = (
    Server("1 place", 1, 2.0, 12),
    Server("4 places", 4, 2.0, 32),
    Server("8 places", 8, 2.0, 64),
    Server("32 places", 32, 4.0, 128),
    Server("64 places", 64, 4.0, 256),
    Server("limit of 10 calls a second", 1_000, 1.0, 200, rate=10),
    Server("1 place, `--timeout` of three calls", 1, 4.0, 8, timeout=12.0),
)


def slots(folder: Path) -> str:
    """Return a table of whole runs, the second of each row with what the first learnt."""
    rows = []
    for server in SERVERS:
        rate = (server.rate, 1.0) if server.rate else None
        with Llm(latency=server.seconds, places=server.places, rate=rate, responder=quoting) as double:
            for state in ("not known", "known"):
                double.seen.clear()
                double.max_concurrency = 0
                wall, done = _run(folder, server, double, again=state == "known")
                rows.append(
                    (
                        f"{server.name}, {state}",
                        server.talks,
                        seconds(server.ideal),
                        seconds(wall),
                        f"{wall / server.ideal:.2f}",
                        f"{len(double.chats) / server.talks:.2f}",
                        double.max_concurrency,
                        f"{done} of {server.talks}",
                    )
                )
    heads = (
        "server",
        "talks",
        "ideal",
        "wall, whole process",
        "ratio",
        "requests a talk",
        "most at once",
        "done",
    )
    return table(heads, rows)


def _run(folder: Path, server: Server, double: Llm, *, again: bool) -> tuple[float, int]:
    """Seconds of one run over talks that were not seen before, and how many are done."""
    place = folder / "run"
    if not again:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
    listed = _talks(place / f"talks-{again}", server.talks, "known" if again else "new")
    environment = home(place, OPENAI_BASE_URL=double.base_url, OPENAI_API_KEY="sk-loopback")
    if server.timeout:
        environment["VIDGIST_TIMEOUT"] = str(server.timeout)
    notes = place / f"notes-{again}"
    command = [
        str(SCRIPTS / "vidgist"),
        "run",
        "--from-file",
        str(listed),
        "--model",
        "openai:double",
        "-o",
        str(notes),
    ]
    spent = spend([*command, "--quiet"], environment, place)
    done = sum("\nStatus: success\n" in one.read_text("utf-8") for one in notes.glob("*.txt"))
    return spent.wall, done


def _talks(folder: Path, count: int, word: str) -> Path:
    """Write so many short talks, each another, and a list of them; return the list."""
    folder.mkdir()
    paths = [folder / f"{number}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"This is {word} talk number {number}. {SAID * 3}\n", encoding="utf-8")
    listed = folder / "list.txt"
    listed.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
    return listed


class Kind(NamedTuple):
    """A simulated server: so many talks of a second each, ``best`` seconds at the least, and what it is like."""

    name: str
    talks: int
    best: float
    server: Callable[[Crew], Slots]


def _kinds() -> Iterator[Kind]:
    for places, talks in (
        (1, 24),
        (2, 32),
        (4, 48),
        (8, 64),
        (16, 96),
        (32, 128),
        (48, 192),
        (64, 256),
        (128, 512),
    ):
        yield Kind(
            f"{places} place{'s' if places > 1 else ''}",
            talks,
            talks / places,
            partial(Slots, places=places, spread=0.4),
        )
    for places, talks in ((32, 128), (64, 256)):
        yield Kind(
            f"{places} places, streamed", talks, talks / places, partial(Streaming, places=places, spread=0.4)
        )
    for rate, burst, talks in ((10, 20, 100), (2, 2, 60), (1, 5, 60)):
        for told, words in (("whole", "told how long to wait"), ("", "told nothing")):
            limited = partial(Slots, places=64, spread=0.4, rate=rate, burst=burst, told=told)
            yield Kind(
                f"{rate} call{'s' if rate > 1 else ''} a second, {words}", talks, talks / rate, limited
            )
    for length in (1.0, 4.0):
        within = partial(Sliding, places=1_000, seconds=length, spread=0.4, rate=10)
        yield Kind(f"10 calls within any second, of {length:g} s each", 200, 200 / 10 + length, within)
    growing = partial(Slots, places=64, spread=0.4, batch=0.02)
    yield Kind("64 places, each call slows all by 2 %", 256, 256 / 64 * (1 + 0.02 * 63), growing)


def simulated(_: Path) -> str:
    """Return a table of the calls alone, in simulated time: the same on any machine under any load."""
    rows = []
    for kind in _kinds():
        memory, found = Kept(), []
        for state in (0, 1):
            server = _played(kind, memory, state * kind.talks)
            found += [f"{server.crew.now / kind.best:.2f}", f"{server.asked / kind.talks:.2f}"]
        rows.append((kind.name, kind.talks, *found))
    heads = (
        "server",
        "talks",
        "times ideal, not known",
        "requests a talk",
        "times ideal, known",
        "requests a talk",
    )
    return table(heads, rows)


def _played(kind: Kind, memory: Kept, first: int) -> Slots:
    crew = Crew()
    server = kind.server(crew)
    limiter.Condition = crew.condition  # type: ignore[misc,assignment]
    try:
        calls = Calls(
            server,
            width.MOST,
            lambda _: None,
            memory,
            lambda _: 0.0,
            clock=crew.clock,
            sleep=crew.sleep,
            chance=server.dice.random,
        )
        left = iter(range(first, first + kind.talks))

        def work() -> None:
            for number in left:
                calls.complete(ask(number), "it")

        crew.work([work] * min(width.MOST, kind.talks))
    finally:
        limiter.Condition = threading.Condition  # type: ignore[misc]
    return server
