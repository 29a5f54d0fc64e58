"""Builds the site: reads what changed in the notes folder, writes what changes in the site.

A build that is cut off leaves a site without a ledger, and the next one makes everything again.
"""

import errno
import hashlib
import json
import os
import re
import time
from functools import cache
from importlib import resources
from pathlib import Path

from vidgist import __version__
from vidgist.errors import InputError, OutputFull
from vidgist.models import Value
from vidgist.notes import folders
from vidgist.site import build_state, feed, index_files, making, pages, processes
from vidgist.site.build_state import Ledger, Source
from vidgist.site.list_entries import Entry
from vidgist.site.making import Order, Share
from vidgist.writers import html

LAYOUT = 3
"""Raised when pages or data change their form without any asset changing."""

ASSETS = ("site.css", "words.js", "search.js", "library.js", "reader.js")
MARK = ".vidgist-site"
"""A file that marks a site of ours, finished or not."""

LONG_GONE = 0.25
"""Share of numbers out of use beyond which the index is rebuilt."""

_WEB = re.compile(r"https?://[^\s/?#]+[^\s?#]*\Z")

SPARE_NUMBERS = 100
"""So many are never worth it."""


class SiteReport(Value):
    """``index`` is the page to open. ``unreadable`` are lines for a person, one for each file left out."""

    index: str
    records: int
    failed: int
    written: int
    removed: int
    unreadable: tuple[str, ...]
    seconds: float

    def __str__(self) -> str:
        """Return lines for a person: what was left out, what was done, and last the page to open."""
        done = f"{self.records:,} records ({self.failed:,} failed), {self.written:,} written, "
        done += f"{self.removed:,} removed, in {self.seconds:.1f} s"
        lines = [*(f"left out: {line}" for line in self.unreadable), done]
        if not self.records:
            kinds = " ".join(folders.SUFFIXES)
            lines.append(f"no notes were found: a site is made of {kinds} files that vidgist run has written")
        return "\n".join((*lines, self.index))


def build(
    folder: Path, out: Path | None = None, *, title: str = "", base: str = "", fresh: bool = False
) -> SiteReport:
    """Bring the site of a notes folder up to date; ``out`` is ``_site`` within it where none is named.

    ``base`` is the address it will be published at, which only the feed needs. ``fresh`` builds every page
    again. Raises `InputError` where the folder is none, the address no web address or the site cannot be
    written, `OutputFull` where its disk takes no more.
    """
    started = time.monotonic()
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder", hint="name the folder that vidgist run writes notes into")
    if base and not _WEB.match(base):
        raise InputError(f"{base} is no web address", hint="name it whole: https://example.org/notes/")
    base = base if not base or base.endswith("/") else f"{base}/"
    site = _Site(out or folder / "_site", title or folder.resolve().name or "Library", base)
    try:
        site.prepare(fresh=fresh)
        written, removed = site.update(folder)
        known = site.finish()
    except OSError as error:
        message = f"the site {site.out} cannot be written: {error.strerror}"
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise OutputFull(message) from error
        raise InputError(message, hint="name another with -o") from error
    return SiteReport(
        index=str(site.out / "index.html"),
        records=len(known.entries),
        failed=sum(bool(entry.status) for entry in known.entries.values()),
        written=written,
        removed=removed,
        unreadable=tuple(source.problem for source in known.sources.values() if source.problem),
        seconds=time.monotonic() - started,
    )


