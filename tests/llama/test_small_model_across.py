"""Questions to a notes folder, answered by the real model of 1.5 billion parameters: cited, checked, or not said.

The model is weak: it copies, invents and answers where there is no answer. What code lets through must stand.
"""

from importlib.util import find_spec
from pathlib import Path

import pytest
from benchmarks import across

from tests.llama.test_small_model import PARTS, weights
from vidgist.config import Settings

__all__ = ["weights"]

pytestmark = [
    pytest.mark.llama,
    pytest.mark.skipif(
        not (find_spec("xllamacpp") and all(map(find_spec, PARTS))),
        reason="xllamacpp or the parts of the model are missing",
    ),
]

EACH = 4
"""Questions with an answer, and as many of each kind without: ten minutes on two cores."""

ROOT = Path(__file__).parents[2]


def test_what_a_weak_model_answers_stands_or_is_left_out(tmp_path: Path, weights: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    texts = [
        one for one in sorted((ROOT / "docs").glob("*.md")) if one.stem != "across"
    ]  # it has the questions
    rows = [(one.stem, one.stem, one.read_text(encoding="utf-8")) for one in texts]
    across.plant(folder, rows, across.facts()[:EACH])
    settings = Settings(
        model=f"local:{weights}", window=across.WINDOW, state=tmp_path / "state", timeout=1_200
    )
    made = across.real(folder, across.facts(), settings, EACH, show=True)
    assert made.standing == made.sentences
    assert made.silent >= 0.9 * made.unanswerable
    assert made.near_silent >= 0.5 * made.near
    assert made.right >= 1
