"""Addresses of moments: a page of a video or a sound at one second of it. Pure; `SITES` is what is known.

A site that is not known, or whose pages obey no time, has no such address.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit, urlunsplit

_YOUTUBE = re.compile(r"(?:[a-z0-9-]+\.)?(?:youtube\.com|youtube-nocookie\.com|youtu\.be)")
_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_FOLDERS = ("shorts", "live", "embed", "v")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_OWN_TIME = ("t", "start", "time_continue")


class Site(NamedTuple):
    """Pages that obey a time: ``host`` and ``path`` match as a whole, ``key`` is in the query or fragment.

    ``form`` makes the time of hours ``h``, minutes ``m`` and seconds ``s``, or of all ``seconds``.
    """

    host: str
    path: str
    key: str = "t"
    form: str = "{seconds}"
    in_fragment: bool = False


_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_MEDIA = r".*\.(?:mp4|m4v|mov|webm|ogv|ogg|oga|opus|mp3|m4a|aac|wav|flac)"
SITES: Final = (
    Site(r"(?:www\.)?vimeo\.com", r"/(?:.*/)?\d+(?:/[0-9a-f]+)?/?", form="{seconds}s", in_fragment=True),
    Site(r"player\.vimeo\.com", r"/video/\d+/?", form="{seconds}s", in_fragment=True),
    Site(r"(?:www\.|geo\.)?dailymotion\.com", r"/(?:embed/)?video/\w+", "start"),
    Site(r"dai\.ly", r"/\w+", "start"),
    Site(r"(?:www\.|m\.)?twitch\.tv", r"/(?:\w+/)?(?:videos|v)/\d+", form="{h}h{m}m{s}s"),
    Site(r"(?:www\.)?ted\.com", r"/talks/[\w-]+"),
    Site(r"(?:www\.|m\.)?soundcloud\.com", r"/[\w-]+/[\w-]+", form="{clock}", in_fragment=True),
    Site(r"(?:www\.|m\.)?bilibili\.com", r"/video/(?:BV\w+|av\d+)/?"),
    Site(r"(?:www\.|sp\.)?nicovideo\.jp", r"/watch/\w+", "from"),
    Site(r"(?:www\.)?rumble\.com", r"/v[\w-]+\.html", "start"),
    Site(r"(?:www\.)?odysee\.com", r"/@[^/]+/[^/]+"),
    Site(r"(?:www\.)?archive\.org", r"/details/[^/]+(?:/.+)?", "start"),
    Site(r"media\.ccc\.de", r"/v/[\w.-]+", in_fragment=True),
    Site(r".+", rf"/videos/(?:watch|embed)/{_UUID}", "start", "{seconds}s"),  # PeerTube, on any host
    Site(r".+", r"/w/[1-9A-HJ-NP-Za-km-z]{22}", "start", "{seconds}s"),
    Site(r".+", _MEDIA, in_fragment=True),  # https://www.w3.org/TR/media-frags/
)
"""By what players of these sites document, or take from their own share buttons."""


def web(url: str) -> str:
    """Return the address as something to be followed; empty where it is none of http or https.

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
    """Return the id of the YouTube video behind an address; empty where there is none."""
    return _video(web(url))[0]


def link(url: str, start: float | None) -> str:
    """Return the address at that second; empty where its site knows no such address or ``start`` is unknown.

    A time in the address is replaced, everything else stays. Of YouTube, shorts, live and embedded forms
    become watch addresses: they do not obey a time.
    """
    if start is None:
        return ""
    timed = _timed(url)
    if timed is None:
        return ""
    second = max(0, int(start))
    minutes, s = divmod(second, 60)
    h, m = divmod(minutes, 60)
    clock = f"{h}:{m:02}:{s:02}" if h else f"{m}:{s:02}"
    return timed.address + timed.form.format(seconds=second, h=h, m=m, s=s, clock=clock)


class _Timed(NamedTuple):
    """An address up to its time, and the form of the time."""

    address: str
    form: str


@lru_cache(256)
def _timed(url: str) -> _Timed | None:
    """Return what all links into one page share: a note has one address and hundreds of times."""
    address = web(url)
    identity, is_short_host = _video(address)
    if not identity:
        return _elsewhere(urlsplit(address))
    parts = urlsplit(address)
    kept = [
        pair for pair in parts.query.split("&") if pair and pair.partition("=")[0] not in (*_OWN_TIME, "v")
    ]
    if is_short_host:
        query = "&".join((*kept, "t="))
        return _Timed(urlunsplit((parts.scheme, parts.netloc, f"/{identity}", query, "")), "{seconds}s")
    query = "&".join((f"v={identity}", *kept, "t="))
    return _Timed(urlunsplit((parts.scheme, parts.netloc, "/watch", query, "")), "{seconds}s")


def _elsewhere(parts: SplitResult) -> _Timed | None:
    host = (parts.hostname or "").removesuffix(".")
    for site in SITES:
        if not re.fullmatch(site.host, host) or not re.fullmatch(site.path, parts.path, re.IGNORECASE):
            continue
        if site.in_fragment:
            return _Timed(urlunsplit(parts._replace(fragment=f"{site.key}=")), site.form)
        kept = [pair for pair in parts.query.split("&") if pair and pair.partition("=")[0] != site.key]
        query = "&".join((*kept, f"{site.key}="))
        return _Timed(urlunsplit(parts._replace(query=query, fragment="")), site.form)
    return None


def _video(address: str) -> tuple[str, bool]:
    """Return the id, and whether the host is the short one that has it as its path."""
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
