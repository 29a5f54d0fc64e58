"""The throttle of each site: one for YouTube and what is like it, one for each host of other addresses."""

import re
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from vidgist.protocols import Source
from vidgist.run.throttle import SiteThrottle

_PREFIX = re.compile(r"(?:www\d?|m|mobile|api|feeds?|cdn|media|dts|rss)\.")


class SiteThrottles:
    """Several threads may use one. ``main`` is the throttle of every source that does not go by hosts."""

    def __init__(self, main: SiteThrottle, make: Callable[[], SiteThrottle]) -> None:
        self.main = main
        self._make = make
        self._by_host: dict[str, SiteThrottle] = {}
        self._abandoned = False
        self._guard = threading.Lock()

    def of(self, source: Source, url: str) -> SiteThrottle:
        """Return the throttle for visits of a source to an address."""
        host = lane(source, url)
        if not host:
            return self.main
        with self._guard:
            if host not in self._by_host:
                self._by_host[host] = self._make()
                if self._abandoned:
                    self._by_host[host].abandon()
            return self._by_host[host]

    def abandon(self) -> None:
        """Let nothing begin any more, at any site."""
        with self._guard:
            self._abandoned = True
            hosts = list(self._by_host.values())
        for throttle in (self.main, *hosts):
            throttle.abandon()


def lane(source: Source, url: str) -> str:
    """Return the host that an address is paced by; empty for the main lane."""
    if not getattr(source, "by_host", False):
        return ""
    try:
        host = (urlsplit(url[url.find("http") :]).netloc or "").rpartition("@")[2].lower()
    except ValueError:
        return ""
    return _PREFIX.sub("", host, count=1)
