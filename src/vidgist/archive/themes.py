"""A digest of several talks: its themes and statements as values, how a model writes them, how they are read.

Every statement names claims by their numbers. What names none, or says what they do not, is left out.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from vidgist.archive import checking
from vidgist.archive.answers import LeftOut
from vidgist.archive.claims import Claim, Gathered, Talk
from vidgist.errors import BadReply
from vidgist.llm import replies
from vidgist.llm.schemas import Schema
from vidgist.models import ConceptMap, Usage, Value

FORMAT: Literal["vidgist-digest/1"] = "vidgist-digest/1"
FEWEST, MOST = 3, 8
"""Themes of a digest."""

KINDS = ("says", "agree", "differ", "only")
Kind = Literal["says", "agree", "differ", "only"]
_STATEMENTS, _CITED, _WATCH, _QUESTIONS = 16, 12, 12, 12
_TITLE_CHARACTERS, _TEXT_CHARACTERS, _WHY_CHARACTERS = 90, 400, 160


class Cited(Value):
    """A statement on what talks say, with the numbers of the claims that it stands on."""

    text: str
    claims: tuple[int, ...]


class Theme(Value):
    """What several talks have in common: what each says, where they agree and differ, what only one has."""

    title: str
    says: tuple[Cited, ...] = ()
    agree: tuple[Cited, ...] = ()
    differ: tuple[Cited, ...] = ()
    only: tuple[Cited, ...] = ()

    @property
    def statements(self) -> tuple[Cited, ...]:
        return (*self.says, *self.agree, *self.differ, *self.only)


class Stretch(Value):
    """A part of one talk worth its time, from ``start`` to ``end`` in seconds."""

    claim: int
    talk: int
    start: float
    end: float
    why: str
    link: str = ""


class Digest(Value):
    """Several talks in one. Numbers in statements are those of ``claims`` and ``questions`` asked in talks.

    ``watch`` are the best stretches within a quarter of an hour, in order. ``left_out`` are statements that a
    model wrote and no claim carries; ``notices`` what a reader should know. ``cost`` is in US dollars, None
    where no price is known.
    """

    format: Literal["vidgist-digest/1"] = FORMAT
    title: str
    created: datetime
    talks: tuple[Talk, ...]
    themes: tuple[Theme, ...]
    watch: tuple[Stretch, ...] = ()
    open_questions: tuple[Cited, ...] = ()
    concept_map: ConceptMap = ConceptMap()
    claims: tuple[Claim, ...] = ()
    questions: tuple[Claim, ...] = ()
    model: str = ""
    usage: Usage = Usage()
    cost: float | None = 0.0
    left_out: tuple[LeftOut, ...] = ()
    notices: tuple[str, ...] = ()


def _ids(value: object) -> object:
    members = value if isinstance(value, list | tuple) else [value]
    found = [int(str(one).strip("[]#c ")) for one in members if str(one).strip("[]#c ").isdecimal()]
    return tuple(dict.fromkeys(found))[:_CITED]


def _line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else ""


_Line = Annotated[str, BeforeValidator(_line)]


def _members(value: object) -> object:
    return (
        [one for one in value if isinstance(one, dict | BaseModel)] if isinstance(value, list | tuple) else []
    )


class _Draft(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Said(_Draft):
    text: _Line = ""
    ids: Annotated[tuple[int, ...], BeforeValidator(_ids)] = ()


_Said = Annotated[tuple[Said, ...], BeforeValidator(_members)]


class DraftTheme(_Draft):
    title: _Line = ""
    says: _Said = ()
    agree: _Said = ()
    differ: _Said = ()
    only: _Said = ()


class Watch(_Draft):
    id: int = 0
    why: _Line = ""


class Draft(_Draft):
    """A digest as a model wrote it."""

    themes: Annotated[tuple[DraftTheme, ...], BeforeValidator(_members)] = Field(min_length=1)
    watch: Annotated[tuple[Watch, ...], BeforeValidator(_members)] = ()
    questions: _Said = ()


def read(text: str) -> Draft:
    """Return the draft in a reply. Raises `BadReply` where there is none."""
    data = replies.document(text, Draft.model_fields)
    if data is None or "themes" not in data:
        raise BadReply("the reply holds no complete JSON object with the field themes")
    try:
        return Draft.model_validate(data)
    except ValidationError as error:
        problem = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, problem["loc"]))
        raise BadReply(f"the reply breaks a rule: {place}: {problem['msg']}") from error


def settle(
    draft: Draft, gathered: Gathered, *, verbatim: bool = False
) -> tuple[tuple[Theme, ...], tuple[LeftOut, ...]]:
    """Return the themes with the statements that stand on their claims, and the statements that do not.

    ``verbatim``: they are the claims' own words.
    """
    themes, fallen = [], []
    for one in draft.themes[: 2 * MOST]:
        kept: dict[str, tuple[Cited, ...]] = {}
        for kind in KINDS:
            stand = []
            for said in getattr(one, kind)[: 2 * _STATEMENTS]:
                why = "" if verbatim else fault(said, kind, gathered)
                if why:
                    fallen.append(LeftOut(text=said.text, why=why))
                else:
                    cited = tuple(claim.id for claim in gathered.of(said.ids))
                    stand.append(Cited(text=said.text, claims=cited))
            kept[kind] = tuple(dict.fromkeys(stand))
        if any(kept.values()):
            title = one.title[:_TITLE_CHARACTERS] or "Theme"
            themes.append(Theme.model_validate({"title": title, **kept}))
    return tuple(themes), tuple(fallen)


def fault(said: Said, kind: str, gathered: Gathered) -> str:
    """Return why a statement does not stand on its claims, in a few words; empty where it does."""
    claims = gathered.of(said.ids)
    if not said.text or not claims:
        return "it names no claim"
    talks = {claim.talk for claim in claims}
    if kind in ("agree", "differ") and len(talks) < 2:  # noqa: PLR2004 (two talks)
        return "it compares talks and names one"
    if kind == "only" and len(talks) > 1:
        return "it is of one talk and names several"
    titles = " ".join(f"{gathered.talk(number).title} {gathered.talk(number).channel}" for number in talks)
    asked = f"{titles} {len(talks)} {len(gathered.talks)}"
    return checking.fault(said.text, "", [claim.material for claim in claims], asked, [titles])


def schema() -> Schema:
    """Return the JSON schema of a digest, in the form that strict servers take."""
    said = _object({"text": _string(_TEXT_CHARACTERS), "ids": _list({"type": "integer"}, _CITED)})
    statements = _list(said, _STATEMENTS)
    theme = _object({"title": _string(_TITLE_CHARACTERS), **dict.fromkeys(KINDS, statements)})
    watch = _object({"id": {"type": "integer"}, "why": _string(_WHY_CHARACTERS)})
    return _object(
        {
            "themes": {"type": "array", "items": theme, "minItems": 1, "maxItems": MOST},
            "watch": _list(watch, _WATCH),
            "questions": _list(said, _QUESTIONS),
        }
    )


def _string(most: int) -> Schema:
    return {"type": "string", "maxLength": most}


def _list(items: Schema, most: int) -> Schema:
    return {"type": "array", "items": items, "minItems": 0, "maxItems": most}


def _object(properties: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
