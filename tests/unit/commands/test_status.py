"""What ``status`` tells of the memory."""

import io
from pathlib import Path

import pytest

from tests.doubles.parts import item
from vidgist.commands import status
from vidgist.models import Failure
from vidgist.store import Job, Store


@pytest.mark.parametrize(
    ("tokens", "cost", "told"),
    [
        (0, None, "0 tokens, $0.0000"),
        (900, 0.002, "1,000 tokens, $0.0030"),
        (900, None, "1,000 tokens, cost unknown"),
    ],
)
def test_a_cost_that_nobody_knows_is_not_told_as_nothing(
    tmp_path: Path, tokens: int, cost: float | None, told: str
) -> None:
    store = Store(tmp_path)
    if tokens:
        store.jobs.save("notes", Job(item=item(1), recipe="", status="done", tokens=100, cost=0.001))
    store.jobs.save("notes", Job(item=item(2), recipe="", status="done", tokens=tokens, cost=cost))
    shown = io.StringIO()
    status.show(store, shown, as_json=False)
    store.close()
    assert told in shown.getvalue()


def test_what_failed_is_called_by_its_name(tmp_path: Path) -> None:
    store = Store(tmp_path)
    local = item(1).model_copy(update={"url": "file:///talks/a%20talk.vtt"})
    gone = Failure(stage="fetch", code="missing", message="there is no file")
    store.jobs.save("/notes", Job(item=local, recipe="r", status="failed", failure=gone))
    shown = io.StringIO()
    status.show(store, shown, as_json=False)
    store.close()
    assert "        missing           a talk.vtt\n" in shown.getvalue()
