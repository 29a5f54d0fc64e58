"""The map: what sentences claim of phrases, and which phrases are drawn."""

import pytest

from tests.unit.offline.talks import BRIDGE, tagged, transcript
from vidgist.models import ConceptMap
from vidgist.offline import mapping, sentences
from vidgist.offline.languages import ARABIC, CHINESE, ENGLISH, GERMAN, JAPANESE, SPANISH, Language
from vidgist.offline.phrases import extract

LOOSE = ENGLISH.related


def drawn(text: str) -> ConceptMap:
    said = transcript(text)
    found = tagged(said)
    ranked = extract(found, ENGLISH, lambda words: " ".join(word.key for word in words))
    return mapping.draw(found, ranked, [0], ["All"], ENGLISH, said.text)


def edges(text: str) -> set[tuple[str, str, str]]:
    found = drawn(text)
    labels = {node.id: node.label for node in found.nodes}
    return {(labels[edge.source], edge.label, labels[edge.target]) for edge in found.edges}


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("The heavy wind twisted the deck.", ("Heavy wind", "twisted", "Deck")),
        ("The heavy wind is measured by the sensors.", ("Heavy wind", "is measured by", "Sensors")),
        ("The sensors that listen for broken wires are new.", ("Sensors", "listen for", "Broken wires")),
        ("The towers also have very long cables.", ("Towers", "have", "Cables")),
        ("We use sensors to measure wind.", ("Sensors", "to measure", "Wind")),
        ("The towers are like the deck.", ("Towers", "are like", "Deck")),
        ("The steel towers are cheaper than the cables.", ("Steel towers", "are cheaper than", "Cables")),
        ("The deck is compatible with the towers.", ("Deck", "is compatible with", "Towers")),
        ("The weight of the deck is a danger.", ("Weight", "of", "Deck")),
        ("The company fell. We know the company's weight.", ("Weight", "of", "Company")),
        ("It is a company called DeepSpan.", ("Company", "called", "Deepspan")),
        ("There are materials such as steel and carbon.", ("Materials", "such as", "Carbon")),
        ("We chose steel instead of carbon.", ("Steel", "instead of", "Carbon")),
        ("The costs rose because of the wind.", ("Costs", "rose because of", "Wind")),
        ("The company has offices in Wales.", ("Company", "has offices in", "Wales")),
        ("The cables carry the deck and the towers.", ("Cables", "carry", "Towers")),
        ("The wind and the rain damaged the deck.", ("Wind", "damaged", "Deck")),
        ("The crews inspect the cables and paint the towers.", ("Crews", "paint", "Towers")),
        ("The menu for changing the channels is new.", ("Menu", "for changing", "Channels")),
        ("The deck is part of the bridge.", ("Deck", "is part of", "Bridge")),
        ("The deck is a part of the bridge.", ("Deck", "is a part of", "Bridge")),
        ("The sensors of the tower this morning were cheaper than wires.", ("Sensors", "of", "Tower")),
        ("The towers, the cables and the wires carry the deck.", ("Cables", "carry", "Deck")),
        ("We measure the rate of the sensors of the deck.", ("Rate", "of", "Sensors")),
        ("The crews use a lot of sensors.", ("Crews", "use", "Sensors")),
        ("The crews do not wait, but the wind twisted the deck.", ("Wind", "twisted", "Deck")),
    ],
)
def test_an_edge_is_what_is_said_of_two_nodes(text: str, edge: tuple[str, str, str]) -> None:
    assert edge in edges(text)


@pytest.mark.parametrize(
    "text",
    [
        "The towers do not carry the deck.",
        "I wonder if the wind twisted the deck.",
        "Did the wind twist the deck?",
        "And will the wind twist the deck.",
        "So the wind twisted the deck?",
        "The wind would twist the deck.",
        "The wind twisted the deck or the tower.",
        "The towers, you know, the deck.",
        "We want the wind to twist the deck.",
        "I think the wind twisted the deck.",
        "Make sure that the wind twisted the deck.",
        "The crews will be there to carry the deck.",
        "The fourth tower is a deck.",
        "The wind twisted.",
        "Tell me, are the towers carrying the deck.",
        "The towers will do the deck.",
        "The towers must have been carrying the deck.",
    ],
)
def test_what_is_not_claimed_is_no_relation(text: str) -> None:
    assert {label for _, label, _ in edges(text)} <= {LOOSE}


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("The wind has put the deck in danger.", ("Wind", "has put", "Deck")),
        ("They went from the tower to the harbour.", ("Tower", "to", "Harbour")),
        ("They found the tower would fall, the crews found the deck would fall.", ("Crews", "found", "Deck")),
        ("They use the wind and the deck with the tower.", ("Deck", "with", "Tower")),
        ("The deck in the harbour in the city.", ("Harbour", "in", "City")),
        ("They know Statistics Canada and the deck of Canada.", ("Statistics", "of", "Canada")),
        ("The costs that the towers build into the decks.", ("Towers", "build into", "Decks")),
        ("The people in the tower that carry the deck.", ("Tower", "carry", "Deck")),
        ("It needs a tower that carries the deck.", ("Tower", "carries", "Deck")),
    ],
)
def test_what_is_open_is_not_claimed(text: str, edge: tuple[str, str, str]) -> None:
    assert edge not in edges(text)


