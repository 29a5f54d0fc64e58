"""The map: what sentences say that one thing does to another, and how the stretches hang together."""

import pytest

from tests.unit.offline.talks import BRIDGE, tagged, transcript
from vidgist.models import ConceptMap
from vidgist.offline import facts, mapping, sentence_quality
from vidgist.offline.languages import ENGLISH
from vidgist.offline.phrases import Phrase, extract
from vidgist.offline.sentences import Sentence


def read(text: str) -> tuple[list[Sentence], list[Phrase]]:
    found = tagged(transcript(text))
    return found, extract(found, ENGLISH, lambda words: " ".join(word.key for word in words))


def find(sentences: list[Sentence], phrases: list[Phrase]) -> list[facts.Fact]:
    said = [" ".join(word.key for word in sentence.words) for sentence in sentences]
    states = [sentence_quality.states(one.split(), one, ENGLISH) for one in said]
    return facts.find(sentences, states, phrases, lambda words: " ".join(word.key for word in words))


def told(text: str) -> set[tuple[str, str, str]]:
    sentences, phrases = read(text)
    return {(fact.name, fact.verb, fact.goal) for fact in find(sentences, phrases)}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("The towers carry the deck.", ("Towers", "carry", "Deck")),
        ("The old towers carry the deck.", ("Old towers", "carry", "Deck")),
        ("The wind is measured by the sensors.", ("Wind", "is measured by", "Sensors")),
        ("The sensors can replace the crews.", ("Sensors", "can replace", "Crews")),
        ("So the towers carry the cables.", ("Towers", "carry", "Cables")),
        ("The deck depends on the towers.", ("Deck", "depends on", "Towers")),
        ("The weight of the towers bends the deck.", ("Weight of the towers", "bends", "Deck")),
        ("The crews inspect the length of the cables.", ("Crews", "inspect", "Length of the cables")),
        ("The tunnel is a building for the wind.", ("Tunnel", "is a building for", "Wind")),
        ("The sensor lets you measure the wind.", ("Sensor", "lets you measure", "Wind")),
        ("The cables carry the deck and the road.", ("Cables", "carry", "Deck and the road")),
        ("It turns out that the towers carry the deck.", ("Towers", "carry", "Deck")),
        ("We can paint the main cables.", ("", "we can paint", "Main cables")),
        ("You have to inspect the steel towers.", ("", "you have to inspect", "Steel towers")),
    ],
)
def test_a_fact_is_a_subject_a_verb_and_an_object(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The wind did not twist the deck.",
        "If the wind twists the deck we wait.",
        "Let's say the wind twists the deck.",
        "The wind would twist the deck.",
        "There is a risk that the wind twists the deck.",
        "They say the wind twisted the deck.",
        "Maybe the wind twisted the deck.",
        "The towers which carry the cables are old.",
        "The towers have cables.",
        "The towers are bridges.",
        "Did the wind twist the deck?",
        "The road and the tower carries the deck.",
        "The tower carry the deck.",
        "Alice inspects the deck.",
        "The tower gives the crew the deck.",
        "Those towers carry the same deck.",
        "The painting takes place.",
        "You painted the towers.",
        "You paint the towers.",
        "No money has moved the towers.",
        "The towers have fixed size cables.",
        "The wind the wind twists the deck.",
        "The onion routed network.",
    ],
)
def test_nothing_is_taken_from_what_is_not_claimed(text: str) -> None:
    assert told(text) == set()


def test_what_a_sentence_before_supposes_is_not_taken() -> None:
    supposed = (
        "suppose the cables break in a storm then the wind twists the deck and that is bad for all of us here"
    )
    assert all(verb != "twists" for _, verb, _ in told(supposed))


def test_each_stretch_tells_its_weightiest_facts_and_none_twice() -> None:
    found = [facts.Fact("A", "holds", f"B{at}", place=at, weight=at + 1.0) for at in range(6)]
    again = facts.Fact("B5", "bears", "A", place=8)
    people = facts.Fact("", "we use", "C", place=9, weight=9.0)
    chosen = mapping.chosen([*found, again, people], [(0, 7), (7, 10)])
    assert chosen == [*reversed(found[2:]), people]


def drawn(text: str, title: str = "Bridges", told: bool = True) -> ConceptMap:
    sentences, phrases = read(text)
    bounds, named = [(0, 8), (8, len(sentences))], [phrases[:3], phrases[3:6]]
    found = find(sentences, phrases) if told else []
    names = [own[0].label for own in named]
    return mapping.draw(title, names, bounds, found or mapping.outline(bounds, named, ENGLISH), ENGLISH)


@pytest.mark.parametrize("facts_too", [True, False])
def test_a_map_leads_from_the_title_to_every_thing(facts_too: bool) -> None:
    found = drawn(BRIDGE, told=facts_too)
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
    assert any("dwells" in edge.label or "touches" in edge.label for edge in found.edges) != facts_too


def edges(found: list[facts.Fact]) -> list[tuple[str, str, str]]:
    made = mapping.draw("Bridges", ["Steel cables", "Wind"], [(0, 5), (5, 9)], found, ENGLISH)
    labels = {node.id: node.label for node in made.nodes}
    return [(labels[edge.source], edge.label, labels[edge.target]) for edge in made.edges[2:]]


def test_a_fact_hangs_on_its_stretch_or_on_another() -> None:
    cables = facts.Fact("Cables", "carry", "Deck", "the cables carry", place=1)
    sensor = facts.Fact("Sensor", "reports", "Rust", "the sensor reports", place=6)
    people = facts.Fact("", "we paint", "Towers", "we paint", place=7)
    alarm = facts.Fact("Alarm", "calls", "Sensor", "an alarm calls", place=8)
    assert edges([cables, sensor, people]) == [
        ("Steel cables", "carry", "Deck"),
        ("Wind", "where the sensor reports", "Rust"),
        ("Wind", "where we paint", "Towers"),
    ]
    assert edges([sensor, alarm]) == [
        ("Wind", "where", "Sensor"),
        ("Sensor", "reports", "Rust"),
        ("Alarm", "calls", "Sensor"),
    ]


def test_a_stretch_is_called_by_what_a_fact_holds() -> None:
    wind, deck = Phrase(("wind",), "Wind"), Phrase(("deck",), "Deck")
    assert mapping.called([wind, deck], [facts.Fact("Cables", "carry", "Old decks")]) == [deck, wind]
    assert mapping.called([wind, deck], []) == [wind, deck]


def test_a_long_title_is_cut_between_words() -> None:
    label = drawn(BRIDGE, "word " * 30).nodes[0].label
    assert len(label) <= mapping.TITLE
    assert label.endswith("word…")
