"""ContextWindow: what a refusal for length teaches the run, and what only the transcript that met it."""

from vidgist.llm.context_window import ContextWindow
from vidgist.models import Message, Request
from vidgist.text import tokens


def ask(words: int) -> Request:
    return Request(messages=(Message(role="user", content="kettle " * words),), max_output_tokens=100)


def test_a_refusal_halves_what_is_sent() -> None:
    room = ContextWindow(lambda: 100_000)
    room.lower(ask(1_000))
    assert room.fits(ask(480))
    assert not room.fits(ask(520))


def test_what_passed_is_not_cut() -> None:
    room = ContextWindow(lambda: 100_000)
    room.took(ask(800))
    room.lower(ask(1_000))
    assert room.fits(ask(800))
    assert not room.fits(ask(820))


def test_what_passes_later_gives_the_room_back() -> None:
    room = ContextWindow(lambda: 100_000)
    room.lower(ask(1_000))
    room.took(ask(2_000))
    assert room.fits(ask(2_000))


def test_a_refusal_of_what_passed_before_concerns_its_transcript_alone() -> None:
    room = ContextWindow(lambda: 100_000)
    room.took(ask(2_000))
    one, other = room.of_one(), room.of_one()
    one.lower(ask(1_000))
    assert not one.fits(ask(520))
    assert other.fits(ask(2_000))
    assert room.fits(ask(2_000))


def test_what_one_transcript_meets_first_is_known_to_the_next() -> None:
    room = ContextWindow(lambda: 100_000)
    room.of_one().lower(ask(1_000))
    assert not room.of_one().fits(ask(1_000))
    assert room.has_taken(ask(1)) is False


def test_the_window_holds_whatever_has_passed() -> None:
    room = ContextWindow(lambda: 1_000)
    room.took(ask(5_000))
    assert room.left(ask(0)) == 1_000 - 100 - tokens.of_request(ask(0))
