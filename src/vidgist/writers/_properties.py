"""The properties of a Markdown note, typed as Obsidian, Dataview and Bases take them. Pure.

A person chooses and names them: ``title``, ``channel=author``, ``published``. ``vidgist`` is always there: it
distinguishes a note of ours from a person's own. What is not known has no property.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from vidgist.models import Note, Video
from vidgist.notes import moment_links, topics
from vidgist.text import filenames, hygiene, record

Value = str | int | date | datetime | Sequence[str]

DESCRIPTION_CHARACTERS = 500
IDENTITY = "vidgist"
NAMES = (
    "title", "aliases", IDENTITY, "id", "url", "channel", "channel_url", "author", "playlist",
    "playlist_index", "published", "duration", "length", "language", "cover", "description", "tags",
    "topics", "model", "prompt", "created", "status",
)  # fmt: skip
"""All of them, in the order in which they stand."""

_NO_WIKILINK = re.compile(r"[\[\]|#^\\:%<>{}`$*?\"]+|={2,}")
_LINK_CHARACTERS, _LINK_BYTES = 100, 190


def of(note: Note, title: str, tags: Sequence[str], *, wikilinks: bool) -> dict[str, Value]:
    """Return all properties that are known, by their own names."""
    video, answer = note.video or note.item.video or Video(title=""), note.answer
    link = wikilink if wikilinks else plain
    about = topics.of(note)
    language = note.transcript.language if note.transcript else ""
    known: dict[str, Value | None] = {
        "title": plain(title),
        "aliases": [plain(title)] if title != record.UNKNOWN else [],
        IDENTITY: plain(f"{note.item.source}/{note.item.name}"),
        "id": plain(note.item.name),
        "url": plain(note.item.url),
        "channel": link(video.channel),
        "channel_url": moment_links.web(video.channel_url),
        "author": plain(video.author),
        "playlist": link(video.playlist),
        "playlist_index": video.playlist_index,
        "published": video.published,
        "duration": None if video.seconds is None else round(video.seconds),
        "length": "" if video.seconds is None else record.clock(video.seconds),
        "language": plain(language or video.language),
        "cover": moment_links.web(video.cover),
        "description": _cut(plain(hygiene.one_line(video.description))),
        "tags": _fitting(tags, note),
        "topics": [link(topic) for topic in about],
        "model": plain(answer.model) if answer else "",
        "prompt": plain(answer.prompt) if answer else "",
        "created": note.created,
        "status": plain(record.status(note)),
    }
    return {name: value for name, value in known.items() if value not in (None, "", [])}


def chosen(properties: Mapping[str, Value], choice: Sequence[str]) -> dict[str, Value]:
    """Return those that a person has chosen, under the person's own names; all where none is chosen."""
    if not choice:
        return dict(properties)
    pairs = [(name, given or name) for name, _, given in (one.partition("=") for one in choice)]
    picked = {given: properties[name] for name, given in pairs if name in properties}
    return {**picked, IDENTITY: properties[IDENTITY]}


def wikilink(name: str) -> str:
    """Return ``[[name]]`` without the characters that mean something in one."""
    safe = linked_name(name)
    return f"[[{safe}]]" if safe else ""


def linked_name(name: str) -> str:
    """Return a name as a link to a note, and the name of that note's file, may hold it."""
    safe = " ".join(_NO_WIKILINK.sub(" ", hygiene.one_line(name)).replace("/", "-").split()).strip(". ")
    safe = filenames.cut(safe, _LINK_CHARACTERS, _LINK_BYTES).strip(". ")
    return f"{safe}_" if filenames.is_reserved(safe) else safe


def plain(text: str) -> str:
    """Return text of a property, which Obsidian would take for a link to a note
    where it begins with ``[[``.
    """
    return hygiene.published(text).replace("[[", "[\u2060[")


def _fitting(tags: Sequence[str], note: Note) -> list[str]:
    """Return the person's tags; one with a ``?`` behind it only where the talk is about that."""
    about = {topics.tag(topic) for topic in topics.of(note)}
    about |= {topics.tag(word) for word in record.title(note).split()}
    wanted = [tag.removesuffix("?") for tag in tags if not tag.endswith("?") or topics.tag(tag[:-1]) in about]
    return list(dict.fromkeys(wanted))


def _cut(text: str) -> str:
    return text if len(text) <= DESCRIPTION_CHARACTERS else f"{text[:DESCRIPTION_CHARACTERS].rstrip()}…"
