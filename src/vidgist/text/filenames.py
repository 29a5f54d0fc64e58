"""File names that every file system takes, in every script. Pure."""

import unicodedata

SLUG_CHARACTERS = 80
NAME_BYTES = 200
"""Room is left of the usual 255 for a suffix, a number and a temporary name."""

_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}


def slug(title: str) -> str:
    """Return the title's letters, marks and digits of every script, runs of anything else as one hyphen.

    At most 80 characters; may be empty.
    """
    kept = "".join(
        character if unicodedata.category(character)[0] in "LNM" else " "
        for character in unicodedata.normalize("NFC", title)
    )
    return cut("-".join(kept.split()), SLUG_CHARACTERS, NAME_BYTES).strip("-")


def stem(name: str, title: str) -> str:
    """Return ``<name>-<slug of the title>``, safe as a file name before its suffix, at most 200 UTF-8 bytes.

    ``name`` is a video id or a local file's stem. No separator, control character, leading dot or reserved
    Windows name can come out, for any input.
    """
    safe = "".join(
        character if unicodedata.category(character)[0] in "LNM" or character in "-_. " else "-"
        for character in unicodedata.normalize("NFC", name)
    )
    safe = cut(safe.strip(". "), SLUG_CHARACTERS, NAME_BYTES // 2).strip(". ") or "note"
    if is_reserved(safe):
        safe = f"_{safe}"
    words = slug(title)
    room = NAME_BYTES - len(f"{safe}-".encode())
    words = cut(words, len(words), room).rstrip("-")
    return f"{safe}-{words}" if words else safe


def is_reserved(name: str) -> bool:
    """Return whether Windows reserves a name, with any suffix."""
    return name.partition(".")[0].strip().casefold() in _RESERVED


def cut(text: str, characters: int, size: int) -> str:
    """Return the longest start within both bounds that does not part a mark from its letter.

    ``size`` is in bytes of UTF-8.
    """
    end = min(len(text), characters)
    while len(text[:end].encode()) > size:
        end -= 1
    while 0 < end < len(text) and unicodedata.category(text[end])[0] == "M":
        end -= 1
    return text[:end]
