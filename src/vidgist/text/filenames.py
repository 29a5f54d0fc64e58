"""File names that every file system takes, in every script. Pure."""

import unicodedata

SLUG_CHARACTERS = 80
NAME_BYTES = 200
"""Room is left of the usual 255 for a suffix, a number and a temporary name."""

_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}


def slug(title: str) -> str:
    """The title's letters, marks and digits of every script, runs of anything else as one hyphen.

    At most 80 characters; may be empty.
    """
    kept = "".join(
        character if unicodedata.category(character)[0] in "LNM" else " "
        for character in unicodedata.normalize("NFC", title)
    )
    return _cut("-".join(kept.split()), SLUG_CHARACTERS, NAME_BYTES).strip("-")


def stem(name: str, title: str) -> str:
    """``<name>-<slug of the title>``, safe as a file name before its suffix, at most 200 UTF-8 bytes.

    ``name`` is a video id or a local file's stem. No separator, control character, leading dot or reserved
    Windows name can come out, whatever goes in.
    """
    safe = "".join(
        character if unicodedata.category(character)[0] in "LNM" or character in "-_. " else "-"
        for character in unicodedata.normalize("NFC", name)
    )
    safe = _cut(safe.strip(". "), SLUG_CHARACTERS, NAME_BYTES // 2).strip(". ") or "note"
    if safe.split(".")[0].strip().casefold() in _RESERVED:
        safe = f"_{safe}"
    words = slug(title)
    room = NAME_BYTES - len(f"{safe}-".encode())
    words = _cut(words, len(words), room).rstrip("-")
    return f"{safe}-{words}" if words else safe


def _cut(text: str, characters: int, size: int) -> str:
    """The longest start within both bounds that does not part a mark from its letter."""
    cut = min(len(text), characters)
    while len(text[:cut].encode()) > size:
        cut -= 1
    while 0 < cut < len(text) and unicodedata.category(text[cut])[0] == "M":
        cut -= 1
    return text[:cut]
