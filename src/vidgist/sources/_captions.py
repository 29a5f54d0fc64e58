# ruff: noqa: ANN401 (the libraries are met by duck typing: they are imported late)
"""The one door to youtube-transcript-api and requests: the second chance where yt-dlp's answer is no use.

Asks as another client (ANDROID) does, so locked, empty and garbled captions may be had after all. The library
drops title and duration; a hook on its session sees them pass.
"""

import ssl
from collections.abc import Callable, Sequence
from typing import Any

from vidgist.bounds import responses
from vidgist.errors import Blocked, ItemError, NoTranscript, Unreadable, VidgistError, Withheld
from vidgist.models import Fetched, Segment, Video
from vidgist.sources import _answer_heads, _bodies, _error_map
from vidgist.sources._caption_lines import clean, require_speech, segment
from vidgist.sources._network import Meter, Network, Pool, plain_scheme
from vidgist.sources._tracks import Track, choose, transcript_of

Details = dict[str, Any]


class Captions:
    """Several threads may call one object; each call has a session to itself, reused by later ones."""

    def __init__(self, network: Network, meter: Meter) -> None:
        self._doors = Pool(lambda: _Door(network, meter))

    def fetch(self, video_id: str, captions: Sequence[str], known: Video | None = None) -> Fetched:
        """Return captions, and metadata as far as they are not ``known``. Raises `ItemError` or
        `RunError`.
        """
        with self._doors.one() as door:
            try:
                return door.fetch(video_id, captions, known)
            except (ItemError, Blocked) as error:
                error.video = error.video or known or door.video()
                raise

    def close(self) -> None:
        for door in self._doors.drain():
            door.session.close()


class _Door:
    """One session with the library on top of it, and what was last seen to pass."""

    def __init__(self, network: Network, meter: Meter) -> None:
        from youtube_transcript_api import YouTubeTranscriptApi

        self._meter = meter
        self.session = _session(network)
        self.session.hooks["response"].append(self._watch)
        self._api = YouTubeTranscriptApi(http_client=self.session)
        self.details: Details = {}
        self.retry_after: str | None = None
        self.status = 0
        self.url = ""

    def fetch(self, video_id: str, captions: Sequence[str], known: Video | None) -> Fetched:
        self.details, self.retry_after, self.status, self.url = {}, None, 0, ""
        found = self._guarded(lambda: list(self._api.list(video_id)))
        video = known or self.video()
        if self.details.get("isLive"):
            raise _error_map.live(video)
        if video is None or video.seconds is None:
            raise _error_map.OddAnswer("YouTube's answer lacks the title or the duration", video=video)
        tracks = {
            Track(script.language_code, generated=script.is_generated, name=clean(script.language)): script
            for script in found
        }
        track = choose(tuple(tracks), captions, video.language)
        if track is None:
            raise NoTranscript("it has no captions", video=video)
        segments = require_speech(self._guarded(lambda: _segments(tracks[track].fetch())))
        return Fetched(video=video, transcript=transcript_of(track, segments, captions))

    def video(self) -> Video | None:
        """Return what the player's answer says."""
        title = clean(str(self.details.get("title") or ""))
        if not title:
            return None
        length, channel = (
            str(self.details.get("lengthSeconds") or ""),
            str(self.details.get("channelId") or ""),
        )
        return Video(
            title=title,
            seconds=float(length) if length.isdecimal() and length != "0" else None,
            channel=clean(str(self.details.get("author") or "")),
            channel_url=f"https://www.youtube.com/channel/{channel}" if channel else "",
        )

    def _guarded(self, call: Callable[[], Any]) -> Any:
        """Return the library's errors as ours."""
        from xml.etree.ElementTree import ParseError

        from requests import JSONDecodeError, RequestException
        from youtube_transcript_api import YouTubeTranscriptApiException

        try:
            return call()
        except YouTubeTranscriptApiException as error:
            raise self._translated(error) from error
        except ParseError as error:
            raise Unreadable("its caption file cannot be read", code="garbled_captions") from error
        except JSONDecodeError as error:
            raise _error_map.OddAnswer("YouTube's answer is not understood") from error
        except (RequestException, OSError) as error:
            raise _error_map.of_connection(error) from error
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise _error_map.OddAnswer("YouTube's answer is not understood") from error

    def _translated(self, error: Exception) -> VidgistError:
        wrong = _error_map.of_status(self.status, self.retry_after)
        if wrong is None and self.details.get("isUpcoming"):
            wrong = _error_map.upcoming(None)
        if wrong is None and self.details.get("isLive"):
            wrong = _error_map.live(None)
        if wrong is None and "/api/timedtext" in self.url:
            wrong = NoTranscript(f"its captions are locked (HTTP {self.status})", code="captions_locked")
        return wrong or translate(error)

    def _watch(self, response: Any, *_: Any, **__: Any) -> None:
        self._meter.count(response.url)
        self.url = response.url
        self.status, self.retry_after = response.status_code, response.headers.get("Retry-After")
        if "/youtubei/v1/player" in response.url:
            try:
                details = response.json().get("videoDetails")
            except (ValueError, AttributeError):
                return
            self.details = details if isinstance(details, dict) else {}


