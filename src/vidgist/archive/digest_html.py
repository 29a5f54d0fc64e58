"""A digest as one page for a browser: nothing is loaded, nothing runs; the map's talks are links. Pure."""

import html
import re
from collections.abc import Iterator
from urllib.parse import quote

from vidgist import drawing
from vidgist.archive.claims import Claim, Talk
from vidgist.archive.digest_text import HEADINGS, KIND, left_out, sources
from vidgist.archive.themes import Cited, Digest, Stretch, Theme
from vidgist.notes import moment_links
from vidgist.text.hygiene import one_line
from vidgist.text.record import clock
from vidgist.text.search_words import words
from vidgist.writers import html as notes_html

_STYLE = """
.digest{max-width:46rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
.digest .from{font-size:.875rem;opacity:.85}
.digest li{margin-block:.5rem}
.digest ol{padding-inline-start:2rem}
.digest ul{padding-inline-start:1.25rem}
.digest h3{font-size:1rem;margin-block:1rem .25rem}
.digest .kind-differ{border-inline-start:.25rem solid currentColor;padding-inline-start:.75rem}
.digest figure{overflow-x:auto;margin-inline:0}
.digest nav ul{display:flex;flex-wrap:wrap;gap:0 1rem;margin:0;padding:0;list-style:none}
.digest nav li{margin:0;max-width:100%}
.digest nav a{display:inline-block;max-width:100%;padding-block:0;line-height:2}
.digest nav a{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
@media (pointer:coarse){.digest nav a{min-width:44px;line-height:44px}}
@media print{.digest nav{display:none}}
"""


def render(digest: Digest, notes: str = "") -> str:
    """Return the whole file. ``notes`` is the way from its folder to the notes, which are links then."""
    sheet = f"{notes_html.style()}\n{_STYLE}"
    policy = f"default-src 'none'; style-src {notes_html.hashed(sheet)}; {notes_html.NOTHING_ELSE}"
    sections = dict(_sections(digest, notes))
    links = "".join(f'<li><a href="#{name}">{_text(title)}</a></li>' for name, (title, _) in sections.items())
    body = "\n".join(
        f'<section id="{name}"><h2 dir="auto">{_text(title)}</h2>\n{inner}\n</section>'
        for name, (title, inner) in sections.items()
    )
    return (
        f"<!doctype html>\n<!-- vidgist: {KIND} -->\n<html>\n<head>\n"
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(digest.title)}</title>\n<style>{sheet}</style>\n</head>\n<body>\n"
        f'<main class="digest"><article class="note">\n<header>\n<h1 dir="auto">{_text(digest.title)}</h1>\n'
        f"{_facts(digest)}\n</header>\n"
        f'<nav class="contents" aria-label="Contents"><ul>{links}</ul></nav>\n{body}\n'
        "</article></main>\n</body>\n</html>\n"
    )


def _facts(digest: Digest) -> str:
    day = digest.created.date().isoformat()
    model = f" <span>by {_text(digest.model.removesuffix(':'))}</span>" if digest.model else ""
    counts = f"{len(digest.talks)} talks, {len(digest.claims)} ideas"
    made = f'<span>{counts}</span> <time datetime="{day}">{day}</time>{model}'
    rows = [f'<p class="made">{made}</p>']
    notices = [*digest.notices]
    if digest.left_out:
        notices.append(left_out(len(digest.left_out)))
    rows += [f'<p class="notice" dir="auto">{_text(one)}</p>' for one in notices]
    return "\n".join(rows)


def _sections(digest: Digest, notes: str) -> Iterator[tuple[str, tuple[str, str]]]:
    if digest.watch:
        rows = "\n".join(f'<li dir="auto">{_stretch(digest, one)}</li>' for one in digest.watch)
        yield "watch", ("If you have 15 minutes", f'<ol class="stretches">\n{rows}\n</ol>')
    for number, theme in enumerate(digest.themes, 1):
        yield f"theme-{number}", (theme.title, _theme(digest, theme))
    if digest.open_questions:
        yield "questions", ("Open questions", _list(digest, digest.open_questions))
    if digest.concept_map.nodes:
        figure = '<figure tabindex="0" role="region" aria-label="Themes and talks">'
        yield "map", ("Map", f"{figure}{_map(digest)}</figure>")
    rows = "\n".join(
        f'<li id="talk-{one.number}" dir="auto">{_talk(one, notes)}</li>' for one in digest.talks
    )
    yield "talks", ("Talks", f"<ol>\n{rows}\n</ol>")


def _theme(digest: Digest, theme: Theme) -> str:
    return "\n".join(
        f'<div class="kind-{kind}"><h3 lang="en">{heading}</h3>\n{_list(digest, getattr(theme, kind))}</div>'
        for kind, heading in HEADINGS.items()
        if getattr(theme, kind)
    )


def _list(digest: Digest, statements: tuple[Cited, ...]) -> str:
    rows = "\n".join(f'<li dir="auto">{_statement(digest, one)}</li>' for one in statements)
    return f"<ul>\n{rows}\n</ul>"


def _statement(digest: Digest, one: Cited) -> str:
    rows = []
    for talk, claim in sources(digest, one):
        time = f" {clock(int(claim.start))}" if claim.start is not None else ""
        link = _link(claim.link or f"#talk-{talk.number}", f"{talk.title}{time}")
        rows.append(f"{link}{_quote(one, claim)}")
    return f'{_text(one.text)}<br>\n<span class="from">{"; ".join(rows)}</span>'


def _quote(one: Cited, claim: Claim) -> str:
    """Return the first quote of a claim; empty where the statement has its words itself."""
    first = claim.evidence[0].quote if claim.evidence else ""
    quoted, said = (f" {' '.join(words(text))} " for text in (first, one.text))
    if not first or quoted in said or said in quoted:
        return ""
    return f' <q dir="auto">{_text(first)}</q>'


def _stretch(digest: Digest, one: Stretch) -> str:
    talk = digest.talks[one.talk - 1]
    span = f"{clock(int(one.start))}–{clock(int(one.end))}"
    return f"{_link(one.link or f'#talk-{talk.number}', f'{talk.title} {span}')}: {_text(one.why)}"


def _talk(talk: Talk, notes: str) -> str:
    name = _link(talk.url, talk.title) if talk.url else _text(talk.title)
    note = f'<a href="{html.escape(quote(f"{notes}/{talk.file}"))}">note</a>' if notes else ""
    return " · ".join(filter(None, (name, _text(talk.channel), _text(talk.day), note)))


def _map(digest: Digest) -> str:
    """Return the drawn map; the box of a theme leads to its section, that of a talk to its line."""
    targets = {one_line(talk.title): f"talk-{talk.number}" for talk in digest.talks}
    targets |= {one_line(theme.title): f"theme-{number}" for number, theme in enumerate(digest.themes, 1)}

    def linked(box: re.Match[str]) -> str:
        target = targets.get(html.unescape(box["label"]))
        return f'<a href="#{target}">{box[0]}</a>' if target else box[0]

    drawn = drawing.element(digest.concept_map, title="Themes and talks")
    return re.sub(r"<g><title>(?P<label>.*?)</title>.*?</g>", linked, drawn, flags=re.DOTALL)


def _link(address: str, shown: str) -> str:
    target = address if address.startswith("#") else moment_links.web(address)
    if not target:
        return _text(shown)
    return f'<a href="{html.escape(target)}" rel="noreferrer">{_text(shown)}</a>'


def _text(text: str) -> str:
    return html.escape(one_line(text))
