"""Any site: pages, media and subtitle addresses through the real yt-dlp, on a site of this machine."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.doubles.web import Page, Web, web
from tests.doubles.youtube_tunnel import Reply, Request, Tunnel, certificates
from vidgist.errors import Blocked, ItemError, NoTranscript, Transient, Unavailable, VidgistError, Withheld
from vidgist.models import Fetched, Item, Ref, Segment, Transcript
from vidgist.sources._network import Network
from vidgist.sources._site_info import File
from vidgist.sources.site import Site, identity

__all__ = ["web"]

EN = ("A hinge has two leaves and a pin.", "The pin must be harder than the leaves.")
DE = ("Ein Scharnier hat zwei Lappen.", "Der Stift muss härter sein.")


def vtt(lines: Sequence[str]) -> bytes:
    cues = (f"00:00:{5 * n:02}.000 --> 00:00:{5 * n + 4:02}.500\n{text}" for n, text in enumerate(lines))
    return ("WEBVTT\n\n" + "\n\n".join(cues) + "\n").encode()


def player(*tracks: str, source: str = "/talk.mp4") -> str:
    told = "".join(f'<track kind="subtitles" srclang="{name}" src="/{name}.vtt">' for name in tracks)
    return f'<video poster="/still.jpg"><source src="{source}" type="video/mp4">{told}</video>'


def page(*players: str, title: str = "How a hinge is made") -> Page:
    body = f"<html><head><title>{title}</title></head><body>{''.join(players)}</body></html>"
    return Page(body.encode(), kind="text/html")


class Ears:
    """Stands in for a speech model."""

    model = "ears"

    def hear(self, recording: Path, language: str = "") -> Transcript:
        words = f"{recording.stat().st_size} bytes were heard"
        return Transcript(segments=(Segment(start=0, duration=1, text=words),), heard_by=self.model)


@pytest.fixture
def pages(web: Web) -> Web:
    web.pages["/en.vtt"] = Page(vtt(EN), kind="text/vtt")
    web.pages["/de.vtt"] = Page(vtt(DE), kind="text/vtt")
    web.pages["/talk.mp4"] = Page(b"\0" * 300_000, kind="video/mp4")
    return web


@pytest.fixture
def source() -> Iterator[Site]:
    made = Site(Network())
    yield made
    made.close()


def expand(source: Site, text: str) -> list[Item]:
    return list(source.expand(Ref(text=text, origin="list.txt:3")))


def fetch(source: Site, url: str, captions: Sequence[str] = ()) -> Fetched:
    (item,) = expand(source, url)
    return source.fetch(item, captions)


def failing(source: Site, url: str) -> VidgistError:
    with pytest.raises(VidgistError) as caught:
        fetch(source, url)
    return caught.value


def test_a_page_with_a_video_and_subtitles(pages: Web, source: Site) -> None:
    pages.pages["/talks/hinge.html?utm_source=x"] = page(player("en", "de"))
    url = f"{pages.url}/talks/hinge.html?utm_source=x"
    (item,) = expand(source, url)
    assert (item.url, item.id, item.name) == (url, f"{pages.url}/talks/hinge.html", "hinge")
    fetched = source.fetch(item, ("de",))
    assert fetched.video.title == "How a hinge is made"
    assert fetched.video.cover == f"{pages.url}/still.jpg"
    assert [one.text for one in fetched.transcript.segments] == list(DE)
    assert (fetched.transcript.language, fetched.transcript.generated) == ("de", False)
    assert pages.asked == {"/talks/hinge.html?utm_source=x": 1, "/de.vtt": 1}


def test_another_run_fetches_from_the_item_alone(pages: Web, source: Site) -> None:
    pages.pages["/hinge.html"] = page(player("en"))
    (item,) = expand(source, f"{pages.url}/hinge.html")
    other = Site(Network())
    assert other.fetch(item, ()).transcript.text == " ".join(EN)
    other.close()


def test_what_was_taken_in_place_is_told(pages: Web, source: Site) -> None:
    pages.pages["/hinge.html"] = page(player("en"))
    assert "asked for" in fetch(source, f"{pages.url}/hinge.html", ("fr",)).transcript.notices[0]


def test_each_player_of_a_page_is_an_item(pages: Web, source: Site) -> None:
    pages.pages["/two.html"] = page(player("en"), player("de", source="/other.mp4"), title="Two talks")
    items = expand(source, f"{pages.url}/two.html")
    assert [item.url for item in items] == [f"{pages.url}/two.html#vidgist-{n}" for n in (1, 2)]
    other = Site(Network())
    assert [other.fetch(item, ()).transcript.text for item in items] == [" ".join(EN), " ".join(DE)]
    (again,) = expand(other, items[1].url)
    assert again.id == items[1].id
    other.close()


@pytest.mark.parametrize("name", ["talk.vtt", "talk.VTT?key=1"])
def test_a_subtitle_address(pages: Web, source: Site, name: str) -> None:
    pages.pages[f"/{name}"] = Page(vtt(EN), kind="text/vtt")
    assert not source.lists(f"{pages.url}/{name}")
    fetched = fetch(source, f"{pages.url}/{name}")
    assert (fetched.video.title, fetched.video.seconds) == ("talk", 9.5)
    assert fetched.transcript.text == " ".join(EN)


def test_a_media_address_is_heard(pages: Web) -> None:
    source = Site(Network(), listener=Ears())  # type: ignore[arg-type]
    pages.pages["/a%20talk.mp3"] = Page(b"\0" * 200_000, kind="audio/mpeg")
    assert not source.lists(f"{pages.url}/a%20talk.mp3")
    fetched = fetch(source, f"{pages.url}/a%20talk.mp3")
    assert fetched.transcript.text == "200000 bytes were heard"
    assert fetched.video.title == "a talk"
    source.close()


def test_a_page_without_subtitles_is_heard_or_says_how(pages: Web, source: Site) -> None:
    pages.pages["/hinge.html"] = page(player())
    error = failing(source, f"{pages.url}/hinge.html")
    assert isinstance(error, NoTranscript)
    assert error.code == "no_captions"
    assert "--transcribe" in error.hint
    assert error.video is not None
    listening = Site(Network(), listener=Ears())  # type: ignore[arg-type]
    assert fetch(listening, f"{pages.url}/hinge.html").transcript.text == "300000 bytes were heard"
    listening.close()


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (page("Only words"), Unavailable, "unsupported"),
        (Page(status=401), Withheld, "sign_in"),
        (Page(status=403), Withheld, "denied"),
        (Page(status=404), Withheld, "not_found"),
        (Page(status=410), Unavailable, "deleted"),
        (Page(status=451), Withheld, "geo_restricted"),
        (Page(status=429, headers={"Retry-After": "7"}), Blocked, "rate_limited"),
        (Page(status=503), Transient, "server_error"),
    ],
)
def test_each_refusal_has_its_code(
    pages: Web, source: Site, answer: Page, kind: type[VidgistError], code: str
) -> None:
    pages.pages["/x.html"] = answer
    error = failing(source, f"{pages.url}/x.html")
    assert (type(error), error.code) == (kind, code)
    assert "127.0.0.1" in str(error) or code in ("geo_restricted", "sign_in")
    assert "YouTube" not in str(error)


def test_a_site_that_nobody_reaches(source: Site) -> None:
    assert failing(source, "http://127.0.0.1:9/x.html").code == "unreachable"


@pytest.mark.parametrize(("body", "code"), [(b"", "empty_captions"), (b"no cues", "format")])
def test_subtitles_without_words(pages: Web, source: Site, body: bytes, code: str) -> None:
    pages.pages["/hinge.html"] = page(player("en"))
    pages.pages["/en.vtt"] = Page(body, kind="text/vtt")
    error = failing(source, f"{pages.url}/hinge.html")
    assert isinstance(error, ItemError)
    assert error.code == code


def test_subtitles_in_pieces(pages: Web, source: Site) -> None:
    made = "#EXTM3U\n#EXTINF:5,\n/en.vtt\n#EXTINF:5,\n/de.vtt\n#EXT-X-ENDLIST\n"
    pages.pages["/list.m3u8"] = Page(made.encode(), kind="application/vnd.apple.mpegurl")
    file = File(url=f"{pages.url}/list.m3u8", suffix="vtt", is_playlist=True)
    body = source._pages.read(file)
    assert body.count(b"WEBVTT") == 2


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/x",
        "HTTP://example.org",
        "vimeo.com/76979871",
        "scsearch3:how a hinge is made",
        "<https://example.org/x>",
    ],
)
def test_addresses_that_are_ours(source: Site, text: str) -> None:
    assert source.claims(text)


@pytest.mark.parametrize("text", ["talks/x.vtt", "example.org/x", "words", "nowhere/at/all", "ftp://x/y", ""])
def test_what_is_left_to_others(source: Site, text: str) -> None:
    assert not source.claims(text)


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTPS://Example.org/A?b=1&utm_source=x#t=3", "https://example.org/A?b=1"),
        ("https://example.org/?q=a%20b", "https://example.org/?q=a%20b"),
        ("https://example.org/x?fbclid=1", "https://example.org/x"),
    ],
)
def test_a_page_is_known_again(url: str, same: str) -> None:
    assert identity(url) == same
    assert identity(same) == same


class PeerTube:
    """Another site with an extractor of its own, behind the tunnel."""

    host = "framatube.org"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, request: Request) -> Reply:
        self.asked.append(request.target)
        path = request.target.partition("?")[0].rstrip("/")
        answers: dict[str, object] = {
            "/api/v1/videos/9c9de5e8-0a1e-484a-b099-e80766180a6d": {
                "name": "A soft hinge",
                "description": "Forty hinges\nand a pin.",
                "duration": 10,
                "publishedAt": "2026-02-03T10:00:00.000Z",
                "language": {"id": "de", "label": "Deutsch"},
                "category": {"label": "Science"},
                "channel": {"displayName": "Workshop", "url": f"https://{self.host}/video-channels/workshop"},
                "account": {"displayName": "Bo", "url": f"https://{self.host}/accounts/bo", "name": "bo", "id": 1},
                "thumbnailPath": "/still.jpg",
                "files": [{"fileUrl": f"https://{self.host}/talk.mp4", "resolution": {"id": 360, "label": "360p"}, "size": 9}],
                "streamingPlaylists": [],
            },
            "/api/v1/videos/9c9de5e8-0a1e-484a-b099-e80766180a6d/captions": {
                "total": 2,
                "data": [
                    {"language": {"id": "en"}, "captionPath": "/lazy/en.vtt"},
                    {"language": {"id": "de"}, "captionPath": "/lazy/de.vtt"},
                ],
            },
        }  # fmt: skip
        if path in answers:
            return Reply(body=json.dumps(answers[path]).encode(), kind="application/json")
        if path.startswith("/lazy/"):
            return Reply(body=vtt(DE if path.endswith("de.vtt") else EN), kind="text/vtt")
        return Reply(status=404)


def test_a_site_with_an_extractor_of_its_own() -> None:
    site = PeerTube()
    tunnel = Tunnel(site, lambda _: Reply(status=404))
    source = Site(Network(proxy=tunnel.url, bundles=(str(certificates()[1]),)))
    try:
        fetched = fetch(source, f"https://{site.host}/w/9c9de5e8-0a1e-484a-b099-e80766180a6d")
    finally:
        source.close()
        tunnel.close()
    assert fetched.video.title == "A soft hinge"
    assert fetched.video.description == "Forty hinges\nand a pin."
    assert fetched.video.categories == ("Science",)
    assert fetched.video.published is not None
    assert (fetched.video.channel, fetched.video.author, fetched.video.seconds) == ("Workshop", "Bo", 10.0)
    assert fetched.transcript.text == " ".join(DE)
    assert len(site.asked) <= 4
