"""How soon calls are as wide as the server: default options over servers with one place to 64, and with a limit."""

import shutil
from pathlib import Path
from typing import NamedTuple

from tests.doubles.llm import Llm
from tests.doubles.quoting import quoting

from benchmarks.measuring import SCRIPTS, home, seconds, spend, table

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
