"""A YouTube on this machine: the real yt-dlp and youtube-transcript-api are sent to it by a proxy.

In a test, the fixture ``youtube`` is running, empty of counts, and named in the environment as proxy and as
trusted; the code under test needs to know nothing. For other processes::

    with YouTube() as youtube:
        subprocess.run([...], env=os.environ | youtube.environment)

or ``python -m tests.doubles.youtube``, which prints one JSON line with ``proxy``, ``ca`` and ``environment``;
``GET <proxy>/counts`` and ``POST <proxy>/reset`` then read and clear the counters.
"""

import argparse
import base64
import json
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import quote

import pytest

from tests.doubles import youtube_catalogue, youtube_lists, youtube_pages
from tests.doubles.youtube_catalogue import Blockade, Catalogue, Channel, Fault, Video
from tests.doubles.youtube_requests import Asked, understand
from tests.doubles.youtube_tunnel import Reply, Request, Tunnel

__all__ = ["Blockade", "YouTube", "youtube", "youtube_server"]

LISTED = {False: 100, True: 30}
"""Members a page: of a playlist, of a channel."""


@dataclass
class YouTube:
    """A running loopback YouTube; a context manager. Change ``catalogue`` and the fields at any time.

    ``counts`` is requests by kind, ``by_video`` the same for each video or list, ``times`` when each came.
    ``consent``: every watch page is the consent page until its cookie is there. ``latency`` is seconds.
    """

    catalogue: Catalogue = field(default_factory=youtube_catalogue.build)
    credentials: str = ""
    latency: float = 0.0
    consent: bool = False
    page_kilobytes: int = 0
    port: int = 0
    blockade: Blockade | None = None

    def __post_init__(self) -> None:
        self._guard = threading.Lock()
        self.reset()
        self._tunnel = Tunnel(self._answer, self._control, port=self.port, credentials=self.credentials)
        self.proxy = self._tunnel.url
        self.ca = str(self._tunnel.ca)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._tunnel.close()

    @property
    def environment(self) -> dict[str, str]:
        """What another process needs in its environment to be sent here."""
        proxy = self.proxy.replace("//", f"//{self.credentials}@") if self.credentials else self.proxy
        return {
            "HTTPS_PROXY": proxy,
            "NO_PROXY": "127.0.0.1,localhost",
            "SSL_CERT_FILE": self.ca,
            "REQUESTS_CA_BUNDLE": self.ca,
        }

    @property
    def refused(self) -> list[str]:
        """Hosts that were asked for and are not played here."""
        return self._tunnel.refused

    def reset(self) -> None:
        """Forget all that was counted, and how often each fault has happened."""
        with self._guard:
            self.counts: Counter[str] = Counter()
            self.by_video: dict[str, Counter[str]] = {}
            self.times: list[tuple[float, str, str]] = []
            self.cookies: list[str] = []
            self._happened: Counter[tuple[str, Fault]] = Counter()
            self._answered = self._turned_away = 0

    def renew(self) -> None:
        """Be as new: the catalogue, the options and the counters; only the address stays."""
        self.catalogue = youtube_catalogue.build()
        self.latency, self.consent, self.page_kilobytes, self.blockade = 0.0, False, 0, None
        self.refused.clear()
        self.reset()

    def requests(self, subject: str = "") -> int:
        """How many requests there were in all, or for one video or list."""
        with self._guard:
            return (self.by_video.get(subject, Counter()) if subject else self.counts).total()

    def spoil(self, video: str, *faults: Fault) -> None:
        """Give a video these faults, in place of those it has."""
        self.catalogue.videos[video] = self.catalogue.videos[video].but(*faults)

    # Answering

    def _answer(self, request: Request) -> Reply:
        asked = understand(request)
        with self._guard:
            self.counts[asked.kind] += 1
            self.by_video.setdefault(asked.subject, Counter())[asked.kind] += 1
            self.times.append((time.monotonic(), asked.kind, asked.subject))
            self.cookies.append(request.headers.get("Cookie", ""))
            refused = self._turns_away()
        if self.latency:
            time.sleep(self.latency)
        if refused is not None:
            return _refusal(refused.status, refused.retry_after)
        video = self.catalogue.videos.get(asked.subject)
        faults = self._faults(asked, video)
        for fault in faults:
            if fault.kind == "slow":
                time.sleep(fault.seconds)
            elif fault.kind == "reset":
                return Reply(keep=-1)
            elif fault.kind == "status":
                return _refusal(fault.status, fault.retry_after)
        kinds = {fault.kind for fault in faults}
        reply = self._content(asked, video, kinds)
        if "garbled" in kinds:
            return Reply(reply.status, b"\x00\xff{<" + reply.body[100:200][::-1], reply.kind)
        return (
            Reply(reply.status, reply.body, reply.kind, reply.headers, 0.5) if "truncated" in kinds else reply
        )

    def _turns_away(self) -> Blockade | None:
        wall = self.blockade
        if wall is None:
            return None
        if self._answered < wall.after or self._turned_away >= wall.refusals:
            self._answered += 1
            return None
        self._turned_away += 1
        return wall

    def _faults(self, asked: Asked, video: Video | None) -> list[Fault]:
        """The faults that act on this request."""
        found = []
        for fault in video.faults if video else ():
            if fault.on and fault.on not in asked.tags:
                continue
            with self._guard:
                self._happened[asked.subject, fault] += 1
                spent = fault.times is not None and self._happened[asked.subject, fault] > fault.times
            if not spent:
                found.append(fault)
        return found

    def _content(self, asked: Asked, video: Video | None, kinds: set[str]) -> Reply:
        client = str(asked.data.get("context", {}).get("client", {}).get("clientName"))
        replies: dict[str, Callable[[], Reply]] = {
            "watch": lambda: self._watch(asked, video, kinds),
            "player": lambda: _json(youtube_pages.player(video, client, kinds)),
            "next": lambda: _json(youtube_pages.watch(video, kinds)),
            "captions": lambda: _captions(asked, video, kinds),
            "sound": lambda: _sound(asked, video),
            "list": lambda: self._page("", self._listing(asked.subject), None),
            "browse": lambda: _json(self._browse(asked)),
            "resolve": lambda: _json({}),
            "search": lambda: _json(self._search(asked.subject)),
            "embed": lambda: self._page("", {}, None),
            "consent": lambda: Reply(body=youtube_pages.CONSENT.encode()),
        }
        return replies.get(asked.kind, lambda: Reply(404))()

    def _watch(self, asked: Asked, video: Video | None, kinds: set[str]) -> Reply:
        cookies = asked.request.headers.get("Cookie", "")
        if self.consent and "CONSENT=YES" not in cookies and "SOCS=CAI" not in cookies:
            back = quote(f"https://www.youtube.com{asked.request.target}", safe="")
            return Reply(302, headers={"Location": f"https://consent.youtube.com/m?continue={back}"})
        if "captcha" in kinds:
            return Reply(body=youtube_pages.CAPTCHA.encode())
        title = video.title if video else ""
        return self._page(title, youtube_pages.watch(video, kinds), youtube_pages.player(video, "WEB", kinds))

    def _page(self, title: str, data: dict[str, Any], answer: dict[str, Any] | None) -> Reply:
        filler = f"<!--{'as heavy as a real page ' * (self.page_kilobytes * 42)}-->"
        return Reply(body=youtube_pages.page(title, data, answer, filler).encode())

    # Lists

    def _listing(self, name: str) -> dict[str, Any]:
        owner, _, tab = name.partition("/")
        channel = self._channel(owner)
        if channel is None and name in self.catalogue.lists:
            return youtube_lists.playlist(name, self._rows(name, 0))
        if channel is None:
            reason = self.catalogue.refused_lists.get(name, "The playlist does not exist.")
            return youtube_lists.no_listing(reason)
        tabs = (
            "videos",
            *(name for name in ("streams", "playlists") if f"{channel.id}/{name}" in self.catalogue.lists),
        )
        rows = self._rows(f"{channel.id}/{tab}" if tab else channel.id, 0)
        return youtube_lists.channel(channel, tabs, tab or "videos", rows)

    def _browse(self, asked: Asked) -> dict[str, Any]:
        name, start = json.loads(base64.b64decode(asked.data["continuation"]))
        return youtube_lists.continued(self._rows(name, start))

    def _search(self, words: str) -> dict[str, Any]:
        found = [one for one in self.catalogue.videos.values() if words.casefold() in one.title.casefold()]
        return youtube_lists.searched([youtube_lists.row(one, one.id, grid=False) for one in found])

    def _rows(self, name: str, start: int) -> list[dict[str, Any]]:
        grid = name.startswith("UC")
        videos = self.catalogue.videos
        uploads = [video.id for video in videos.values() if video.channel.id == name]
        members = self.catalogue.lists.get(name, uploads)
        end = start + LISTED[grid]
        rows = [youtube_lists.row(videos.get(member), member, grid=grid) for member in members[start:end]]
        if end < len(members):
            rows.append(youtube_lists.more(_token(name, end)))
        return rows

    def _channel(self, name: str) -> Channel | None:
        channels = {video.channel for video in self.catalogue.videos.values()}
        return next((channel for channel in channels if name in (channel.id, channel.handle)), None)

    def _control(self, request: Request) -> Reply:
        """What is asked of the proxy itself."""
        if request.method == "POST" and request.target == "/reset":
            self.reset()
        with self._guard:
            return _json({"counts": self.counts, "by_video": self.by_video, "refused": self.refused})


