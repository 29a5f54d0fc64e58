"""What a screen repeats is said once; what is said twice stays twice."""

from hypothesis import given
from hypothesis import strategies as st

from vidgist.readers import markup, repeats
from vidgist.readers.cues import Cue


def cue(start: float, end: float, text: str) -> Cue:
    return Cue(start, end, markup.read(text), raw=text)


def rolling(*said: str, seconds: float = 2.0) -> list[Cue]:
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


def texts(cues: list[Cue]) -> list[str]:
    return [" ".join(one.text.split()) for one in repeats.unroll(cues) if one.text.strip()]


def test_unroll_says_each_line_once() -> None:
    said = ["welcome to the series on", "neural networks", "today we look at", "[Music]", "how they learn"]
    cues = rolling(*said)
    assert texts(cues) == said
    assert [segment.start for segment in repeats.unroll(cues)] == [0, 2, 4, 6, 8]


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
    cues = [one for one in rolling("so", "la la", "la la", "la la", "end") if one.end - one.start > 0.1]
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
    assert repeats.unroll(cues) == cues


def test_unroll_takes_cues_in_any_order() -> None:
    cues = rolling("one two", "three four", "five six")
    assert texts(list(reversed(cues))) == ["one two", "three four", "five six"]


def test_nothing_rolls_in_nothing() -> None:
    assert repeats.unroll([]) == []
    assert repeats.unroll([cue(0, 1, "alone")]) == [cue(0, 1, "alone")]


@given(st.lists(st.text("ab ", min_size=1, max_size=6).filter(str.strip), min_size=2, max_size=12))
def test_unroll_is_the_inverse_of_rolling(said: list[str]) -> None:
    """Whatever is said, a refrain too: each line comes back once and in its place."""
    lines = [" ".join(text.split()) for text in said]
    assert texts(rolling(*lines)) == lines
