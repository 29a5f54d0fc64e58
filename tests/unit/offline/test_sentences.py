from tests.unit.offline.talks import BRIDGE, CAPTIONS, lines, transcript
from vidgist.models import Chapter, Segment, Transcript
from vidgist.offline import sentences
from vidgist.offline.languages import ARABIC, CHINESE, ENGLISH, GERMAN
from vidgist.offline.words import size, split


def texts(said: Transcript, language: object = ENGLISH, chapters: tuple[Chapter, ...] = ()) -> list[str]:
    found = sentences.of(said, chapters, language)  # type: ignore[arg-type]
    return [said.text[sentence.start : sentence.end] for sentence in found]


def test_punctuation_decides() -> None:
    said = transcript('Dr. Who met J. Smith at 3.5 km. "Really?" he said… Yes! It cost 2.50 dollars.')
    assert texts(said) == [
        "Dr. Who met J. Smith at 3.5 km.",
        'Really?"',
        "he said…",
        "Yes!",
        "It cost 2.50 dollars.",
    ]


def test_sentences_cover_every_word_in_order() -> None:
    for text in (BRIDGE, CAPTIONS):
        said = transcript(text)
        found = sentences.of(said, (), ENGLISH)
        spoken = [word._replace(tag="") for sentence in found for word in sentence.words]
        assert spoken == split(said.text)


def test_captions_are_parted_by_the_model() -> None:
    found = sentences.of(transcript(CAPTIONS), (), ENGLISH)
    ends = {sentence.words[-1].key for sentence in found}
    assert len(found) > 8
    assert all(size(sentence.words) <= sentences.LONGEST for sentence in found)
    assert len(ends & {"bridges", "cables", "towers", "ground", "cheap", "much", "deck", "1940"}) >= 3


def test_no_sentence_ends_between_a_title_and_a_name() -> None:
    found = texts(transcript(f"{CAPTIONS} thank you very much mr chair our economic situation is fluid"))
    assert not any(text.endswith(" mr") for text in found)


def test_a_pause_and_a_chapter_end_a_sentence() -> None:
    words = "the old tower stood there by the river bank for many many long years"
    first, second = lines(words, 20)[0], lines(words, 20)[0].model_copy(update={"start": 9.0})
    parted = texts(Transcript(segments=(*lines(CAPTIONS, 40), first.model_copy(update={"start": 900.0}))))
    assert words in parted
    chaptered = texts(Transcript(segments=(first, second)), chapters=(Chapter(start=9.0, title="b"),))
    assert chaptered == [words, words]


def test_a_speaker_is_no_word_and_parts_sentences() -> None:
    said = Transcript(
        segments=(
            Segment(start=0, duration=2, text="the deck hangs from cables", speaker="Ann Example"),
            Segment(start=2, duration=2, text="and the towers stand", speaker="Ann Example"),
            Segment(start=4, duration=2, text="who built them", speaker="Bob"),
        )
    )
    assert said.text.startswith("Ann Example: the deck")
    assert texts(said)[-1] == "who built them"
    assert not any("Example" in text or "Bob" in text for text in texts(said))
    assert sentences.of(said, (), ENGLISH)[-1].seconds == 4


def test_sound_cues_part_and_are_not_said() -> None:
    assert texts(transcript("the wind rose [Music] the deck fell (applause) >> and then")) == [
        "the wind rose",
        "the deck fell",
        "and then",
    ]


def test_times_are_those_of_the_segments() -> None:
    said = Transcript(
        segments=(
            Segment(start=1, duration=1, text="One is here."),
            Segment(start=5, duration=1, text=" "),
            Segment(start=7, duration=1, text="Two is there."),
        )
    )
    assert [sentence.seconds for sentence in sentences.of(said, (), ENGLISH)] == [1, 7]


def test_nothing_said_gives_no_sentence() -> None:
    assert texts(Transcript(segments=())) == []
    places = sentences.Places(Transcript(segments=()))
    assert (places.time(0), places.place(3.0)) == (None, 0)


def test_other_languages_are_parted_at_lines_and_joints() -> None:
    german = "die energiewende braucht viele neue stromnetze im ganzen land " * 3
    found = sentences.of(transcript(german + "aber " + german, "de"), (), GERMAN)
    assert len(found) > 2
    assert max(size(sentence.words) for sentence in found) <= sentences.LONGEST
    chinese = sentences.of(transcript(" ".join(["人工智能正在改变世界各地的工作"] * 16), "zh"), (), CHINESE)
    assert len(chinese) > 2
    assert texts(transcript("ما هذا؟ هذا جسر۔"), ARABIC) == ["ما هذا؟", "هذا جسر۔"]


def test_a_long_sentence_is_left_whole_where_its_clauses_are_written() -> None:
    clauses = (
        "when the engineers had tested the old cables of the bridge",
        "and the crews had painted both of the towers again",
        "the town opened the bridge to the cars and the trains of the valley",
        "so that nobody had to take the ferry over the cold river",
        "which had been the only way for two hundred years",
    )
    written = ", ".join(clauses) + "."
    assert texts(transcript(written)) == [written]
    assert len(texts(transcript(" ".join(clauses)))) > 1
