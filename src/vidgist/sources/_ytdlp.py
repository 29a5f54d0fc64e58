# ruff: noqa: ANN401 (yt-dlp is met by duck typing: it is imported late and its own types are loose)
"""The one door to yt-dlp: lists, metadata, json3 captions, and sound where there are none.

yt-dlp retries, tries other clients and swallows statuses on its own account. Here every request passes one
method that counts it and ends the visit at the first block, server error or broken connection.
"""

import functools
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vidgist.errors import Blocked, ItemError, NoTranscript, Unreadable, VidgistError
from vidgist.models import Fetched, Segment, Transcript, Video
from vidgist.protocols import Visit, at_once
from vidgist.sources import _info, _verdicts
from vidgist.sources._addresses import watch_url
from vidgist.sources._info import Info
from vidgist.sources._lines import NotJson3, clean, parse_json3, require_speech
from vidgist.sources._network import Meter, Network, Pool
from vidgist.sources._tracks import Track, choose

_DEPTH = 3
"""A channel holds tabs, a tab may hold playlists, a playlist holds videos."""


_ENOUGH = 30
"""So many videos in a row that are too old, and a channel has no younger ones: a page of it."""

_PREFIX = re.compile(r"^(?:ERROR: )?(?:\[[\w:]+\] )?(?:[^\s:]+: )?")
"""yt-dlp puts its extractor and the id before what it says; an id may hold any word."""


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
        self._doors = Pool(lambda: _door_class()(network, meter, dated=since is not None))
        self._since = since

    def fetch(self, video_id: str, captions: Sequence[str]) -> Fetched:
        """Metadata and captions in three requests. Raises `Silent`, another `ItemError`, or `RunError`."""
        with self._doors.one() as door:
            info = _extract(door, watch_url(video_id), "Youtube")
            try:
                return _fetched(door, info, captions)
            except NoTranscript as error:
                raise Silent(error, _info.sound_of(info)) from error

    def download(self, sound: Info, into: Path) -> None:
        """The whole sound as a file, in one request for each 10 MB. Raises `ItemError` or `RunError`."""
        with self._doors.one() as door:
            try:
                complete, _ = door.dl(str(into), sound)
            except VidgistError:
                raise
            except Exception as error:
                raise NoTranscript(
                    f"its sound cannot be had: {_PREFIX.sub('', clean(str(error)))[:200]}", code="no_sound"
                ) from error
            if not complete:
                raise NoTranscript("its sound cannot be had", code="no_sound")

    def members(self, url: str, visit: Visit, depth: int = _DEPTH) -> Iterator[Member]:
        """The videos of a list; a page is asked for, by ``visit``, when the one before has been used up.

        A channel is left when its videos are older than ``since``.
        """
        with self._doors.one() as door, _visiting(door, visit):
            info = _extract(door, url, "YoutubeTab")
            yield from self._entries(door, info, depth, in_order="/playlist?" not in url)

    def close(self) -> None:
        for door in self._doors.drain():
            door.close()

    def _entries(self, door: Any, info: Info, depth: int, *, in_order: bool) -> Iterator[Member]:
        older = 0
        for entry in _guarded(door, info):
            if entry.get("entries") is not None:
                yield from self._entries(door, entry, depth, in_order=in_order)
            elif entry.get("ie_key") == "Youtube" and entry.get("id"):
                member = Member(str(entry["id"]), _info.listed_video(entry))
                yield member
                older = older + 1 if self._is_older(member) else 0
                if in_order and older == _ENOUGH:
                    return
            elif entry.get("ie_key") == "YoutubeTab" and entry.get("url") and depth:
                yield from self.members(str(entry["url"]), door.visit, depth - 1)

    def _is_older(self, member: Member) -> bool:
        published = member.video.published if member.video else None
        return self._since is not None and published is not None and published < self._since


def _fetched(door: Any, info: Info, captions: Sequence[str]) -> Fetched:
    tracks = _info.tracks_of(info)
    video = _info.video_of(info, tracks)
    _info.check(info, video, tracks, door.heard)
    assert video is not None
    track = choose(tracks, captions, video.language)
    if track is None:
        raise NoTranscript("it has no captions", hint=_WITHOUT_CAPTIONS, video=video)
    try:
        segments = _read(door, track)
    except (ItemError, Blocked) as error:
        error.video = video
        raise
    transcript = Transcript(segments=segments, language=track.language, generated=track.generated)
    return Fetched(video=video, transcript=transcript)


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
    try:
        info = door.extract_info(url, download=False, process=False, ie_key=extractor)
    except VidgistError:
        raise
    except Exception as error:
        raise _failed(error, door.heard) from error
    if not isinstance(info, dict):
        raise _verdicts.OddAnswer("YouTube's answer is not understood")
    return info


def _guarded(door: Any, info: Info) -> Iterator[Info]:
    """The entries of a list; reading on may mean a request."""
    entries = info.get("entries")
    if entries is None:
        yield info
        return
    try:
        yield from (entry for entry in entries if isinstance(entry, dict))
    except VidgistError:
        raise
    except Exception as error:
        raise _failed(error, door.heard) from error


