"""Waiting as servers tell it: headers, dates, spans, words."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidgist.engines import _limits
from vidgist.models import RateLimit

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "message", "seconds"),
    [
        ({"retry-after": "20"}, "", 20),
        ({"retry-after": "1.5"}, "", 1.5),
        ({"retry-after": "0"}, "", 0),
        ({"retry-after-ms": "250", "retry-after": "9"}, "", 0.25),
        ({"retry-after": "Tue, 24 Nov 2026 12:01:00 GMT"}, "", 60),
        ({"retry-after": "Tue, 24 Nov 2026 12:01:00 -0000"}, "", 60),
        ({"retry-after": "Tue, 24 Nov 2026 11:00:00 GMT"}, "", 0),
        ({"retry-after": "soon"}, "", None),
        ({"retry-after": "-5"}, "", None),
        ({"retry-after": "nan"}, "", None),
        ({}, "Please try again in 1m30.5s. Contact us.", 90.5),
        ({}, "Rate limit reached. Please retry after 20 seconds.", 20),
        ({}, "try again in 350ms", 0.35),
        ({}, "Try again in 2 minutes 5 seconds", 125),
        ({}, "Retry after 5 apples", None),
        ({"retry-after": "2026-11-24T12:00:30Z"}, "", 30),
        ({}, "Try again in 1 minute and 5 seconds", 65),
        ({}, '"retryDelay": "37s"', 37),
        ({}, "retry_after: 4", 4),
        ({}, "retry_after_seconds 9", 9),
        ({}, "Retry-After: 12", 12),
        ({}, "\u8bf7\u5728 5 \u79d2\u540e\u91cd\u8bd5", 5),
        ({"x-retry-after": "11"}, "", 11),
        ({"ratelimit-reset": "33"}, "", 33),
        ({"x-ratelimit-reset-after": "8"}, "", 8),
        ({"ratelimit": "limit=10, remaining=0, reset=12"}, "", 12),
        ({"ratelimit": '"default";r=0;t=25'}, "", 25),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "20s"}, "", 20),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s"}, "", 360),
        ({"x-ratelimit-remaining-tokens": "9", "x-ratelimit-reset-tokens": "6m0s"}, "", None),
        (
            {
                "anthropic-ratelimit-input-tokens-remaining": "0",
                "anthropic-ratelimit-input-tokens-reset": "2026-11-24T12:00:42Z",
            },
            "",
            42,
        ),
        ({}, "Please try again later", None),
        ({}, "", None),
    ],
)
def test_the_wish_to_wait(headers: dict[str, str], message: str, seconds: float | None) -> None:
    found = _limits.retry_after(headers, message, NOW)
    assert found == (None if seconds is None else pytest.approx(seconds))


def test_a_date_is_measured_from_now() -> None:
    assert _limits.retry_after({"retry-after": "Mon, 01 Jan 2001 00:00:00 GMT"}, "") == 0


@pytest.mark.parametrize(
    ("span", "seconds"),
    [
        ("6m0s", 360),
        ("1h2m3s", 3_723),
        ("7.66s", 7.66),
        ("120ms", 0.12),
        ("2", 2),
        ("1d", 86_400),
        ("", None),
    ],
)
def test_spans(span: str, seconds: float | None) -> None:
    found = _limits.seconds(span)
    assert found == (None if seconds is None else pytest.approx(seconds))


def test_nothing_said_is_no_limit() -> None:
    assert _limits.rate_limit({"content-type": "text/html"}) is None


def test_the_reset_is_that_of_what_is_scarcer() -> None:
    headers = {
        "x-ratelimit-limit-requests": "500",
        "x-ratelimit-remaining-requests": "499",
        "x-ratelimit-reset-requests": "120ms",
        "x-ratelimit-limit-tokens": "30000",
        "x-ratelimit-remaining-tokens": "1000",
        "x-ratelimit-reset-tokens": "58s",
    }
    assert _limits.rate_limit(headers) == RateLimit(
        requests=500, remaining_requests=499, tokens=30_000, remaining_tokens=1_000, reset_seconds=58
    )
    assert _limits.rate_limit({"x-ratelimit-remaining-requests": "3"}) == RateLimit(remaining_requests=3)


@given(st.dictionaries(st.sampled_from(["retry-after", "retry-after-ms"]), st.text()), st.text())
def test_any_header_is_borne(headers: dict[str, str], message: str) -> None:
    found = _limits.retry_after(headers, message, NOW)
    assert found is None or found >= 0
