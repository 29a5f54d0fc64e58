"""Bounds of a JSON schema, so that the longest reply that it allows fits its room. Pure.

A small model that is held to a schema alone may go on, within one text, until its room is used up, and leaves
a torn reply. Held to bounds as well it comes to an end. They cut sentences, so they serve
only where a reply was cut already.
"""

from collections.abc import Callable, Mapping
from functools import partial

Schema = dict[str, object]

_TEXT, _SHORT = 400, 120
"""Characters: of a text that has no bound of its own; what a longer one keeps in any room."""

_STEPS = 20
"""Shares of the bounds that are tried, from the whole down."""

_CHARACTERS = 3
"""Of a token, in a small vocabulary."""

_KEY, _ENTRY = 6, 4
"""Tokens around a field's value with its key, and around an entry, indentation included."""


def free(schema: Mapping[str, object]) -> Schema:
    """Drop the bounds of texts, which not every strict server takes."""
    return _mapped(schema, lambda part: {key: value for key, value in part.items() if key != "maxLength"})


def fitting(schema: Mapping[str, object], tokens: int) -> Schema:
    """Set bounds of texts and of lists: the widest with which the longest reply takes at most ``tokens``.

    Texts are shortened before a list is. No list goes below its least entries and no text below a sentence,
    also where that is more.
    """
    for change in (_shorter, _fewer):
        for step in range(_STEPS, 0, -1):
            bounded = _mapped(schema, partial(change, step))
            if longest(bounded) <= tokens:
                return bounded
    return _mapped(schema, partial(_fewer, 0))


def longest(schema: Mapping[str, object]) -> int:
    """Return tokens of the longest reply that a bounded schema allows, in Latin script and indented."""
    properties, items = schema.get("properties"), schema.get("items")
    if isinstance(properties, dict):
        return _ENTRY + sum(_KEY + longest(part) for part in properties.values())
    if isinstance(items, dict):
        return _ENTRY + _number(schema, "maxItems", 1) * (_ENTRY + longest(items))
    return 1 + _number(schema, "maxLength", _CHARACTERS) // _CHARACTERS


def _mapped(schema: Mapping[str, object], change: Callable[[Schema], Schema]) -> Schema:
    """Return the schema with each part changed, inner ones first."""
    part = dict(schema)
    properties, items = part.get("properties"), part.get("items")
    if isinstance(properties, dict):
        part["properties"] = {key: _mapped(value, change) for key, value in properties.items()}
    if isinstance(items, dict):
        part["items"] = _mapped(items, change)
    return change(part)


def _shorter(step: int, part: Schema) -> Schema:
    """Return the part with a bound on its text."""
    if part.get("type") == "string" and "enum" not in part:
        most = _number(part, "maxLength", _TEXT)
        return {**part, "maxLength": max(min(most, _SHORT), most * step // _STEPS)}
    return part


def _fewer(step: int, part: Schema) -> Schema:
    """Return the part with its text as short as can be and a bound on its list."""
    if "maxItems" in part:
        most, least = _number(part, "maxItems", 1), _number(part, "minItems", 0)
        return {**part, "maxItems": max(least, 1, most * step // _STEPS)}
    return _shorter(0, part)


def _number(part: Mapping[str, object], key: str, otherwise: int) -> int:
    value = part.get(key)
    return value if isinstance(value, int) else otherwise
