import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.samples import HOSTILE
from tests.unit.archive.folders import BREAD, talk, write
from vidgist import search
from vidgist.archive import INDEX_NAME, query, related
from vidgist.archive.index import Index
from vidgist.archive.search import within
from vidgist.errors import InputError


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return write(tmp_path / "notes")


@pytest.mark.parametrize(
    ("words", "title", "start"),
    [
        ("halden", "Bridges of the north", 20.0),
        ("How much was paid for the Halden crossing?", "Bridges of the north", 20.0),
        ("When was the Halden bridge opened?", "Bridges of the north", 10.0),
        ("who renews the paint", "Bridges of the north", 50.0),
        ("how long do bakers in Lyon wait", "Bread and time", 20.0),
        ("STONE OVEN", "What an oven does", 0.0),
    ],
)
def test_the_right_passage_comes_first(notes: Path, words: str, title: str, start: float) -> None:
    found = search(words, notes)
    best = found.hits[0]
    assert best.title == title
    assert best.link.startswith("https://www.youtube.com/watch?v=")
    assert any(hit.start == start for hit in found.hits[:3] if hit.title == title)


def test_a_link_leads_to_the_second(notes: Path) -> None:
    hit = next(hit for hit in search("painters", notes).hits if hit.kind == "said")
    assert hit.link == "https://www.youtube.com/watch?v=bridges0001&t=50s"
    assert "two painters" in hit.shown
    assert hit.stem == "bridges0001-note"


def test_words_that_stand_nowhere_are_named(notes: Path) -> None:
    assert search("zeppelin", notes).unknown == ("zeppelin",)
    assert not search("zeppelin", notes).hits


def test_a_near_spelling_is_tried(notes: Path) -> None:
    found = search("paimters", notes)
    assert found.near == ("painters",)
    assert found.hits


def test_notes_are_left_out_by_day_and_channel(notes: Path) -> None:
    assert {hit.title for hit in search("steam", notes, since=date(2026, 1, 1)).hits} == {"What an oven does"}
    assert search("halden", notes, channel="kitchen").hits == ()
    assert search("halden", notes, channel="harbour").hits


def test_no_more_than_the_limit_is_shown(notes: Path) -> None:
    assert len(search("the", notes, limit=2).hits) == 2


def test_one_note_does_not_fill_the_answer(tmp_path: Path) -> None:
    long = ". ".join(f"The kettle of number {n} sings {'very ' * 60}loudly" for n in range(12))
    write(tmp_path, talk("kettle00001", "Kettles", long), talk("other000001", "Tea", "A kettle is needed"))
    assert {hit.title for hit in search("kettle", tmp_path, limit=6).hits} == {"Kettles", "Tea"}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Мы говорим о мостах и реках", "мостах"),
        ("この講演では橋の費用について話します", "費用"),
        ("這座橋樑花費了一千四百萬", "橋樑"),
        ("Wir öffnen die Brücken am Morgen", "brucken"),
        ("La reunión empezó tarde por la lluvia", "REUNION"),
        ("이 다리는 오래되었습니다", "다리는"),
        ("สะพานนี้สร้างเมื่อนานมาแล้ว", "สะพาน"),
    ],
)
def test_any_script_is_found(tmp_path: Path, said: str, words: str) -> None:
    write(tmp_path, talk("script00001", "T", said), BREAD)
    assert search(words, tmp_path).hits[0].title == "T"


@pytest.mark.parametrize("words", ["schifffahrt", "SCHIFFFAHRT", "Donaudampf"])
def test_a_part_of_a_compound_is_found_where_it_stands_nowhere_alone(tmp_path: Path, words: str) -> None:
    write(
        tmp_path, talk("script00001", "T", "Die Donaudampfschifffahrtsgesellschaft fährt nicht mehr."), BREAD
    )
    found = search(words, tmp_path)
    assert (found.hits[0].title, found.unknown) == ("T", (words.lower(),))


def test_an_index_that_is_damaged_inside_is_made_again_by_the_search(notes: Path) -> None:
    search("dough", notes)
    with closing(sqlite3.connect(notes / INDEX_NAME)) as database:
        database.execute("DELETE FROM passage_data WHERE id < 12")
        database.commit()
    assert search("dough", notes).hits
    assert search("dough", notes).hits


def test_a_search_goes_on_while_notes_come_and_go(notes: Path) -> None:
    found = search("dough", notes)
    file = notes / found.hits[0].file
    index = Index(notes)
    with closing(index):
        index.refresh()
        file.unlink()
        assert all(hit.file != file.name for hit in within(index, "dough").hits)
        index.refresh()
        assert file.name not in {entry.file for entry in index.entries.values()}


