"""Plain data out of what a language model wrote, however it wrapped it. Pure; knows no field's meaning.

Models put JSON into code fences, prose and after their thoughts, leave commas before a closing bracket and
write escapes that JSON has not. All of that is read. What stays unreadable is None.
"""

import json
import re
from collections.abc import Collection, Mapping

Data = dict[str, object]

_TRIES = 50
"""Opening braces from which an object is looked for. A reply needs one or two."""

_STEERING = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours and cursor moves of a terminal (ECMA-48, 5.4)
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]{0,2000}(?:\x07|\x1b\\|\x9c)"  # titles and links of a terminal (8.3.89)
    r"|[\u202a-\u202e\u2066-\u2069]"  # overrides of the writing direction (Unicode annex 9)
)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
_ESCAPE = re.compile(r'(\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))|\\')
_THOUGHT = re.compile(r"\A\s*<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_END_OF_THOUGHT = re.compile(r"</(?:think|thinking|reasoning)>", re.IGNORECASE)

_DECODER = json.JSONDecoder(strict=False)


def document(text: str, fields: Collection[str]) -> Data | None:
    """The first JSON object in a reply that holds most of these fields, at least one; else None."""
    spoken = without_thoughts(text)
    for candidate in (spoken, _mended(spoken), text, _mended(text)):
        found = _objects(candidate)
        held = [sum(field in data for field in fields) for data in found]
        if any(held):
            try:
                return _clean_object(found[held.index(max(held))])
            except RecursionError:  # nested hundreds deep: no field of ours is
                return None
    return None


def without_thoughts(text: str) -> str:
    """A reply without the reasoning that some models write before it."""
    text = _THOUGHT.sub("", text)
    parts = _END_OF_THOUGHT.split(text, maxsplit=1)  # some servers leave only the closing tag
    return parts[-1].strip() or text.strip()


def printable(text: str) -> str:
    """Without what steers a terminal or the reading, and without what no file takes: lone surrogates."""
    return _UNPRINTABLE.sub(" ", _STEERING.sub("", text))


def _objects(text: str) -> list[Data]:
    """The outermost objects in a text and, where one only wraps another, that one too."""
    found: list[Data] = []
    at, tries = text.find("{"), 0
    while at >= 0 and tries < _TRIES:
        tries += 1
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            while isinstance(value, dict):
                found.append(value)
                value = next(iter(value.values())) if len(value) == 1 else None
        at = text.find("{", end)
    return found


def _mended(text: str) -> str:
    text = _ESCAPE.sub(lambda match: match[1] or r"\\", text)
    return _TRAILING_COMMA.sub(lambda match: match[1] or "", text)


def _clean_object(data: Mapping[str, object]) -> Data:
    return {printable(str(key)): _clean(value) for key, value in data.items()}


def _clean(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return _clean_object(value)
    if isinstance(value, list):
        return [_clean(part) for part in value]
    return value


_HEADING = re.compile(r"[\s#>*_\-IVXivx\d.()]*(core ideas|conclusion|overarching framework|concept\w* map)\b")
_HEADING_CHARACTERS = 80
_BULLET = re.compile(r"\s*(?:[*+•-]|\d+[.)])\s+(?P<body>.+)")
_LABELLED = re.compile(
    r"(?:\*\*|__)(?P<bold>[^*_]+?):?(?:\*\*|__):?\s*(?P<rest>.*)|(?P<plain>[^:]{1,80}):\s+(?P<text>.*)"
)
_DIAGRAM = re.compile(
    r"<mermaid_diagram>(?P<tag>.*?)(?:</mermaid_diagram>|\Z)|```mermaid\s*\n(?P<fence>.*?)(?:```|\Z)",
    re.DOTALL | re.IGNORECASE,
)


def sections(text: str) -> Data | None:
    """The four sections of a record in a Markdown reply, by the fields of a draft; None where there are none.

    Needs the English headings. A line that begins with ``>`` below a bullet is a quote of it.
    """
    text = printable(without_thoughts(text))
    diagram = _DIAGRAM.search(text)
    found = _by_heading(_DIAGRAM.sub("", text))
    if "core ideas" not in found:
        return None
    data: Data = {"core_ideas": _bullets(found["core ideas"])}
    for point in _bullets(found.get("conclusion", [])):
        name = str(point["label"]).casefold()
        data.setdefault("core_point" if "core" in name else "fundamental_point", point)
    data["framework"] = "\n".join(found.get("overarching framework", [])).strip()
    if diagram:
        data["concept_map"] = diagram["tag"] or diagram["fence"]
    return data


def _by_heading(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.split("\n"):
        heading = _HEADING.match(line.casefold()) if len(line) <= _HEADING_CHARACTERS else None
        if heading:
            lines = found.setdefault(heading[1], [])
        else:
            lines.append(line)
    return found


def _bullets(lines: list[str]) -> list[Data]:
    found: list[Data] = []
    quotes: list[str] = []
    for line in lines:
        bullet = _BULLET.fullmatch(line)
        labelled = _LABELLED.fullmatch(bullet["body"].strip()) if bullet else None
        if labelled:
            quotes = []
            label, body = labelled["bold"] or labelled["plain"], labelled["rest"] or labelled["text"] or ""
            found.append({"label": label, "text": body, "quotes": quotes})
        elif line.strip().startswith(">"):
            quotes.append(line.strip(" >"))
    return found
