"""The whole program over a model that fails at random: nothing is lost that asking again could save.

`benchmarks/faults.py` does the same at more rates and with calls side by side; here one call follows the other,
so that the same requests fail each time.
"""

import re
from pathlib import Path

import pytest

from tests.doubles.faults import Rule
from tests.doubles.llm import Llm
from tests.e2e.conftest import EXAMPLES, Vidgist
from vidgist.llm import call_retries
from vidgist.text import record

pytestmark = pytest.mark.unmeasured

COUNT = 8
PASSING = (
    *("rate_limit", "server_error", "overloaded", "hang", "slow", "reset", "truncated", "not_json"),
    *("broken_json", "error_in_200", "empty", "invalid_json", "wrong_schema", "fenced", "refusal"),
    *("content_filter", "length", "context_length"),
)
SOUND = ("", "slow", "fenced")
"""Faults, or none, whose reply is whole."""

MOST_EACH = 8
"""Requests a talk, where every other one fails."""

_NUMBER = re.compile(r"Talk number (\d+)\.")


@pytest.fixture
def talks(tmp_path: Path) -> list[Path]:
    speech = (EXAMPLES / "second-inaugural.md").read_text("utf-8").rpartition("---\n")[2]
    found = [tmp_path / f"talk-{number}.txt" for number in range(COUNT)]
    for number, path in enumerate(found):
        path.write_text(f"Talk number {number}. {speech}", encoding="utf-8")
    return found


@pytest.fixture(autouse=True)
def _served(llm: Llm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", llm.base_url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-key-of-nobody")
    monkeypatch.setattr(call_retries, "_FIRST_WAIT", 0.001)
    monkeypatch.setattr(call_retries, "_LONGEST_WAIT", 0.01)


def _run(vidgist: Vidgist, talks: list[Path]) -> int:
    ended = vidgist("run", *talks, "--model", "openai:small", "--jobs", "1")
    assert "Traceback" not in ended.err
    return ended.code


def _done(folder: Path) -> set[int]:
    """The talks with a record that calls itself a success."""
    found = (record.parse(path.read_text("utf-8")) for path in (folder / "notes").glob("*.txt"))
    return {_number(one.content) for one in found if one.status == "success"}


def _number(text: str) -> int:
    found = _NUMBER.search(text)
    assert found is not None
    return int(found[1])


@pytest.mark.parametrize("rate", [0.2, 0.5])
@pytest.mark.parametrize("fault", PASSING)
def test_faults_that_pass_lose_nothing(
    vidgist: Vidgist, llm: Llm, tmp_path: Path, talks: list[Path], fault: str, rate: float
) -> None:
    llm.rules = [Rule(fault, after=1, rate=rate, seconds=0.01)]
    assert _run(vidgist, talks) == 0
    assert _done(tmp_path) == set(range(COUNT))
    whole = {_number(seen.prompt) for seen in llm.chats if seen.status == 200 and seen.fault in SOUND}
    assert whole == set(range(COUNT))
    assert len(llm.chats) <= COUNT * MOST_EACH


@pytest.mark.parametrize("fault", ["auth", "quota"])
def test_faults_that_do_not_pass_end_the_run_and_the_next_one_finishes_it(
    vidgist: Vidgist, llm: Llm, tmp_path: Path, talks: list[Path], fault: str
) -> None:
    llm.rules = [Rule(fault, nth=[4])]
    assert _run(vidgist, talks) == 3
    before = _done(tmp_path)
    assert 0 < len(before) < COUNT
    assert len(llm.chats) == 4
    llm.rules = []
    assert _run(vidgist, talks) == 0
    assert _done(tmp_path) == set(range(COUNT))
    prompts = [seen.prompt for seen in llm.chats if seen.status == 200]
    assert len(prompts) == len(set(prompts))


@pytest.mark.parametrize("fault", ["invalid_json", "wrong_schema", "length", "refusal", "empty", "truncated"])
def test_a_model_that_always_fails_makes_no_success_and_few_requests(
    vidgist: Vidgist, llm: Llm, tmp_path: Path, talks: list[Path], fault: str
) -> None:
    llm.rules = [Rule(fault)]
    assert _run(vidgist, talks) in (1, 3)
    assert _done(tmp_path) == set()
    assert len(llm.chats) <= COUNT * MOST_EACH
