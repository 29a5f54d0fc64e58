"""Lists in markup: bookmarks, OPML, watch histories, JSON of other programs. Pure.

A lenient parser reads HTML and OPML alike: files of browsers and feed readers are seldom well-formed, and it
knows no entities but characters.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from vidgist.run.list_lines import Entry

_WEB = re.compile(r"(?:https?://|(?:www\.)?(?:youtube\.com|youtu\.be)/)", re.IGNORECASE)
_WATCH = re.compile(r"youtube\.com/(?:watch|shorts)|youtu\.be/", re.IGNORECASE)
_KEYS = ("titleUrl", "webpage_url", "url", "link", "href", "uri", "feedUrl", "xmlUrl")
_ID_KEYS = ("videoId", "video_id", "id")
_ID = re.compile(r"[\w-]{11}|UC[\w-]{22}", re.ASCII)
_TAGS = ("<opml", "<a ", "<html", "<!doctype", "<dl", "<plist", "<playlist", "<rss", "<urlset")
_HOLDING = ("location", "string", "loc", "link")
"""Elements of XSPF, Internet locations of macOS, sitemaps and RSS whose text is an address."""

_SAMPLE = 4000
_DEEPEST = 50


def is_markup(text: str) -> bool:
    """Return whether a list is HTML or OPML."""
    head = text.lstrip()[:_SAMPLE].casefold()
    return head.startswith("<") and any(tag in head for tag in _TAGS)


def read_markup(text: str) -> Iterator[Entry]:
    """Yield the addresses of bookmarks, links and outlines. Of a watch history, the videos alone."""
    links = _Links()
    links.feed(text)
    links.close()
    history = 'class="outer-cell' in text or "content-cell" in text
    return (entry for entry in links.found if not history or _WATCH.search(entry.text))


def read_json(text: str) -> Iterator[Entry] | None:
    """Yield the inputs of a JSON document, or of JSON lines; None for what is neither."""
    values = _values(text)
    return None if values is None else _walk(values)


def _values(text: str) -> list[tuple[int, object]] | None:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        pass
    else:
        return list(enumerate(whole, start=1)) if isinstance(whole, list) else [(1, whole)]
    try:
        lines = enumerate(text.split("\n"), start=1)
        return [(number, json.loads(line)) for number, line in lines if line.strip()]
    except (ValueError, RecursionError):
        return None


def _walk(values: list[tuple[int, object]], depth: int = 0) -> Iterator[Entry]:
    for number, value in values:
        if isinstance(value, str):
            yield Entry(number, value)
        elif isinstance(value, list):
            yield from _walk(list(enumerate(value, start=1)), depth + 1) if depth < _DEEPEST else ()
        elif isinstance(value, dict) and "details" not in value:  # an advertisement in a watch history
            yield from _of_object(number, value, depth)


def _of_object(number: int, value: dict[str, object], depth: int) -> Iterator[Entry]:
    held = [item for item in value.values() if isinstance(item, list) and any(_holds(one) for one in item)]
    named = _named(value)
    if named and not (held and "entries" in value):
        yield Entry(number, named)
    elif depth < _DEEPEST:
        for item in held:
            yield from _walk(list(enumerate(item, start=1)), depth + 1)
        inner = [item for item in value.values() if isinstance(item, dict)]
        yield from _walk([(number, item) for item in inner], depth + 1)


def _holds(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, str) and _WEB.match(value) is not None)


def _named(value: dict[str, object]) -> str:
    for key in _KEYS:
        text = value.get(key)
        if isinstance(text, str) and _WEB.match(text):
            return text
    for key in _ID_KEYS:
        text = value.get(key)
        if isinstance(text, str) and _ID.fullmatch(text):
            return text
    return ""


class _Links(HTMLParser):
    """Collects the addresses of ``a`` and ``outline``, and those that are an element's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Entry] = []
        self._holds = False

    def handle_data(self, data: str) -> None:
        text = data.strip()
        if self._holds and _WEB.match(text) and not re.search(r"\s", text):
            self.found.append(Entry(self.getpos()[0], text))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._holds = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._holds = tag in _HOLDING
        given = {name: value.strip() for name, value in attrs if value}
        if tag == "outline":
            feed = given.get("xmlurl", "")
            named = feed or given.get("url") or given.get("htmlurl") or ""
            prefix = "podcast:" if feed and not re.search(r"youtube\.com/", feed) else ""
        elif tag == "a":
            named, prefix = given.get("href", ""), ""
        else:
            return
        if _WEB.match(named):
            self.found.append(Entry(self.getpos()[0], prefix + named))
