# ruff: noqa: ANN401 (connections are met by duck typing: their libraries are imported late)
"""A time limit on the head of an answer, for both libraries of HTTP that sites are asked with.

Their own limit is on each read: a head that comes a byte at a time, or "100 Continue" without an end, would
be waited for as long as it goes on.
"""

import functools
from typing import Any

from vidgist.bounds import responses
from vidgist.errors import Unreadable

HEAD_SECONDS = 40.0
"""To connect, to send a request, and for the head of its answer."""

SOUND_SECONDS = 7_200.0
MOST_SOUND = 4_000_000_000
"""Bytes of one recording: two days of speech, or some hours of video."""


def hurried(adapter: Any) -> Any:
    """Return an adapter of requests whose unencrypted connections obey `responses.within` too."""
    manager = adapter.poolmanager
    manager.pool_classes_by_scheme = {**manager.pool_classes_by_scheme, "http": _pool_class()}
    return adapter


@functools.cache
def _pool_class() -> Any:
    from urllib3.connection import HTTPConnection
    from urllib3.connectionpool import HTTPConnectionPool

    class Connection(HTTPConnection):
        def _new_conn(self) -> Any:
            plain = super()._new_conn()
            limit = plain.gettimeout()
            hurried = responses.PlainSocket(plain.family, plain.type, plain.proto, fileno=plain.detach())
            hurried.settimeout(limit)
            return hurried

    class Pool(HTTPConnectionPool):
        ConnectionCls = Connection

    return Pool


def counted(response: Any, site: str) -> Any:
    """Return a response that is read as it comes, no further than a recording goes."""
    read, size = response.read, 0

    def bounded(*arguments: Any) -> bytes:
        nonlocal size
        responses.wait(None)
        piece: bytes = read(*arguments)
        size += len(piece)
        if size > MOST_SOUND:
            raise Unreadable(f"{site} answers with more than {MOST_SOUND // 1_000_000} MB", code="too_large")
        return piece

    response.read = bounded
    return response
