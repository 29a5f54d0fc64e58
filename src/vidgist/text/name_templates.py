"""Names of notes by a person's template: ``{channel}/{published} {title}``. Pure.

For every title, the result is a path below the notes folder that every file system and Obsidian
take: no folder is hidden or begins with ``_``, no name is reserved on Windows, and no character is in it that
ends a link. What is not known leaves no gap: its folder is left out, and so are the signs around it.
"""

import difflib
import re
import unicodedata
from collections.abc import Mapping

from vidgist.text import filenames

FIELDS = (
    "id", "title", "slug", "channel", "author", "playlist", "playlist_index", "published", "year", "month",
    "day", "language", "source",
)  # fmt: skip
"""All that can stand in a template. ``published`` is a day, ``slug`` the title with hyphens."""

TELLING = ("id", "title", "slug")
"""One of them is needed: the others are the same for many videos."""

MOST_FOLDERS = 4
MOST_CHARACTERS = 200
"""Of a template."""

FOLDER_CHARACTERS, FOLDER_BYTES = 60, 120
NAME_CHARACTERS, NAME_BYTES = 120, 190

_FIELD = re.compile(r"\{(?P<name>\w*)(?::0?(?P<width>\d))?\}")
_NOT_IN_NAMES = re.compile(r'[\\<>"|?*#^\[\]{}%`$]')
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]")
_LOOSE = re.compile(r"(?:\s+[-–—_,;·](?=\s)){2,}|_{2,}")
_JOINERS = "\u200c\u200d"
"""Without which words of some scripts, and some pictures, would be others."""

_ENDS = " -–—_,;·."


def fault(template: str) -> str:
    """Return what is wrong with a template; empty where nothing is."""
    segments = template.split("/")
    problems = {
        f"{MOST_CHARACTERS} characters at most": len(template) > MOST_CHARACTERS,
        "folders are set apart by /": "\\" in template,
        "no control character can be in it": any(unicodedata.category(one)[0] == "C" for one in template),
        "a folder without a name": any(not segment.strip(" .") for segment in segments),
        f"{MOST_FOLDERS} folders at most": len(segments) > MOST_FOLDERS + 1,
    }
    wrong = next((problem for problem, is_so in problems.items() if is_so), "")
    return wrong or _fault_of_fields(template, _fields(segments[-1]))


def _fault_of_fields(template: str, of_name: list[str]) -> str:
    unknown = next((name for name in _fields(template) if name not in FIELDS), None)
    if unknown is not None:
        near = difflib.get_close_matches(unknown, FIELDS, n=1)
        meant = f"{{{near[0]}}} is meant?" if near else f"known are {', '.join(FIELDS)}"
        return f"no field is called {{{unknown}}}; {meant}"
    if re.search(r"[{}]", _FIELD.sub("", template)):
        return "a field is written {title} or {playlist_index:3}"
    if not any(name in TELLING for name in of_name):
        return f"the name needs one of {', '.join(f'{{{name}}}' for name in TELLING)}"
    return ""


def _fields(text: str) -> list[str]:
    return [found["name"] for found in _FIELD.finditer(text)]


def fill(template: str, values: Mapping[str, str], otherwise: str) -> str:
    """Return the path of a note below its folder, with ``/``, without suffix.

    ``values`` by the names of the fields, empty where not known; ``otherwise`` is the name where the template
    leaves none.
    """
    *folders, name = template.split("/")
    below = [_segment(_filled(one, values), FOLDER_CHARACTERS, FOLDER_BYTES, folder=True) for one in folders]
    stem = _segment(_filled(name, values), NAME_CHARACTERS, NAME_BYTES, folder=False)
    return "/".join((*filter(None, below), stem or otherwise))


def _filled(segment: str, values: Mapping[str, str]) -> str:
    """Return the segment with its fields; empty where none of them is known."""
    known = [values.get(found["name"], "") for found in _FIELD.finditer(segment)]
    if known and not any(map(_readable, known)):
        return ""

    def value(found: re.Match[str]) -> str:
        value = _readable(values.get(found["name"], ""))
        return value.zfill(int(found["width"])) if value and found["width"] else value

    text = _EMPTY_BRACKETS.sub("", _FIELD.sub(value, segment))
    if not all(map(_readable, known)):
        text = _LOOSE.sub(_one_of, text)
        text = text.strip(_ENDS)
    return text


def _one_of(signs: re.Match[str]) -> str:
    """Return the first of several signs that stand side by side."""
    return "_" if signs[0][0] == "_" else f" {signs[0].strip()[0]}"


def _readable(value: str) -> str:
    """Return a value on one line without what a file name or a link cannot hold."""
    text = unicodedata.normalize("NFC", value)
    text = re.sub(r"\s*:\s+", " - ", text).replace(":", "-").replace("/", "-")
    text = "".join(
        one if one in _JOINERS or unicodedata.category(one)[0] not in "CZ" else " " for one in text
    )
    return " ".join(_NOT_IN_NAMES.sub(" ", text).split())


def _segment(text: str, characters: int, size: int, *, folder: bool) -> str:
    """Return one part of the path within its bounds; empty where nothing of it can stand."""
    safe = re.sub(r"[:/]", "-", unicodedata.normalize("NFC", text))
    safe = " ".join(_NOT_IN_NAMES.sub(" ", safe).split())
    safe = safe.strip(f" ._{_JOINERS}" if folder else f" .{_JOINERS}")
    safe = filenames.cut(safe, characters, size).strip(f" .{_JOINERS}")
    if not any(unicodedata.category(one) == "So" or unicodedata.category(one)[0] in "LN" for one in safe):
        return ""
    first, dot, rest = safe.partition(".")
    return f"{first.rstrip()}_{dot}{rest}" if filenames.is_reserved(safe) else safe
