"""``vidgist ask`` as a person types it."""

import json
from pathlib import Path

import pytest

from tests.doubles.answering import copying
from tests.doubles.llm import Llm
from tests.e2e.conftest import Vidgist, vidgist
from tests.unit.archive.folders import write

__all__ = ["vidgist"]

QUESTION = "What did the Halden bridge cost?"


@pytest.fixture
def answering(llm: Llm) -> Llm:
    llm.responder = lambda prompt, _schema, text: copying(prompt) if "[1]" in prompt else text
    return llm


def test_an_answer_has_numbers_links_and_a_price(vidgist: Vidgist, answering: Llm) -> None:
    write(Path("notes"))
    ended = vidgist("ask", QUESTION, "--base-url", answering.base_url, "--model", "openai:double")
    assert ended.code == 0, ended.err
    assert "14 million crowns" in ended.out
    assert "[1]" in ended.out or "[2]" in ended.out
    assert "&t=20s" in ended.out
    assert "tokens · " in ended.err
    asked = len(answering.chats)
    again = vidgist("ask", QUESTION, "--base-url", answering.base_url, "--model", "openai:double")
    assert again.out == ended.out
    assert len(answering.chats) == asked


def test_the_notes_do_not_say(vidgist: Vidgist, answering: Llm) -> None:
    write(Path("notes"))
    flags = ("--base-url", answering.base_url, "--model", "openai:double")
    ended = vidgist("ask", "How old is the mayor who opened the harbour theatre?", *flags)
    assert ended.code == 0
    assert ended.out.startswith("The notes do not say.")


def test_offline_gives_passages_and_says_so(vidgist: Vidgist) -> None:
    write(Path("notes"))
    ended = vidgist("ask", QUESTION, "--model", "offline:")
    assert ended.code == 0
    assert "Bridges of the north · 0:20" in ended.out
    assert "no model was asked" in ended.err


def test_json_and_save(vidgist: Vidgist, answering: Llm) -> None:
    write(Path("notes"))
    flags = ("--base-url", answering.base_url, "--model", "openai:double", "--save", "--json")
    ended = vidgist("ask", QUESTION, *flags)
    told = json.loads(ended.out)
    assert told["sentences"][0]["passages"]
    saved = Path("notes/_answers/What-did-the-Halden-bridge-cost.md")
    assert saved.is_file()
    assert "saved as" in ended.err
    assert "answers" not in vidgist("search", "halden").out


def test_an_answer_that_the_folder_does_not_take_is_shown(vidgist: Vidgist) -> None:
    write(Path("notes"))
    Path("notes/_answers").write_text("a file in its place")
    ended = vidgist("ask", QUESTION, "--model", "offline:", "--save")
    assert ended.code == 2
    assert "14 million crowns" in ended.out
    assert "not saved: the notes folder notes/_answers cannot be written" in ended.err


def test_a_question_of_another_language_offline_is_told_what_it_can_find(vidgist: Vidgist) -> None:
    write(Path("notes"))
    ended = vidgist("ask", "¿Por qué es el perro de la casa azul?", "--model", "offline:")
    assert ended.code == 0
    assert ended.out.strip() == ""
    assert "of another language than the notes" in ended.err
    assert "nothing found in 3 notes" in ended.err
    assert "in no note:" not in ended.err


def test_continue_goes_on(vidgist: Vidgist, answering: Llm) -> None:
    write(Path("notes"))
    flags = ("--base-url", answering.base_url, "--model", "openai:double")
    vidgist("ask", QUESTION, *flags)
    vidgist("ask", "Who paints it?", "--continue", *flags)
    assert f"Asked before: {QUESTION}" in answering.chats[-1].prompt
