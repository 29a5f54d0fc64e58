"""What a note says beyond the four sections, in Markdown and in HTML; and what of it is doubtful."""

import pytest

from tests import samples
from vidgist.config import Settings
from vidgist.models import (
    Evidence,
    Extras,
    Mention,
    Note,
    OutlineEntry,
    Statement,
    Task,
)
from vidgist.notes import document, markdown, page
from vidgist.writers import html, md, txt

QUOTE = (Evidence(quote="the water is fast", start=83.0),)
EXTRAS = Extras(
    overview="A geographer speaks of rivers.",
    outline=(OutlineEntry(title="Bends", text="Why rivers *bend*.", start=83.4), OutlineEntry(title="End")),
    mentions=(
        Mention(name="Ada <Low>", kind="person", text="measured it", evidence=QUOTE),
        Mention(name="Bank"),
    ),
    figures=(Statement(text="It moves 3 m a year.", evidence=QUOTE),),
    questions=(Statement(text="Why not here?"),),
    decisions=(Statement(text="The dam stays.", evidence=QUOTE),),
    tasks=(Task(text="Measure again.", who="Ada", due="by May", evidence=QUOTE),),
)


@pytest.fixture
def note() -> Note:
    answer = samples.FULL.answer
    assert answer is not None
    assert answer.summary is not None
    core = answer.summary.core_point.model_copy(update={"doubts": ("1989", "Lisbon")})
    summary = answer.summary.model_copy(update={"extras": EXTRAS, "core_point": core, "left_out": 2})
    told = (*answer.notices, "2 of 6 ideas left out, as the talk does not carry them: Tides; Lakes")
    update = {"summary": summary, "notices": told}
    return samples.FULL.model_copy(update={"answer": answer.model_copy(update=update)})


def test_markdown_shows_them(note: Note) -> None:
    text = md.create(Settings()).render(note)
    headings = [line[3:] for line in text.split("\n") if line.startswith("## ")]
    assert headings[0] == "Overview"
    assert headings[5:11] == ["Decisions", "Tasks", "Outline", "Figures", "Names and Terms", "Open Questions"]
    assert "- [1:23](" in text
    assert "**Bends** Why rivers" in text
    assert "Measure again. *(Ada · by May)*" in text
    assert "<Low>" not in text
    assert "_Not found in the talk: 1989; Lisbon_" in text


def test_a_note_in_markdown_is_read_back_beside_them(note: Note) -> None:
    answer = markdown.parse(md.create(Settings()).render(note), "stem", note.created).answer
    assert answer is not None
    assert answer.summary is not None
    assert note.answer is not None
    assert note.answer.summary is not None
    assert [one.text for one in answer.summary.core_ideas] == [
        one.text for one in note.answer.summary.core_ideas
    ]
    assert answer.summary.core_point.evidence == note.answer.summary.core_point.evidence
    assert answer.summary.core_point.doubts == ("1989", "Lisbon")
    assert answer.summary.left_out == 2
    assert answer.summary.supported == pytest.approx(note.answer.summary.supported)
    found = answer.summary.extras
    names = tuple(one.model_copy(update={"evidence": ()}) for one in EXTRAS.mentions)
    assert tuple(one.model_copy(update={"evidence": ()}) for one in found.mentions) == names
    assert found.mentions[0].evidence[0].start == 83
    assert found.outline[0].start == 83
    whole = {"mentions": EXTRAS.mentions, "outline": EXTRAS.outline}
    assert found.model_copy(update=whole) == EXTRAS


@pytest.mark.parametrize(
    "text",
    [
        "12:30 is when",
        "*stars* (and brackets)",
        r"a \ b *",
        "ends (so)",
        "# no heading",
        "- no list",
        "> no quote",
    ],
)
def test_hostile_entries_come_back_from_markdown_as_they_were(note: Note, text: str) -> None:
    extras = Extras(
        overview=text,
        outline=(OutlineEntry(title=text, text=text, start=83), OutlineEntry(title=text)),
        mentions=(Mention(name=text, kind="tool", text=text), Mention(name=text)),
        figures=(Statement(text=text, evidence=(Evidence(quote=text, start=83.0),)),),
        tasks=(Task(text=text, due=text), Task(text=text, who=text), Task(text=text)),
    )
    answer = note.answer
    assert answer is not None
    assert answer.summary is not None
    summary = answer.summary.model_copy(update={"extras": extras})
    given = note.model_copy(update={"answer": answer.model_copy(update={"summary": summary})})
    back = markdown.parse(md.create(Settings()).render(given), "stem", note.created).answer
    assert back is not None
    assert back.summary is not None
    assert back.summary.extras == extras


def test_a_page_gives_the_note_back_whole(note: Note) -> None:
    assert page.parse(html.create(Settings()).render(note)) == note


def test_html_shows_them(note: Note) -> None:
    text = html.create(Settings()).render(note)
    for heading in (
        "Overview",
        "Decisions",
        "Tasks",
        "Outline",
        "Figures",
        "Names and Terms",
        "Open Questions",
    ):
        assert f'<h2 lang="en">{heading}</h2>' in text
    assert '<span class="aside">Ada · by May</span>' in text
    assert "Ada &lt;Low&gt;" in text
    assert "Not found in the talk: 1989; Lisbon" in text


def test_json_keeps_them(note: Note) -> None:
    assert note.answer is not None
    read = document.parse(document.render(note)).answer
    assert read is not None
    assert read.summary == note.answer.summary


def test_the_record_stays_what_it_was(note: Note) -> None:
    assert txt.create(Settings()).render(note) == txt.create(Settings()).render(samples.FULL)
