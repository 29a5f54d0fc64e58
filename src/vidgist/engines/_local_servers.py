"""Finds model servers that answer on this machine, each at the address that its provider's row has. Quick."""

import http.client
import json
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from vidgist.config import providers
from vidgist.config.providers import Provider
from vidgist.engines import _addresses, _listings
from vidgist.errors import ConfigError

_SECONDS = 0.2
"""For a connection, and for each read of an answer."""

_MOST_BYTES = 2_000_000


class Server(NamedTuple):
    """A server that lists its models; ``models`` are those that can chat."""

    provider: Provider
    models: tuple[str, ...]

    @property
    def advice(self) -> str:
        """Return how to use it, for a person."""
        if not self.models:
            return f"{self.provider.title} answers on this machine, and has no model that can chat"
        return f"{self.provider.title} answers on this machine: --model {self.provider.name}:{self.models[0]}"


def answering(environ: Mapping[str, str]) -> list[Server]:
    """Return the servers that answer, in the table's order. Raises `ConfigError` for a table out of order."""
    found = (_asked(row, environ) for row in providers.table().values())
    return [server for server in found if server is not None]


def _asked(row: Provider, environ: Mapping[str, str]) -> Server | None:
    try:
        address = _addresses.read(environ.get(row.url_variable, "").strip() or row.url)
    except ConfigError:
        return None
    if not _addresses.is_loopback(address.name):
        return None
    parts = urlsplit(address.url)
    listing = "/api/tags" if row.dialect == "ollama" else f"{parts.path}/models"
    try:
        connection = http.client.HTTPConnection(address.name, parts.port or 80, timeout=_SECONDS)
        try:
            connection.request("GET", listing)
            listed = json.loads(connection.getresponse().read(_MOST_BYTES))
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError, RecursionError):
        return None
    rows = _listings.rows(listed)
    return None if rows is None else Server(row, tuple(_listings.chatting(rows)))