def _captions(asked: Asked, video: Video | None, kinds: set[str]) -> Reply:
    generated = asked.query.get("kind") == "asr"
    wanted = asked.query.get("lang")
    unsigned = asked.query.get("signature") != youtube_pages.SIGNATURE
    if video is None or unsigned or "exp" in asked.query or "empty" in kinds:
        return Reply()
    track = next((t for t in video.captions if (t.language, t.generated) == (wanted, generated)), None)
    if track is None:
        return Reply(404)
    if "json3" in asked.tags:
        return Reply(body=youtube_pages.json3(track).encode(), kind="application/json; charset=UTF-8")
    return Reply(body=youtube_pages.xml(track).encode(), kind="text/xml; charset=UTF-8")


def _sound(asked: Asked, video: Video | None) -> Reply:
    """The piece that was asked for, as the site's media hosts give it: never more than 10 MiB."""
    whole = video.sound if video else b""
    first, _, last = asked.request.headers.get("Range", "").removeprefix("bytes=").partition("-")
    if not first or not last or int(last) - int(first) >= 10 << 20:
        return Reply(403)
    piece = whole[int(first) : int(last) + 1]
    told = f"bytes {first}-{int(first) + len(piece) - 1}/{len(whole)}"
    return Reply(206, piece, "audio/mp4", {"Content-Range": told})


