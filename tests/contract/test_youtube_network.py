"""How both libraries reach the loopback YouTube: proxies, cookies, certificates, patience."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.doubles.youtube import YouTube
from tests.doubles.youtube_catalogue import Fault
from vidgist.config import Settings
from vidgist.errors import BadCredentials, ConfigError, RunError, Transient, Unreachable, VidgistError
from vidgist.models import Fetched, Ref
from vidgist.sources import youtube as source_room
from vidgist.sources._network import Network

COOKIES = "# Netscape HTTP Cookie File\n#HttpOnly_.youtube.com\tTRUE\t/\tTRUE\t4102444800\tPREF\tf6=8\n\n"
DEAD = "http://127.0.0.1:9"

Fetch = Callable[..., Fetched]


@pytest.fixture(params=["yt-dlp", "youtube-transcript-api"])
def fetch(request: pytest.FixtureRequest) -> Iterator[Fetch]:
    """Reads a good video by one of the two libraries, with settings as a user would give them."""
    made: list[source_room.YouTube] = []

    def read(network: Network | None = None, **settings: str) -> Fetched:
        source = (
            source_room.YouTube(network) if network else source_room.create(Settings.model_validate(settings))
        )
        made.append(source)
        if request.param == "yt-dlp":
            return source.fetch(next(source.expand(Ref(text="bread_talk1"))), ())
        return source._captions.fetch("bread_talk1", ())

    yield read
    for source in made:
        source.close()


def test_the_environments_proxy_and_certificates(youtube: YouTube, fetch: Fetch) -> None:
    assert fetch().video.title == "Bread Without Yeast"
    assert youtube.requests() == 3


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_any_of_the_usual_names_of_a_bundle_will_do(
    youtube: YouTube, fetch: Fetch, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv(name, youtube.ca)
    assert fetch().video.title == "Bread Without Yeast"


def test_an_untrusted_certificate_is_said_to_be(
    youtube: YouTube, fetch: Fetch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("no certificate\n")
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    monkeypatch.setenv("SSL_CERT_FILE", str(empty))
    with pytest.raises(RunError) as caught:
        fetch()
    assert caught.value.code == "untrusted"
    assert youtube.requests() == 0


def test_the_proxy_that_is_named_wins_over_the_environments(
    youtube: YouTube, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", DEAD)
    monkeypatch.setenv("ALL_PROXY", DEAD)
    assert fetch(proxy=youtube.proxy).video.title == "Bread Without Yeast"
    assert fetch(proxy=youtube.proxy.removeprefix("http://")).video.title == "Bread Without Yeast"
    monkeypatch.setenv("HTTPS_PROXY", youtube.proxy)
    with pytest.raises(Transient):
        fetch(proxy=DEAD)


def test_a_proxy_that_wants_a_password(
    youtube: YouTube, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    with YouTube(credentials="user:word") as strict:
        monkeypatch.setenv("HTTPS_PROXY", strict.proxy)
        with pytest.raises(BadCredentials) as caught:
            fetch()
        assert caught.value.code == "proxy_auth"
        monkeypatch.setenv("HTTPS_PROXY", strict.environment["HTTPS_PROXY"])
        assert fetch().video.title == "Bread Without Yeast"
        assert fetch(proxy=strict.environment["HTTPS_PROXY"]).video.title == "Bread Without Yeast"


def test_a_proxy_that_is_not_there(youtube: YouTube, fetch: Fetch) -> None:
    with pytest.raises(Unreachable, match="proxy does not connect") as caught:
        fetch(proxy=DEAD)
    assert caught.value.code == "unreachable"
    assert youtube.requests() == 0


def test_a_server_that_does_not_answer_is_not_waited_for(youtube: YouTube, fetch: Fetch) -> None:
    youtube.spoil("bread_talk1", Fault("slow", "watch", seconds=60))
    with pytest.raises(Transient):
        fetch(Network(bundles=(youtube.ca,), timeout=0.15))


def test_cookies_reach_the_site_and_their_file_stays_as_it_is(
    youtube: YouTube, fetch: Fetch, tmp_path: Path
) -> None:
    file = tmp_path / "cookies.txt"
    file.write_text(COOKIES)
    fetch(cookies=str(file))
    assert youtube.requests() == 3
    assert all("PREF=" in cookies and "f6=8" in cookies for cookies in youtube.cookies)
    assert file.read_text() == COOKIES


def test_the_file_is_not_written_when_the_source_is_closed(youtube: YouTube, tmp_path: Path) -> None:
    file = tmp_path / "cookies.txt"
    file.write_text(COOKIES)
    source = source_room.create(Settings(cookies=str(file)))
    source.fetch(next(source.expand(Ref(text="bread_talk1"))), ())
    source.close()
    assert file.read_text() == COOKIES


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot read"),
        (b"\xff\xfe\x00", "cannot read"),
        (b"", "no cookie"),
        (b"# Netscape HTTP Cookie File\n", "no cookie"),
        (b'[{"name": "SID"}]', "not a Netscape"),
        (b".youtube.com\tTRUE\t/\n", "not a Netscape"),
    ],
)
def test_a_cookie_file_that_is_none_is_refused_before_any_request(
    youtube: YouTube, tmp_path: Path, content: bytes | None, says: str
) -> None:
    file = tmp_path / "cookies.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=says):
        source_room.create(Settings(cookies=str(file)))
    assert youtube.requests() == 0


@pytest.mark.parametrize(
    "proxy", ["ftp://host:1", "http://", "http://host:port", "http://[::1", "://", "http://h:0"]
)
def test_a_proxy_that_is_none_is_refused_without_repeating_its_password(proxy: str) -> None:
    with pytest.raises(ConfigError) as caught:
        source_room.create(Settings(proxy=proxy))
    assert proxy not in str(caught.value)
    assert isinstance(caught.value, VidgistError)
