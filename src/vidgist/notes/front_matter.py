"""Reads the YAML properties at the head of a Markdown file: every value as the text that stands there. Pure.

No type is guessed, so that ``length: 1:04`` stays ``1:04`` after another program has rewritten the block.
"""

import re
from collections.abc import Mapping

import yaml

MOST_CHARACTERS = 65_536
"""A longer block is no list of properties."""

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<block>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)

Properties = Mapping[str, str | tuple[str, ...]]


def split(text: str) -> tuple[Properties, str]:
    """Return the properties and the text behind them; none where there is no block,
    or none that can be read.
    """
    match = _BLOCK.match(text[: 2 * MOST_CHARACTERS])
    if match is None:
        return {}, text
    return _read(match["block"]), text[match.end() :]


def _read(block: str) -> Properties:
    if len(block) > MOST_CHARACTERS:
        return {}
    try:
        found = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 (builds nothing but text, lists and maps)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: value for key, one in found.items() if isinstance(key, str) and (value := _value(one))}


def _value(value: object) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return value
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ""