class _Site:
    def __init__(self, out: Path, title: str, base: str) -> None:
        self.out = out
        self.title = title
        self.base = base
        self.numbers = 0
        self.sources: dict[str, Source] = {}
        self.entries: dict[int, Entry] = {}
        self.index = index_files.Index(out / "data" / "words")

    def prepare(self, *, fresh: bool) -> None:
        """Take over what the last build made, or begin with nothing."""
        self.out.mkdir(parents=True, exist_ok=True)
        if not (self.out / MARK).exists():
            if any(self.out.iterdir()):
                raise InputError(f"{self.out} holds something else", hint="name an empty folder with -o")
            (self.out / MARK).touch()
        known = None if fresh else build_state.load(self.out)
        if known and (known.maker, known.title, known.base) == (_maker(), self.title, self.base):
            unread = sum(source.number is None for source in known.sources.values())
            gone = known.numbers - len(known.entries) - unread
            if gone <= max(SPARE_NUMBERS, LONG_GONE * known.numbers):
                self.numbers, self.sources, self.entries = known.numbers, known.sources, known.entries
                self.index.parts = known.parts
                return
        for name, kind in (("r", "*.html"), ("data", "**/*.js")):
            for made in (self.out / name).glob(kind):
                made.unlink()
        for name in ("r", "data/words", "data/text", "assets"):
            (self.out / name).mkdir(parents=True, exist_ok=True)
        for name, text in _assets().items():
            making.put(self.out / "assets" / name, text)

    def update(self, folder: Path) -> tuple[int, int]:
        """Write and remove records; return how many of each."""
        present = {_stem(name): name for name in folders.names(folder)}
        changed = [
            (stem, folder / name, found)
            for stem, name in present.items()
            if (found := _seen(folder, name)) != _state(self.sources.get(stem))
        ]
        gone = [stem for stem in self.sources if stem not in present]
        if changed or gone:
            (self.out / build_state.NAME).unlink(missing_ok=True)
        for stem in (*gone, *(stem for stem, _, _ in changed)):
            self._forget(stem)
        if self.numbers + len(changed) > index_files.MOST_RECORDS:
            raise InputError(f"more than {index_files.MOST_RECORDS:,} records", hint="split the notes folder")
        orders = [
            Order(out=self.out, title=self.title, file=file, stem=stem, number=number)
            for number, (stem, file, _) in enumerate(changed, start=self.numbers)
        ]
        self.numbers += len(changed)
        written = 0
        for order, (_, _, found), share in zip(orders, changed, processes.make(orders), strict=True):
            written += self._enter(order, found, share)
        return written, len(gone)

    def _enter(self, order: Order, found: tuple[str, int, int], share: Share) -> bool:
        name, modified, size = found
        number = order.number if share.entry else None
        self.sources[order.stem] = Source(
            name=name, modified=modified, size=size, number=number, problem=share.problem
        )
        if share.entry is None:
            return False
        self.index.add(order.number, share.words, share.weights)
        self.entries[order.number] = share.entry
        return True

    def _forget(self, stem: str) -> None:
        known = self.sources.pop(stem, None)
        if known is None or known.number is None:
            return
        entry = self.entries.pop(known.number)
        (self.out / entry.page).unlink(missing_ok=True)
        making.passages(self.out, known.number).unlink(missing_ok=True)

    def finish(self) -> Ledger:
        """Write what speaks of all records, the ledger last."""
        self.index.save()
        known = Ledger(
            maker=_maker(),
            title=self.title,
            base=self.base,
            numbers=self.numbers,
            parts=self.index.parts,
            sources=self.sources,
            entries=self.entries,
        )
        text = build_state.dump(known)
        if _text(self.out / build_state.NAME) != text:
            newest = sorted(
                self.entries.values(), key=lambda entry: (entry.created, entry.page), reverse=True
            )
            making.put(self.out / "index.html", pages.library(newest, self.title))
            making.put(self.out / "digest.html", pages.digest(newest, self.title))
            making.put(self.out / "feed.xml", feed.render(newest, self.title, self.base))
            making.put(self.out / "data" / "list.js", self._list())
            making.put(self.out / build_state.NAME, text)
        return known

    def _list(self) -> str:
        """Return all entries as a script, channels and topics named once each."""
        channels = _Names()
        subjects = _Names()
        rows = [
            [
                number,
                one.page,
                one.title,
                channels.place(one.channel),
                one.created,
                one.published,
                one.duration,
                [subjects.place(topic) for topic in one.topics],
                one.status,
                one.teaser,
                one.lang,
                one.dir,
                one.words,
            ]
            for number, one in self.entries.items()
        ]
        buckets = sorted(path.stem for path in self.index.folder.glob("*.js"))
        whole = {
            "rows": rows,
            "channels": channels.names,
            "topics": subjects.names,
            "buckets": buckets,
        }
        return f"vidgist={{}};\nvidgist.list={_json(whole)};\n"


class _Names:
    """Texts, each once, found by their place."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._places: dict[str, int] = {}

    def place(self, name: str) -> int:
        if name not in self._places:
            self._places[name] = len(self.names)
            self.names.append(name)
        return self._places[name]


def _stem(name: str) -> str:
    """Return the path of a note in its folder, with ``/`` and without suffix."""
    return name.rpartition(".")[0].encode(errors="replace").decode()


def _seen(folder: Path, name: str) -> tuple[str, int, int]:
    state = os.stat(f"{folder}/{name}")  # noqa: PTH116 (thousands of them, in half the time)
    return name.rpartition("/")[2], state.st_mtime_ns, state.st_size


def _state(source: Source | None) -> tuple[str, int, int] | None:
    return (source.name, source.modified, source.size) if source else None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def _assets() -> dict[str, str]:
    folder = resources.files("vidgist.site").joinpath("assets")
    own = {name: folder.joinpath(name).read_text(encoding="utf-8") for name in ASSETS}
    return own | {"article.css": html.style()}


@cache
def _maker() -> str:
    """Return what changes whenever the same notes would become another site."""
    digest = hashlib.sha256(f"{LAYOUT} {__version__}".encode())
    for name, text in sorted(_assets().items()):
        digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()[:16]
