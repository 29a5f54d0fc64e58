"""Reads what a GGUF file says of its model, without the library that runs it.

Such a file begins with its magic, its version, the number of its tensors, and pairs of key and value, all in
little-endian order (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md).
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_MAGIC = b"GGUF"
_OLDEST = 2
"""Version. The first one counted in 32 bits and is not written any more."""

_STRING, _LIST = 8, 9
_NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
"""How to unpack a number, by the code of its type."""

_ARCHITECTURE = "general.architecture"
_LENGTH = ".context_length"


def context_length(path: Path) -> int:
    """Return tokens of the window that a language model was trained for.

    Raises `OSError` where the file cannot be read, `ValueError` where it is no GGUF file or names no window.
    """
    with path.open("rb") as file:
        architecture, lengths = "", dict[str, int]()
        for key, value in _pairs(file, path.stat().st_size):
            if key == _ARCHITECTURE:
                architecture = str(value)
            elif key.endswith(_LENGTH) and isinstance(value, int):
                lengths[key] = value
            if found := lengths.get(architecture + _LENGTH):
                return found
    raise ValueError("it names no context length, so it holds no language model")


def _pairs(file: BinaryIO, size: int) -> Iterator[tuple[str, object]]:
    """Yield the pairs, one by one; a list is passed over, and its value None."""
    if file.read(len(_MAGIC)) != _MAGIC:
        raise ValueError("it is no GGUF file")
    version, count = _number(file, "I"), 0
    if version < _OLDEST:
        raise ValueError(f"version {version} of GGUF is too old")
    _number(file, "Q")
    count = _number(file, "Q")
    for _ in range(count):
        key = _text(file, size)
        yield key, _value(file, _number(file, "I"), size)


def _value(file: BinaryIO, kind: int, size: int) -> object:
    if kind in _NUMBERS:
        return _number(file, _NUMBERS[kind])
    if kind == _STRING:
        return _text(file, size)
    if kind != _LIST:
        raise ValueError(f"type {kind} of GGUF is unknown")
    members, length = _number(file, "I"), _number(file, "Q")
    if members in _NUMBERS:
        file.seek(struct.calcsize(_NUMBERS[members]) * min(length, size), 1)
        return None
    if members == _LIST:
        raise ValueError("lists of lists are not read")
    for _ in range(length):
        _value(file, members, size)
    return None


def _text(file: BinaryIO, size: int) -> str:
    length = _number(file, "Q")
    if length > size:
        raise ValueError("it breaks off")
    return file.read(length).decode(errors="replace")


def _number(file: BinaryIO, form: str) -> int:
    form = f"<{form}"
    packed = file.read(struct.calcsize(form))
    if len(packed) < struct.calcsize(form):
        raise ValueError("it breaks off")
    number: int = struct.unpack(form, packed)[0]
    return number
