import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import samples
from vidgist.models import Chapter, Segment, Transcript
from vidgist.notes.paragraphs import ENOUGH, MOST, split


def transcript(*texts: str, step: float = 2.0, timed: bool = True) -> Transcript:
    return Transcript(
        segments=tuple(
            Segment(start=n * step, duration=min(step, 2.0), text=text) for n, text in enumerate(texts)
        ),
        timed=timed,
    )


def test_a_sentence_ends_a_paragraph_that_is_long_enough() -> None:
    first, second = split(Transcript(segments=samples.segments()))
    assert (first.start, second.start) == (0, 38.5)
    assert first.text.endswith("rivers straight.")


def test_a_chapter_begins_a_paragraph() -> None:
    chapters = (Chapter(start=0, title="a"), Chapter(start=31.5, title="b"), Chapter(start=9e9, title="c"))
    starts = [one.start for one in split(Transcript(segments=samples.segments()), chapters)]
    assert 31.5 in starts


def test_a_pause_begins_a_paragraph() -> None:
    texts = ["word " * 30] * 3
    assert len(split(transcript(*texts, step=2.0))) == 1
    assert len(split(transcript(*texts, step=9.0))) == 3
    assert len(split(transcript("a", "b", "c", step=9.0))) == 1


def test_no_end_of_sentence_is_waited_for_too_long() -> None:
    assert all(len(one.text) <= MOST for one in split(transcript(*(["never a stop"] * 500))))


def test_without_times_sentences_are_gathered() -> None:
    parts = split(transcript(samples.WORDS, timed=False))
    assert all(one.start is None and one.text.endswith(".") and len(one.text) <= ENOUGH for one in parts)
    assert " ".join(one.text for one in parts) == samples.WORDS


def test_without_times_and_sentences_words_are_gathered() -> None:
    parts = split(transcript("word " * 1000, timed=False))
    assert len(parts) > 10
    assert all(len(one.text) <= ENOUGH for one in parts)


def test_without_spaces_the_text_is_cut() -> None:
    parts = split(transcript("深" * 2000, timed=False))
    assert "".join(one.text for one in parts) == "深" * 2000
    assert len(parts) > 3


@given(st.lists(st.text(alphabet="ab. 。!", max_size=50), max_size=60), st.booleans())
def test_no_word_is_lost(texts: list[str], timed: bool) -> None:
    one_line = " ".join(" ".join(texts).split())
    parts = split(transcript(*(" ".join(text.split()) for text in texts), timed=timed))
    assert "".join("".join(one.text for one in parts).split()) == "".join(one_line.split())


def voices(*said: tuple[str, str], timed: bool = True) -> Transcript:
    return Transcript(
        segments=tuple(
            Segment(start=n, duration=1, text=text, speaker=speaker) for n, (speaker, text) in enumerate(said)
        ),
        timed=timed,
    )


@pytest.mark.parametrize("timed", [True, False])
def test_another_speaker_begins_a_paragraph_and_is_named_once(timed: bool) -> None:
    said = voices(
        ("Mia", "One."), ("Mia", "Two."), ("Jo", "Three."), ("", "Four."), ("Mia", "Five."), timed=timed
    )
    spoken = [(one.speaker, one.text) for one in split(said) if one.text]
    assert [speaker for speaker, _ in spoken if speaker] == ["Mia", "Jo", "Mia"]
    assert " ".join(text for _, text in spoken) == "One. Two. Three. Four. Five."
    assert spoken[0] == ("Mia", "One. Two.")


@pytest.mark.parametrize("timed", [True, False])
def test_one_voice_alone_is_not_named(timed: bool) -> None:
    assert {one.speaker for one in split(voices(("Mia", "One."), ("", "Two."), timed=timed))} == {""}
