"""``--format md``: a note for Obsidian, GitHub and VS Code, with front matter, quotes and the drawn map.

What a person writes below the marked line stays, byte for byte, whenever the note is written again.
"""

import html
import re
from collections.abc import Iterator, Sequence

from vidgist.config import Settings
from vidgist.mermaid import writing
from vidgist.models import Chapter, Evidence, Note, Point, Summary, Transcript
from vidgist.notes import moments, paragraphs, topics
from vidgist.protocols import Writer
from vidgist.text import record
from vidgist.writers import _yaml
from vidgist.writers._markdown import escape, escape_in_html, paragraph, prose

MARK = "<!-- vidgist: what you write below this line is kept -->"
_MARK_LINE = re.compile(rf"^{re.escape(MARK)}[ \t]*\r?\n?", re.MULTILINE)
_NO_WIKILINK = re.compile(r"[\[\]|#^\\:%]+")


class Markdown:
    suffix = ".md"

    def __init__(self, *, wikilinks: bool) -> None:
        self.wikilinks = wikilinks

    def render(self, note: Note, old: str = "") -> str:
        """``old`` matters only below its marked line."""
        mark = _MARK_LINE.search(old)
        parts = [f"# {escape(title(note))}", *self._head(note), *map(str.rstrip, _body(note))]
        whole = self._front_matter(note) + "\n" + "\n\n".join(parts) + "\n\n"
        return whole + (old[mark.start() :] if mark else f"{MARK}\n")

    def _front_matter(self, note: Note) -> str:
        video, answer = note.video or note.item.video, note.answer
        tags = [topics.tag(topic) for topic in topics.of(note)]
        fields: dict[str, _yaml.Scalar | list[str]] = {
            "title": _plain(title(note)),
            "url": _plain(note.item.url),
        }
        if video and video.channel:
            fields["channel"] = self._channel(video.channel)
        if video and video.published:
            fields["published"] = video.published
        fields["duration"] = record.clock(video.seconds if video else None)
        fields["tags"] = ["video", *(tag for tag in tags if tag != "video")]
        if self.wikilinks:
            fields["topics"] = [wikilink(topic) for topic in topics.of(note)]
        if answer:
            fields["model"] = _plain(answer.model)
            fields["prompt"] = _plain(answer.prompt)
        fields["created"] = note.created
        fields["status"] = _plain(record.status(note))
        return _yaml.front_matter(fields)

    def _channel(self, channel: str) -> str:
        return wikilink(channel) if self.wikilinks else _plain(channel)

    def _head(self, note: Note) -> Iterator[str]:
        video = note.video or note.item.video
        facts = []
        if video and video.channel:
            channel = record.one_line(video.channel)
            facts.append(wikilink(channel) if self.wikilinks else f"**{escape(channel)}**")
        if video and video.published:
            facts.append(video.published.isoformat())
        if video and video.seconds is not None:
            facts.append(record.clock(video.seconds))
        address = moments.web(note.item.url)
        if address:
            facts.append(f"[Watch]({_target(address)})")
        if facts:
            yield " · ".join(facts)
        for notice in note.answer.notices if note.answer else ():
            yield f"> {paragraph(record.one_line(notice))}"
        if note.failure:
            reason = " ".join(filter(None, (f"{note.failure.message}.", note.failure.hint)))
            yield f"> **Not summarized:** {escape(record.one_line(reason))}"


def title(note: Note) -> str:
    """The title on one line; ``unknown`` where nobody said."""
    return " ".join(record.title(note).split())


def wikilink(name: str) -> str:
    """``[[name]]`` without the characters that mean something in one."""
    safe = " ".join(_NO_WIKILINK.sub(" ", record.one_line(name)).replace("/", "-").split())
    return f"[[{safe}]]" if safe else ""


def _plain(text: str) -> str:
    """Text of a property, which Obsidian would take for a link to a note where it begins with ``[[``."""
    return record.header(text).replace("[[", "[\u2060[")


def _target(address: str) -> str:
    """An address between the parentheses of a link."""
    return address.replace("(", "%28").replace(")", "%29")


def _body(note: Note) -> Iterator[str]:
    url, video = note.item.url, note.video or note.item.video
    if note.answer and note.answer.summary:
        yield from _sections(note.answer.summary, url)
    elif note.answer:
        yield f"## Summary\n\n{prose(note.answer.text.strip(), 3)}"
    if video and video.chapters:
        rows = (
            f"- {_moment(url, one.start)} {escape(record.one_line(one.title))}".rstrip()
            for one in video.chapters
        )
        yield "## Chapters\n\n" + "\n".join(rows)
    if note.transcript and note.transcript.text:
        yield "## Transcript\n\n" + _transcript(note.transcript, video.chapters if video else (), url)


def _sections(summary: Summary, url: str) -> Iterator[str]:
    ideas = (f"{n}. {_point(one, url, '   ')}" for n, one in enumerate(summary.core_ideas, 1))
    yield "## Core Ideas\n\n" + "\n".join(ideas)
    core = _point(summary.core_point.model_copy(update={"label": "Core Point"}), url, "  ")
    fundamental = _point(
        summary.fundamental_point.model_copy(update={"label": "Fundamental Point"}), url, "  "
    )
    yield f"## Conclusion Points\n\n- {core}\n- {fundamental}"
    framework = record.paragraphs(summary.framework)
    if framework:
        yield "## Overarching Framework\n\n" + "\n\n".join(map(paragraph, framework.split("\n\n")))
    if summary.concept_map.nodes:
        yield f"## Conceptual Map\n\n```mermaid\n{writing.render(summary.concept_map)}```"


def _point(point: Point, url: str, indent: str) -> str:
    head = f"**{escape(record.one_line(point.label).rstrip(':'))}:** {escape(record.one_line(point.text))}"
    quotes = f"\n{indent}>\n".join(_quote(one, url, indent) for one in point.evidence)
    return f"{head}\n\n{quotes}\n" if quotes else head


def _quote(evidence: Evidence, url: str, indent: str) -> str:
    words = f"{indent}> “{escape(record.one_line(evidence.quote))}”"
    return words if evidence.start is None else f"{words} — {_moment(url, evidence.start)}"


def _moment(url: str, start: float) -> str:
    address = moments.link(url, start)
    return f"[{record.clock(int(start))}]({_target(address)})" if address else record.clock(int(start))


def _transcript(transcript: Transcript, chapters: Sequence[Chapter], url: str) -> str:
    """A folded block of plain HTML: no line of it is read as Markdown, whatever was said."""
    heard = f"heard by {transcript.heard_by}" if transcript.heard_by else "automatic captions"
    words = ", ".join(filter(None, (transcript.language, heard if transcript.generated else "")))
    rows = [
        "<details>",
        f"<summary>The whole transcript{f' ({escape_in_html(words)})' if words else ''}</summary>",
    ]
    for one in paragraphs.split(transcript, chapters):
        time = "" if one.start is None else f"{_html_moment(url, one.start)} "
        rows.append(f"<p>{time}{escape_in_html(one.text)}</p>")
    return "\n".join((*rows, "</details>"))


def _html_moment(url: str, start: float) -> str:
    address = html.escape(moments.link(url, start))
    return f'<a href="{address}">{record.clock(int(start))}</a>' if address else record.clock(int(start))


def create(settings: Settings) -> Writer:
    return Markdown(wikilinks=settings.wikilinks)
