"""Answers bounded in size and in time."""

import gzip
import itertools
import zlib

import pytest

from vidgist.errors import Transient, Unreadable
from vidgist.sources import _bodies


def test_a_whole_answer_is_held() -> None:
    pieces = iter([b"a", b"b", b""])
    assert _bodies.held(lambda _: next(pieces), "a site") == b"ab"


def test_an_answer_that_trickles_is_given_up() -> None:
    seconds = itertools.count(0.0, 2.0)
    with pytest.raises(Transient, match="a site did not finish") as caught:
        _bodies.held(lambda _: b" ", "a site", clock=lambda: next(seconds))
    assert caught.value.code == "timeout"


def test_a_large_answer_has_more_time() -> None:
    seconds = itertools.count(0.0, 5.0)
    pieces = iter([b"x" * _bodies.PIECE] * 40)
    body = _bodies.held(lambda _: next(pieces, b""), "a site", clock=lambda: next(seconds))
    assert len(body) == 40 * _bodies.PIECE


def test_an_answer_that_is_too_large_is_given_up() -> None:
    with pytest.raises(Unreadable, match="more than 1 MB"):
        _bodies.held(lambda most: b"x" * most, "a site", most=1_000_000)


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(b"words", mtime=0), "gzip"),
        (zlib.compress(b"words"), "Deflate"),
        (zlib.compress(b"words", wbits=-15), "deflate"),
        (b"words", ""),
        (b"words", "br"),
    ],
)
def test_a_body_is_unpacked(packed: bytes, encoding: str) -> None:
    assert _bodies.plain(packed, encoding, "a site") == b"words"


def test_a_body_that_swells_or_is_damaged_is_given_up() -> None:
    with pytest.raises(Unreadable):
        _bodies.plain(gzip.compress(bytes(2_000_000)), "gzip", "a site", most=1_000_000)
    with pytest.raises(Transient):
        _bodies.plain(b"no gzip", "gzip", "a site")


def test_the_beginning_is_enough_of_a_recording() -> None:
    assert _bodies.head(lambda most: b"x" * min(most, 10), 25) == b"x" * 25
