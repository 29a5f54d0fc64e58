"""What the library's list knows of a record: enough to show, sort and filter it without opening it. Pure."""

from vidgist.models import Note, Point, Value
from vidgist.notes import topics
from vidgist.text import hygiene, record
from vidgist.writers.html import Article

TEASER = 280


class Entry(Value):
    """``page`` is the record's address within the site; ``day`` when it was published, or else noted.

    ``status`` is empty for a record that was done, else the failure's code. ``words`` is how long it is.
    """

    page: str
    id: str
    title: str
    channel: str = ""
    created: str
    published: str = ""
    duration: str = ""
    topics: tuple[str, ...] = ()
    status: str = ""
    teaser: str = ""
    points: tuple[str, ...] = ()
    lang: str = ""
    dir: str = ""
    words: int = 0

    @property
    def day(self) -> str:
        return self.published or self.created[:10]


def of(note: Note, page: str, shown: Article, size: int) -> Entry:
    """Return the entry of a record; ``size`` is the number of words that it was indexed by."""
    video, failure = note.video or note.item.video, note.failure
    summary = note.answer.summary if note.answer else None
    return Entry(
        page=page,
        id=f"{note.item.source}/{note.item.id}",
        title=shown.title,
        channel=hygiene.one_line(video.channel) if video else "",
        created=note.created.isoformat(timespec="seconds"),
        published=video.published.isoformat() if video and video.published else "",
        duration=record.clock(video.seconds) if video and video.seconds is not None else "",
        topics=topics.of(note),
        status=failure.code if failure else "",
        teaser=_cut(_gist(note)),
        points=tuple(_cut(_statement(point)) for point in summary.core_ideas) if summary else (),
        lang=shown.lang,
        dir=shown.dir,
        words=size,
    )


def searched(note: Note, shown: Article) -> list[tuple[int, str]]:
    """Return the texts that a search looks through, each with its weight."""
    video = note.video or note.item.video
    texts = [(12, shown.title), (2, note.item.id)]
    if video:
        texts.append((6, video.channel))
        texts.extend((2, chapter.title) for chapter in video.chapters)
    if note.answer and note.answer.summary:
        summary = note.answer.summary
        points = (*summary.core_ideas, summary.core_point, summary.fundamental_point)
        texts.extend((4, point.label) for point in summary.core_ideas)
        texts.extend((3, point.text) for point in points)
        texts.append((2, summary.framework))
        texts.extend((3, node.label) for node in summary.concept_map.nodes)
    elif note.answer:
        texts.append((3, note.answer.text))
    if note.transcript:
        texts.append((1, note.transcript.text))
    return [(weight, text) for weight, text in texts if text]


def passages(note: Note, shown: Article) -> list[tuple[int | None, str]]:
    """Return what a search shows a passage of: the ideas, then the words with the
    second at which they begin.
    """
    found: list[tuple[int | None, str]] = []
    if note.answer and note.answer.summary:
        found.extend((None, _statement(point)) for point in note.answer.summary.core_ideas)
    elif note.answer:
        found.append((None, hygiene.one_line(note.answer.text)))
    found.extend((None if part.start is None else int(part.start), part.text) for part in shown.words)
    return found


def _gist(note: Note) -> str:
    if note.failure:
        return hygiene.one_line(note.failure.message)
    if note.answer and note.answer.summary:
        return hygiene.one_line(note.answer.summary.core_point.text)
    return hygiene.one_line(note.answer.text) if note.answer else ""


def _statement(point: Point) -> str:
    label, text = hygiene.one_line(point.label).rstrip(":"), hygiene.one_line(point.text)
    return f"{label}: {text}" if label else text


def _cut(text: str) -> str:
    if len(text) <= TEASER:
        return text
    start, space, _ = text[:TEASER].rpartition(" ")
    return f"{start if space and len(start) > TEASER // 2 else text[:TEASER]}…"
