"""Addresses that a stranger's page or feed must not lead to: this machine and its own network. Pure.

A page of the network that a person names may lead on within it; one outside may not lead in. A name that only
its server says is inside cannot be seen from its text.
"""

import ipaddress
import re
import socket
from urllib.parse import urlsplit

_NAMES = re.compile(r"(?:.*\.)?(?:localhost|local|internal|intranet|lan|home\.arpa)|[^.:]+")
_NUMBERS = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}")


def leads_inward(url: str, named: str) -> bool:
    """Return whether an address is inside while the one that the person named is not."""
    return _is_inside(url) and not _is_inside(named)


def _is_inside(url: str) -> bool:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    if _NUMBERS.fullmatch(host):  # 127.1, 0x7f000001, 2130706433: as systems read them
        try:
            host = socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            return False
    try:
        place = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return _NAMES.fullmatch(host) is not None
    mapped = getattr(place, "ipv4_mapped", None) or place
    return not mapped.is_global
