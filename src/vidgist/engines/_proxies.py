"""Knows which proxy stands before a model server, from the variables that every tool reads.

This machine is always reached directly: a proxy knows another one by that name.
"""

from importlib.util import find_spec
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from vidgist.engines import _addresses
from vidgist.engines._addresses import Address
from vidgist.errors import ConfigError

_SOCKS = ("socks5", "socks5h")
_TAKEN = ("http", "https", *_SOCKS)


class Proxy(NamedTuple):
    """A proxy's address, and the variable that names it."""

    url: str
    variable: str

    @property
    def shown(self) -> str:
        """Return the address without its login, for people."""
        parts = urlsplit(self.url)
        return f"{self.variable}={parts.scheme}://{parts.hostname}:{parts.port or ''}".rstrip(":")


def before(address: Address) -> Proxy | None:
    """Return the proxy that requests to an address go through. Raises `ConfigError` for one that is not
    taken.
    """
    if _addresses.is_loopback(address.name) or proxy_bypass(address.name):
        return None
    found = getproxies()
    for scheme in (urlsplit(address.url).scheme, "all"):
        url = found.get(scheme, "").strip()
        if url:
            proxy = Proxy(url if "://" in url else f"http://{url}", f"{scheme.upper()}_PROXY")
            _check(proxy)
            return proxy
    return None


def _check(proxy: Proxy) -> None:
    hint = f"set {proxy.variable} to http://HOST:PORT, or NO_PROXY to the model server's host"
    try:
        scheme, host = urlsplit(proxy.url).scheme, urlsplit(proxy.url).hostname
    except ValueError as error:
        raise ConfigError(f"{proxy.variable} names no proxy: {error}", hint=hint) from error
    if scheme not in _TAKEN or not host:
        raise ConfigError(f"{proxy.variable} names a proxy by {scheme}://, which is not taken", hint=hint)
    if scheme in _SOCKS and find_spec("socksio") is None:
        raise ConfigError(
            f"{proxy.variable} names a SOCKS proxy, which needs a package more", hint="pip install socksio"
        )
