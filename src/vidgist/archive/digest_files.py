"""Write a digest into files: md, html, json, txt, below the notes folder or in another place."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePath
from typing import TextIO

from vidgist.archive import digest_html, digest_text
from vidgist.archive.saving import Saved, save
from vidgist.archive.themes import Digest
from vidgist.errors import ConfigError
from vidgist.protocols import Memory
from vidgist.run.destinations import Stream
from vidgist.text.hygiene import one_line

FOLDER = "_digests"

Render = Callable[[Digest], str]


def _json(digest: Digest) -> str:
    return digest.model_dump_json(indent=2) + "\n"


FORMATS: dict[str, Render] = {
    "md": digest_text.markdown,
    "html": digest_html.render,
    "json": _json,
    "txt": digest_text.text,
}


def chosen(formats: Sequence[str]) -> dict[str, Render]:
    """Return the formats named. Raises `ConfigError`."""
    for name in formats:
        if name not in FORMATS:
            raise ConfigError(f"unknown format {name!r} of a digest", hint=f"known: {', '.join(FORMATS)}")
    return {name: FORMATS[name] for name in formats}


def keep(
    digest: Digest, folder: Path, formats: Sequence[str], memory: Memory, notes: Path | None = None
) -> list[Saved]:
    """Write a digest in these formats; a digest of the same title is replaced, nothing else.

    A page leads to the notes where their folder is given.
    """
    wanted = chosen(formats)
    if notes and "html" in wanted:
        wanted["html"] = partial(digest_html.render, notes=_way(folder, notes))
    return [
        save(folder, one_line(digest.title), render(digest), digest_text.KIND, f".{name}", memory)
        for name, render in wanted.items()
    ]


def _way(folder: Path, notes: Path) -> str:
    """Return the way from one folder to another, as addresses write it; empty where there is none."""
    with suppress(ValueError):  # another drive
        return PurePath(os.path.relpath(notes.absolute(), folder.absolute())).as_posix()
    return ""


def show(digest: Digest, stream: TextIO, formats: Sequence[str]) -> None:
    """Print a digest in these formats."""
    for name, render in chosen(formats).items():
        Stream(stream).put(name, render(digest))
