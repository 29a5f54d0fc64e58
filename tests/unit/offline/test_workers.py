"""A batch in processes of its own: the same bytes, and no process where there is no need."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.unit.offline.talks import BRIDGE, CAPTIONS, transcript
from vidgist.errors import NoTranscript
from vidgist.models import Segment, Transcript, Video
from vidgist.offline import OfflineSummarizer, Workers, workers

TITLE = Video(title="Bridges")


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    monkeypatch.setattr(workers, "WORTH", 2)
    found = Workers(cores=2)
    yield found
    found.close()


def test_a_process_gives_the_same_answer(two: Workers) -> None:
    alone = OfflineSummarizer("", lambda: datetime(2025, 2, 6))
    shared = OfflineSummarizer("", lambda: datetime(2025, 2, 6), workers=two)
    for text in (BRIDGE, CAPTIONS, BRIDGE):
        assert shared.summarize(TITLE, transcript(text)) == alone.summarize(TITLE, transcript(text))
    silent = Transcript(segments=(Segment(start=0, duration=1, text="[Music]"),))
    with pytest.raises(NoTranscript):
        shared.summarize(TITLE, silent)
    shared.close()
    assert shared.summarize(TITLE, transcript(BRIDGE)) == alone.summarize(TITLE, transcript(BRIDGE))


def test_few_talks_and_one_core_need_no_process(two: Workers) -> None:
    assert two.summarize(TITLE, transcript(BRIDGE)) is None
    single = Workers(cores=1)
    assert [single.summarize(TITLE, transcript(BRIDGE)) for _ in range(3)] == [None] * 3


def test_without_a_process_this_one_does_it(two: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_COMMAND", ("/nonexistent/python",))
    monkeypatch.setattr(workers, "_PATIENCE", 0.01)
    assert [two.summarize(TITLE, transcript(BRIDGE)) for _ in range(3)] == [None] * 3
