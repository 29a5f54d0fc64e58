"""How sites are reached: proxy, cookies, trusted certificates, patience; and a count of what was asked.

Knows neither of the two libraries; both get the same settings from here.
"""

import re
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from vidgist.bounds import responses
from vidgist.config import Settings
from vidgist.errors import ConfigError

TIMEOUT = 20.0
"""Seconds to wait for a connection, and for each piece of an answer."""

_PROXIES = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")
_SOCKS = "socks5h"
"""What ``socks`` alone means: desktops write it for version 5, and names are resolved behind the proxy."""
_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
_KINDS = {
    "/watch": "watch",
    "/playlist": "list",
    "/youtubei/v1/player": "player",
    "/youtubei/v1/next": "next",
    "/youtubei/v1/browse": "browse",
    "/youtubei/v1/search": "search",
    "/youtubei/v1/navigation/resolve_url": "resolve",
    "/api/timedtext": "captions",
    "/videoplayback": "sound",
}

T = TypeVar("T")


_EXPORT = "export cookies.txt for youtube.com with a browser extension"


@dataclass(frozen=True)
class Cookie:
    """One line of a Netscape cookie file; ``expires`` is a Unix time, 0 for the end of the session."""

    domain: str
    path: str
    secure: bool
    expires: int
    name: str
    value: str

    def line(self) -> str:
        flags = ["TRUE" if flag else "FALSE" for flag in (self.domain.startswith("."), self.secure)]
        return "\t".join(
            (self.domain, flags[0], self.path, flags[1], str(self.expires), self.name, self.value)
        )


@dataclass(frozen=True)
class Network:
    """``proxy`` empty: the environment's. ``bundles`` are files of certificates to trust beside certifi's.

    Cookies are handed over as values: yt-dlp writes a session's cookies back into a file that it is given.
    """

    proxy: str = ""
    cookies: tuple[Cookie, ...] = ()
    bundles: tuple[str, ...] = ()
    timeout: float = TIMEOUT

    def trust(self, context: ssl.SSLContext) -> None:
        """Let a connection trust the bundles too, and obey `responses.within`.

        A bundle that holds no certificate is passed over.
        """
        responses.hurry(context)
        for bundle in self.bundles:
            with suppress(ssl.SSLError):
                context.load_verify_locations(bundle)


def create(
    settings: Settings, environ: Mapping[str, str], browser: Callable[[str], tuple[Cookie, ...]] | None = None
) -> Network:
    """Return the network that the settings ask for. Raises `ConfigError` for a proxy or cookies that
    cannot be used; opens no connection.

    ``browser`` reads the cookies of the browser that is named.
    """
    for name in ("ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        _checked_proxy(environ.get(name, ""), name)
    cookies = _read_cookies(settings.cookies) if settings.cookies else ()
    if settings.cookies_from_browser and browser is not None:
        cookies = (*browser(settings.cookies_from_browser), *cookies)
    return Network(
        proxy=_checked_proxy(settings.proxy),
        cookies=cookies,
        bundles=tuple(
            dict.fromkeys(path for name in _BUNDLES if Path(path := environ.get(name, "")).is_file())
        ),
    )


class Meter:
    """Counts requests by kind; several threads may count at once."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._guard = threading.Lock()

    def count(self, url: str) -> None:
        parts = urlsplit(url)
        channel = parts.path.startswith(("/@", "/channel/", "/c/", "/user/"))
        with self._guard:
            self._counts["list" if channel else _KINDS.get(parts.path, "other")] += 1

    def read(self) -> Counter[str]:
        with self._guard:
            return self._counts.copy()


class Pool(Generic[T]):
    """Things that one thread may use at a time and that are dear to make: as many as are needed at once."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._idle: list[T] = []
        self._guard = threading.Lock()

    @contextmanager
    def one(self) -> Iterator[T]:
        with self._guard:
            thing = self._idle.pop() if self._idle else None
        if thing is None:
            thing = self._make()
        try:
            yield thing
        finally:
            with self._guard:
                self._idle.append(thing)

    def drain(self) -> list[T]:
        """Return what lies idle, to be closed."""
        with self._guard:
            idle, self._idle = self._idle, []
        return idle


def plain_scheme(proxy: str) -> str:
    """Return a proxy's address with a scheme that the libraries know."""
    return re.sub(r"^socks(?=://)", _SOCKS, proxy, flags=re.IGNORECASE)


def _checked_proxy(proxy: str, named: str = "--proxy") -> str:
    if not proxy:
        return ""
    address = plain_scheme(proxy if "://" in proxy else f"http://{proxy}")
    try:
        parts = urlsplit(address)
        usable = bool(parts.hostname) and parts.scheme.lower() in _PROXIES and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ConfigError(
            f"{named} is not the address of a proxy",
            code="proxy",
            hint="http://host:port, http://user:password@host:port or socks5://host:port",
        )
    return address


def _read_cookies(path: str) -> tuple[Cookie, ...]:
    """Return the cookies of a file. Raises `ConfigError` for a file that cannot be read or holds anything
    else.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", "") or "it is no text"
        raise ConfigError(f"--cookies: cannot read {path}: {reason}") from error
    rows = [line.removeprefix("#HttpOnly_") for line in lines]
    cookies = tuple(_cookie(row, path) for row in rows if row.strip() and not row.startswith("#"))
    if not cookies:
        raise ConfigError(f"--cookies: no cookie is in {path}", hint=_EXPORT)
    return cookies


def _cookie(row: str, path: str) -> Cookie:
    fields = row.split("\t")
    if len(fields) != 7:  # noqa: PLR2004
        raise ConfigError(f"--cookies: {path} is not a Netscape cookie file", hint=_EXPORT)
    domain, _, folder, secure, expires, name, value = fields
    return Cookie(domain, folder, secure == "TRUE", int(expires) if expires.isdigit() else 0, name, value)
