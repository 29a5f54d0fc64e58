"""What a person wants done: arguments and a list, each input with where it was written.

    # blank lines and comments are passed over
    https://youtu.be/WDsAhkFsKfE        # so is a comment behind an input
    talks/Talk #3.vtt

A comment begins at a ``#`` after white space, so the fragment of a URL is none; nor is a ``#`` in what goes
on to end as a file name does. `lists` reads lists of other kinds. Paths are relative to the current folder,
not to the list's.
"""

import difflib
import itertools
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from vidgist import registry
from vidgist.errors import InputError, PluginFailed
from vidgist.models import Ref
from vidgist.protocols import Source
from vidgist.run import list_lines, lists

STDIN = "-"
MOST_BYTES = 20_000_000
"""Half a million lines; a larger file is no list."""

MOST_CHARACTERS = 4096
"""Of one input; no path and no address of a video is longer."""

_ID = re.compile(r"[\w-]{8,14}", re.ASCII)
_ID_IN_URL = re.compile(r"(?:youtu\.be/|[?&]v=|/(?:shorts|live|embed)/)([\w-]*)", re.ASCII)
_ID_LENGTH = 11
_HINT = (
    "vidgist takes videos, playlists, channels and ids of YouTube, ytsearch5:WORDS, pages of any site that "
    "yt-dlp knows, podcast feeds, addresses of media and subtitle files, transcript files and folders, "
    "recordings with --transcribe, and notes of its own"
)
_ONE_A_LINE = "a list has one input a line, or is Markdown, CSV, OPML, JSON or bookmarks"


def read(arguments: Sequence[str], from_file: str | None, stdin: TextIO) -> Iterator[Ref]:
    """Yield all inputs as they were written, arguments first; standard input is read as it comes.

    ``from_file`` names a list, ``-`` standard input. Raises `InputError` at once for a list that cannot be
    read, and while iterating for standard input that is no text.
    """
    given = (_ref(text, f"argument {number}") for number, text in enumerate(arguments, start=1))
    listed: Iterable[Ref] = ()
    if from_file == STDIN:
        listed = _refs(_streamed(stdin), "stdin")
    elif from_file is not None:
        listed = _refs(lists.read(_list(Path(from_file)), from_file), from_file)
    return itertools.chain(given, listed)


def _list(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return _decoded(_all(file, f"the list {path}"), f"the list {path}")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such file"
        raise InputError(f"the list {path} cannot be read: {reason}") from error


def _all(file: BinaryIO, name: str, begun: bytes = b"") -> bytes:
    data = begun + file.read(MOST_BYTES + 1 - len(begun))
    if len(data) > MOST_BYTES:
        raise InputError(f"{name} is too large: {MOST_BYTES // 1_000_000} MB at most")
    return data


def _decoded(data: bytes, name: str) -> str:
    try:
        return lists.decode(data)
    except lists.NotText as error:
        raise InputError(f"{name} is {error}", hint=_ONE_A_LINE) from error


def _streamed(stdin: TextIO) -> Iterator[list_lines.Entry]:
    """Read standard input line by line; what is no plain list is read whole."""
    raw: BinaryIO | TextIO = getattr(stdin, "buffer", stdin)  # its encoding is not a list's
    lines: Iterator[bytes | str] = iter(raw)
    first = next(lines, "")
    if isinstance(first, bytes) and lists.is_whole(first):
        yield from lists.read(
            _decoded(_all(cast("BinaryIO", raw), "standard input", first), "standard input")
        )
    else:
        yield from list_lines.read(map(_line, itertools.chain([first], lines)))


def _line(line: bytes | str) -> str:
    return _decoded(line, "standard input") if isinstance(line, bytes) else line


def _refs(entries: Iterable[list_lines.Entry], name: str) -> Iterator[Ref]:
    return (_ref(entry.text, f"{name}:{entry.line}") for entry in entries)


def _ref(text: str, origin: str) -> Ref:
    """Return the input; a path whose bytes are no UTF-8 as its URI, which is."""
    try:
        text.encode()
    except UnicodeEncodeError:
        with suppress(OSError):  # the current folder was deleted
            text = Path(text).absolute().as_uri()
    return Ref(text=text, origin=origin)


def route(ref: Ref, sources: Sequence[Source]) -> Source:
    """Return the source that claims an input. Raises `InputError` with the reason where no source
    claims.

    The error does not name the input: the caller does. What exists here as a folder, or as a
    file with a suffix, is meant even where it is written like an id.
    """
    text = ref.text
    if not text.strip() or len(text) > MOST_CHARACTERS or "\0" in text:
        raise InputError("no input", hint=_HINT)
    claiming = (source for source in sources if source.claims(text))
    first = next(claiming, None)
    if first is None:
        faults = registry.faults(sources)
        if faults:
            raise PluginFailed(f"nothing that vidgist knows, and {faults[0]}", hint=_why_not(text))
        raise InputError("nothing that vidgist knows", hint=_why_not(text))
    if first.remote and _exists(text):
        return next((source for source in claiming if not source.remote), first)
    return first


def _exists(text: str) -> bool:
    has_suffix = len(os.path.splitext(text)[1]) > 1  # noqa: PTH122 (asked for each of a long list)
    return os.path.isdir(text) or (has_suffix and os.path.isfile(text))  # noqa: PTH112, PTH113


def _why_not(text: str) -> str:
    """Return what may have been meant."""
    if text == STDIN:
        return "standard input is read with --from-file -"
    found = _ID_IN_URL.search(text) if "youtu" in text.lower() else None
    name = found[1] if found else text
    if name and len(name) != _ID_LENGTH and (found or _ID.fullmatch(name)):
        return f"{len(name)} characters; a video id has {_ID_LENGTH}"
    return _neighbour(text) or _HINT


def _neighbour(text: str) -> str:
    """Return a file beside the one that was named, with nearly that name."""
    path = Path(text)
    try:
        names = [entry.name for entry in itertools.islice(path.parent.iterdir(), 1000)]
    except OSError:
        return ""
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.8)
    return f"there is a {path.with_name(near[0])}" if near else ""
