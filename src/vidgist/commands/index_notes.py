"""Index notes of a vault: one for each channel and each playlist, with a list that is kept up to date.

Only what stands between the two marked lines is vidgist's; the rest of the note is the person's, and a note
without these lines is not touched. They are written where ``--index-notes`` asks for them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vidgist.archive import links
from vidgist.errors import VidgistError
from vidgist.models import Video
from vidgist.notes import folders
from vidgist.notes.front_matter import split
from vidgist.run.destinations import Folder
from vidgist.store import Store
from vidgist.text import hygiene, record
from vidgist.writers import _yaml
from vidgist.writers._markdown import escape
from vidgist.writers._properties import linked_name, plain

KIND = "index"
BEGIN = "<!-- vidgist: this list is kept up to date; write above or below it -->"
END = "<!-- vidgist: end of the list -->"

_BLOCK = re.compile(rf"^{re.escape(BEGIN)}[ \t]*\r?\n.*?^{re.escape(END)}", re.DOTALL | re.MULTILINE)


class Entry(NamedTuple):
    """One Markdown note of the folder: its path without suffix, and its video."""

    stem: str
    video: Video


class Group(NamedTuple):
    """A channel or a playlist with its notes."""

    kind: str
    name: str
    url: str
    entries: Sequence[Entry]

    @property
    def identity(self) -> str:
        return f"{self.kind}/{linked_name(self.name)}"


def keep(store: Store, folder: Path) -> Iterator[str]:
    """Bring all index notes of a notes folder up to date; yield what a person should know.

    Nothing is written where nothing changed.
    """
    place = Folder(folder)
    entries = list(_entries(store, place))
    there = _there(place.path)
    stems = [path.stem for path in place.path.rglob("*.md") if not path.name.startswith(".")]
    twice = {stem for stem in stems if stems.count(stem) > 1} if len(set(stems)) < len(stems) else set()
    taken: dict[str, str] = {}
    for group in _groups(entries):
        name = linked_name(group.name)
        if taken.setdefault(name.casefold(), group.identity) != group.identity:
            name = f"{name} ({group.kind})"
        file = there.get(group.identity, f"{name}.md")
        try:
            problem = _put(place, file, group, twice)
        except VidgistError as error:
            problem = str(error)
        if problem:
            yield problem


def _entries(store: Store, place: Folder) -> Iterator[Entry]:
    """Yield the Markdown notes that the ledger knows and that are there."""
    key = next((folder for folder in store.jobs.folders() if place.is_at(folder)), place.key)
    for job in store.jobs.all(key, "done"):
        file = next((name for name in job.files if name.endswith(".md")), "")
        if file and job.item.video and place.holds(file):
            yield Entry(file.removesuffix(".md"), job.item.video)


def _groups(entries: Sequence[Entry]) -> Iterator[Group]:
    """Return channels, then playlists, by name."""
    for kind in ("channel", "playlist"):
        found: dict[str, list[Entry]] = {}
        for entry in entries:
            name = getattr(entry.video, kind)
            if linked_name(name):
                found.setdefault(linked_name(name), []).append(entry)
        for _, members in sorted(found.items()):
            first = members[0].video
            url = first.channel_url if kind == "channel" else ""
            order = _by_day if kind == "channel" else _by_place
            yield Group(kind, getattr(first, kind), url, sorted(members, key=order))


def _by_day(entry: Entry) -> tuple[int, str, str]:
    """Return the newest first."""
    day = entry.video.published
    return (-day.toordinal() if day else 0, entry.video.title, entry.stem)


def _by_place(entry: Entry) -> tuple[int, int, str, str]:
    """Return the order of the playlist; notes without a position come last."""
    place = entry.video.playlist_index
    return (0 if place is not None else 1, place or 0, entry.video.title, entry.stem)


def _there(root: Path) -> Mapping[str, str]:
    """Return the existing index notes by their subject, also where a person has moved them."""
    found = {}
    for path in sorted(root.rglob("*.md")):
        try:
            with path.open(encoding="utf-8", errors="replace") as file:
                head = file.read(folders.HEAD_BYTES)
        except OSError:
            continue
        properties, _ = split(head) if KIND in head else ({}, "")
        if properties.get("vidgist") == KIND:
            found[str(properties.get("index_of", ""))] = path.relative_to(root).as_posix()
    return found


def _put(place: Folder, file: str, group: Group, twice: set[str]) -> str:
    """Write the list of a group into its note; return what a person should know, mostly nothing."""
    old = place.old(file)
    if not old and place.holds(file):
        return f"{file} cannot be read and stays"
    block = f"{BEGIN}\n{_list(group, twice)}\n{END}"
    if not old:
        place.put(file, f"{_head(group)}\n# {escape(hygiene.one_line(group.name))}\n\n{block}\n", new=True)
        return ""
    if not _BLOCK.search(old):
        return f"{file} is yours and stays; two lines in it make place for the list: {BEGIN} {END}"
    new = _BLOCK.sub(lambda _: block, old, count=1)
    if new != old:
        place.put(file, new)
    return ""


def _head(group: Group) -> str:
    properties: dict[str, str | Sequence[str]] = {
        "vidgist": KIND,
        "index_of": group.identity,
        "title": plain(group.name),
        "aliases": [plain(group.name)],
    }
    return _yaml.front_matter(properties | ({"url": plain(group.url)} if group.url else {}))


def _list(group: Group, twice: set[str]) -> str:
    return "\n".join(_row(entry, twice) for entry in group.entries)


def _row(entry: Entry, twice: set[str]) -> str:
    name = entry.stem.rpartition("/")[2]
    video = entry.video
    facts = [links.wikilink(entry.stem if name in twice else name, "", video.title or name)]
    if video.published:
        facts.append(video.published.isoformat())
    if video.seconds is not None:
        facts.append(record.clock(video.seconds))
    return f"- {' · '.join(facts)}"
