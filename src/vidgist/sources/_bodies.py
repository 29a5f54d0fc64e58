"""The body of an answer, bounded in size and in time. Knows no library."""

import time
import zlib
from collections.abc import Callable

from vidgist.bounds import responses
from vidgist.errors import Transient, Unreadable

ENCODINGS = ("gzip", "x-gzip", "deflate")
PIECE = 1 << 16
WHOLE = 25.0
"""Seconds in which a small answer has to be there as a whole."""

SLOWEST = 8_000
"""Bytes a second that earn an answer more time."""

MOST = 16_000_000
"""Bytes of an answer that is held in memory; a page or a caption file has fewer."""


def held(
    read: Callable[[int], bytes],
    site: str,
    *,
    most: int = MOST,
    clock: Callable[[], float] = time.monotonic,
) -> bytes:
    """Return all that ``read`` gives, a piece at a time.

    Raises `Transient` for an answer that goes on too long for what it brings, `Unreadable` for one too large.
    """
    began = clock()
    body = bytearray()
    while piece := read(PIECE):
        body += piece
        if len(body) > most:
            raise Unreadable(f"{site} answers with more than {most // 1_000_000} MB", code="too_large")
        if clock() - began > WHOLE + len(body) / SLOWEST:
            raise Transient(f"{site} did not finish its answer in time", code="timeout")
    return _checked(bytes(body), site)


def head(read: Callable[[int], bytes], most: int = PIECE) -> bytes:
    """Return the beginning of an answer."""
    body = bytearray()
    while len(body) < most and (piece := read(most - len(body))):
        body += piece
    return bytes(body)


def plain(body: bytes, encoding: str, site: str, *, most: int = MOST) -> bytes:
    """Return a body as it was before it was packed. Raises as `held`, and `Transient` for a torn one."""
    if encoding.strip().lower() not in ENCODINGS:
        return body
    inflating = zlib.decompressobj(zlib.MAX_WBITS | 32)  # gzip and zlib, by their first bytes
    try:
        grown = inflating.decompress(body, most + 1)
    except zlib.error:
        grown = _bare(body, most)
    if len(grown) > most:
        raise Unreadable(f"{site} answers with more than {most // 1_000_000} MB", code="too_large")
    return _checked(grown, site)


def _checked(body: bytes, site: str) -> bytes:
    """Return the body, unless it would swell when it is read."""
    try:
        responses.check(body)
    except responses.TooLarge as error:
        raise Unreadable(f"{site}: {error}", code="too_large") from error
    return body


def _bare(body: bytes, most: int) -> bytes:
    """Return a deflated body without a head, as some servers send it."""
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(body, most + 1)
    except zlib.error as error:
        raise Transient("an answer was damaged on its way") from error