def _refusal(status: int, retry_after: str) -> Reply:
    body = youtube_pages.CAPTCHA if status == 429 else "<html><body>no</body></html>"
    return Reply(status, body.encode(), headers={"Retry-After": retry_after} if retry_after else {})


def _json(value: dict[str, Any]) -> Reply:
    return Reply(body=json.dumps(value, ensure_ascii=False).encode(), kind="application/json; charset=UTF-8")


def _token(name: str, start: int) -> str:
    return base64.b64encode(json.dumps([name, start]).encode()).decode()


@pytest.fixture(scope="session")
def youtube_server() -> Iterator[YouTube]:
    """The one that runs; take ``youtube`` instead, which is as new for each test."""
    with YouTube() as site:
        yield site


@pytest.fixture
def youtube(youtube_server: YouTube, monkeypatch: pytest.MonkeyPatch) -> YouTube:
    """A loopback YouTube to which this process and its children are sent."""
    youtube_server.renew()
    for name, value in youtube_server.environment.items():
        monkeypatch.setenv(name, value)
    return youtube_server


def main() -> None:
    parser = argparse.ArgumentParser(description="A loopback YouTube, until it is interrupted.")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS", help="added to each request")
    parser.add_argument("--page-kb", type=int, default=0, help="weight of a page; a real one has 1000")
    options = parser.parse_args()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with YouTube(port=options.port, latency=options.latency, page_kilobytes=options.page_kb) as site:
        start = {"proxy": site.proxy, "ca": site.ca, "environment": site.environment}
        print(json.dumps(start), flush=True)
        ended.wait()


if __name__ == "__main__":
    main()
