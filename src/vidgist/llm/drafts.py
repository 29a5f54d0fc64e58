"""The tolerant reading of what a model replied. Pure; what it is asked for, `vidgist.llm.schemas` says.

A draft is a summary whose quotes are not looked up yet.
"""

from collections.abc import Iterator
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from vidgist.errors import BadReply
from vidgist.llm import maps, normalization, replies, schemas
from vidgist.models import ConceptMap, Edge, Node

SCHEMA_VERSION = 3
"""Raised whenever the schema or its reading changes what a summary would be."""

_QUOTES = 4
"""Quotes of a point that are looked up."""

_ENTRIES = 60
"""Entries of a list that are read; no prompt asks for as many."""


def _text(value: object) -> object:
    """Return text on the way in: a list of paragraphs is joined, a number is written out."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n\n".join(value).strip()
    return str(value) if isinstance(value, int | float) else value


def _label(value: object) -> object:
    return normalization.label(value) if isinstance(value, str) and value.strip() else value


def _quotes(value: object) -> object:
    parts = value if isinstance(value, list | tuple) else [value]
    texts = [part.get("quote", part.get("text")) if isinstance(part, dict) else part for part in parts]
    return [text.strip() for text in texts if isinstance(text, str) and text.strip()][:_QUOTES]


def _claim(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


def _ideas(value: object) -> object:
    """Drop those that are given twice."""
    if not isinstance(value, list):
        return value
    return list({repr(idea).casefold(): idea for idea in value}.values())[:_ENTRIES]


_Filled = Annotated[str, Field(min_length=1)]
_Quoted = Annotated[tuple[str, ...], BeforeValidator(_quotes)]


class Claim(BaseModel):
    """A statement and the words of the transcript that are said to carry it."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    quotes: _Quoted = ()
    text: Annotated[_Filled, BeforeValidator(_text)]


class Idea(Claim):
    label: Annotated[_Filled, BeforeValidator(_label)]


class Entry(BaseModel):
    """An entry of an extra list, whichever it is; what it has not is empty."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    quote: str = ""
    text: str = ""
    title: str = ""
    name: str = ""
    kind: str = ""
    who: str = ""
    due: str = ""


def _entries(value: object) -> tuple[Entry, ...]:
    """Return the entries that can be read, bare texts among them; the others are passed over."""
    return tuple(_read_entries(value))


def _read_entries(value: object) -> Iterator[Entry]:
    for part in value[:_ENTRIES] if isinstance(value, list) else ():
        fields = {"text": part} if isinstance(part, str) else part
        if isinstance(fields, dict):
            texts = {key: str(one) for key, one in fields.items() if isinstance(one, str | int | float)}
            quotes = _quotes(fields.get("quotes", fields.get("quote", "")))
            texts["quote"] = " … ".join(quotes) if isinstance(quotes, list) else ""
            for key in ("title", "name"):
                if key in texts:
                    texts[key] = normalization.label(texts[key])
            yield Entry.model_validate(texts)


def _overview(value: object) -> str:
    found = _text(value)
    return found if isinstance(found, str) else ""


_Entries = Annotated[tuple[Entry, ...], BeforeValidator(_entries)]


class Draft(BaseModel):
    """A reply in the fields of a summary. ``concept_map`` is empty where the reply had none to read."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    outline: _Entries = ()
    core_ideas: Annotated[tuple[Idea, ...], Field(min_length=1), BeforeValidator(_ideas)]
    core_point: Annotated[Claim, BeforeValidator(_claim)]
    fundamental_point: Annotated[Claim, BeforeValidator(_claim)]
    framework: Annotated[_Filled, BeforeValidator(_text)]
    overview: Annotated[str, BeforeValidator(_overview)] = ""
    mentions: _Entries = ()
    figures: _Entries = ()
    questions: _Entries = ()
    decisions: _Entries = ()
    tasks: _Entries = ()
    concept_map: Annotated[ConceptMap, BeforeValidator(maps.read)] = ConceptMap()


_NEEDED = ("core_ideas", "core_point", "fundamental_point", "framework", "concept_map")
"""The fields by which a reply is known."""


