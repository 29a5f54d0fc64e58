"""Ranking, topics, phrases, labels, the framework, the map, the last resorts: what is chosen and how it is named."""

import zlib

import pytest

from tests.unit.offline.talks import BRIDGE, tagged, transcript
from vidgist.models import Transcript
from vidgist.offline import conclusions, framework, lexicon, parts, ranking, sentences, tagging, topics, worth
from vidgist.offline.boundaries import unpack
from vidgist.offline.framework import Course
from vidgist.offline.languages import CHINESE, ENGLISH, GERMAN, UNKNOWN, detect
from vidgist.offline.phrases import extract
from vidgist.offline.ranking import Candidate
from vidgist.offline.words import Word, pairs, size, split, stem, terms


def test_words_of_every_script() -> None:
    keys = [word.key for word in split("It’s 9,500 x-ray U.S. 绕过 مرحبا हिन्दी snake_case")]
    assert keys == ["it's", "9,500", "x-ray", "u.s.", "绕", "过", "مرحبا", "हिन्दी", "snake", "case"]
    assert size(split("two 绕过")) == 2.0


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("meeting", "meetings"),
        ("study", "studies"),
        ("decide", "decided"),
        ("run", "running"),
        ("class", "classes"),
    ],
)
def test_forms_of_a_word_share_a_stem(left: str, right: str) -> None:
    assert stem(left) == stem(right)


def test_units_are_content_words_and_their_neighbours() -> None:
    words = split("the main cable of 人工智能")
    assert terms(words, ENGLISH.stops) == ["cabl", "人工", "工智", "智能"]
    assert pairs(words, ENGLISH.stops) == [("main", "cabl"), ("cabl", "of")]


def test_the_choice_covers_and_never_repeats() -> None:
    said = [frozenset({"a", "b"}), frozenset({"a", "b"}), frozenset({"c"}), frozenset({"d"})]
    candidates = [Candidate(units, 5.0, 1.0) for units in said[:3]] + [Candidate(said[3], 5.0, 0.0)]
    weights = ranking.weigh([list(units) for units in said] * 3)
    assert ranking.choose(candidates, weights, 100, 9) == [0, 2]
    assert ranking.choose(candidates, weights, 5, 9) == [0]
    assert ranking.choose(candidates, weights, 100, 1) == [0]


def test_openings_count_most() -> None:
    places = [ranking.position(index, 100) for index in (0, 50, 99)]
    assert places[0] > places[2] > places[1]
    assert ranking.centrality([], {}) == 0.0


def test_topics_change_where_the_words_do() -> None:
    said = [["cable", "steel", "tower"]] * 60 + [["wind", "storm", "tunnel"]] * 60
    (begin, cut) = topics.cut(said, 2)
    assert begin == 0
    assert 55 <= cut <= 65
    assert topics.cut(said, 3, [40, 90]) == [0, 40, 90]
    assert topics.cut(said, 2, [20, 59, 90]) == [0, 59]
    assert topics.cut(said, 1) == [0]
    assert topics.cut([["a"]], 4) == [0]


def test_phrases_are_nouns_with_what_qualifies_them() -> None:
    said = transcript(BRIDGE)
    found = extract(tagged(said), ENGLISH, lambda words: " ".join(word.key for word in words))
    labels = [phrase.label for phrase in found]
    assert "Suspension bridge" in labels
    assert "Wind tunnel" in labels
    assert not {"The", "Heavy", "Hard", "Um"} & set(labels)


@pytest.mark.parametrize(
    ("text", "shown", "hidden"),
    [
        ("We use the syntasti syntactic structure.", "Syntactic structure", "Syntasti syntactic structure"),
        ("We like the technology ology here.", "Technology", "Technology ology"),
        ("This is a noisy noisy measure.", "Noisy measure", "Noisy noisy measure"),
        ("There are companies focusing on software.", "Companies", "Companies focusing"),
        ("The ugh is on the deck.", "Deck", "Ugh"),
    ],
)
def test_phrases_leave_out_what_is_broken_off_or_said_twice(text: str, shown: str, hidden: str) -> None:
    found = extract(tagged(transcript(text)), ENGLISH, lambda words: " ".join(word.key for word in words))
    labels = {phrase.label for phrase in found}
    assert shown in labels
    assert hidden not in labels


def test_phrases_without_spaces_are_runs_that_come_back() -> None:
    said = Transcript(
        segments=transcript("人工智能改变世界。人工智能需要数据。GPU 很重要。GPU 很贵。", "zh").segments
    )
    found = extract(
        sentences.of(said, (), CHINESE), CHINESE, lambda words: "".join(word.key for word in words)
    )
    labels = [phrase.label for phrase in found]
    assert "人工智能" in labels
    assert "工智" not in labels


def test_the_framework_links_the_stretches() -> None:
    course = Course(
        [["a", "b", "c"], [], ["d"], ["e"], ["f"], ["g"]],
        about=["i", "j"],
        returning="h",
        core=2,
        kind="lecture",
    )
    assert framework.compose(course, ENGLISH) == (
        "The lecture is about i and j. It opens with a, b and c, then turns to d. It goes on to e, and from there to f. "
        "It closes with g, coming back to h. Its core point is made in the part on d."
    )


