"""Documents through a model that fails: each fault of the double at three rates, on the whole program."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.doubles.faults import Rule
from tests.doubles.llm import Llm
from tests.doubles.quoting import quoting

from benchmarks.corpus import documents
from benchmarks.measuring import SCRIPTS, Failed, home, table
from vidgist.text import record

COUNT = 100
JOBS = 8
RATES = (0.05, 0.2, 0.5)

PASSING = (
    *("rate_limit", "server_error", "overloaded", "hang", "slow", "reset", "truncated", "not_json"),
    *("broken_json", "error_in_200", "empty", "invalid_json", "wrong_schema", "fenced", "refusal"),
    *("content_filter", "length", "context_length"),
)
ENDING = ("auth", "quota")
"""Faults that every next call would meet: the run ends at once, and the same command takes it up again."""

SOUND = ("", "slow", "fenced")
"""Faults, or none, whose reply is whole."""

_STOPPED = 3
_NUMBER = re.compile(r"Talk number (\d+)\.")


class Ended(NamedTuple):
    """How a run ended; ``false`` are successes for which no whole reply was ever sent."""

    code: int
    done: int
    failed: int
    false: int
    requests: int


def faults(folder: Path) -> str:
    rows = []
    for fault in (*PASSING, *ENDING):
        cells = [_run(folder, [Rule(fault, rate=rate, seconds=2.0)]) for rate in RATES]
        if any(cell.false for cell in cells):
            raise Failed(f"{fault}: a success that is none: {cells}")
        if fault in ENDING and _run(folder, [], again=True).done < COUNT:
            raise Failed(f"{fault}: the same command did not finish the rest")
        rows.append((f"`{fault}`", *map(_cell, cells)))
    return table(("fault", *(f"at {rate:.0%} of the requests" for rate in RATES)), rows)


def _cell(ended: Ended) -> str:
    lost = f", {ended.failed} failed" if ended.failed else ""
    stopped = ", stopped" if ended.code == _STOPPED else ""
    return f"{ended.done} done{lost}{stopped}; {ended.requests / COUNT:.2f} requests each"


def _run(folder: Path, rules: Sequence[Rule], *, again: bool = False) -> Ended:
    listed = documents(folder / f"talks-{COUNT}", COUNT)
    place = folder / "faults"
    if not again:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
    command = [str(SCRIPTS / "vidgist"), "run", "--from-file", str(listed), "--model", "openai:double"]
    with Llm(rules=list(rules), responder=quoting) as server:
        environment = home(place, OPENAI_BASE_URL=server.base_url, OPENAI_API_KEY="sk-loopback")
        if any(rule.fault == "hang" for rule in rules):
            environment["VIDGIST_TIMEOUT"] = "1"
        ended = subprocess.run(
            [*command, "--jobs", str(JOBS), "--quiet"],
            env=environment,
            cwd=place,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        served = [seen.prompt for seen in server.chats if seen.status == 200 and seen.fault in SOUND]
        requests = len(server.chats)
    if ended.returncode not in (0, 1, _STOPPED) or "Traceback" in ended.stderr:
        raise Failed(f"{rules}: exit {ended.returncode}: {ended.stderr[-300:]}")
    made = [record.parse(path.read_text(encoding="utf-8")) for path in (place / "notes").glob("*.txt")]
    good = {_NUMBER.findall(one.content)[0] for one in made if one.status == "success"}
    whole = {number for prompt in served for number in _NUMBER.findall(prompt)}
    false = 0 if again else len(good - whole)
    return Ended(ended.returncode, len(good), len(made) - len(good), false, requests)