def _failed(error: Exception, heard: Sequence[str]) -> _verdicts.Wrong:
    """yt-dlp's errors have no types worth the name; what they say has to tell."""
    said = _PREFIX.sub("", clean(str(error)))
    return _verdicts.of_text((said, *heard)) or _verdicts.OddAnswer(
        f"YouTube's answer is not understood: {said[:200]}"
    )


def _read(door: Any, track: Track) -> tuple[Segment, ...]:
    from yt_dlp.networking.exceptions import HTTPError

    try:
        body = door.urlopen(track.url).read()
    except HTTPError as error:
        raise NoTranscript(
            f"its captions are locked (HTTP {error.status})", code="captions_locked"
        ) from error
    if not body.strip():
        raise NoTranscript("its caption file is empty", code="empty_captions")
    try:
        return require_speech(parse_json3(body))
    except NotJson3 as error:
        raise Unreadable("its caption file cannot be read", code="garbled_captions") from error


class _Ears:
    """yt-dlp's logger: keeps what it warns of, in place of printing."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def debug(self, message: str) -> None:
        """Progress and chatter."""

    def warning(self, message: str) -> None:
        self.heard.append(_PREFIX.sub("", message))

    error = warning


@functools.cache
def _door_class() -> Any:
    """A `YoutubeDL` of ours; made at first use, as yt-dlp takes long to import."""
    from yt_dlp import YoutubeDL
    from yt_dlp.networking.exceptions import HTTPError, TransportError

    class Door(YoutubeDL):
        def __init__(self, network: Network, meter: Meter, *, dated: bool) -> None:
            ears = _Ears()
            self.heard = ears.heard
            self.visit: Visit = at_once
            self._meter = meter
            self._network = network
            super().__init__(_parameters(network, ears, dated=dated))

        def urlopen(self, req: Any) -> Any:
            """Every request of yt-dlp, answered in full or not at all."""
            return self.visit(lambda: self._ask(req))

        def _ask(self, req: Any) -> Any:
            self._meter.count(req if isinstance(req, str) else req.url)
            try:
                response, refused = self._answered(req)
                response = _held(response)
            except TransportError as error:
                raise _verdicts.of_connection(error) from error
            if refused:
                wrong = _verdicts.of_status(response.status, response.headers.get("Retry-After"))
                raise wrong or HTTPError(response)
            if _verdicts.is_captcha(response.fp.getvalue()):
                raise _verdicts.captcha(None)
            return response

        def _answered(self, req: Any) -> tuple[Any, bool]:
            """The response, and whether it is a refusal."""
            try:
                return super().urlopen(req), False
            except HTTPError as error:
                return error.response, True

        def build_request_director(self, handlers: Any, preferences: Any = None) -> Any:
            """Trust the certificates that the environment names, beside certifi's."""
            handlers = [_trusting(handler, self._network) for handler in handlers]
            return super().build_request_director(handlers, preferences)

    return Door


def _held(response: Any) -> Any:
    """The response with its body in memory and its connection closed."""
    from yt_dlp.networking import Response

    with response:
        body = io.BytesIO(response.read())
    return Response(body, response.url, dict(response.headers), response.status, response.reason)


def _trusting(handler: Any, network: Network) -> Any:
    def make_context(self: Any, *arguments: Any, **named: Any) -> Any:
        context = handler._make_sslcontext(self, *arguments, **named)  # noqa: SLF001 (its only place to add trust)
        network.trust(context)
        return context

    return type(handler.__name__, (handler,), {"_make_sslcontext": make_context})


def _parameters(network: Network, ears: _Ears, *, dated: bool) -> Any:
    parameters: Info = {
        "logger": ears,
        "quiet": True,
        "skip_download": True,
        "noplaylist": True,
        "cachedir": False,
        "socket_timeout": network.timeout,
        # Retrying is the gate's; yt-dlp's own would be eight requests in a fifth of a second.
        "extractor_retries": 0,
        "retries": 0,
        "continuedl": False,
        "noprogress": True,
        "nopart": True,
        # Refusals become warnings: with an exception, title and duration would be lost.
        "ignore_no_formats_error": True,
        # Without this it does not say that captions are left out for want of a token.
        "writesubtitles": True,
        # With a JavaScript runtime it would ask more clients, to play what is only read here.
        "js_runtimes": {},
        "compat_opts": ["no-youtube-unavailable-videos"],
        "extractor_args": {"youtube": {"skip": ["hls", "dash", "translated_subs"]}},
    }
    if dated:
        parameters["extractor_args"]["youtubetab"] = {"approximate_date": [""]}
    if network.proxy:
        parameters["proxy"] = network.proxy
    if network.cookies:
        lines = "".join(f"{cookie.line()}\n" for cookie in network.cookies)
        parameters["cookiefile"] = io.StringIO(f"# Netscape HTTP Cookie File\n{lines}")
    return parameters
