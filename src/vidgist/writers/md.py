"""``--format md``: a note for Obsidian, Logseq, GitHub and VS Code: properties, quotes, the drawn map.

What a person writes below the marked line stays, byte for byte, whenever the note is written again. Every
idea and every paragraph of the transcript is a block that a link can name: ``[[note#^idea-2]]``,
``[[note#^t-83]]``.
"""

from collections.abc import Iterator, Sequence

from vidgist.config import Settings
from vidgist.models import Chapter, Evidence, Note, Point, Summary, Transcript
from vidgist.notes import moment_links, paragraphs
from vidgist.notes.markdown import MARK, MARK_LINE
from vidgist.text import hygiene, record
from vidgist.text.mermaid import writing
from vidgist.writers import _extras, _properties, _yaml
from vidgist.writers._extras import Row
from vidgist.writers._markdown import escape, paragraph, prose
from vidgist.writers._properties import wikilink

__all__ = ["MARK", "Markdown", "create", "title", "wikilink"]


class Markdown:
    suffix = ".md"

    def __init__(self, *, wikilinks: bool, tags: Sequence[str] = (), properties: Sequence[str] = ()) -> None:
        self.wikilinks = wikilinks
        self.tags = tags
        self.properties = properties

    def render(self, note: Note, old: str = "") -> str:
        """Render a note; ``old`` matters only below its marked line."""
        mark = MARK_LINE.search(old)
        known = _properties.of(note, title(note), self.tags, wikilinks=self.wikilinks)
        head = _yaml.front_matter(_properties.chosen(known, self.properties))
        parts = [f"# {escape(title(note))}", *self._head(note), *map(str.rstrip, _body(note))]
        whole = head + "\n" + "\n\n".join(parts) + "\n\n"
        return whole + (old[mark.start() :] if mark else f"{MARK}\n")

    def _head(self, note: Note) -> Iterator[str]:
        video = note.video or note.item.video
        facts = []
        if video and video.channel:
            channel = hygiene.one_line(video.channel)
            facts.append(wikilink(channel) if self.wikilinks else f"**{escape(channel)}**")
        if video and video.published:
            facts.append(video.published.isoformat())
        if video and video.seconds is not None:
            facts.append(record.clock(video.seconds))
        address = moment_links.web(note.item.url)
        if address:
            facts.append(f"[Watch]({_target(address)})")
        if facts:
            yield " · ".join(facts)
        for notice in note.notices:
            yield f"> {paragraph(hygiene.one_line(notice))}"
        if note.failure:
            reason = " ".join(filter(None, (f"{note.failure.message}.", note.failure.hint)))
            yield f"> **Not summarized:** {escape(hygiene.one_line(reason))}"


def title(note: Note) -> str:
    """Return the title on one line; ``unknown`` where it is not known."""
    return " ".join(record.title(note).split())


def _target(address: str) -> str:
    """Return an address between the parentheses of a link."""
    return address.replace("(", "%28").replace(")", "%29")


def _body(note: Note) -> Iterator[str]:
    url, video = note.item.url, note.video or note.item.video
    if note.answer and note.answer.summary:
        yield from _sections(note.answer.summary, url)
    elif note.answer:
        yield f"## Summary\n\n{prose(note.answer.text.strip(), 3)}"
    if video and video.chapters:
        rows = (
            f"- {_moment(url, one.start)} {escape(hygiene.one_line(one.title))}".rstrip()
            for one in video.chapters
        )
        yield "## Chapters\n\n" + "\n".join(rows)
    if note.transcript and note.transcript.text:
        yield "## Transcript\n\n" + _transcript(note.transcript, video.chapters if video else (), url)


