# ruff: noqa: ANN401 (yt-dlp is met by duck typing: it is imported late and its own types are loose)
"""The one door to yt-dlp: its `YoutubeDL`, each request counted, bounded, made by a visit and judged.

yt-dlp retries, tries other clients and swallows statuses on its own account. Here every request passes one
method, which ends the visit at the first block, server error or broken connection.
"""

import functools
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from vidgist.bounds import responses
from vidgist.errors import ConfigError, NoTranscript, Unreadable, VidgistError
from vidgist.protocols import Visit, at_once
from vidgist.sources import _answer_heads, _bodies, _error_map
from vidgist.sources._caption_lines import clean
from vidgist.sources._network import Cookie, Meter, Network, plain_scheme
from vidgist.sources._private_addresses import leads_inward
from vidgist.sources._video_info import Info

_BROWSER = re.compile(
    r"(?P<name>[^+:]+)(?:\+(?P<keyring>[^:]+))?(?::(?!:)(?P<profile>.+?))?(?:::(?P<container>.+))?"
)
_PREFIX = re.compile(r"^(?:ERROR: )?(?:\[[\w:]+\] )?(?:[^\s:]+: )?")
"""yt-dlp puts its extractor and the id before what it says; an id may hold any word."""


@contextmanager
def judged(judge: Callable[[Exception], VidgistError]) -> Iterator[None]:
    """Raise what ``judge`` makes of an error of yt-dlp; errors of vidgist pass as they are."""
    try:
        yield
    except VidgistError:
        raise
    except Exception as error:
        raise judge(error) from error


def said(message: str) -> str:
    """Return what yt-dlp says, without what it puts before that."""
    return _PREFIX.sub("", message)


class _Ears:
    """yt-dlp's logger: keeps what it warns of, in place of printing."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def debug(self, message: str, **_: object) -> None:
        """Drop progress and chatter."""

    info = debug

    def warning(self, message: str, **_: object) -> None:
        self.heard.append(said(message))

    error = warning


def create(network: Network, meter: Meter, *, dated: bool = False, site: str = "") -> Any:
    """Return a door. ``heard`` of it is what yt-dlp warned of, ``visit`` makes its requests.

    ``dated``: members of a list come with the day given in the list. ``site`` is whose pages it asks
    for, in words; empty: YouTube's. While ``whole`` is set media are read to their end, else their beginning.
    """
    return _door_class()(network, meter, dated=dated, site=site)


@functools.cache
def browser_cookies(spec: str) -> tuple[Cookie, ...]:
    """Return the cookies of a browser of this machine. Raises `ConfigError`."""
    from yt_dlp.cookies import SUPPORTED_BROWSERS, SUPPORTED_KEYRINGS, extract_cookies_from_browser

    found = _BROWSER.fullmatch(spec)
    name, keyring = (found["name"].lower(), (found["keyring"] or "").upper()) if found else ("", "")
    if found is None or name not in SUPPORTED_BROWSERS or (keyring and keyring not in SUPPORTED_KEYRINGS):
        raise ConfigError(
            f"--cookies-from-browser: {spec!r} names no browser that is known",
            hint=f"NAME[+KEYRING][:PROFILE][::CONTAINER]; known are {', '.join(sorted(SUPPORTED_BROWSERS))}",
        )
    extract: Any = extract_cookies_from_browser
    try:
        jar = extract(name, found["profile"], _Ears(), keyring=keyring or None, container=found["container"])
    except Exception as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise ConfigError(
            f"--cookies-from-browser: the cookies of {name} cannot be read: {reason}",
            hint="close the browser, name its profile, or export the cookies and give --cookies FILE",
        ) from error
    return tuple(
        Cookie(one.domain, one.path, bool(one.secure), int(one.expires or 0), one.name, one.value or "")
        for one in jar
    )


def knows(url: str) -> bool:
    """Return whether yt-dlp has an extractor made for an address."""
    from yt_dlp.extractor import gen_extractor_classes

    return any(kind.suitable(url) and kind.ie_key() != "Generic" for kind in gen_extractor_classes())


def is_list(entry: Info) -> bool:
    """Return whether an entry of a list leads to another list."""
    if entry.get("_type") != "url" or not entry.get("url"):
        return False
    from yt_dlp.extractor import get_info_extractor

    key = str(entry.get("ie_key") or "")
    return bool(key) and getattr(get_info_extractor(key), "_RETURN_TYPE", None) == "playlist"


def cause(error: BaseException) -> tuple[str, int]:
    """Return the name of the class of what yt-dlp met, and the HTTP status where that was it."""
    inner: Any = error
    if getattr(inner, "status", None):
        return type(inner).__name__, int(inner.status)
    for _ in range(5):
        info = getattr(inner, "exc_info", None)
        deeper = (info[1] if info else None) or getattr(inner, "cause", None) or inner.__cause__
        if deeper is None or deeper is inner or isinstance(deeper, str):
            break
        inner = deeper
        if getattr(inner, "status", None):
            return type(inner).__name__, int(inner.status)
        if type(inner).__name__ in ("UnsupportedError", "GeoRestrictedError", "UserNotLive"):
            break
    return type(inner).__name__, 0


def save(door: Any, sound: Info, into: Path) -> None:
    """Write a sound to a file. Raises `NoTranscript`, or what a request ended with."""
    try:
        with responses.within(_answer_heads.SOUND_SECONDS):
            complete, _ = door.dl(str(into), sound)
    except VidgistError:
        raise
    except Exception as error:
        reason = said(clean(str(error)))[:200]
        raise NoTranscript(f"its sound cannot be had: {reason}", code="no_sound") from error
    if not complete:
        raise NoTranscript("its sound cannot be had", code="no_sound")


def captions(door: Any, url: str) -> bytes:
    """Return a caption file. Raises `NoTranscript` where it is locked or empty."""
    from yt_dlp.networking.exceptions import HTTPError

    try:
        body: bytes = door.urlopen(url).read()
    except HTTPError as error:
        raise NoTranscript(
            f"its captions are locked (HTTP {error.status})", code="captions_locked"
        ) from error
    if not body.strip():
        raise NoTranscript("its caption file is empty", code="empty_captions")
    return body


@functools.cache
def _door_class() -> Any:
    """Return a `YoutubeDL` of ours; made at first use, as yt-dlp takes long to import."""
    from yt_dlp import YoutubeDL

    class Door(YoutubeDL):
        def __init__(self, network: Network, meter: Meter, *, dated: bool, site: str) -> None:
            ears = _Ears()
            self.heard = ears.heard
            self.site = site or _error_map.YOUTUBE
            self.whole = not site
            self.named = ""
            self.visit: Visit = at_once
            self._meter = meter
            self._network = network
            super().__init__(_parameters(network, ears, dated=dated))

        def urlopen(self, req: Any) -> Any:
            """Make one request of yt-dlp; its answer comes in full or not at all."""
            return self.visit(lambda: self._ask(req))

        def _ask(self, req: Any) -> Any:
            url = req if isinstance(req, str) else req.url
            _demand_outward(url, self.named)
            self._meter.count(url)
            response = _judged(self, lambda: super(Door, self).urlopen(req))
            _demand_outward(str(response.url or url), self.named)
            return response

        @functools.cached_property
        def proxies(self) -> Any:
            return {scheme: plain_scheme(url) for scheme, url in super().proxies.items()}

        def build_request_director(self, handlers: Any, preferences: Any = None) -> Any:
            """Trust the certificates that the environment names, beside certifi's."""
            handlers = [_trusting(handler, self._network) for handler in handlers]
            return super().build_request_director(handlers, preferences)

    return Door


