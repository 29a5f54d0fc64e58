"""Statements with and without words of the transcript behind them, and what a reader is told of it."""

import json
from typing import Any

import pytest

from vidgist.errors import BadReply
from vidgist.evidence import Checker, Concordance
from vidgist.llm import draft_checks, drafts, summary_assembly
from vidgist.llm.draft_checks import Correction, Findings
from vidgist.models import Evidence, Segment, Summary, Transcript

LINES = [
    "the ferry was built of oak in nineteen twelve",
    "it carries forty wagons across the strait",
    "the captain sleeps beside the engine at night",
    "tar keeps the planks from rotting in winter",
    "pilots are paid by the fishermen of the village",
    "a bell is rung when the fog comes down",
]
TALK = Transcript(
    segments=tuple(Segment(start=10.0 * n, duration=10, text=line) for n, line in enumerate(LINES)),
    language="en",
)
FALSE = "nobody in this talk ever spoke of such a thing"
TEXTS = [f"{line[0].upper()}{line[1:]}." for line in LINES]


def judged(*ideas: tuple[str, str], core: tuple[str, str] | None = None, label: str = "") -> Findings:
    """Findings over ideas of a text and its quote."""
    said, quote = core or ("Above all the village lives from its ferry over the strait.", LINES[1])
    reply: dict[str, Any] = {
        "core_ideas": [
            {"quotes": [quote], "label": label or f"L{n}", "text": text}
            for n, (text, quote) in enumerate(ideas)
        ],
        "core_point": {"quotes": [quote], "text": said},
        "fundamental_point": {"quotes": [LINES[4]], "text": "Fishermen pay\nfor what they need."},
        "framework": "W.",
    }
    return Findings(drafts.read(json.dumps(reply), is_strict=False), Checker(Concordance(TALK)))


def settled(found: Findings, enough: int = 3, node: str = "Ferry") -> tuple[Summary, tuple[str, ...]]:
    draft = drafts.read(
        json.dumps(
            {
                "core_ideas": [{"label": "x", "text": "x"}],
                "core_point": "y",
                "fundamental_point": "z",
                "framework": "W.",
                "concept_map": {
                    "nodes": [{"id": "a", "label": node}, {"id": "b", "label": "Strait"}],
                    "edges": [{"source": "a", "target": "b", "label": "crosses"}],
                },
            }
        )
    )
    return summary_assembly.assemble(draft, found, "A talk", enough)


def given(*places: int) -> list[tuple[str, str]]:
    return [(TEXTS[place], LINES[place]) for place in places]


def test_all_supported() -> None:
    found = judged(*given(0, 1, 2, 3))
    assert not found.asks
    assert found.faulty == {}
    summary, notices = settled(found)
    assert notices == ()
    assert (summary.supported, summary.left_out) == (1, 0)
    assert summary.core_ideas[2].evidence == (Evidence(quote=LINES[2], start=20),)
    assert (summary.core_point.label, summary.fundamental_point.label) == ("Core Point", "Fundamental Point")


def test_what_stands_nowhere_is_named_with_what_is_wrong() -> None:
    found = judged(
        given(0)[0], ("Whales follow the mail boat.", FALSE), given(2)[0], core=("Gulls sing.", FALSE)
    )
    assert {number: one.faults for number, one in found.faulty.items()} == dict.fromkeys(
        (2, 4), "no quote of the talk carries it"
    )
    assert found.asks


def test_a_bare_conclusion_alone_is_not_worth_a_question() -> None:
    assert not judged(*given(0, 1, 2), core=("Gulls sing.", FALSE)).asks


def test_a_passage_is_found_by_the_words_of_a_quote_that_is_not_there() -> None:
    [idea, *_] = judged(
        ("At night the captain sleeps by the engine.", "captain asleep next to engine, all night")
    ).statements
    assert "captain sleeps beside the engine" in idea.passages[0].evidence.quote


def test_what_is_given_later_is_taken_where_it_is_better() -> None:
    found = judged(given(0)[0], ("Whales follow the mail boat.", FALSE), ("It carries 50 wagons.", LINES[1]))
    assert found.faulty[3].faults == "not said in the talk: 50"
    found.add(
        {
            2: Correction(quote=LINES[3], label="**Tar**:", text="Tar keeps the planks sound."),
            3: Correction(quote=LINES[1], text="It carries 40 wagons."),
            1: Correction(text="Nonsense of 7 tons."),
            99: Correction(quote=LINES[0]),
        }
    )
    assert found.faulty == {}
    summary, notices = settled(found)
    assert [(one.label, one.text) for one in summary.core_ideas] == [
        ("L0", TEXTS[0]),
        ("Tar", "Tar keeps the planks sound."),
        ("L2", "It carries 40 wagons."),
    ]
    assert notices == ()


def test_a_statement_of_an_extra_is_judged_by_its_quote() -> None:
    claim = drafts.Claim(quotes=(LINES[4],), text="Pilots live on what fishermen pay.")
    assert [one.evidence.quote for one in judged(*given(0)).judge("", claim).passages] == [LINES[4]]


def test_what_is_given_later_and_no_better_is_not_taken() -> None:
    found = judged(*given(0, 2), ("It carries 50 wagons.", LINES[1]))
    found.add({3: Correction(quote=LINES[1], text="It carries 60 wagons and 70 cows.")})
    assert found.statements[2].text == "It carries 50 wagons."


