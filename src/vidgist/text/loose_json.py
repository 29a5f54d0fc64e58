"""Finds JSON objects in what a language model wrote, however it wrapped or spelled them. Pure.

Read as they stand: fences, prose around, raw newlines, trailing commas, escapes that JSON has not. Then what
can be mended without guessing: an object inside a string, comments, Python literals, typographic quotes. Only
then json-repair, and never for a reply that may be cut: no more than the last brace may be missing.
"""

import ast
import html
import json
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress

Data = dict[str, object]

_TRIES = 50
"""Opening braces from which an object is looked for. A reply needs one or two."""

_WRAPPING = ("arguments", "parameters")
"""Argument names under which an unrequested function call has the answer."""

_WRAPPERS = 3
"""Strings and objects around an object that are looked into."""

_LONGEST_REPAIR = 400_000
"""Characters: what is longer is no slip of the pen."""

_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
_ESCAPE = re.compile(r'(\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))|\\')
_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/|(?<=[\s,{\[])#[^\n]*', re.DOTALL)
_OPENING_QUOTE = re.compile(r"(?<=[{\[,:])(\s*)[\u201c\u201d\u201e\u201f\u00ab]")
_CLOSING_QUOTE = re.compile(r"[\u201c\u201d\u201f\u00bb](?=\s*[,:}\]])")
_WIDE = re.compile(
    r'("(?:[^"\\]|\\.)*"|\u201c[^\u201c\u201d]*\u201d)|([\uff1a\uff0c\uff5b\uff5d\uff3b\uff3d])', re.DOTALL
)
_NARROW = str.maketrans("\uff1a\uff0c\uff5b\uff5d\uff3b\uff3d", ":,{}[]")
"""Punctuation as East Asian keyboards write it, outside of strings."""
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_FENCE_END = re.compile(r"\s*```[^`{}\"]*\Z")
_WHOLE_VALUE = re.compile(
    r"(?:[}\]]|[:\[,]\s*(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[\u201c\u201d\u2018\u2019][^\u201d\u2019]*[\u201d\u2019]"
    r"|-?\d[\d.eE+-]*|[tT]rue|[fF]alse|null|None))\Z"
)
"""The end of a text after a value, and not after a key that has none."""

_DECODER = json.JSONDecoder(strict=False)


def find(text: str, fields: Collection[str]) -> Data | None:
    """Return the first object that holds most of these fields, at least one; else None."""
    named = sum(field in text for field in fields)
    best, most = None, 0
    for candidate in _readings(text):
        for found in candidate:
            held = sum(field in found for field in fields)
            if held > most:
                best, most = found, held
        if most and most >= named:
            break
    return best


def _readings(text: str) -> Iterator[list[Data]]:
    """Yield the objects in a text, read in ever more tolerant ways."""
    yield list(_objects(text))
    mended = _mended(text)
    yield list(_objects(mended))
    uncommented = _mended(_COMMENT.sub(lambda match: match[1] or "", text))
    if uncommented != mended:
        yield list(_objects(uncommented))
    narrow = _WIDE.sub(lambda match: match[1] or match[2].translate(_NARROW), uncommented)
    straight = _CLOSING_QUOTE.sub('"', _OPENING_QUOTE.sub(r'\1"', narrow))
    if straight != uncommented:
        yield list(_objects(straight))
    if "&quot;" in text and '"' not in text:
        yield list(_objects(_mended(html.unescape(text))))
    yield list(_python(text))
    yield list(_repaired(text))


def _objects(text: str, depth: int = 0) -> Iterator[Data]:
    """Yield the outermost objects in a text and, where one only wraps another, that one too."""
    if text.lstrip()[:1] == '"':
        with suppress(ValueError, RecursionError):
            value, _end = _DECODER.raw_decode(text.lstrip())
            yield from _unwrapped(value, depth)
    at, tries = text.find("{"), 0
    while at >= 0 and tries < _TRIES:
        tries += 1
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            yield from _unwrapped(value, depth)
        at = text.find("{", end)


def _unwrapped(value: object, depth: int) -> Iterator[Data]:
    """Yield an object, and what it or a string only wraps."""
    while isinstance(value, Mapping):
        yield dict(value)
        wrapped = next((value[name] for name in _WRAPPING if name in value), None)
        value = next(iter(value.values())) if len(value) == 1 else wrapped
    if isinstance(value, str) and "{" in value and depth < _WRAPPERS:
        yield from _objects(value, depth + 1)
        yield from _objects(_mended(value), depth + 1)


def _mended(text: str) -> str:
    text = _ESCAPE.sub(lambda match: match[1] or r"\\", text)
    return _TRAILING_COMMA.sub(lambda match: match[1] or "", text)


def _python(text: str) -> Iterator[Data]:
    """Yield a dictionary as Python prints it."""
    begin, end = text.find("{"), text.rfind("}")
    if 0 <= begin < end <= _LONGEST_REPAIR:
        with suppress(ValueError, SyntaxError, RecursionError, MemoryError):
            value = ast.literal_eval(text[begin : end + 1])
            if isinstance(value, dict):
                yield {str(key): part for key, part in value.items()}


def _repaired(text: str) -> Iterator[Data]:
    begin = text.find("{")
    body = _FENCE_END.sub("", text[begin:].rstrip()) if begin >= 0 else ""
    if not body or len(body) > _LONGEST_REPAIR:
        return
    closed = body[: body.rfind("}") + 1]
    if not closed or _missing(closed) != 0:
        closed = body if _missing(body) == 1 and _WHOLE_VALUE.search(body) else ""
    if closed:
        import json_repair

        with suppress(ValueError, RecursionError):
            value = json_repair.loads(closed, skip_json_loads=True)
            yield from (part for part in _listed(value) if isinstance(part, dict))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _missing(text: str) -> int | None:
    """Closing braces that a text lacks; None where it breaks off inside a string or a list."""
    bare = _STRING.sub("0", text)
    if '"' in bare or bare.count("[") != bare.count("]"):
        return None
    return bare.count("{") - bare.count("}")
