"""What yt-dlp's dictionaries say of a video of any site: its subtitles, its sound, its day. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from vidgist.models import Video
from vidgist.sources import _video_info
from vidgist.sources._caption_lines import clean
from vidgist.sources._tracks import Track
from vidgist.sources._video_info import Info, number

_FORMATS = (
    "vtt",
    "srt",
    "ttml",
    "dfxp",
    "json3",
    "srv3",
    "srv2",
    "srv1",
    "json",
    "ass",
    "ssa",
    "sbv",
    "lrc",
    "xml",
)
"""Formats of subtitles, best first."""

_NO_WORDS = ("live_chat", "danmaku", "comments", "rechat", "storyboard")
_CLEAR = 40.0


@dataclass(frozen=True)
class File:
    """A subtitle file: its address or its text, and its format."""

    url: str = ""
    text: str = ""
    suffix: str = ""
    is_playlist: bool = False


def video_of(info: Info) -> Video | None:
    """Return what is known of a video; None where not even its title is."""
    video = _video_info.video_of(info, ())
    if video is None:
        return None
    return video.model_copy(
        update={
            "published": video.published or _day(info),
            "channel_url": video.channel_url or str(info.get("uploader_url") or ""),
            "language": video.language or _language(info.get("language")),
            "author": _author(info, video.channel),
            "playlist": clean(str(info.get("series") or info.get("playlist_title") or "")),
            "playlist_index": _whole(info.get("episode_number") or info.get("playlist_index")),
        }
    )


def tracks_of(info: Info) -> dict[Track, File]:
    """Return every language's subtitles in the best of their formats."""
    found: dict[Track, File] = {}
    for group, generated in (("subtitles", False), ("automatic_captions", True)):
        for key, offered in (info.get(group) or {}).items():
            language = str(key or "")
            if language.casefold() in _NO_WORDS or not isinstance(offered, list):
                continue
            for name, files in _by_name(offered):
                best = min(files, key=_preference)
                original = generated and language.endswith("-orig")
                track = Track(_language(language), generated, original=original, name=name, url=best.url)
                found[track if track not in found else replace(track, url=f"{best.url}#{len(found)}")] = best
    return found


def sound_of(info: Info) -> Info | None:
    """Return what to download to hear what is said: the least that can be understood, sound alone first."""
    offered = info.get("formats") or ([info] if info.get("url") else [])
    heard = [form for form in offered if isinstance(form, dict) and _is_heard(form)]
    return min(heard, key=_expense, default=None)


def _by_name(offered: list[Any]) -> Iterator[tuple[str, list[File]]]:
    """Yield the files of a language, those of one name together."""
    named: dict[str, list[File]] = {}
    for file in offered:
        made = _file(file) if isinstance(file, dict) else None
        if made is not None:
            named.setdefault(clean(str(file.get("name") or "")), []).append(made)
    yield from named.items()


def _file(track: Info) -> File | None:
    url, text = str(track.get("url") or ""), track.get("data")
    path = urlsplit(url).path.casefold()
    suffix = str(track.get("ext") or path.rpartition(".")[2]).casefold()
    if isinstance(text, str) and text:
        return File(text=text, suffix=suffix)
    if not url.startswith(("http://", "https://")):
        return None
    is_playlist = "m3u8" in str(track.get("protocol") or "") or path.endswith(".m3u8")
    return File(url=url, suffix="vtt" if is_playlist else suffix, is_playlist=is_playlist)


def _preference(file: File) -> tuple[bool, int]:
    rank = _FORMATS.index(file.suffix) if file.suffix in _FORMATS else len(_FORMATS)
    return file.is_playlist, rank


def _is_heard(form: Info) -> bool:
    silent = form.get("acodec") == "none" or form.get("has_drm") or form.get("ext") == "mhtml"
    return not silent and str(form.get("url") or "").startswith(("http://", "https://"))


def _expense(form: Info) -> tuple[bool, bool, bool, float]:
    rate = _rate(form)
    in_pieces = "m3u8" in str(form.get("protocol") or "") or "dash" in str(form.get("protocol") or "")
    return form.get("vcodec") != "none", in_pieces, rate < _CLEAR, rate


def _rate(form: Info) -> float:
    sizes = (form.get(name) for name in ("abr", "tbr", "height"))
    return next((rate for value in sizes if (rate := number(value) or 0.0)), 0.0)


def _day(info: Info) -> date | None:
    for name in ("release_date", "modified_date"):
        digits = str(info.get(name) or "")
        if len(digits) == 8 and digits.isdecimal():  # noqa: PLR2004
            try:
                return datetime.strptime(digits, "%Y%m%d").date()
            except ValueError:
                continue
    moment = info.get("timestamp") or info.get("release_timestamp")
    try:
        return datetime.fromtimestamp(moment, UTC).date() if isinstance(moment, int | float) else None
    except (ValueError, OverflowError, OSError):
        return None


def _author(info: Info, channel: str) -> str:
    for name in ("creator", "artist", "author", "uploader"):
        author = clean(str(info.get(name) or ""))
        if author and author != channel:
            return author
    return ""


def _language(value: object) -> str:
    text = str(value or "").strip()
    text = text.removesuffix("-orig")
    return "" if text.casefold() in ("und", "none", "unknown", "default", "captions", "subtitles") else text


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