def test_an_idea_that_the_talk_does_not_carry_goes_where_enough_others_stand() -> None:
    summary, notices = settled(judged(given(0)[0], ("Whales follow the mail boat.", FALSE), *given(1, 2, 3)))
    assert [point.label for point in summary.core_ideas] == ["L0", "L2", "L3", "L4"]
    assert notices == ("1 of 5 ideas left out, as the talk does not carry them: L1",)
    assert summary.left_out == 1
    assert summary.supported == 6 / 7


def test_an_idea_stays_marked_where_it_is_needed() -> None:
    summary, notices = settled(judged(*given(0, 1), ("Whales follow the mail boat.", FALSE)))
    assert [bool(point.evidence) for point in summary.core_ideas] == [True, True, False]
    assert notices == ("no quote in the transcript carries 1 of 3 ideas: L2",)


def test_an_invented_figure_is_marked_or_left_out() -> None:
    wrong = ("It carries 400 wagons across the strait.", LINES[1])
    summary, notices = settled(judged(given(0)[0], wrong))
    assert summary.core_ideas[1].doubts == ("400",)
    assert not summary.core_ideas[1].is_supported
    assert notices == ("not found in the talk, in “L1”: 400",)
    summary, notices = settled(judged(*given(0, 2, 3), wrong))
    assert len(summary.core_ideas) == 3
    assert notices == ("1 of 4 ideas left out, as the talk does not carry them: L3",)


def test_one_passage_does_not_carry_everything() -> None:
    found = judged(
        ("The bell is rung in fog.", LINES[5]),
        ("Fog comes down over the bell.", LINES[5]),
        ("Whales fear the fog.", LINES[5]),
        ("Whales sleep in summer.", LINES[5]),
    )
    assert [bool(one.passages) for one in found.statements[:4]] == [True, True, False, False]


def test_ideas_that_say_the_same_are_one() -> None:
    found = judged(given(0)[0], (TEXTS[0].upper(), LINES[1]), given(2)[0])
    assert found.ideas == 2
    assert len(found.statements[0].passages) == 2


def test_a_label_that_stands_twice_is_told_apart() -> None:
    found = judged(*given(0, 1, 2), label="The ferry")
    assert found.asks
    assert "another label" in found.faulty[2].faults
    summary, _ = settled(found)
    assert [one.label for one in summary.core_ideas] == [
        "The ferry",
        "It carries forty wagons across",
        "The captain sleeps beside the",
    ]


def test_a_conclusion_that_repeats_an_idea_is_told() -> None:
    found = judged(*given(0, 1, 2), core=(TEXTS[1], LINES[1]))
    assert "says the same as “L1”" in found.faulty[4].faults
    assert not found.asks, "it is said, and costs no call of its own"
    _, notices = settled(found)
    assert notices == ("the Core Point says the same as “L1”",)
    found.add({4: Correction(text="The village lives from its ferry.")})
    assert settled(found)[1] == ()


def test_more_ideas_than_a_record_holds_are_counted() -> None:
    lines = [f"keeper {name} carved oar {name} out of elm wood" for name in "abcdefghijklmnopqr"]
    talk = Transcript(segments=tuple(Segment(start=n, duration=1, text=line) for n, line in enumerate(lines)))
    reply = {
        "core_ideas": [{"quotes": [line], "label": line[:9], "text": f"The {line}."} for line in lines],
        "core_point": {"quotes": [lines[0]], "text": "Every keeper carves."},
        "fundamental_point": {"quotes": [lines[1]], "text": "Elm wood serves."},
        "framework": "W.",
    }
    found = Findings(drafts.read(json.dumps(reply), is_strict=False), Checker(Concordance(talk)))
    if found.ideas == 18:
        summary, notices = settled(found)
        assert len(summary.core_ideas) == 15
        assert "3 of 18 ideas left out: a record holds 15 at most" in notices


@pytest.mark.parametrize(
    ("reply", "quotes"),
    [
        ('{"quotes": [{"number": 2, "quote": "a b c"}, {"number": 4, "quote": ""}]}', {2: "a b c", 4: ""}),
        (
            '```json\n{"quotes": [{"number": "2", "quote": "x"}, {"number": 3}, 7, {"number": 1, "quote": "y"}]}\n```',
            {2: "x", 3: "", 1: "y"},
        ),
        ('2. "a b c"\nnothing\n4) d e', {2: "a b c", 4: "d e"}),
        ('{"quotes": []}', {}),
    ],
)
def test_corrections_are_read_by_number(reply: str, quotes: dict[int, str]) -> None:
    assert {number: one.quote for number, one in draft_checks.read_corrections(reply).items()} == quotes


@pytest.mark.parametrize("reply", ['{"quotes": "none"}', "99999. too many", ""])
def test_a_reply_without_quotes_is_a_bad_one(reply: str) -> None:
    with pytest.raises(BadReply, match="no quotes"):
        draft_checks.read_corrections(reply)


def test_a_figure_in_the_map_that_the_talk_does_not_say_is_told() -> None:
    assert settled(judged(*given(0, 1, 2, 3)), node="3 ferries")[1] == ()
    told = settled(judged(*given(0, 1, 2, 3)), node="45 % of ferries")[1]
    assert told == ("not found in the talk, in the map: 45 %",)
