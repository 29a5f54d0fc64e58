"""ReplyRetries: how often a model is asked again, and when it is given up."""

import pytest

from vidgist.errors import BadReply, Refused, RunError, Truncated
from vidgist.llm.reply_retries import ALIKE, TRIES, TRIES_IN_VAIN, ReplyRetries


def tries(patience: ReplyRetries) -> int:
    """How often a question is asked whose replies are all of no use."""
    made = 1
    while patience.tried(made):
        made += 1
    return made


def met(useful: int, useless: int) -> ReplyRetries:
    patience = ReplyRetries()
    for _ in range(useful):
        patience.rewarded()
    for _ in range(useless):
        patience.tried(1)
    return patience


def test_a_model_that_never_was_of_use_is_asked_a_few_times() -> None:
    assert tries(ReplyRetries()) == TRIES_IN_VAIN
    assert tries(met(0, 100)) == TRIES_IN_VAIN


def test_the_rarer_failures_are_the_sooner_one_is_no_chance() -> None:
    known = [tries(met(1_000, useless)) for useless in (0, 50, 250, 1_000)]
    assert known == sorted(known)
    assert known[0] == 2
    assert known[-1] == TRIES


def test_its_own_failures_say_nothing_of_the_others() -> None:
    assert tries(met(20, 0)) == 3


def test_half_of_all_replies_of_no_use_lose_one_question_in_thousands() -> None:
    assert 0.5 ** tries(met(100, 100)) < 1 / 4_000


def test_the_run_ends_where_all_are_given_up() -> None:
    patience = ReplyRetries()
    for _ in range(ALIKE - 1):
        patience.gave_up(BadReply("no JSON"))
    with pytest.raises(RunError, match="cannot be used: cut") as caught:
        patience.gave_up(Truncated("cut"))
    assert (caught.value.code, caught.value.hint) == ("llm_useless", Truncated.hint)


def test_a_model_that_declines_everything_ends_it() -> None:
    patience = ReplyRetries()
    for _ in range(ALIKE - 1):
        patience.gave_up(Refused("no"))
    with pytest.raises(RunError, match="cannot be used: no"):
        patience.gave_up(Refused("no"))


def test_one_reply_of_use_or_talks_that_are_declined_do_not_end_it() -> None:
    patience = met(1, 0)
    for _ in range(3 * ALIKE):
        patience.gave_up(Refused("no"))
    for _ in range(3):
        for _ in range(ALIKE - 1):
            patience.gave_up(BadReply("no JSON"))
        patience.rewarded()
