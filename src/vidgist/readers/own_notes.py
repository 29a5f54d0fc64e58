"""vidgist's own notes as inputs, to be summarized again: their transcript alone, of any format.

A record is read to the letter, save for line ends that an editor has changed. Of the others what can be read
is taken: a person may have edited a Markdown note, and a script a JSON document.
"""

import json
import re
from datetime import datetime

from vidgist.errors import Unreadable
from vidgist.models import Note, Segment, Transcript, Video
from vidgist.notes import markdown, page
from vidgist.notes.markdown_blocks import plain as plain_text
from vidgist.readers import metadata, plain
from vidgist.readers.cues import Reading
from vidgist.readers.files import File
from vidgist.readers.metadata import About
from vidgist.text import record

NAMES = ("record", "note")
SUFFIXES = ()

HEAD_BYTES = 4096
"""So much of a file shows whether it is a note; a longer title of a record is cut there and is none."""

_RECORD = re.compile(
    r"\ufeff?Timestamp: [^\r\n]*\r?\nTitle: (?P<title>[^\r\n]*)\r?\nURL: (?P<url>[^\r\n]*)\r?\n"
    r"Status: [^\r\n]*\r?\nDuration: (?P<duration>[^\r\n]*)\r?\n"
)
_JSON = re.compile(r'\ufeff?\s*\{\s*"format": "vidgist/\d+"')
_JSON_URL = re.compile(r'\s*\{\s*"format": "vidgist/\d+",.*?\n\s*"url": ("(?:[^"\\\n]|\\.)*"),', re.DOTALL)
_JSON_TITLE = re.compile(r'\n\s*"title": ("(?:[^"\\\n]|\\.)*"),')
_MARKDOWN_URL = re.compile(r"^url: (?P<url>.+)$", re.MULTILINE)
_MARKDOWN_TITLE = re.compile(r"^# (?P<title>.+)$", re.MULTILINE)
_PAGE_TITLE = re.compile(r"<title>(?P<title>[^<]*)</title>")
_OF_MANY = re.compile(
    r"\ufeff?(?:---\r?\n(?:(?!---)[^\n]*\n){0,60}?vidgist: *[\"']?(?:digest|answer|index)\b|Timestamp: [^\r\n]*\r?\nTitle: [^\r\n]*\r?\nTalks: )"
)
"""How a digest, an answer and an index begin: what is made of many notes and is none itself."""


def looks(file: File) -> bool:
    return is_made(file.text[:HEAD_BYTES])


def _kind(head: str) -> str:
    if _RECORD.match(head):
        return "record"
    if _JSON.match(head):
        return "json"
    if markdown.is_note(head):
        return "markdown"
    return "page" if page.is_note(head) else ""


def is_made(head: str) -> bool:
    """Return whether the first characters are those of anything that vidgist has
    made of a talk or of many.
    """
    return bool(_kind(head) or _OF_MANY.match(head))


def peek(head: str) -> About | None:
    """Return the metadata of the video in the first characters of a note, or None where this is no note."""
    kind = _kind(head)
    if kind == "record":
        match = _RECORD.match(head)
        assert match is not None
        return _about(match["title"], match["url"], match["duration"])
    try:
        if kind == "json":
            found = _JSON_URL.match(head.removeprefix("\ufeff"))
            title = _JSON_TITLE.search(head)
            name = metadata.text(json.loads(title[1])) if title else ""
            return About(title=name, url=metadata.link(json.loads(found[1]))) if found else None
        if kind == "markdown":
            found, title = _MARKDOWN_URL.search(head), _MARKDOWN_TITLE.search(head)
            address = metadata.link(found["url"].strip().strip("\"'")) if found else ""
            return About(title=plain_text(title["title"].strip()) if title else "", url=address)
    except ValueError:
        return None
    title = _PAGE_TITLE.search(head)
    return About(title=metadata.text(title["title"]) if title else "") if kind == "page" else None


def words(file: File) -> str:
    """Return the words of a note on one line, which stay the same when it is written again; empty where it
    has none.

    Layout, times and summary do not count: a new summary of the same words is none of other words.
    """
    try:
        segments = read(file).transcript.segments
    except Unreadable:
        return ""
    return " ".join(" ".join(one.text for one in segments).split())


