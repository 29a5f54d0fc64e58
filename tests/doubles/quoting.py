"""Makes the double of a server a model that quotes well: one call a document, as a good model takes."""

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

from tests.doubles import answers

WORDS = 12
"""Of a quote."""

_MATERIAL = re.compile(r"<(transcript|notes)-[0-9a-f]{8}>\n(.*)\n</\1-", re.DOTALL)
_NOTED = re.compile(r'^  "(.*)"$', re.MULTILINE)


def quoting(prompt: str, _: dict[str, Any] | None, answer: str) -> str:
    """The answer with each of its quotes, and what stands on it, made of words from all over the material."""
    document = json.loads(answer)
    _quote(document, itertools.cycle(_quotes(prompt)))
    return json.dumps(document, ensure_ascii=False)


def _quotes(prompt: str) -> list[str]:
    found = _MATERIAL.search(prompt)
    noted = _NOTED.findall(found[2]) if found and found[1] == "notes" else []
    if noted:
        return [str(quote) for quote in noted]
    words = (found[2] if found else prompt).split()
    last = max(1, len(words) - WORDS)
    return [" ".join(words[at : at + WORDS]) for at in range(0, last, max(1, last // 25))]


def _quote(value: object, quotes: Iterator[str]) -> None:
    if isinstance(value, list):
        for member in value:
            _quote(member, quotes)
    elif isinstance(value, dict):
        for name, member in value.items():
            if name == "quotes" and not any(isinstance(part, dict) for part in member):
                value[name] = [next(quotes)]
            elif name == "quote":
                value[name] = next(quotes)
            else:
                _quote(member, quotes)
        value.update(answers.honest(value))
