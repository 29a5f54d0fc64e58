"""The schema that a model would gather from the shape told in its prompt."""

import json
import re
from typing import Any

from vidgist.llm import schemas

EXTRAS = ("outline", "overview", "mentions", "figures", "questions")

_OURS = (schemas.summary(extras=EXTRAS), schemas.notes(), schemas.summary(extras=("overview",)))
"""What shipped prompts show in words of their own."""

_BOUNDS = re.compile(r"(?:(\d+)(?: to (\d+)| or more)?|any number) of ")
_WORD = re.compile(r"str|int|number|true or false|null|any")
_TYPES = {"str": "string", "int": "integer", "true or false": "boolean"}


def find(prompt: str) -> dict[str, Any] | None:
    """The schema of the first outline in a prompt, or the one whose keys it shows; None where there is none."""
    for match in re.finditer(r'\{"', prompt):
        try:
            found, _ = _value(prompt, match.start())
        except ValueError:
            continue
        return found
    return next((schema for schema in _OURS if all(f'"{key}"' in prompt for key in _keys(schema))), None)


def _keys(schema: dict[str, Any]) -> list[str]:
    properties = schema.get("properties", {})
    parts = [*properties.values(), *([schema["items"]] if "items" in schema else [])]
    return [*properties, *(key for part in parts for key in _keys(part))]


def _value(text: str, at: int) -> tuple[dict[str, Any], int]:
    if text[at] == "{":
        return _object(text, at + 1)
    if text[at] == "[":
        return _list(text, at + 1)
    if word := _WORD.match(text, at):
        return {"type": _TYPES.get(word[0], word[0])}, word.end()
    choices = []
    while True:
        choice, at = json.JSONDecoder().raw_decode(text, at)
        choices.append(choice)
        if not text.startswith(" | ", at):
            return {"enum": choices}, at
        at += len(" | ")


def _object(text: str, at: int) -> tuple[dict[str, Any], int]:
    properties: dict[str, Any] = {}
    while text[at] != "}":
        key, at = json.JSONDecoder().raw_decode(text, at)
        properties[key], at = _value(text, _after(text, at, ": "))
        at = at if text[at] == "}" else _after(text, at, ", ")
    return {"type": "object", "properties": properties, "required": list(properties)}, at + 1


def _list(text: str, at: int) -> tuple[dict[str, Any], int]:
    bounds = _BOUNDS.match(text, at)
    if bounds is None:
        raise ValueError("no bounds")
    items, at = _value(text, bounds.end())
    found: dict[str, Any] = {"type": "array", "items": items}
    if bounds[1]:
        found["minItems"] = int(bounds[1])
    if bounds[2]:
        found["maxItems"] = int(bounds[2])
    return found, _after(text, at, "]")


def _after(text: str, at: int, mark: str) -> int:
    if not text.startswith(mark, at):
        raise ValueError(f"no {mark!r} at {at}")
    return at + len(mark)
