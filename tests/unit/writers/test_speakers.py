"""Who speaks, and what a reader warns of, in every format of a note, and read back from it."""

import json
from datetime import datetime

import pytest

from vidgist import readers
from vidgist.config import Settings
from vidgist.evidence.concordance import Concordance
from vidgist.models import Answer, Item, Note, Segment, Transcript, Video
from vidgist.notes import document, markdown, paragraphs
from vidgist.writers import html, md, srt, txt, vtt
from vidgist.writers import json as json_writer

TURNS = (
    ("Ann Example", "The dough rests for a night in a cool place."),
    ("Ann Example", "Then it is folded three times."),
    ("Bo Sample", "And how hot does the oven have to be for it?"),
    ("", "I have never been sure of that."),
    ("Ann Example", "As hot as it gets, with steam for ten minutes."),
)
NOTICE = "its times are in no order, so it counts as untimed"
SETTINGS = Settings.model_validate({})


def talk(*turns: tuple[str, str], timed: bool = True) -> Transcript:
    segments = tuple(
        Segment(start=n * 5.0 if timed else 0.0, duration=5.0 if timed else 0.0, text=text, speaker=name)
        for n, (name, text) in enumerate(turns)
    )
    return Transcript(segments=segments, language="en", timed=timed, notices=(NOTICE,))


def note(words: Transcript) -> Note:
    return Note(
        item=Item(source="local", id="/talk.srt", name="talk", url="file:///talk.srt"),
        created=datetime(2026, 2, 3),
        video=Video(title="Bread", seconds=25),
        transcript=words,
        answer=Answer(text="Rest the dough.", created=datetime(2026, 2, 3), notices=("a part was cut",)),
    )


def voices(words: Transcript | None) -> list[tuple[str, str]]:
    assert words is not None
    found: list[tuple[str, str]] = []
    for one in words.segments:
        if found and found[-1][0] == one.speaker:
            found[-1] = (one.speaker, f"{found[-1][1]} {one.text}")
        else:
            found.append((one.speaker, one.text))
    return found


TOLD = [
    ("Ann Example", f"{TURNS[0][1]} {TURNS[1][1]}"),
    ("Bo Sample", f"{TURNS[2][1]} {TURNS[3][1]}"),
    ("Ann Example", TURNS[4][1]),
]


@pytest.mark.parametrize("timed", [True, False])
def test_a_turn_is_a_paragraph_and_names_who_takes_it(timed: bool) -> None:
    parts = paragraphs.split(talk(*TURNS, timed=timed))
    assert [(one.speaker, one.text) for one in parts] == TOLD
    assert [one.start for one in parts] == ([0, 10, 20] if timed else [None] * 3)


def test_one_voice_is_named_nowhere() -> None:
    words = talk(("Ann Example", "The dough rests."), ("Ann Example", "Then it is folded."))
    assert [one.speaker for one in paragraphs.split(words)] == [""]
    for writer in (md.create(SETTINGS), html.create(SETTINGS), txt.create(SETTINGS)):
        assert "Ann Example:" not in writer.render(note(words))


@pytest.mark.parametrize("timed", [True, False])
def test_markdown_names_who_speaks_at_each_change_and_is_read_back_so(timed: bool) -> None:
    made = md.create(SETTINGS).render(note(talk(*TURNS, timed=timed)))
    assert made.count("**Ann Example:** ") == 2
    assert made.count("**Bo Sample:** ") == 1
    parsed = markdown.parse(made, "talk.md", datetime(2026, 2, 3))
    assert voices(parsed.transcript) == TOLD


def test_a_page_names_who_speaks_at_each_change() -> None:
    made = html.create(SETTINGS).render(note(talk(*TURNS)))
    assert made.count('<b class="speaker">Ann Example</b>') == 2
    assert made.count('<b class="speaker">Bo Sample</b>') == 1


def test_the_document_has_the_speaker_of_each_segment() -> None:
    made = json_writer.create(SETTINGS).render(note(talk(*TURNS)))
    rows = json.loads(made)["transcript"]["segments"]
    assert [one.get("speaker", "") for one in rows] == [name for name, _ in TURNS]


@pytest.mark.parametrize("suffix", ["json", "md", "html", "vtt", "srt"])
def test_speakers_come_back_from_every_format(suffix: str) -> None:
    writers = {"json": json_writer, "md": md, "html": html, "vtt": vtt, "srt": srt}
    made = writers[suffix].create(SETTINGS).render(note(talk(*TURNS)))
    words = readers.read(f"talk.{suffix}", made.encode()).transcript
    named = [one.speaker for one in words.segments if one.speaker]
    assert list(dict.fromkeys(named)) == ["Ann Example", "Bo Sample"]
    assert words.spoken == " ".join(text for _, text in TURNS)


def test_warnings_of_reader_and_summarizer_stand_in_every_note() -> None:
    whole = note(talk(*TURNS))
    assert whole.notices == (NOTICE, "a part was cut")
    assert json.loads(json_writer.create(SETTINGS).render(whole))["notices"] == list(whole.notices)
    for writer in (md.create(SETTINGS), html.create(SETTINGS)):
        made = writer.render(whole)
        assert made.count(NOTICE) == 1
        assert "a part was cut" in made
    assert document.parse(document.render(whole)) == whole


def test_a_quote_is_what_was_said_without_who_said_it() -> None:
    found = Concordance(talk(*TURNS))
    for quote in ("Ann Example: The dough rests for a night", "folded three times. Bo Sample: And how hot"):
        (passage,) = found.find(quote)
        assert "Ann Example" not in passage.evidence.quote
        assert "Bo Sample" not in passage.evidence.quote
    (passage,) = found.find("how hot does the oven have to be")
    assert passage.evidence.start == pytest.approx(10.0, abs=0.6)
