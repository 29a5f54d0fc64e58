"""The map: what sentences say that one thing does to another, and how the stretches hang together."""

import pytest

from tests.unit.offline.talks import BRIDGE, tagged, transcript
from vidgist.models import ConceptMap
from vidgist.offline import facts, mapping
from vidgist.offline.languages import ENGLISH
from vidgist.offline.mapping import Stretch
from vidgist.offline.phrases import Phrase, extract
from vidgist.offline.sentences import Sentence


def read(text: str) -> tuple[list[Sentence], list[Phrase]]:
    found = tagged(transcript(text))
    return found, extract(found, ENGLISH, lambda words: " ".join(word.key for word in words))


def told(text: str) -> set[tuple[str, str, str]]:
    sentences, phrases = read(text)
    return {(fact.subject.label, fact.verb, fact.object.label) for fact in facts.find(sentences, phrases)}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("The old towers carry the deck.", ("Towers", "carry", "Deck")),
        ("The wind is measured by the sensors.", ("Wind", "is measured by", "Sensors")),
        ("The sensors can replace the crews.", ("Sensors", "can replace", "Crews")),
        ("So the towers carry the cables.", ("Towers", "carry", "Cables")),
        ("The deck depends on the towers.", ("Deck", "depends on", "Towers")),
    ],
)
def test_a_fact_is_a_subject_a_verb_and_an_object(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The weight of the towers broke the deck.",
        "The wind did not twist the deck.",
        "If the wind twists the deck we wait.",
        "They say the wind twisted the deck.",
        "Maybe the wind twisted the deck.",
        "The towers which carry the cables are old.",
        "The crews want to paint the towers.",
        "The towers have cables.",
        "The towers are bridges.",
        "Did the wind twist the deck?",
        "The crews inspect the length of the cables.",
    ],
)
def test_nothing_is_taken_from_what_is_not_claimed(text: str) -> None:
    assert told(text) == set()


def test_two_things_have_one_fact() -> None:
    phrases = [Phrase((str(number),), score=float(9 - number)) for number in range(5)]
    found = [facts.Fact(phrases[0], "holds", other) for other in phrases[1:]]
    found.append(facts.Fact(phrases[1], "bears", phrases[0]))
    assert facts.best(found, most=8) == found[:4]
    assert facts.best(found, most=2) == found[:2]


def drawn(text: str, title: str = "Bridges") -> ConceptMap:
    sentences, phrases = read(text)
    half = len(sentences) // 2
    stretches = [
        Stretch("Suspension bridge", 0, half, phrases[:3]),
        Stretch("Second part", half, len(sentences), phrases[3:6]),
    ]
    return mapping.draw(title, stretches, sentences, phrases, ENGLISH)


def test_a_map_leads_from_the_title_to_every_phrase() -> None:
    found = drawn(BRIDGE)
    assert found.nodes[0].label == "Bridges"
    reached = {"t"}
    for _ in found.nodes:
        reached |= {
            end
            for edge in found.edges
            if reached & {edge.source, edge.target}
            for end in (edge.source, edge.target)
        }
    assert reached == {node.id for node in found.nodes}
    assert all(edge.label for edge in found.edges)
    assert [edge.label for edge in found.edges if edge.source == "t"] == ["opens with", "closes with"]


def test_a_long_title_is_cut_between_words() -> None:
    label = drawn(BRIDGE, "word " * 30).nodes[0].label
    assert len(label) <= mapping.TITLE
    assert label.endswith("word…")
