"""Addresses of moments: a video's page at one second of it. Pure; knows YouTube's forms of address."""

import re
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

_YOUTUBE = re.compile(r"(?:[a-z0-9-]+\.)?(?:youtube\.com|youtube-nocookie\.com|youtu\.be)")
_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_FOLDERS = ("shorts", "live", "embed", "v")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_OWN_TIME = ("t", "start", "time_continue")


def web(url: str) -> str:
    """The address as something to be followed; empty where it is none of http or https.

    What could end an attribute or a Markdown link is percent-encoded, nothing else is changed.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\s\x00-\x1f\x7f\\]", url.strip()):
        return ""
    whole = _STRAY_PERCENT.sub("%25", url.strip())
    return quote(whole, safe="%/:?#@!$&*+,;=-._~", errors="replace").replace("'", "%27")


def video_id(url: str) -> str:
    """The id of the YouTube video behind an address; empty where there is none."""
    return _video(web(url))[0]


def link(url: str, start: float | None) -> str:
    """The address at that second: ``&t=123s``. Empty unless it is a YouTube video and ``start`` is known.

    A time in the address is replaced, everything else in its query stays. Shorts, live and embedded forms
    become watch addresses: they do not obey a time.
    """
    address = web(url)
    identity, is_short_host = _video(address)
    if not identity or start is None:
        return ""
    parts = urlsplit(address)
    kept = [
        pair for pair in parts.query.split("&") if pair and pair.partition("=")[0] not in (*_OWN_TIME, "v")
    ]
    time = f"t={max(0, int(start))}s"
    if is_short_host:
        return urlunsplit((parts.scheme, parts.netloc, f"/{identity}", "&".join((*kept, time)), ""))
    query = "&".join((f"v={identity}", *kept, time))
    return urlunsplit((parts.scheme, parts.netloc, "/watch", query, ""))


def _video(address: str) -> tuple[str, bool]:
    """The id, and whether the host is the short one that has it as its path."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if not _YOUTUBE.fullmatch(host):
        return "", False
    path = parts.path.strip("/").split("/")
    is_short_host = host.endswith("youtu.be")
    if is_short_host:
        identity = path[0]
    elif path[0] in _FOLDERS and len(path) > 1:
        identity = path[1]
    else:
        identity = dict(parse_qsl(parts.query)).get("v", "")
    return (identity, is_short_host) if _ID.fullmatch(identity) else ("", False)