def _sections(summary: Summary, url: str) -> Iterator[str]:
    overview = hygiene.one_line(summary.extras.overview)
    if overview:
        yield f"## {_extras.OVERVIEW}\n\n{paragraph(overview)}"
    ideas = (f"{n}. {_point(one, f'idea-{n}', url, '   ')}" for n, one in enumerate(summary.core_ideas, 1))
    yield "## Core Ideas\n\n" + "\n".join(ideas)
    core = summary.core_point.model_copy(update={"label": "Core Point"})
    fundamental = summary.fundamental_point.model_copy(update={"label": "Fundamental Point"})
    yield (
        f"## Conclusion Points\n\n- {_point(core, 'core-point', url, '  ')}\n"
        f"- {_point(fundamental, 'fundamental-point', url, '  ')}"
    )
    framework = record.paragraphs(summary.framework)
    if framework:
        yield "## Overarching Framework\n\n" + "\n\n".join(map(paragraph, framework.split("\n\n")))
    if summary.concept_map.nodes:
        yield f"## Conceptual Map\n\n```mermaid\n{writing.render(summary.concept_map)}```"

    for _, heading, rows in _extras.sections(summary.extras):
        yield f"## {heading}\n\n" + "\n".join(_row(row, url) for row in rows)


def _row(row: Row, url: str) -> str:
    """Return one line: when it is said, its name and text, who and when, and its quotes below."""
    parts = [
        _moment(url, row.start) if row.start is not None else "",
        f"**{escape(hygiene.one_line(row.name))}**" if row.name else "",
        escape(hygiene.one_line(row.text)),
        f"*({escape(hygiene.one_line(row.aside))})*" if row.aside else "",
    ]
    quotes = "\n  >\n".join(_quote(one, url, "  ") for one in row.evidence)
    line = f"- {' '.join(filter(None, parts))}"
    return f"{line}\n\n{quotes}\n" if quotes else line


def _point(point: Point, block: str, url: str, indent: str) -> str:
    label, text = escape(hygiene.one_line(point.label).rstrip(":")), escape(hygiene.one_line(point.text))
    head = f"**{label}:** {text} ^{block}"
    quotes = f"\n{indent}>\n".join(_quote(one, url, indent) for one in point.evidence)
    if point.doubts:
        doubts = escape(hygiene.one_line("; ".join(point.doubts)))
        quotes = f"{indent}_Not found in the talk: {doubts}_" + (f"\n\n{quotes}" if quotes else "")
    return f"{head}\n\n{quotes}\n" if quotes else head


def _quote(evidence: Evidence, url: str, indent: str) -> str:
    words = f"{indent}> “{escape(hygiene.one_line(evidence.quote))}”"
    return words if evidence.start is None else f"{words} — {_moment(url, evidence.start)}"


def _moment(url: str, start: float) -> str:
    address = moment_links.link(url, start)
    return f"[{record.clock(int(start))}]({_target(address)})" if address else record.clock(int(start))


def _transcript(transcript: Transcript, chapters: Sequence[Chapter], url: str) -> str:
    """Return paragraphs under the headings of their chapters, which readers can fold; each is a block of its
    own.
    """
    heard = f"heard by {transcript.heard_by}" if transcript.heard_by else "automatic captions"
    words = ", ".join(filter(None, (transcript.language, heard if transcript.generated else "")))
    rows = [f"_{escape(hygiene.one_line(words))}_"] if words else []
    waiting = sorted(chapters, key=lambda one: one.start, reverse=True)
    used: set[str] = set()
    for number, one in enumerate(paragraphs.split(transcript, chapters), 1):
        while waiting and one.start is not None and waiting[-1].start <= one.start + 0.5:
            rows.append(f"### {escape(hygiene.one_line(waiting.pop().title)) or '…'}")
        text, speaker = hygiene.one_line(one.text), hygiene.one_line(one.speaker)
        said = f"**{escape(speaker)}:** {escape(text)}" if speaker else ""
        if one.start is None:
            rows.append(f"{said or paragraph(text)} ^p-{number}")
        else:
            rows.append(f"{_moment(url, one.start)} {said or escape(text)} ^{_block(one.start, used)}")
    return "\n\n".join(rows)


def _block(start: float, used: set[str]) -> str:
    """Return a name for the paragraph that begins there: ``t-83``; a second one of
    that second is ``t-83-2``.
    """
    name = wanted = f"t-{int(start)}"
    number = 1
    while name in used:
        number += 1
        name = f"{wanted}-{number}"
    used.add(name)
    return name


def create(settings: Settings) -> Markdown:
    return Markdown(wikilinks=settings.wikilinks, tags=settings.tags, properties=settings.properties)
