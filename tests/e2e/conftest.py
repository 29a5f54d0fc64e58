"""The program as a person runs it, in this process, so that what it does is counted as covered."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from vidgist import cli
from vidgist.llm import call_retries

EXAMPLES = Path(__file__).parents[2] / "examples"


class Ended(NamedTuple):
    code: int
    out: str
    err: str


Vidgist = Callable[..., Ended]


@pytest.fixture
def vidgist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Vidgist:
    """Runs a command in an empty folder, with a state of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VIDGIST_STATE", str(tmp_path / "state"))

    def run(*arguments: str | Path, stdin: str = "") -> Ended:
        monkeypatch.setattr(sys, "argv", ["vidgist", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return Ended(int(ended.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries again without waiting."""
    monkeypatch.setattr(call_retries, "_FIRST_WAIT", 0.0)
    monkeypatch.setattr("vidgist.run.throttle.FIRST_WAIT", 0.0)
