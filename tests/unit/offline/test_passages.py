"""Passages: what may stand in one, what it is worth, which are chosen, which conclude."""

from collections.abc import Hashable

import pytest

from tests.unit.offline.talks import BRIDGE, tagged, transcript
from vidgist.models import Video
from vidgist.offline import common, conclusions, passages, ranker, sentence_quality, tagging
from vidgist.offline.languages import CHINESE, ENGLISH, GERMAN, UNKNOWN
from vidgist.offline.passages import Passage, Reader, Shown
from vidgist.offline.spelling import Spelling
from vidgist.offline.words import split


@pytest.mark.parametrize(
    "text",
    [
        "welcome to the show",
        "today we are going to talk about cables",
        "let's look at the towers",
        "my name is not important",
        "in this episode the deck falls",
        "thank you so much",
        "first i want to introduce the crew",
        "we will look into the towers",
    ],
)
def test_what_greets_or_announces_states_nothing(text: str) -> None:
    assert sentence_quality.announces(text)
    assert not sentence_quality.states(text.split(), text, ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "they say steel is dead",
        "some people think that cables are cheap",
        "he was like oh the bridge is fine",
        "according to the mayor the deck holds",
        "you might argue that wind is harmless",
        "skeptics complain that the deck sways",
        "maria said that the deck sways",
        "in short the politicians say we should paint it",
        "you just made the case for steel",
    ],
)
def test_what_others_say_is_not_the_speakers(text: str) -> None:
    assert not sentence_quality.announces(text)
    assert not sentence_quality.states(text.split(), text, ENGLISH)


@pytest.mark.parametrize(
    "text", ["the cables carry the deck", "we built the tower in the river", "rust is hard to see"]
)
def test_a_plain_sentence_states(text: str) -> None:
    assert sentence_quality.states(text.split(), text, ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "the deck sways have you seen this in the valley",
        "what kind of steel do builders take there",
        "the cable is new how does it hold the deck",
        "i'm going to leave the cable there",
        "don't forget the link below",
    ],
)
def test_what_asks_or_bids_within_states_nothing(text: str) -> None:
    assert not sentence_quality.states(text.split(), text, ENGLISH)


def test_questions_are_known_by_their_words() -> None:
    assert sentence_quality.asks("Why does it fall.", ENGLISH)
    assert sentence_quality.asks("Do you fall.", ENGLISH)
    assert sentence_quality.asks("What ideas do you have for the bridge.", ENGLISH)
    assert not sentence_quality.asks("When the bridge is built they rest.", ENGLISH)
    assert sentence_quality.asks("What's the weight of steel.", ENGLISH)
    assert not sentence_quality.asks("What's heavy is steel.", ENGLISH)
    assert sentence_quality.asks("¿Qué?", UNKNOWN)
    assert not sentence_quality.asks("", ENGLISH)


def test_other_languages_have_their_own_announcements() -> None:
    assert not sentence_quality.states(["heute", "sprechen", "wir", "über", "brücken"], "x.", GERMAN)
    assert not sentence_quality.states(list("今天我们讨论数据"), "x。", CHINESE)
    assert sentence_quality.states(["die", "brücke", "ist", "alt"], "x.", GERMAN)


def judged(text: str) -> float:
    (sentence,) = tagged(transcript(text))
    return sentence_quality.judge(
        [word.key for word in sentence.words], "".join(word.tag for word in sentence.words)
    )


def test_a_whole_sentence_is_worth_most() -> None:
    assert judged("The main cables carry the weight of the deck.") == 1.0
    for text in (
        "Of the main cables of the deck.",
        "Which carry the weight of the deck.",
        "The main cables carry the weight of the.",
        "The cables carry the we need the deck.",
        "The old cables of the deck.",
    ):
        assert judged(text) < 1.0
    assert sentence_quality.judge([], "") == 0.0


def test_a_passage_that_opens_with_a_pronoun_leans() -> None:
    def leans(text: str) -> float:
        (sentence,) = tagged(transcript(text))
        return sentence_quality.leans(
            [word.key for word in sentence.words], "".join(word.tag for word in sentence.words)
        )

    assert leans("The cables carry the deck.") == 1.0
    assert leans("They carry the deck.") < leans("This cable carries the deck.") < 1.0
    assert leans("It's a long deck.") == leans("If they carry it.") == sentence_quality.LEANING


