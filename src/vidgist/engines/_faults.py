"""Reads the error that an OpenAI-compatible server answered with, in any place of the body. Pure.

Shapes are those of OpenAI, Azure, Gemini (a list around it, reasons in ``details``), OpenRouter
(``metadata``), xAI and LM Studio (``error`` is a string), FastAPI (``detail``), Cloudflare (``errors``),
MiniMax (``base_resp``) and of gateways that put another server's error as JSON text into their message.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from vidgist.text import hygiene

_SHOWN = 200
_SEARCHED = 2_000
_LEAST_STATUS, _MOST_STATUS, _BAD_GATEWAY = 400, 599, 502
_DEEPEST = 6
_WINDOW = re.compile(
    r"(?:context (?:length|window|size)(?: of [^\s\d]\S*(?= is))?(?: is| of)?(?: only)?|maximum of|n_ctx"
    r"|max_seq_len|limit (?:of|is)|the limit|less than|must be <=|allowed \(|> )\W{0,3}"
    r"(\d[\d,]{2,8})|model with (\d[\d,]{2,8}) maximum context",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\A(?:provider returned error|internal (?:server )?error|error|bad request)?\.?\Z", re.IGNORECASE
)

_MESSAGES = (
    "message",
    "msg",
    "detail",
    "error_msg",
    "error",
    "errors",
    "error_message",
    "Message",
    "status_msg",
    "base_resp",
)
_CODES = ("code", "type", "param", "n_ctx", "status", "reason", "error_code", "status_code")
_DETAILS = ("reason", "quotaId", "retryDelay", "raw", "type", "limit_source")


@dataclass(frozen=True)
class Fault:
    """An error as a server reported it. ``message`` is one printable line of at most 200 characters.

    ``words`` is what may be searched: codes, reasons and message, and nothing that echoes the request.
    ``is_page``: a page for people came in place of an answer. ``is_starting``: it came from what stands
    before a server that may not have started yet.
    """

    status: int
    message: str
    words: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_page: bool = False
    is_starting: bool = False


class Refusal(Exception):
    """The server answered with an error."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def read(status: int, headers: Mapping[str, str], body: str) -> Fault:
    """Return the fault of an error answer; any body will do."""
    try:
        found: object = json.loads(body)
    except (ValueError, RecursionError):
        found = first_words(body)
    said, words, more = _told(found)
    return Fault(status, shown(said) or f"HTTP {status}", words, {**headers, **more}, is_page=is_page(body))


def in_answer(headers: Mapping[str, str], answer: object) -> Fault | None:
    """Return the fault of an answer with status 200 and an error in it, as routers before many servers send
    it.

    None for an answer without one.
    """
    error = _error_of(answer)
    if error is None:
        return None
    fault = read(_BAD_GATEWAY, headers, json.dumps(error))
    return Fault(_status(error) or _BAD_GATEWAY, fault.message, fault.words, fault.headers)


def _error_of(answer: object) -> object:
    """Return what of an answer is an error: all of it, or that of its only choice; None where nothing is."""
    if isinstance(answer, list) and len(answer) == 1:
        answer = answer[0]
    if not isinstance(answer, dict):
        return None
    choices = answer.get("choices")
    if choices:
        first = choices[0] if isinstance(choices, list) else None
        return first if isinstance(first, dict) and first.get("error") and not _speaks(first) else None
    if any(answer.get(key) for key in ("error", "errors")):
        return answer
    if isinstance(answer.get("message"), dict) or "choices" in answer:  # Ollama's own shape; nothing chosen
        return answer if "base_resp" in answer else None
    return (
        answer
        if any(key in answer for key in ("detail", "msg", "message", "base_resp", "error_msg"))
        else None
    )


def _speaks(choice: Mapping[str, object]) -> bool:
    message = choice.get("message")
    return (
        choice.get("finish_reason") != "error" and isinstance(message, dict) and bool(message.get("content"))
    )


def _status(found: object, depth: int = 0) -> int:
    """Return the HTTP status that an error names, 0 where it names none."""
    if not isinstance(found, dict) or depth > _DEEPEST:
        return 0
    for key in ("code", "status", "status_code", "statusCode"):
        value = found.get(key)
        if isinstance(value, str) and re.fullmatch(r"[45]\d\d", value):
            value = int(value)
        if isinstance(value, int) and _LEAST_STATUS <= value <= _MOST_STATUS:
            return value
    return _status(found.get("error"), depth + 1)


