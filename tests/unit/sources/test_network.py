"""Counting of requests, and things that one thread uses at a time."""

import pytest

from vidgist.sources._network import Meter, Pool


def test_requests_are_counted_by_kind() -> None:
    meter = Meter()
    for url in (
        "https://www.youtube.com/watch?v=x",
        "https://www.youtube.com/youtubei/v1/player?key=1",
        "https://www.youtube.com/youtubei/v1/player",
        "https://www.youtube.com/api/timedtext?v=x",
        "https://www.youtube.com/playlist?list=x",
        "https://www.youtube.com/@x/videos",
        "https://www.youtube.com/youtubei/v1/browse",
        "https://consent.youtube.com/m",
    ):
        meter.count(url)
    assert meter.read() == {"watch": 1, "player": 2, "captions": 1, "list": 2, "browse": 1, "other": 1}


def test_a_pool_makes_no_more_than_are_used_at_once() -> None:
    made: list[object] = []

    def make() -> object:
        made.append(object())
        return made[-1]

    pool = Pool(make)
    with pool.one() as first, pool.one() as second:
        assert first is not second
    with pytest.raises(KeyError), pool.one():
        raise KeyError
    with pool.one() as third:
        assert third in made
    assert len(made) == 2
    assert sorted(map(id, pool.drain())) == sorted(map(id, made))
    assert pool.drain() == []
