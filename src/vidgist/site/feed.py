"""The newest records as an Atom feed (RFC 4287). Pure."""

import html
import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from vidgist.site.list_entries import Entry

MOST = 50
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(entries: Sequence[Entry], title: str, base: str) -> str:
    """Return ``entries`` newest first; failures are left out. ``base`` is the site's address, or empty."""
    done = [entry for entry in entries if not entry.status][:MOST]
    updated = _moment(done[0].created) if done else "1970-01-01T00:00:00+00:00"
    rows = "".join(_entry(entry, base) for entry in done)
    self_link = f'<link rel="self" href="{_text(base)}feed.xml"/>\n' if base else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{_text(title)}</title>\n<id>{_identity(base or title)}</id>\n"
        f"<updated>{updated}</updated>\n<author><name>vidgist</name></author>\n"
        f'<link href="{_text(base)}index.html"/>\n{self_link}{rows}</feed>\n'
    )


def _entry(entry: Entry, base: str) -> str:
    points = "".join(f"<li>{html.escape(point)}</li>" for point in entry.points)
    content = f"<p>{html.escape(entry.teaser)}</p>" + (f"<ul>{points}</ul>" if points else "")
    author = f"<author><name>{_text(entry.channel)}</name></author>\n" if entry.channel else ""
    published = f"<published>{entry.published}T00:00:00Z</published>\n" if entry.published else ""
    return (
        f"<entry>\n<title>{_text(entry.title)}</title>\n<id>{_identity(entry.id)}</id>\n"
        f"<updated>{_moment(entry.created)}</updated>\n{published}{author}"
        f'<link href="{_text(base + quote(entry.page))}"/>\n'
        f'<content type="html">{_text(content)}</content>\n</entry>\n'
    )


def _identity(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'vidgist:{name}')}"


def _moment(created: str) -> str:
    return datetime.fromisoformat(created).astimezone().isoformat(timespec="seconds")


def _text(text: str) -> str:
    return html.escape(_NOT_XML.sub("\ufffd", text))
