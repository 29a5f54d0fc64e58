"""What yt-dlp's dictionaries say, as vidgist's values; and what is wrong where they say too little. Pure."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from vidgist.errors import NoTranscript
from vidgist.models import Chapter, Video
from vidgist.sources import _error_map
from vidgist.sources._caption_lines import clean
from vidgist.sources._tracks import Track, spoken_language

Info = dict[str, Any]

_ORIGINAL_AUDIO = 10
"""yt-dlp's ``language_preference`` of the audio that was recorded, not dubbed."""

_CLEAR = 40.0
"""Kilobits a second; with less, words are lost."""

_LONGEST = 20_000
"""Characters of a description that are kept."""

_MOST_CATEGORIES = 20

_HIDDEN = ("[Private video]", "[Deleted video]", "[Unavailable video]")
"""What stands in a list in place of a title."""


_RECORDS = ("formats", "chapters", "thumbnails")
_TRACKS = ("subtitles", "automatic_captions")
_TEXTS = ("categories",)


def typed(info: Info) -> Info:
    """Return an answer of yt-dlp without what is of another type than its documentation says.

    An extractor passes on what a page holds. Types: README of yt-dlp, "Output template" and
    ``InfoExtractor``'s docstring.
    """
    kept: Info = {name: _records(info[name]) for name in _RECORDS if name in info}
    for name in _TRACKS:
        offered = info.get(name)
        if isinstance(offered, Mapping):
            kept[name] = {str(key): _records(files) for key, files in offered.items()}
        elif name in info:
            kept[name] = {}
    for name in _TEXTS:
        if name in info:
            kept[name] = [text for text in _listed(info[name]) if isinstance(text, str)]
    numbers = {
        name: None for name, value in info.items() if isinstance(value, int | float) and not _is_number(value)
    }
    return {**info, **kept, **numbers}


def _records(value: object) -> list[Info]:
    return [one for one in _listed(value) if isinstance(one, dict)]


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping) else ()


