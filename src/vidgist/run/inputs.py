"""What a person wants done: arguments and a list, one input a line, each with where it was written.

    # blank lines and comments are passed over
    https://youtu.be/WDsAhkFsKfE        # so is a comment behind an input
    talks/Talk #3.vtt

A comment begins at a ``#`` after white space, so the fragment of a URL is none; nor is a ``#`` in what goes
on to end as a file name does. Paths are relative to the current folder, not to the list's.
"""

import codecs
import difflib
import itertools
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

from vidgist.errors import InputError
from vidgist.models import Ref
from vidgist.protocols import Source

STDIN = "-"
MOST_BYTES = 20_000_000
"""Half a million lines; a larger file is no list."""

MOST_CHARACTERS = 4096
"""Of one input; no path and no address of a video is longer."""

_SUFFIX = (
    r"(?:vtt|srt|json3?|txt|md"
    r"|mp3|m4a|aac|og[ag]|opus|flac|wav|wma|mp4|m4v|mov|mkv|webm|avi)"
)
_COMMENT = re.compile(rf"(?:^|\s)#(?!\S.*\.{_SUFFIX}(?:\s+#|\s*$)).*", re.IGNORECASE | re.DOTALL)
_ID = re.compile(r"[\w-]{8,14}", re.ASCII)
_ID_IN_URL = re.compile(r"(?:youtu\.be/|[?&]v=|/(?:shorts|live|embed)/)([\w-]*)", re.ASCII)
_ID_LENGTH = 11
_HINT = "vidgist takes YouTube videos, playlists, channels and ids, and .vtt .srt .json3 .json .txt .md files"


def read(arguments: Sequence[str], from_file: str | None, stdin: TextIO) -> Iterator[Ref]:
    """All inputs as they were written, arguments first; standard input is read as it comes.

    ``from_file`` names a list, ``-`` standard input. Raises `InputError` at once for a list that cannot be
    read, and while iterating for standard input that is no text.
    """
    given = (_ref(text, f"argument {number}") for number, text in enumerate(arguments, start=1))
    listed: Iterable[Ref] = ()
    if from_file == STDIN:
        listed = _lines(stdin, "stdin")
    elif from_file is not None:
        listed = _lines(_list(Path(from_file)), from_file)
    return itertools.chain(given, listed)


def _list(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            return _text(_all(file, path), path).split("\n")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such file"
        raise InputError(f"the list {path} cannot be read: {reason}") from error


def _all(file: BinaryIO, path: Path) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(f"the list {path} is too large: {MOST_BYTES // 1_000_000} MB at most")
    return data


def _text(data: bytes, path: Path) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"the list {path} is not text in UTF-8", hint="save it as UTF-8") from error
    if "\0" in text:
        raise InputError(f"the list {path} is a binary file", hint="a list has one input a line")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lines(lines: Iterable[str], name: str) -> Iterator[Ref]:
    raw: Iterable[str | bytes] = getattr(lines, "buffer", lines)  # standard input's encoding is not a list's
    numbered = enumerate(raw, start=1)
    while True:
        try:
            number, line = next(numbered)
            text = line.decode("utf-8-sig" if number == 1 else "utf-8") if isinstance(line, bytes) else line
        except StopIteration:
            return
        except UnicodeDecodeError as error:
            raise InputError(f"{name} is not text in UTF-8", hint="a list has one input a line") from error
        wanted = _COMMENT.sub("", text.lstrip("\ufeff")).strip()
        if wanted:
            yield _ref(wanted, f"{name}:{number}")


def _ref(text: str, origin: str) -> Ref:
    """The input; a path whose bytes are no UTF-8 as its URI, which is."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = Path(text).absolute().as_uri()
    return Ref(text=text, origin=origin)


def route(ref: Ref, sources: Sequence[Source]) -> Source:
    """The source that claims an input. Raises `InputError` saying what is wrong with one that nobody claims.

    The error names no input: whoever asks knows which one it is. What exists here as a folder, or as a
    file with a suffix, is meant even where it is written like an id.
    """
    text = ref.text
    if not text.strip() or len(text) > MOST_CHARACTERS or "\0" in text:
        raise InputError("no input", hint=_HINT)
    claiming = (source for source in sources if source.claims(text))
    first = next(claiming, None)
    if first is None:
        raise InputError("nothing that vidgist knows", hint=_why_not(text))
    if first.remote and _exists(text):
        return next((source for source in claiming if not source.remote), first)
    return first


def _exists(text: str) -> bool:
    has_suffix = len(os.path.splitext(text)[1]) > 1  # noqa: PTH122 (asked for each of a long list)
    return os.path.isdir(text) or (has_suffix and os.path.isfile(text))  # noqa: PTH112, PTH113


def _why_not(text: str) -> str:
    """What may have been meant."""
    if text == STDIN:
        return "standard input is read with --from-file -"
    found = _ID_IN_URL.search(text) if "youtu" in text.lower() else None
    name = found[1] if found else text
    if name and len(name) != _ID_LENGTH and (found or _ID.fullmatch(name)):
        return f"{len(name)} characters; a video id has {_ID_LENGTH}"
    return _neighbour(text) or _HINT


def _neighbour(text: str) -> str:
    """A file beside the one that was named, with nearly that name."""
    path = Path(text)
    try:
        names = [entry.name for entry in itertools.islice(path.parent.iterdir(), 1000)]
    except OSError:
        return ""
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.8)
    return f"there is a {path.with_name(near[0])}" if near else ""
