"""Any other site that yt-dlp knows, and addresses of media and subtitle files.

A page may hold one video or a list; only a request shows which. Its subtitles are read in any format
the site has; where it has none and a listener is there, the sound is downloaded, heard and thrown away.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from vidgist.config import Settings
from vidgist.errors import Blocked, InputError, ItemError, NoTranscript, NotYet, Unavailable
from vidgist.models import Fetched, Item, Ref, Transcript, Video
from vidgist.protocols import Visit, at_once
from vidgist.sources import (
    _downloaded_words,
    _network,
    _recordings,
    _run_network,
    _site_info,
    _speech,
    _youtube_addresses,
    _youtube_dl,
)
from vidgist.sources._caption_lines import require_speech
from vidgist.sources._pages import Pages
from vidgist.sources._plain_addresses import unwrapped
from vidgist.sources._site_info import File
from vidgist.sources._tracks import choose, notices
from vidgist.sources._video_info import Info
from vidgist.text.transcript import line

_WEB = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_SCHEMELESS = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/\S+", re.IGNORECASE)
_SEARCH = re.compile(r"[a-z]+search(?:date)?(?:\d+|all)?:\S.*", re.IGNORECASE)
_TRACKERS = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id")
_PLACE = re.compile(r"vidgist-(\d+)")
_WITHOUT = "listen to it with --transcribe, or give a transcript file of it (.vtt, .srt, .txt)"


def create(settings: Settings) -> "Site":
    """Return the source. Raises `ConfigError` for a proxy, cookies or a speech model that cannot be used."""
    network = _run_network.network(settings)
    return Site(network, listener=_speech.create(settings))


class Site:
    """A `Source`. Several threads may call it at once."""

    name = "site"
    remote = True
    by_host = True

    def __init__(self, network: _network.Network, *, listener: _speech.Listener | None = None) -> None:
        self._listener = listener
        self._meter = _network.Meter()
        self._pages = Pages(network, self._meter)
        self._opened: dict[str, Info] = {}

    @property
    def requests(self) -> Counter[str]:
        """Return the requests by kind; those of sites other than YouTube are ``other``."""
        return self._meter.read()

    def claims(self, ref: str) -> bool:
        text = unwrapped(ref)
        if _WEB.fullmatch(text) or _SEARCH.fullmatch(text):
            return True
        return bool(_SCHEMELESS.fullmatch(text)) and _youtube_dl.knows(f"https://{text}")

    def lists(self, ref: str) -> bool:
        url = _address(ref)
        return not _is_file(url) and not _is_place(url)

    def expand(self, ref: Ref, visit: Visit = at_once, /) -> Iterator[Item]:
        """Yield the one video at an address, the file that it names, or the members of a list.

        Raises `Unavailable` where there is nothing that yt-dlp knows.
        """
        url = _address(ref.text)
        if _is_file(url) or _is_place(url):
            yield _item(url, ref, name=_stem(url))
            return
        empty = True
        for info in self._pages.members(url, visit):
            empty = False
            yield self._item(url, info, ref)
        if empty:
            raise Unavailable("the list is empty", code="empty_list")

    def fetch(self, item: Item, captions: Sequence[str]) -> Fetched:
        url = item.id
        if _suffix(url) in _downloaded_words.SUFFIXES:
            return self._read_file(url)
        info = self._opened.pop(url, None) or self._info(url)
        video = _site_info.video_of(info) or Video(title=_stem(url))
        try:
            return Fetched(video=video, transcript=self._transcript(info, video, captions))
        except (ItemError, Blocked) as error:
            error.video = error.video or video
            raise

    def close(self) -> None:
        """Give up the connections that are kept open for reuse."""
        self._pages.close()
        self._opened.clear()

    def _item(self, url: str, info: Info, ref: Ref) -> Item:
        """Return the item of a page's video, or of a list's member; one of YouTube's is
        left to that source.
        """
        if info.get("ie_key") == "Youtube" and info.get("id"):
            video = str(info["id"])
            return Item(
                source="youtube",
                id=video,
                name=video,
                url=_youtube_addresses.watch_url(video),
                origin=ref.origin,
            )
        place = info.get("_place")
        if info.get("_type") in ("url", "url_transparent"):
            own = identity(str(info["url"]))
        elif place is None:
            own = identity(url)
        else:  # one of several players on a page
            own = f"{identity(url)}#vidgist-{place}"
        if info.get("_type") not in ("url", "url_transparent"):
            self._opened[own] = info
        typed = url if own == identity(url) else own
        name = str(info.get("id") or "")
        if not name or name.startswith(_stem(own)):  # numbered, as there might be more players on the page
            name = _stem(own)
        return _item(own, ref, url=typed, name=name, video=_site_info.video_of(info))

    def _info(self, url: str) -> Info:
        page, _, fragment = url.partition("#")
        place = _PLACE.fullmatch(fragment)
        info = self._pages.open(page)
        entries = info.get("entries")
        if entries is None:
            return info
        at = int(place[1]) if place else 1
        if at > len(entries) or (not place and len(entries) != 1):
            raise Unavailable("the page does not hold this video any more", code="not_found")
        entry: Info = entries[at - 1]
        return entry

    def _read_file(self, url: str) -> Fetched:
        words = _downloaded_words.read(self._pages.read(File(url=url)), _suffix(url).removeprefix("."))
        spoken = words.model_copy(update={"segments": require_speech(words.segments)})
        end = max((one.start + one.duration for one in spoken.segments), default=0.0)
        video = Video(
            title=_stem(url), seconds=end if spoken.timed and end else None, language=spoken.language
        )
        return Fetched(video=video, transcript=spoken)

    def _transcript(self, info: Info, video: Video, captions: Sequence[str]) -> Transcript:
        if info.get("live_status") == "is_live" or info.get("is_live"):
            raise NotYet("it is live now; its subtitles come after it has ended", code="live")
        tracks = _site_info.tracks_of(info)
        track = choose(tuple(tracks), captions, video.language)
        if track is None:
            return self._heard(info, video)
        file = tracks[track]
        words = _downloaded_words.read(
            self._pages.read(file, str(info.get("webpage_url") or "")), file.suffix
        )
        return words.model_copy(
            update={
                "segments": require_speech(words.segments),
                "language": track.language or words.language,
                "generated": track.generated,
                "notices": (*words.notices, *notices(track, captions)),
            }
        )

    def _heard(self, info: Info, video: Video) -> Transcript:
        if self._listener is None:
            raise NoTranscript("it has no subtitles", hint=_WITHOUT)
        sound = _site_info.sound_of(info)
        if sound is None:
            raise NoTranscript("it has no subtitles, and its sound is not offered", code="no_sound")
        with TemporaryDirectory(prefix="vidgist-") as folder:
            recording = Path(folder) / "sound"
            self._pages.download(sound, recording, str(info.get("webpage_url") or ""))
            return self._listener.hear(recording, video.language)


def identity(url: str) -> str:
    """Return what names the same page at every run: without trackers and without a place in the page."""
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    kept = [(name, value) for name, value in query if not _TRACKERS.fullmatch(name)]
    search = parts.query if len(kept) == len(query) else urlencode(kept)
    return parts._replace(
        scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), query=search, fragment=""
    ).geturl()


def _address(text: str) -> str:
    text = unwrapped(text)
    if _SEARCH.fullmatch(text):
        return text
    address = text if _WEB.match(text) else f"https://{text}"
    try:
        urlsplit(address).port  # noqa: B018 (it raises for an address that is none)
    except ValueError as error:
        raise InputError(f"not an address: {error}") from error
    return address


def _is_file(url: str) -> bool:
    return _suffix(url) in (*_downloaded_words.SUFFIXES, *_recordings.SUFFIXES) and not _SEARCH.fullmatch(url)


def _is_place(url: str) -> bool:
    """Return whether an address names one of several players on a page."""
    return _PLACE.fullmatch(url.rpartition("#")[2]) is not None


def _suffix(url: str) -> str:
    return PurePosixPath(urlsplit(url).path).suffix.lower()


def _stem(url: str) -> str:
    """Return a name for people, of the last part of an address."""
    parts = urlsplit(url)
    name = unquote(PurePosixPath(parts.path).name)
    stem = name.removesuffix(PurePosixPath(name).suffix) if _suffix(url) else name
    return line(stem) or parts.hostname or "page"


def _item(own: str, ref: Ref, *, name: str, url: str = "", video: Video | None = None) -> Item:
    return Item(source=Site.name, id=own, name=name, url=url or own, origin=ref.origin, video=video)
