"""Notes on parts: read, verified and bundled."""

import json

import pytest

from vidgist.errors import BadReply
from vidgist.evidence import Concordance
from vidgist.llm import extracts
from vidgist.llm.extracts import Extract
from vidgist.models import Segment, Transcript
from vidgist.text import tokens

SPOKEN = "the toll at wether bridge doubled in 1840 and so the lock keepers refused to work until the first frost came"
CONCORDANCE = Concordance(Transcript(segments=(Segment(start=0, duration=9, text=SPOKEN),)))


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
    reply = json.dumps({"notes": [{"quote": "q" * 900, "text": "t" * 900}] * 50})
    found = extracts.read(reply)
    assert len(found) == extracts.MOST
    assert len(found[0].text) == len(found[0].quote) == 500


def test_a_quote_becomes_the_words_of_the_transcript() -> None:
    (extract,) = extracts.verified(
        [Extract(text="T.", quote="The Toll at Wether Bridge doubled, in 1840")], CONCORDANCE
    )
    assert extract.quote == "the toll at wether bridge doubled in 1840"


def test_invented_notes_go_where_others_are_supported() -> None:
    real = [Extract(text=f"T{n}", quote=SPOKEN[n * 10 : n * 10 + 45]) for n in (0, 2, 3)]
    invented = Extract(text="Invented.", quote="a quote that nobody ever spoke in this talk")
    words = [Extract(text=part.text, quote=" ".join(part.quote.split()[1:-1])) for part in real]
    assert [part.text for part in extracts.verified([invented, *words], CONCORDANCE)] == ["T0", "T2", "T3"]
    assert extracts.verified([invented, words[0]], CONCORDANCE)[0] == Extract(text="Invented.")


def test_a_note_is_written_with_its_quote() -> None:
    assert str(Extract(text="T.", quote="q")) == 'T.\n  "q"'
    assert str(Extract(text="T.")) == "T."


def test_bundles_fit_and_keep_the_order() -> None:
    entries = [f"entry number {n}" for n in range(40)]
    found = extracts.bundles(entries, 50)
    assert [entry for bundle in found for entry in bundle] == entries
    assert all(tokens.estimate("\n".join(bundle)) <= 50 for bundle in found)
    assert extracts.bundles(["x" * 900, "y"], 10) == [["x" * 900], ["y"]]
    assert extracts.bundles([], 10) == []
