"""A digest as Markdown for a vault, and as plain text in the manner of a record. Pure."""

from collections.abc import Iterator, Sequence

from vidgist.archive import links
from vidgist.archive.claims import Claim, Gathered, Talk
from vidgist.archive.themes import Cited, Digest, Stretch
from vidgist.text.hygiene import one_line
from vidgist.text.mermaid import reading, writing
from vidgist.text.record import clock
from vidgist.writers import _yaml
from vidgist.writers._markdown import escape, paragraph

KIND = "digest"
HEADINGS = {
    "says": "What each says",
    "agree": "Where they agree",
    "differ": "Where they differ",
    "only": "Only one has it",
}
_OF_ONE = {"says": "", "only": "Only "}
"""How a line of the text form begins that is of one talk."""


def sources(digest: Digest, one: Cited) -> list[tuple[Talk, Claim]]:
    """Return the claims that a statement stands on, each with its talk."""
    known = Gathered(talks=digest.talks, claims=digest.claims, questions=digest.questions)
    return [(known.talk(claim.talk), claim) for claim in known.of(one.claims)]


def markdown(digest: Digest) -> str:
    """Return the digest as a note: statements linked to blocks, stretches to their seconds."""
    head = _yaml.front_matter(
        {
            "vidgist": KIND,
            "title": one_line(digest.title),
            "model": one_line(digest.model),
            "created": digest.created,
            "talks": len(digest.talks),
        }
    )
    parts = (f"# {escape(one_line(digest.title))}", *_parts(digest))
    return f"{head}\n" + "\n\n".join(parts) + "\n"


def _parts(digest: Digest) -> Iterator[str]:
    yield f"{len(digest.talks)} talks, {len(digest.claims)} ideas."
    for notice in digest.notices:
        yield f"> {paragraph(one_line(notice))}"
    if digest.left_out:
        yield f"> {left_out(len(digest.left_out))}."
    if digest.watch:
        yield "## If you have 15 minutes\n\n" + "\n".join(
            f"{n}. {_stretch(digest, one)}" for n, one in enumerate(digest.watch, 1)
        )
    for theme in digest.themes:
        yield f"## {escape(one_line(theme.title))}"
        for kind, heading in HEADINGS.items():
            if rows := getattr(theme, kind):
                yield f"### {heading}\n\n" + "\n".join(f"- {_statement(digest, one)}" for one in rows)
    if digest.open_questions:
        rows = "\n".join(f"- {_statement(digest, one)}" for one in digest.open_questions)
        yield f"## Open questions\n\n{rows}"
    if digest.concept_map.nodes:
        yield f"## Map\n\n```mermaid\n{_mermaid(digest)}```"
    yield "## Talks\n\n" + "\n".join(f"- {_talk(one)}" for one in digest.talks)


def left_out(count: int) -> str:
    """Return what a person should know of statements that do not stand."""
    return (
        "1 statement left out, as no idea carries it"
        if count == 1
        else (f"{count} statements left out, as no idea carries them")
    )


def _statement(digest: Digest, one: Cited) -> str:
    named = ", ".join(
        links.wikilink(talk.stem, claim.block, _short(talk, claim.start))
        for talk, claim in sources(digest, one)
    )
    return f"{paragraph(one_line(one.text))} ({named})"


def _short(talk: Talk, start: float | None) -> str:
    return talk.title if start is None else f"{talk.title} {clock(int(start))}"


def _stretch(digest: Digest, one: Stretch) -> str:
    talk = digest.talks[one.talk - 1]
    span = f"{clock(int(one.start))}–{clock(int(one.end))}"
    watch = f"[{span}]({links.target(one.link)})" if one.link else span
    return f"{links.wikilink(talk.stem, '', talk.title)} {watch}: {escape(one_line(one.why))}"


def _talk(talk: Talk) -> str:
    facts = ", ".join(filter(None, (talk.channel, talk.day)))
    return links.wikilink(talk.stem, "", talk.title) + (f" ({escape(facts)})" if facts else "")


def _mermaid(digest: Digest) -> str:
    """Return the map; the box of a talk leads to its video."""
    drawn = writing.render(digest.concept_map)
    urls = {one_line(talk.title): talk.url for talk in digest.talks if talk.url}
    nodes = reading.read(drawn).map.nodes
    clicks = [f'    click {one.id} "{urls[one.label]}"\n' for one in nodes if one.label in urls]
    return drawn + "".join(clicks)


def text(digest: Digest) -> str:
    """Return the digest as plain text, laid out as a record is."""
    rows = [
        f"Timestamp: {digest.created.isoformat(timespec='microseconds')}",
        f"Title: {one_line(digest.title)}",
        f"Talks: {len(digest.talks)}",
        "Status: success",
        "",
        "### Digest of the Talks:",
        "",
    ]
    rows += [*(f"Notice: {one_line(notice)}" for notice in digest.notices), ""] if digest.notices else []
    for number, theme in enumerate(digest.themes, 1):
        rows += [f"**{_roman(number)}. {one_line(theme.title)}**", ""]
        for kind in HEADINGS:
            rows += [f"*   {_row(digest, kind, one)}" for one in getattr(theme, kind)]
        rows.append("")
    rows += _section("If You Have 15 Minutes", [_plain_stretch(digest, one) for one in digest.watch])
    rows += _section("Open Questions", [_plain(digest, one) for one in digest.open_questions])
    if digest.concept_map.nodes:
        rows += ["**Conceptual Map**", "", "<Mermaid_Diagram>"]
        rows += [*writing.render(digest.concept_map).splitlines(), "</Mermaid_Diagram>", ""]
    rows += ["Talks:"]
    rows += [
        " · ".join(filter(None, (f"{one.number}. {one.title}", one.channel, one.day, one.url)))
        for one in digest.talks
    ]
    return "\n".join(rows) + "\n"


def _section(heading: str, lines: Sequence[str]) -> list[str]:
    return [f"**{heading}**", "", *(f"*   {line}" for line in lines), ""] if lines else []


def _row(digest: Digest, kind: str, one: Cited) -> str:
    """Return a statement under the name of its talk; a heading where it names or compares talks itself."""
    known = sources(digest, one)
    names_itself = digest.model != "offline:"
    if names_itself or kind not in _OF_ONE or len({talk.number for talk, _ in known}) > 1:
        return f"**{HEADINGS[kind]}:** {_plain(digest, one)}"
    talk, claim = known[0]
    time = f" ({clock(int(claim.start))})" if claim.start is not None else ""
    return f"**{_OF_ONE[kind]}{one_line(talk.title)}:** {one_line(one.text)}{time}"


def _plain(digest: Digest, one: Cited) -> str:
    named = "; ".join(_short(talk, claim.start) for talk, claim in sources(digest, one))
    return f"{one_line(one.text)} ({one_line(named)})"


def _plain_stretch(digest: Digest, one: Stretch) -> str:
    talk = digest.talks[one.talk - 1]
    span = f"{clock(int(one.start))}-{clock(int(one.end))}"
    return " ".join(filter(None, (f"{talk.title} {span}: {one_line(one.why)}", one.link)))


def _roman(number: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")[number - 1]
