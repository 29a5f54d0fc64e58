# ruff: noqa: ANN401 (sockets are handed on as they come)
"""Bounds on what a server answers: seconds from the request to the last byte, bytes unpacked, parts of JSON.

A socket's time limit holds for one read. A server that sends a byte now and then, in the head or in the body,
or answers "early hints" without an end, would be waited for as long as it does so; one that never stops
sending, or packs a gigabyte into a megabyte, until there is no memory left. Knows no library of HTTP.
"""

import json
import math
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

MOST_BYTES = 16_000_000
"""Of one answer: several times the captions of ten hours, the largest watch page or the longest reply."""

MOST_PARTS = 1_000_000
"""Lists and objects in one answer: empty ones take thirty times the room of their text."""

_LEAST_WAIT = 0.001
_now = threading.local()


class Late(TimeoutError):
    """An answer has not ended in time: in so many seconds, where that is not the whole time that it had."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__("no end of the answer")
        self.seconds = seconds


class TooLarge(ValueError):
    """An answer is larger than any that means well."""


@contextmanager
def within(seconds: float, clock: Callable[[], float] = time.monotonic) -> Iterator[None]:
    """Let what this thread reads meanwhile take so many seconds in all, or fewer where fewer are left."""
    outer = getattr(_now, "patience", None)
    until = clock() + seconds

    def patience() -> float:
        return min(until - clock(), outer() if outer else math.inf)

    _now.patience = patience
    try:
        yield
    finally:
        _now.patience = outer


def wait(timeout: float | None) -> float | None:
    """Return how long the next read may wait: ``timeout``, or what is left of the whole. Raises `Late`."""
    patience = getattr(_now, "patience", None)
    if patience is None:
        return timeout
    left = patience()
    if left <= 0:
        raise Late
    return max(_LEAST_WAIT, float(left if timeout is None else min(left, timeout)))


def whole(chunks: Iterable[bytes], most: int = MOST_BYTES) -> bytes:
    """Return an answer's body, unpacked. Raises `TooLarge`, `Late`."""
    return b"".join(counted(chunks, most))


def counted(chunks: Iterable[bytes], most: int = MOST_BYTES) -> Iterator[bytes]:
    """Yield the chunks of a body as they come. Raises `TooLarge`, `Late`."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise TooLarge(f"an answer of more than {most // 1_000_000} MB")
        wait(None)
        yield chunk


def parsed(text: str | bytes) -> Any:
    """Return the JSON of an answer. Raises `ValueError`, `TooLarge` where its text would swell,
    `RecursionError`.
    """
    check(text)
    try:
        return json.loads(text)
    except ValueError as error:
        if "digits" not in str(error):
            raise
        return json.loads(
            text, parse_int=float
        )  # a number of thousands of digits, which Python reads as none


def check(text: str | bytes) -> None:
    """Raise `TooLarge` for a text with so many lists and objects that reading it would take all memory."""
    if isinstance(text, bytes):
        parts = text.count(b"[") + text.count(b"{")
    else:
        parts = text.count("[") + text.count("{")
    if parts > MOST_PARTS:
        raise TooLarge(f"an answer of more than {MOST_PARTS:,} parts")


class PlainSocket(socket.socket):
    """A socket whose reads obey `within`."""

    def recv(self, *arguments: Any) -> bytes:
        with _hurried(self):
            return super().recv(*arguments)

    def recv_into(self, *arguments: Any) -> int:
        with _hurried(self):
            return super().recv_into(*arguments)


class TlsSocket(PlainSocket, ssl.SSLSocket):
    """An encrypted socket whose reads obey `within`."""


def hurry(context: ssl.SSLContext) -> None:
    """Let the connections of a context obey `within`."""
    context.sslsocket_class = TlsSocket


@contextmanager
def _hurried(connection: socket.socket) -> Iterator[None]:
    before = connection.gettimeout()
    now = wait(before)
    if now == before:
        yield
        return
    connection.settimeout(now)
    try:
        yield
    finally:
        with suppress(OSError):
            connection.settimeout(before)
