"""``vidgist search``: the words are looked for in the notes folder, and the passages shown."""

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from vidgist.archive import search
from vidgist.archive.index import Index
from vidgist.archive.search import Found, Scope
from vidgist.config import Settings, at_home
from vidgist.errors import InputError
from vidgist.ui import passages


def run(arguments: Sequence[str], settings: Settings, *, channel: str, limit: int, as_json: bool) -> int:
    """Show the best passages and return the exit code. Raises `InputError`."""
    words, folder = split(arguments, settings)
    with closing(opened(folder)) as index:
        scope = Scope(since=settings.since, channel=channel)
        found = search.within(index, words, scope=scope, limit=limit)
    if as_json:
        print(found.model_dump_json(indent=2))
        return 0
    passages.show(found, sys.stdout)
    show_remarks(found)
    return 0


def split(arguments: Sequence[str], settings: Settings) -> tuple[str, Path]:
    """Return the words and the notes folder: the last argument where it is one, else that of the settings."""
    words, folder = arguments, Path(settings.output)
    last = at_home(arguments[-1]) if len(arguments) > 1 else None
    if last is not None and (last.is_dir() or "/" in arguments[-1]):
        words, folder = arguments[:-1], last
    if not any(word.strip() for word in words):
        raise InputError("no words are given", hint='for example: vidgist search "force close" notes')
    return " ".join(words), folder


def opened(folder: Path) -> Index:
    """Return the index of a folder, up to date; say so where it has to be made in memory for this once."""
    if not folder.is_dir():
        raise InputError(
            f"the notes folder {folder} is not there", hint="name it as the last word, or with -o"
        )
    index = Index(folder)
    index.refresh()
    if not index.kept:
        print("vidgist: this folder cannot hold an index; it is rebuilt for each search", file=sys.stderr)
    if not index.entries:
        index.close()
        raise InputError(f"no notes in the folder {folder}", hint="vidgist run INPUT makes some")
    return index


def show_remarks(found: Found) -> None:
    """Print on standard error what should be known of a search."""
    for line in passages.remarks(found):
        print(f"vidgist: {line}", file=sys.stderr)