def read(text: str, *, is_strict: bool = True) -> Draft:
    """Return the draft in a reply: JSON however wrapped, or else the four sections of a record in Markdown.

    ``is_strict`` False takes a draft whose concept map is missing or unreadable, and leaves that empty, and
    one that says the same in all its statements.
    Raises `BadReply` naming the first rule that is broken.
    """
    if not text.strip():
        raise BadReply("the reply is empty")
    data = replies.document(text, _NEEDED) or replies.sections(text)
    if data is None:
        raise BadReply("the reply holds no complete JSON object with the fields asked for")
    try:
        draft = Draft.model_validate(data)
    except ValidationError as error:
        raise BadReply(f"the reply breaks a rule: {_rule(error)}") from error
    if is_strict and not draft.concept_map.nodes:
        raise BadReply("the reply breaks a rule: concept_map: at least 2 nodes are needed")
    if is_strict and _runs_in_circle(draft):
        fields = "core_ideas, core_point, fundamental_point"
        raise BadReply(
            f"the reply breaks a rule: {fields}: all say the same, and each must say something else"
        )
    return draft


def _runs_in_circle(draft: Draft) -> bool:
    """Return whether all ideas and both conclusions say the same, as in replies of small models."""
    first, *others = (one.text for one in (*draft.core_ideas, draft.core_point, draft.fundamental_point))
    return all(normalization.same(first, other) for other in others)


_Said = TypeVar("_Said", bound=Claim)
_Labelled = TypeVar("_Labelled", Idea, Node, Edge)

_LEAST_BOUND = 110
"""Letters below which no text and no schema's bound of one is, but for labels."""

_SPACES = 3
"""Letters at the end of a text that the reading of a reply may have taken off."""


def ended(draft: Draft) -> Draft:
    """Return the draft of a reply whose texts were held to a length: each that was cut ends with a sentence.

    The bound is the same for all texts of a reply, so only its longest can have been cut.
    """
    lists = ("outline", "mentions", "figures", "questions", "decisions", "tasks")
    claims = (*draft.core_ideas, draft.core_point, draft.fundamental_point)
    found = [one.text for one in claims] + [one.text for name in lists for one in getattr(draft, name)]
    bound = max(_LEAST_BOUND, max(map(len, (*found, draft.overview))) - _SPACES)

    def text(said: str) -> str:
        return normalization.whole(said) if len(said) >= bound else said

    def entries(found: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple(one.model_copy(update={"text": text(one.text)}) for one in found)

    def claim(one: _Said) -> _Said:
        return one.model_copy(update={"text": text(one.text)})

    framework = draft.framework
    return draft.model_copy(
        update={
            "core_ideas": tuple(_unbroken_label(claim(one)) for one in draft.core_ideas),
            "core_point": claim(draft.core_point),
            "fundamental_point": claim(draft.fundamental_point),
            "framework": normalization.whole(framework) if len(framework) >= bound else framework,
            "overview": text(draft.overview),
            "concept_map": _unbroken(draft.concept_map),
            **{name: entries(getattr(draft, name)) for name in lists},
        }
    )


def _unbroken_label(one: _Labelled) -> _Labelled:
    return one.model_copy(update={"label": normalization.unbroken(one.label, schemas.LABEL_CHARACTERS)})


def _unbroken(drawn: ConceptMap) -> ConceptMap:
    nodes, edges = tuple(map(_unbroken_label, drawn.nodes)), tuple(map(_unbroken_label, drawn.edges))
    return drawn.model_copy(update={"nodes": nodes, "edges": edges})


_RULES = {
    "missing": "it is missing",
    "string_too_short": "it is empty",
    "too_short": "at least {min_length} are needed, not {actual_length}",
}
"""What pydantic calls the rules that replies break most, in words."""


def _rule(error: ValidationError) -> str:
    """Return which field breaks which rule, on one line."""
    problem = error.errors(include_input=False, include_url=False)[0]
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in problem["loc"])
    words = _RULES.get(problem["type"], problem["msg"]).format_map(problem.get("ctx", {}))
    return f"{path.lstrip('.')}: {words}"
