"""Long transcripts in parts: all of it, in order, within the budget, cut where one would cut."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.llm import splitting
from vidgist.models import Chapter, Segment, Transcript
from vidgist.text import tokens


def spoken(texts: list[str], *, timed: bool = True, pauses: dict[int, float] | None = None) -> Transcript:
    segments, clock = [], 0.0
    for number, text in enumerate(texts):
        clock += (pauses or {}).get(number, 0.0)
        segments.append(Segment(start=clock if timed else 0, duration=4 if timed else 0, text=text))
        clock += 4
    return Transcript(segments=tuple(segments), timed=timed)


def numbered(count: int, end: str = "") -> list[str]:
    return [f"line {number:04} has some eight words of plain text{end}" for number in range(count)]


def new(part: splitting.Part) -> tuple[Segment, ...]:
    return part.segments[part.overlap :]


def test_what_fits_is_one_part() -> None:
    talk = spoken(numbered(5))
    assert splitting.cut(talk, 1_000) == (splitting.Part(talk.segments, ()),)


def test_parts_hold_all_in_order_and_overlap_a_little() -> None:
    talk = spoken(numbered(300))
    found = splitting.cut(talk, 700)
    assert [segment for part in found for segment in new(part)] == list(talk.segments)
    assert found[0].overlap == 0
    for before, after in itertools.pairwise(found):
        assert before.segments[-after.overlap :] == after.segments[: after.overlap]
        assert (
            0
            < tokens.estimate(" ".join(s.text for s in after.segments[: after.overlap]))
            <= splitting.OVERLAP_TOKENS
        )


def test_parts_fit_and_are_about_equally_long() -> None:
    sizes = [tokens.estimate(part.text) for part in splitting.cut(spoken(numbered(1_000)), 2_000)]
    assert max(sizes) <= 2_000
    assert min(sizes) >= 0.75 * max(sizes)
    assert len(sizes) == -(-tokens.estimate(spoken(numbered(1_000)).text) // 1_940)


def test_a_part_knows_its_times_and_chapters() -> None:
    chapters = (
        Chapter(start=0, title="One"),
        Chapter(start=400, title="Two"),
        Chapter(start=790, title="Three"),
    )
    first, second = splitting.cut(spoken(numbered(200)), 1_500, chapters)
    assert first.start == 0
    assert abs(first.end - second.start) < 1
    assert (first.chapters, second.chapters) == (("One",), ("Two", "Three"))


def test_a_chapter_is_a_better_place_than_a_pause_and_that_than_a_sentence() -> None:
    lines = numbered(200)
    lines[104] += "."
    assert splitting.cut(spoken(lines), 1_500)[1].segments[-1].text == lines[-1]
    assert new(splitting.cut(spoken(lines), 1_500)[1])[0].text == lines[105]
    pauses = {95: 5.0}
    assert new(splitting.cut(spoken(lines, pauses=pauses), 1_500)[1])[0].text == lines[95]
    chapters = (Chapter(start=0, title="One"), Chapter(start=4 * 108 + 5, title="Two"))
    assert new(splitting.cut(spoken(lines, pauses=pauses), 1_500, chapters)[1])[0].text == lines[108]


def test_without_times_neither_pauses_nor_chapters_count() -> None:
    chapters = (Chapter(start=0, title="One"), Chapter(start=1, title="Two"))
    first, second = splitting.cut(spoken(numbered(200), timed=False), 1_500, chapters)
    assert abs(len(new(first)) - len(new(second))) <= 1
    assert (first.start, first.end, first.chapters) == (0, 0, ())


@pytest.mark.parametrize(
    "text",
    [
        "word " * 3_000,
        "没有标点的长文本" * 500,
        "x" * 20_000,
        "A sentence of seven words stands here. " * 400,
        "مرحبا بالعالم " * 900,
        "🚀" * 3_000,
    ],
)
def test_one_segment_without_a_pause_is_cut_too(text: str) -> None:
    talk = Transcript(segments=(Segment(start=0, duration=600, text=text.strip()),))
    found = splitting.cut(talk, 600)
    assert len(found) > 1
    assert max(tokens.estimate(part.text) for part in found) <= 600
    said = "".join(segment.text for part in found for segment in new(part))
    assert said.replace(" ", "") == text.replace(" ", "")
    assert found[1].start == pytest.approx(600 / len(found), rel=0.2)
    assert found[-1].end == pytest.approx(600, rel=0.01)


def test_a_long_segment_is_cut_between_its_sentences() -> None:
    talk = Transcript(
        segments=(Segment(start=0, duration=600, text="A sentence of seven words stands here. " * 200),)
    )
    for part in splitting.cut(talk, 600):
        assert part.text.startswith("A sentence")
        assert part.text.endswith("here.")


def test_a_budget_for_no_thought_is_refused() -> None:
    with pytest.raises(ValueError, match="hold no thought"):
        splitting.cut(spoken(numbered(100)), splitting.LEAST_TOKENS - 1)


@given(
    st.lists(st.text(min_size=1, max_size=400), min_size=1, max_size=60), st.integers(120, 600), st.booleans()
)
def test_every_letter_is_in_some_part_and_every_part_fits(texts: list[str], budget: int, timed: bool) -> None:
    talk = spoken(texts, timed=timed)
    found = splitting.cut(talk, budget)
    said = "".join(segment.text for part in found for segment in new(part))
    assert "".join(said.split()) == "".join("".join(texts).split())
    assert all(tokens.estimate(part.text) <= budget for part in found)
