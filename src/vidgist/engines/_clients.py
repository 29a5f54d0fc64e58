"""Connections to a model server whose bounds are on silence, not on work. The only door to its transport.

The transport's own bound is on one read of one connection. Reads are cut into slices here, and between two
of them `_liveness` says whether to wait on. An answer that has begun is not waited for without an end: its
head has the bound on silence to come in, and blanks are silence. Redirects are followed within the host
alone.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Any

import httpcore2
import httpx2
import openai

from vidgist.bounds import responses
from vidgist.engines._liveness import Liveness, current, hearing
from vidgist.errors import RunError, Transient, VidgistError

MOST_BYTES = 8_000_000
"""Of one answer, unpacked: twenty times what the longest replies of models take."""

MOST_STREAMED = 64_000_000
"""Of a reply in pieces, each with its own wrapping, or of one that is read as it comes."""

_REDIRECTS = 5
_FILED = 10
"""Times the bound on silence that a file of a batch may take in all; a list may take that bound once."""

MOST_SILENCES = 24
"""Times the bound on silence that one reply may take in all."""

_SLICE = 1.0
"""Seconds between two looks at the other connections."""


class _Stream(httpcore2.NetworkStream):
    """A connection that is read in slices of time."""

    def __init__(self, inner: httpcore2.NetworkStream, liveness: Liveness) -> None:
        self._inner = inner
        self._liveness = liveness

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        call, since = current.get(), self._liveness.clock()
        if call is None:
            return self._inner.read(max_bytes, responses.wait(timeout))
        while True:
            if call.is_late():
                raise responses.Late(self._liveness.seconds)
            try:
                data = self._inner.read(max_bytes, min(_SLICE, timeout or _SLICE))
            except httpcore2.ReadTimeout:
                if not call.may_wait(since):
                    raise
            else:
                call.heard()
                return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, responses.wait(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, *arguments: Any, **options: Any) -> httpcore2.NetworkStream:  # noqa: ANN401 (passed on)
        return _Stream(self._inner.start_tls(*arguments, **options), self._liveness)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 (passed on)
        return self._inner.get_extra_info(info)


class _Backend(httpcore2.SyncBackend):
    def __init__(self, liveness: Liveness) -> None:
        self._liveness = liveness

    def connect_tcp(self, *arguments: Any, **options: Any) -> httpcore2.NetworkStream:  # noqa: ANN401
        return _Stream(super().connect_tcp(*arguments, **options), self._liveness)


class _Transport(httpx2.HTTPTransport):
    def __init__(self, liveness: Liveness, **options: Any) -> None:  # noqa: ANN401 (passed on)
        super().__init__(**options)
        self._pool._network_backend = _Backend(liveness)  # noqa: SLF001 (there is no public way)


class _Client(openai.DefaultHttpxClient):
    """A client for one server. A reply to a request for ``path`` is waited for as ``liveness`` says."""

    def __init__(self, host: str, path: str, liveness: Liveness, **options: Any) -> None:  # noqa: ANN401 (passed on)
        super().__init__(**options)
        self._host = host
        self._path = path
        self._liveness = liveness

    def send(
        self,
        request: httpx2.Request,
        *,
        stream: bool = False,
        **options: Any,  # noqa: ANN401 (passed on)
    ) -> httpx2.Response:
        if stream:
            return self._filed(request, options)
        if request.url.path.endswith(self._path):
            return self._reply(request, options)
        with (
            self._bounded(self._liveness.seconds),
            closing(self._settled(request, options)) as response,
        ):
            return _held(response, responses.whole(response.iter_bytes(), MOST_BYTES))

    def _reply(self, request: httpx2.Request, options: dict[str, Any]) -> httpx2.Response:
        call, answered = self._liveness.began(), False
        mark = current.set(call)
        try:
            with (
                self._bounded(self._liveness.seconds * MOST_SILENCES),
                closing(self._settled(request, options)) as response,
            ):
                call.headed()
                held = _held(response, responses.whole(_heard(response, self._liveness), _most(response)))
            answered = True
        finally:
            current.reset(mark)
            self._liveness.ended(answered=answered)
        return held

    def _filed(self, request: httpx2.Request, options: dict[str, Any]) -> httpx2.Response:
        """Return an answer that is read as it comes, later, and within its time."""
        seconds = self._liveness.seconds * _FILED
        until = self._liveness.clock() + seconds
        with self._bounded(seconds):
            response = self._settled(request, options)
        response.stream = _Timed(response.stream, lambda: self._bounded(until - self._liveness.clock()))
        return response

    def _settled(self, request: httpx2.Request, options: dict[str, Any]) -> httpx2.Response:
        """Return the answer behind redirects within the host: no key and no words go to another."""
        options["follow_redirects"] = False
        for _ in range(_REDIRECTS):
            response = super().send(request, stream=True, **options)
            onward = response.next_request
            if onward is None or not _is_same(request.url, onward.url):
                break
            response.close()
            request = onward
        if response.is_redirect:
            response.close()
            raise self._redirected(response)
        return response

    def _redirected(self, response: httpx2.Response) -> VidgistError:
        """Return what a redirect means: an address that has moved, or a page that asks for a login."""
        onward = response.next_request
        said = f"{self._host}: it sends the request on to another place"
        if onward is None:
            return Transient(said, code="redirected")
        place = f"{onward.url.scheme}://{onward.url.netloc.decode('ascii', 'replace')}"
        hint = f"check --base-url: is {place} the server?"
        return RunError(f"{said}, {place}", code="no_endpoint", hint=hint)

    @contextmanager
    def _bounded(self, seconds: float) -> Iterator[None]:
        """Give an answer so many seconds; a bound that is passed raises a failure that may pass."""
        try:
            with responses.within(seconds, self._liveness.clock):
                yield
        except responses.Late as error:
            said = f"{self._host}: no end of the reply after {error.seconds or seconds:g} seconds"
            raise Transient(said, code="timeout") from error
        except responses.TooLarge as error:
            raise Transient(f"{self._host}: {error}", code="too_large") from error


class _Timed(httpx2.SyncByteStream):
    """The pieces of an answer, each read within its bounds."""

    def __init__(self, source: Any, bounded: Callable[[], AbstractContextManager[None]]) -> None:  # noqa: ANN401
        self._source = source
        self._bounded = bounded

    def __iter__(self) -> Iterator[bytes]:
        pieces = iter(self._source)
        while True:
            with self._bounded():
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    def close(self) -> None:
        self._source.close()


def create(host: str, path: str, liveness: Liveness, proxy: str = "") -> httpx2.Client:
    """Return a client for one server, in which every answer has a bound in bytes and in time.

    It raises `Transient` for an answer that takes more; ``host`` names the server in its message.
    """
    transport = _Transport(liveness, proxy=proxy or None, limits=openai.DEFAULT_CONNECTION_LIMITS)
    return _Client(host, path, liveness, transport=transport)


def _held(response: httpx2.Response, body: bytes) -> httpx2.Response:
    """Return the answer with its body in memory."""
    headers = [pair for pair in response.headers.multi_items() if pair[0] != "content-encoding"]
    return type(response)(response.status_code, headers=headers, content=body, request=response.request)


def _most(response: httpx2.Response) -> int:
    kind = response.headers.get("content-type", "")
    return MOST_STREAMED if "event-stream" in kind or "ndjson" in kind else MOST_BYTES


def _heard(response: httpx2.Response, liveness: Liveness) -> Iterator[bytes]:
    """Yield the pieces of a reply and hand each to the listener; blanks alone are silence."""
    listener, last = hearing.get(), liveness.clock()
    for piece in response.iter_bytes():
        if not piece.isspace():
            last = liveness.clock()
        elif liveness.clock() - last > liveness.seconds:
            raise responses.Late(liveness.seconds)
        if listener is not None:
            listener(piece)
        yield piece


def _is_same(asked: httpx2.URL, onward: httpx2.URL) -> bool:
    """Return whether a redirect stays with the host: the same scheme and port, or from http to https."""
    if asked.host != onward.host:
        return False
    upgraded = (asked.scheme, onward.scheme) == ("http", "https")
    return upgraded or (asked.scheme, asked.port) == (onward.scheme, onward.port)
