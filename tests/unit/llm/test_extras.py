"""What a note says beyond the four sections: each entry found in the talk, what is not there counted."""

import json
from typing import Any

from vidgist.evidence import Checker, Concordance
from vidgist.llm import drafts, extras, sizes
from vidgist.llm.draft_checks import Findings
from vidgist.models import Extras, Segment, Transcript

LINES = (
    ("Berta", "wir fangen mit dem Budget an, es fehlen zwölftausend Euro"),
    ("Carl", "dann streichen wir die Broschüre, das spart die Hälfte"),
    ("Berta", "gut, beschlossen, die Broschüre wird gestrichen"),
    ("Carl", "ich schreibe der Druckerei bis Freitag eine Absage"),
    ("Berta", "offen bleibt, woher der Rest kommt"),
)
TALK = Transcript(
    segments=tuple(
        Segment(start=60.0 * n, duration=60, text=text, speaker=who) for n, (who, text) in enumerate(LINES)
    ),
    language="de",
)
REPLY: dict[str, Any] = {
    "outline": [
        {"quote": LINES[2][1], "title": "Beschluss", "text": "Die Broschüre fällt weg."},
        {"quote": LINES[0][1], "title": "Budget", "text": "Es fehlen 12.000 Euro."},
        {"quote": "", "title": "Anhang", "text": "Es fehlen 99.000 Euro."},
    ],
    "core_ideas": [{"quotes": [LINES[0][1]], "label": "Lücke", "text": "Es fehlen 12.000 Euro."}],
    "core_point": {"quotes": [LINES[2][1]], "text": "Die Broschüre wird gestrichen."},
    "fundamental_point": {"quotes": [LINES[4][1]], "text": "Der Rest ist offen."},
    "framework": "Erst die Lücke, dann der Beschluss.",
    "overview": "Berta und Carl beraten über das Budget.",
    "mentions": [
        {"name": "Berta", "kind": "person", "text": "leitet"},
        {"name": "berta", "kind": "person", "text": "noch einmal"},
        {"name": "Zuckerfabrik", "kind": "firm", "text": "nie genannt"},
        {"name": "Druckerei", "kind": "firm", "text": "bekommt eine Absage"},
    ],
    "figures": [
        {"quote": "es fehlen 12.000 Euro", "text": "Es fehlen 12.000 Euro."},
        {"quote": "es fehlen 12.000 Euro", "text": "Es fehlen 21.000 Euro."},
    ],
    "questions": [{"quote": LINES[4][1], "text": "Woher kommt der Rest?"}],
    "decisions": [
        {"quote": "beschlossen, die Broschüre wird gestrichen", "text": "Die Broschüre wird gestrichen."}
    ],
    "tasks": [
        {"quote": LINES[3][1], "text": "Der Druckerei absagen.", "who": "Carl", "due": "bis Freitag"},
        {"quote": LINES[3][1], "text": "Die Druckerei anschreiben.", "who": "Zacharias", "due": "unknown"},
    ],
}


def settled(*wanted: str) -> tuple[Extras, tuple[str, ...]]:
    draft = drafts.read(json.dumps(REPLY), is_strict=False)
    return extras.keep(draft, Findings(draft, Checker(Concordance(TALK))), wanted)


def test_a_meeting_has_decisions_and_tasks_with_who_and_when() -> None:
    found, _ = settled(*extras.NAMES)
    assert [one.text for one in found.decisions] == ["Die Broschüre wird gestrichen."]
    assert found.decisions[0].evidence[0].start is not None
    assert [(one.who, one.due) for one in found.tasks] == [("Carl", "bis Freitag"), ("", "")]
    assert found.questions[0].evidence[0].quote == LINES[4][1]


def test_an_outline_goes_in_the_order_of_the_talk() -> None:
    found, _ = settled("outline")
    assert [(one.title, int(one.start or 0) // 60) for one in found.outline] == [
        ("Budget", 0),
        ("Beschluss", 2),
    ]


def test_names_are_those_that_are_said() -> None:
    found, _ = settled("mentions")
    assert [(one.name, one.kind) for one in found.mentions] == [("Berta", "person"), ("Druckerei", "term")]
    assert found.mentions[1].evidence[0].start is not None


def test_what_the_talk_does_not_carry_is_left_out_and_counted() -> None:
    found, notices = settled(*extras.NAMES)
    assert [one.text for one in found.figures] == ["Es fehlen 12.000 Euro."]
    assert "1 of 2 figures left out, as the talk does not carry them" in notices
    assert any(notice.startswith("2 of 4 names left out") for notice in notices)
    assert any(notice.startswith("1 of 3 parts of the outline left out") for notice in notices)


def test_nothing_is_shown_that_was_not_asked_for() -> None:
    assert settled() == (Extras(), ())
    assert settled("overview")[0] == Extras(overview=REPLY["overview"])


def test_an_overview_keeps_the_sentences_that_the_talk_carries() -> None:
    text = "Berta und Carl beraten über das Budget. Dr. Zapf aus Wien nennt 77.000 Euro. Die Broschüre fällt weg."
    kept, doubts = extras.standing(f"{text}\n\nErst das Geld.", Checker(Concordance(TALK)))
    assert kept == "Berta und Carl beraten über das Budget. Die Broschüre fällt weg.\n\nErst das Geld."
    assert "77.000 Euro" in doubts


def test_a_detail_that_the_talk_does_not_say_is_left_out_and_told() -> None:
    reply = {
        **REPLY,
        "outline": [{"quote": LINES[0][1], "title": "Budget", "text": "Es fehlen 77.000 Euro."}],
    }
    found = Findings(drafts.read(json.dumps(reply), is_strict=False), Checker(Concordance(TALK)))
    kept, told = extras.keep(drafts.read(json.dumps(reply), is_strict=False), found, ("outline", "tasks"))
    assert [(part.title, part.text) for part in kept.outline] == [("Budget", "")]
    assert "details left out, as the talk does not say them (2): Budget; Zacharias" in told[-1]


def test_more_entries_than_a_note_holds_are_told_as_such() -> None:
    figures = [
        {"quote": LINES[0][1], "text": f"Es fehlen {letter * 9} 12.000 Euro."} for letter in "bcdfghklmnp"
    ]
    draft = drafts.read(json.dumps({**REPLY, "figures": figures}), is_strict=False)
    kept, told = extras.keep(draft, Findings(draft, Checker(Concordance(TALK))), ("figures",))
    assert len(kept.figures) == sizes.MOST_FIGURES
    assert told == (f"3 of {len(figures)} figures left out, as a note holds {sizes.MOST_FIGURES} at most",)


def test_a_figure_without_a_number_and_what_is_said_twice_are_left_out() -> None:
    quote = LINES[0][1]
    figures = [
        {"quote": quote, "text": text}
        for text in ("Es fehlen 12.000 Euro", "Es fehlen 12.000 Euro!", "Dem Budget fehlt viel.")
    ]
    reply = {
        **REPLY,
        "figures": figures,
        "questions": [{"quote": quote, "text": REPLY["core_point"]["text"]}],
    }
    draft = drafts.read(json.dumps(reply), is_strict=False)
    kept, notices = extras.keep(draft, Findings(draft, Checker(Concordance(TALK))), ("figures", "questions"))
    assert [one.text for one in kept.figures] == ["Es fehlen 12.000 Euro."]
    assert kept.questions == ()
    assert notices == (
        "2 of 3 figures left out, as they repeat what is said already, or they hold no figure",
        "1 of 1 questions left out, as they repeat what is said already",
    )
