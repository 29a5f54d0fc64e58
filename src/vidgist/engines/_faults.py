"""Tells from an HTTP error of an OpenAI-compatible server what it means for an item and for the run. Pure.

Wordings are those of OpenAI, Azure, OpenRouter, Groq, DeepSeek, vLLM, llama.cpp, Ollama and LiteLLM, as their
trackers and documentation show them.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from vidgist.engines import _limits
from vidgist.errors import (
    BadCredentials,
    BadReply,
    QuotaExhausted,
    Refused,
    RunError,
    TooLong,
    Transient,
    VidgistError,
)

_SHOWN = 200
_SEARCHED = 2_000
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")

_QUOTA = re.compile(
    r"insufficient[_ ](?:quota|balance|credits|funds)|exceeded your current quota|out of credits"
    r"|billing[_ ](?:hard|not|limit)|requires more credits|account_deactivated",
    re.IGNORECASE,
)
_TOO_LONG = re.compile(
    r"context[_ ](?:length|window|size)|maximum (?:context|model|input) length|exceed_context_size"
    r"|too many (?:input )?tokens|(?:prompt|input|request) is too long|longer than the (?:maximum|model)"
    r"|input[_ ]length.*exceed|tokens exceed|exceeds? .*n_ctx|max_model_len|string_above_max_length"
    r"|reduce the length of (?:the|your|either)|request too large",
    re.IGNORECASE,
)
_TOO_LARGE_AT_ONCE = re.compile(r"request too large|reduce the length of", re.IGNORECASE)
_NO_MODEL = re.compile(
    r"model_not_found|not a valid model|unknown model|model.{0,200}(?:does not exist|not found|not exist|"
    r"no longer|deprecated|not available|not supported)|no such model|try pulling it",
    re.IGNORECASE | re.DOTALL,
)
_FILTERED = re.compile(r"content[_ ](?:filter|policy)|moderation|flagged|safety system", re.IGNORECASE)
_WINDOW = re.compile(
    r"(?:context (?:length|window|size)(?: is| of)?(?: only)?|maximum of|n_ctx|limit of)\W{0,3}"
    r"(\d[\d,]{2,8})",
    re.IGNORECASE,
)

_UNAUTHORIZED, _PAYMENT, _FORBIDDEN, _NOT_FOUND, _TIMEOUT = 401, 402, 403, 404, 408
_CONFLICT, _TOO_LARGE, _TOO_EARLY, _TOO_MANY, _SERVER = 409, 413, 425, 429, 500
_LEAST_STATUS, _MOST_STATUS, _BAD_GATEWAY = 400, 599, 502
_TIMEOUTS = {_TIMEOUT, 504, 524}
_OVERLOADED = {503, 529}


@dataclass(frozen=True)
class Fault:
    """An error as a server told it. ``message`` is one printable line of at most 200 characters.

    ``words`` is what may be searched: code, parameter and message, and nothing that echoes the request.
    """

    status: int
    message: str
    words: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def read(status: int, headers: Mapping[str, str], body: str) -> Fault:
    """The fault of an error answer; any body will do."""
    try:
        said, words = _told(json.loads(body))
    except (ValueError, RecursionError):
        said, words = _told(_first_words(body))
    return Fault(status, one_line(said) or f"HTTP {status}", words, headers)


def _told(found: object) -> tuple[str, str]:
    """What an error says, and what of it may be searched."""
    error = found.get("error", found) if isinstance(found, dict) else found
    said = _message(error)
    words = said[:_SEARCHED]
    if isinstance(error, dict):
        told = {key: str(error[key])[:_SHOWN] for key in ("code", "type", "param", "n_ctx") if error.get(key)}
        words = " ".join([*(f"{key} {value}" for key, value in told.items()), words])
    return said, words


def in_answer(headers: Mapping[str, str], body: str) -> Fault | None:
    """The fault of an answer with status 200 and an error in it, as routers before many servers send it.

    None for an answer without one.
    """
    answer = json.loads(body)
    if not isinstance(answer, dict) or not answer.get("error") or answer.get("choices"):
        return None
    error = answer["error"]
    code = error.get("code") if isinstance(error, dict) else None
    status = code if isinstance(code, int) and _LEAST_STATUS <= code <= _MOST_STATUS else _BAD_GATEWAY
    return read(status, headers, body)


def _message(error: object) -> str:
    """The words for a person, wherever they are: OpenAI's error, FastAPI's list of details, a string."""
    if isinstance(error, dict):
        return next(
            (_message(error[key]) for key in ("message", "msg", "detail", "error") if error.get(key)), ""
        )
    if isinstance(error, list):
        return "; ".join(_located(part) for part in error)
    return error if isinstance(error, str) else ""


def _located(part: object) -> str:
    where = part.get("loc") if isinstance(part, dict) else None
    place = ".".join(map(str, where)) + ": " if isinstance(where, list) else ""
    return place + _message(part)


def translate(fault: Fault, host: str) -> VidgistError:
    """The error to raise; its message names the host."""
    said = f"{host}: {fault.message}"
    for fits, make in _MEANINGS:
        if fits(fault):
            return make(fault, said)
    return BadReply(said, code="bad_request", hint="see whether the server supports chat completions")


def window_told(fault: Fault) -> int:
    """The context window in tokens that a too-long error speaks of, 0 where it does not."""
    match = _WINDOW.search(fault.words)
    return int(match[1].replace(",", "")) if match else 0


def one_line(text: str) -> str:
    """At most 200 printable characters on one line."""
    line = " ".join(_UNPRINTABLE.sub(" ", text).split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def not_json(body: str) -> str:
    """What to call an answer that is no JSON."""
    if body.lstrip().startswith("{"):
        return "the answer is cut or broken"
    return one_line(f"no answer but {_first_words(body)}")


def _first_words(body: str) -> str:
    """Of a page of HTML its title: the rest is nothing for a person."""
    if not body.lstrip().startswith("<"):
        return body
    title = re.search(r"<(?:title|h1)[^>]*>([^<]{1,120})", body, re.IGNORECASE)
    return f"a web page ({title[1].strip()})" if title else "a web page"


def _says(pattern: re.Pattern[str]) -> Callable[[Fault], bool]:
    return lambda fault: pattern.search(fault.words) is not None


def _is(*statuses: int) -> Callable[[Fault], bool]:
    return lambda fault: fault.status in statuses


def _transient(code: str) -> Callable[[Fault, str], VidgistError]:
    def make(fault: Fault, said: str) -> VidgistError:
        return Transient(said, code=code, retry_after=_limits.retry_after(fault.headers, fault.message))

    return make


def _no_model(_: Fault, said: str) -> VidgistError:
    return RunError(
        said, code="no_model", hint="check --model; vidgist doctor asks the server for its models"
    )


def _no_endpoint(_: Fault, said: str) -> VidgistError:
    return RunError(said, code="no_endpoint", hint="check --base-url: it usually ends in /v1")


def _unfit(fault: Fault) -> bool:
    """Too long for the window, or at once more than a minute's allowance of tokens."""
    if fault.status == _TOO_MANY:
        return _TOO_LARGE_AT_ONCE.search(fault.words) is not None
    return fault.status == _TOO_LARGE or _TOO_LONG.search(fault.words) is not None


