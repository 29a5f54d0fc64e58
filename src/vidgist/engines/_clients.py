"""Connections to a model server whose bounds are on silence, not on work. The only door to its transport.

The transport's own bound is on one read of one connection. Reads are cut into slices here, and between two of
them `_pulse` says whether to wait on.
"""

from collections.abc import Iterator
from typing import Any

import httpcore2
import httpx2
import openai

from vidgist.engines._pulse import Pulse, current, hearing
from vidgist.errors import Transient

MOST_BYTES = 32_000_000
"""Of one reply, unpacked: a hundred times what the longest answers of models take."""

MOST_SILENCES = 24
"""Times the bound on silence that one reply may take in all."""

_SLICE = 1.0
"""Seconds between two looks at the other connections."""


class _Stream(httpcore2.NetworkStream):
    """A connection that is read in slices of time."""

    def __init__(self, inner: httpcore2.NetworkStream, pulse: Pulse) -> None:
        self._inner = inner
        self._pulse = pulse

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        call, since = current.get(), self._pulse.clock()
        while True:
            try:
                data = self._inner.read(max_bytes, min(_SLICE, timeout or _SLICE) if call else timeout)
            except httpcore2.ReadTimeout:
                if call is None or not call.may_wait(since):
                    raise
            else:
                self._pulse.beat()
                return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, timeout)

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, *arguments: Any, **options: Any) -> httpcore2.NetworkStream:  # noqa: ANN401 (passed on)
        return _Stream(self._inner.start_tls(*arguments, **options), self._pulse)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 (passed on)
        return self._inner.get_extra_info(info)


class _Backend(httpcore2.SyncBackend):
    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse

    def connect_tcp(self, *arguments: Any, **options: Any) -> httpcore2.NetworkStream:  # noqa: ANN401
        return _Stream(super().connect_tcp(*arguments, **options), self._pulse)


class _Transport(httpx2.HTTPTransport):
    def __init__(self, pulse: Pulse, **options: Any) -> None:  # noqa: ANN401 (passed on)
        super().__init__(**options)
        self._pool._network_backend = _Backend(pulse)  # noqa: SLF001 (there is no public way)


def create(host: str, path: str, pulse: Pulse, proxy: str = "") -> httpx2.Client:
    """A client for one server, in which a reply to a request for ``path`` is had as a whole.

    It raises `Transient` for one that takes more than `MOST_BYTES`, or no end; ``host`` names the server in
    its message.
    """

    class Client(openai.DefaultHttpxClient):
        def send(
            self,
            request: "httpx2.Request",
            *,
            stream: bool = False,
            **options: Any,  # noqa: ANN401 (passed on)
        ) -> "httpx2.Response":
            if stream or not request.url.path.endswith(path):
                return super().send(request, stream=stream, **options)
            until = pulse.clock() + pulse.seconds * MOST_SILENCES
            mark, answered = current.set(pulse.began()), False
            try:
                response = super().send(request, stream=True, **options)
                try:
                    body = b"".join(whole(response.iter_bytes(), until))
                finally:
                    response.close()
                answered = True
            finally:
                current.reset(mark)
                pulse.ended(answered=answered)
            headers = [pair for pair in response.headers.multi_items() if pair[0] != "content-encoding"]
            return type(response)(
                response.status_code, headers=headers, content=body, request=response.request
            )

    def whole(chunks: Iterator[bytes], until: float) -> Iterator[bytes]:
        size, heard = 0, hearing.get()
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                raise Transient(
                    f"{host}: a reply of more than {MOST_BYTES // 1_000_000} MB", code="bad_response"
                )
            if pulse.clock() > until:
                seconds = pulse.seconds * MOST_SILENCES
                raise Transient(f"{host}: no end of the reply after {seconds:g} seconds", code="timeout")
            if heard is not None:
                heard(chunk)
            yield chunk

    return Client(transport=_Transport(pulse, proxy=proxy or None, limits=openai.DEFAULT_CONNECTION_LIMITS))
