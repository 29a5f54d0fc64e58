"""Podcast feeds as a source of vidgist: episodes are items, their published transcripts the words.

A feed is RSS 2.0 with the namespaces ``itunes`` and ``podcast`` (Podcasting 2.0); an episode's
``<podcast:transcript>`` links to WebVTT, SubRip or JSON. An input is a feed's address, or an episode's:

    https://example.org/feed.xml                 every episode, in the feed's order
    https://example.org/feed.xml#<guid>          one of them
    podcast:https://example.org/whatever         for addresses that do not look like a feed's
"""

import hashlib
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, unquote, urljoin
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
import requests
from defusedxml.common import DefusedXmlException

from vidgist import readers, speech
from vidgist.config import Settings
from vidgist.errors import InputError, ItemError, NoTranscript, Transient, Unavailable, Unreadable
from vidgist.models import Fetched, Item, Ref, Transcript, Video
from vidgist.protocols import Visit, at_once
from vidgist.text import transcript

TIMEOUT = 20.0
"""Seconds to wait for a connection, and for each piece of an answer."""

MOST_BYTES = 20_000_000
MOST_SOUND_BYTES = 1_000_000_000
_MOST_DIGITS = 9

_FEED = re.compile(r"https?://[^\s#]+(?:\.rss|\.xml|/feed/?|/rss/?)(?:\?[^\s#]*)?(?:#\S*)?", re.IGNORECASE)
_PREFIX = "podcast:"
_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_TRANSCRIPTS = (
    "{https://podcastindex.org/namespace/1.0}transcript",
    "{https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md}transcript",
)
_KINDS = {
    "text/vtt": "vtt",
    "application/x-subrip": "srt",
    "application/srt": "srt",
    "text/srt": "srt",
    "application/json": "json",
}
"""The media types with times, best first."""


@dataclass(frozen=True)
class Link:
    url: str
    kind: str
    language: str


@dataclass(frozen=True)
class Episode:
    guid: str
    video: Video
    links: tuple[Link, ...]
    sound: str


Feed = dict[str, Episode]


def create(settings: Settings) -> "Podcast":
    return Podcast(newest_first=settings.newest_first, listener=speech.create(settings))


class Podcast:
    """A `vidgist.protocols.Source`. A feed that was listed is not asked for again by its episodes."""

    name = "podcast"
    remote = True

    def __init__(self, *, newest_first: bool = False, listener: speech.Listener | None = None) -> None:
        self.requests: Counter[str] = Counter()
        self._newest_first = newest_first
        self._listener = listener
        self._feeds: dict[str, Feed] = {}
        self._guard = threading.Lock()

    def claims(self, ref: str) -> bool:
        return ref.startswith(f"{_PREFIX}http") or _FEED.fullmatch(ref) is not None

    def lists(self, ref: str) -> bool:
        return self.claims(ref)

    def expand(self, ref: Ref, visit: Visit = at_once, /) -> Iterator[Item]:
        address, guid = _parted(ref.text)
        feed = visit(lambda: self._read(address))
        if guid and guid not in feed:
            raise InputError(f"{address} has no episode {guid!r}")
        if not feed:
            raise InputError(f"{address} has no episodes")
        episodes = [feed[guid]] if guid else list(feed.values())
        if self._newest_first:
            episodes.sort(key=lambda episode: episode.video.published or date.min, reverse=True)
        for episode in episodes:
            yield _item(address, episode, ref.origin)

    def fetch(self, item: Item, captions: Sequence[str]) -> Fetched:
        address, guid = _parted(item.id)
        feed = self._feeds.get(address) or self._read(address)
        episode = feed.get(guid)
        if episode is None:
            raise Unavailable("the feed does not have this episode any more", video=item.video)
        try:
            return Fetched(video=episode.video, transcript=self._words(episode, captions))
        except ItemError as error:
            error.video = episode.video
            raise

    def close(self) -> None:
        self._feeds.clear()

    def _words(self, episode: Episode, captions: Sequence[str]) -> Transcript:
        link = _best(episode, captions)
        if link is None:
            return self._heard(episode)
        body = self._get(link.url, "transcript", MOST_BYTES).decode("utf-8-sig", errors="replace")
        segments = readers.transcript(body.encode(), link.kind).segments
        if not transcript.speaks(segments):
            raise NoTranscript("its transcript holds no words", code="empty_transcript")
        return Transcript(segments=segments, language=link.language or episode.video.language)

    def _heard(self, episode: Episode) -> Transcript:
        if self._listener is None or not episode.sound:
            raise NoTranscript(
                "its feed links no transcript with times", hint="listen to it with --transcribe"
            )
        with TemporaryDirectory(prefix="vidgist-") as folder:
            recording = Path(folder) / "sound"
            recording.write_bytes(self._get(episode.sound, "sound", MOST_SOUND_BYTES))
            return self._listener.hear(recording, episode.video.language)

    def _read(self, address: str) -> Feed:
        """Ask for a feed, and keep it for its episodes."""
        feed = _feed(self._get(address, "feed", MOST_BYTES), address)
        self._feeds[address] = feed
        return feed

    def _get(self, url: str, kind: str, most: int) -> bytes:
        """The body of an answer. Raises `Unavailable`, `Unreadable` (too_large) or `Transient`."""
        with self._guard:
            self.requests[kind] += 1
        try:
            with requests.get(url, timeout=TIMEOUT, stream=True) as answer:
                _check(answer, kind)
                body = bytearray()
                for piece in answer.iter_content(1 << 16):
                    body += piece
                    if len(body) > most:
                        raise Unreadable(f"the {kind} has more than {most // 1_000_000} MB", code="too_large")
                return bytes(body)
        except ValueError as error:  # requests' own errors for an address that is none
            raise Unavailable(f"the {kind}'s address is none: {url[:100]}") from error
        except requests.RequestException as error:
            raise Transient(f"the {kind} cannot be had: {type(error).__name__}") from error


