"""The whole program over a model in this process, with a double of the library that runs it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.doubles import completions
from tests.doubles.llama import Llama, Piece, gguf, pieces
from tests.doubles.shapes import SHAPES
from tests.e2e.conftest import EXAMPLES, Vidgist
from vidgist.text import record

pytestmark = pytest.mark.unmeasured

TALKS = (
    EXAMPLES / "deepseek-ptx.en.vtt",
    EXAMPLES / "gettysburg-address.srt",
    EXAMPLES / "second-inaugural.md",
)


def answer(body: dict[str, Any]) -> Sequence[Piece]:
    """What a model that keeps to its schema says, in the words of the prompt."""
    whole = completions.complete(body, "", SHAPES["vllm"], None)
    read = sum(len(message["content"]) for message in body["messages"]) // 4
    return pieces(whole["choices"][0]["message"]["content"], prompt_tokens=read)


@pytest.fixture
def llama(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Llama:
    double = Llama()
    double.answer = answer
    double.install(monkeypatch)
    gguf(tmp_path / "model.gguf")
    return double


def test_talks_become_exact_records_at_no_cost_and_once(
    vidgist: Vidgist, llama: Llama, tmp_path: Path
) -> None:
    ended = vidgist("run", *TALKS, "--model", "local:model.gguf", "--jobs", "8", "--max-cost", "0")
    assert (ended.code, ended.out) == (0, ""), ended.err
    made = sorted((tmp_path / "notes").glob("*.txt"))
    assert len(made) == 3
    for path in made:
        text = path.read_text(encoding="utf-8")
        assert record.render(record.parse(text)) == text
    assert vidgist("validate", "notes").code == 0
    heard = llama.heard
    assert vidgist("run", *TALKS, "--model", "local:model.gguf").code == 0
    assert llama.heard == heard
    assert len(llama.loaded) == 1


def test_what_is_missing_stops_the_run_before_it_starts(
    vidgist: Vidgist, llama: Llama, tmp_path: Path
) -> None:
    for model, told in [
        ("local:", "names no model"),
        ("local:gone.gguf", "no file gone.gguf"),
        (f"local:{TALKS[0]}", "no GGUF file"),
    ]:
        ended = vidgist("run", TALKS[0], "--model", model)
        assert ended.code == 2
        assert told in ended.err
        assert len(ended.err.splitlines()) == 2
    ended = vidgist("run", TALKS[0], "--model", "local:model.gguf", "--batch")
    assert ended.code == 2
    assert "no Batch API" in ended.err
    assert not llama.loaded


def test_a_model_that_does_not_load_ends_the_run_for_all(vidgist: Vidgist, llama: Llama) -> None:
    llama.loads = RuntimeError("Failed to init server, please check the input params.")
    ended = vidgist("run", *TALKS, "--model", "local:model.gguf")
    assert ended.code == 3
    assert "does not load" in ended.err
    assert "Traceback" not in ended.err
    llama.loads = None
    assert vidgist("run", *TALKS, "--model", "local:model.gguf").code == 0
