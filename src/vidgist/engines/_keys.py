"""Says whether a key may travel to an address: encrypted, within this machine, or because a person says so.

Whose the address is, is settled before: a base URL comes from a flag, the environment, the user's own file or
a folder that was trusted.
"""

import ipaddress
from urllib.parse import urlsplit


def sendable(key: str, base_url: str, *, plain_http: bool) -> str:
    """Return the key, or an empty one where it could be read on the way."""
    return key if plain_http or not is_open(base_url) else ""


def is_open(base_url: str) -> bool:
    """Return whether what is sent there leaves this machine without encryption."""
    parts = urlsplit(base_url)
    return parts.scheme.lower() != "https" and not _is_here(parts.hostname or "")


def _is_here(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
