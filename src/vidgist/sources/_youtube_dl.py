# ruff: noqa: ANN401 (yt-dlp is met by duck typing: it is imported late and its own types are loose)
"""The one door to yt-dlp: its `YoutubeDL`, with every request counted, made by a visit and judged.

yt-dlp retries, tries other clients and swallows statuses on its own account. Here every request passes one
method, which ends the visit at the first block, server error or broken connection.
"""

import functools
import io
import re
from typing import Any

from vidgist.errors import NoTranscript
from vidgist.protocols import Visit, at_once
from vidgist.sources import _error_map
from vidgist.sources._info import Info
from vidgist.sources._network import Meter, Network

_PREFIX = re.compile(r"^(?:ERROR: )?(?:\[[\w:]+\] )?(?:[^\s:]+: )?")
"""yt-dlp puts its extractor and the id before what it says; an id may hold any word."""


def said(message: str) -> str:
    """What yt-dlp says, without what it puts before that."""
    return _PREFIX.sub("", message)


class _Ears:
    """yt-dlp's logger: keeps what it warns of, in place of printing."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def debug(self, message: str) -> None:
        """Progress and chatter."""

    def warning(self, message: str) -> None:
        self.heard.append(said(message))

    error = warning


def create(network: Network, meter: Meter, *, dated: bool) -> Any:
    """A door. ``heard`` of it is what yt-dlp warned of, ``visit`` makes its requests.

    ``dated``: members of a list come with the day that the list tells of.
    """
    return _door_class()(network, meter, dated=dated)


def captions(door: Any, url: str) -> bytes:
    """A caption file. Raises `NoTranscript` where it is locked or empty."""
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
                raise _error_map.of_connection(error) from error
            if refused:
                wrong = _error_map.of_status(response.status, response.headers.get("Retry-After"))
                raise wrong or HTTPError(response)
            if _error_map.is_captcha(response.fp.getvalue()):
                raise _error_map.captcha(None)
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
