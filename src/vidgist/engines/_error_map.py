"""What the error of an OpenAI-compatible server means for an item and for the run. Pure.

Words come before statuses: servers say 400 for a wrong key, for no credit and for an unknown model, 429 for a
limit that passes in a minute and for one that does not, and 200 for anything.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from vidgist.engines import _limits, _wordings
from vidgist.engines._faults import Fault
from vidgist.errors import (
    BadCredentials,
    BadReply,
    QuotaExhausted,
    Refused,
    RunError,
    TooLong,
    Transient,
    UsedUp,
    VidgistError,
)

LONGEST_PAUSE = 900.0
"""Seconds. For a longer wait the person runs again later."""

_SOON = 60.0
"""Seconds after which a limit of a day, refilled bit by bit, may have room again."""

_UNAUTHORIZED, _PAYMENT, _FORBIDDEN, _NOT_FOUND, _NOT_ALLOWED, _TIMEOUT = 401, 402, 403, 404, 405, 408
_PROXY_LOGIN = 407
_CONFLICT, _TOO_LARGE, _FAILED_DEPENDENCY, _TOO_EARLY, _TOO_MANY = 409, 413, 424, 425, 429
_CLOSED, _SERVER = 499, 500
_TIMEOUTS = {_TIMEOUT, 504, 524}
_BUSY = {498, 503, 529}
_TROUBLED = {_CONFLICT, _FAILED_DEPENDENCY, _TOO_EARLY, _CLOSED}
"""Statuses of a server's own trouble below 500; 424 is Text Generation Inference's."""

GATEWAYS = {502, 503, 521, 522, 523, 530}
"""Statuses that also stand for a server that has not started yet."""


def translate(fault: Fault, host: str, now: Callable[[], datetime] = datetime.now) -> VidgistError:
    """Return the error to raise; its message names the host. ``now`` gives local time."""
    said = f"{host}: {fault.message}"
    if (
        fault.status == _TOO_MANY
        or _is_crowded(fault)
        or (_wordings.QUOTA.search(fault.words) and not _wordings.EMPTY.search(fault.words))
    ):
        return _too_many(fault, said, now)
    for fits, make in _MEANINGS:
        if fits(fault):
            return make(fault, said)
    return BadReply(said, code="bad_request", hint="see whether the server supports chat completions")


def _too_many(fault: Fault, said: str, now: Callable[[], datetime]) -> VidgistError:
    """Return a limit: of an account or a day, which ends the run, or one that passes."""
    if _is_unfit(fault):
        return TooLong(said)
    wait = _limits.retry_after(fault.headers, fault.words)
    if _wordings.EMPTY.search(fault.words):
        return _empty(fault, said)
    if _limits.is_lasting(fault.words):
        pause = None if _wordings.QUOTA.search(fault.words) else wait
        if pause is None and _limits.is_hourly(fault.words):
            pause = _HOUR
        return _passing(said, pause) if pause and pause <= _SOON else _used_up(said, pause, now)
    if wait is not None and wait > LONGEST_PAUSE:
        return _used_up(said, wait, now)
    if _wordings.QUOTA.search(fault.words) and wait is None and not _limits.is_passing(fault.words):
        return QuotaExhausted(said)
    return _passing(said, wait)


def _empty(fault: Fault, said: str) -> VidgistError:
    wait = _limits.retry_after(fault.headers, fault.words)
    return QuotaExhausted(said, hint=when(wait, datetime.now) if wait and wait > LONGEST_PAUSE else "")


def _passing(said: str, wait: float | None) -> Transient:
    return Transient(said, code="rate_limit", retry_after=wait)


def _used_up(said: str, wait: float | None, now: Callable[[], datetime]) -> RunError:
    """Return a limit that is there again in hours, with the hour where it is known."""
    return UsedUp(said, hint=when(wait, now), retry_after=wait)


def when(wait: float | None, now: Callable[[], datetime]) -> str:
    """Return what to do about a limit that is there again after so many seconds."""
    if wait is None:
        return "the limit is one of a day: run the same command again tomorrow, or choose another model"
    moment = now() + timedelta(seconds=wait)
    form = "%H:%M" if wait < _DAY else "%Y-%m-%d %H:%M"
    span = f"{wait / _HOUR:.1f} hours" if wait >= _HOUR else f"{wait / _MINUTE:.0f} minutes"
    return f"run the same command again after {moment:{form}}, in {span}"


_MINUTE, _HOUR, _DAY = 60.0, 3_600.0, 86_400.0


def _says(words: _wordings.Words, *statuses: int) -> Callable[[Fault], bool]:
    """Return whether the words are these, with one of the statuses or, where none is named, with any."""

    def fits(fault: Fault) -> bool:
        return (not statuses or fault.status in statuses) and words.search(fault.words) is not None

    return fits


def _is(*statuses: int) -> Callable[[Fault], bool]:
    return lambda fault: fault.status in statuses


def _transient(code: str) -> Callable[[Fault, str], VidgistError]:
    def make(fault: Fault, said: str) -> VidgistError:
        return Transient(said, code=code, retry_after=_limits.retry_after(fault.headers, fault.message))

    return make


def _stop(code: str, hint: str) -> Callable[[Fault, str], VidgistError]:
    return lambda _, said: RunError(said, code=code, hint=hint)


def _no_endpoint(fault: Fault, said: str) -> VidgistError:
    hint = "check --base-url: it usually ends in /v1"
    if fault.is_page and _wordings.BETWEEN.search(fault.words):
        hint = (
            "a proxy, a firewall or a login answers in its place: check HTTPS_PROXY, NO_PROXY and --base-url"
        )
    if _wordings.TLS_WANTED.search(fault.words):
        hint = "check --base-url: this server wants https://"
    return RunError(said, code="no_endpoint", hint=hint)


def _is_unfit(fault: Fault) -> bool:
    """Return whether it is too long for the window, or alone more than a minute's allowance of tokens."""
    if fault.status == _TOO_MANY:
        return _wordings.TOO_LARGE_AT_ONCE.search(fault.words) is not None
    return fault.status == _TOO_LARGE or _wordings.TOO_LONG.search(fault.words) is not None


