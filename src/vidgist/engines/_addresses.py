"""Reads the address of a model server as people write it. Pure.

The path of the endpoint is taken off, a scheme that is missing is added, and what stands after a question
mark goes with every request (Azure's ``api-version``).
"""

import ipaddress
import unicodedata
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from vidgist.errors import ConfigError

_HINT = "for example http://localhost:11434/v1"
_ENDPOINTS = ("/chat/completions", "/completions", "/responses", "/models", "/embeddings", "/messages")
_LONGEST_LABEL = 63
_LOCAL_NAMES = ("localhost", "host.docker.internal")
_LOCAL_ENDINGS = (".localhost", ".local", ".lan", ".home", ".internal")


class Address(NamedTuple):
    """A server: its base URL without a query, the query, and the host with its port, for people."""

    url: str
    query: dict[str, str]
    host: str

    @property
    def path(self) -> str:
        return urlsplit(self.url).path.rstrip("/")

    @property
    def name(self) -> str:
        """Return the bare host name."""
        return (urlsplit(self.url).hostname or "").lower()


def read(text: str) -> Address:
    """Return the address in a setting; a login in it stays out of sight. Raises `ConfigError`."""
    text = text.strip().strip("\"'<>").strip()
    if "://" not in text:
        bare = text.partition("/")[0].rpartition("@")[2].rsplit(":", 1)[0]
        text = f"{'http' if is_near(bare) else 'https'}://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ConfigError(f"the base URL cannot be read: {error}", hint=_HINT) from error
    name = parts.hostname
    if parts.scheme not in ("http", "https") or not name or any(sign in name for sign in " ,;"):
        raise ConfigError("the base URL is no http:// or https:// address", hint=_HINT)
    odd = _odd(name, text)
    if odd:
        raise ConfigError(f"the base URL has {odd}", hint=_HINT)
    path = parts.path.rstrip("/")
    for ending in _ENDPOINTS:
        path = path.removesuffix(ending)
    url = urlunsplit((parts.scheme, parts.netloc, path.rstrip("/"), "", ""))
    shown = f"[{name}]" if ":" in name else name
    return Address(url, dict(parse_qsl(parts.query)), shown if port is None else f"{shown}:{port}")


def _odd(name: str, text: str) -> str:
    """Name what no address may have; empty where nothing is wrong."""
    for sign in text:
        if sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf"):
            return f"the sign U+{ord(sign):04X} in it" if not sign.isspace() else "a blank in it"
    labels = () if ":" in name else name.rstrip(".").split(".")
    if any(not 0 < len(label) <= _LONGEST_LABEL for label in labels):
        return f"no name of a host: {name}"
    return ""


def is_loopback(name: str) -> bool:
    """Return whether a host is this machine."""
    name = name.strip("[]").lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_near(name: str) -> bool:
    """Return whether a host is this machine or one beside it: no proxy and no
    certificate is expected there.
    """
    name = name.strip("[]").lower()
    if name in _LOCAL_NAMES or name.endswith(_LOCAL_ENDINGS) or ("." not in name and ":" not in name):
        return True
    try:
        return ipaddress.ip_address(name).is_private
    except ValueError:
        return False
