"""What an index knows of a note: enough to choose it, name it and see whether it has changed. Pure."""

from collections.abc import Sequence
from datetime import date

from vidgist.archive.passages import Passage
from vidgist.models import Note, Value
from vidgist.text import hygiene, record


class Entry(Value):
    """A note as the index knows it.

    ``day`` is when its video was published, or else when it was noted. ``status`` is empty for a note that
    was done, a failure's code, or ``unreadable`` with ``title`` saying why. ``first`` is the place of its
    first spoken passage, ``rows`` the number of its passages.
    """

    id: int
    file: str
    modified: int
    size: int
    title: str = ""
    url: str = ""
    channel: str = ""
    day: str = ""
    item: str = ""
    status: str = ""
    first: int = 0
    rows: int = 0


def of(note: Note, found: Sequence[Passage]) -> dict[str, object]:
    """Return what an entry says of a note that was read."""
    video = note.video or note.item.video
    published = video.published if video else None
    spoken = [one.place for one in found if one.kind == "said"]
    return {
        "title": " ".join(record.title(note).split()),
        "url": note.item.url,
        "channel": hygiene.one_line(video.channel) if video else "",
        "day": _day(published, note),
        "item": f"{note.item.source}/{note.item.id}",
        "status": note.failure.code if note.failure else "",
        "first": spoken[0] if spoken else len(found),
        "rows": len(found),
    }


def _day(published: date | None, note: Note) -> str:
    return (published or note.created.date()).isoformat()
