"""Phrases, statuses and broken connections as errors."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from vidgist.errors import BadCredentials, Blocked, RunError, Transient, Unreachable
from vidgist.models import Video
from vidgist.sources import _error_map

PHRASES = {
    "Sign in to confirm you’re not a bot. This helps protect our community.": "bot_check",
    "Sign in to confirm you're not a bot": "bot_check",
    "Video unavailable. YouTube is requiring a captcha challenge before playback": "captcha",
    "Video unavailable. This content isn't available, try again later.": "rate_limited",
    "Unable to download API page: HTTP Error 429: Too Many Requests": "rate_limited",
    "All player responses are invalid. Your IP is likely being blocked by Youtube": "blocked",
    "Join this channel to get access to members-only content like this video": "members_only",
    "This video is available to this channel's members on level: Baker": "members_only",
    "Private video. Sign in if you've been granted access to this video": "private",
    "This playlist is private.": "private",
    "Sign in to confirm your age. This video may be inappropriate for some users.": "age_restricted",
    "This video may be inappropriate for some users.": "age_restricted",
    "The uploader has not made this video available in your country": "geo_restricted",
    "Video unavailable. This video contains content from X, who has blocked it in your country": "geo_restricted",
    "Premieres in 2 hours": "upcoming",
    "This live event will begin in 3 days.": "upcoming",
    "Video unavailable. This video has been removed by the uploader": "deleted",
    "This video has been removed for violating YouTube's Terms of Service": "deleted",
    "This video is no longer available because the account has been terminated.": "deleted",
    "This video is no longer available due to a copyright claim by X": "deleted",
    "This video requires payment to watch.": "paid",
    "Video unavailable": "unavailable",
    "This video is unavailable": "unavailable",
    "This video isn't available anymore": "unavailable",
    "The playlist does not exist.": "unavailable",
    "Please sign in": "sign_in",
    "This video is only available for registered users": "sign_in",
    "This video is no longer available because the uploader has closed their YouTube account.": "deleted",
    "This video is no longer available due to a privacy claim by a third party": "deleted",
    "The following content is not available on this app. Watch on the latest version of YouTube.": "unplayable",
    "Requested format is not available": "unplayable",
    "Video unavailable. This video is not available": "unplayable",
    "This live stream recording is not available.": "stream_ended",
}


@pytest.mark.parametrize("phrase", PHRASES)
def test_what_a_phrase_means(phrase: str) -> None:
    video = Video(title="x")
    error = _error_map.of_text((phrase,), video)
    assert error is not None
    assert error.code == PHRASES[phrase]
    assert getattr(error, "video", None) is video


def test_the_first_telling_phrase_counts() -> None:
    error = _error_map.of_text(("nothing known", "Private video", "not a bot"))
    assert error is not None
    assert error.code == "private"
    assert _error_map.of_text(("No supported JavaScript runtime could be found", "")) is None


@pytest.mark.parametrize("status", [200, 301, 400, 403, 404, 410])
def test_statuses_that_say_nothing_for_certain(status: int) -> None:
    assert _error_map.of_status(status) is None


def test_statuses_that_do() -> None:
    blocked, trouble = _error_map.of_status(429, "12"), _error_map.of_status(503, "3")
    assert isinstance(blocked, Blocked)
    assert (blocked.code, blocked.retry_after) == ("rate_limited", 12.0)
    assert isinstance(trouble, Transient)
    assert (trouble.code, trouble.retry_after) == ("server_error", 3.0)


@pytest.mark.parametrize(
    ("header", "seconds"), [(None, None), ("", None), ("5", 5.0), ("0.5", 0.5), ("-4", 0.0), ("soon", None)]
)
def test_retry_after_as_a_number(header: str | None, seconds: float | None) -> None:
    assert _error_map.seconds(header) == seconds


def test_retry_after_as_a_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=9_000), usegmt=True)
    wait = _error_map.seconds(later)
    assert wait is not None
    assert 8_000 < wait <= 9_000
    assert _error_map.seconds("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0


@pytest.mark.parametrize("header", ["nan", "inf", "1e999"])
def test_retry_after_that_is_no_wait(header: str) -> None:
    assert _error_map.seconds(header) is None


@pytest.mark.parametrize(
    ("text", "kind", "code", "says"),
    [
        (
            "Tunnel connection failed: 407 Proxy Authentication Required",
            BadCredentials,
            "proxy_auth",
            "password",
        ),
        ("Tunnel connection failed: 502 Bad Gateway", Unreachable, "unreachable", "proxy"),
        (
            "Unable to connect to proxy, Failed to establish a new connection",
            Unreachable,
            "unreachable",
            "proxy",
        ),
        (
            "HTTPSConnection(port=407): Failed to resolve 'www.youtube.com'",
            Unreachable,
            "unreachable",
            "reached",
        ),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed", RunError, "untrusted", "not trusted"),
        ("The read operation timed out", Transient, "network", "in time"),
        ("Remote end closed connection without response", Transient, "network", "broke off"),
    ],
)
def test_what_a_broken_connection_means(text: str, kind: type[Exception], code: str, says: str) -> None:
    error = _error_map.of_connection(OSError(text))
    assert type(error) is kind
    assert error.code == code
    assert says in str(error)
