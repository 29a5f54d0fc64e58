"""Numbers that no server means: never a bug, never kept as they are."""

from datetime import UTC, datetime

import pytest

from vidgist.bounds import responses
from vidgist.engines import _limits, _replies
from vidgist.models import Message, Request
from vidgist.sources import _error_map

_WEEK = 7 * 86_400.0
_REQUEST = Request(messages=(Message(role="user", content="words of a talk"),), max_output_tokens=100)
_NUMBERS = ("4611686018427387904", "1e400", "-1e400", "1e30", "NaN", "-5", "true", '"12"', "[]", "1" * 5000)


@pytest.mark.parametrize("number", _NUMBERS)
def test_absurd_usage_is_estimated(number: str) -> None:
    text = (
        '{"choices": [{"index": %s, "finish_reason": "stop", "message": {"content": "hi"}}], "created": %s, "usage": '
        '{"prompt_tokens": %s, "completion_tokens": %s, "prompt_tokens_details": {"cached_tokens": %s}}}'
    )
    body = responses.parsed(text % ((number,) * 5))
    usage = _replies.read(body, {}, _REQUEST).usage
    assert 0 < usage.input_tokens < 100
    assert 0 < usage.output_tokens < 100
    assert usage.cached_tokens == 0


@pytest.mark.parametrize(
    "told",
    [
        "1000000000",
        "999999999",
        "600000000",
        "1e400",
        "-5",
        "NaN",
        "inf",
        "Mon, 01 Jan 2027 00:00:00 +99999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "Mon, 99 Foo 2027 99:99:99 GMT",
        "Mon, 01 Jan 0001 00:00:00 +2359",
        "Mon, 01 Jan 99999999 00:00:00 GMT",
    ],
)
def test_an_absurd_wait_is_a_week_at_most(told: str) -> None:
    now = datetime(2026, 11, 30, tzinfo=UTC)
    for wait in (
        _limits.retry_after({"retry-after": told}, "", now),
        _limits.retry_after({"retry-after-ms": told}, "", now),
        _limits.retry_after({"x-ratelimit-reset": told}, "", now),
        _limits.retry_after({}, f"try again in {told} s", now),
        _error_map.seconds(told),
    ):
        assert wait is None or 0 <= wait <= _WEEK
