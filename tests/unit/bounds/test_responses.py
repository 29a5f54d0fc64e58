"""Bounds on a whole answer: its head, its body, its JSON; over plain and encrypted connections."""

import socket
import ssl
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import trustme
from requests.adapters import HTTPAdapter

from vidgist.bounds import responses
from vidgist.sources import _answer_heads, _bodies

Address = tuple[str, ssl.SSLContext]


@pytest.fixture(params=["plain", "tls"])
def trickling(request: pytest.FixtureRequest) -> Iterator[Address]:
    """A server whose answer's head goes on for ever; its address, and a context that trusts it."""
    authority, over = trustme.CA(), threading.Event()
    context, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.configure_trust(client)

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            try:
                with (
                    context.wrap_socket(connection, server_side=True)
                    if request.param == "tls"
                    else connection as one
                ):
                    one.sendall(b"HTTP/1.1 200 OK\r\nX-A: ")
                    while not over.wait(0.02):
                        one.sendall(b"a")
            except OSError:
                pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        scheme = "https" if request.param == "tls" else "http"
        yield f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/", client
        over.set()
    thread.join(10)


def _session(context: ssl.SSLContext) -> requests.Session:
    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
            super().init_poolmanager(*arguments, ssl_context=context, **named)

    responses.hurry(context)
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, _answer_heads.hurried(Adapter()))
    return session


def test_a_head_without_an_end_is_given_up(trickling: Address) -> None:
    address, context = trickling
    with _session(context) as session, pytest.raises(requests.RequestException), responses.within(0.3):
        session.get(address, timeout=20)


def test_the_narrower_of_two_limits_holds_and_ends() -> None:
    clock = iter(range(100))
    with responses.within(50, lambda: next(clock)):
        with responses.within(3, lambda: next(clock)):
            responses.wait(None)
            with pytest.raises(responses.Late):
                responses.wait(None)
        assert responses.wait(10) == 10
    assert responses.wait(7) == 7
    assert responses.wait(None) is None


def test_a_body_has_a_measure() -> None:
    assert responses.whole([b"ab", b"c"], 3) == b"abc"
    with pytest.raises(responses.TooLarge):
        responses.whole([b"ab", b"cd"], 3)


@pytest.mark.parametrize("text", ["[" * 9, b"{}" * 9])
def test_json_that_would_swell_is_refused(text: str | bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responses, "MOST_PARTS", 8)
    with pytest.raises(responses.TooLarge):
        responses.parsed(text)


def test_a_page_that_would_swell_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responses, "MOST_PARTS", 8)
    pieces = iter([b"[" * 9, b""])
    with pytest.raises(Exception, match="parts"):
        _bodies.held(lambda _: next(pieces), "the site")


def test_a_number_of_thousands_of_digits_is_a_number() -> None:
    assert responses.parsed(f'{{"a": {"9" * 5000}}}') == {"a": float("inf")}


def test_a_recording_has_a_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_answer_heads, "MOST_SOUND", 3)

    class Response:
        def read(self, most: int) -> bytes:
            return b"a" * most

    response = _answer_heads.counted(Response(), "the site")
    assert response.read(2) == b"aa"
    with pytest.raises(Exception, match="more than"):
        response.read(2)
