"""A talk that is too long to be read whole is read in stretches, and the note says so."""

import pytest

from vidgist.models import Segment, Transcript, Video
from vidgist.offline import engine


@pytest.mark.parametrize("pieces", [1, 5, 2_000])
def test_stretches_of_a_very_long_talk_are_read(pieces: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MOST_CHARACTERS", 20_000)
    words = "the kettle boils because the heat moves from hot to cold "
    each = words * (200_000 // (len(words) * pieces))
    segments = tuple(Segment(start=float(n), duration=1.0, text=each) for n in range(pieces))
    whole = Transcript(segments=segments, language="en")
    read = engine.readable(whole)
    assert 0 < len(read.text) <= 45_000
    assert engine.readable(read.model_copy(update={"segments": segments[:1]})).segments
    answer = engine.OfflineSummarizer().summarize(Video(title="a"), whole)
    assert any("too long to be read whole" in notice for notice in answer.notices)


def test_any_other_talk_is_read_whole() -> None:
    talk = Transcript(segments=(Segment(start=0.0, duration=1.0, text="heat moves"),), language="en")
    assert engine.readable(talk) is talk
