"""What a request to the loopback YouTube is about."""

import base64
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.doubles.youtube_tunnel import Request


@dataclass(frozen=True)
class Asked:
    """One request as understood. ``kind`` is watch, player, next, captions, sound, list, browse, resolve, or other."""

    kind: str
    subject: str
    tags: frozenset[str]
    query: dict[str, str]
    data: dict[str, Any]
    request: Request


def understand(request: Request) -> Asked:
    parts = urlsplit(request.target)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    data: dict[str, Any] = json.loads(request.body) if request.body.startswith(b"{") else {}
    path = unquote(parts.path)
    kind, subject = _kind(request.host, path, query, data)
    client = str(data.get("context", {}).get("client", {}).get("clientName", ""))
    form = "json3" if query.get("fmt") == "json3" else "xml"
    tags = {kind, client, "WEB" if kind in ("watch", "next") else "", form if kind == "captions" else ""}
    return Asked(kind, subject, frozenset(tags - {""}), query, data, request)


def _kind(host: str, path: str, query: dict[str, str], data: dict[str, Any]) -> tuple[str, str]:
    if host == "consent.youtube.com":
        return "consent", ""
    plain = {
        "/watch": ("watch", query.get("v", "")),
        "/api/timedtext": ("captions", query.get("v", "")),
        "/videoplayback": ("sound", query.get("id", "")),
        "/youtubei/v1/player": ("player", data.get("videoId", "")),
        "/youtubei/v1/next": ("next", data.get("videoId", "")),
        "/youtubei/v1/navigation/resolve_url": ("resolve", ""),
        "/youtubei/v1/search": ("search", data.get("query", "")),
        "/playlist": ("list", query.get("list", "")),
    }
    if path in plain:
        return plain[path]
    if path == "/youtubei/v1/browse":
        token = data.get("continuation")
        return "browse", json.loads(base64.b64decode(token))[0] if token else str(data.get("browseId", ""))
    channel = re.fullmatch(r"/(?:channel/)?(@[^/]+|UC[\w-]{22})(?:/videos|(/streams|/playlists))?", path)
    if channel:
        return "list", channel[1] + (channel[2] or "")
    embedded = re.fullmatch(r"/embed/([\w-]{11})", path)
    return ("embed", embedded[1]) if embedded else ("unknown", "")
