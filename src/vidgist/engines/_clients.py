# ruff: noqa: ANN401 (the transport is openai's own affair)
"""A connection with bounds on the whole of an answer, head and body, that sends a key to one host alone.

Redirects are followed within the host that was named, never to plain http; any other is told as a failure.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from vidgist import answers
from vidgist.errors import Transient

if TYPE_CHECKING:
    import httpx2

MOST_BYTES = 8_000_000
"""Of one answer, unpacked: twenty times what the longest replies of models take."""

_SHORT, _LONG = 1, 10
"""Time limits that one answer may take: a reply or a list; a file of a batch, read as it comes."""

_REDIRECTS = 5


def create(host: str, seconds: float, clock: Callable[[], float]) -> "httpx2.Client":
    """A client in which an answer may take so many seconds in all, and `MOST_BYTES`.

    One that is read as it comes may take ten times as long, and be of any size. It raises `Transient` for an
    answer that takes more; ``host`` names the server in its message.
    """
    import openai

    class Client(openai.DefaultHttpxClient):
        def send(
            self,
            request: "httpx2.Request",
            *,
            stream: bool = False,
            **options: Any,
        ) -> "httpx2.Response":
            most = seconds * (_LONG if stream else _SHORT)
            with _told(host, most), answers.within(most, clock):
                response = self._settled(request, options)
                if not stream:
                    return _held(response)
            response.stream = _timed(response.stream, host, most, clock)
            return response

        def _settled(self, request: "httpx2.Request", options: dict[str, Any]) -> "httpx2.Response":
            """The answer behind redirects within the host."""
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
                raise Transient(f"{host}: it sends the request on to another place", code="redirected")
            return response

    return _hurried(Client())


def _held(response: "httpx2.Response") -> "httpx2.Response":
    """The answer with its body in memory and its connection free."""
    try:
        body = answers.whole(response.iter_bytes(), MOST_BYTES)
    finally:
        response.close()
    headers = [pair for pair in response.headers.multi_items() if pair[0] != "content-encoding"]
    return type(response)(response.status_code, headers=headers, content=body, request=response.request)


@contextmanager
def _told(host: str, seconds: float) -> Iterator[None]:
    """Tell a bound that was passed as a failure that may pass."""
    try:
        yield
    except answers.Late as error:
        raise Transient(f"{host}: no end of the reply after {seconds:g} seconds", code="timeout") from error
    except answers.TooLarge as error:
        raise Transient(f"{host}: {error}", code="too_large") from error


def _timed(source: Any, host: str, seconds: float, clock: Callable[[], float]) -> Any:
    """A stream of the transport's that obeys the time limit while it is read."""
    until = clock() + seconds

    class Timed(type(source)):  # type: ignore[misc]  # what the transport takes for a stream
        def __init__(self) -> None:
            pass

        def __iter__(self) -> Iterator[bytes]:
            pieces = iter(source)
            while True:
                with _told(host, seconds), answers.within(until - clock(), clock):
                    piece = next(pieces, None)
                if piece is None:
                    return
                yield piece

        def close(self) -> None:
            source.close()

    return Timed()


def _is_same(asked: "httpx2.URL", onward: "httpx2.URL") -> bool:
    """Whether a redirect stays with the host: the same scheme and port, or from http to https."""
    if asked.host != onward.host:
        return False
    upgraded = (asked.scheme, onward.scheme) == ("http", "https")
    return upgraded or (asked.scheme, asked.port) == (onward.scheme, onward.port)


def _hurried(client: "httpx2.Client") -> "httpx2.Client":
    """The client with connections whose reads obey `answers.within`, in the head of an answer too."""
    transports = [vars(client)["_transport"], *vars(client)["_mounts"].values()]
    for transport in filter(None, transports):
        pool = vars(transport)["_pool"]
        vars(pool)["_network_backend"] = _Backend(vars(pool)["_network_backend"])
    return client


class _Backend:
    """A network of the transport's whose connections are `_Stream`s; everything else is its own."""

    def __init__(self, network: Any) -> None:
        self._network = network

    def __getattr__(self, name: str) -> Any:
        return getattr(self._network, name)

    def connect_tcp(self, *arguments: Any, **named: Any) -> "_Stream":
        return _Stream(self._network.connect_tcp(*arguments, **named))


class _Stream:
    """A connection whose reads and writes wait no longer than the whole exchange may."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data: bytes = self._stream.read(max_bytes, timeout=answers.wait(timeout))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=answers.wait(timeout))

    def start_tls(self, *arguments: Any, **named: Any) -> "_Stream":
        return _Stream(self._stream.start_tls(*arguments, **named))
