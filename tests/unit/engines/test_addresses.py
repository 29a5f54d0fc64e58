"""Addresses of model servers, as people write them."""

import pytest

from vidgist.engines import _addresses
from vidgist.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://localhost:1234", "http://localhost:1234"),
        ("localhost:1234", "http://localhost:1234"),
        ("localhost:1234/v1/", "http://localhost:1234/v1"),
        ("127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
        ("192.168.1.20:11434", "http://192.168.1.20:11434"),
        ("gpu-box:8000", "http://gpu-box:8000"),
        ("api.example.com/v1", "https://api.example.com/v1"),
        ("https://api.example.com/v1/chat/completions", "https://api.example.com/v1"),
        ("https://api.example.com/v1/models/", "https://api.example.com/v1"),
        ("https://api.example.com/v1/responses", "https://api.example.com/v1"),
        ("  'https://api.example.com/v1' ", "https://api.example.com/v1"),
        ("<https://api.example.com/v1>", "https://api.example.com/v1"),
        ("https://api.example.com/v1#top", "https://api.example.com/v1"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("https://user:secret@api.example.com/v1", "https://user:secret@api.example.com/v1"),
    ],
)
def test_an_address_is_read(text: str, url: str) -> None:
    assert _addresses.read(text).url == url


def test_a_query_goes_with_every_request() -> None:
    azure = "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21"
    address = _addresses.read(azure)
    assert address.url == "https://x.openai.azure.com/openai/deployments/d"
    assert address.query == {"api-version": "2024-10-21"}
    assert address.path == "/openai/deployments/d"


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://user:secret@api.example.com:8443/v1", "api.example.com:8443"),
        ("http://[::1]:8080", "[::1]:8080"),
        ("https://API.Example.com", "api.example.com"),
    ],
)
def test_people_see_the_host_alone(text: str, host: str) -> None:
    assert _addresses.read(text).host == host


@pytest.mark.parametrize(
    "text",
    ["", "  ", "ftp://x", "https://", "http://[::1", "http://x:port", "file:///x", "http://a b/v1", "a,b"],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        _addresses.read(text)


@pytest.mark.parametrize(
    ("name", "here", "near"),
    [
        ("localhost", True, True),
        ("LOCALHOST.", True, False),
        ("app.localhost", True, True),
        ("127.8.0.1", True, True),
        ("::1", True, True),
        ("[::1]", True, True),
        ("192.168.0.7", False, True),
        ("10.1.2.3", False, True),
        ("gpu-box", False, True),
        ("nas.local", False, True),
        ("host.docker.internal", False, True),
        ("api.example.com", False, False),
        ("8.8.8.8", False, False),
    ],
)
def test_this_machine_and_those_beside_it(name: str, here: bool, near: bool) -> None:
    assert _addresses.is_loopback(name) is here
    assert _addresses.is_near(name) is near
