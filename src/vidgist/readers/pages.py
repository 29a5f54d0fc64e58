"""HTML: transcripts as podcasts publish them, and the pages that are none. https://podcasting2.org

A page is read where it says what is said and by whom or when (``<cite>``, ``<time>``, or
times before a third of its lines); any other page saved to a file is the error of a site, or an article.
"""

import re
from html.parser import HTMLParser

from vidgist.errors import Unreadable
from vidgist.readers import metadata, plain
from vidgist.readers.cues import Reading
from vidgist.readers.files import File
from vidgist.readers.metadata import About
from vidgist.readers.stamps import WEAK, row

NAMES = ("html",)
SUFFIXES = (".html", ".htm", ".xhtml")

_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG_LINE = re.compile(
    r"\s*</?(?:div|p|span|section|article|main|header|nav|ul|ol|li|table|h[1-6]|script|link|meta)\b[^<>]*>"
)
_TURNS = re.compile(r"<(?:cite|time)\b", re.IGNORECASE)
_BLOCKS = frozenset("p div br li tr h1 h2 h3 h4 h5 h6 section article cite time blockquote dt dd".split())
_HIDDEN = frozenset("script style head noscript template svg".split())
_HEAD_LENGTH = 4096
_FEW = 3


def looks(file: File) -> bool:
    head = file.text[:_HEAD_LENGTH].lstrip("\ufeff")
    return _HEAD.match(head) is not None or _is_fragment(head)


def _is_fragment(head: str) -> bool:
    """Return whether the lines are a piece of a page: all begin with a tag of a
    block, and tags are closed.
    """
    if head.lstrip()[:1] != "<" or "</" not in head:
        return False
    lines = [line for line in head.split("\n") if line.strip()][:-1] or [head]
    return all(map(_TAG_LINE.match, lines))


def read(file: File) -> Reading:
    """Read one. Raises `Unreadable` with the code ``format`` for a page that is no transcript."""
    page = _Page()
    page.feed(file.text)
    page.close()
    if len(_TURNS.findall(file.text)) < 2 and not _are_turns(page.lines()):  # noqa: PLR2004
        raise Unreadable(
            f"{file.name} is a web page, not a transcript", code="format", hint="save what is said as text"
        )
    return Reading(transcript=plain.transcribed(page.lines()), about=About(title=metadata.text(page.title)))


def _are_turns(lines: list[str]) -> bool:
    """Return whether the visible lines are those of a transcript: a third of them have times, in order."""
    rows = [one for line in lines if (one := row(line)).form and one.form not in WEAK]
    starts = [one.start for one in rows]
    return len(rows) > _FEW and 3 * len(rows) >= len(lines) and starts == sorted(starts)


class _Page(HTMLParser):
    """The visible lines of a page; a name and a time before words stand on their line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self._parts: list[str] = []
        self._hidden = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._in_title = tag == "title"
        self._hidden += tag in _HIDDEN
        if tag in _BLOCKS:
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))
        if tag in _BLOCKS:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._hidden:
            self._parts.append(re.sub(r"\s+", " ", data))

    def lines(self) -> list[str]:
        lines = [line.strip() for line in "".join(self._parts).split("\n")]
        joined: list[str] = []
        for line in filter(None, lines):
            time_alone = re.fullmatch(r"[\d:.,]{4,12}", line) is not None
            if time_alone and joined and joined[-1].endswith(":") and len(joined[-1]) < 60:  # noqa: PLR2004
                joined[-1] = f"{joined[-1].rstrip(':')} ({line}):"
            else:
                joined.append(line)
        return joined
