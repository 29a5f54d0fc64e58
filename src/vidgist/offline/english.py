"""Word lists and patterns of English speech, read from english.toml, which says what each is for."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("vidgist.offline") / "english.toml").read_text(encoding="utf-8"))


def words(name: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(_tables()["words"][name].split())


def _parted(text: str) -> list[str]:
    return [" ".join(one.split()) for one in text.split("/")]


def phrases(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases of a list, each as its words."""
    return tuple(tuple(phrase.split()) for phrase in _parted(_tables()["phrases"][name]))


def pattern(name: str) -> re.Pattern[str]:
    """Return what matches any line of a list of patterns. A name in angle brackets stands for alternatives."""
    joined = "|".join(_tables()["patterns"][name].split("\n")[:-1])
    for fragment, text in _tables()["fragments"].items():
        joined = joined.replace(f"<{fragment}>", f"(?:{'|'.join(_parted(text))})")
    return re.compile(joined)


def facets() -> dict[str, tuple[str, str]]:
    """Return for each facet of a thing, which is a pattern's name too, how a sentence and how an edge tell it."""
    return {name: (frame, edge) for name, (frame, edge) in _tables()["facets"].items()}


_DOUBLING = re.compile(r"^[^aeiou]+[aeiou][^aeiouwxhy]$|(?:[^aeiou][oe]l|mit|fer|run|set|get|put|cur|plan)$")
"""Verbs whose last letter stands twice before an ending that begins with a vowel."""


def bent(verb: str, ending: str) -> str:
    """Return a verb's base form with a regular ending, -ed or -ing."""
    if ending == "ed" and verb.endswith("y") and verb[-2:-1] not in tuple("aeou"):
        return verb[:-1] + "ied"
    if verb.endswith("e") and (ending == "ed" or not verb.endswith(("ee", "oe", "ye"))):
        return verb[:-1] + ending
    doubled = _DOUBLING.search(verb)
    return f"{verb}{verb[-1] if doubled else ''}{ending}"


OPENERS, FILLERS = words("openers"), words("fillers")
CHATTER = OPENERS | FILLERS | words("idle")
