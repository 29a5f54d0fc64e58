# ruff: noqa: ANN401 (feedparser is met by duck typing: its results are dictionaries of its own)
"""Feeds into episodes: RSS and Atom with what podcasts add. The one door to feedparser. Pure.

feedparser keeps one element of a name that it does not know, and an episode may link to several transcripts:
those are read beside it, from the same bytes, by a parser that takes what is not well-formed too.
"""

import calendar
import html
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from vidgist.errors import Unreadable
from vidgist.models import Chapter, Video
from vidgist.readers import metadata
from vidgist.sources._caption_lines import clean
from vidgist.sources._private_addresses import leads_inward

_LONGEST = 20_000
_MOST_CATEGORIES = 20
_CLOCK = re.compile(r"(?:(?:(\d{1,4}):)?(\d{1,3}):)?(\d{1,9})(?:\.\d+)?")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h\d)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")


@dataclass(frozen=True)
class Link:
    """A transcript that an episode links to; ``kind`` is its media type."""

    url: str
    kind: str
    language: str = ""


@dataclass(frozen=True)
class Episode:
    """``sound`` and ``chapters`` are addresses, empty where there are none."""

    guid: str
    video: Video
    links: tuple[Link, ...] = ()
    sound: str = ""
    chapters: str = ""


def read(body: bytes, address: str) -> dict[str, Episode]:
    """Return the episodes of a feed by their guids, in its order. Raises `Unreadable` for what is no feed."""
    import feedparser

    parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version"):
        raise Unreadable(f"{address} is no feed", code="format", hint="RSS and Atom are known")
    extras = _Extras()
    extras.feed(_decoded(body, str(parsed.get("encoding") or "")))
    extras.close()
    found: dict[str, Episode] = {}
    for number, entry in enumerate(parsed.entries):
        extra = extras.items[number] if number < len(extras.items) else _Extra()
        episode = _episode(entry, parsed.feed, extra, address)
        if episode.guid in found and episode.sound not in ("", found[episode.guid].sound):
            episode = replace(episode, guid=episode.sound)  # two episodes under one name
        if episode.guid:
            found.setdefault(episode.guid, episode)
    return found


def _decoded(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding or "utf-8", errors="replace")
    except LookupError:
        return body.decode("utf-8", errors="replace")


def chapters(document: object) -> tuple[Chapter, ...]:
    """Return the chapters of a JSON document as podcasts have it; none of what is no such document."""
    listed = document.get("chapters") if isinstance(document, dict) else None
    found = []
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and one.get("toc", True):
            start, title = metadata.number(one.get("startTime")), clean(str(one.get("title") or ""))
            if start >= 0 and title:
                found.append(Chapter(start=start, title=title))
    return tuple(found)


def _episode(entry: Any, feed: Any, extra: "_Extra", address: str) -> Episode:
    sound = _sound(entry)
    channel = clean(str(feed.get("title") or ""))
    return Episode(
        guid=clean(str(entry.get("id") or sound or entry.get("link") or "")),
        video=Video(
            title=clean(str(entry.get("title") or "")) or "An episode",
            seconds=_seconds(str(entry.get("itunes_duration") or "")),
            channel=channel,
            channel_url=_address(feed.get("link"), address),
            published=_day(entry.get("published_parsed") or dict.get(entry, "updated_parsed")),
            language=clean(str(entry.get("language") or feed.get("language") or "")),
            chapters=_inline_chapters(entry),
            description=_text(entry),
            categories=_categories(entry, feed),
            cover=_address(
                (entry.get("image") or {}).get("href") or (feed.get("image") or {}).get("href"), address
            ),
            playlist=channel,
            playlist_index=_number(entry.get("itunes_episode")),
            author=_author(entry, feed, channel),
        ),
        links=tuple(
            Link(url, link.kind, link.language)
            for link in extra.links
            if (url := _address(link.url, address))
        ),
        sound=_address(sound, address),
        chapters=_address(extra.chapters, address),
    )


def _sound(entry: Any) -> str:
    """Return the address of what is to be heard: sound before pictures, a type before none."""
    media = [{**one, "href": one.get("url")} for one in entry.get("media_content") or () if _medium(one)]
    offered = [one for one in (*(entry.get("enclosures") or ()), *media) if one.get("href")]
    ranked = sorted(
        offered, key=lambda one: ("audio", "video", "").index(_medium(one)) if _medium(one) else 2
    )
    return str(ranked[0]["href"]) if ranked else ""


def _medium(enclosure: Any) -> str:
    medium = str(enclosure.get("type") or "").partition("/")[0].lower()
    return medium if medium in ("audio", "video") else ""


def _seconds(text: str) -> float | None:
    """Return ``3723``, ``62:03`` or ``1:02:03``; None for what is none of these."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return float(hours * 3600 + minutes * 60 + seconds) or None


def _day(moment: Any) -> date | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(moment), UTC).date() if moment else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _text(entry: Any) -> str:
    """Return the notes of an episode without their markup, paragraph by paragraph."""
    contents = [str(one.get("value") or "") for one in entry.get("content") or ()]
    longest = max([*contents, str(entry.get("summary") or "")], key=len)[: 4 * _LONGEST]
    plain = _TAG.sub(" ", _BREAK.sub(lambda found: "\n\n" if "/p" in found[0] else "\n", longest))
    lines = (clean(line) for line in html.unescape(plain).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:_LONGEST]


def _categories(entry: Any, feed: Any) -> tuple[str, ...]:
    tags = [*(entry.get("tags") or ()), *(feed.get("tags") or ())]
    named = (clean(str(tag.get("term") or "")) for tag in tags)
    return tuple(dict.fromkeys(filter(None, named)))[:_MOST_CATEGORIES]


def _author(entry: Any, feed: Any, channel: str) -> str:
    for given in (entry.get("author"), feed.get("author")):
        author = clean(str(given or ""))
        if author and author != channel:
            return author
    return ""


def _inline_chapters(entry: Any) -> tuple[Chapter, ...]:
    listed = (entry.get("psc_chapters") or {}).get("chapters") or ()
    found = []
    for one in listed:
        start, title = one.get("start_parsed"), clean(str(one.get("title") or ""))
        if start >= 0 and title:
            found.append(Chapter(start=start.total_seconds(), title=title))
    return tuple(found)


def _number(value: object) -> int | None:
    text = str(value or "").strip()
    return int(text) if text.isdecimal() and 0 < len(text) < 7 else None  # noqa: PLR2004


def _address(value: object, base: str) -> str:
    url = _joined(base, str(value or "").strip().replace(" ", "%20"))
    is_web = re.fullmatch(r"https?://[^\s\x00-\x1f\x7f\"<>]+", url) is not None
    return url if is_web and not leads_inward(url, base) else ""


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address) if address else ""
    except ValueError:
        return ""


@dataclass(frozen=True)
class _Extra:
    links: tuple[Link, ...] = ()
    chapters: str = ""


class _Extras(HTMLParser):
    """Collects the transcripts and chapters of each item, under any prefix of the namespace."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.items: list[_Extra] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: (value or "").strip() for name, value in attrs}
        if tag in ("item", "entry"):
            self.items.append(_Extra())
        elif self.items and attributes.get("url") and ":" in tag:
            extra, name = self.items[-1], tag.rpartition(":")[2]
            if name == "transcript":
                kind = attributes.get("type", "").partition(";")[0].strip().lower()
                link = Link(attributes["url"], kind, attributes.get("language", ""))
                self.items[-1] = _Extra((*extra.links, link), extra.chapters)
            elif name == "chapters":
                self.items[-1] = _Extra(extra.links, attributes["url"])
