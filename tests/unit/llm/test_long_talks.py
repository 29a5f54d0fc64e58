"""Talks longer than the window: notes are shortened and cut, and no fact is lost on the way."""

import json

import pytest

from tests.doubles import planted
from vidgist.errors import BadReply
from vidgist.llm import extracts, normalization
from vidgist.llm.extracts import Extract
from vidgist.text import tokens

NOTES = (
    Extract(
        text="The mill at Arden, as everybody there remembers, ground 340 sacks in the week of the fair.",
        start=61,
    ),
    Extract(
        text="Nobody in the village had asked who would pay for the second wheel.",
        quote="who would pay for it",
    ),
)


@pytest.mark.unmeasured
@pytest.mark.parametrize("window", [4_096, 8_192, 16_384])
@pytest.mark.parametrize(("minutes", "reader"), [(57, "brief"), (68, "long"), (90, "deaf")])
def test_no_fact_of_a_long_talk_is_lost_on_the_way(minutes: int, reader: str, window: int) -> None:
    reached, facts, _ = planted.arrived(minutes, window, reader)
    assert reached == facts


@pytest.mark.parametrize("reader", ["brief", "long"])
def test_five_hours_reach_a_window_of_four_thousand_tokens(reader: str) -> None:
    reached, facts, _ = planted.arrived(300, 4_096, reader)
    assert reached >= 0.95 * facts


def test_notes_are_shortened_by_number_or_by_their_words() -> None:
    given = [
        {"number": 2, "text": "Who pays for the second wheel was not asked."},
        {"text": "Mill at Arden ground 340 sacks"},
    ]
    found = extracts.read_shortened(json.dumps({"notes": given}), NOTES)
    assert found[0].text == "Mill at Arden ground 340 sacks"
    assert found[0].start == 61
    assert found[1].text == "Who pays for the second wheel was not asked."
    assert found[1].quote == "who would pay for it"


@pytest.mark.parametrize(
    "text",
    [
        "The mill at Arden ground 430 sacks.",
        "The mill at Arden ground many sacks.",
        "The mill at Arden, as everybody there remembers very well, ground 340 sacks in the week of the great fair.",
    ],
    ids=["another figure", "no figure", "no shorter"],
)
def test_a_note_that_loses_its_fact_stays_as_it_was(text: str) -> None:
    found = extracts.read_shortened(json.dumps({"notes": [{"number": "1", "text": text}]}), NOTES)
    assert found == {0: NOTES[0]}


@pytest.mark.parametrize(
    "reply",
    ["no", '{"notes": []}', '{"notes": [{"number": 9, "text": "What?"}, 3, {"text": "Quite other words."}]}'],
)
def test_a_reply_that_shortens_nothing_is_bad(reply: str) -> None:
    with pytest.raises(BadReply):
        extracts.read_shortened(reply, NOTES)


def test_what_is_cut_keeps_its_figure_and_its_name() -> None:
    assert (
        normalization.kernel("The mill at Arden ground 340 sacks in the week of the fair.", 30)
        == "The mill at Arden ground 340…"
    )
    assert normalization.kernel("風車は" * 20 + "三百四十袋を挽いた 340 袋", 12).count("340") == 1
    assert normalization.kernel("short", 30) == "short"


def test_notes_are_cut_to_a_length_before_any_is_left_out() -> None:
    notes = [
        NOTES[0].model_copy(update={"start": 60.0 * n, "text": NOTES[0].text.replace("340", str(340 + n))})
        for n in range(40)
    ]
    whole = sum(tokens.estimate(f"{note.short}\n") for note in notes)
    assert extracts.fitted(notes, whole) == notes
    cut = extracts.fitted(notes, whole * 3 // 4)
    assert len(cut) == len(notes)
    assert all(str(340 + n) in note.text for n, note in enumerate(cut))
    few = extracts.fitted(notes, whole // 4)
    assert 5 < len(few) < len(notes)
    assert sum(tokens.estimate(f"{note.short}\n") for note in few) <= whole // 4
    starts = [note.start for note in few if note.start is not None]
    assert starts == sorted(starts)
    assert "379" in few[-1].text or max(starts) > 1_800


@pytest.mark.parametrize(
    ("sample", "told"), [("the mill at arden", "12 words"), ("風車は三百袋を挽いた", "25 characters")]
)
def test_a_length_is_told_in_words_or_characters(sample: str, told: str) -> None:
    assert extracts.length_asked(17, sample) == told