def _demand_outward(url: str, named: str) -> None:
    """Raise `Unreadable` where what a person named leads into this machine or its network."""
    if named and leads_inward(url, named):
        host = urlsplit(named).hostname
        raise Unreadable(
            f"{host} leads to an address inside this network, which is not visited", code="inward"
        )


def _judged(door: Any, ask: Callable[[], Any]) -> Any:
    """Return what a request is answered with, unless that stands for an error of ours."""
    from yt_dlp.networking.exceptions import HTTPError, TransportError

    try:
        try:
            with responses.within(_answer_heads.HEAD_SECONDS):
                response, refused = ask(), False
        except HTTPError as error:
            response, refused = error.response, True
        if door.site != _error_map.YOUTUBE and not refused and _is_media(response):
            if door.whole:
                return _answer_heads.counted(response, door.site)
            return _held(response, door.site, beginning=True)
        response = _held(response, door.site)
    except TransportError as error:
        raise _error_map.of_connection(error, door.site) from error
    if refused:
        raise _refusal(response, door.site) or HTTPError(response)
    return _unasked(response, door.site)


def _refusal(response: Any, site: str) -> Exception | None:
    return _error_map.of_status(response.status, response.headers.get("Retry-After"), site)


def _unasked(response: Any, site: str) -> Any:
    """Return the response, unless it asks for a captcha."""
    if site == _error_map.YOUTUBE and _error_map.is_captcha(response.fp.getvalue()):
        raise _error_map.captcha(None)
    return response


def _is_media(response: Any) -> bool:
    kind = str(response.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    is_list = "mpegurl" in kind or kind.endswith("+xml")
    return kind.startswith(("audio/", "video/")) and not is_list


def _held(response: Any, site: str, *, beginning: bool = False) -> Any:
    """Return the response with its body in memory and its connection closed."""
    from yt_dlp.networking import Response
    from yt_dlp.networking.exceptions import TransportError

    def read(most: int) -> bytes:
        at_once = getattr(response.fp, "read1", None)  # what has come, without waiting for a whole piece
        if at_once is None:
            return bytes(response.read(most))
        encoded = {"decode_content": not packed} if is_raw else {}
        try:
            return bytes(at_once(most, **encoded))
        except Exception as error:
            raise TransportError(cause=error) from error

    # What is unpacked on the way waits for enough of it, however slowly that comes.
    encoding = str(response.headers.get("Content-Encoding") or "")
    is_raw = hasattr(response.fp, "decode_content")
    packed = encoding if is_raw and encoding.lower() in _bodies.ENCODINGS and not beginning else ""
    with response:
        body = _bodies.head(read) if beginning else _bodies.plain(_bodies.held(read, site), packed, site)
    return Response(io.BytesIO(body), response.url, dict(response.headers), response.status, response.reason)


def _trusting(handler: Any, network: Network) -> Any:
    def make_context(self: Any, *arguments: Any, **named: Any) -> Any:
        context = handler._make_sslcontext(self, *arguments, **named)  # noqa: SLF001 (its only place to add trust)
        network.trust(context)
        return context

    def create_instance(self: Any, *arguments: Any, **named: Any) -> Any:
        made = handler._create_instance(self, *arguments, **named)  # noqa: SLF001 (its only place to add limits)
        for adapter in getattr(made, "adapters", {}).values():
            _answer_heads.hurried(adapter)
        return made

    changed: dict[str, Any] = {"_make_sslcontext": make_context}
    if hasattr(handler, "_create_instance"):
        changed["_create_instance"] = create_instance
    return type(handler.__name__, (handler,), changed)


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
