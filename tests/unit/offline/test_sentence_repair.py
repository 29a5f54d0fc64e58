import pytest

from vidgist.models import Video
from vidgist.offline import sentence_repair, tagging
from vidgist.offline.languages import ENGLISH, GERMAN, Language, detect
from vidgist.offline.spelling import Spelling
from vidgist.offline.words import split


def shown(
    text: str,
    title: str = "",
    language: Language = ENGLISH,
    mark: str = "",
    joints: dict[str, float] | None = None,
) -> str:
    words = split(text)
    spelling = Spelling(text, words, [words[0].start] if words else [], Video(title=title), language)
    merged = spelling.merge(words)
    if language is ENGLISH:
        tags = tagging.tag([word.key for word in merged], tagging.shipped())
        merged = tuple(word._replace(tag=tag) for word, tag in zip(merged, tags, strict=True))
    places = {word.start: odds for word in merged for key, odds in (joints or {}).items() if word.key == key}
    found = sentence_repair.repaired(text, merged, language, places)
    return sentence_repair.written(found, spelling, mark or sentence_repair.stop(merged))


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("um so the the engine uh runs hot", "The engine runs hot."),
        ("so far the engine runs hot", "So far the engine runs hot."),
        ("the sum is x squared over L", "The sum is x squared over L."),
        ("the sum is three halves k T the rest is heat", "The sum is three halves k T the rest is heat."),
        ("and you know we have we have two engines", "We have two engines."),
        ("it is a f fast engine that r really works", "It is a fast engine that really works."),
        ("i put a f a file into the engine", "I put a file into the engine."),
        ("we want a re remote engine oh", "We want a remote engine."),
        ("we kind of like what kind of engine it is", "We like what kind of engine it is."),
        ("the engine runs hot and", "The engine runs hot."),
        ("I think i'm sure the engine runs", "I'm sure the engine runs."),
        ("they had had enough of it", "They had had enough of it."),
        ("that is what it looks like", "That is what it looks like."),
        ("we run it for like a whole day", "We run it for a whole day."),
        ("it was just like a big engine", "It was just like a big engine."),
        ("i finally i check the engine", "I check the engine."),
        ("no tools are needed for it", "No tools are needed for it."),
        ("no it is not hot at all", "It is not hot at all."),
        ("do you know the engine", "Do you know the engine."),
        ("the engine (which is old runs", "The engine which is old runs."),
        ('he said "go and left', "He said go and left."),
        ("it costs 9,500 dollars, or 3.5% more", "It costs 9,500 dollars, or 3.5% more."),
    ],
)
def test_speech_is_made_readable(said: str, read: str) -> None:
    assert shown(said) == read


def test_a_comma_comes_before_a_clause_that_seems_to_begin() -> None:
    text = "for some reason they stop and we wait"
    assert shown(text) == "For some reason they stop and we wait."
    assert shown(text, joints={"they": -4.0, "and": -4.0}) == "For some reason they stop, and we wait."
    assert shown(text, joints={"they": -2.0}) == "For some reason, they stop and we wait."


def test_a_question_keeps_its_mark() -> None:
    assert shown("why does it run hot", mark="?") == "Why does it run hot?"


def test_names_come_from_the_title() -> None:
    assert shown("then deep seek left cuda and deep seeks rivals", "DeepSeek and CUDA") == (
        "DeepSeek left CUDA and DeepSeek's rivals."
    )


def test_capitals_that_captions_scatter_go_and_acronyms_come() -> None:
    said = "they are really Making Waves with llms like Nvidia and two gpus and one GPU for the Hardware"
    assert (
        shown(said)
        == "They are really making waves with LLMs like Nvidia and two GPUs and one GPU for the hardware."
    )


def test_shouting_is_lowered() -> None:
    assert shown("THE ENGINE RUNS HOT IN PARIS") == "The engine runs hot in Paris."


def test_other_languages_lose_their_fillers_and_stutters() -> None:
    assert shown("äh der der Motor läuft", language=GERMAN) == "Der Motor läuft."
    assert shown("äh", language=GERMAN) == "Äh."


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("os produtores colhem o café e o chá", "pt"),
        ("compraron el horno y alquilaron el local de dentro", "es"),
        ("nous nous sommes arrêtés là", "fr"),
    ],
)
def test_small_words_of_other_languages_stay(said: str, code: str) -> None:
    assert shown(said, language=detect(code, said.split())).lower() == f"{said}."


def test_scripts_without_spaces_end_in_their_own_stop() -> None:
    assert shown("人工智能正在改变世界") == "人工智能正在改变世界。"


def test_nothing_is_shown_of_nothing() -> None:
    assert shown("") == ""
    assert shown("um uh") == ""
