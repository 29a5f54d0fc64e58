"""Half price, a day later: run --batch hands requests in, collect finishes the items."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.doubles.faults import Rule
from tests.doubles.llm import Llm
from tests.e2e.conftest import EXAMPLES, Vidgist
from vidgist.events import Done, Skipped
from vidgist.llm import batches
from vidgist.models import Item, Usage
from vidgist.run.report import ReportBuilder
from vidgist.store import Store
from vidgist.text import record

TALKS = (
    EXAMPLES / "gettysburg-address.srt",
    EXAMPLES / "second-inaugural.md",
    EXAMPLES / "deepseek-ptx.en.vtt",
)
MODEL = ("--model", "openai:gpt-5-nano")


@pytest.fixture(autouse=True)
def _served(llm: Llm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", llm.base_url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-nobody")
    llm.batches.polls = 0


def _statuses(folder: Path) -> list[str]:
    return sorted(record.parse(path.read_text("utf-8")).status for path in (folder / "notes").glob("*.txt"))


def _collect(vidgist: Vidgist, times: int = 6) -> str:
    told = ""
    for _ in range(times):
        ended = vidgist("collect")
        told += ended.err
        if "no batch is open" in ended.err:
            return told
    return told


def test_a_batch_is_handed_in_and_collected(vidgist: Vidgist, llm: Llm, tmp_path: Path) -> None:
    llm.batches.polls = 1
    ended = vidgist("run", *TALKS, *MODEL, "--batch")
    assert ended.code == 0
    assert "3 requests handed in" in ended.err
    assert "3 waiting for a batch" in ended.err
    assert llm.chats == []
    again = vidgist("run", *TALKS, *MODEL, "--batch")
    assert "handed in" not in again.err
    live = vidgist("run", *TALKS, *MODEL)
    assert live.code == 0
    assert llm.chats == []
    waiting = vidgist("collect")
    assert "0 of 3 answered" in waiting.err
    assert not (tmp_path / "notes").exists() or _statuses(tmp_path) == []
    told = _collect(vidgist)
    assert "3 of 3 answered" in told
    assert _statuses(tmp_path) == ["success"] * 3
    report = json.loads(vidgist("status", "--json").out)["runs"]
    bills = [run for run in report if run["saved"]]
    assert sum(run["cost"] for run in bills) == pytest.approx(sum(run["saved"] for run in bills))
    asked = len(llm.chats)
    assert "nothing new" in vidgist("run", *TALKS, *MODEL).err
    assert len(llm.chats) == asked


def test_what_an_expired_batch_did_not_do_is_handed_in_again(
    vidgist: Vidgist, llm: Llm, tmp_path: Path
) -> None:
    llm.batches.outcome = "expired"
    vidgist("run", *TALKS, *MODEL, "--batch")
    assert "expired" in vidgist("collect").err
    assert 0 < len(_statuses(tmp_path)) < 3
    llm.batches.outcome = "completed"
    _collect(vidgist)
    assert _statuses(tmp_path) == ["success"] * 3
    assert llm.chats == []


def test_a_batch_that_fails_again_and_again_is_asked_live(vidgist: Vidgist, llm: Llm, tmp_path: Path) -> None:
    llm.batches.outcome = "failed"
    vidgist("run", TALKS[0], *MODEL, "--batch")
    told = _collect(vidgist)
    assert "token limit exceeded" in told
    assert len(llm.batches.made) == batches.TRIES
    assert len(llm.chats) >= 1
    assert _statuses(tmp_path) == ["success"]


def test_a_request_that_a_batch_rejects_is_asked_live(vidgist: Vidgist, llm: Llm, tmp_path: Path) -> None:
    llm.rules = [Rule("bad_request", endpoint="batch")]
    vidgist("run", TALKS[0], *MODEL, "--batch")
    _collect(vidgist)
    assert len(llm.batches.made) == 1
    assert len(llm.chats) >= 1
    assert _statuses(tmp_path) == ["success"]


def test_a_truncated_reply_of_a_batch_is_no_success(vidgist: Vidgist, llm: Llm, tmp_path: Path) -> None:
    llm.rules = [Rule("length")]
    vidgist("run", TALKS[0], *MODEL, "--batch")
    _collect(vidgist)
    (status,) = _statuses(tmp_path)
    assert status.startswith("failed: truncated")


def test_what_a_batch_truncates_is_asked_live_in_the_end(vidgist: Vidgist, llm: Llm, tmp_path: Path) -> None:
    llm.rules = [Rule("length", endpoint="batch")]
    vidgist("run", TALKS[0], *MODEL, "--batch")
    _collect(vidgist)
    assert _statuses(tmp_path) == ["success"]
    assert len(llm.batches.made) <= 2 * batches.TRIES


def test_a_batch_whose_id_was_never_learnt_is_found_again(vidgist: Vidgist, llm: Llm, tmp_path: Path) -> None:
    vidgist("run", TALKS[0], *MODEL, "--batch")
    store = Store(tmp_path / "state")
    (batch,) = store.batches.open()
    store.batches.save(batch.model_copy(update={"id": "", "state": "sent"}))
    store.batches.save(batch.model_copy(update={"id": "", "state": "sent", "token": "lost"}))
    store.close()
    told = _collect(vidgist)
    assert "never sent" in told
    assert _statuses(tmp_path) == ["success"]
    assert len(llm.batches.made) <= 2


def test_files_are_split_at_what_a_provider_takes(
    vidgist: Vidgist, llm: Llm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "MOST_LINES", 2)
    ended = vidgist("run", *TALKS, *MODEL, "--batch")
    assert "3 requests handed in" in ended.err
    assert len(llm.batches.made) == 2
    assert not list((tmp_path / "state" / "batches").iterdir())


def test_a_budget_holds_for_what_is_queued(vidgist: Vidgist, llm: Llm) -> None:
    ended = vidgist("run", *TALKS, *MODEL, "--batch", "--max-tokens", "6000")
    assert ended.code == 3
    assert sum(len(rows) for rows in llm.batches._rows.values()) < 3


def test_what_has_no_batches_says_so(vidgist: Vidgist, llm: Llm, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no batch is open" in vidgist("collect").err
    assert "--batch" in vidgist("run", TALKS[0], "--model", "offline:", "--batch").err
    monkeypatch.setattr(llm.batches, "answer", lambda *_: None)
    ended = vidgist("run", TALKS[0], *MODEL, "--batch")
    assert ended.code == 3
    assert "no Batch API" in ended.err
    assert "run without --batch" in ended.err


def test_a_batch_that_the_provider_forgot_does_not_hold_up_the_others(
    vidgist: Vidgist, llm: Llm, tmp_path: Path
) -> None:
    for talk in TALKS[:2]:
        vidgist("run", talk, *MODEL, "--batch")
    first, _ = llm.batches.made
    del llm.batches.made[first]
    told = vidgist("collect").err
    while "does not know" not in told:
        told += vidgist("collect").err
    assert "asked again" in told
    assert "no Batch API" not in told
    _collect(vidgist)
    assert _statuses(tmp_path) == ["success", "success"]


def test_a_result_file_that_is_gone_is_told_and_asked_again(
    vidgist: Vidgist, llm: Llm, tmp_path: Path
) -> None:
    llm.batches.polls = 0
    vidgist("run", TALKS[0], *MODEL, "--batch")
    answer = llm.batches.answer
    refused: list[str] = []

    def without_files(method: str, path: str, *rest: Any) -> bytes | None:
        if path.endswith("/content") and not refused:
            refused.append(path)
            return None
        return answer(method, path, *rest)

    llm.batches.answer = without_files  # type: ignore[method-assign, assignment]
    told = _collect(vidgist)
    assert "does not know" in told
    assert _statuses(tmp_path) == ["success"]


def test_live_calls_are_told_before_they_cost(vidgist: Vidgist, llm: Llm) -> None:
    llm.batches.outcome = "failed"
    vidgist("run", TALKS[0], *MODEL, "--batch")
    assert "at full price" in _collect(vidgist)


def test_a_job_file_that_a_crash_left_is_swept(vidgist: Vidgist, tmp_path: Path) -> None:
    (tmp_path / "state" / "batches").mkdir(parents=True)
    (tmp_path / "state" / "batches" / "left.jsonl").write_text("{}\n")
    vidgist("run", TALKS[0], *MODEL, "--batch")
    assert not list((tmp_path / "state" / "batches").iterdir())


def test_polling_counts_what_waits_once() -> None:
    report = ReportBuilder(lambda _: None)
    item = Item(source="local", id="a", name="a", url="a", origin="a")

    def waiting() -> int:
        return report.total("run", usage=Usage(), cost=None, seconds=1.0, requests={}).waiting

    for _ in range(3):
        report(Skipped(item=item, why="waiting"))
    assert waiting() == 1
    report(Done(item=item, title="a", files=(), usage=Usage(), cost=None, supported=None, seconds=0.1))
    assert waiting() == 0
