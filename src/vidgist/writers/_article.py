"""A note as one HTML ``<article>``: what the page of a note and the library's reader both show. Pure.

It has no script and no inline style, so that a strict policy can forbid both. Times of the transcript are
anchors: ``#t83`` is the paragraph that begins at second 83.
"""

import html
from collections.abc import Iterable, Iterator, Sequence

from vidgist import drawing
from vidgist.models import Chapter, ConceptMap, Evidence, Note, Point, Summary, Value, Video
from vidgist.notes import moment_links, paragraphs
from vidgist.notes.paragraphs import Paragraph
from vidgist.text import hygiene, record
from vidgist.text.mermaid import writing
from vidgist.writers import _elements as elements
from vidgist.writers import _extras
from vidgist.writers._direction import direction, language
from vidgist.writers._elements import text as _text
from vidgist.writers._extras import Row
from vidgist.writers._prose import to_html


class Article(Value):
    """``html`` is the element; ``title``, ``lang`` and ``dir`` are for the page around it, not escaped.

    ``words`` are the paragraphs of the transcript that it shows.
    """

    html: str
    title: str
    lang: str
    dir: str
    words: tuple[Paragraph, ...] = ()


class Page:
    """One note on its way to HTML. Without a title it is called by its address."""

    def __init__(self, note: Note, wanted_language: str) -> None:
        self.note = note
        self.video = note.video or note.item.video or Video(title="")
        title = " ".join(record.title(note).split())
        self.title = hygiene.published(note.item.url) if title == record.UNKNOWN else title
        self.spoken = self.video.language
        self.parts: tuple[Paragraph, ...] = ()
        if note.transcript:
            self.spoken = note.transcript.language or self.spoken
            self.parts = tuple(
                part for part in paragraphs.split(note.transcript, self.video.chapters) if part.text
            )
        self.summary = note.answer.summary if note.answer else None
        thought = self._thought()
        self.dir = direction(thought)
        self.lang = language(wanted_language or self.spoken, thought)

    def _thought(self) -> str:
        if self.summary:
            points = (*self.summary.core_ideas, self.summary.core_point)
            return " ".join((*(point.text for point in points), self.summary.framework))
        if self.note.answer:
            return self.note.answer.text
        return self.title

    def article(self) -> Article:
        sections = dict(self._sections())
        links = "".join(f'<li><a href="#{name}">{_HEADINGS[name]}</a></li>' for name in sections)
        contents = f'<nav class="contents" aria-label="Contents" lang="en"><ul>{links}</ul></nav>\n'
        body = "\n".join(
            f'<section id="{name}"><h2 lang="en">{_HEADINGS[name]}</h2>\n{inner}\n</section>'
            for name, inner in sections.items()
        )
        return Article(
            html=f'<article class="note"{elements.attributes(self.lang, self.dir)}>\n{self._header()}\n'
            f"{contents if len(sections) > 1 else ''}{body}\n</article>",
            title=self.title,
            lang=self.lang,
            dir=self.dir,
            words=self.parts,
        )

    def _sections(self) -> Iterator[tuple[str, str]]:
        if self.summary:
            yield from self._summary(self.summary)
        elif self.note.answer:
            yield "summary", to_html(self.note.answer.text)
        if self.video.chapters:
            yield "chapters", self._chapters(self.video.chapters)
        if self.parts:
            yield "transcript", self._transcript()

    # Head

    def _header(self) -> str:
        facts = [
            f"<span>{_text(hygiene.one_line(self.video.channel))}</span>" if self.video.channel else "",
            elements.date(self.video.published.isoformat()) if self.video.published else "",
            elements.time(self.video.seconds) if self.video.seconds is not None else "",
        ]
        kicker = " ".join(filter(None, facts))
        rows = [
            f'<p class="kicker">{kicker}</p>' if kicker else "",
            f'<h1 dir="auto">{_text(self.title)}</h1>',
            self._actions(),
            *map(self._notice, self.note.notices),
            self._failure(),
            self._strip(),
        ]
        return "<header>\n" + "\n".join(filter(None, rows)) + "\n</header>"

    def _actions(self) -> str:
        address = moment_links.web(self.note.item.url)
        watch = (
            f'<a class="watch" href="{html.escape(address)}" rel="noreferrer">Watch</a> ' if address else ""
        )
        answer = self.note.answer
        maker = hygiene.one_line(answer.model).removesuffix(":") if answer else ""
        made = f" by {_text(maker)}" if maker else ""
        day = elements.date(self.note.created.date().isoformat())
        return f'<p class="made" lang="en">{watch}<span>Noted {day}{made}</span></p>'

    def _notice(self, notice: str) -> str:
        return f'<p class="notice" dir="auto">{_text(hygiene.one_line(notice))}</p>'

    def _failure(self) -> str:
        failure = self.note.failure
        if failure is None:
            return ""
        said = " ".join(elements.sentence(part) for part in (failure.message, failure.hint) if part)
        return (
            '<p class="failure" lang="en" dir="ltr">'
            f"<strong>Not summarized.</strong> {_text(said)} <code>{_text(failure.code)}</code></p>"
        )

    def _strip(self) -> str:
        """Return the talk as a line with times: where its chapters begin and where the quotes stand."""
        length = self.video.seconds or 0
        said = [
            (point.label, one.start)
            for point in self._points()
            for one in point.evidence
            if one.start is not None
        ]
        if length <= 0 or not said:
            return ""
        chapters = [one for one in self.video.chapters if 0 <= one.start < length]
        ticks = "".join(
            f'<rect x="{self._share(one.start, length)}" y="6" width="1.5" height="12">'
            f"<title>{_text(hygiene.one_line(one.title))}</title></rect>"
            for one in chapters
            if one.start > 0
        )
        dots = "".join(
            f'<a href="#{self._anchor(start)}" tabindex="-1">'
            f'<circle cx="{self._share(start, length)}" cy="12" r="5">'
            f"<title>{record.clock(start)} {_text(hygiene.one_line(label))}</title></circle></a>"
            for label, start in said
        )
        return (
            '<svg class="strip" aria-hidden="true" width="100%" height="40">'
            f'<rect class="line" x="0" y="11" width="100%" height="2" rx="1"/>{ticks}{dots}'
            f"{self._strip_labels(chapters, length)}</svg>"
        )

    def _strip_labels(self, chapters: Sequence[Chapter], length: float) -> str:
        """Return the times below the line: of its ends and of the chapters that have room, or of its
        quarters.
        """
        starts = [one.start for one in chapters] or [length / 4, length / 2, 3 * length / 4]
        taken = [0.0, length]
        for start in starts:
            if all(abs(start - other) >= _LABEL_SHARE * length for other in taken):
                taken.append(start)
        labels = []
        for start in sorted(taken):
            ends = {0.0: "start", length: "end"}
            anchor = ends.get(start, "middle")
            if self.dir == "rtl":
                anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
            labels.append(
                f'<text x="{self._share(start, length)}" y="34" text-anchor="{anchor}" direction="ltr">'
                f"{record.clock(int(start))}</text>"
            )
        return "".join(labels)

    def _share(self, start: float, length: float) -> str:
        return elements.share(length - start if self.dir == "rtl" else start, length)

    def _points(self) -> tuple[Point, ...]:
        found = self.summary
        return (*found.core_ideas, found.core_point, found.fundamental_point) if found else ()

    # Sections

    def _summary(self, summary: Summary) -> Iterator[tuple[str, str]]:
        is_grounded = any(point.evidence for point in self._points())
        if summary.extras.overview.strip():
            yield "overview", f"<p>{_text(hygiene.one_line(summary.extras.overview))}</p>"
        extras = {name: self._rows(name, rows) for name, _, rows in _extras.sections(summary.extras)}
        yield from ((name, extras[name]) for name in _FIRST if name in extras)
        ideas = "\n".join(f"<li>{self._point(point, is_grounded)}</li>" for point in summary.core_ideas)
        yield "ideas", f'<ol class="ideas">\n{ideas}\n</ol>'
        conclusion = (
            (summary.core_point, "Core Point"),
            (summary.fundamental_point, "Fundamental Point"),
        )
        cards = "\n".join(
            f"<li>{self._point(point.model_copy(update={'label': label}), is_grounded, 'en')}</li>"
            for point, label in conclusion
        )
        yield "conclusion", f'<ul class="conclusion">\n{cards}\n</ul>'
        if summary.framework.strip():
            parts = record.paragraphs(summary.framework).split("\n\n")
            yield "framework", "\n".join(f"<p>{_text(part)}</p>" for part in parts)
        if summary.concept_map.nodes:
            yield "map", self._map(summary.concept_map)
        yield from ((name, inner) for name, inner in extras.items() if name not in _FIRST)

    def _rows(self, section: str, rows: Sequence[Row]) -> str:
        """Return a list; names and terms in one list for each kind."""
        if section != "names":
            return f'<ul class="extras {section}">{"".join(map(self._row, rows))}</ul>'
        kinds: dict[str, list[Row]] = {}
        for row in rows:
            kinds.setdefault(row.aside, []).append(row.model_copy(update={"aside": ""}))
        return "".join(
            f'<h3 class="kind" lang="en">{_KINDS.get(kind) or _text(kind.capitalize())}</h3>'
            f'<ul class="extras names">{"".join(map(self._row, kinds[kind]))}</ul>'
            for kind in (*_KINDS, *(kind for kind in kinds if kind not in _KINDS))
            if kind in kinds
        )

    def _row(self, row: Row) -> str:
        name = f"<strong>{_text(hygiene.one_line(row.name))}</strong>" if row.name else ""
        if name and row.start is not None and self.parts:
            name = f'<a href="#{self._anchor(row.start)}">{name}</a>'
        parts = (
            self._moment(row.start) if row.start is not None else "",
            name,
            _text(hygiene.one_line(row.text)),
            f'<span class="aside">{_text(hygiene.one_line(row.aside))}</span>' if row.aside else "",
        )
        return f"<li><p>{' '.join(filter(None, parts))}</p>{''.join(map(self._quote, row.evidence))}</li>"

    def _point(self, point: Point, is_grounded: bool, lang: str = "") -> str:
        label = _text(hygiene.one_line(point.label).rstrip(":"))
        head = f"<h3{elements.attributes(lang, '')}>{label}</h3>" if label else ""
        rows = [
            head,
            f"<p>{_text(hygiene.one_line(point.text))}</p>",
            *map(self._quote, point.evidence),
        ]
        if point.doubts:
            doubts = _text(hygiene.one_line("; ".join(point.doubts)))
            rows.append(f'<p class="unsupported" lang="en"><bdi>Not found in the talk: {doubts}</bdi></p>')
        elif is_grounded and not point.evidence:
            rows.append('<p class="unsupported" lang="en"><bdi>No quote of the talk carries this.</bdi></p>')
        return "".join(rows)

    def _quote(self, evidence: Evidence) -> str:
        lang, way = language(self.spoken, evidence.quote), direction(evidence.quote)
        opening, closing = ("«", "»") if way == "rtl" else ("“", "”")
        words = f"{opening}{_text(hygiene.one_line(evidence.quote))}{closing}"
        where = ""
        if evidence.start is not None:
            words = f'<a href="#{self._anchor(evidence.start)}">{words}</a>'
            where = f"<footer>{self._moment(evidence.start)}</footer>"
        return f"<blockquote{elements.attributes(lang, way)}><p>{words}</p>{where}</blockquote>"

    def _map(self, graph: ConceptMap) -> str:
        drawn = writing.tidy(graph)
        names = {node.id: node.label for node in drawn.nodes}
        relations = "".join(
            f"<li>{_text(names[edge.source])} <span>→ {_text(edge.label)}</span> "
            f"{_text(names[edge.target])}</li>"
            for edge in drawn.edges
        )
        listed = f'<ul class="relations">{relations}</ul>' if relations else ""
        picture = drawing.element(graph, title=self.title)
        return (
            f'<figure class="map {elements.size(picture)}">'
            '<input type="checkbox" class="enlarge" lang="en" aria-label="Show the map at its full size" '
            'title="Full size">'
            f'<div class="canvas" tabindex="0" role="group" aria-label="Conceptual map">{picture}</div>'
            "</figure>\n"
            + (f'<details><summary lang="en">The map as a list</summary>{listed}</details>' if listed else "")
        )

    def _chapters(self, chapters: Sequence[Chapter]) -> str:
        rows = "".join(
            f'<li><a href="#{self._anchor(one.start)}">{_text(hygiene.one_line(one.title)) or "…"}</a> '
            f"{self._moment(one.start)}</li>"
            for one in chapters
        )
        return (
            f'<ol class="chapters"{elements.attributes(*self._voice(c.title for c in chapters))}>{rows}</ol>'
        )

    def _transcript(self) -> str:
        rows = []
        used: set[str] = set()
        for part in self.parts:
            anchor = "" if part.start is None else f"t{int(part.start)}"
            identity = f' id="{anchor}"' if anchor and anchor not in used else ""
            used.add(anchor)
            time = "" if part.start is None else f"{self._moment(part.start)} "
            who = f'<b class="speaker">{_text(part.speaker)}</b> ' if part.speaker else ""
            rows.append(f"<p{identity}>{time}{who}{_text(part.text)}</p>")
        origin, words = "", self.note.transcript
        if words and words.generated:
            origin = f"Heard by {_text(words.heard_by)}." if words.heard_by else "From automatic captions."
            origin = f'<p class="origin" lang="en"><bdi>{origin}</bdi></p>\n'
        spoken = elements.attributes(*self._voice(part.text for part in self.parts[:5]))
        return f'{origin}{self._beside()}<div class="words"{spoken}>\n' + "\n".join(rows) + "\n</div>"

    def _beside(self) -> str:
        """Return the outline, or else the chapters, to stand beside the words where there is room."""
        outline = self.summary.extras.outline if self.summary else ()
        parts = [(one.title, one.start) for one in outline if one.start is not None]
        parts = parts or [(one.title, one.start) for one in self.video.chapters]
        if len(parts) < _LEAST_BESIDE or self.parts[0].start is None:
            return ""
        rows = "".join(
            f'<li><a href="#{self._anchor(start)}">{_text(hygiene.one_line(title)) or "…"}</a></li>'
            for title, start in parts
        )
        return f'<nav class="beside" aria-label="Outline"><ol>{rows}</ol></nav>'

    def _voice(self, texts: Iterable[str]) -> tuple[str, str]:
        text = " ".join(texts)
        return language(self.spoken, text), direction(text)

    # Times

    def _anchor(self, start: float) -> str:
        """Return the paragraph that holds a second of the talk."""
        timed = [part.start for part in self.parts if part.start is not None]
        before = [at for at in timed if at <= start]
        if not timed:
            return "transcript"
        return f"t{int(before[-1] if before else timed[0])}"

    def _moment(self, start: float) -> str:
        address = moment_links.link(self.note.item.url, start)
        time = elements.time(int(start))
        if not address:
            return f'<span class="time">{time}</span>'
        return f'<a class="time" href="{html.escape(address)}" rel="noreferrer">{time}</a>'


_FIRST = ("decisions", "tasks")
"""What is read before the ideas: a meeting is held for it."""

_LEAST_BESIDE = 2
"""Parts of an outline that are worth a column."""

_LABEL_SHARE = 0.14
"""Of the line that a time's label needs, on a phone."""

_KINDS = {"person": "People", "organization": "Organizations", "work": "Works", "tool": "Tools", "": "Terms"}

_HEADINGS = {
    "summary": "Summary",
    "overview": _extras.OVERVIEW,
    "decisions": "Decisions",
    "tasks": "Tasks",
    "outline": "Outline",
    "figures": "Figures",
    "names": "Names and Terms",
    "questions": "Open Questions",
    "ideas": "Core Ideas",
    "conclusion": "Conclusion Points",
    "framework": "Overarching Framework",
    "map": "Conceptual Map",
    "chapters": "Chapters",
    "transcript": "Transcript",
}
