"""Foreign text in Markdown without effect: for CommonMark, GitHub, Obsidian and VS Code at once. Pure.

Backslashes where every reader knows them, numeric entities where one does not: Obsidian's comments, marks and
block ids, mathematics, the colon of an address, which would become a link by itself, and what plug-ins of
Obsidian look for in the file as it stands, code or not: templates, queries, inline fields.
"""

import re

_BACKSLASHED = "\\*_[]~|#"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL = re.compile(
    r"[\\`*_\[\]~|#&<>$^{}@]"
    r"|%(?=%)|(?<=%)%|=(?==)|(?<==)="
    r"|:(?=[:/])|(?<=[wW]{3})\."
)
_LINE_START = re.compile(r"(?P<mark>[-+=])|(?P<number>\d{1,9})(?P<after>[.)])")
_PROSE = re.compile(
    r"(?P<heading>#{1,6}) +(?P<title>.*)|(?P<item> *(?:[-*+]|\d{1,9}[.)]) +)(?P<entry>.*)|(?P<line>.*)"
)


def escape(text: str, keep: str = "") -> str:
    """Return one line of foreign text, fit to stand anywhere but at the start of a line; ``keep`` has its
    effect.
    """
    return _SPECIAL.sub(lambda match: match[0] if match[0] in keep else _without_effect(match[0]), text)


def paragraph(text: str, keep: str = "") -> str:
    """Return one line of foreign text as a paragraph of its own."""
    return (
        _LINE_START.sub(_without_start, escape(text, keep), count=1)
        if _LINE_START.match(text)
        else (escape(text, keep))
    )


def prose(text: str, level: int) -> str:
    """Return a model's free text: its headings (from ``level`` down), lists and emphasis stay, nothing else
    acts.
    """
    lines = []
    for line in text.split("\n"):
        match = _PROSE.fullmatch(line.rstrip())
        assert match is not None, "the last alternative matches any line"
        if match["heading"]:
            depth = min(6, max(level, len(match["heading"])))
            lines.append(f"{'#' * depth} {escape(match['title'], '*_')}")
        elif match["item"]:
            lines.append(match["item"] + paragraph(match["entry"], "*_"))
        else:
            lines.append(paragraph(match["line"].strip(), "*_"))
    return "\n".join(lines)


def _without_effect(character: str) -> str:
    if character in _BACKSLASHED:
        return f"\\{character}"
    return _ENTITIES.get(character, f"&#{ord(character)};")


def _without_start(match: re.Match[str]) -> str:
    return f"\\{match['mark']}" if match["mark"] else f"{match['number']}\\{match['after']}"
