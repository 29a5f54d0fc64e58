"""Words, topics, phrases, the framework, languages: what the rest is made from."""

import zlib

import pytest

from tests.unit.offline.talks import BRIDGE, tagged, transcript
from vidgist.models import Transcript
from vidgist.offline import framework, lexicon, sentences, stretches, tagging
from vidgist.offline.boundaries import unpack
from vidgist.offline.languages import CHINESE, ENGLISH, UNKNOWN, detect
from vidgist.offline.phrases import Phrase, extract
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


def test_topics_change_where_the_words_do() -> None:
    said = [["cable", "steel", "tower"]] * 60 + [["wind", "storm", "tunnel"]] * 60
    (begin, cut) = stretches.parted(said, 2)
    assert begin == 0
    assert 55 <= cut <= 65
    assert stretches.parted(said, 3, [40, 90]) == [0, 40, 90]
    assert stretches.parted(said, 2, [20, 59, 90]) == [0, 59]
    assert stretches.parted(said, 1) == [0]
    assert stretches.parted([["a"]], 4) == [0]


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
        ("This is a noisy noisy measure.", "Noisy measure", "Noisy noisy measure"),
        ("There are companies focusing on software.", "Companies", "Companies focusing"),
        ("The ugh is on the deck.", "Deck", "Ugh"),
        ("The engineer Anna Fedorowski likes the deck.", "Deck", "Fedorowski"),
        ("They start the cable inspection run.", "Cable inspection run", "Inspection"),
        ("This uses zorblat cables.", "Zorblat cables", "This"),
    ],
)
def test_phrases_leave_out_what_is_broken_off_or_said_twice(text: str, shown: str, hidden: str) -> None:
    found = extract(tagged(transcript(text)), ENGLISH, lambda words: " ".join(word.key for word in words))
    labels = {phrase.label for phrase in found}
    assert shown in labels
    assert hidden not in labels


def test_an_advertisement_is_what_sells_and_what_stands_between() -> None:
    plain = "the deck is near the harbour"
    advert = [
        "north cables can help you hang a deck",
        "they send you the wire",
        "use code deck at north cables",
    ]
    sold = stretches.sold([*[plain] * 20, *advert, *[plain] * 20])
    assert all(sold[20:23])
    assert not any(sold[:16])
    assert not any(sold[24:])
    assert not any(stretches.sold([*[plain] * 20, advert[0], *[plain] * 20, advert[2]]))


def test_two_nouns_that_are_often_tied_are_one_phrase() -> None:
    said = (
        "The rule of thumb is old. A rule of thumb helps. Every rule of thumb fails. The rule of thumb wins."
    )
    found = extract(tagged(transcript(said)), ENGLISH, lambda words: " ".join(word.key for word in words))
    assert found[0].label == "Rule of thumb"


def test_no_phrase_begins_with_what_ties_two() -> None:
    said = "The denial of service protection rules are new. " * 4
    found = extract(tagged(transcript(said)), ENGLISH, lambda words: " ".join(word.key for word in words))
    assert found
    assert not [one.label for one in found if one.label.lower().startswith("of ")]


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
    parts = [["a", "b"], [], ["d"], ["e"], ["f"], ["g"]]
    assert framework.compose(["i", "j"], parts, ENGLISH) == (
        "The talk is about i and j. It opens with a and b, then turns to d. It goes on to e, and from there to f. "
        f"It closes with g. {ENGLISH.picked}."
    )


def test_the_framework_of_little_is_little() -> None:
    assert framework.compose([], [["the wind"]], ENGLISH) == f"The talk is about the wind. {ENGLISH.picked}."
    assert framework.compose(["b"], [["a"], ["b"], ["c"]], ENGLISH) == (
        f"The talk is about b. It opens with a, then turns to b. It closes with c. {ENGLISH.picked}."
    )
    assert framework.compose(["风"], [["云"], ["雨"]], CHINESE) == (
        f"内容围绕风展开。首先谈到云。最后谈到雨。{CHINESE.picked}。"
    )
    assert framework.compose([], [[]], ENGLISH) == f"{ENGLISH.picked}."


def test_a_single_word_is_named_beside_another_phrase_where_it_is_often_said() -> None:
    first, rare = Phrase(("wind",), places=[(0, 0, 1)]), Phrase(("replac",), places=[(1, 0, 1)])
    often, long = Phrase(("deck",), places=[(at, 0, 1) for at in range(6)]), Phrase(("main", "cabl"))
    assert framework.weighty([first, rare, often, long]) == [first, often, long]


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
    for code, text in (
        ("fr", "la pâte repose et le four est très chaud pour que le pain soit bon"),
        ("it", "il pane ha bisogno di tempo e il forno deve essere molto caldo perché la crosta sia fine"),
        ("pt", "o pão precisa de tempo e o forno deve estar muito quente para que a massa não seja dura"),
        ("hi", "छत पर गिरने वाला पानी पाइप से टंकी में जाता है और वह साल में काम आता है"),
        ("", "het brood heeft tijd nodig en de oven moet heel heet zijn"),
    ):
        assert detect("", [word.key for word in split(text)]).code == code
    assert detect("", []).code in {"", "en"}


def test_a_foreign_file_is_no_model() -> None:
    with pytest.raises(ValueError, match=r"."):
        unpack(b"nonsense")
    with pytest.raises(ValueError, match="not a net"):
        unpack(b"VGB20.1 0.2\n" + zlib.compress(b"short"))
    for data in (b"nonsense", b"VGT1" + zlib.compress(b"short")):
        with pytest.raises(ValueError, match="not a table"):
            tagging.unpack(data)


def test_a_word_of_a_dense_script_knows_it() -> None:
    assert Word(0, 1, "绕").dense
    assert not Word(0, 1, "a").dense
