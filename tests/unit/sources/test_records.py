"""Which video a record is about."""

import pytest

from vidgist.sources import _about, _records


@pytest.mark.parametrize(
    ("url", "video_id"),
    [
        ("https://youtube.com/watch?v=WDsAhkFsKfE&si=x", "WDsAhkFsKfE"),
        ("https://www.youtube.com/watch?list=PL1&v=WDsAhkFsKfE", "WDsAhkFsKfE"),
        ("https://m.youtube.com/shorts/WDsAhkFsKfE", "WDsAhkFsKfE"),
        ("https://www.youtube-nocookie.com/embed/WDsAhkFsKfE?start=3", "WDsAhkFsKfE"),
        ("https://youtu.be/WDsAhkFsKfE?t=3", "WDsAhkFsKfE"),
        ("https://youtu.be/", ""),
        ("https://youtube.com/watch", ""),
        ("https://youtube.com/playlist?v=WDsAhkFsKfE", ""),
        ("https://example.com/watch?v=WDsAhkFsKfE", ""),
        ("https://[", ""),
        ("unknown", ""),
    ],
)
def test_the_address_of_a_video_holds_its_id(url: str, video_id: str) -> None:
    assert _records.video_id(url) == video_id


@pytest.mark.parametrize("head", ["", "Timestamp: now\n", "Timestamp: a\nTitle: b\nURL: c\n\nDescription:\n"])
def test_text_that_begins_like_a_record_is_none(head: str) -> None:
    assert _records.peek(head) is None


@pytest.mark.parametrize("value", [None, "", "3 days", "2026-13-01", "99999999", [], True])
def test_a_day_is_a_day_or_nothing(value: object) -> None:
    assert _about.day(value) is None
