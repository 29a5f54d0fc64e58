import json
from itertools import pairwise
from typing import Any

import pytest

from vidgist.engines import _bounds
from vidgist.llm import drafts, schemas
from vidgist.text import tokens

SCHEMAS = [schemas.summary(), schemas.notes(), schemas.corrections()]
STR: dict[str, object] = {"type": "string"}


def largest(schema: dict[str, Any]) -> object:
    """The longest value that a bounded schema allows."""
    if "enum" in schema:
        return max(schema["enum"], key=len)
    if schema["type"] == "object":
        return {key: largest(part) for key, part in schema["properties"].items()}
    if schema["type"] == "array":
        return [largest(schema["items"])] * schema["maxItems"]
    return 10**9 if schema["type"] == "integer" else ("word " * schema["maxLength"])[: schema["maxLength"]]


def sizes(schema: dict[str, Any]) -> list[int]:
    """All bounds of a schema, in its order."""
    inner = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    here = [schema[key] for key in ("maxItems", "maxLength") if key in schema]
    return here + [size for part in inner for size in sizes(part)]


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize("room", [1_200, 2_000, 2_730, 4_000])
def test_the_longest_reply_fits(schema: dict[str, object], room: int) -> None:
    bounded = _bounds.fitting(schema, room)
    assert _bounds.longest(bounded) <= room
    assert tokens.estimate(json.dumps(largest(bounded), indent=2)) <= _bounds.longest(bounded)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_more_room_never_means_narrower_bounds(schema: dict[str, object]) -> None:
    found = [sizes(_bounds.fitting(schema, room)) for room in range(0, 16_000, 250)]
    for narrow, wide in pairwise(found):
        assert all(less <= more for less, more in zip(narrow, wide, strict=True))
    assert found[0] != found[-1] == sizes(schema)


def test_what_a_reply_cannot_do_without_stays() -> None:
    bounded: dict[str, Any] = _bounds.fitting(schemas.summary(), 0)
    ideas = bounded["properties"]["core_ideas"]
    assert (ideas["minItems"], ideas["maxItems"]) == (1, 1)
    assert ideas["items"]["properties"]["text"]["maxLength"] == 120
    assert ideas["items"]["properties"]["label"]["maxLength"] == 60
    drafts.read(json.dumps(largest(bounded)), is_strict=False)


def test_a_text_without_a_bound_gets_one() -> None:
    assert _bounds.fitting(STR, 10_000)["maxLength"] == 400
    choice: dict[str, object] = {"type": "string", "enum": ["a", "b"]}
    assert _bounds.fitting(choice, 0) == choice
    endless: dict[str, object] = {"type": "array", "items": {"type": "integer"}}
    assert _bounds.fitting(endless, 0) == endless


def test_free_texts_have_no_bounds_and_lists_keep_theirs() -> None:
    named = {"type": "object", "properties": {"maxLength": {"type": "string", "maxLength": 9}}}
    assert _bounds.free(named) == {"type": "object", "properties": {"maxLength": STR}}
    for schema in SCHEMAS:
        said = json.dumps(_bounds.free(schema))
        assert "maxLength" not in said
        assert said.count("maxItems") == json.dumps(schema).count("maxItems")
