"""What passages are called."""

import pytest

from tests.unit.offline.talks import tagged, transcript
from vidgist.models import Video
from vidgist.offline import labels
from vidgist.offline.languages import ENGLISH
from vidgist.offline.phrases import extract
from vidgist.offline.spelling import Spelling


def called(text: str) -> list[str]:
    said = transcript(text)
    found = tagged(said)
    words = [word for sentence in found for word in sentence.words]
    begins = [sentence.words[0].start for sentence in found]
    spelling = Spelling(said.text, words, begins, Video(title=""), ENGLISH)
    phrases = extract(found, ENGLISH, spelling.phrase)
    spans = [(index, index) for index in range(len(found))]
    return labels.of(spans, found, phrases, [[] for _ in spans], ENGLISH)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The cost of our cables was high in those years.", "Cables"),
        ("They looked at the wind tunnel.", "Wind tunnel"),
        ("They have rubber and wood there.", "Rubber"),
        ("It is so.", "Passage 1"),
    ],
)
def test_a_passage_is_called_by_what_it_names(text: str, label: str) -> None:
    assert called(text) == [label]


def test_no_two_passages_are_called_alike() -> None:
    said = "The wind tunnel shows the wind. The wind tunnel is near the harbour wall. The tunnel is long."
    found = called(said)
    assert len(set(found)) == 3
    assert "Wind tunnel" in found


def test_many_things_have_no_single_article() -> None:
    found = tagged(transcript("A soft fork is slow. The soft forks are safe. Soft forks take a soft fork."))
    phrases = extract(found, ENGLISH, lambda words: " ".join(word.key for word in words))
    shown = {labels.inside(phrase, found) for phrase in phrases}
    assert not any(one.startswith("a ") and one.endswith("s") for one in shown)
