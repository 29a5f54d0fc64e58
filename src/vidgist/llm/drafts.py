"""What a model is asked to reply with, and the tolerant reading of what it did reply. Pure.

A draft is a summary whose quotes nobody has looked up yet.
"""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from vidgist.errors import BadReply
from vidgist.llm import maps, replies
from vidgist.models import ConceptMap

SCHEMA_VERSION = 2
"""Raised whenever the schema or its reading changes what a summary would be."""

FEWEST, MOST = 3, 8
"""Core ideas of a summary."""

QUOTES = 2
"""Quotes of a point that are kept."""

LABEL_CHARACTERS = 120

TEXT_CHARACTERS = 400
"""That two sentences may take."""

_PARAGRAPH_CHARACTERS, _SHORT_CHARACTERS, _ID_CHARACTERS = 800, 60, 16

Schema = dict[str, object]


def _text(value: object) -> object:
    """Text on the way in: a list of paragraphs is joined, a number is written out."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n\n".join(value).strip()
    return str(value) if isinstance(value, int | float) else value


def _label(value: object) -> object:
    if not isinstance(value, str):
        return value
    label = " ".join(value.split()).strip("*_# ").rstrip(":").rstrip()
    return label if len(label) <= LABEL_CHARACTERS else label[: LABEL_CHARACTERS - 1].rstrip() + "…"


def _quotes(value: object) -> object:
    parts = value if isinstance(value, list) else [value]
    texts = [part.get("quote", part.get("text")) if isinstance(part, dict) else part for part in parts]
    return [text.strip() for text in texts if isinstance(text, str) and text.strip()][:QUOTES]


def _claim(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


def _ideas(value: object) -> object:
    """At most `MOST`; an idea said twice goes first, as long as `FEWEST` remain."""
    if not isinstance(value, list):
        return value
    different = {repr(idea).casefold(): idea for idea in value}
    kept = list(different.values())
    return (kept if len(kept) >= FEWEST else value)[:MOST]


_Filled = Annotated[str, Field(min_length=1)]
_Quotes = Annotated[tuple[str, ...], BeforeValidator(_quotes)]


class Claim(BaseModel):
    """A statement and the words of the transcript that are said to carry it."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    quotes: _Quotes = ()
    text: Annotated[_Filled, BeforeValidator(_text)]


class Idea(Claim):
    label: Annotated[_Filled, BeforeValidator(_label)]


class Draft(BaseModel):
    """A reply in the fields of a summary. ``concept_map`` is empty where the reply had none to read."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    core_ideas: Annotated[tuple[Idea, ...], Field(min_length=FEWEST), BeforeValidator(_ideas)]
    core_point: Annotated[Claim, BeforeValidator(_claim)]
    fundamental_point: Annotated[Claim, BeforeValidator(_claim)]
    framework: Annotated[_Filled, BeforeValidator(_text)]
    concept_map: Annotated[ConceptMap, BeforeValidator(maps.read)] = ConceptMap()


def read(text: str, *, need_map: bool = True) -> Draft:
    """The draft in a reply: JSON however wrapped, or else the four sections of a record in Markdown.

    ``need_map`` False takes a draft whose concept map is missing or unreadable, and leaves that empty.
    Raises `BadReply` naming the first rule that is broken.
    """
    if not text.strip():
        raise BadReply("the reply is empty")
    data = replies.document(text, Draft.model_fields) or replies.sections(text)
    if data is None:
        raise BadReply("the reply holds no complete JSON object with the fields asked for")
    try:
        draft = Draft.model_validate(data)
    except ValidationError as error:
        raise BadReply(f"the reply breaks a rule: {_rule(error)}") from error
    if need_map and not draft.concept_map.nodes:
        raise BadReply("the reply breaks a rule: concept_map: at least 2 nodes are needed")
    return draft


_RULES = {
    "missing": "it is missing",
    "string_too_short": "it is empty",
    "too_short": "at least {min_length} are needed, not {actual_length}",
}
"""What pydantic calls the rules that replies break most, in words."""


def _rule(error: ValidationError) -> str:
    """Which field breaks which rule, on one line."""
    problem = error.errors(include_input=False, include_url=False)[0]
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in problem["loc"])
    told = _RULES.get(problem["type"], problem["msg"]).format_map(problem.get("ctx", {}))
    return f"{path.lstrip('.')}: {told}"


def schema() -> Schema:
    """The JSON schema of a reply, in the form that strict servers take: all required, nothing else allowed.

    Without references, as not every server follows them. Quotes come before what is said on their ground,
    groups before nodes and nodes before edges: models write fields in this order. The bounds of lists and
    texts keep small models with a grammar from going on for ever; an engine whose server refuses bounds of
    texts leaves those out.
    """
    quotes, text = _list(QUOTE, 1, QUOTES), string(TEXT_CHARACTERS)
    label, key = string(_SHORT_CHARACTERS), string(_ID_CHARACTERS)
    claim = {"quotes": quotes, "text": text}
    node = {"id": key, "label": label, "shape": _one_of("box", "round", "decision"), "group": key}
    edge = {"source": key, "target": key, "label": label}
    concept_map = {
        "direction": _one_of("LR", "TB"),
        "groups": _list(_object({"id": key, "label": label}), 0, 6),
        "nodes": _list(_object(node), 3, maps.NODES),
        "edges": _list(_object(edge), 2, maps.EDGES),
    }
    idea = {"quotes": quotes, "label": label, "text": text}
    return _object(
        {
            "core_ideas": _list(_object(idea), FEWEST, MOST),
            "core_point": _object(claim),
            "fundamental_point": _object(claim),
            "framework": string(_PARAGRAPH_CHARACTERS),
            "concept_map": _object(concept_map),
        }
    )


def string(most: int) -> Schema:
    """The JSON schema of a text of at most so many characters."""
    return {"type": "string", "maxLength": most}


QUOTE = string(240)
"""The JSON schema of a quote: twice what 25 words take."""


def _one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def _list(items: Schema, low: int, high: int) -> Schema:
    return {"type": "array", "items": items, "minItems": low, "maxItems": high}


def _object(properties: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
