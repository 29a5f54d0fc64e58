"""Podcasts: a feed's episodes are items, their published transcripts the words.

An input is a feed's address, or an episode's:

    https://example.org/feed.xml                 every episode, in the feed's order
    https://example.org/feed.xml#<guid>          one of them
    podcast:https://example.org/whatever         for addresses that do not look like a feed's

The transcript that an episode links to is read first, in any format that is known (Podcasting 2.0); where it
links to none and a listener is there, its sound is downloaded, heard and thrown away.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, unquote

from vidgist.config import Settings
from vidgist.errors import Blocked, InputError, ItemError, NoTranscript, Transient, Unavailable
from vidgist.models import Chapter, Fetched, Item, Ref, Transcript
from vidgist.protocols import Visit, at_once
from vidgist.sources import _downloaded_words, _feeds, _network, _run_network, _speech
from vidgist.sources._caption_lines import require_speech
from vidgist.sources._feeds import Episode, Link
from vidgist.sources._pages import Pages
from vidgist.sources._tracks import Track, choose, notices

_FEED = re.compile(
    r"https?://(?!(?:[\w-]+\.)*youtube\.com/feed/)(?:feeds?\d?\.[^\s#]+|rss\.[^\s#]+"
    r"|[^\s#]+(?:\.rss|\.xml|\.atom|/feed/?|/rss/?|/atom/?|/podcast/?|/feeds?/[^\s#?]+))(?:\?[^\s#]*)?(?:#\S*)?",
    re.IGNORECASE,
)
_PREFIX = "podcast:"
_KINDS = {
    "text/vtt": "vtt",
    "application/x-subrip": "srt",
    "application/srt": "srt",
    "text/srt": "srt",
    "application/json": "json",
    "text/html": "html",
    "text/plain": "txt",
}
"""The media types of transcripts, those with times first."""


def create(settings: Settings) -> "Podcast":
    """Return the source. Raises `ConfigError` for a proxy, cookies or a speech model that cannot be used."""
    network = _run_network.network(settings)
    return Podcast(network, newest_first=settings.newest_first, listener=_speech.create(settings))


class Podcast:
    """A `Source`. A feed that was listed is not asked for again by its episodes."""

    name = "podcast"
    remote = True
    by_host = True

    def __init__(
        self,
        network: _network.Network,
        *,
        newest_first: bool = False,
        listener: _speech.Listener | None = None,
    ) -> None:
        self.requests: Counter[str] = Counter()
        self._newest_first = newest_first
        self._listener = listener
        self._pages = Pages(network, _network.Meter())
        self._feeds: dict[str, dict[str, Episode]] = {}

    def claims(self, ref: str) -> bool:
        return ref.lower().startswith(f"{_PREFIX}http") or _FEED.fullmatch(ref) is not None

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
            yield _item(address, episode, ref)

    def fetch(self, item: Item, captions: Sequence[str]) -> Fetched:
        address, guid = _parted(item.id)
        feed = self._feeds.get(address) or self._read(address)
        episode = feed.get(guid)
        if episode is None:
            raise Unavailable("the feed does not have this episode any more", video=item.video)
        try:
            words = self._words(episode, captions)
            video = episode.video.model_copy(update={"chapters": self._chapters(episode)})
        except (ItemError, Blocked) as error:
            error.video = episode.video
            raise
        return Fetched(video=video, transcript=words)

    def close(self) -> None:
        self._feeds.clear()
        self._pages.close()

    def _words(self, episode: Episode, captions: Sequence[str]) -> Transcript:
        link, track = _best(episode, captions)
        if link is None or track is None:
            return self._heard(episode)
        read = _downloaded_words.read(self._get(link.url, "transcript"), _KINDS.get(link.kind, link.kind))
        return read.model_copy(
            update={
                "segments": require_speech(read.segments),
                "language": track.language or read.language,
                "notices": (*read.notices, *notices(track, captions)),
            }
        )

    def _heard(self, episode: Episode) -> Transcript:
        if self._listener is None or not episode.sound:
            raise NoTranscript("its feed links no transcript", hint="listen to it with --transcribe")
        with TemporaryDirectory(prefix="vidgist-") as folder:
            recording = Path(folder) / "sound"
            self.requests["sound"] += 1
            self._pages.download({"url": episode.sound, "ext": "mp3", "id": "sound"}, recording)
            return self._listener.hear(recording, episode.video.language)

    def _chapters(self, episode: Episode) -> tuple[Chapter, ...]:
        """Return the episode's chapters; a page of them that cannot be had spoils nothing."""
        if episode.video.chapters or not episode.chapters:
            return episode.video.chapters
        try:
            return _feeds.chapters(json.loads(self._get(episode.chapters, "chapters")))
        except (ItemError, Transient, ValueError, RecursionError):
            return ()

    def _read(self, address: str) -> dict[str, Episode]:
        """Ask for a feed, and keep it for its episodes."""
        feed = _feeds.read(self._get(address, "feed"), address)
        self._feeds[address] = feed
        return feed

    def _get(self, url: str, kind: str) -> bytes:
        self.requests[kind] += 1
        return self._pages.get(url)


def _best(episode: Episode, captions: Sequence[str]) -> tuple[Link | None, Track | None]:
    """Return the transcript in the language most wanted, the feed's own if none is;
    of those the best kind.
    """
    kinds = list(_KINDS)
    known = [link for link in episode.links if link.kind in _KINDS or not link.kind.startswith("image/")]
    known.sort(key=lambda link: kinds.index(link.kind) if link.kind in kinds else len(kinds))
    spoken = episode.video.language
    tracks = [Track(link.language or spoken, generated=False, url=link.url) for link in known]
    track = choose(tracks, captions, spoken)
    return (None, None) if track is None else (known[tracks.index(track)], track)


def _parted(text: str) -> tuple[str, str]:
    """Return a feed's address and the guid of one of its episodes, empty where none is named."""
    address = text[len(_PREFIX) :] if text.lower().startswith(_PREFIX) else text
    feed, _, guid = address.partition("#")
    return feed, unquote(guid)


def _item(address: str, episode: Episode, ref: Ref) -> Item:
    identity = f"{address}#{quote(episode.guid, safe='')}"
    return Item(
        source=Podcast.name,
        id=identity,
        name=hashlib.sha256(identity.encode()).hexdigest()[:11],
        url=identity if _FEED.fullmatch(identity) else f"{_PREFIX}{identity}",
        origin=ref.origin,
        video=episode.video,
    )
