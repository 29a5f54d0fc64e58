"""Reads what a server says about waiting: Retry-After, x-ratelimit headers, and words in its message. Pure.

Formats: RFC 9110 section 10.2.3 for Retry-After (seconds or a date); ``x-ratelimit-reset-*`` are spans such
as ``1s``, ``6m0s`` or ``120ms`` at OpenAI and those that follow it, plain seconds elsewhere, and moments in
seconds or milliseconds since 1970 at OpenRouter. A limit of a minute passes by itself; one of a day, of a
month or of an account does not.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from vidgist.models import RateLimit

_SPAN = re.compile(r"(\d+(?:\.\d+)?)(ms|[dhms])")
_WORDS = re.compile(
    r"(?:(?:try again|retry|retrying|resets?|available again)[ _-](?:in|after)|retrydelay"
    r"|wait(?: for)?(?: at least)?)"
    r"[\s:\"']{1,4}((?:\d+(?:\.\d+)?\s*[a-z]+\s*(?:and\s+)?)+)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"retry[ _-]?after(?:[ _-]seconds)?[\"']?[\s:=]{1,3}[\"']?(\d+(?:\.\d+)?)(?![\d.]|\s*[a-z])"
    r"|(\d+)\s*\u79d2\u540e",
    re.IGNORECASE,
)
"""A number of seconds without its unit, and with it in Chinese."""

_RESETS = ("x-retry-after", "x-ratelimit-reset-after", "ratelimit-reset", "x-ratelimit-reset")
_ITEM = re.compile(r"(?:\breset=|;\s*t=)(\d+)")
"""Of the one header ``RateLimit``, in two drafts of its standard."""

_KINDS = ("requests", "tokens", "input-tokens", "output-tokens")
_WORDED = re.compile(r"(\d+(?:\.\d+)?)\s*(milli|ms|[dhms])")
_MOMENT = re.compile(
    r"\b(20\d\d-\d\d-\d\d)(?:T|,? at |,? )(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s*(Z|UTC|GMT|[+-]\d\d:\d\d)?"
)
_SECONDS = {"ms": 0.001, "milli": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_LONGEST = 7 * 86_400.0
"""More than a week is no span: some servers put a moment in these headers."""

_EPOCH, _EPOCH_MS = 1e9, 1e12
"""Numbers from which on they are seconds and milliseconds since 1970."""

_LASTING = re.compile(
    r"per[ _-]?(?:day|month|week)|a day\b|(?:by|_)(?:day|month)\b|/ ?(?:day|month)|\bdaily|monthly|weekly"
    r"|hourly|session (?:usage )?limit|\b[rt]pd\b|per 86,?400 ?s|per 24 ?h|limit:? 0\b(?!\.)",
    re.IGNORECASE,
)
_HOURLY = re.compile(r"hourly", re.IGNORECASE)
_PASSING = re.compile(
    r"per[ _-]?(?:min|minute|second|sec|hour)|\b[rt]p[ms]\b|/ ?(?:min|minute|second|sec)\b|concurren"
    r"|throttl(?!ing_error)",
    re.IGNORECASE,
)


def is_lasting(words: str) -> bool:
    """Return whether a limit is said to be one of a day or longer, so that waiting
    for it is no use in a run.
    """
    return _LASTING.search(words) is not None


def is_hourly(words: str) -> bool:
    """Return whether a limit is said to be one of an hour."""
    return _HOURLY.search(words) is not None


def is_passing(words: str) -> bool:
    """Return whether a limit is said to be one of a minute, or a server says when to try again."""
    return _PASSING.search(words) is not None or _WORDS.search(words) is not None


def retry_after(headers: Mapping[str, str], message: str, now: datetime | None = None) -> float | None:
    """Return seconds to wait, a week at most; None where nothing is said. ``now`` matters only for a date."""
    wait = _named(headers, message, now or datetime.now(UTC))
    return None if wait is None else min(wait, _LONGEST)


def _named(headers: Mapping[str, str], message: str, now: datetime) -> float | None:
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return milliseconds / 1_000
    header = headers.get("retry-after", "")
    if header:
        waiting = seconds(header)
        moment = _MOMENT.search(header)
        if waiting is None and moment:
            return _until_moment(moment, now)
        return waiting if waiting is not None else _until(header, now)
    match = _WORDS.search(message)
    parts = _WORDED.findall(match[1].lower()) if match else []
    if parts:
        return _total(parts)
    moment = _MOMENT.search(message)
    if moment:
        return _until_moment(moment, now)
    bare = _BARE.search(message)
    return float(bare[1] or bare[2]) if bare else _until_reset(headers, now)


def _until_reset(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return seconds until an allowance is there again: of the kind that is used up, where kinds are named
    apart.
    """
    used_up = [
        found
        for maker in ("x-ratelimit-{0}-{1}", "anthropic-ratelimit-{1}-{0}")
        for kind in _KINDS
        if headers.get(maker.format("remaining", kind)) == "0"
        and (found := reset(headers.get(maker.format("reset", kind), ""), now)) is not None
    ]
    if used_up:
        return max(used_up)
    plain = (reset(headers.get(name, ""), now) for name in _RESETS)
    item = _ITEM.search(headers.get("ratelimit", ""))
    return next((found for found in plain if found is not None), float(item[1]) if item else None)


