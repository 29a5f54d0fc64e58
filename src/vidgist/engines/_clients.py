"""A connection with bounds on the whole of a reply: those of the transport are on each single read.

A server that sends a byte now and then would be waited for as long as it does so, and one that never stops
sending until there is no memory left.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from vidgist.errors import Transient

if TYPE_CHECKING:
    import httpx2

MOST_BYTES = 32_000_000
"""Of one reply, unpacked: a hundred times what the longest answers of models take."""


def create(host: str, path: str, seconds: float, clock: Callable[[], float]) -> "httpx2.Client":
    """A client in which a reply to a request for ``path`` may take so many seconds in all, and `MOST_BYTES`.

    It raises `Transient` for one that takes more; ``host`` names the server in its message.
    """
    import openai

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
            until = clock() + seconds
            response = super().send(request, stream=True, **options)
            try:
                body = b"".join(whole(response.iter_bytes(), until))
            finally:
                response.close()
            headers = [pair for pair in response.headers.multi_items() if pair[0] != "content-encoding"]
            return type(response)(
                response.status_code, headers=headers, content=body, request=response.request
            )

    def whole(chunks: Iterator[bytes], until: float) -> Iterator[bytes]:
        size = 0
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                raise Transient(
                    f"{host}: a reply of more than {MOST_BYTES // 1_000_000} MB", code="bad_response"
                )
            if clock() > until:
                raise Transient(f"{host}: no end of the reply after {seconds:g} seconds", code="timeout")
            yield chunk

    return Client()
