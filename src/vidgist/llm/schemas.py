"""The JSON schemas of what a model replies, in the form that strict servers take. Pure.

All required, nothing else allowed, no references, as not every server follows them. Quotes come before what
is said on their ground, groups before nodes and nodes before edges: models write fields in this order. Lists
are bounded, never below what the prompt asks for; the bounds of texts count only once a reply was cut.
"""

from collections.abc import Collection

from vidgist.llm import sizes
from vidgist.llm.sizes import Bounds, Size

Schema = dict[str, object]

QUOTES = 2
"""Quotes of a point that are asked for."""

TEXT_CHARACTERS = 400
"""That two sentences may take."""

LABEL_CHARACTERS = 60
"""That a label may take, once texts are bounded."""

_PARAGRAPH_CHARACTERS, _ID_CHARACTERS, _QUOTE_CHARACTERS = 800, 16, 240

_LEAST_IDEAS, _LEAST_NODES = 8, 20
"""What the longest lists are at least: a model that says more of a short talk is not cut off."""

KINDS = ("person", "organization", "work", "tool", "term")


def string(most: int) -> Schema:
    """Return a text of at most so many characters."""
    return {"type": "string", "maxLength": most}


QUOTE = string(_QUOTE_CHARACTERS)
"""Twice what 25 words take."""


def summary(size: Size = sizes.ANY, extras: Collection[str] = ()) -> Schema:
    """Return the schema of a summary with those extras, in their order before the map."""
    quotes, text = listed(QUOTE, (1, QUOTES)), string(TEXT_CHARACTERS)
    claim: dict[str, Schema] = {"quotes": quotes, "text": text}
    idea = {"quotes": quotes, "label": string(LABEL_CHARACTERS), "text": text}
    parts = _extras(size)
    before = {name: parts[name] for name in extras if name == "outline"}
    after = {name: parts[name] for name in extras if name != "outline"}
    return entry(
        {
            **before,
            "core_ideas": listed(entry(idea), _wide(size.ideas, _LEAST_IDEAS)),
            "core_point": entry(claim),
            "fundamental_point": entry(claim),
            "framework": string(_PARAGRAPH_CHARACTERS),
            **after,
            "concept_map": _map(_wide(size.nodes, _LEAST_NODES)),
        }
    )


def notes(most: int = sizes.MOST_NOTES) -> Schema:
    """Return the schema of notes on a part."""
    note = entry({"quote": QUOTE, "text": string(TEXT_CHARACTERS)})
    return entry({"notes": listed(note, (1, most))})


def shortened(most: int) -> Schema:
    """Return the schema of notes in fewer words, by number."""
    note = entry({"number": {"type": "integer"}, "text": string(TEXT_CHARACTERS)})
    return entry({"notes": listed(note, (1, most))})


def corrections(most: int = sizes.MOST_IDEAS + 2) -> Schema:
    """Return the schema of quotes and wordings given later, by number."""
    given: dict[str, Schema] = {
        "number": {"type": "integer"},
        "quote": QUOTE,
        "label": string(LABEL_CHARACTERS),
        "text": string(TEXT_CHARACTERS),
    }
    return entry({"quotes": listed(entry(given), (1, most))})


def _wide(bounds: Bounds, least: int) -> Bounds:
    """Return bounds that no reply misses for one entry more than was asked for."""
    return bounds[0], max(bounds[1], least)


def _map(nodes: Bounds) -> Schema:
    label, key = string(LABEL_CHARACTERS), string(_ID_CHARACTERS)
    node = {"id": key, "label": label, "shape": _one_of("box", "round", "decision"), "group": key}
    edge = {"source": key, "target": key, "label": label}
    low, high = nodes
    return entry(
        {
            "direction": _one_of("LR", "TB"),
            "groups": listed(entry({"id": key, "label": label}), (0, 6)),
            "nodes": listed(entry(node), (min(low, 3), high)),
            "edges": listed(entry(edge), (1, max(high + high // 2, 3))),
        }
    )


def _extras(size: Size) -> dict[str, Schema]:
    quote, text, short = QUOTE, string(TEXT_CHARACTERS), string(LABEL_CHARACTERS)
    statement = entry({"quote": quote, "text": text})
    return {
        "outline": listed(entry({"quote": quote, "title": short, "text": text}), size.outline),
        "overview": string(TEXT_CHARACTERS),
        "mentions": listed(
            entry({"name": short, "kind": _one_of(*KINDS), "text": text}), (0, sizes.MOST_MENTIONS)
        ),
        "figures": listed(statement, (0, sizes.MOST_FIGURES)),
        "questions": listed(statement, (0, sizes.MOST_QUESTIONS)),
        "decisions": listed(statement, (0, sizes.MOST_DECISIONS)),
        "tasks": listed(
            entry({"quote": quote, "text": text, "who": short, "due": short}), (0, sizes.MOST_TASKS)
        ),
    }


def _one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def listed(items: Schema, bounds: Bounds) -> Schema:
    """Return a list of so many entries."""
    return {"type": "array", "items": items, "minItems": bounds[0], "maxItems": bounds[1]}


def entry(properties: dict[str, Schema]) -> Schema:
    """Return an object with these fields, all of them."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
