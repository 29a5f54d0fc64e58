"""Which inputs are YouTube's, and what each of them names. Pure; no library, no network."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

from vidgist.errors import InputError

SITE = "https://www.youtube.com"

_HOSTS = re.compile(
    r"(?:(?:[a-z0-9-]+\.)*youtube\.com|(?:[a-z0-9-]+\.)*youtube-nocookie\.com|(?:www\.)?youtu\.be)"
)
_SCHEMELESS = re.compile(rf"(?i:{_HOSTS.pattern})(?=[/:?#]|$)")
_WEB = re.compile(r"https?:", re.IGNORECASE)
_VIDEO = re.compile(r"[\w-]{11}", re.ASCII)
_LIST = re.compile(r"(?:PL|UU|OL|FL|RD|EL)[\w-]{10,}", re.ASCII)
_CHANNEL = re.compile(r"UC[\w-]{22}", re.ASCII)
_HANDLE = re.compile(r"@[^\s/?#&@]{2,100}")
_TABS = ("videos", "shorts", "streams", "live", "playlists")
_DEFAULT_TABS = ("", "featured", "about", "community")


@dataclass(frozen=True)
class VideoAddress:
    """One video. ``url`` is as typed, with its scheme."""

    id: str
    url: str


@dataclass(frozen=True)
class ListAddress:
    """A playlist or a channel; ``url`` is its canonical address."""

    url: str


def is_ours(text: str) -> bool:
    """Whether an input is meant for YouTube, be it right or wrong."""
    text = text.strip()
    return _bare(text) is not None or _split(text) is not None


def read(text: str) -> VideoAddress | ListAddress:
    """What an input names. Raises `InputError` for an address that names no video, playlist or channel.

    ``watch?v=X&list=Y`` is the video X alone: it is what a browser's address bar holds while X plays, and a
    person who wants the whole list can paste the playlist's own address.
    """
    text = text.strip()
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
        return VideoAddress(_checked_video(video), parts.geturl())
    return ListAddress(_channel_of(path))


def watch_url(video: str) -> str:
    return f"{SITE}/watch?v={video}"


def _bare(text: str) -> VideoAddress | ListAddress | None:
    if _VIDEO.fullmatch(text):
        return VideoAddress(text, watch_url(text))
    if _CHANNEL.fullmatch(text):
        return ListAddress(f"{SITE}/channel/{text}")
    if _LIST.fullmatch(text):
        return ListAddress(f"{SITE}/playlist?list={text}")
    if _HANDLE.fullmatch(text):
        return ListAddress(f"{SITE}/{text}")
    return None


def _split(text: str) -> SplitResult | None:
    if _SCHEMELESS.match(text):
        text = f"https://{text}"
    elif not _WEB.match(text):
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return None
    return parts if _HOSTS.fullmatch(host.rstrip(".")) else None


def _first(query: dict[str, list[str]], name: str) -> str:
    return query.get(name, [""])[0]


def _video_of(parts: SplitResult, path: list[str], query: dict[str, list[str]]) -> str | None:
    """The part that stands where a video id belongs, right or wrong; None where there is no such place."""
    if (parts.hostname or "").rstrip(".").endswith("youtu.be"):
        return path[0] if path else None
    match path:
        case [] | ["watch"]:
            return _first(query, "v") or None
        case ["embed", "videoseries" | "live_stream", *_]:
            return None
        case ["watch" | "shorts" | "live" | "embed" | "v" | "e", video, *_]:
            return video
    return None


def _checked_video(video: str) -> str:
    if len(video) != 11:  # noqa: PLR2004
        raise InputError(f"a video id has 11 characters, {video!r} has {len(video)}")
    if not _VIDEO.fullmatch(video):
        raise InputError(f"{video!r} is no video id")
    return video


def _checked_list(listed: str) -> str:
    if not re.fullmatch(r"[\w-]{2,}", listed, re.ASCII):
        raise InputError(f"{listed!r} is no playlist id")
    return listed


def _channel_of(path: list[str]) -> str:
    match path:
        case [handle, *rest] if _HANDLE.fullmatch(handle):
            base = f"{SITE}/{handle}"
        case ["channel" | "c" | "user" as kind, name, *rest]:
            base = f"{SITE}/{kind}/{name}"
        case _:
            raise InputError("not a video, playlist or channel of YouTube")
    tab = rest[0] if rest else ""
    if tab in _DEFAULT_TABS:
        return base
    if tab in _TABS:
        return f"{base}/{tab}"
    raise InputError(f"a channel has no videos under {tab!r}", hint="give the channel's own address")
