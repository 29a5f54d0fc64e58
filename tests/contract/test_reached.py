"""How sites are reached: SOCKS proxies through both libraries, cookies of a browser."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doubles.socks import Socks
from tests.doubles.web import Page, Web
from vidgist.config import Settings
from vidgist.errors import ConfigError
from vidgist.models import Ref
from vidgist.sources import _captions, _network, _run_network, _youtube_dl
from vidgist.sources._network import Cookie, Network
from vidgist.sources.site import Site

VTT = b"WEBVTT\n\n00:00.000 --> 00:04.000\nA pin must be harder than the leaves.\n"
VARIABLES = ("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def socks(web: Web) -> Iterator[Socks]:
    web.pages["/talk.vtt"] = Page(VTT, kind="text/vtt")
    with Socks(int(web.url.rpartition(":")[2])) as proxy:
        yield proxy


def words(network: Network) -> str:
    source = Site(network)
    try:
        (item,) = source.expand(Ref(text="http://hinge.example/talk.vtt"))
        return source.fetch(item, ()).transcript.text
    finally:
        source.close()


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks"])
def test_a_socks_proxy_is_used(socks: Socks, scheme: str) -> None:
    proxy = socks.url.replace("socks5h", scheme)
    network = _network.create(Settings(proxy=proxy), {})
    if scheme == "socks5":  # names are looked up here
        network = Network(proxy=socks.url)
    assert words(network).startswith("A pin")
    assert socks.asked == [("hinge.example", 80)]


@pytest.mark.parametrize("scheme", ["socks5h", "socks"])
def test_a_socks_proxy_of_the_environment_is_used(
    socks: Socks, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", socks.url.replace("socks5h", scheme))
    assert words(Network()).startswith("A pin")
    session = _captions._session(Network())
    assert session.get("http://hinge.example/talk.vtt").content == VTT
    session.close()
    assert socks.asked == [("hinge.example", 80)] * 2


def test_the_other_library_takes_a_socks_proxy_too(socks: Socks) -> None:
    session = _captions._session(Network(proxy=socks.url))
    assert session.get("http://hinge.example/talk.vtt").content == VTT
    session.close()


@pytest.mark.parametrize("proxy", ["gopher://x:1", "socks9://127.0.0.1:1", "http://", "://"])
@pytest.mark.parametrize("name", ["ALL_PROXY", "https_proxy"])
def test_a_proxy_of_no_known_kind_ends_the_run(proxy: str, name: str) -> None:
    with pytest.raises(ConfigError, match=name) as caught:
        _network.create(Settings(), {name: proxy})
    assert "socks5://host:port" in caught.value.hint


@pytest.fixture
def firefox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A profile of Firefox with one cookie."""
    profile = tmp_path / "abc.default"
    profile.mkdir()
    with sqlite3.connect(profile / "cookies.sqlite") as database:
        database.execute(
            "CREATE TABLE moz_cookies (host TEXT, name TEXT, value TEXT, path TEXT, expiry INTEGER,"
            " isSecure INTEGER, originAttributes TEXT)"
        )
        database.execute(
            "INSERT INTO moz_cookies VALUES ('.hinge.example', 'pin', 'hard', '/', 4102444800, 1, '')"
        )
    database.close()
    _youtube_dl.browser_cookies.cache_clear()
    return profile


def test_the_cookies_of_a_browser_reach_every_source(firefox: Path) -> None:
    network = _run_network.network(Settings(cookies_from_browser=f"firefox:{firefox}"))
    assert network.cookies == (Cookie(".hinge.example", "/", True, 4102444800, "pin", "hard"),)
    assert _captions._session(network).cookies.get("pin") == "hard"


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ("netscape", "names no browser that is known"),
        ("chrome+nokeyring", "names no browser that is known"),
        ("firefox:/nowhere", "the cookies of firefox cannot be read"),
        ("", ""),
    ],
)
def test_a_browser_that_cannot_be_read_ends_the_run(spec: str, told: str) -> None:
    if not spec:
        assert _run_network.network(Settings()).cookies == ()
        return
    with pytest.raises(ConfigError, match=told) as caught:
        _run_network.network(Settings(cookies_from_browser=spec))
    assert caught.value.hint
