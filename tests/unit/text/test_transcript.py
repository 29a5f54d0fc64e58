"""Cleaning cues: words kept, noise gone, nothing said twice that was said once, and the other way round."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.models import Segment
from vidgist.text import transcript


def cue(start: float, end: float, text: str) -> Segment:
    return Segment(start=start, duration=round(end - start, 3), text=text)


def texts(cues: "list[Segment] | tuple[Segment, ...]") -> list[str]:
    return [segment.text for segment in transcript.clean(cues)]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("two\nlines \t and\u00a0more\u2028here", "two lines and more here"),
        ("be\x00ll\x1b[31m \x9bred\ufeff", "bell[31m red"),
        ("half \ud83d pair", "half pair"),
        ("<p> is &lt;p&gt;", "<p> is &lt;p&gt;"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
    ],
)
def test_line_keeps_words_and_drops_what_has_no_width(raw: str, clean: str) -> None:
    assert transcript.line(raw) == clean


def test_clean_sorts_and_drops_what_is_empty() -> None:
    cues = [cue(5, 6, "second"), cue(0, 2, "first"), cue(3, 4, " \u200b "), cue(5, 6, "and third")]
    assert [segment.text for segment in transcript.clean(cues)] == ["first", "second", "and third"]


def test_clean_keeps_a_cue_once_that_stands_twice() -> None:
    assert texts([cue(0, 1, "a"), cue(1, 2, "no"), cue(1, 2, "no"), cue(2, 3, "b")]) == ["a", "no", "b"]


def test_clean_keeps_repeats_without_times() -> None:
    assert texts([cue(0, 0, "no"), cue(0, 0, "no")]) == ["no", "no"]


@pytest.mark.parametrize("start", [math.nan, math.inf, -math.inf, -3.0, 1e300])
def test_clean_gives_a_senseless_time_that_of_the_cue_before(start: float) -> None:
    cues = [cue(1, 2, "a"), Segment(start=start, duration=math.nan, text="b"), cue(3, 4, "c")]
    assert [(one.start, one.duration, one.text) for one in transcript.clean(cues)] == [
        (1, 1, "a"),
        (1, 0, "b"),
        (3, 1, "c"),
    ]


@pytest.mark.parametrize(
    ("said", "speaks"),
    [
        (["[Music]"], False),
        (["[Music] [Applause]", "♪ ♪", "(gentle music)", ">> [音楽]", "【拍手】（笑）"], False),
        ([], False),
        (["...", "--"], False),
        (["[Music]", "hello"], True),
        (["♪ all you need is love ♪"], True),
        (["（笑）そうですね"], True),
        (["[an opening bracket"], True),
    ],
)
def test_speaks_tells_words_from_sounds(said: list[str], speaks: bool) -> None:
    assert transcript.speaks(cue(0, 1, text) for text in said) is speaks


wild_times = st.floats() | st.floats(0, 100)
wild_texts = st.text(st.characters(), max_size=30) | st.sampled_from(["a\nb", "\u200b", "♪"])
wild_cues = st.lists(st.builds(Segment, start=wild_times, duration=wild_times, text=wild_texts), max_size=12)


@given(wild_cues)
def test_clean_text_is_one_line_in_order_with_times_that_can_be(cues: list[Segment]) -> None:
    segments = transcript.clean(cues)
    assert [one.start for one in segments] == sorted(one.start for one in segments)
    for segment in segments:
        assert segment.text == " ".join(segment.text.split()) != ""
        assert segment.text.encode()  # no lone surrogate
        assert not any(ord(one) < 32 or 127 <= ord(one) < 160 for one in segment.text)
        assert 0 <= segment.start <= transcript.MOST_SECONDS
        assert 0 <= segment.duration <= transcript.MOST_SECONDS