def _told(found: object) -> tuple[str, str, dict[str, str]]:
    """Return what an error says, what of it may be searched, and the headers that it quotes."""
    said = _message(found)
    parts = [*_codes(found), *_details(found), said[:_SEARCHED]]
    return said, " ".join(parts), dict(_headers(found))


def _message(error: object, depth: int = 0) -> str:
    """Return the words for a person, in any place of the body."""
    if depth > _DEEPEST:
        return ""
    if isinstance(error, dict):
        words = next(filter(None, (_message(error.get(key), depth + 1) for key in _ordered(error))), "")
        raw = error.get("metadata", {}).get("raw") if isinstance(error.get("metadata"), dict) else None
        return _message(raw, depth + 1) or words if raw and _GENERIC.match(words) else words
    if isinstance(error, list):
        return "; ".join(filter(None, (_located(part, depth) for part in error)))
    return _unfolded(error, depth) if isinstance(error, str) else ""


def _ordered(error: Mapping[str, object]) -> list[str]:
    """Return the keys of the words: an error inside comes before a title beside it."""
    inner = isinstance(error.get("error"), dict | list)
    return ["error", *_MESSAGES] if inner else list(_MESSAGES)


def _unfolded(text: str, depth: int) -> str:
    """Return the words of the error that these words hold as JSON, else these words."""
    at = text.find("{")
    if at >= 0 and '"message"' in text:
        try:
            inner, _ = json.JSONDecoder().raw_decode(text, at)
        except (ValueError, RecursionError):
            return text
        return f"{text[:at]}{_message(inner, depth + 1)}".strip() or text
    return text


def _located(part: object, depth: int) -> str:
    where = part.get("loc") if isinstance(part, dict) else None
    place = ".".join(map(str, where)) + ": " if isinstance(where, list) else ""
    said = _message(part, depth + 1)
    return place + said if said or place else ""


def _codes(found: object, depth: int = 0) -> Iterator[str]:
    if isinstance(found, list) and depth <= _DEEPEST:
        found = found[0] if found else None
    if not isinstance(found, dict) or depth > _DEEPEST:
        return
    for key in _CODES:
        if found.get(key) and isinstance(found[key], str | int):
            yield f"{key} {str(found[key])[:_SHOWN]}"
    yield from _codes(found.get("error"), depth + 1)


def _details(found: object, depth: int = 0) -> Iterator[str]:
    """Yield reasons that stand below ``details`` and ``metadata``."""
    if depth > _DEEPEST:
        return
    if isinstance(found, list):
        for part in found[:9]:
            yield from _details(part, depth + 1)
    elif isinstance(found, dict):
        if depth:
            yield from (f"{key} {found[key][:_SHOWN]}" for key in _DETAILS if isinstance(found.get(key), str))
        for key in ("error", "details", "metadata", "violations"):
            yield from _details(found.get(key), depth + 1)


def _headers(found: object, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Return headers of the server behind a router, which quotes them."""
    if isinstance(found, dict) and depth <= _DEEPEST:
        quoted = found.get("headers")
        if depth and isinstance(quoted, dict):
            yield from ((str(name).lower(), str(value)) for name, value in quoted.items())
        for key in ("error", "metadata"):
            yield from _headers(found.get(key), depth + 1)


def window_told(fault: Fault) -> int:
    """Return the context window in tokens that a too-long error speaks of, 0 where it does not."""
    match = _WINDOW.search(fault.words)
    return int((match[1] or match[2]).replace(",", "")) if match else 0


def shown(text: str) -> str:
    """Return at most 200 printable characters of the text, on one line."""
    return hygiene.shortened(text, _SHOWN)


def not_json(body: str) -> str:
    """Return what to call an answer that is no JSON."""
    if not body.strip():
        return "an answer with nothing in it"
    if body.lstrip().startswith("{"):
        return "the answer is cut or broken"
    return shown(f"no answer but {first_words(body)}")


def is_page(body: str) -> bool:
    """Return whether a body is a web page, or another document with angle brackets."""
    return body.lstrip("\ufeff \t\r\n").startswith("<")


def first_words(body: str) -> str:
    """Return the first words of a body; of a page of HTML its title."""
    if not is_page(body):
        return body
    title = re.search(r"<(?:title|h1)[^>]*>([^<]{1,120})", body, re.IGNORECASE)
    return f"a web page ({title[1].strip()})" if title else "a web page"