@pytest.mark.parametrize("text", [*HOSTILE, '"', "NEAR(a b)", "a AND", "*", "col:x", "'; DROP TABLE note"])
def test_hostile_words_are_words(notes: Path, text: str) -> None:
    search(text, notes)
    write(notes, talk("hostile0001", text, text))
    search(text, notes)
    assert search("halden", notes).hits


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        search("words", tmp_path / "none")


def test_an_empty_query_finds_nothing(notes: Path) -> None:
    assert search("?!", notes).hits == ()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("activate", "activation", True),
        ("bridge", "bridges", True),
        ("plan", "planning", True),
        ("brucke", "brucken", True),
        ("transport", "transparent", False),
        ("count", "country", False),
        ("14", "141", False),
    ],
)
def test_inflections_are_known(one: str, other: str, alike: bool) -> None:
    assert related.inflects(one, other) is alike
    assert related.inflects(other, one) is alike


def test_a_figure_and_its_word_are_the_same() -> None:
    assert "14" in related.synonyms("fourteen")
    assert "fourteen" in related.synonyms("14")


@pytest.fixture
def nothing(tmp_path: Path) -> Iterator[Index]:
    with closing(Index(tmp_path)) as index:
        yield index


def test_a_question_says_what_it_wants(nothing: Index) -> None:
    assert query.read("How many rivets are there?", nothing).wants_figure
    assert query.read("When was it opened", nothing).wants_date
    assert not query.read("bread and time", nothing).is_question


ENGLISH = (
    "This is what we know of the price of the bridge and of those who paid for it. It was not the town. "
    "The harbour is where the money was found. There is still a chain of it"
)


@pytest.mark.parametrize(
    ("question", "is_foreign"),
    [
        ("Wer hat die Brücke bezahlt und was ist ihr Preis?", True),
        ("¿Quién pagó el puente y cuánto es el precio?", True),
        ("Qui a payé le pont et combien est le prix ?", True),
        ("橋の値段はいくらですか", True),
        ("Кто заплатил за мост?", True),
        ("من دفع ثمن الجسر؟", True),
        ("Who paid for the bridge, and what is the price?", False),
        ("who is Ottokar Przybylski", False),
        ("bridge price", False),
        ("Brücke Preis", False),
        ("", False),
    ],
)
def test_a_question_of_another_language_than_the_notes_is_known(
    tmp_path: Path, question: str, is_foreign: bool
) -> None:
    write(tmp_path, talk("english0001", "The bridge", ENGLISH))
    assert search(question, tmp_path).is_foreign is is_foreign


@pytest.mark.parametrize("question", ["What does the roof cost?", "And who paid for it?", "What is this?"])
def test_a_folder_of_a_few_lines_makes_no_question_foreign(tmp_path: Path, question: str) -> None:
    said = "We spoke of the budget and of the roof. The roof costs 2 thousand crowns"
    write(tmp_path, talk("roof0000001", "The roof", said))
    assert not search(question, tmp_path).is_foreign


@pytest.mark.parametrize(
    ("question", "finds"),
    [
        ("¿Quién es el dueño de la Casa Halden y por qué?", True),
        ("Was ist mit der Halden und wer hat 1987 sie gebaut?", True),
        ("Qu'est-ce que la construction du pont ?", True),
        ("Что такое Halden?", True),
        ("Haldenとは何ですか", True),
        ("¿Qué dijo el ponente sobre la casa y el perro?", False),
        ("Warum ist der Rest von dem Geld weg?", False),
    ],
)
def test_a_question_of_another_language_finds_names_figures_and_words_alike(
    tmp_path: Path, question: str, finds: bool
) -> None:
    text = f"{ENGLISH}. The Halden casa was made in 1987, a construction with rest and dem on it"
    write(tmp_path, talk("english0001", "The bridge", text))
    assert bool(search(question, tmp_path).hits) is finds


def test_words_of_another_language_are_not_taken_for_misspelt_ones(tmp_path: Path) -> None:
    write(tmp_path, talk("english0001", "The bridge", ENGLISH))
    assert search("chian", tmp_path).near == ("chain",)
    assert search("wo ist das chian für die Brücke?", tmp_path).near == ()


def test_copies_of_a_note_are_found_once(tmp_path: Path) -> None:
    write(tmp_path)
    [path] = tmp_path.glob("bridges*.json")
    for name in ("bridges (conflicted copy).json", "bridges 2.json"):
        (tmp_path / name).write_bytes(path.read_bytes())
    hits = search("Halden bridge", tmp_path).hits
    assert len({(hit.kind, hit.text) for hit in hits}) == len(hits)
