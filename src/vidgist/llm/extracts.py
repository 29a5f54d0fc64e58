"""Notes on a part of a long transcript: how they are asked for, read, verified and passed on. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from pydantic import BaseModel, ConfigDict

from vidgist.errors import BadReply
from vidgist.evidence import Concordance
from vidgist.llm import drafts, replies
from vidgist.llm.drafts import Schema
from vidgist.text import tokens

MOST = 20
"""Notes of one part that are kept."""

_CHARACTERS = 500
"""Of a note's text and of its quote: so that any note fits any model, and levels of notes shrink."""

_ENOUGH = 3
"""Verified notes of a part from which those without a quote are no longer needed."""

_BULLET = re.compile(r"\s*(?:[*+•-]|\d+[.)])\s+(?P<text>.*\S)\s*")


class Extract(BaseModel):
    """One thing that is said, and the words that carry it; ``quote`` is empty where none were found."""

    model_config = ConfigDict(frozen=True)

    text: str
    quote: str = ""

    def __str__(self) -> str:
        return f'{self.text}\n  "{self.quote}"' if self.quote else self.text


def read(text: str) -> tuple[Extract, ...]:
    """The notes in a reply: JSON however wrapped, or else bullets. Raises `BadReply` where there are none."""
    data = replies.document(text, ("notes",))
    if data is not None:
        found = list(_members(data["notes"]))
    else:
        lines = replies.without_thoughts(text).split("\n")
        found = [Extract(text=_short(match["text"])) for match in map(_BULLET.fullmatch, lines) if match]
    if not found:
        raise BadReply("the reply breaks a rule: notes: at least one note with a text is needed")
    return tuple(found[:MOST])


def verified(extracts: Iterable[Extract], concordance: Concordance) -> tuple[Extract, ...]:
    """The notes with their quotes as they stand in the transcript.

    Notes without one are left out, unless hardly any has one: they may be invented.
    """
    checked = []
    for extract in extracts:
        found = concordance.find(extract.quote)
        quote = " … ".join(passage.evidence.quote for passage in found)
        checked.append(Extract(text=extract.text, quote=quote))
    supported = tuple(extract for extract in checked if extract.quote)
    return supported if len(supported) >= _ENOUGH else tuple(checked)


def bundles(entries: Sequence[str], budget: int) -> list[list[str]]:
    """Consecutive entries, as many together as fit ``budget`` tokens; one too large for it stands alone."""
    found: list[list[str]] = []
    weight = 0
    for entry in entries:
        more = tokens.estimate(entry + "\n")
        if not found or weight + more > budget:
            found.append([])
            weight = 0
        found[-1].append(entry)
        weight += more
    return found


def schema() -> Schema:
    """The JSON schema of notes, in the form that strict servers take."""
    note: Schema = {
        "type": "object",
        "properties": {"quote": drafts.QUOTE, "text": drafts.string(drafts.TEXT_CHARACTERS)},
        "required": ["quote", "text"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"notes": {"type": "array", "items": note, "minItems": 1, "maxItems": MOST}},
        "required": ["notes"],
        "additionalProperties": False,
    }


def _members(value: object) -> Iterator[Extract]:
    for member in value if isinstance(value, list) else ():
        fields = member if isinstance(member, dict) else {"text": member}
        text, quote = fields.get("text"), fields.get("quote")
        if isinstance(text, str) and text.strip():
            yield Extract(text=_short(text), quote=_short(quote) if isinstance(quote, str) else "")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _CHARACTERS else line[: _CHARACTERS - 1] + "…"
