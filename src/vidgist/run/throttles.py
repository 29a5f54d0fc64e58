"""The throttle of each site: one for YouTube and what is like it, one for each host of other addresses."""

import re
import threading
from collections.abc import Callable
from copy import copy
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from vidgist.bounds.scope import Scope
from vidgist.errors import Blocked, RunError
from vidgist.protocols import Source, Visit
from vidgist.run.throttle import SiteThrottle

T = TypeVar("T")

_PREFIX = re.compile(r"(?:www\d?|m|mobile|api|feeds?|cdn|media|dts|rss)\.")


class Throttle(Protocol):
    """The gate to one site, as those who visit it see it: `SiteThrottle` says what each does."""

    @property
    def closed(self) -> Blocked | None:
        """Return the block that closed the gate for good."""

    def visit(self, what: str, call: Callable[[], T], *, last: bool = False, stay: bool = False) -> T: ...

    def visiting(self, what: str, *, last: bool = False, stay: bool = False) -> Visit: ...

    def shut(self, error: Blocked) -> None: ...


class ScopedThrottle:
    """A site's gate for one caller: its scope ends its own waits and no others."""

    def __init__(self, throttle: SiteThrottle, scope: Scope) -> None:
        self._throttle = throttle
        self._scope = scope

    @property
    def closed(self) -> Blocked | None:
        return self._throttle.closed

    def visit(self, what: str, call: Callable[[], T], *, last: bool = False, stay: bool = False) -> T:
        return self._throttle.visit(what, call, last=last, stay=stay, scope=self._scope)

    def visiting(self, what: str, *, last: bool = False, stay: bool = False) -> Visit:
        return self._throttle.visiting(what, last=last, stay=stay, scope=self._scope)

    def shut(self, error: Blocked) -> None:
        self._throttle.shut(error)


class SiteThrottles:
    """Several threads may use one. ``main`` is the throttle of every source that does not go by hosts."""

    def __init__(self, main: SiteThrottle, make: Callable[[], SiteThrottle]) -> None:
        self.main: Throttle = main
        self._main = main
        self._make = make
        self._by_host: dict[str, SiteThrottle] = {}
        self._scope: Scope | None = None
        self._abandoned = False
        self._guard = threading.Lock()

    def within(self, scope: Scope) -> "SiteThrottles":
        """Return the same throttles for one caller. A gate that was closed long ago is opened for it."""
        with self._guard:
            if self._main.is_worth_another_look:
                self.main = self._main = self._make()
            for host in [host for host, one in self._by_host.items() if one.is_worth_another_look]:
                del self._by_host[host]
            scoped = copy(self)
        scoped._scope = scope  # noqa: SLF001 (the copy's own)
        scoped.main = ScopedThrottle(self._main, scope)
        return scoped

    def of(self, source: Source, url: str) -> Throttle:
        """Return the throttle for visits of a source to an address."""
        host = lane(source, url)
        if not host:
            return self.main
        with self._guard:
            if host not in self._by_host:
                self._by_host[host] = self._make()
                if self._abandoned:
                    self._by_host[host].abandon()
            found = self._by_host[host]
        return found if self._scope is None else ScopedThrottle(found, self._scope)

    def abandon(self) -> None:
        """Let nothing begin any more, at any site; nothing of its caller's where it is one caller's."""
        if self._scope is not None:
            self._scope.stop(RunError("the run was stopped", code="abandoned"))
            return
        with self._guard:
            self._abandoned = True
            hosts = list(self._by_host.values())
        for throttle in (self._main, *hosts):
            throttle.abandon()


def lane(source: Source, url: str) -> str:
    """Return the host that an address is paced by, or the source's own lane; empty for the main lane."""
    own: str = getattr(source, "lane", "")
    if not getattr(source, "by_host", False):
        return own
    try:
        host = (urlsplit(url[url.find("http") :]).netloc or "").rpartition("@")[2].lower()
    except ValueError:
        return own
    return _PREFIX.sub("", host, count=1) or own
