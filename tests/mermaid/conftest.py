"""The real Mermaid, several versions of it: parsing in Node, drawing in Chromium."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Timer

import pytest

HERE = Path(__file__).parent
VERSIONS = ("10.9", "11.4", "11.17", "12.3")

LONGEST = 300
"""Seconds for a thousand flowcharts, on a machine with much else to do."""

Parse = Callable[[Sequence[str]], list[str]]


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return f"mermaid-{request.param}"


@pytest.fixture(scope="session")
def parsers() -> Iterator[dict[str, "subprocess.Popen[str]"]]:
    """The Node processes by version: each is started once and parses for all tests."""
    running: dict[str, subprocess.Popen[str]] = {}
    yield running
    for process in running.values():
        process.communicate()


@pytest.fixture
def parse(version: str, parsers: dict[str, "subprocess.Popen[str]"]) -> Parse:
    """For each source the empty string where Mermaid parses it as a flowchart, else why not."""
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules" / version).is_dir():
        pytest.skip("Node or Mermaid is not here: sh scripts/mermaid")
    if version not in parsers:
        command = [node, str(HERE / "parse.mjs"), version]
        pipe = subprocess.PIPE
        parsers[version] = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")
    process = parsers[version]

    def parse(sources: Sequence[str]) -> list[str]:
        assert process.stdin
        assert process.stdout
        verdicts: list[str] = []
        late = Timer(LONGEST, process.kill)
        late.start()
        for source in sources:
            process.stdin.write(f"{json.dumps(source)}\n")
            process.stdin.flush()
            verdicts.append(str(json.loads(process.stdout.readline())))
        late.cancel()
        return verdicts

    return parse
