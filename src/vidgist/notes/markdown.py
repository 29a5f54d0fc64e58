"""Reads a note that ``--format md`` has written, and that a person may have edited since. Pure.

What stands above the marked line is read as it stands: a title or a point that the person has changed comes
back changed. Times are whole seconds there, and of the transcript each paragraph becomes one segment.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Literal

from pydantic import ValidationError

from vidgist.errors import Unreadable
from vidgist.models import (
    Answer,
    ConceptMap,
    Evidence,
    Extras,
    Failure,
    Item,
    Mention,
    Note,
    OutlineEntry,
    Segment,
    Statement,
    Summary,
    Task,
    Transcript,
    Video,
)
from vidgist.notes import front_matter, moment_links
from vidgist.notes.front_matter import Properties
from vidgist.notes.markdown_blocks import (
    DIVIDER,
    NOBODY,
    ORIGIN,
    Row,
    chapters,
    paragraphs,
    plain,
    points,
    rows,
)
from vidgist.text import record
from vidgist.text.mermaid import reading

MARK = "<!-- vidgist: what you write below this line is kept -->"
MARK_LINE = re.compile(rf"^{re.escape(MARK)}[ \t]*\r?\n?", re.MULTILINE)
HEAD_CHARACTERS = 4096
"""So much of a file shows whether it is a note of ours."""

SECONDS_A_WORD = 0.5

_IDENTITY = re.compile(r"""^vidgist:[ \t]*["']?(?P<source>[a-z0-9_]+)/(?P<name>[^"'\n]+)""", re.MULTILINE)
_FIRST_LAYOUT = re.compile(r'^url: .*^created: .*^status: "(?:success|failed: )', re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"```mermaid[ \t]*\n(?P<map>.*?)^```", re.DOTALL | re.MULTILINE)
_FAILED = re.compile(r"failed: (?P<code>[a-z0-9_]+): (?P<message>.+)")
_NOT_SUMMARIZED = re.compile(r"> \*\*Not summarized:\*\* (?P<reason>.*)")
_WATCH = re.compile(r"\[Watch\]\((?P<address>[^)\s]+)\)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LEFT_OUT = re.compile(r"(\d{1,6}) of \d+ ideas left out")
"""How `vidgist.llm.summary_assembly` counts them."""

_AUTOMATIC = "automatic captions"
_HEARD = "heard by "


def is_note(head: str) -> bool:
    """Return whether the beginning of a Markdown file is that of a note of ours, about one talk."""
    block = head.partition("\n---")[0]
    if not block.lstrip("\ufeff").startswith("---"):
        return False
    return bool(_IDENTITY.search(block) or _FIRST_LAYOUT.search(block)) or MARK in head


def parse(text: str, stem: str, created: datetime) -> Note:
    """Return the note of a file. ``stem`` and ``created`` are its name and its time, where it has none
    itself.

    Raises `Unreadable` where it is no note of ours.
    """
    if not is_note(text[:HEAD_CHARACTERS]) and MARK not in text:
        raise Unreadable("not a note of vidgist's (vidgist run makes one of a transcript)")
    properties, body = front_matter.split(text.replace("\r\n", "\n"))
    mark = MARK_LINE.search(body)
    head, sections = _split(body[: mark.start()] if mark else body)
    try:
        return _Reader(properties, head, sections, stem, created).note()
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(map(str, problem["loc"]))
        raise Unreadable(f"not a whole note: {place}: {problem['msg']}") from error


def _split(body: str) -> tuple[str, dict[str, str]]:
    """Return what stands before the first section, and the text below each heading of the second level."""
    head: list[str] = []
    sections: dict[str, list[str]] = {}
    current, fenced = head, False
    for line in body.split("\n"):
        fenced ^= line.startswith("```")
        if line.startswith("## ") and not fenced:
            current = sections.setdefault(line[3:].strip().lower(), [])
        else:
            current.append(line)
    return "\n".join(head), {name: "\n".join(lines).strip("\n") for name, lines in sections.items()}


class _Reader:
    """One note on its way from its text. What the properties lack is looked for in the head of the body."""

    def __init__(
        self, properties: Properties, head: str, sections: dict[str, str], stem: str, created: datetime
    ) -> None:
        self.properties = properties
        self.lines = [line.strip() for line in head.split("\n") if line.strip()]
        self.sections = sections
        self.stem = stem
        self.created = _moment(self._value("created")) or created

    def _value(self, name: str) -> str:
        value = self.properties.get(name, "")
        return value if isinstance(value, str) else ""

    def note(self) -> Note:
        failure = self._failure()
        url = self._url()
        return Note(
            item=self._item(url),
            created=self.created,
            video=self._video(),
            transcript=self._transcript(),
            answer=None if failure else self._answer(),
            failure=failure,
        )

    # Head

    def _item(self, url: str) -> Item:
        source, _, name = self._value("vidgist").partition("/")
        video = moment_links.video_id(url)
        name = name or video or self._value("id") or self.stem
        return Item(source=source or ("youtube" if video else "local"), id=name, name=name, url=url)

    def _url(self) -> str:
        watch = next(filter(None, map(_WATCH.search, self.lines)), None)
        return self._value("url") or (watch["address"] if watch else "")

    def _video(self) -> Video | None:
        title = next((plain(line[2:]) for line in self.lines if line.startswith("# ")), "")
        known = self._value("title").replace("[\u2060[", "[[")
        title = title or known
        facts = self._facts()
        video = Video(
            title="" if title == record.UNKNOWN else title,
            seconds=self._seconds(facts),
            channel=_linked(self._value("channel")) or self._channel(facts),
            channel_url=self._value("channel_url"),
            published=_day(self._value("published")) or next(filter(None, map(_day, facts)), None),
            language=self._value("language"),
            chapters=tuple(chapters(self.sections.get("chapters", ""))),
            description=self._value("description"),
            cover=self._value("cover"),
            playlist=_linked(self._value("playlist")),
            playlist_index=_whole(self._value("playlist_index")),
            author=self._value("author"),
        )
        return None if video == Video(title="") else video

    def _facts(self) -> list[str]:
        line = next((line for line in self.lines if not line.startswith(("# ", ">", "!"))), "")
        return line.split(" · ")

    def _channel(self, facts: Sequence[str]) -> str:
        first = facts[0]
        if first.startswith("**") and first.endswith("**"):
            return plain(first[2:-2])
        return _linked(first) if first.startswith("[[") else ""

    def _seconds(self, facts: Sequence[str]) -> float | None:
        for text in (self._value("duration"), *facts):
            known = _whole(text)
            if known is None:
                known = record.seconds(text)
            if known is not None:
                return known
        return None

    def _failure(self) -> Failure | None:
        status = _FAILED.fullmatch(self._value("status"))
        reason = next(filter(None, map(_NOT_SUMMARIZED.fullmatch, self.lines)), None)
        if not status and not reason:
            return None
        code = status["code"] if status else "unknown"
        message = status["message"] if status else plain(reason["reason"] if reason else "")
        hint = plain(reason["reason"]).removeprefix(f"{message}.").strip() if reason else ""
        stage: Literal["fetch", "summarize"] = "summarize" if "transcript" in self.sections else "fetch"
        return Failure(stage=stage, code=code, message=message, hint=hint)

    # Sections

    def _answer(self) -> Answer:
        known = self._summary()
        return Answer(
            summary=known,
            text="" if known else plain(self.sections.get("summary", "")),
            model=self._value("model"),
            prompt=self._value("prompt"),
            created=self.created,
            notices=self._notices(),
        )

    def _summary(self) -> Summary | None:
        ideas = tuple(points(self.sections.get("core ideas", "")))
        conclusion = tuple(points(self.sections.get("conclusion points", "")))
        if not ideas or not conclusion:
            return None
        framework = self.sections.get("overarching framework", "").strip()
        drawn = _FENCE.search(self.sections.get("conceptual map", ""))
        return Summary(
            core_ideas=ideas,
            core_point=conclusion[0],
            fundamental_point=conclusion[-1],
            framework=plain(framework),
            concept_map=reading.read(drawn["map"]).map if drawn else ConceptMap(),
            extras=self._extras(),
            left_out=sum(int(match[1]) for match in map(_LEFT_OUT.match, self._notices()) if match),
        )

    def _extras(self) -> Extras:
        """Return what stands beside the four sections. Of a name, the words around it are not in a note."""

        def stated(section: str) -> tuple[Statement, ...]:
            found = rows(self.sections.get(section, ""), named=False)
            return tuple(Statement(text=one.text, evidence=one.evidence) for one in found)

        def named(section: str) -> list[Row]:
            return rows(self.sections.get(section, ""), named=True)

        return Extras(
            overview=plain(self.sections.get("overview", "").strip()),
            outline=tuple(
                OutlineEntry(title=one.name or one.text, text=one.text if one.name else "", start=one.start)
                for one in named("outline")
            ),
            mentions=tuple(
                Mention(
                    name=one.name or one.text,
                    kind=one.aside or "term",
                    text=one.text if one.name else "",
                    evidence=_said(one),
                )
                for one in named("names and terms")
            ),
            figures=stated("figures"),
            questions=stated("open questions"),
            decisions=stated("decisions"),
            tasks=tuple(map(_task, rows(self.sections.get("tasks", ""), named=False))),
        )

    def _notices(self) -> tuple[str, ...]:
        return tuple(
            plain(line[2:])
            for line in self.lines
            if line.startswith("> ") and not line.startswith(("> [!", "> **Not summarized:**"))
        )

    def _transcript(self) -> Transcript | None:
        parts = list(paragraphs(self.sections.get("transcript", "")))
        if not parts:
            return None
        timed = all(start is not None for start, _, _ in parts)
        starts = [start or 0.0 for start, _, _ in parts]
        ends = [*starts[1:], self._seconds(self._facts()) or starts[-1]]
        names = list(_carried(name for _, name, _ in parts))
        segments = tuple(
            Segment(
                start=start,
                duration=_length(end - start, text) if timed else 0.0,
                text=text,
                speaker=name,
            )
            for start, end, name, (_, _, text) in zip(starts, ends, names, parts, strict=True)
        )
        origin = next(filter(None, map(ORIGIN.fullmatch, self.sections["transcript"].split("\n"))), None)
        words = plain(origin["words"]).split(", ") if origin else []
        heard = next((one.removeprefix(_HEARD) for one in words if one.startswith(_HEARD)), "")
        language = next((one for one in words if one != _AUTOMATIC and not one.startswith(_HEARD)), "")
        return Transcript(
            segments=segments,
            language=language or self._value("language"),
            generated=bool(heard) or _AUTOMATIC in words,
            timed=timed,
            heard_by=heard,
        )


def _carried(names: Iterable[str]) -> Iterator[str]:
    """Return the speaker of each paragraph: the one it names, or else the one before."""
    speaker = ""
    for name in names:
        speaker = name or speaker
        yield speaker


def _length(room: float, text: str) -> float:
    """Return how long a paragraph is spoken, so that a pause behind it stays one."""
    return max(0.0, min(room, len(text.split()) * SECONDS_A_WORD))


def _said(row: Row) -> tuple[Evidence, ...]:
    return () if row.start is None else (Evidence(quote=row.name, start=row.start),)


def _task(row: Row) -> Task:
    who, _, due = row.aside.partition(DIVIDER)
    return Task(text=row.text, who="" if who == NOBODY else who, due=due, evidence=row.evidence)


def _linked(text: str) -> str:
    """Return the name in ``[[name]]``, or the text itself."""
    return text[2:-2] if text.startswith("[[") and text.endswith("]]") else text


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,9}", text) else None
