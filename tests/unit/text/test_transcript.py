"""Cleaning cues: words kept, noise gone, nothing said twice that was said once, and the other way round."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.models import Segment
from vidgist.text import transcript


def cue(start: float, end: float, text: str) -> Segment:
    return Segment(start=start, duration=round(end - start, 3), text=text)


def rolling(*said: str, seconds: float = 2.0) -> list[Segment]:
    """Cues as YouTube's automatic WebVTT has them: each line fills, is held for 10 ms, and rolls up."""
    cues, above = [], " "
    for number, words in enumerate(said):
        start = number * seconds
        end = start + seconds - 0.01
        first, *rest = words.split(" ")
        timed = first + "".join(f"<00:00:{start + 0.3:06.3f}><c> {word}</c>" for word in rest)
        cues += [cue(start, end, f"{above}\n{timed}"), cue(end, start + seconds, f"{words}\n ")]
        above = words
    return cues


def texts(cues: "list[Segment] | tuple[Segment, ...]") -> list[str]:
    return [segment.text for segment in transcript.clean(transcript.unroll(cues))]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Tom &amp; Jerry&#39;s", "Tom & Jerry's"),
        ("it&amp;#39;s &amp;quot;fine&amp;quot;", 'it\'s "fine"'),
        ("&lt;b&gt; is a tag", "<b> is a tag"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("<c>to</c><00:00:01.469><c> the</c>", "to the"),
        ("<c.colorE5E5E5>grey</c> <i>slanted</i> <v Bob Smith>hello</v>", "grey slanted hello"),
        ('<font color="#fff">white</font><br/>next', "white next"),
        (r"{\an8}above {\i1}it{\i0}", "above it"),
        ("if a < b and c > d", "if a < b and c > d"),
        ("a <bold claim> {set}", "a <bold claim> {set}"),
        ("two\nlines \t and\u00a0more\u2028here", "two lines and more here"),
        ("be\x00ll\x1b[31m \x9bred\ufeff", "bell[31m red"),
        ("half \ud83d pair", "half pair"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
    ],
)
def test_line_keeps_words_and_drops_markup(raw: str, clean: str) -> None:
    assert transcript.line(raw) == clean


def test_clean_sorts_and_drops_what_is_empty() -> None:
    cues = [cue(5, 6, "second"), cue(0, 2, "first"), cue(3, 4, " <c> </c> "), cue(5, 6, "and third")]
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


def test_unroll_says_each_line_once() -> None:
    said = ["welcome to the series on", "neural networks", "today we look at", "[Music]", "how they learn"]
    cues = rolling(*said)
    assert texts(cues) == said
    assert [segment.start for segment in transcript.unroll(cues)] == [0, 2, 4, 6, 8]


def test_unroll_works_on_what_converters_leave_of_rolling_captions() -> None:
    """yt-dlp's ``--convert-subs srt`` takes tags and blank lines away."""
    cues = [
        cue(0, 2, "first line"),
        cue(2, 2.01, "first line"),
        cue(2.01, 4, "first line\nsecond line"),
        cue(4, 4.01, "second line"),
        cue(4.01, 6, "second line\nthird line"),
    ]
    assert texts(cues) == ["first line", "second line", "third line"]


def test_unroll_works_without_holds_and_tags() -> None:
    cues = [cue(n, n + 1, f"line {n}\nline {n + 1}") for n in range(5)]
    assert texts(cues) == ["line 0 line 1", "line 2", "line 3", "line 4", "line 5"]


def test_unroll_keeps_a_refrain_in_rolling_captions() -> None:
    said = ["no no no", "la la la", "la la la", "la la la", "no no no", "never"]
    assert texts(rolling(*said)) == said


def test_unroll_keeps_a_refrain_where_holds_are_gone() -> None:
    cues = [one for one in rolling("so", "la la", "la la", "la la", "end") if one.duration > 0.1]
    assert texts(cues) == ["so", "la la", "la la", "la la", "end"]


def test_unroll_keeps_what_is_said_again_after_a_pause() -> None:
    cues = [
        *rolling("who is there", "nobody at all"),
        cue(60, 62, " \nnobody<00:01:00.500><c> at</c><c> all</c>"),
    ]
    assert texts(cues) == ["who is there", "nobody at all", "nobody at all"]


def test_the_upper_line_outlasts_a_pause() -> None:
    cues = [*rolling("who is there", "nobody"), cue(60, 62, "nobody\nat<00:01:01.000><c> all</c>")]
    assert texts(cues) == ["who is there", "nobody", "at all"]


def test_an_empty_cue_between_is_no_pause() -> None:
    first, second = rolling("one two", "three four")[:2], rolling("one two", "three four")[2:]
    assert texts([*first, cue(2, 2, " \n "), *second]) == ["one two", "three four"]


def test_unroll_leaves_entities_and_tags_to_clean() -> None:
    said = ["the &lt;b&gt; tag", "and &amp;lt; too", "R&amp;D"]
    assert texts(rolling(*said)) == ["the <b> tag", "and < too", "R&D"]


def test_unroll_leaves_written_captions_alone() -> None:
    cues = [
        cue(0, 1, "no"),
        cue(1, 2, "no"),
        cue(2, 3, "no"),
        cue(3, 5, "I said\nno no no"),
        cue(5, 7, "no no no\nand that is it"),
        cue(7, 9, "- Why?\n- Because."),
        cue(9, 10, "Because."),
    ]
    assert transcript.unroll(cues) == tuple(cues)


def test_unroll_takes_cues_in_any_order() -> None:
    cues = rolling("one two", "three four", "five six")
    assert texts(list(reversed(cues))) == ["one two", "three four", "five six"]


def test_nothing_rolls_in_nothing() -> None:
    assert transcript.unroll([]) == ()
    assert transcript.unroll([cue(0, 1, "alone")]) == (cue(0, 1, "alone"),)


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
wild_texts = st.text(st.characters(), max_size=30) | st.sampled_from(
    ["<c>", "a\nb", "&amp;lt;", "{\\an8}", "♪"]
)
wild_cues = st.lists(st.builds(Segment, start=wild_times, duration=wild_times, text=wild_texts), max_size=12)


@given(wild_cues)
def test_clean_text_is_one_line_in_order_with_times_that_can_be(cues: list[Segment]) -> None:
    segments = transcript.clean(transcript.unroll(cues))
    assert [one.start for one in segments] == sorted(one.start for one in segments)
    for segment in segments:
        assert segment.text == " ".join(segment.text.split()) != ""
        assert segment.text.encode()  # no lone surrogate
        assert not any(ord(one) < 32 or 127 <= ord(one) < 160 for one in segment.text)
        assert 0 <= segment.start <= transcript.MOST_SECONDS
        assert 0 <= segment.duration <= transcript.MOST_SECONDS


@given(st.lists(st.text("ab ", min_size=1, max_size=6).filter(str.strip), min_size=2, max_size=12))
def test_unroll_is_the_inverse_of_rolling(said: list[str]) -> None:
    """Whatever is said, a refrain too: each line comes back once and in its place."""
    lines = [" ".join(text.split()) for text in said]
    assert texts(rolling(*lines)) == lines