def translate(error: Exception) -> VidgistError:
    """Return an exception of the library, as ours, by the nearest class of it that has a translation."""
    table = translations()
    known = next(table[kind] for kind in type(error).__mro__ if kind in table)
    return known(error)


def translations() -> dict[type, Callable[[Any], VidgistError]]:
    """Return one entry for each exception class of the library; a test demands that none is missing."""
    import youtube_transcript_api as library
    from youtube_transcript_api import _errors

    locked = NoTranscript("its captions are locked (a PO token is wanted)", code="captions_locked")
    no_captions = NoTranscript("it has no captions")
    odd = _error_map.OddAnswer("YouTube's answer is not understood")
    return {
        library.YouTubeTranscriptApiException: lambda _: odd,
        library.CouldNotRetrieveTranscript: lambda _: odd,
        library.YouTubeDataUnparsable: lambda _: odd,
        library.FailedToCreateConsentCookie: lambda _: odd,
        library.CookieError: lambda _: odd,
        library.CookiePathInvalid: lambda _: odd,
        library.CookieInvalid: lambda _: odd,
        library.YouTubeRequestFailed: _of_request,
        library.VideoUnplayable: _of_unplayable,
        library.VideoUnavailable: lambda _: _error_map.unavailable(None),
        library.InvalidVideoId: lambda _: _error_map.unavailable(None),
        library.AgeRestricted: lambda _: _error_map.age_restricted(None),
        _errors.RequestBlocked: lambda _: _error_map.bot_check(None),
        library.IpBlocked: lambda _: _error_map.captcha(None),
        library.TranscriptsDisabled: lambda _: no_captions,
        library.NoTranscriptFound: lambda _: no_captions,
        library.NotTranslatable: lambda _: no_captions,
        library.TranslationLanguageNotAvailable: lambda _: no_captions,
        library.PoTokenRequired: lambda _: locked,
    }


def _of_unplayable(error: Any) -> VidgistError:
    reason = clean(" ".join((error.reason or "", *error.sub_reasons)))
    return _error_map.of_text((reason,)) or Withheld(reason or "it cannot be played", code="unplayable")


def _of_request(error: Any) -> VidgistError:
    """Return a status that neither asks to wait nor owns up to trouble."""
    if str(_error_map.FORBIDDEN) in error.reason:
        return Blocked("YouTube refuses to answer this address (HTTP 403)", code="forbidden")
    return _error_map.OddAnswer(f"YouTube answers with an error: {clean(error.reason)[:80]}")


def _segments(script: Any) -> tuple[Segment, ...]:
    lines = (segment(line.text, line.start, line.duration) for line in script)
    return tuple(line for line in lines if line is not None)


def _held(response: Any) -> Any:
    """Return the response with its body read, within bounds."""
    from requests.exceptions import ChunkedEncodingError

    def read(most: int) -> bytes:
        try:
            return bytes(response.raw.read1(most, decode_content=not packed))
        except Exception as error:
            raise ChunkedEncodingError(error) from error

    encoding = response.headers.get("Content-Encoding", "")
    packed = encoding if encoding.lower() in _bodies.ENCODINGS else ""
    try:
        body = _bodies.held(read, _error_map.YOUTUBE)
        response._content = _bodies.plain(body, packed, _error_map.YOUTUBE)  # noqa: SLF001 (what reading it would set)
        response._content_consumed = True  # noqa: SLF001
    finally:
        response.close()
    return response


def _session(network: Network) -> Any:
    """Return a session with a time limit, whose proxy wins over the environment's and that trusts more."""
    import certifi
    import requests
    from requests.adapters import HTTPAdapter

    context = ssl.create_default_context(cafile=certifi.where())
    network.trust(context)

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
            super().init_poolmanager(*arguments, ssl_context=context, **named)

        def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
            return super().proxy_manager_for(proxy, ssl_context=context, **named)

        def send(self, request: Any, stream: Any = False, *arguments: Any, **named: Any) -> Any:  # noqa: ARG002
            with responses.within(_answer_heads.HEAD_SECONDS):
                response = super().send(request, True, *arguments, **named)
            return _held(response)

    class Session(requests.Session):
        def request(self, *arguments: Any, **named: Any) -> Any:
            named.setdefault("timeout", network.timeout)
            return super().request(*arguments, **named)

        def merge_environment_settings(
            self, url: Any, proxies: Any, stream: Any, verify: Any, cert: Any
        ) -> Any:
            # The environment yields to a request's proxies, not to a session's.
            merged = super().merge_environment_settings(url, proxies or self.proxies, stream, verify, cert)
            merged["proxies"] = {
                name: plain_scheme(proxy) for name, proxy in merged["proxies"].items() if proxy
            }
            return merged

    session = Session()
    session.mount("https://", Adapter())
    session.mount("http://", Adapter())
    if network.proxy:
        session.proxies = {"http": network.proxy, "https": network.proxy}
    for cookie in network.cookies:
        session.cookies.set(
            cookie.name,
            cookie.value,
            domain=cookie.domain,
            path=cookie.path,
            secure=cookie.secure,
            expires=cookie.expires or None,
        )
    return session