def test_the_label_is_in_the_number_of_its_node() -> None:
    text = "The sensors are new. Our sensors are good. The sensor requires a regular chip."
    assert ("Sensors", "require", "Regular chip") in edges(text)
    assert ("Sensors", "carry", "Wire") in edges(
        "The sensors fell. Our sensors fell. A sensor carries a wire."
    )
    assert ("Plan", "is being developed by", "Company") in edges(
        "The tower and the plan are being developed by the company."
    )
    assert ("Companies", "such as", "Deepspan") in edges(
        "The companies fell. Our companies fell. It is a company called DeepSpan."
    )
    assert ("Sensors", "are measured by", "Wind") in edges(
        "The sensors fell. Our sensors fell. The sensor is measured by the wind."
    )


def test_a_phrase_that_is_tied_by_a_verb_is_not_tied_loosely_too() -> None:
    text = "The wind twisted the deck. The wind and the deck fell."
    assert ("Wind", LOOSE, "Deck") not in edges(text)


def test_a_map_of_many_phrases_leaves_out_what_nothing_ties() -> None:
    pairs = ("steel tower|cable", "wind|deck", "sensor|wire", "crew|rust", "engineer|tunnel", "river|harbour")
    ties = " ".join("The {} carries the {}.".format(*pair.split("|")) for pair in pairs * 9)
    found = drawn(f"{ties} The umbrella fell. The marmalade fell.")
    reached = {end for edge in found.edges for end in (edge.source, edge.target)}
    assert len(found.nodes) > mapping.LEAST
    assert {node.id for node in found.nodes} == reached


def test_the_map_of_a_talk_is_mostly_claimed() -> None:
    found = drawn(BRIDGE)
    labels = [edge.label for edge in found.edges]
    assert mapping.LEAST <= len(found.nodes) <= mapping.MOST
    assert labels.count(LOOSE) * 2 < len(labels)


@pytest.mark.parametrize(
    ("language", "text", "edge"),
    [
        (
            GERMAN,
            "Die Genehmigungen für die Stromnetze dauern.",
            ("genehmigungen", "für", "stromnetze dauern"),
        ),
        (SPANISH, "La privacidad de los datos preocupa.", ("privacidad", "de", "datos preocupa")),
        (CHINESE, "数据的质量。数据很好。质量很好。数据的质量。", ("数据", "的", "质量")),
        (JAPANESE, "データの品質。データ。品質。データの品質。", ("データ", "の", "品質")),
        (ARABIC, "الشركات في العالم.", ("الشركات", "في", "العالم")),
    ],
)
def test_a_word_of_a_closed_class_ties_in_other_languages(
    language: Language, text: str, edge: tuple[str, str, str]
) -> None:
    assert edge in foreign(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (GERMAN, "Die Genehmigungen für die Stromnetze dauern nicht."),
        (SPANISH, "¿La privacidad de los datos preocupa?"),
        (SPANISH, "La privacidad, de los datos preocupa."),
        (CHINESE, "没有数据的质量。数据很好。质量很好。没有数据的质量。"),
    ],
)
def test_other_languages_claim_nothing_that_is_denied(language: Language, text: str) -> None:
    assert {label for _, label, _ in foreign(text, language)} <= {language.related}


def foreign(text: str, language: Language) -> set[tuple[str, str, str]]:
    said = transcript(text, language.code)
    found = sentences.of(said, (), language)
    ranked = extract(
        found, language, lambda words: ("" if words[0].dense else " ").join(word.key for word in words)
    )
    drawn = mapping.draw(found, ranked, [0], ["All"], language, said.text)
    labels = {node.id: node.label.lower() for node in drawn.nodes}
    return {(labels[edge.source], edge.label, labels[edge.target]) for edge in drawn.edges}
