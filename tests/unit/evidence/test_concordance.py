"""Quotes found in a transcript in its own words and at their time, and never where they are not."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.evidence import Concordance
from vidgist.models import Evidence, Segment, Transcript

KETTLE = (
    "all right, let's talk about kettles. An electric kettle has to answer one question:",
    "is the water boiling yet? Steam rises & hits a bimetal disc that costs 35 cents,",
    "the disc snaps over and opens the switch - that's it, the café's kettle is off",
)
TOLLS = (
    "in eighteen forty the toll at Wether Bridge doubled and the lock keepers refused to work",
    "captain Holloway wrote that nobody had kept the accounts since the great flood",
    "the town was built on mud because the harbour had moved twice in one century",
)
CHINESE = ("桥是用石头建成的，已经有一千四百年的历史了。", "工匠们没有使用任何钉子，石块之间靠铁榫连接。")


def spoken(lines: tuple[str, ...], *, timed: bool = True) -> Transcript:
    segments = (Segment(start=10.0 * n, duration=10, text=line) for n, line in enumerate(lines))
    return Transcript(segments=tuple(segments), timed=timed)


def find(quote: str, lines: tuple[str, ...] = KETTLE) -> Evidence | None:
    return first(Concordance(spoken(lines)), quote)


def first(concordance: Concordance, quote: str) -> Evidence | None:
    found = concordance.find(quote)
    return found[0].evidence if found else None


def at(quote: str) -> float | None:
    evidence = find(quote)
    assert evidence is not None
    return evidence.start


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("An electric kettle has to answer one question", "An electric kettle has to answer one question"),
        ("AN ELECTRIC KETTLE, HAS TO ANSWER", "An electric kettle has to answer"),
        ("one question is the water boiling yet", "one question: is the water boiling yet"),
        ("“Steam rises &amp; hits a bimetal disc”", "Steam rises & hits a bimetal disc"),
        ("a bi-metal disc, that costs 35 cents", "a bimetal disc that costs 35 cents"),
        ("Lets talk about kettles", "let's talk about kettles"),
        ("opens the switch — that’s it", "opens the switch - that's it"),
        ("the cafe's kettle is off", "the café's kettle is off"),
        ("ａｎ　ｅｌｅｃｔｒｉｃ　ｋｅｔｔｌｅ　ｈａｓ", "An electric kettle has"),
    ],
)
def test_a_quote_is_found_in_the_words_of_the_transcript(quote: str, found: str) -> None:
    evidence = find(quote)
    assert evidence is not None
    assert evidence.quote == found


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        (
            "Steam rises and hits a bimetal disk that costs 35 cents",
            "Steam rises & hits a bimetal disc that costs 35 cents",
        ),
        ("the disc then snaps over and opens the switch", "the disc snaps over and opens the switch"),
    ],
)
def test_a_quote_with_a_slip_is_found(quote: str, found: str) -> None:
    evidence = find(quote)
    assert evidence is not None
    assert evidence.quote == found


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "   …  ",
        "?!",
        "kettle",
        "is the",
        "it is a",
        "the water is a public good that nobody should own",
        "the kettle was invented in Birmingham by a man called Russell Hobbs",
        "Steam rises & hits a bimetal disc that costs 53 cents",
        *TOLLS,
        *CHINESE,
    ],
)
def test_what_is_not_said_is_not_found(quote: str) -> None:
    assert find(quote) is None


def test_a_quote_with_words_left_out_keeps_its_parts() -> None:
    found = Concordance(spoken(KETTLE)).find(
        "Steam rises [...] snaps over and opens the switch … kettle is off"
    )
    assert [one.evidence.quote for one in found] == [
        "Steam rises",
        "snaps over and opens the switch",
        "kettle is off",
    ]
    assert Concordance(spoken(KETTLE)).find("nobody said this … and this neither was said") == ()


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("the fund lent ten thousand two", "the fund lent ten thousand two hundred dollars"),
        (
            "hundred dollars to nine families in the",
            "ten thousand two hundred dollars to nine families in the hills",
        ),
        ("dollars to nine families", "ten thousand two hundred dollars to nine families"),
        ("a heavy loss of thirty five", "a heavy loss of thirty five percent"),
    ],
)
def test_no_figure_is_cut(quote: str, said: str) -> None:
    lines = (
        "so the fund lent ten thousand two hundred dollars",
        "to nine families in the hills",
        "a heavy loss of thirty five percent",
    )
    evidence = find(quote, lines)
    assert evidence is not None
    assert evidence.quote == said


@pytest.mark.parametrize("quote", [*KETTLE, *CHINESE])
def test_other_talks_are_not_found(quote: str) -> None:
    assert find(quote, TOLLS) is None


def test_a_script_without_spaces_is_found_by_its_letters() -> None:
    evidence = find("已经有一千四百年的历史", CHINESE)
    assert evidence == Evidence(quote="已经有一千四百年的历史", start=round(10 * 9 / 22, 3))
    assert find("工匠们没有用任何钉子，石块之间靠铁榫相连接", CHINESE) is not None
    assert find("工匠们使用了很多木头和绳子来建造房屋", CHINESE) is None


def test_hangul_is_found_however_it_is_spaced() -> None:
    evidence = find("다리는 돌로만들어 졌습니다", ("오래된 다리는 돌로 만들어졌습니다 그리고",))
    assert evidence is not None
    assert evidence.quote == "다리는 돌로 만들어졌습니다"


def test_arabic_is_found_without_its_marks() -> None:
    evidence = find("الماء يغلي في الإبريق", ("قال إن المَاءَ يَغلي في الإبريق الآن",))
    assert evidence is not None
    assert evidence.quote == "المَاءَ يَغلي في الإبريق"


def test_the_time_is_that_of_the_first_word() -> None:
    assert at("all right let's talk about") == 0
    assert at("the disc snaps over and opens") == 20
    assert at("a bimetal disc that costs") == round(
        10 + 10 * KETTLE[1].index("a bimetal") / len(KETTLE[1]), 3
    )


def test_a_cue_that_runs_into_the_next_lasts_until_there() -> None:
    cues = (
        Segment(start=1, duration=100, text="one two three four five six"),
        Segment(start=5, duration=0, text="seven eight nine ten eleven"),
        Segment(start=6, duration=0, text="  "),
    )
    concordance = Concordance(Transcript(segments=cues))
    half, last = first(concordance, "four five six seven eight"), first(concordance, "eight nine ten eleven")
    assert half == Evidence(quote="four five six seven eight", start=round(1 + 4 * 14 / 27, 3))
    assert last == Evidence(quote="eight nine ten eleven", start=5)


def test_a_transcript_without_times_gives_none() -> None:
    evidence = first(Concordance(spoken(KETTLE, timed=False)), "is the water boiling yet")
    assert evidence == Evidence(quote="is the water boiling yet", start=None)


def test_a_run_of_letters_inside_words_is_no_quote() -> None:
    assert find("art is the wat", ("the start is the water of it",)) is None
    evidence = find("so the art is old", ("they start is the art is older so the art is old today",))
    assert evidence is not None
    assert evidence.quote == "so the art is old"


def test_a_long_quote_is_judged_by_its_beginning() -> None:
    words = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(200)]
    evidence = find(" ".join(words), (" ".join(words[:90]),))
    assert evidence is not None
    assert evidence.quote.split() == words[:80]


def test_words_that_stand_everywhere_point_nowhere() -> None:
    assert find("yes no yes yes no no no yes maybe", ("yes yes no no no " * 1000,)) is None


@given(st.lists(st.text(max_size=30), max_size=8), st.text(max_size=60))
def test_evidence_always_stands_in_the_transcript(lines: list[str], quote: str) -> None:
    transcript = spoken(tuple(lines))
    for wanted in (quote, " ".join(lines)[3:60]):
        evidence = first(Concordance(transcript), wanted)
        if evidence is not None:
            assert evidence.quote in transcript.text
            assert 0 <= (evidence.start or 0) <= 10 * len(lines)


@pytest.mark.unmeasured
def test_three_hours_are_searched_in_no_time() -> None:
    rng = random.Random(7)
    vocabulary = [f"w{rng.randrange(10**6):x}" for _ in range(4_000)] + ["the", "a", "of", "and"] * 400
    words = rng.choices(vocabulary, k=30_000)
    transcript = spoken(tuple(" ".join(words[n : n + 10]) for n in range(0, len(words), 10)))
    quotes = [words[n : n + 15] for n in range(100, 24_100, 1_200)]
    for quote in quotes[::2]:
        quote[7] = "slip"
    began = time.process_time()
    concordance = Concordance(transcript)
    found = [concordance.find(" ".join(quote)) for quote in quotes]
    assert all(found)
    assert time.process_time() - began < 30  # 0.1 s on a quiet machine; minutes, if each word met each other