def reset(text: str, now: datetime) -> float | None:
    """Return seconds until a moment, a date or in (milli)seconds since 1970, or of
    a span; None for neither.
    """
    if re.fullmatch(r"\d{10,13}(?:\.\d+)?", text.strip()):
        value = float(text)
        value = value / 1_000 if value >= _EPOCH_MS else value
        return max(0.0, value - now.timestamp()) if value >= _EPOCH else None
    moment = _MOMENT.match(text.strip())
    return _until_moment(moment, now) if moment else seconds(text)


def rate_limit(headers: Mapping[str, str]) -> RateLimit | None:
    """Return what is left of the allowance, None where nothing is said."""
    found = {
        "requests": _whole(headers.get("x-ratelimit-limit-requests", "")),
        "remaining_requests": _whole(headers.get("x-ratelimit-remaining-requests", "")),
        "tokens": _whole(headers.get("x-ratelimit-limit-tokens", "")),
        "remaining_tokens": _whole(headers.get("x-ratelimit-remaining-tokens", "")),
    }
    if all(value is None for value in found.values()):
        return None
    resets = {kind: seconds(headers.get(f"x-ratelimit-reset-{kind}", "")) for kind in ("requests", "tokens")}
    scarce = min(resets, key=lambda kind: _share(found[f"remaining_{kind}"], found[kind]))
    return RateLimit(**found, reset_seconds=resets[scarce])


def seconds(span: str) -> float | None:
    """Return seconds of ``1.5``, ``6m0s`` or ``120ms``; None for what is no span."""
    span = span.strip()
    plain = _number(span)
    if plain is not None:
        return plain
    parts = _SPAN.findall(span)
    if not parts or "".join(number + unit for number, unit in parts) != span:
        return None
    return _total(parts)


def _total(parts: list[tuple[str, str]]) -> float:
    return sum(float(number) * _SECONDS[unit] for number, unit in parts)


def _until(text: str, now: datetime) -> float | None:
    try:
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - now).total_seconds())
    except (ValueError, OverflowError, TypeError):  # a date that no calendar has
        return None


def _until_moment(match: re.Match[str], now: datetime) -> float | None:
    zone = match[3] if match[3] and match[3][0] in "+-" else "+00:00"
    try:
        return max(0.0, (datetime.fromisoformat(f"{match[1]}T{match[2]}{zone}") - now).total_seconds())
    except (ValueError, OverflowError):
        return None


def _number(text: str) -> float | None:
    if not re.fullmatch(r"\d{1,9}(?:\.\d+)?", text.strip()):
        return None
    value = float(text)
    return value if value <= _LONGEST * 1_000 else None


def _whole(text: str) -> int | None:
    value = _number(text)
    return None if value is None else int(value)


def _share(left: int | None, whole: int | None) -> float:
    return 1.0 if left is None or not whole else left / whole