def test_the_framework_of_little_is_little() -> None:
    assert framework.compose(Course([["the wind"]]), ENGLISH) == "The talk is about the wind."
    assert framework.compose(Course([["a"], ["b"], ["c"]], ["b"], core=1), ENGLISH) == (
        "The talk is about b. It opens with a, then turns to b. It closes with c. Its core point is made in the part on b."
    )
    assert framework.compose(Course([["云"], ["雨"]], ["风"]), CHINESE) == (
        "内容围绕风展开。首先谈到云。最后谈到雨。核心观点出现在谈云的部分。"
    )
    assert framework.compose(Course([[]], about=["f"]), ENGLISH) == ""


def test_a_conclusion_is_a_claim_of_weight() -> None:
    plain = weighed("The deck hangs from the cables over the river.")
    for text in (
        "The point is that the deck hangs from the cables.",
        "The deck is essential for the cables over the river.",
    ):
        assert weighed(text) > plain
    assert weighed("The deck hangs from the cables over the river.", before="so") > plain
    for text in (
        "We are going to be looking at a deck called Tacoma.",
        "Maybe the deck hangs from the cables over the river.",
        "I will discuss the deck and the cables over the river.",
        "The deck could hang from the cables over the river.",
        "The second deck hangs from the cables over the river.",
        "What decks do you have over the river.",
        "It hangs from the cables over the river.",
        "Cables over the river.",
    ):
        assert weighed(text) < plain


def test_a_conclusion_in_another_language_has_its_own_words() -> None:
    for language, heavy, light in (
        (GERMAN, "Deshalb muss das Netz wachsen.", "Heute sprechen wir über das Netz."),
        (CHINESE, "所以数据很重要。", "今天我们讨论数据。"),
    ):
        weights = [
            conclusions.weigh(words, [word.key for word in words], "", language)
            for words in (split(heavy), split("Das Netz wächst."), split(light))
        ]
        assert weights == sorted(weights, reverse=True)
        assert len(set(weights)) == 3


def weighed(text: str, before: str = "") -> float:
    (sentence,) = tagged(transcript(text))
    return conclusions.weigh(sentence.words, [word.key for word in sentence.words], before, ENGLISH)


def test_three_parts_are_made_of_anything() -> None:
    said = transcript("the deck fell, and the wind rose because it was night")
    found = parts.enough(sentences.of(said, (), ENGLISH), said.text)
    assert [said.text[part.start : part.end] for part in found] == [
        "the deck fell,",
        "and the wind rose",
        "because it was night",
    ] or len(found) == parts.LEAST
    one = transcript("hello")
    assert len(parts.enough(sentences.of(one, (), ENGLISH), one.text)) == parts.LEAST


def judged(text: str, *, whole: bool = True) -> float:
    return worth.judge([word.key for word in split(text)], text, whole=whole, language=ENGLISH)


def test_whole_statements_are_worth_most() -> None:
    plain = judged("The main cables carry the weight of the deck.")
    assert plain == pytest.approx(1.0)
    for text in (
        "Should the main cables carry the weight again?",
        "It carries the weight of the deck and towers.",
        "They carry the weight of the deck and towers.",
        "Remember that the cables carry the whole deck.",
        "I carry my deck on my own two cables.",
        "If the main cables carry all the weight.",
        "The main cables carry the weight of the deck " * 6,
    ):
        assert judged(text) < plain
    assert judged("The main cables carry the weight of the deck.", whole=False) < 0.1
    assert judged("The deck fell.") == 0.0


def test_questions_are_known_by_their_words() -> None:
    assert worth.asks("Why does it fall.", ENGLISH)
    assert worth.asks("Do you fall.", ENGLISH)
    assert worth.asks("What ideas do you have for the bridge.", ENGLISH)
    assert not worth.asks("When the bridge is built they rest.", ENGLISH)
    assert worth.asks("What's the weight of steel.", ENGLISH)
    assert not worth.asks("What's heavy is steel.", ENGLISH)
    assert not worth.asks("What matters is steel.", ENGLISH)
    assert worth.asks("¿Qué?", UNKNOWN)
    assert not worth.asks("", ENGLISH)


def test_the_lexicon_knows_inflected_words() -> None:
    lex = lexicon.shipped()
    assert [
        lex.letters(key)[0] for key in ("cables", "walked", "stopped", "easier", "studies", "reconfigured")
    ] == list("nvvanv")
    assert lex.name("paris") == "Paris"
    assert not lex.knows("deepspan")
    assert lex.knows("wind-tunnel")


def test_a_language_is_known_by_its_code_or_its_words() -> None:
    german = ["der", "die", "das", "und", "ist", "nicht", "ein", "eine"]
    assert detect("de-AT", german).code == "de"
    assert detect("", german).code == "de"
    assert detect("en", german).code == "de"
    assert detect("cs", ["lano", "nese", "vítr"]) is UNKNOWN
    assert detect("", ["xyzzy"]) is UNKNOWN
    assert detect("", []).code in {"", "en"}


def test_a_foreign_file_is_no_model() -> None:
    with pytest.raises(ValueError, match=r"."):
        unpack(b"nonsense")
    with pytest.raises(ValueError, match="not a table"):
        unpack(b"VGB20.1 0.2\n" + zlib.compress(b"short"))
    for data in (b"nonsense", b"VGT1" + zlib.compress(b"short")):
        with pytest.raises(ValueError, match="not a table"):
            tagging.unpack(data)


def test_a_word_of_a_dense_script_knows_it() -> None:
    assert Word(0, 1, "绕").dense
    assert not Word(0, 1, "a").dense
