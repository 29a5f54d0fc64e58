"""Plain data out of what a language model wrote, however it wrapped it. Pure; knows no field's meaning.

What `vidgist.text.loose_json` finds in it is read; what stays unreadable is None.
"""

import re
from collections.abc import Collection, Mapping

from vidgist.text import loose_json, thoughts
from vidgist.text.loose_json import Data

_STEERING = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours and cursor moves of a terminal (ECMA-48, 5.4)
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]{0,2000}(?:\x07|\x1b\\|\x9c)"  # titles and links of a terminal (8.3.89)
    r"|[\u202a-\u202e\u2066-\u2069]"  # overrides of the writing direction (Unicode annex 9)
)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def document(text: str, fields: Collection[str]) -> Data | None:
    """Return the first JSON object in a reply that holds most of these fields, at least one; else None."""
    found = loose_json.find(without_thoughts(text), fields) or loose_json.find(text, fields)
    if found is None:
        return None
    try:
        return _clean_object(found)
    except RecursionError:  # nested hundreds deep: no field of ours is
        return None


def without_thoughts(text: str) -> str:
    """Return a reply without the reasoning that some models write before it."""
    return thoughts.parted(text)[0]


def printable(text: str) -> str:
    """Drop what steers a terminal or the reading, and what no file takes: lone surrogates."""
    return _UNPRINTABLE.sub(" ", _STEERING.sub("", text))


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
    """Return the four sections of a record in a Markdown reply, by the fields of a draft; None where there
    are none.

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
