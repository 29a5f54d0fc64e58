"""What YouTube's answers mean: its phrases and HTTP statuses as vidgist's errors. Pure.

Neither library has a type for most of these, and the site no stable code: what is left are its English
phrases (both libraries ask for English), listed in the order in which they are looked for.
"""

import math
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from email.utils import parsedate_to_datetime

from vidgist.errors import (
    BadCredentials,
    Blocked,
    ItemError,
    NotYet,
    RunError,
    Transient,
    Unavailable,
    Unreachable,
    Withheld,
)
from vidgist.models import Video

Wrong = ItemError | RunError

YOUTUBE = "YouTube"
TOO_MANY_REQUESTS = 429
FORBIDDEN = 403
SERVER_ERRORS = 500
_LONGEST_WAIT = 7 * 86_400.0
"""Seconds; who says more means never."""


class OddAnswer(ItemError):
    """The site answered something that cannot be understood; a later version or day may do better."""

    code = "odd_answer"
    retry = "later"
    hint = "update yt-dlp and youtube-transcript-api, then run again"


def blocked(code: str, message: str) -> Callable[[Video | None], Blocked]:
    return lambda video: Blocked(message, code=code, video=video)


def gone(code: str, message: str, hint: str = "") -> Callable[[Video | None], Unavailable]:
    return lambda video: Unavailable(message, code=code, hint=hint, video=video)


def withheld(code: str, message: str, hint: str = "") -> Callable[[Video | None], Withheld]:
    return lambda video: Withheld(message, code=code, hint=hint, video=video)


def odd(message: str) -> Callable[[Video | None], OddAnswer]:
    return lambda video: OddAnswer(message, video=video)


def not_yet(code: str, message: str) -> Callable[[Video | None], NotYet]:
    return lambda video: NotYet(message, code=code, video=video)


COOKIES = "give the cookies of an account that may see it with --cookies-from-browser NAME or --cookies FILE"

bot_check = blocked("bot_check", "YouTube takes this address for a bot")
captcha = blocked("captcha", "YouTube wants a captcha solved before it answers this address")
rate_limited = blocked("rate_limited", "YouTube says: too many requests from this address")
unavailable = gone("unavailable", "YouTube has nothing there (any more)")
upcoming = not_yet("upcoming", "announced, not published yet")
live = not_yet("live", "it is live now; its captions come after it has ended")
age_restricted = withheld("age_restricted", "YouTube wants proof of age for it", COOKIES)

_PHRASES: tuple[tuple[tuple[str, ...], Callable[[Video | None], Wrong]], ...] = (
    (("not a bot",), bot_check),
    (("captcha", "g-recaptcha"), captcha),
    (("error occurred", "something went wrong"), odd("YouTube reports an error of its own")),
    (("try again later", "rate-limited by youtube", "http error 429", "too many requests"), rate_limited),
    (("needs to be reloaded",), odd("YouTube wants its page reloaded")),
    (
        ("likely being blocked",),
        blocked("blocked", "YouTube answers with other videos: it blocks this address"),
    ),
    (
        ("members-only", "members only", "join this channel", "channel's members"),
        withheld("members_only", "for members of its channel only", COOKIES),
    ),
    (("private video", "is private"), withheld("private", "it is private", COOKIES)),
    (
        ("confirm your age", "age-restricted", "age verification", "inappropriate for some users"),
        age_restricted,
    ),
    (
        ("available in your country", "in your country", "from your location", "in your region"),
        withheld(
            "geo_restricted",
            "not available in this country",
            "use a --proxy in a country where it can be seen",
        ),
    ),
    (
        ("premieres in", "premiere will", "will begin in", "will begin shortly", "scheduled for"),
        upcoming,
    ),
    (
        ("processing this video", "check back later", "still being processed"),
        not_yet("processing", "YouTube is still working on it"),
    ),
    (
        ("stream recording is not available", "live event has ended", "stream has ended"),
        not_yet("stream_ended", "the stream has ended; its recording is not there yet"),
    ),
    (
        (
            "removed by the uploader",
            "has been removed",
            "been terminated",
            "copyright claim",
            "trademark claim",
            "privacy claim",
            "account closed",
            "closed their",
            "on copyright grounds",
            "violating youtube's",
        ),
        gone("deleted", "it was removed from YouTube"),
    ),
    (
        ("requires payment", "to watch this video, you must", "rent or buy", "music premium"),
        withheld("paid", "it has to be paid for", COOKIES),
    ),
    (
        ("not available", "this content isn't available", "watch on the latest version"),
        withheld("unplayable", "YouTube does not show it now"),
    ),
    (
        (
            "video unavailable",
            "is unavailable",
            "isn't available",
            "no longer available",
            "does not exist",
            "does the playlist exist",
        ),
        unavailable,
    ),
    (
        ("sign in", "login required", "registered users"),
        withheld("sign_in", "YouTube shows it to signed-in viewers only", COOKIES),
    ),
)


def of_text(texts: Iterable[str], video: Video | None = None) -> Wrong | None:
    """Return the error that the first telling phrase stands for, or None."""
    for text in texts:
        plain = text.casefold().replace("’", "'")
        for phrases, make in _PHRASES:
            if any(phrase in plain for phrase in phrases):
                return make(video)
    return None


def of_status(status: int, retry_after: str | None = None, site: str = YOUTUBE) -> Wrong | None:
    """Return the error that an HTTP status means for every request, or None."""
    wait = seconds(retry_after)
    if status == TOO_MANY_REQUESTS:
        message = f"{site} says: too many requests from this address"
        return Blocked(message, code="rate_limited", retry_after=wait)
    if status >= SERVER_ERRORS:
        return Transient(f"{site} has trouble (HTTP {status})", code="server_error", retry_after=wait)
    return None


def of_connection(error: Exception, site: str = YOUTUBE) -> Wrong:
    """Return the error that a failed connection stands for."""
    text = str(error).casefold()
    if "tunnel connection failed: 407" in text or "authentication failed" in text:
        return BadCredentials(
            "the proxy wants a user name and password",
            code="proxy_auth",
            hint="write them into the proxy's address: http://user:password@host:port",
        )
    if "certificate_verify_failed" in text:
        return RunError(
            f"the certificate that {site} shows is not trusted here",
            code="untrusted",
            hint="behind a company's proxy, set SSL_CERT_FILE to the file with its certificate authority",
        )
    unreached = "failed to establish" in text or "failed to resolve" in text
    by_proxy = "tunnel connection failed" in text or "socks" in text
    if by_proxy or ("proxy" in text and unreached):
        return Unreachable(f"the proxy does not connect to {site}", hint="check --proxy and HTTPS_PROXY")
    if unreached:
        return Unreachable(f"{site} cannot be reached")
    if "timed out" in text:
        return Transient(f"{site} did not answer in time")
    return Transient(f"the connection to {site} broke off")


def seconds(retry_after: str | None) -> float | None:
    """Return a ``Retry-After`` header in seconds from now: a number or an HTTP date (RFC 9110, 10.2.3)."""
    if not retry_after:
        return None
    with suppress(ValueError):
        wait = float(retry_after)
        return min(max(0.0, wait), _LONGEST_WAIT) if math.isfinite(wait) else None
    with suppress(ValueError, OverflowError, TypeError, OSError):
        wait = parsedate_to_datetime(retry_after).timestamp() - time.time()
        return min(max(0.0, wait), _LONGEST_WAIT)
    return None


def is_captcha(body: bytes) -> bool:
    """Return whether a page asks for a captcha; in a title or description the quotes would be escaped."""
    return b'class="g-recaptcha"' in body
