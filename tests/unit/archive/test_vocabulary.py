import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from vidgist.archive.vocabulary import SCHEMA, Vocabulary

HELD = {
    "christine": 9,
    "donaudampfschifffahrt": 2,
    "dampf": 3,
    "pricing": 40,
    "prices": 12,
    "price": 30,
    "zhao": 5,
    "naslund": 4,
    "solidarity": 1,
    "fiala": 2,
    "ελληνικα": 2,
    "москва": 3,
    "1984": 2,
    "b2b": 1,
}


@pytest.fixture
def vocabulary() -> Iterator[Vocabulary]:
    with closing(sqlite3.connect(":memory:")) as database:
        for statement in SCHEMA:
            database.execute(statement)
        made = Vocabulary(database)
        made.add(HELD)
        yield made


def test_passages_are_added_up(vocabulary: Vocabulary) -> None:
    vocabulary.add({"price": 2, "steam": 1})
    assert [vocabulary.count(one) for one in ("price", "steam", "prize")] == [32, 1, 0]


def test_words_that_begin_alike_come_in_their_order(vocabulary: Vocabulary) -> None:
    assert vocabulary.beginning("pric", 9) == [("price", 30), ("prices", 12), ("pricing", 40)]
    assert vocabulary.beginning("pric", 1) == [("price", 30)]
    assert vocabulary.beginning("мос", 9) == [("москва", 3)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("christien", "christine"),
        ("kristine", "christine"),
        ("cristine", "christine"),
        ("christina", "christine"),
        ("prcing", "pricing"),
        ("pricign", "pricing"),
        ("naeslund", "naslund"),
        ("naslnud", "naslund"),
        ("solidraity", "solidarity"),
        ("faila", "fiala"),
        ("fiaala", "fiala"),
        ("ελληνκα", "ελληνικα"),
        ("мсоква", "москва"),
    ],
)
def test_a_word_is_found_by_a_near_spelling(vocabulary: Vocabulary, typed: str, meant: str) -> None:
    assert vocabulary.alike(typed, 2)[0] == meant


@pytest.mark.parametrize("typed", ["zeppelin", "abc", "", "1985", "b2c", "xyzzyx", '"price"'])
def test_a_word_of_no_near_spelling_stays_unknown(vocabulary: Vocabulary, typed: str) -> None:
    assert vocabulary.alike(typed, 2) == []


def test_the_inside_of_a_word_is_found_the_commonest_first(vocabulary: Vocabulary) -> None:
    assert vocabulary.containing("dampf", 9) == ["dampf", "donaudampfschifffahrt"]
    assert vocabulary.containing("schifffahrt", 9) == ["donaudampfschifffahrt"]
    assert vocabulary.containing("ffff", 9) == []
    assert vocabulary.containing("pf", 9) == []


def test_letters_in_another_order_are_no_part(vocabulary: Vocabulary) -> None:
    vocabulary.add({"abcabd": 1})
    assert vocabulary.containing("abdabc", 9) == []
