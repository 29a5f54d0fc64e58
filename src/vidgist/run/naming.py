"""The name of a note's files: as ever, the id and the title; or by a person's template."""

from vidgist.models import Note, Video
from vidgist.text import filenames, name_templates


def stem(note: Note, template: str = "") -> str:
    """Return the path of a note's files in their folder, without suffix."""
    known = note.video or Video(title="")
    usual = filenames.stem(note.item.name, known.title)
    if not template:
        return usual
    video = note.video or note.item.video or known
    day = video.published
    values = {
        "id": note.item.name,
        "title": video.title,
        "slug": filenames.slug(video.title),
        "channel": video.channel or video.author,
        "author": video.author or video.channel,
        "playlist": video.playlist,
        "playlist_index": "" if video.playlist_index is None else str(video.playlist_index),
        "published": day.isoformat() if day else "",
        "year": f"{day.year:04}" if day else "",
        "month": f"{day.month:02}" if day else "",
        "day": f"{day.day:02}" if day else "",
        "language": (note.transcript.language if note.transcript else "") or video.language,
        "source": note.item.source,
    }
    return name_templates.fill(template, values, usual)
