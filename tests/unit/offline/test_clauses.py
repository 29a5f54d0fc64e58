"""Parts of speech, whole statements, and what is done to speech that is torn or runs on."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.unit.offline.talks import CAPTIONS, tagged, transcript
from vidgist.models import Video
from vidgist.offline import clauses, labels, mending, tagging
from vidgist.offline.languages import ENGLISH, GERMAN
from vidgist.offline.phrases import extract
from vidgist.offline.sentences import SURE, Sentence
from vidgist.offline.spelling import Spelling
from vidgist.offline.statements import Cutter, Statement
from vidgist.offline.words import split


def tags(text: str) -> str:
    return tagging.tag([word.key for word in split(text)], tagging.shipped())


def whole(text: str) -> bool:
    keys = [word.key for word in split(text)]
    return clauses.whole(keys, tagging.tag(keys, tagging.shipped()))


def test_words_are_tagged_by_what_stands_around_them() -> None:
    assert tags("we design the new design") == "OFDJN"
    assert tags("it's what they want to have") == "LWOFTB"
    assert tags("") == ""


def test_a_packed_table_is_read_again() -> None:
    assert tagging.unpack(tagging.pack(tagging.shipped())) == tagging.shipped()


@pytest.mark.parametrize(
    "text",
    [
        "the main cables carry the weight of the deck",
        "it's the wind that twists the deck",
        "the deck that fell was the longest one",
        "if the wind is strong the deck moves",
        "the lanes they built are used by the cars",
        "we painted it and left",
        "the wind that twists the deck and bends the towers is strong",
        "that is what it looks like",
        "welcome to the second lecture on bridges",
        "nobody knows what the price of the cables is",
        "this is the difference between the cables and the deck",
        "as we know the cables carry the deck",
        "what it was is a very old bridge",
        "both of the towers are made of steel",
        "that's the tower we were looking at",
        "the towers are either old or new",
        "we saw them and they were old",
        "i think we can build the bridge",
    ],
)
def test_statements_that_are_whole(text: str) -> None:
    assert whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "and the main cables carry the deck",
        "which carries the weight of the deck",
        "is over now and nobody carries the weight",
        "the main cables of the deck and the towers",
        "the lanes they built for the cars",
        "the cable that carries the deck",
        "the main cables carry the weight of the",
        "the main cables carry the weight because",
        "we think that the cables are",
        "the bridge is a very long",
        "if the wind is strong and this is the point",
        "because the wind is strong",
        "the we carry decks of the bridge",
        "we ten bridges that have been built",
        "of the bridge and they built it",
        "on they're dealing with the wind",
        "the staff and we are waiting for the bridge",
        "that's we need to know the weight",
        "who've built the bridge in two years",
        "the cables that we need are things like",
        "with a light beam it shows the weight but are",
        "the engine does getting the most power out of it",
        "on you're dealing with the wind of the old town",
        "in terms of helping them get to the bridge",
        "the towers that we have are either a simple one",
        "i it had a lot of cables on it",
        "we might we have to build the bridge",
        "within the towns who've built a bridge over the river",
        "we have to consider of we need a stronger cable",
        "we need to we would like to have a stronger cable",
        "the goal of a bridge is that it's it has a strong deck",
        "we want steel instead of rubber or and the problem is the price",
        "i dunno if it's or if the bridge should be longer",
        "on pressing this button i a cable moves",
        "a steel cable would be pretty it's pretty expensive",
        "the deck needs a cable which is which in turn is expensive",
        "it was the other thing is the price of the cables",
        "this is the difference between the functional design",
        "as the minister said a weekly report of all the towers",
        "the base for the system that builds the decks for the bridge is",
        "which would be fine it's probably",
    ],
)
def test_statements_that_are_torn(text: str) -> None:
    assert not whole(text)


def sentence(
    text: str,
    joints: dict[str, float] | None = None,
    closes: float = SURE,
    guesses: dict[str, float] | None = None,
) -> Sentence:
    """The whole text as one sentence; ``joints`` and ``guesses`` by the word that they stand before."""
    words = split(text)
    letters = tagging.tag([word.key for word in words], tagging.shipped())
    named = {word.key: word.start for word in words}
    return Sentence(
        start=0,
        end=len(text),
        words=tuple(word._replace(tag=letter) for word, letter in zip(words, letters, strict=True)),
        seconds=0.0,
        opens=SURE,
        closes=closes,
        joints={named[key]: odds for key, odds in (joints or {}).items()},
        guesses={named[key]: odds for key, odds in (guesses or {}).items()},
    )


def cut(text: str, at: str, closes: float) -> list[Sentence]:
    """The text as two sentences, the second of which begins with a word."""
    entire = sentence(text)
    number = next(index for index, word in enumerate(entire.words) if word.key == at)
    left, right = entire.words[:number], entire.words[number:]
    return [
        replace(entire, end=left[-1].end, words=left, closes=closes),
        replace(entire, start=right[0].start, words=right, opens=closes),
    ]


def said(text: str, sentences: list[Sentence]) -> list[str]:
    return [text[found.start : found.end] for found in sentences]


def test_chatter_around_a_statement_does_not_make_it_torn() -> None:
    text = "the towers carry the whole deck yeah and"
    assert [word.key for word in mending.bare(sentence(f"well {text}").words)] == text.split()[:-2]


def test_a_statement_in_two_parts_is_joined_unless_its_end_is_written() -> None:
    text = "the cables of the old bridge carry the weight of the deck"
    assert said(text, mending.mend(cut(text, "carry", 0.0))) == [text]
    assert len(mending.mend(cut(text, "carry", SURE))) == 2


def test_a_verb_belongs_to_the_statement_before_it() -> None:
    text = "we wait now and the next engineer can draw the bridge"
    assert said(text, mending.mend(cut(text, "can", 0.0))) == [text]


def test_statements_that_run_on_are_parted() -> None:
    text = "building a bridge is hard it takes a lot of steel"
    assert said(text, mending.mend([sentence(text, {"it": -2.0})])) == [
        "building a bridge is hard",
        "it takes a lot of steel",
    ]
    assert len(mending.mend([sentence(text)])) == 1


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("these are the lanes they built within the old bridge", "they"),
        ("the towers are old i am sure you know about them", "you"),
    ],
)
def test_what_depends_on_the_words_before_is_not_parted(text: str, at: str) -> None:
    assert len(mending.mend([sentence(text, {at: -2.0})])) == 1


def statements(text: str, joints: dict[str, float] | None = None) -> list[Statement]:
    words = split(text)
    spelling = Spelling(text, words, [0], Video(title=""), ENGLISH)
    return Cutter(text, spelling, ENGLISH, float).of([sentence(text, joints)])


def test_a_torn_sentence_is_cut_to_the_statement_within() -> None:
    (found,) = statements("room for mistakes and they carry the whole weight of the deck")
    assert found.shown == "They carry the whole weight of the deck."
    assert found.whole
    assert found.seconds == float(found.start) == 22.0


def test_a_noun_joined_to_another_begins_no_statement() -> None:
    text = (
        "people have been told so much of every point and phase of the great contest which still takes all of "
        "the care and all of the strength of this nation, little that is new could be said of it"
    )
    assert all(not found.shown.startswith("Phase") for found in statements(text))


def test_what_is_still_to_come_is_not_cut_away() -> None:
    text = (
        "the bridge is there for us the living, rather, to be kept in good order by the crews of the town that we "
        "all pay for, which they who built it have so far done with care and with love"
    )
    assert all(not found.shown.endswith(("living.", "rather.")) for found in statements(text))


def test_a_condition_is_not_cut_away() -> None:
    text = "if the wind is strong and the deck is the main danger, they close the whole old bridge"
    assert all("If" in found.shown for found in statements(text))
    (found,) = statements("the old towers carry the whole deck, if the wind and the")
    assert not found.whole


def test_a_long_sentence_is_several_statements() -> None:
    text = (
        "the main cables carry the weight of the deck to the two old towers, and they push that weight down into the "
        "ground on either side, and we compare them with the light carbon cables of today"
    )
    found = statements(text)
    assert len(found) > 1
    assert all(one.whole and text[one.start : one.end] for one in found)
    assert all(left.last <= right.first for left, right in pairwise(found))


def test_what_is_no_statement_is_left_as_it_is() -> None:
    (found,) = statements("the main cables of the old bridge and the towers")
    assert not found.whole
    assert (found.first, found.last) == (0, 10)


def sure(text: str, guesses: dict[str, float] | None = None, closes: float = SURE) -> float:
    words = split(text)
    spelling = Spelling(text, words, [0], Video(title=""), ENGLISH)
    (found,) = Cutter(text, spelling, ENGLISH, float).of([sentence(text, None, closes, guesses)])
    return found.sure


def test_written_bounds_are_sure_and_guessed_ones_less() -> None:
    text = "the main cables carry the weight of the deck"
    assert sure(text) == 1
    assert 0.7 < sure(text, closes=0.0) < 0.75
    assert sure(text, closes=0.0) > sure(text, closes=-2.0) > sure(text, {"carry": -2.0}, closes=-2.0)
    assert sure(f"{text},", closes=-2.0) > 0.9


def test_every_guessed_gap_within_a_statement_counts() -> None:
    text = "the main cables carry the weight of the deck"
    unlikely = dict.fromkeys(("main", "cables", "carry", "weight", "of", "deck"), -5.0)
    assert sure(text, unlikely, closes=0.0) < sure(text, {"carry": -5.0}, closes=0.0) < sure(text, closes=0.0)
    assert sure(text, {"the": 5.0}, closes=SURE) == 1


def test_bounds_that_rules_guessed_in_other_languages_do_not_count() -> None:
    text = "die kabel tragen das gewicht der brücke"
    spelling = Spelling(text, split(text), [0], Video(title=""), GERMAN)
    (found,) = Cutter(text, spelling, GERMAN, float).of([sentence(text, {"der": -2.0}, closes=-2.0)])
    assert found.sure == 1


def test_clauses_that_seem_to_run_on_are_less_sure() -> None:
    text = "the main cables carry the weight"
    assert sure(f"{text} they hold", closes=0.0) < 0.75 * sure(text, closes=0.0)
    assert sure(f"{text} the deck", closes=0.0) < 0.75 * sure(text, closes=0.0)


def named(*texts: str) -> list[str]:
    """The labels of sentences, each an idea of one talk."""
    talk = transcript(" ".join(texts))
    found = tagged(talk)
    spelling = Spelling(
        talk.text,
        [word for one in found for word in one.words],
        [one.start for one in found],
        Video(title=""),
        ENGLISH,
    )
    ranked = extract(found, ENGLISH, lambda words: labels.spell(words, talk.text, spelling))
    ideas = Cutter(talk.text, spelling, ENGLISH, lambda _: None).of(found)
    return labels.of(ideas, ranked, [[ranked[0]] for _ in ideas], ENGLISH, talk.text, spelling)


def test_labels_say_what_an_idea_is_about() -> None:
    assert named("They built the wind tunnel.") == ["Wind tunnel"]
    assert named("They measured the cost of the cables.") == ["Cost of the cables"]
    assert named("The engineers found the rust.") == ["Engineers and rust"]
    assert named("They built the wind tunnel.", "They paid for it again.") == ["Wind tunnel", "Passage 2"]


def test_names_that_captions_write_small_are_heard() -> None:
    text = "then suzy brelwyn asked and suzy brelwyn paid while mr brelwyn was there " * 2
    words = split(text)
    spelling = Spelling(text, words, [0], Video(title=""), ENGLISH)
    assert spelling.word("brelwyn", "brelwyn") == "brelwyn"
    spelling.learn(word._replace(tag="P" if word.key == "brelwyn" else "N") for word in words)
    assert spelling.word("brelwyn", "brelwyn") == "Brelwyn"
    assert spelling.word("asked", "asked") == "asked"


def test_captions_are_read_as_sentences() -> None:
    found = mending.mend(tagged(transcript(CAPTIONS)))
    assert [word.key for one in found for word in one.words] == CAPTIONS.split()
