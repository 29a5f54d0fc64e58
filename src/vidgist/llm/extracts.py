"""Notes on a part of a long transcript: how they are read, found in the talk and passed on. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from pydantic import BaseModel, ConfigDict

from vidgist.errors import BadReply
from vidgist.evidence import Checker, Passage, folded_words
from vidgist.llm import normalization, replies, sizes
from vidgist.text import tokens
from vidgist.text.record import clock

_CHARACTERS = 500
"""Of a note's text and of its quote: so that any note fits any model, and levels of notes shrink."""

_LEAST_TOKENS = 11
"""To which a note is cut at most."""

_NEIGHBOURS = 10
"""Notes that are ranked together where some are left out: no stretch of the talk is lost whole."""

_TIMED = 8
"""Of so many notes one keeps its time where there is no room for all of them."""

_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
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
        """Return the note without its quote."""
        return f"{self.heading}\n{self.line}" if self.heading else self.line

    def cut(self, most: int) -> "Extract":
        """Return the note with its most informative run of words in so many characters."""
        if len(self.text) <= most:
            return self
        return self.model_copy(update={"text": normalization.kernel(self.text, most)})

    @property
    def line(self) -> str:
        """Return its time and its text."""
        return f"{clock(int(self.start))} {self.text}" if self.start is not None else self.text


def read(text: str) -> tuple[Extract, ...]:
    """Return the notes in a reply: JSON however wrapped, or else bullets. Raises `BadReply` where there are
    none.
    """
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
    """Return the notes with their quotes as they stand in the transcript, and the time of each.

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
    """Yield consecutive notes, as many together as fit ``budget`` tokens without their quotes.

    One too large for it stands alone.
    """
    bundled: list[list[Extract]] = []
    weight = 0
    for extract in extracts:
        more = tokens.estimate(f"{len(extracts)}. {extract.line}\n")
        if not bundled or weight + more > budget:
            bundled.append([])
            weight = 0
        bundled[-1].append(extract)
        weight += more
    return bundled


def read_shortened(text: str, extracts: Sequence[Extract]) -> dict[int, Extract]:
    """Return the notes that a reply gives in fewer words, by their place in ``extracts``.

    One without a number is that which shares most of its words. One is passed over that is no shorter, or
    whose figures are not those of the note. Raises `BadReply` where there are none.
    """
    found: dict[int, Extract] = {}
    data = replies.document(text, ("notes",))
    members = data["notes"] if data else None
    for member in members if isinstance(members, list) else ():
        fields = member if isinstance(member, dict) else {"text": member}
        said = fields.get("text")
        if not isinstance(said, str) or not said.strip():
            continue
        place = _place(fields.get("number"), said, extracts)
        if place is not None and place not in found:
            note = extracts[place]
            found[place] = note.model_copy(update={"text": _short(said)}) if _is_fact(said, note) else note
    if not found:
        raise BadReply("the reply breaks a rule: notes: at least one note with a text is needed")
    return found


def _place(number: object, said: str, extracts: Sequence[Extract]) -> int | None:
    if isinstance(number, str) and number.strip().isdecimal():
        number = int(number.strip()[:4])
    if isinstance(number, int):
        return number - 1 if 0 < number <= len(extracts) else None
    words = _words(said)
    shared = [len(words & _words(f"{extract.text} {extract.quote}")) for extract in extracts]
    place = max(range(len(extracts)), key=shared.__getitem__)
    return place if shared[place] * 2 > len(words) else None


def _is_fact(said: str, note: Extract) -> bool:
    before, after = set(_DIGITS.findall(f"{note.text} {note.quote}")), set(_DIGITS.findall(said))
    return len(said) < len(note.text) and after <= before and bool(after) == bool(_DIGITS.search(note.text))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def fitted(extracts: Sequence[Extract], budget: int) -> list[Extract]:
    """Return notes in at most ``budget`` tokens without quotes, the longest shortened to what informs most.

    Where that is not enough, most lose their times; those that add least to their neighbours are left out.
    """
    text = "".join(extract.text for extract in extracts)
    low, high = (
        _LEAST_TOKENS * len(text) // tokens.estimate(text),
        max(len(extract.text) for extract in extracts),
    )
    if _size(extracts, high) <= budget:
        return list(extracts)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _size(extracts, middle) <= budget else (low, middle - 1)
    cut = [extract.cut(low) for extract in extracts]
    if _size(cut, low) > budget:
        cut = [one.model_copy(update={"start": None}) if at % _TIMED else one for at, one in enumerate(cut)]
    kept: set[int] = set()
    for place in _ranked(cut):
        budget -= tokens.estimate(f"{cut[place].short}\n")
        if budget < 0:
            break
        kept.add(place)
    return [extract for place, extract in enumerate(cut) if place in kept] or cut[:1]


def _ranked(extracts: Sequence[Extract]) -> list[int]:
    """Return the places of notes: first the most informative one of each row of neighbours, and so on."""
    ranked: list[tuple[int, int, int]] = []
    for begin in range(0, len(extracts), _NEIGHBOURS):
        row = [
            (-normalization.telling(one.text), at)
            for at, one in enumerate(extracts[begin : begin + _NEIGHBOURS])
        ]
        ranked += [(rank, telling, begin + at) for rank, (telling, at) in enumerate(sorted(row))]
    return [place for *_, place in sorted(ranked)]


def _size(extracts: Sequence[Extract], characters: int) -> int:
    return sum(tokens.estimate(f"{extract.cut(characters).short}\n") for extract in extracts)


def length_asked(length: int, sample: str) -> str:
    """Return a length in tokens as a person says it, in words or in characters of a script without spaces."""
    ideographs = sum(1 for letter in sample if folded_words.UNSPACED.match(letter))
    if ideographs * 2 > len(sample):
        return f"{length * 3 // 2} characters"
    return f"{int(length / sizes.TOKENS_A_WORD)} words"


def _members(value: object) -> Iterator[Extract]:
    for member in value if isinstance(value, list) else ():
        fields = member if isinstance(member, dict) else {"text": member}
        text, quote = fields.get("text"), fields.get("quote")
        if isinstance(text, str) and text.strip():
            yield Extract(text=_short(text), quote=_short(quote) if isinstance(quote, str) else "")


def _short(text: str) -> str:
    return normalization.shortened(" ".join(text.split()), _CHARACTERS)
