"""Puts a reply together that was sent piece by piece, as server-sent events. Pure.

Servers stream because they were asked to, and some gateways although they were not. A stream without an end,
neither a reason to finish nor ``[DONE]``, was cut.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping

_DONE = "[DONE]"
_LINE_END = re.compile(r"\r\n|\n|\r")
"""Of server-sent events, and no other: what a JSON text may hold of others is no end."""

_TOLD = ("content", "reasoning_content", "reasoning", "thinking", "refusal")
"""Texts of a message that come in pieces."""


_PROBLEMS = frozenset(("detail", "message", "msg", "error_msg"))
"""Where a piece says what is wrong, that has no choices."""


class Cut(Exception):
    """The stream broke off."""


def is_stream(text: str) -> bool:
    """Return whether a body is server-sent events: it begins with a field of theirs, or a comment."""
    return text.lstrip("\ufeff\r\n ").startswith(("data:", "event:", "id:", "retry:", ":"))


def joined(text: str) -> object:
    """Return the whole answer of a stream, in the shape of a completion or of an error. Raises `Cut`."""
    answer: dict[str, object] = {}
    message: dict[str, str] = {}
    called = ""
    reason: object = None
    stray: Mapping[str, object] = {}
    ended = False
    for event in events(text):
        if event == _DONE:
            ended = True
            continue
        piece = _loaded(event)
        wrong = _wrong(piece)
        if wrong:
            return wrong
        stray = stray or (piece if "choices" not in piece and _PROBLEMS & piece.keys() else {})
        if isinstance(piece.get("usage"), Mapping):
            answer["usage"] = piece["usage"]
        for choice in _choices(piece):
            for name, words in _words(choice).items():
                message[name] = message.get(name, "") + words
            called += _called(choice)
            reason = choice.get("finish_reason") or reason
    if not message and stray:
        return stray
    if not ended and reason is None:
        raise Cut
    calls = {"tool_calls": [{"function": {"arguments": called}}]} if called else {}
    return answer | {"choices": [{"message": message | calls, "finish_reason": reason}]}


def _wrong(piece: Mapping[str, object]) -> Mapping[str, object] | None:
    """Return the error that a piece or its choice holds, None where it holds none."""
    if piece.get("error") or piece.get("object") == "error":
        return {name: value for name, value in piece.items() if name != "choices"}
    return next(({"error": choice["error"]} for choice in _choices(piece) if choice.get("error")), None)


def events(text: str) -> Iterator[str]:
    """Yield the data of each event; comments, which keep a connection alive, are passed over.

    Some servers leave out the blank line between two events: what is whole JSON is one.
    """
    held: list[str] = []
    for line in _LINE_END.split(text):
        if line.startswith("data:"):
            if held and (held[-1] == _DONE or _loaded("\n".join(held))):
                yield "\n".join(held)
                held = []
            held.append(line[5:].strip())
        elif not line.strip() and held:
            yield "\n".join(held)
            held = []
    if held:
        yield "\n".join(held)


class Listener:
    """Gives each piece of an answer's text to ``heard`` as it arrives; ``thoughts``: what is thought, too.

    Of server-sent events, and of lines of JSON as Ollama sends them.
    """

    def __init__(self, heard: Callable[[str], None], *, thoughts: bool = False) -> None:
        self._heard = heard
        self._thoughts = thoughts
        self._rest = b""

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes of a body, cut at any place."""
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            text = line.decode(errors="replace").removeprefix("data:").strip()
            if text.startswith("{"):
                self._tell(_loaded(text))

    def _tell(self, piece: Mapping[str, object]) -> None:
        for choice in _choices(piece) if "choices" in piece else (piece,):
            words = _words(choice)
            text = "".join(words.values()) if self._thoughts else words.get("content", "")
            if text:
                self._heard(text)


def _loaded(event: str) -> Mapping[str, object]:
    """Return one event's JSON; what is none breaks the stream off."""
    try:
        piece = json.loads(event)
    except (ValueError, RecursionError):
        return {}
    return piece if isinstance(piece, dict) else {}


def _choices(piece: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Yield the first choice of a piece; others were not asked for."""
    choices = piece.get("choices")
    for choice in choices if isinstance(choices, list) else []:
        if isinstance(choice, dict) and not choice.get("index"):
            yield choice


def _words(choice: Mapping[str, object]) -> dict[str, str]:
    """Return the texts that a piece adds; a whole message, where a server sends one, is one piece."""
    delta = choice.get("delta") or choice.get("message")
    if not isinstance(delta, dict):
        text = choice.get("text")
        return {"content": text} if isinstance(text, str) else {}
    found = {name: _text(delta.get(name)) for name in _TOLD}
    return {name: text for name, text in found.items() if text}


def _called(choice: Mapping[str, object]) -> str:
    """Return what a piece adds to the arguments of the one tool that is called."""
    delta = choice.get("delta") or choice.get("message")
    calls = delta.get("tool_calls") if isinstance(delta, dict) else None
    one = calls[0] if isinstance(calls, list) and len(calls) == 1 else None
    function = one.get("function") if isinstance(one, dict) and not one.get("index") else None
    arguments = function.get("arguments") if isinstance(function, dict) else None
    return arguments if isinstance(arguments, str) else ""


def _text(value: object) -> str:
    if isinstance(value, list):
        return "".join(_text(part.get("text")) for part in value if isinstance(part, dict))
    return value if isinstance(value, str) else ""