def _check(answer: requests.Response, kind: str) -> None:
    status = answer.status_code
    if status == requests.codes.too_many_requests or status >= requests.codes.internal_server_error:
        wait = answer.headers.get("Retry-After", "")
        raise Transient(
            f"the {kind}'s server has trouble (HTTP {status})",
            code="server_error",
            retry_after=float(wait) if wait.isdecimal() else None,
        )
    if status in (requests.codes.unauthorized, requests.codes.forbidden):
        raise Unavailable(f"the {kind} is not public (HTTP {status})", code="private")
    if not answer.ok:
        raise Unavailable(f"the {kind} is not there (HTTP {status})")


def _parted(ref: str) -> tuple[str, str]:
    """The feed's address and the episode's guid, which may be empty."""
    address, _, guid = ref.removeprefix(_PREFIX).partition("#")
    return address, unquote(guid)


def _item(address: str, episode: Episode, origin: str) -> Item:
    identity = f"{address}#{quote(episode.guid, safe='')}"
    return Item(
        source=Podcast.name,
        id=identity,
        name=hashlib.sha256(identity.encode()).hexdigest()[:11],
        url=identity if _FEED.fullmatch(identity) else f"{_PREFIX}{identity}",
        origin=origin,
        video=episode.video,
    )


# Reading a feed


def _feed(body: bytes, address: str) -> Feed:
    try:
        channel = defusedxml.ElementTree.fromstring(body).find("channel")
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Unreadable(f"{address} is no feed: {error}", code="format") from error
    if channel is None:
        raise Unreadable(f"{address} is no RSS feed", code="format")
    episodes = (_episode(element, channel, address) for element in channel.iter("item"))
    return {episode.guid: episode for episode in episodes if episode.guid}


def _episode(element: Element, channel: Element, address: str) -> Episode:
    language = _text(channel, "language")
    enclosure = element.find("enclosure")
    sound = "" if enclosure is None else enclosure.get("url", "")
    return Episode(
        guid=_text(element, "guid") or sound,
        video=Video(
            title=_text(element, "title") or "An episode",
            seconds=_seconds(_text(element, f"{_ITUNES}duration")),
            channel=_text(channel, "title"),
            channel_url=_text(channel, "link"),
            published=_day(_text(element, "pubDate")),
            language=language,
        ),
        links=tuple(
            Link(
                url=urljoin(address, link.get("url", "")),
                kind=_KINDS.get(link.get("type", "").partition(";")[0].strip().lower(), ""),
                language=link.get("language", ""),
            )
            for tag in _TRANSCRIPTS
            for link in element.iter(tag)
        ),
        sound=urljoin(address, sound) if sound else "",
    )


def _text(element: Element, tag: str) -> str:
    return transcript.line(element.findtext(tag) or "")


def _seconds(text: str) -> float | None:
    """``3723``, ``62:03`` or ``1:02:03``; None for what is none of these."""
    total = 0.0
    for part in text.split(":"):
        if not part.strip().isdecimal() or len(part) > _MOST_DIGITS:
            return None
        total = total * 60 + int(part)
    return total


def _day(text: str) -> date | None:
    with suppress(ValueError, TypeError, OverflowError):
        return parsedate_to_datetime(text).date()
    return None


def _best(episode: Episode, captions: Sequence[str]) -> Link | None:
    """The link in the language most wanted, the feed's own if none is; then the best kind."""
    wanted = [*captions, episode.video.language]
    kinds = list(_KINDS.values())

    def rank(link: Link) -> tuple[int, int]:
        spoken = (link.language or episode.video.language).lower()
        heard = (n for n, code in enumerate(wanted) if spoken.split("-")[0] == code.lower().split("-")[0])
        return next(heard, len(wanted)), kinds.index(link.kind)

    return min((link for link in episode.links if link.kind), key=rank, default=None)
