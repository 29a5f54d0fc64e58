"""Notes on a part of a long transcript: how they are read, found in the talk and passed on. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from pydantic import BaseModel, ConfigDict

from vidgist.errors import BadReply
from vidgist.evidence import Checker, Passage
from vidgist.llm import replies, sizes, wording
from vidgist.text import tokens
from vidgist.text.record import clock

_CHARACTERS = 500
"""Of a note's text and of its quote: so that any note fits any model, and levels of notes shrink."""

_BULLET = re.compile(r"\s*(?:[*+•-]|\d+[.)])\s+(?P<text>.*\S)\s*")


class Extract(BaseModel):
    """One thing that is said, and the words that carry it; ``quote`` is empty where none were found.

    ``start`` is when it is said, ``heading`` a line that goes before it.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    quote: str = ""
    start: float | None = None
    heading: str = ""
    passages: tuple[Passage, ...] = ()

    def __str__(self) -> str:
        return f'{self.short}\n  "{self.quote}"' if self.quote else self.short

    @property
    def short(self) -> str:
        """The note without its quote."""
        heading = f"{self.heading}\n" if self.heading else ""
        return f"{heading}{f'{clock(int(self.start))} ' if self.start is not None else ''}{self.text}"


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
    return tuple(found[: 2 * sizes.MOST_NOTES])


def found(extracts: Iterable[Extract], checker: Checker, begin: float | None) -> tuple[Extract, ...]:
    """The notes with their quotes as they stand in the transcript, and the time of each.

    A quote that is not there is looked up by its words and those of the note. None is left out: one that is
    found nowhere keeps its text, behind the one before it; what it says is checked in the summary.
    """
    placed = []
    for extract in extracts:
        passages = checker.concordance.find(extract.quote)
        if not passages:
            likely = checker.index.look_up(extract.quote, extract.text, 1)
            passages = tuple(one.passage for one in likely if one.sure)
        quote = " … ".join(one.evidence.quote for one in passages)
        start = passages[0].evidence.start if passages else begin
        begin = start
        placed.append(Extract(text=extract.text, quote=_short(quote), start=start, passages=passages))
    return tuple(placed)


def bundles(extracts: Sequence[Extract], budget: int) -> list[list[Extract]]:
    """Consecutive notes, as many together as fit ``budget`` tokens; one too large for it stands alone."""
    bundled: list[list[Extract]] = []
    weight = 0
    for extract in extracts:
        more = tokens.estimate(f"{extract}\n")
        if not bundled or weight + more > budget:
            bundled.append([])
            weight = 0
        bundled[-1].append(extract)
        weight += more
    return bundled


def _members(value: object) -> Iterator[Extract]:
    for member in value if isinstance(value, list) else ():
        fields = member if isinstance(member, dict) else {"text": member}
        text, quote = fields.get("text"), fields.get("quote")
        if isinstance(text, str) and text.strip():
            yield Extract(text=_short(text), quote=_short(quote) if isinstance(quote, str) else "")


def _short(text: str) -> str:
    return wording.shortened(" ".join(text.split()), _CHARACTERS)
