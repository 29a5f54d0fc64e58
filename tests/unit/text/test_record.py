"""Records and their bytes are each other's inverse; hostile values cannot break the layout."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.errors import Unreadable
from vidgist.models import (
    Answer,
    ConceptMap,
    Failure,
    Item,
    Node,
    Note,
    Point,
    Record,
    Segment,
    Summary,
    Transcript,
    Video,
)
from vidgist.text import hygiene, record

NOW = datetime(2025, 2, 6, 21, 55, 42, 334140)
ITEM = Item(source="youtube", id="WDsAhkFsKfE", name="WDsAhkFsKfE", url="https://youtu.be/WDsAhkFsKfE")

hostile = st.text(st.characters(), max_size=40) | st.sampled_from(
    [
        "a\nStatus: success",
        "\r\n\n\nContent:\n",
        "\x1b[31m",
        "</Mermaid_Diagram>",
        "\ud800",
        "**",
        "\u2028x",
        ": :",
    ]
)
written_line = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=40)
durations = st.integers(0, 400_000).map(record.clock) | st.just(record.UNKNOWN)
statuses = st.just(record.SUCCESS) | st.from_regex(
    r"failed: [a-z0-9_]{1,12}: [^\n\ud800-\udfff]{1,20}", fullmatch=True
)
descriptions = st.lists(written_line | st.sampled_from(["Content:", "", "Description:"]), max_size=6).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)
records = st.builds(
    Record,
    timestamp=st.datetimes(),
    title=written_line,
    url=written_line,
    status=statuses,
    duration=durations,
    description=descriptions,
    content=written_line,
)
no_surrogates = hostile.filter(lambda text: text.encode(errors="ignore").decode() == text)
points = st.builds(Point, label=no_surrogates, text=no_surrogates)
summaries = st.builds(
    Summary,
    core_ideas=st.lists(points, min_size=3, max_size=8).map(tuple),
    core_point=points,
    fundamental_point=points,
    framework=hostile,
    concept_map=st.just(ConceptMap(nodes=(Node(id="a", label="b"),))),
)
notes = st.builds(
    Note,
    item=st.builds(Item, source=st.just("local"), id=hostile, name=hostile, url=hostile),
    created=st.datetimes(),
    video=st.none() | st.builds(Video, title=hostile, seconds=st.none() | st.floats(0, 400_000)),
    transcript=st.none()
    | st.builds(
        Transcript,
        segments=st.lists(
            st.builds(Segment, start=st.just(0.0), duration=st.just(0.0), text=written_line), max_size=3
        ).map(tuple),
    ),
    answer=st.builds(Answer, summary=summaries, created=st.just(NOW)),
)


def note(**told: object) -> Note:
    return Note.model_validate({"item": ITEM, "created": NOW, **told})


@given(records)
def test_parse_is_the_inverse_of_render(one: Record) -> None:
    assert record.parse(record.render(one)) == one


@given(notes)
def test_whatever_a_note_holds_its_record_is_exact(one: Note) -> None:
    made = record.of(one)
    text = record.render(made)
    text.encode()
    assert record.parse(text) == made
    assert text.count("\n\n\nContent:\n") == 1


@given(notes, hostile)
def test_a_failed_record_is_exact(one: Note, message: str) -> None:
    failure = Failure(stage="fetch", code="no_captions", message=message or "?")
    made = record.of(one.model_copy(update={"answer": None, "failure": failure}))
    if made.status != "failed: no_captions: ":
        assert record.parse(record.render(made)) == made
    assert made.description == ""


def test_a_failed_record_says_what_is_known() -> None:
    failure = Failure(stage="fetch", code="private", message="the video is private")
    assert record.render(record.of(note(failure=failure))) == (
        "Timestamp: 2025-02-06T21:55:42.334140\n"
        "Title: unknown\n"
        "URL: https://youtu.be/WDsAhkFsKfE\n"
        "Status: failed: private: the video is private\n"
        "Duration: unknown\n"
        "\nDescription:\n\n\nContent:\n"
    )


def test_a_free_answer_is_kept_verbatim() -> None:
    made = record.of(note(answer=Answer(text="\n\n# Mine\n\ntext\n", created=NOW)))
    assert made.description == "# Mine\n\ntext\n"


def test_sections_have_the_layout_of_a_record() -> None:
    point = Point(label="Label:", text="two\nlines")
    text = record.sections(
        Summary(
            core_ideas=(point, point, point),
            core_point=point,
            fundamental_point=point,
            framework="one\n\ntwo\nlines",
            concept_map=ConceptMap(),
        )
    )
    assert "*   **Label:** two lines\n*   **Label:** two lines\n" in text
    assert "*   **Core Point:** two lines\n*   **Fundamental Point:** two lines\n" in text
    assert "\n\none\n\ntwo lines\n\n**IV. Conceptual Map**\n\n<Mermaid_Diagram>\n" in text
    assert text.endswith("</Mermaid_Diagram>\n")


GOOD = record.render(
    record.of(note(answer=Answer(text="x", created=NOW), video=Video(title="t", seconds=523.4)))
)


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("", "line 1 does not begin with 'Timestamp:'"),
        (GOOD.replace("URL: ", "Link: "), "line 3 does not begin with 'URL:'"),
        (GOOD.replace("\n\nDescription", "\nDescription"), "no 'Description:' after a blank line"),
        (GOOD.replace("\n\n\nContent", "\n\nContent"), "no 'Content:' after two blank lines"),
        (GOOD.removesuffix("\n"), "no 'Content:' after two blank lines"),
        (GOOD + "words", "the last line does not end"),
        (GOOD + "words\nmore\n", "the content is not one line"),
        (GOOD.replace("2025-02-06T", "yesterday "), "line 1: 'yesterday 21:55:42.334140' is no timestamp"),
        (GOOD.replace(".334140", ".33414"), "six decimals"),
        (GOOD.replace(".334140", ".334140+00:00"), "six decimals"),
        (GOOD.replace("success", "done"), "line 4: 'done' is no status"),
        (GOOD.replace("8:43", "08:43"), "line 5: '08:43' is no duration"),
        (GOOD.replace("8:43", "0:61:00"), "line 5: '0:61:00' is no duration"),
    ],
)
def test_parse_says_which_part_is_off(broken: str, fault: str) -> None:
    with pytest.raises(Unreadable) as caught:
        record.parse(broken)
    assert str(caught.value).startswith("not an exact record: ")
    assert fault in str(caught.value)


@given(st.text(max_size=80) | st.just(GOOD), st.integers(0, 400), st.text(max_size=5))
def test_what_parse_takes_renders_to_the_same_bytes(text: str, place: int, typo: str) -> None:
    broken = text[:place] + typo + text[place:]
    try:
        parsed = record.parse(broken)
    except Unreadable:
        return
    assert record.render(parsed) == broken


@pytest.mark.parametrize(
    ("seconds", "clock"),
    [
        (None, "unknown"),
        (0, "0:00"),
        (59.4, "0:59"),
        (59.5, "1:00"),
        (523, "8:43"),
        (3599.6, "1:00:00"),
        (36_061, "10:01:01"),
    ],
)
def test_clock_rounds_to_seconds(seconds: float | None, clock: str) -> None:
    assert record.clock(seconds) == clock


@given(st.integers(0, 10_000_000))
def test_seconds_is_the_inverse_of_clock(seconds: int) -> None:
    assert record.seconds(record.clock(seconds)) == seconds


@pytest.mark.parametrize("text", ["unknown", "", "8", "8:4", "008:43", "60:00", "-1:00"])
def test_seconds_of_what_is_no_clock(text: str) -> None:
    assert record.seconds(text) is None


@given(hostile)
def test_one_line_is_one_line(text: str) -> None:
    line = hygiene.one_line(text)
    assert line == " ".join(line.split())
    assert line.encode().decode() == line
    assert "\n" not in hygiene.published(text)


def test_a_timestamp_with_a_zone_is_never_written_by_parse() -> None:
    zoned = Record(
        timestamp=datetime(2025, 1, 1, tzinfo=UTC),
        title="",
        url="",
        status="success",
        duration="0:00",
        description="",
        content="",
    )
    with pytest.raises(Unreadable):
        record.parse(record.render(zoned))
