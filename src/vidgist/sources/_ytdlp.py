# ruff: noqa: ANN401 (yt-dlp is met by duck typing: it is imported late and its own types are loose)
"""What yt-dlp finds, as vidgist's values: lists, metadata, json3 captions, and sound where there are none."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vidgist.errors import Blocked, ItemError, NoTranscript, Unreadable
from vidgist.models import Fetched, Segment, Video
from vidgist.protocols import Visit, at_once
from vidgist.sources import _error_map, _video_info, _youtube_dl
from vidgist.sources._caption_lines import NotJson3, clean, parse_json3, require_speech
from vidgist.sources._network import Meter, Network, Pool
from vidgist.sources._tracks import Track, choose, transcript_of
from vidgist.sources._video_info import Info
from vidgist.sources._youtube_addresses import watch_url

_DEPTH = 3
"""A channel holds tabs, a tab may hold playlists, a playlist holds videos."""

_ENOUGH = 30
"""So many videos in a row that are too old, and a channel has no younger ones: a page of it."""

_WITHOUT_CAPTIONS = "listen to it with --transcribe, or give a transcript file of it (.vtt, .srt, .txt)"


@dataclass(frozen=True)
class Member:
    """One entry of a list."""

    id: str
    video: Video | None


class Silent(NoTranscript):
    """It has no captions that can be read. ``sound`` is what to give `YtDlp.download` to hear it instead."""

    def __init__(self, why: NoTranscript, sound: Info | None) -> None:
        super().__init__(str(why), code=why.code, hint=why.hint, video=why.video)
        self.sound = sound


class YtDlp:
    """Several threads may call one object; each call has a `YoutubeDL` to itself, reused by later ones."""

    def __init__(self, network: Network, meter: Meter, since: date | None = None) -> None:
        self._doors = Pool(lambda: _youtube_dl.create(network, meter, dated=since is not None))
        self._since = since

    def fetch(self, video_id: str, captions: Sequence[str]) -> Fetched:
        """Return metadata and captions, in three requests. Raises `Silent`, another `ItemError`, or
        `RunError`.
        """
        with self._doors.one() as door:
            info = _extract(door, watch_url(video_id), "Youtube")
            try:
                return _fetched(door, info, captions)
            except NoTranscript as error:
                raise Silent(error, _video_info.sound_of(info)) from error

    def download(self, sound: Info, into: Path) -> None:
        """Download the sound as a file, in one request for each 10 MB. Raises `ItemError` or `RunError`."""
        with self._doors.one() as door:
            _youtube_dl.save(door, sound, into)

    def members(self, url: str, visit: Visit, depth: int = _DEPTH) -> Iterator[Member]:
        """Yield the videos of a list; a page is asked for, by ``visit``, when the one before has been used
        up.

        A channel is left when its videos are older than ``since``.
        """
        with self._doors.one() as door, _visiting(door, visit):
            info = _extract(door, url, _lister(url))
            is_playlist = "/playlist?" in url
            title = clean(str(info.get("title") or "")) if is_playlist else ""
            yield from self._entries(
                door, info, depth, title=title, in_order=url.startswith("http") and not is_playlist
            )

    def look(self, url: str) -> None:
        """Ask for a page and drop it. Raises `ItemError` or `RunError`."""
        with self._doors.one() as door:
            door.heard.clear()
            with _judged(door):
                door.urlopen(url)

    def close(self) -> None:
        for door in self._doors.drain():
            door.close()

    def _entries(self, door: Any, info: Info, depth: int, *, title: str, in_order: bool) -> Iterator[Member]:
        older = 0
        for place, entry in enumerate(_guarded(door, info), start=1):
            if entry.get("entries") is not None:
                yield from self._entries(door, entry, depth, title=title, in_order=in_order)
            elif entry.get("ie_key") == "Youtube" and entry.get("id"):
                video = _video_info.listed_video(entry, title, place if title else None)
                member = Member(str(entry["id"]), video)
                yield member
                older = older + 1 if self._is_older(member) else 0
                if in_order and older == _ENOUGH:
                    return
            elif entry.get("ie_key") == "YoutubeTab" and entry.get("url") and depth:
                yield from self.members(str(entry["url"]), door.visit, depth - 1)

    def _is_older(self, member: Member) -> bool:
        published = member.video.published if member.video else None
        return self._since is not None and published is not None and published < self._since


def _lister(url: str) -> str:
    """Return the extractor of a list: of a search by relevance, by date, or of a page."""
    if url.startswith("ytsearchdate"):
        return "YoutubeSearchDate"
    return "YoutubeSearch" if url.startswith("ytsearch") else "YoutubeTab"


def _fetched(door: Any, info: Info, captions: Sequence[str]) -> Fetched:
    tracks = _video_info.tracks_of(info)
    video = _video_info.video_of(info, tracks)
    _video_info.check(info, video, tracks, door.heard)
    assert video is not None
    track = choose(tracks, captions, video.language)
    if track is None:
        raise NoTranscript("it has no captions", hint=_WITHOUT_CAPTIONS, video=video)
    try:
        segments = _read(door, track)
    except (ItemError, Blocked) as error:
        error.video = video
        raise
    return Fetched(video=video, transcript=transcript_of(track, segments, captions))


@contextmanager
def _visiting(door: Any, visit: Visit) -> Iterator[None]:
    """Have each request of a door made by ``visit``."""
    door.visit = visit
    try:
        yield
    finally:
        door.visit = at_once


def _extract(door: Any, url: str, extractor: str) -> Info:
    door.heard.clear()
    with _judged(door):
        info = door.extract_info(url, download=False, process=False, ie_key=extractor)
    if not isinstance(info, dict):
        raise _error_map.OddAnswer("YouTube's answer is not understood")
    return _video_info.typed(info)


def _guarded(door: Any, info: Info) -> Iterator[Info]:
    """Yield the entries of a list; reading on may mean a request."""
    entries = info.get("entries")
    if entries is None:
        yield info
        return
    with _judged(door):
        yield from (entry for entry in entries if isinstance(entry, dict))


def _judged(door: Any) -> AbstractContextManager[None]:
    return _youtube_dl.judged(lambda error: _failed(error, door.heard))


def _failed(error: Exception, heard: Sequence[str]) -> _error_map.Wrong:
    """Map yt-dlp's errors by their text: they have no useful types."""
    said = _youtube_dl.said(clean(str(error)))
    return _error_map.of_text((said, *heard)) or _error_map.OddAnswer(
        f"YouTube's answer is not understood: {said[:200]}"
    )


def _read(door: Any, track: Track) -> tuple[Segment, ...]:
    try:
        return require_speech(parse_json3(_youtube_dl.captions(door, track.url)))
    except NotJson3 as error:
        raise Unreadable("its caption file cannot be read", code="garbled_captions") from error
