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


OPENERS, FILLERS = words("openers"), words("fillers")
CHATTER = OPENERS | FILLERS | words("idle")
