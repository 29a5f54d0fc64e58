"""The site's pages: the list, a record, the digest. Pure; every text is escaped, nothing is inline."""

import html
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from urllib.parse import quote

from vidgist.site import facets
from vidgist.site.list_entries import Entry
from vidgist.writers.html import NOTHING_ELSE, Article

FIRST = 40
"""Records that the list shows before any script runs, and without one."""

DIGEST_DAYS = 14
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_CURRENT = ' aria-current="page"'
_EMPTY = "<p>There are no records yet.</p>"
_WALK = (
    '<nav class="walk" aria-label="Results"><a id="back" href="../index.html">All records</a>'
    '<span id="place"></span><a id="previous" rel="prev" aria-hidden="true">Previous</a>'
    '<a id="next" rel="next" aria-hidden="true">Next</a></nav>'
)
"""Ways through the results that led to a record; ``reader.js`` fills in all but the first."""


def library(entries: Sequence[Entry], title: str) -> str:
    """Return the list; ``entries`` are all of them, newest first."""
    rows = "\n".join(_row(entry, "h2") for entry in entries[:FIRST])
    body = f"""\
<a class="skip" href="#results">Skip to the records</a>
{_bar("", title, current="index.html")}
<main class="library">
<h1 class="visually-hidden">{html.escape(title)}</h1>
<form id="search" role="search">
<label for="q" class="visually-hidden">Search titles, ideas and transcripts</label>
<input id="q" type="search" placeholder="Search titles, ideas and transcripts" autocomplete="off">
<kbd aria-hidden="true">/</kbd>
</form>
<noscript><p class="empty">Search and filters need JavaScript; the newest records stand below.</p></noscript>
<div class="columns">
<div class="filters">
<button type="button" id="filters" class="fold" aria-expanded="false" aria-controls="facets">\
Filters <span id="active" class="count"></span></button>
<div id="facets" class="facets">
{facets.render(entries)}
</div>
</div>
<section class="found" aria-label="Records">
<div class="tools"><p id="status" role="status">{_count(len(entries))}</p>
<label>Sort <select id="sort"><option value="">Newest notes</option>\
<option value="noted" hidden>Newest notes</option><option value="published">Newest videos</option>\
<option value="title">Title</option></select></label></div>
<ol id="results" class="results" tabindex="-1">
{rows}
</ol>
<div id="nothing" class="nothing"{"" if not entries else " hidden"}>{_EMPTY if not entries else ""}</div>
<button type="button" id="more" class="button"{"" if len(entries) > FIRST else " hidden"}>Show more</button>
</section>
</div>
</main>"""
    scripts = ("data/list.js", "assets/words.js", "assets/search.js", "assets/library.js")
    return _page(title, body, root="", scripts=scripts, feed=title)


def reader(shown: Article, title: str) -> str:
    """Return the page of one record, one folder down."""
    skip = '<a class="skip" href="#record">Skip to the record</a>'
    body = f'{skip}\n{_bar("../", title)}\n{_WALK}\n<main id="record">\n{shown.html}\n</main>'
    return _page(
        shown.title, body, root="../", scripts=("assets/reader.js",), styles=("article.css", "site.css")
    )


def digest(entries: Sequence[Entry], title: str) -> str:
    """Return what each of the last days brought, and what failed; ``entries`` newest first."""
    days = groupby(entries, key=lambda entry: entry.created[:10])
    sections = [_day(day, tuple(rows)) for (day, rows), _ in zip(days, range(DIGEST_DAYS), strict=False)]
    empty = '<p class="empty">Nothing has been noted yet.</p>'
    body = f"""\
{_bar("", title, current="digest.html")}
<main class="digest">
<h1>What is new</h1>
{"".join(sections) or empty}
</main>"""
    return _page(f"What is new · {title}", body, root="", scripts=(), feed=title)


def _day(day: str, entries: Sequence[Entry]) -> str:
    new = [entry for entry in entries if not entry.status]
    failed = [entry for entry in entries if entry.status]
    counts = ", ".join(
        text for text, number in ((f"{len(failed)} failed", failed), (f"{len(new)} new", new)) if number
    )
    title = f'<h2><time datetime="{day}">{_in_words(day)}</time></h2>'
    parts = [f'<section id="d{day}"><header>{title}<p class="counts">{counts}</p></header>']
    if failed:
        rows = "".join(
            f'<li{_spoken(entry)}><a href="{address(entry.page)}">{html.escape(entry.title)}</a> '
            f'<span class="badge">{html.escape(entry.status)}</span> '
            f'<span dir="auto">{html.escape(entry.teaser)}</span></li>'
            for entry in failed
        )
        parts.append(f'<h3>Failed</h3><ul class="failed">{rows}</ul>')
    if new:
        parts.append(f'<ol class="results">{"".join(_row(entry, "h3") for entry in new)}</ol>')
    return "".join((*parts, "</section>\n"))


def _in_words(day: str) -> str:
    """Write a date in English in every locale, like the page around it."""
    found = date.fromisoformat(day)
    return f"{_WEEKDAYS[found.weekday()]}, {found.day} {_MONTHS[found.month - 1]} {found.year}"


def address(page: str) -> str:
    """Return the relative address of a file of the site, fit for an attribute."""
    return html.escape(quote(page))


def _row(entry: Entry, heading: str) -> str:
    """Return one record in a list; ``library.js`` makes the same."""
    facts = "".join(
        f"<span>{html.escape(fact)}</span>" for fact in (entry.channel, entry.day, entry.duration) if fact
    )
    badge = f'<span class="badge">{html.escape(entry.status)}</span>' if entry.status else ""
    teaser = f'<p class="teaser">{html.escape(entry.teaser)}</p>' if entry.teaser else ""
    return (
        f'<li{_spoken(entry)}><p class="facts">{facts}{badge}</p>'
        f'<{heading}><a href="{address(entry.page)}">{html.escape(entry.title)}</a></{heading}>{teaser}</li>'
    )


def _spoken(entry: Entry) -> str:
    lang = f' lang="{html.escape(entry.lang)}"' if entry.lang else ""
    return f'{lang} dir="{entry.dir or "auto"}"'


def _count(number: int) -> str:
    return f"{number:,} record{'' if number == 1 else 's'}"


def _bar(root: str, title: str, *, current: str = "") -> str:
    links = (("index.html", title), ("digest.html", "What is new"), ("feed.xml", "Feed"))
    items = "".join(
        f'<a href="{root}{page}"{_CURRENT if page == current else ""}>{html.escape(text)}</a>'
        for page, text in links
    )
    return f'<header class="bar"><nav aria-label="Library">{items}</nav></header>'


def _page(
    title: str,
    body: str,
    *,
    root: str,
    scripts: Iterable[str],
    styles: Iterable[str] = ("article.css", "site.css"),
    feed: str = "",
) -> str:
    sheets = "".join(f'<link rel="stylesheet" href="{root}assets/{name}">\n' for name in styles)
    code = "".join(f'<script defer src="{root}{name}"></script>\n' for name in scripts)
    policy = f"default-src 'none'; script-src 'self'; style-src 'self'; {NOTHING_ELSE}"
    atom = 'rel="alternate" type="application/atom+xml"'
    link = f'<link {atom} title="{html.escape(feed)}" href="{root}feed.xml">\n' if feed else ""
    return f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{html.escape(title)}</title>
{sheets}{link}{code}</head>
<body>
{body}
</body>
</html>
"""