def read(file: File) -> Reading:
    """Return the words of a note.

    Raises `Unreadable`: record for one that is not exact, no_content for one without words, format for a
    document that holds no transcript.
    """
    kind = _kind(file.text[:HEAD_BYTES])
    if not kind:
        raise Unreadable(
            f"{file.name} is made of several notes and holds no transcript",
            code="format",
            hint="name the notes themselves",
        )
    if kind == "record":
        return _of_record(file)
    if kind == "json":
        return _of_json(file)
    try:
        if kind == "markdown":
            return _of_note(
                markdown.parse(file.text.removeprefix("\ufeff"), file.name, datetime.min), file.name
            )
        return _of_note(page.parse(file.text), file.name)
    except Unreadable as error:
        raise Unreadable(f"{file.name}: {error}", code=error.code, hint=error.hint) from error


def _of_record(file: File) -> Reading:
    exact = file.text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\n") + "\n"
    if exact.endswith("\n\nContent:\n"):
        raise _without_words(file.name, "record")
    try:
        exact_record = record.parse(exact)
    except Unreadable as error:
        raise Unreadable(
            f"{file.name}: {error}", code="record", hint="vidgist validate says the same"
        ) from error
    segments = tuple(Segment(start=0, duration=0, text=part) for part in plain.parts(exact_record.content))
    return Reading(
        transcript=Transcript(segments=segments, timed=False),
        about=_about(exact_record.title, exact_record.url, exact_record.duration),
    )


def _without_words(name: str, what: str) -> Unreadable:
    return Unreadable(f"{name} is a {what} without content", code="no_content", hint="give the video itself")


def _about(title: str, url: str, duration: str) -> About:
    return About(
        title="" if title == record.UNKNOWN else metadata.text(title),
        url=url.strip(),
        seconds=metadata.seconds(record.seconds(duration)),
    )


def _of_note(note: Note, name: str) -> Reading:
    if note.transcript is None or not note.transcript.segments:
        raise _without_words(name, "note")
    about = _of_video(note.video or note.item.video)
    return Reading(
        transcript=note.transcript, about=about.model_copy(update={"url": metadata.link(note.item.url)})
    )


def _of_video(video: Video | None) -> About:
    if video is None:
        return About()
    return About(
        title="" if video.title == record.UNKNOWN else video.title,
        seconds=video.seconds,
        channel=video.channel,
        channel_url=video.channel_url,
        published=video.published,
        language=video.language,
        chapters=video.chapters,
    )


def _of_json(file: File) -> Reading:
    """Return a document that vidgist or a script wrote: what can be read of it."""
    try:
        data = json.loads(file.text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{file.name} is no JSON: {error}", code="format") from error
    words = data.get("transcript") if isinstance(data, dict) else None
    listed = words.get("segments") if isinstance(words, dict) else None
    if not isinstance(listed, list) or not isinstance(words, dict):
        raise Unreadable(f"{file.name} holds no transcript", code="format")
    transcript = Transcript(
        segments=tuple(
            _segment(one) for one in listed if isinstance(one, dict) and isinstance(one.get("text"), str)
        ),
        language=metadata.language(words.get("language")),
        generated=words.get("generated") is True,
        timed=words.get("timed") is not False,
        heard_by=metadata.text(words.get("heard_by")),
        notices=tuple(filter(None, map(metadata.text, _list(words.get("notices"))))),
    )
    return Reading(
        transcript=transcript,
        about=About(
            title=metadata.text(data.get("title")),
            url=metadata.link(data.get("url")),
            seconds=metadata.seconds(data.get("seconds")),
            channel=metadata.text(data.get("channel")),
            channel_url=metadata.link(data.get("channel_url")),
            published=metadata.day(data.get("published")),
            language=metadata.language(data.get("language")),
        ),
    )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _segment(one: dict[str, object]) -> Segment:
    start, length = metadata.number(one.get("start")), metadata.number(one.get("duration"))
    return Segment(
        start=start,
        duration=length if length > 0 else 0.0,
        text=str(one["text"]),
        speaker=metadata.text(one.get("speaker")),
    )