def _is_number(value: float) -> bool:
    """Return whether a number is one that can be a length, a moment or a rate."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def check(info: Info, video: Video | None, tracks: Sequence[Track], heard: Sequence[str]) -> None:
    """Raise what is wrong with an answer that yt-dlp let pass: it only warns of most refusals."""
    status = info.get("live_status")
    if status == "is_live":
        raise _error_map.live(video)
    if status == "is_upcoming":
        raise _error_map.upcoming(video)
    known = video is not None and video.seconds is not None
    if not tracks and not info.get("formats"):
        raise _refusal(video, heard, known=known)
    if not known:
        raise _error_map.OddAnswer("YouTube's answer lacks the title or the duration", video=video)
    if not tracks and any("PO token" in text for text in heard):
        raise NoTranscript(
            "its captions are locked (a PO token is wanted)", code="captions_locked", video=video
        )
    if not tracks and status == "post_live":
        raise _error_map.live(video)


def _refusal(video: Video | None, heard: Sequence[str], *, known: bool) -> _error_map.Wrong:
    """Return why nothing can be played: not even the sound, so that missing captions mean nothing.

    A page that describes a video unknown to the player shows a fault of the player: it has no answer for
    videos made for kids, for one.
    """
    wrong = _error_map.of_text(heard, video)
    if wrong is None or (known and wrong.code == "unavailable"):
        return _error_map.OddAnswer("YouTube's player gives no usable answer", video=video)
    return wrong


def video_of(info: Info, tracks: Sequence[Track]) -> Video | None:
    title = clean(str(info.get("title") or ""))
    if not title:
        return None
    return Video(
        title=title,
        seconds=number(info.get("duration")),
        channel=clean(str(info.get("channel") or info.get("uploader") or "")),
        channel_url=str(info.get("channel_url") or ""),
        published=_day(info.get("upload_date")),
        language=_recorded_language(info) or spoken_language(tracks),
        chapters=tuple(
            Chapter(
                start=number(chapter.get("start_time")) or 0.0, title=clean(str(chapter.get("title") or ""))
            )
            for chapter in info.get("chapters") or ()
        ),
        **about(info),
    )


def about(info: Info) -> Info:
    """Return what a publisher says of a video beside its title: description, categories, cover."""
    categories = [clean(str(name)) for name in info.get("categories") or () if name]
    return {
        "description": _paragraphs(info.get("description")),
        "categories": tuple(dict.fromkeys(filter(None, categories)))[:_MOST_CATEGORIES],
        "cover": _cover(info),
    }


def _paragraphs(text: object) -> str:
    """Return a description, line by line, with nothing that steers a terminal."""
    if not isinstance(text, str):
        return ""
    lines = (clean(line) for line in text[:_LONGEST].splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _cover(info: Info) -> str:
    """Return the address of the largest still whose size is known, else of the one that is named first."""
    stills = [still for still in info.get("thumbnails") or () if isinstance(still, dict)]
    sized = max(stills, key=lambda still: number(still.get("width")) or 0.0, default={})
    for url in (info.get("thumbnail"), sized.get("url"), *(still.get("url") for still in stills)):
        if isinstance(url, str) and re.fullmatch(r"https?://[^\s\x00-\x1f\x7f\"<>]+", url):
            return url
    return ""


def listed_video(entry: Info, playlist: str = "", place: int | None = None) -> Video | None:
    """Return the metadata that a list has of a member; None where it hides the title.

    ``playlist`` is the list's title, ``place`` the member's in it. A list says "2 months ago", counting whole
    ones: ``published`` is no earlier than the day meant.
    """
    title = clean(str(entry.get("title") or ""))
    if not title or title in _HIDDEN:
        return None
    return Video(
        title=title,
        seconds=number(entry.get("duration")),
        channel=clean(str(entry.get("channel") or entry.get("uploader") or "")),
        channel_url=str(entry.get("channel_url") or ""),
        published=_latest_day(entry.get("timestamp")),
        playlist=playlist,
        playlist_index=place,
    )


def _latest_day(timestamp: object) -> date | None:
    """Return the latest day that was meant; months and years have no one length, so some days are added."""
    if not isinstance(timestamp, int | float):
        return None
    try:
        moment = datetime.fromtimestamp(timestamp, UTC)
        return (moment + timedelta(days=1) + 0.03 * abs(datetime.now(UTC) - moment)).date()
    except (ValueError, OverflowError, OSError):
        return None


def _recorded_language(info: Info) -> str:
    """Return the language of the original audio where formats distinguish it from dubbed ones."""
    return next(
        (
            str(form["language"])
            for form in info.get("formats") or ()
            if form.get("language") and form.get("language_preference") == _ORIGINAL_AUDIO
        ),
        "",
    )


def tracks_of(info: Info) -> tuple[Track, ...]:
    """Return every json3 track that is no translation, each once."""
    found: dict[str, Track] = {}
    for group, generated in (("subtitles", False), ("automatic_captions", True)):
        for key, files in (info.get(group) or {}).items():
            for file in files:
                url = str(file.get("url") or "")
                query = parse_qs(urlsplit(url).query)
                if file.get("ext") == "json3" and "tlang" not in query:
                    language = query.get("lang", [key.removesuffix("-orig")])[0]
                    original = generated and key.endswith("-orig")
                    if original or url not in found:
                        name = clean(str(file.get("name") or ""))
                        found[url] = Track(language, generated, original=original, url=url, name=name)
    return tuple(found.values())


def sound_of(info: Info) -> Info | None:
    """Return what to download to hear what is said: sound alone, as recorded, the least that can be
    understood.
    """
    offered = [form for form in info.get("formats") or () if _is_sound(form)]
    return min(offered, key=_expense, default=None)


def _is_sound(form: Info) -> bool:
    has_sound = form.get("acodec") not in (None, "none") and form.get("vcodec") == "none"
    return has_sound and not form.get("has_drm") and str(form.get("url")).startswith("https:")


def _expense(form: Info) -> tuple[bool, bool, float]:
    rate = number(form.get("abr")) or number(form.get("tbr")) or 0.0
    dubbed = form.get("language_preference") not in (None, _ORIGINAL_AUDIO)
    return dubbed, rate < _CLEAR, rate


def number(value: object) -> float | None:
    """Return a finite number of at least zero; None for anything else."""
    return float(value) if isinstance(value, int | float) and _is_number(value) and value >= 0 else None


def _day(value: object) -> date | None:
    try:
        return datetime.strptime(str(value), "%Y%m%d").date()
    except ValueError:
        return None