_MEANINGS: list[tuple[Callable[[Fault], bool], Callable[[Fault, str], VidgistError]]] = [
    (_is(_UNAUTHORIZED), lambda _, said: BadCredentials(said)),
    (_is(_PAYMENT), lambda _, said: QuotaExhausted(said)),
    (
        lambda fault: fault.status in (_FORBIDDEN, _TOO_MANY) and bool(_QUOTA.search(fault.words)),
        lambda _, said: QuotaExhausted(said),
    ),
    (_unfit, lambda _, said: TooLong(said)),
    (_is(_TOO_MANY), _transient("rate_limit")),
    (_is(*_TIMEOUTS), _transient("timeout")),
    (_is(*_OVERLOADED), _transient("overloaded")),
    (
        lambda fault: fault.status >= _SERVER or fault.status in (_CONFLICT, _TOO_EARLY),
        _transient("server_error"),
    ),
    (
        lambda fault: fault.status in (400, 403) and bool(_FILTERED.search(fault.words)),
        lambda _, said: Refused(said),
    ),
    (_is(_FORBIDDEN), lambda _, said: BadCredentials(said)),
    (_says(_NO_MODEL), _no_model),
    (_is(_NOT_FOUND, 405), _no_endpoint),
]
"""First that fits. Quota comes before rate limit: both are 429. So does too long: a request above a minute's
allowance of tokens would wait for ever."""
