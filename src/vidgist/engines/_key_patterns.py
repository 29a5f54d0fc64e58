"""Recognizes a key in what a server says, in the codings in which servers repeat things. Pure."""

import base64
import re
from collections.abc import Iterator

_SHORTEST = 12
"""Characters of a key's beginning that are taken for the key: some servers cut what they repeat."""


def pattern(key: str) -> re.Pattern[str]:
    """Return what stands for the key: as it is, cut, in another case, escaped, as hexadecimal or base64."""
    whole = [*_escaped(key)]
    if len(key) >= _SHORTEST:
        whole += [_hexadecimal(key), *_base64(key)]
    return re.compile("|".join(whole), re.IGNORECASE)


def _escaped(key: str) -> Iterator[str]:
    """Yield each character as it is, or as URLs, JSON or HTML escape it; all of them, or the beginning."""
    characters = [_character(one) for one in key]
    yield "".join(characters)
    if len(key) > _SHORTEST:
        yield "".join(characters[:_SHORTEST]) + rf"[\w%&#;\\-]{{0,{8 * len(key)}}}"


def _character(one: str) -> str:
    code = ord(one)
    escapes = (
        rf"%(?:25)?{code:02x}",
        rf"\\+u{code:04x}",
        rf"\\+x{code:02x}",
        f"&#0*{code};",
        f"&#x0*{code:x};",
    )
    return f"(?:{'|'.join((re.escape(one), *escapes))})"


def _hexadecimal(key: str) -> str:
    return "[ :]?".join(f"{byte:02x}" for byte in key.encode())


def _base64(key: str) -> Iterator[str]:
    """Yield the middle of its base64, at any offset of the key in a longer text."""
    for lead in range(3):
        whole = base64.b64encode(b"\0" * lead + key.encode()).decode().rstrip("=")
        sure = whole[(0, 2, 3)[lead] : len(whole) - 1]
        yield rf"[\w+/-]{{0,40}}{_either(sure)}[\w+/=-]{{0,8}}"


def _either(text: str) -> str:
    """Match base64 of either alphabet, that of URLs or the usual one."""
    return "".join({"+": "[+-]", "/": "[/_]"}.get(one, re.escape(one)) for one in text)