def _is_crowded(fault: Fault) -> bool:
    return not _is_unfit(fault) and _wordings.CROWDED.search(fault.words) is not None


def _is_loading(fault: Fault) -> bool:
    return fault.status not in (_NOT_FOUND, _FORBIDDEN) and _wordings.LOADING.search(fault.words) is not None


def _is_refused_page(fault: Fault) -> bool:
    return fault.is_page and fault.status == _FORBIDDEN


_no_model = _stop("no_model", "check --model; vidgist doctor asks the server for its models")

_MEANINGS: list[tuple[Callable[[Fault], bool], Callable[[Fault, str], VidgistError]]] = [
    (
        _says(_wordings.REGION),
        _stop("region", "choose another provider, or --proxy; then run the same command again"),
    ),
    (_says(_wordings.EMPTY), _empty),
    (_is(_PAYMENT), _empty),
    (_says(_wordings.NO_MODEL, _UNAUTHORIZED, _FORBIDDEN), _no_model),
    (
        _is(_PROXY_LOGIN),
        _stop("proxy", "the proxy wants a login: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT, or NO_PROXY"),
    ),
    (_is(_UNAUTHORIZED), lambda _, said: BadCredentials(said)),
    (
        _says(_wordings.MEMORY),
        _stop(
            "out_of_memory", "choose a smaller model or a smaller --window; then run the same command again"
        ),
    ),
    (_is_unfit, lambda _, said: TooLong(said)),
    (_is_loading, _transient("loading")),
    (_says(_wordings.KEY), lambda _, said: BadCredentials(said)),
    (_says(_wordings.OVERLOADED), _transient("overloaded")),
    (_says(_wordings.MALFORMED), _transient("bad_response")),
    (_says(_wordings.FILTERED, 400, 403, 422, 200, 502), lambda _, said: Refused(said)),
    (_says(_wordings.NO_MODEL), _no_model),
    (_says(_wordings.NO_ENDPOINT), _no_endpoint),
    (_says(_wordings.CRASHED), _transient("server_error")),
    (lambda fault: fault.is_starting, _transient("loading")),
    (_is(*_TIMEOUTS), _transient("timeout")),
    (_is(*_BUSY), _transient("overloaded")),
    (
        lambda fault: fault.status >= _SERVER or fault.status in _TROUBLED,
        _transient("server_error"),
    ),
    (_is_refused_page, _no_endpoint),
    (_is(_FORBIDDEN), lambda _, said: BadCredentials(said)),
    (_is(_NOT_FOUND, _NOT_ALLOWED), _no_endpoint),
]
"""First that fits."""
