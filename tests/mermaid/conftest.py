"""The real Mermaid, several versions of it: parsing in Node, drawing in Chromium."""

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

HERE = Path(__file__).parent
VERSIONS = ("10.9", "11.4", "11.17", "12.3")

Parse = Callable[[Sequence[str]], list[str]]


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return f"mermaid-{request.param}"


@pytest.fixture
def parse(version: str) -> Parse:
    """For each source the empty string where Mermaid parses it as a flowchart, else why not."""
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules" / version).is_dir():
        pytest.skip("Node or Mermaid is not here: sh scripts/mermaid")

    def parse(sources: Sequence[str]) -> list[str]:
        lines = "".join(f"{json.dumps(source)}\n" for source in sources)
        done = subprocess.run(
            [node, HERE / "parse.mjs", version],
            input=lines,
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
        verdicts = [str(json.loads(line)) for line in done.stdout.splitlines()]
        assert len(verdicts) == len(sources), done.stderr
        return verdicts

    return parse
