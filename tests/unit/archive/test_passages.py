from tests.samples import FULL
from tests.unit.archive.folders import BRIDGES, talk
from vidgist.archive import passages


def test_a_note_is_its_head_its_ideas_and_what_is_said() -> None:
    found = passages.of(BRIDGES)
    assert [one.place for one in found] == list(range(len(found)))
    assert found[0].kind == "head"
    assert "Harbour Society" in found[0].text
    assert found[0].label == "Bridges of the north"
    ideas = [one for one in found if one.kind == "idea"]
    assert (ideas[0].label, ideas[0].start, ideas[0].block) == ("Cost", 20.0, "idea-1")
    assert any(one.text == "How many rivets has the bridge?" for one in ideas)
    said = [one for one in found if one.kind == "said"]
    assert said[0].start == 0
    assert said[0].block == "t-0"
    assert " ".join(one.text for one in said) == BRIDGES.transcript.text  # type: ignore[union-attr]


def test_a_paragraph_without_times_is_counted() -> None:
    said = [one for one in passages.of(talk("a", "A", "One. Two", timed=False)) if one.kind == "said"]
    assert [(one.block, one.start) for one in said] == [("p-1", None)]


def test_the_second_of_a_word_is_that_of_its_line() -> None:
    said = next(one for one in passages.of(BRIDGES) if one.kind == "said")
    assert BRIDGES.transcript is not None
    for word, second in (("Welcome", 0.0), ("Halden", 10.0), ("crowns", 20.0), ("rivets", 60.0)):
        if word in said.text:
            assert passages.moment(BRIDGES.transcript, said, said.text.index(word)) == second


def test_a_note_of_every_kind_has_passages() -> None:
    found = passages.of(FULL)
    assert {one.kind for one in found} == {"head", "idea", "said"}


def test_speakers_are_named_where_the_origin_names_them() -> None:
    assert BRIDGES.transcript is not None
    segments = tuple(
        one.model_copy(update={"speaker": "Ada" if n < 4 else "Bo"})
        for n, one in enumerate(BRIDGES.transcript.segments)
    )
    note = BRIDGES.model_copy(
        update={"transcript": BRIDGES.transcript.model_copy(update={"segments": segments})}
    )
    said = [one for one in passages.of(note) if one.kind == "said"]
    assert ", ".join(one.label for one in said) in ("Ada, Bo", "Ada, Ada, Bo")
