"""Outlines: the shape of a reply in few words."""

import json

import pytest

from tests.doubles import outlines
from vidgist.engines import _outlines
from vidgist.llm import schemas
from vidgist.text import tokens

STR: dict[str, object] = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"type": "string"}, "str"),
        ({"type": "integer"}, "int"),
        ({"type": "number"}, "number"),
        ({"type": "boolean"}, "true or false"),
        ({"type": "null"}, "null"),
        ({"type": "string", "enum": ["LR", 'a"b']}, '"LR" | "a\\"b"'),
        ({"type": "array", "items": STR}, "[any number of str]"),
        ({"type": "array", "items": STR, "minItems": 3}, "[3 or more of str]"),
        ({"type": "array", "items": STR, "maxItems": 6}, "[0 to 6 of str]"),
        ({"type": "array", "items": STR, "minItems": 2, "maxItems": 2}, "[2 of str]"),
        ({"type": "array", "minItems": 1, "maxItems": 2}, "[1 to 2 of any]"),
        ({"type": "object"}, "{}"),
        ({"type": "object", "properties": {"à": STR, "b": {"type": "object"}}}, '{"à": str, "b": {}}'),
        ({"$ref": "#/x"}, '{"$ref":"#/x"}'),
        ({"type": ["string", "null"]}, '{"type":["string","null"]}'),
    ],
)
def test_what_a_schema_comes_to(schema: dict[str, object], told: str) -> None:
    assert _outlines.outline(schema) == told


@pytest.mark.parametrize("schema", [schemas.summary(), schemas.notes(), schemas.corrections()])
def test_keys_types_choices_and_bounds_are_all_told(schema: dict[str, object]) -> None:
    assert outlines.find(f"Reply so: {_outlines.outline(schema)} Please.") == _bare(schema)


def test_an_outline_is_far_shorter_than_its_schema() -> None:
    told = tokens.estimate(_outlines.outline(schemas.summary()))
    assert told < 0.35 * tokens.estimate(json.dumps(schemas.summary(), separators=(",", ":")))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"quotes": [{"number", "quote", "label", "text"}]}', True),
        ('{"quotes": [{"number", "quotes"}]}', False),
        ("quotes, a list of number and quote", False),
    ],
)
def test_a_text_shows_a_shape_where_it_quotes_each_key(text: str, shown: bool) -> None:
    assert _outlines.is_shown(schemas.corrections(), text) is shown


def _bare(schema: dict[str, object]) -> object:
    """A schema without what an outline leaves out."""
    if "enum" in schema:
        return {"enum": schema["enum"]}
    kept = {key: value for key, value in schema.items() if key not in ("additionalProperties", "maxLength")}
    if isinstance(properties := kept.get("properties"), dict):
        kept["properties"] = {key: _bare(value) for key, value in properties.items()}
    if isinstance(items := kept.get("items"), dict):
        kept["items"] = _bare(items)
    return kept
