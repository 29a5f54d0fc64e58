"""Lines as wide as the terminal, their further lines hanging; in a pipe a line is whole."""

import os
from typing import TextIO

from vidgist.ui import phrases

_NARROW = 40


def width(stream: TextIO) -> int | None:
    """Return the columns of the terminal behind a stream, 40 at least; None where there is none."""
    try:
        return max(_NARROW, os.get_terminal_size(stream.fileno()).columns) if stream.isatty() else None
    except (OSError, ValueError):
        return None


def hang(head: str, text: str, stream: TextIO) -> str:
    """Return ``text`` behind ``head``; what does not fit beside it stands below, under its beginning."""
    room = width(stream)
    if room is None:
        return head + text
    room -= phrases.columns(head)
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and phrases.columns(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return ("\n" + " " * phrases.columns(head)).join([head + lines[0], *lines[1:]])
