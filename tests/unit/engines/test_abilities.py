"""Abilities: one step a refusal, one leader, one memory."""

import json
import threading

import pytest

from tests.doubles.engine import Kept
from vidgist.engines._abilities import Abilities, Ability, step
from vidgist.models import Message, Request

USER = (Message(role="user", content="x"),)
FREE = Request(messages=USER)
ASKED = Request(messages=USER, schema_={"type": "object"}, temperature=0.5)
START = Ability()
LOWER = Ability(rung="schema")


@pytest.mark.parametrize(
    ("status", "words", "changed"),
    [
        (400, "'response_format' is unavailable", {"rung": "schema"}),
        (422, "Extra inputs are not permitted", {"rung": "schema"}),
        (500, "cannot build a grammar from this schema", {"rung": "schema"}),
        (
            400,
            "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'",
            {"limit": "max_completion_tokens"},
        ),
        (
            400,
            "max_tokens is too large: 9. This model supports at most 4096 completion tokens",
            {"most_output": 4096},
        ),
        (400, "the valid range of max_tokens is [1, 8192]", {"most_output": 8192}),
        (400, "'temperature' does not support 0.5", {"temperature": False}),
        (500, "The server had an error", None),
        (429, "response_format", None),
        (404, "no such model", None),
    ],
)
def test_a_refusal_leads_one_step_on(status: int, words: str, changed: dict[str, object] | None) -> None:
    onward = step(START, ASKED, status, words, proven=False)
    assert onward == (None if changed is None else START.model_copy(update=changed))


def test_a_step_needs_something_to_leave_out() -> None:
    bottom = Ability(rung="text", limit="", temperature=False)
    for words in ("response_format", "max_tokens", "temperature", "nothing"):
        assert step(bottom, ASKED, 400, words, proven=False) is None
    assert step(START, FREE, 400, "temperature", proven=False) is None
    assert step(START, FREE, 400, "response_format", proven=False) is None


def test_a_proven_rung_is_left_only_for_words_about_it() -> None:
    assert step(START, ASKED, 400, "bad request", proven=True) is None
    assert step(START, ASKED, 400, "Invalid schema for response_format", proven=True) == LOWER


def test_every_refusal_ends_somewhere() -> None:
    ability: Ability | None = START
    steps = 0
    while ability is not None:
        ability = step(ability, ASKED, 400, f"max_tokens temperature {steps}", proven=False)
        steps += 1
    assert steps == 8


def test_what_worked_is_remembered_once_and_for_the_next_process() -> None:
    memory = Kept()
    abilities = Abilities(memory, "host m", START)
    abilities.accepted(START, obeyed=True)
    assert memory.held == {}
    abilities.accepted(LOWER, obeyed=True)
    assert abilities.proven(LOWER)
    assert not abilities.proven(START)
    assert json.loads(memory.held["capability", "host m"])["rung"] == "schema"
    again = Abilities(memory, "host m", START)
    assert again.current() == LOWER
    assert not again.proven(LOWER)
    assert Abilities(memory, "host other", START).current() == START


def test_a_free_reply_proves_parameters_but_no_rung() -> None:
    abilities = Abilities(Kept(), "k", LOWER)
    abilities.accepted(START.model_copy(update={"temperature": False}), obeyed=False)
    assert abilities.current() == LOWER.model_copy(update={"temperature": False})
    assert not abilities.proven(LOWER)


def test_a_rung_that_helped_twice_where_the_higher_never_worked_is_taken() -> None:
    abilities = Abilities(Kept(), "k", START)
    abilities.mended(LOWER)
    assert abilities.current() == START
    abilities.mended(LOWER)
    assert abilities.current() == LOWER
    proven = Abilities(Kept(), "k", START)
    proven.accepted(START, obeyed=True)
    for _ in range(5):
        proven.mended(LOWER)
    assert proven.current() == START


def test_a_window_stays_learnt_whatever_works_later() -> None:
    abilities = Abilities(Kept(), "k", START)
    abilities.learn_window(4_096)
    abilities.accepted(LOWER, obeyed=True)
    assert abilities.window == 4_096
    assert abilities.current().rung == "schema"


def test_a_second_thread_goes_where_the_first_has_got() -> None:
    abilities = Abilities(Kept(), "k", START)
    bottom = Ability(rung="text")
    assert abilities.refused(START, LOWER) == LOWER
    found: list[Ability] = []

    def follow() -> None:
        found.append(abilities.refused(START, LOWER))

    follower = threading.Thread(target=follow)
    follower.start()
    abilities.accepted(bottom, obeyed=True)
    abilities.step_back()
    follower.join(60)
    assert found == [bottom]
    assert abilities.refused(START, LOWER) == bottom


def test_a_follower_of_a_leader_that_found_nothing_goes_on_by_itself() -> None:
    abilities = Abilities(Kept(), "k", START)
    abilities.refused(START, LOWER)
    found: list[Ability] = []

    def follow() -> None:
        found.append(abilities.refused(START, LOWER))

    follower = threading.Thread(target=follow)
    follower.start()
    abilities.step_back()
    follower.join(60)
    assert found == [LOWER]
