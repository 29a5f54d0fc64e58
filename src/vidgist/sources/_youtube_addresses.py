"""Which inputs are YouTube's, and what each of them names. Pure; no library, no network."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

from vidgist.errors import InputError
from vidgist.sources import _address_hints
from vidgist.sources._plain_addresses import unwrapped

SITE = "https://www.youtube.com"

_HOSTS = re.compile(
    r"(?:(?:[a-z0-9-]+\.)*youtube\.com|(?:[a-z0-9-]+\.)*youtube-nocookie\.com|(?:www\.)?youtu\.be"
    r"|youtube\.googleapis\.com|(?:www\.)?youtubekids\.com)"
)
_PICTURES = re.compile(r"(?:i\d?\.ytimg\.com|img\.youtube\.com)")
_SCHEMELESS = re.compile(rf"(?i:{_HOSTS.pattern}|{_PICTURES.pattern})(?=[/:?#]|$)")
_WEB = re.compile(r"https?:", re.IGNORECASE)
_VIDEO = re.compile(r"[\w-]{11}", re.ASCII)
_LIST = re.compile(r"(?:PL|UU|OL|FL|RD|EL)[\w-]{10,}|WL|LL|LM", re.ASCII)
_CHANNEL = re.compile(r"UC[\w-]{22}", re.ASCII)
_HANDLE = re.compile(r"@[^\s/?#&@]{2,100}")
_APP = re.compile(
    r"(?:vnd\.youtube|youtube|yt(?::video)?):(?://)?([\w-]{11})(?:[?&].*)?", re.ASCII | re.IGNORECASE
)
_SEARCH = re.compile(r"ytsearch(?:date)?(?:\d+|all)?:\s*\S.*", re.IGNORECASE)
_TABS = ("videos", "shorts", "streams", "live", "playlists", "podcasts", "courses", "releases")
_DEFAULT_TABS = ("", "featured", "about", "community", "posts")


@dataclass(frozen=True)
class VideoAddress:
    """One video. ``url`` is as typed, with its scheme; ``listed`` the id of the list that it names beside."""

    id: str
    url: str
    listed: str = ""


@dataclass(frozen=True)
class ListAddress:
    """A playlist or a channel; ``url`` is its canonical address."""

    url: str


def is_ours(text: str) -> bool:
    """Return whether an input is meant for YouTube, valid or not."""
    text = unwrapped(text)
    return _bare(text) is not None or _split(text) is not None


def read(text: str) -> VideoAddress | ListAddress:
    """Return what an input names. Raises `InputError` for one that names no video, playlist or channel.

    ``watch?v=X&list=Y`` is the video X alone: it is what a browser's address bar holds while X plays, and a
    person who wants the whole list can paste the playlist's own address.
    """
    text = unwrapped(text)
    bare = _bare(text)
    if bare is not None:
        return bare
    parts = _split(text)
    if parts is None:
        raise InputError("not an address of YouTube")
    query = parse_qs(parts.query)
    path = [part for part in parts.path.split("/") if part]
    listed = _first(query, "list")
    video = _video_of(parts, path, query)
    if video is None and listed and (not path or path[0] in ("watch", "playlist", "embed")):
        return ListAddress(f"{SITE}/playlist?list={_checked_list(listed)}")
    if video is not None:
        return VideoAddress(_checked_video(video), parts.geturl(), listed)
    return ListAddress(_feed_of(path, query) or _channel_of(path, query))


def watch_url(video: str) -> str:
    return f"{SITE}/watch?v={video}"


def list_id(url: str) -> str:
    """Return the id of the playlist that a list's canonical address names; empty for a channel."""
    return url.partition("/playlist?list=")[2]


def _bare(text: str) -> VideoAddress | ListAddress | None:
    if _VIDEO.fullmatch(text):
        return VideoAddress(text, watch_url(text))
    app = _APP.fullmatch(text)
    if app:
        return VideoAddress(app[1], watch_url(app[1]))
    listed = _bare_list(text)
    return ListAddress(listed) if listed else None


def _bare_list(text: str) -> str:
    """Return the address of a search, a channel or a playlist written by its name;
    empty for anything else.
    """
    if _SEARCH.fullmatch(text):
        head, _, words = text.partition(":")
        return f"{head.lower()}:{words.strip()}"
    for pattern, address in ((_CHANNEL, "/channel/{}"), (_LIST, "/playlist?list={}"), (_HANDLE, "/{}")):
        if pattern.fullmatch(text):
            return SITE + address.format(text)
    return ""


