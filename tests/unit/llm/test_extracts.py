"""Notes on parts: read, verified and bundled."""

import json

import pytest

from vidgist.errors import BadReply
from vidgist.evidence import Checker, Concordance
from vidgist.llm import extracts, sizes
from vidgist.llm.extracts import Extract
from vidgist.models import Segment, Transcript
from vidgist.text import tokens

SPOKEN = "the toll at wether bridge doubled in 1840 and so the lock keepers refused to work until the first frost came"
CHECKER = Checker(
    Concordance(Transcript(segments=(Segment(start=0, duration=9, text=SPOKEN),), language="en"))
)


def test_notes_are_read() -> None:
    reply = json.dumps(
        {
            "notes": [
                {"quote": "the toll  doubled", "text": "Tolls\ndoubled."},
                {"text": "No quote."},
                "plain",
                {"text": " "},
                3,
            ]
        }
    )
    assert extracts.read(reply) == (
        Extract(text="Tolls doubled.", quote="the toll doubled"),
        Extract(text="No quote."),
        Extract(text="plain"),
    )


def test_bullets_are_notes_too() -> None:
    assert extracts.read("Here are my notes:\n- one\n2. two\n\n* three ") == (
        Extract(text="one"),
        Extract(text="two"),
        Extract(text="three"),
    )


@pytest.mark.parametrize(
    "reply", ["", "I cannot.", '{"notes": []}', '{"notes": "none"}', '{"notes": [{"quote": "x"}]}']
)
def test_a_reply_without_notes_is_bad(reply: str) -> None:
    with pytest.raises(BadReply, match="at least one note"):
        extracts.read(reply)


def test_notes_are_bounded_in_number_and_length() -> None:
    reply = json.dumps({"notes": [{"quote": "q" * 900, "text": "t" * 900}] * 200})
    found = extracts.read(reply)
    assert len(found) == 2 * sizes.MOST_NOTES
    assert len(found[0].text) == len(found[0].quote) == 500


def test_a_note_that_is_cut_ends_with_a_sentence() -> None:
    text = "It is long. " * 60
    assert extracts.read(json.dumps({"notes": [text]}))[0].text.endswith("It is long.")


def test_a_quote_becomes_the_words_of_the_transcript() -> None:
    (extract,) = extracts.found(
        [Extract(text="T.", quote="The Toll at Wether Bridge doubled, in eighteen forty")], CHECKER, 3
    )
    assert (extract.quote, extract.start) == ("the toll at wether bridge doubled in 1840", 0)


def test_no_note_is_lost_for_its_quote() -> None:
    notes = [
        Extract(text="The toll doubled.", quote="the toll at wether bridge doubled"),
        Extract(
            text="The lock keepers refused to work.", quote="lock keepers, they refused any work until frost"
        ),
        Extract(text="Whales sing.", quote="a quote that nobody ever spoke in this talk"),
    ]
    first, second, third = extracts.found(notes, CHECKER, None)
    assert first.quote == "the toll at wether bridge doubled"
    assert "lock keepers refused to work" in second.quote
    assert (third.text, third.quote) == ("Whales sing.", "")
    assert third.start == second.start


def test_a_note_is_written_with_its_time_and_its_quote() -> None:
    assert str(Extract(text="T.", quote="q", start=83.4)) == '1:23 T.\n  "q"'
    assert Extract(text="T.", quote="q", start=3683, heading="Part:").short == "Part:\n1:01:23 T."
    assert str(Extract(text="T.")) == "T."


def test_bundles_fit_and_keep_the_order() -> None:
    entries = [Extract(text=f"entry number {n}") for n in range(40)]
    found = extracts.bundles(entries, 50)
    assert [entry for bundle in found for entry in bundle] == entries
    assert all(tokens.estimate("\n".join(map(str, bundle))) <= 50 for bundle in found)
    assert len(extracts.bundles([Extract(text="x" * 900), Extract(text="y")], 10)) == 2
    assert extracts.bundles([], 10) == []
