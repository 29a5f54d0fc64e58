"""Statements with and without words of the transcript behind them."""

import json
from typing import Any

import pytest

from vidgist.errors import BadReply
from vidgist.evidence import Concordance
from vidgist.llm import drafts, support
from vidgist.llm.support import Findings
from vidgist.models import Evidence, Segment, Transcript

LINES = [
    f"sentence {word} says something about matter {word} and its uses"
    for word in ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]
]
TALK = Transcript(
    segments=tuple(Segment(start=10.0 * n, duration=10, text=line) for n, line in enumerate(LINES))
)
FALSE = "nobody in this talk ever spoke of such a thing"


def findings(*quotes: str, core: str = LINES[0], fundamental: str = LINES[1]) -> Findings:
    ideas = [{"quotes": [quote], "label": f"L{n}", "text": f"T{n}."} for n, quote in enumerate(quotes)]
    reply: dict[str, Any] = {
        "core_ideas": ideas,
        "core_point": {"quotes": [core], "text": "C."},
        "fundamental_point": {"quotes": [fundamental], "text": "F\nF."},
        "framework": "W.",
    }
    return Findings(drafts.read(json.dumps(reply), need_map=False), Concordance(TALK))


def test_all_supported() -> None:
    found = findings(*LINES[:4])
    assert not found.asks
    assert found.unsupported == {}
    summary, notices = found.settle()
    assert notices == ()
    assert summary.supported == 1
    assert summary.core_ideas[2].evidence == (Evidence(quote=LINES[2], start=20),)
    assert (summary.core_point.label, summary.fundamental_point.label) == ("Core Point", "Fundamental Point")


def test_what_is_unsupported_is_numbered_on_one_line() -> None:
    found = findings(LINES[0], FALSE, LINES[2], core=FALSE, fundamental=FALSE)
    assert found.unsupported == {2: "L1: T1.", 4: "Core Point: C.", 5: "Fundamental Point: F F."}
    assert found.asks


def test_a_bare_conclusion_alone_is_not_worth_a_question() -> None:
    assert not findings(*LINES[:3], core=FALSE).asks


def test_quotes_given_later_are_looked_up() -> None:
    found = findings(LINES[0], FALSE, LINES[2], core=FALSE)
    found.add({2: LINES[4], 4: FALSE, 1: FALSE, 99: LINES[0]})
    assert found.unsupported == {4: "Core Point: C."}
    summary, notices = found.settle()
    assert summary.core_ideas[1].evidence == (Evidence(quote=LINES[4], start=40),)
    assert summary.core_point.evidence == ()
    assert notices == ()


def test_a_bare_idea_goes_where_more_than_three_others_stand() -> None:
    summary, notices = findings(LINES[0], FALSE, *LINES[1:4]).settle()
    assert [point.label for point in summary.core_ideas] == ["L0", "L2", "L3", "L4"]
    assert notices == ("left out, as no quote in the transcript carries it: L1",)


@pytest.mark.parametrize("quotes", [(*LINES[:3], FALSE), (LINES[0], FALSE, FALSE), (FALSE, FALSE, FALSE)])
def test_a_bare_idea_stays_marked_where_it_is_needed(quotes: tuple[str, ...]) -> None:
    summary, notices = findings(*quotes).settle()
    assert len(summary.core_ideas) == len(quotes)
    assert [bool(point.evidence) for point in summary.core_ideas] == [quote != FALSE for quote in quotes]
    assert len(notices) == 1
    assert notices[0].startswith("no quote in the transcript carries: L")


def test_the_same_passage_counts_once() -> None:
    reply = {"quotes": [LINES[0], LINES[0].upper()], "label": "L", "text": "T."}
    data = {
        "core_ideas": [reply, {**reply, "label": "M"}, {**reply, "label": "N"}],
        "core_point": "C.",
        "fundamental_point": "F.",
        "framework": "W.",
    }
    found = Findings(drafts.read(json.dumps(data), need_map=False), Concordance(TALK))
    assert len(found.evidence[0]) == 1


@pytest.mark.parametrize(
    ("reply", "quotes"),
    [
        ('{"quotes": [{"number": 2, "quote": "a b c"}, {"number": 4, "quote": ""}]}', {2: "a b c", 4: ""}),
        (
            '```json\n{"quotes": [{"number": "2", "quote": "x"}, {"number": 3}, 7, {"number": 1, "quote": "y"}]}\n```',
            {1: "y"},
        ),
        ('2. "a b c"\nnothing\n4) d e', {2: "a b c", 4: "d e"}),
        ('{"quotes": []}', {}),
    ],
)
def test_quotes_are_read_by_number(reply: str, quotes: dict[int, str]) -> None:
    assert support.read_quotes(reply) == quotes


@pytest.mark.parametrize("reply", ['{"quotes": "none"}', "99999. too many", ""])
def test_a_reply_without_quotes_is_a_bad_one(reply: str) -> None:
    with pytest.raises(BadReply, match="no quotes"):
        support.read_quotes(reply)


def test_the_schema_of_quotes_is_strict() -> None:
    assert json.dumps(support.quotes_schema()).count('"additionalProperties": false') == 2
