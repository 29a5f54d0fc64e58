"""A JSON schema described to a model in few words: the shape that a reply must have. Pure.

Written out, the schema of a summary takes a model more tokens to read than its instructions do.
"""

import json
from collections.abc import Iterator, Mapping

_NAMES = {"string": "str", "integer": "int", "number": "number", "boolean": "true or false", "null": "null"}


def outline(schema: Mapping[str, object]) -> str:
    """Return the shape on one line: ``{"ideas": [3 to 8 of {"label": str, "kind": "a" | "b"}]}``.

    Keys, types, choices and the bounds of lists are kept, all else is left out. What is no object, list,
    choice or plain type, such as a reference, stands as its own JSON.
    """
    choices = schema.get("enum")
    if isinstance(choices, list):
        return " | ".join(_json(choice) for choice in choices)
    kind = schema.get("type")
    if kind == "object":
        return _object(schema)
    if kind == "array":
        items = schema.get("items")
        return f"[{_count(schema)}{outline(items) if isinstance(items, dict) else 'any'}]"
    name = _NAMES.get(kind) if isinstance(kind, str) else None
    return name or _json(schema)


def is_shown(schema: Mapping[str, object], text: str) -> bool:
    """Return whether a text shows the shape already: each key of the schema,
    however deep, stands in quotes.
    """
    return all(_json(key) in text for key in _keys(schema))


def _keys(schema: Mapping[str, object]) -> Iterator[str]:
    properties, items = schema.get("properties"), schema.get("items")
    parts = [items]
    if isinstance(properties, dict):
        yield from properties
        parts += properties.values()
    for part in parts:
        if isinstance(part, dict):
            yield from _keys(part)


def _object(schema: Mapping[str, object]) -> str:
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return "{}"
    return "{" + ", ".join(f"{_json(key)}: {outline(value)}" for key, value in properties.items()) + "}"


def _count(schema: Mapping[str, object]) -> str:
    low, high = schema.get("minItems", 0), schema.get("maxItems")
    if high is None:
        return f"{low} or more of " if low else "any number of "
    return f"{low} of " if low == high else f"{low} to {high} of "


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