def shown(text: str) -> tuple[Reader, list[Shown]]:
    said = transcript(text)
    found = tagged(said)
    words = [word for sentence in found for word in sentence.words]
    begins = [sentence.words[0].start for sentence in found]
    reader = Reader(said.text, Spelling(said.text, words, begins, Video(title=""), ENGLISH), ENGLISH)
    return reader, reader.shown(found)


def test_passages_are_of_the_right_length_and_hold_no_question() -> None:
    reader, said = shown(BRIDGE)
    found = reader.passages(said)
    assert found
    for passage in found:
        held = said[passage.first : passage.last + 1]
        assert passages.SHORTEST <= passage.size <= passages.LONGEST
        assert all(one.factor for one in held if one.text)
        assert not any(one.text.endswith("?") for one in held)


def test_a_passage_that_the_next_sentence_turns_is_worth_less() -> None:
    begins = "The cables carry the whole weight of the deck to the towers, and the towers take it down to the rock."
    worths = []
    for after in ("The rock is old.", "But the rock is old.", "Yes, the rock is old."):
        reader, said = shown(f"{begins} {after}")
        worths.append(next(one.worth for one in reader.passages(said) if one.last == one.first == 0))
    assert worths[1] == worths[2] < worths[0]


def test_chatter_between_sentences_is_not_shown() -> None:
    _, said = shown("The cables carry the deck. Yeah, right. The towers carry the cables.")
    assert [bool(one.text) for one in said] == [True, False, True]


def passage(first: int, units: str, worth: float = 1.0) -> Passage:
    return Passage(first, first, 5.0, frozenset(units), worth)


def test_the_choice_covers_and_never_repeats() -> None:
    said = [passage(0, "ab"), passage(1, "ab"), passage(2, "c"), passage(3, "d", 0.0)]
    weights: dict[Hashable, float] = dict.fromkeys("abcd", 1.0)
    assert passages.choose(said, weights, 100, 9) == [said[0], said[2]]
    assert passages.choose(said, weights, 5, 9) == [said[0]]
    assert passages.choose(said, weights, 100, 1) == [said[0]]
    assert passages.choose(said, weights, 100, 9, taken=[said[0]]) == [said[2]]


def test_what_all_speech_has_says_little_of_a_talk() -> None:
    _, said = shown(BRIDGE)
    weights = passages.weigh(said)
    assert weights["cabl"] == max(weight for unit, weight in weights.items() if isinstance(unit, str))
    assert common.weight("cabl") > common.weight("weight") > common.weight("peopl")


def test_a_talk_concludes_late_and_with_a_cue() -> None:
    text = " ".join(["The towers carry the cables over the river."] * 9)
    for last, expected in (
        ("That's why the deck must be kept dry.", True),
        ("The deck hangs from the cables over the river.", False),
        ("Maybe the deck must be kept dry.", False),
    ):
        _, said = shown(f"{text} {last}")
        found = Passage(len(said) - 1, len(said) - 1, 8.0, frozenset(), 1.0)
        assert conclusions.concludes(found, said, ENGLISH) is expected
    _, said = shown(f"That's why the deck must be kept dry. {text}")
    assert not conclusions.concludes(Passage(0, 0, 8.0, frozenset(), 1.0), said, ENGLISH)


def test_the_ranker_knows_no_subject() -> None:
    words = [word._replace(tag="N") for word in split("bitcoin problem")]
    ((*names,),) = ranker.features([ranker.Said(words, ["bitcoin", "problem"])])
    assert "word problem" in names
    assert "word bitcoin" not in names
    assert ranker.score(["word problem"], {"word problem": 0.5}) == 0.5
    assert all(len(weights) > 100 for weights in ranker.shipped())


def test_ideas_come_from_all_parts_of_a_talk() -> None:
    found = [Passage(at, at, 10.0, frozenset({f"word {at}"}), 1.5 if at < 10 else 1.0) for at in range(40)]
    weights: dict[Hashable, float] = {unit: 1.0 for one in found for unit in one.units}
    chosen = passages.choose(found, weights, 40.0, 4)
    assert sorted(passage.first // 10 for passage in chosen) == [0, 1, 2, 3]


def test_a_subject_behind_a_preposition_begins_anew() -> None:
    keys = ["the", "server", "deals", "with", "we", "have", "these", "nodes"]
    tags = tagging.tag(keys, tagging.shipped())
    whole = ["the", "server", "deals", "with", "these", "nodes"]
    assert sentence_quality.judge(keys, tags) < sentence_quality.judge(
        whole, tagging.tag(whole, tagging.shipped())
    )
    assert sentence_quality.leans(["maybe", "that's", "enough"], "RLJ") == sentence_quality.LEANING
