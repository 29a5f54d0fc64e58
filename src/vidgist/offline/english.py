"""Word lists and patterns of English speech, read from english.toml, which says what each is for."""

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("vidgist.offline") / "english.toml").read_text(encoding="utf-8"))


def words(name: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(_tables()["words"][name].split())


def _parted(text: str) -> list[str]:
    return [" ".join(one.split()) for one in text.split("/")]


def phrases(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases of a list, each as its words."""
    return tuple(tuple(phrase.split()) for phrase in _parted(_tables()["phrases"][name]))


def table(name: str) -> dict[str, str]:
    """Return a table of names and their texts."""
    return _tables()[name]


def pattern(name: str) -> re.Pattern[str]:
    """Return what matches any line of a list of patterns. A name in angle brackets stands for alternatives."""
    joined = "|".join(_tables()["patterns"][name].split("\n")[:-1])
    for fragment, text in _tables()["fragments"].items():
        joined = joined.replace(f"<{fragment}>", f"(?:{'|'.join(_parted(text))})")
    return re.compile(joined)


OPENERS, FILLERS = words("openers"), words("fillers")
CHATTER = OPENERS | FILLERS | words("idle")