def _split(text: str) -> SplitResult | None:
    if _SCHEMELESS.match(text):
        text = f"https://{text}"
    elif not _WEB.match(text):
        return None
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if _PICTURES.fullmatch(host) and not re.match(r"/(?:vi|vi_webp|an_webp)/[\w-]{11}/", parts.path):
        return None
    return parts if _HOSTS.fullmatch(host) or _PICTURES.fullmatch(host) else None


def _first(query: dict[str, list[str]], name: str) -> str:
    return query.get(name, [""])[0]


def _video_of(parts: SplitResult, path: list[str], query: dict[str, list[str]]) -> str | None:
    """Return the part that stands where a video id belongs, right or wrong; None where there is no such
    place.
    """
    named: str | None = None
    if (parts.hostname or "").rstrip(".").endswith("youtu.be"):
        place = path[1:] if path and path[0] in ("shorts", "live", "embed") else path
        named = place[0] if place and place[0] != "watch" else _first(query, "v") or None
    else:
        match path:
            case [] | ["watch" | "watch_popup" | "ytscreeningroom" | "get_video_info" | "details"]:
                named = _first(query, "v") or _first(query, "video_id") or _in_fragment(parts.fragment)
            case ["embed", "videoseries" | "live_stream", *_]:
                named = None
            case ["source", video, "shorts", *_]:
                named = video
            case [
                "watch" | "shorts" | "live" | "embed" | "v" | "e" | "vi" | "vi_webp" | "an_webp" | "video",
                video,
                *_,
            ]:
                named = video
    # Further fields may be glued to an id: youtu.be/ID&t=3, v=ID?si=x.
    return re.split(r"[?&#;]", named, maxsplit=1)[0] if named else None


def _in_fragment(fragment: str) -> str | None:
    """Return the video of an address of the first mobile pages: ``#/watch?v=ID``, ``#!v=ID``."""
    found = re.search(r"[?&!/]v=([\w-]+)", f"/{fragment}", re.ASCII)
    return found[1] if found else None


def _checked_video(video: str) -> str:
    near = _address_hints.of_id(video)
    if near:
        raise InputError(f"{video!r} is {near[0]}, not a video id", hint=f"give {near[1]}")
    if len(video) != 11:  # noqa: PLR2004
        raise InputError(f"a video id has 11 characters, {video!r} has {len(video)}")
    if not _VIDEO.fullmatch(video):
        raise InputError(f"{video!r} is no video id")
    return video


def _checked_list(listed: str) -> str:
    listed = re.split(r"[?&#;]", listed, maxsplit=1)[0]
    if _VIDEO.fullmatch(listed) and not _LIST.fullmatch(listed) and not listed.startswith("PL"):
        raise InputError(f"{listed!r} is a video id, not a playlist id", hint=f"give {watch_url(listed)}")
    if not re.fullmatch(r"[\w-]{2,}", listed, re.ASCII):
        raise InputError(f"{listed!r} is no playlist id")
    return listed


def _feed_of(path: list[str], query: dict[str, list[str]]) -> str:
    """Return the list behind an address of YouTube's own RSS, as subscriptions are exported."""
    if path[:2] != ["feeds", "videos.xml"]:
        return ""
    channel, listed, user = (_first(query, name) for name in ("channel_id", "playlist_id", "user"))
    if channel:
        return f"{SITE}/channel/{channel}"
    if listed:
        return f"{SITE}/playlist?list={listed}"
    return f"{SITE}/user/{user}" if user else ""


def _channel_of(path: list[str], query: dict[str, list[str]]) -> str:
    match path:
        case [handle, *rest] if _HANDLE.fullmatch(handle):
            base = f"{SITE}/{handle}"
        case ["channel" | "c" | "user" as kind, name, *rest]:
            base = f"{SITE}/{kind}/{name}"
        case _:
            raise InputError(
                "not a video, playlist or channel of YouTube", hint=_address_hints.of_page(path, query)
            )
    tab = rest[0] if rest else ""
    if tab in _DEFAULT_TABS:
        return base
    if tab in _TABS:
        return f"{base}/{tab}"
    raise InputError(f"a channel has no videos under {tab!r}", hint="give the channel's own address")
