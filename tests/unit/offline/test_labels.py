"""What ideas are called."""

import pytest

from tests.unit.offline.talks import tagged, transcript
from vidgist.models import Video
from vidgist.offline import labels
from vidgist.offline.languages import ENGLISH
from vidgist.offline.phrases import extract
from vidgist.offline.spelling import Spelling
from vidgist.offline.statements import Cutter


def called(text: str) -> list[str]:
    said = transcript(text)
    found = tagged(said)
    words = [word for sentence in found for word in sentence.words]
    spelling = Spelling(
        said.text, words, [sentence.words[0].start for sentence in found], Video(title=""), ENGLISH
    )
    phrases = extract(found, ENGLISH, lambda words: labels.spell(words, said.text, spelling))
    ideas = Cutter(said.text, spelling, ENGLISH, lambda _: 0.0).of(found)
    return labels.of(ideas, phrases, [[] for _ in ideas], ENGLISH, said.text, spelling)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("We saw the wrong line of code.", "Line of code"),
        ("The cost of our cables was high in those years.", "Cost of cables"),
        ("It was about the price in terms of money.", "Price and money"),
        ("They bought the big buttons.", "Big buttons"),
        ("They bought the same buttons.", "Buttons"),
        ("They have rubber and wood there.", "Rubber and wood"),
        ("They looked at the wind tunnel.", "Wind tunnel"),
        ("It is so.", "Passage 1"),
    ],
)
def test_an_idea_is_called_by_what_it_names(text: str, label: str) -> None:
    assert called(text) == [label]


def test_no_two_ideas_are_called_alike() -> None:
    said = "The wind tunnel shows the wind. The wind tunnel is near the harbour wall. The tunnel is long."
    found = called(said)
    assert len(set(found)) == 3
    assert {"Wind tunnel", "Harbour wall"} <= set(found)
