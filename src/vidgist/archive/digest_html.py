"""A digest as one page for a browser: nothing is loaded, nothing runs; the map's talks are links. Pure."""

import html
import re
from collections.abc import Iterator

from vidgist import drawing
from vidgist.archive.digest_text import HEADINGS, KIND, sources
from vidgist.archive.themes import Cited, Digest, Stretch, Theme
from vidgist.notes import moment_links
from vidgist.text.hygiene import one_line
from vidgist.text.record import clock
from vidgist.writers import html as notes_html

_STYLE = """
.digest{max-width:46rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
.digest .from{font-size:.875rem;opacity:.85}
.digest li{margin-block:.5rem}
.digest ol{padding-inline-start:2rem}
.digest h3{font-size:1rem;margin-block:1rem .25rem}
.digest .kind-differ{border-inline-start:.25rem solid currentColor;padding-inline-start:.75rem}
.digest figure{overflow-x:auto;margin-inline:0}
.digest nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none}
.digest nav a{display:inline-block;padding-block:.5rem}
@media (pointer:coarse){.digest nav a{min-height:44px;min-width:44px;line-height:44px;padding:0}}
@media print{.digest nav{display:none}}
"""


def render(digest: Digest) -> str:
    """Return the whole file."""
    sheet = f"{notes_html.style()}\n{_STYLE}"
    policy = f"default-src 'none'; style-src {notes_html.hashed(sheet)}; {notes_html.NOTHING_ELSE}"
    sections = dict(_sections(digest))
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
    model = f" by {_text(digest.model.removesuffix(':'))}" if digest.model else ""
    counts = f"{len(digest.talks)} talks, {len(digest.claims)} ideas"
    rows = [f'<p class="made">{counts} · <time datetime="{day}">{day}</time>{model}</p>']
    notices = [*digest.notices]
    if digest.left_out:
        notices.append(f"{len(digest.left_out)} statements left out, as no idea carries them")
    rows += [f'<p class="notice" dir="auto">{_text(one)}</p>' for one in notices]
    return "\n".join(rows)


def _sections(digest: Digest) -> Iterator[tuple[str, tuple[str, str]]]:
    if digest.watch:
        rows = "\n".join(f'<li dir="auto">{_stretch(digest, one)}</li>' for one in digest.watch)
        yield "watch", ("If you have 15 minutes", f'<ol class="stretches">\n{rows}\n</ol>')
    for number, theme in enumerate(digest.themes, 1):
        yield f"theme-{number}", (theme.title, _theme(digest, theme))
    if digest.open_questions:
        yield "questions", ("Open questions", _list(digest, digest.open_questions))
    if digest.concept_map.nodes:
        yield "map", ("Map", f"<figure>{_map(digest)}</figure>")
    rows = "\n".join(
        f'<li id="talk-{one.number}" dir="auto">{_talk(digest, one.number)}</li>' for one in digest.talks
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
        quote = f' <q dir="auto">{_text(claim.evidence[0].quote)}</q>' if claim.evidence else ""
        rows.append(f"{link}{quote}")
    return f'{_text(one.text)}<br>\n<span class="from">{"; ".join(rows)}</span>'


def _stretch(digest: Digest, one: Stretch) -> str:
    talk = digest.talks[one.talk - 1]
    span = f"{clock(int(one.start))}–{clock(int(one.end))}"
    return f"{_link(one.link or f'#talk-{talk.number}', f'{talk.title} {span}')}: {_text(one.why)}"


def _talk(digest: Digest, number: int) -> str:
    talk = digest.talks[number - 1]
    facts = " · ".join(_text(fact) for fact in (talk.channel, talk.day) if fact)
    name = _link(talk.url, talk.title) if talk.url else _text(talk.title)
    return f"{name} {facts}".rstrip()


def _map(digest: Digest) -> str:
    """Return the drawn map; the box of a talk leads to its line in the list of talks."""
    drawn = drawing.element(digest.concept_map, title="Themes and talks")
    for talk in digest.talks:
        name = html.escape(one_line(talk.title))
        pattern = re.compile(rf"<g>(<title>{re.escape(name)}</title>.*?)</g>", re.DOTALL)
        found = pattern.search(drawn)
        if found:
            link = f'<a href="#talk-{talk.number}">{found[0]}</a>'
            drawn = drawn[: found.start()] + link + drawn[found.end() :]
    return drawn


def _link(address: str, shown: str) -> str:
    target = address if address.startswith("#") else moment_links.web(address)
    if not target:
        return _text(shown)
    return f'<a href="{html.escape(target)}" rel="noreferrer">{_text(shown)}</a>'


def _text(text: str) -> str:
    return html.escape(one_line(text))
