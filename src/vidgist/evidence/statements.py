"""What a statement says that the talk does not: figures, dates and names. Pure."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from vidgist.evidence import languages, naming, numerals, quantities, reading, units, words
from vidgist.evidence.concordance import Concordance, Passage
from vidgist.evidence.figures import Figure, equal
from vidgist.evidence.items import Token
from vidgist.evidence.lookup import Index, terms

_NEAR = 12
"""Words around a figure that say what it counts."""

_WIDE = 40
"""Words around a figure within which its unit is named."""

_SHARED_NEAR = 25
"""Words around a quote that may say what it is about."""

_TWO_READINGS = 2
_SMALL, _DISTINCTIVE = 10.0, 100

_SAMPLE = 5_000
"""Letters that tell whether a talk is written in ideographs, whose numbers are read."""

_MANY_DIGITS = 3
"""Figures in digits from which a talk is taken to have them all so."""

_BEFORE_FIGURE, _BEHIND_FIGURE = 6, 4
"""Words shown on either side of a figure."""

_AROUND_NAME = 5
"""Words shown on either side of a name."""


class Check(NamedTuple):
    """What a statement holds that the talk does not, and whether its quotes have to do with it.

    ``also`` are further passages in which figures of the statement stand.
    """

    figures: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    related: bool = True
    also: tuple[Passage, ...] = ()

    @property
    def doubts(self) -> tuple[str, ...]:
        return (*self.figures, *self.names)


class Checker:
    """Checks statements against one talk.

    ``sources`` are what else is known of it: title, channel, description, chapters. ``language`` is what the
    statements are written in; empty: the talk's own.
    """

    def __init__(self, concordance: Concordance, sources: Iterable[str] = (), language: str = "") -> None:
        self.concordance = concordance
        self.index = Index(concordance)
        self.sources = " \n ".join(sources)
        self.language = language or concordance.language

    @property
    def is_same_language(self) -> bool:
        """Return whether statements are in the language of the talk, so that they share words with it."""
        return self.language == self.concordance.language

    def check(self, statement: str, passages: Sequence[Passage], about: str = "") -> Check:
        """Return what is wrong with a statement that stands on these passages; ``about`` is its label."""
        tokens = reading.tokens(statement, self.language)
        label = reading.tokens(about, self.language) if about else []
        missing, also = [], []
        stated = [(tokens, *one) for one in _worth_checking(tokens)]
        stated += [(label, place, one) for place, one in _worth_checking(label) if _tells(one)]
        for beside, place, figure in stated:
            found = self._said(beside, place, figure, passages)
            if found is None and (self._writes_digits or self._holds_digits(passages)):
                missing.append(" ".join(figure.text.split()))
            elif found not in (None, _WITHIN):
                also.append(found)
        names = self._unknown_names(statement) if self.is_same_language else ()
        related = not passages or self.related([*tokens, *label], passages)
        return Check(tuple(dict.fromkeys(missing)), names, related, tuple(dict.fromkeys(also)))

    def knows(self, name: str) -> bool:
        """Return whether the talk, or what else is known of it, says this name or term."""
        if not self.is_same_language and not name.isupper():
            return True
        return naming.is_known(name, self._vocabulary) or self.says_some(name)

    def says_some(self, text: str) -> bool:
        """Return whether a telling word of the text is said, or stands in what else is known of the talk."""
        wanted = [token.key for token in reading.tokens(text, self.language)]
        known = self._vocabulary
        return any(
            naming.is_known(key, known) for key in wanted if languages.matters(key, self.concordance.language)
        )

    def place(self, name: str) -> Passage | None:
        """Return where a name is said first, with a few words around it."""
        wanted = [token.key for token in reading.tokens(name, self.concordance.language)]
        run = self.concordance.run(wanted) if wanted else None
        if run is None:
            return None
        last = min(len(self.concordance.tokens) - 1, run[1] + _AROUND_NAME)
        return self.concordance.passage(max(0, run[0] - _AROUND_NAME), last)

    def related(self, tokens: Sequence[Token], passages: Sequence[Passage]) -> bool:
        """Return whether statement and passages, with the words around them, share something that matters."""
        if not self.is_same_language or not self.language:
            return True
        stated = set(filter(None, terms(tokens, self.language))) - _VAGUE
        return not stated or any(
            stated & self._around(one.first - _SHARED_NEAR, one.last + _SHARED_NEAR) for one in passages
        )

    def overlap(self, statement: str, passage: Passage) -> float:
        """Share of the statement's telling words that stand in the passage itself."""
        stated = set(filter(None, terms(reading.tokens(statement, self.language), self.language)))
        held = self._around(passage.first, passage.last)
        return len(stated & held) / len(stated) if stated else 0.0

    def shared(self, text: str, other: str) -> float:
        """Share of the telling words and figures of one text that another has."""
        wanted = set(filter(None, terms(reading.tokens(text, self.language), self.language)))
        held = set(filter(None, terms(reading.tokens(other, self.language), self.language)))
        return len(wanted & held) / len(wanted) if wanted else 0.0

    def _around(self, first: int, last: int) -> set[str]:
        return set(filter(None, self._terms[max(0, first) : last + 1]))

    @cached_property
    def _writes_digits(self) -> bool:
        """Return whether a figure that is not found was not said: where number words are not read, only
        digits tell.
        """
        if numerals.reads(self.concordance.language):
            return True
        ideographs = sum(1 for _ in words.UNSPACED.finditer(self.concordance.text[:_SAMPLE]))
        if ideographs * 2 > len(self.concordance.text[:_SAMPLE]):
            return True
        return sum(not one.spelt for _, one in self._figures) >= _MANY_DIGITS

    def _holds_digits(self, passages: Sequence[Passage]) -> bool:
        return any(
            not one.spelt and any(passage.first <= at <= passage.last for passage in passages)
            for at, one in self._figures
        )

    @cached_property
    def _terms(self) -> list[str]:
        return terms(self.concordance.tokens, self.concordance.language)

    @cached_property
    def _figures(self) -> list[tuple[int, Figure]]:
        return reading.figures(list(self.concordance.tokens))

    @cached_property
    def _in_sources(self) -> list[Figure]:
        return [one for _, one in reading.figures(reading.tokens(self.sources, self.concordance.language))]

    def _said(
        self, tokens: Sequence[Token], place: int, stated: Figure, passages: Sequence[Passage]
    ) -> Passage | None:
        """Return where a figure was said: `_WITHIN` for the passages given and the sources, else another
        passage.
        """
        told = set(filter(None, terms(tokens, self.language))) - _VAGUE
        if stated.kind == "month":
            said = any(one.kind == "month" and one.values == stated.values for _, one in self._figures)
            said = said or any(
                one.kind == "month" and one.values == stated.values for one in self._in_sources
            )
            return _WITHIN if said else None
        elsewhere: list[int] = []
        for at, one in self._figures:
            if not (equal(stated, one) and self._counts_the_same(tokens, place, stated, at, one)):
                continue
            if stated.named or any(passage.first <= at <= passage.last for passage in passages):
                return _WITHIN
            if _is_distinctive(stated, one) or self._is_about(told, at):
                elsewhere.append(at)
        if elsewhere:
            near = passages[0].first if passages else 0
            nearest = min(elsewhere, key=lambda at: abs(at - near))
            is_small = not stated.unit and abs(stated.value) <= _SMALL
            return _WITHIN if is_small else self._around_figure(nearest)
        if any(equal(stated, one) for one in self._in_sources) or self._in_digits(stated):
            return _WITHIN
        return None

    def _around_figure(self, at: int) -> Passage:
        """Return the words around a figure in its sentence, but for what says nothing at either end."""
        known = languages.FUNCTION_WORDS.get(self.concordance.language, frozenset())
        keys = self.concordance.tokens
        first, last = max(0, at - _BEFORE_FIGURE), min(len(keys) - 1, at + _BEHIND_FIGURE)
        ends = self.concordance.ends_sentence
        first = max((place + 1 for place in range(first, at) if ends(place)), default=first)
        last = next((place for place in range(at, last) if ends(place)), last)
        while first < at and keys[first].key in known:
            first += 1
        while last > at and keys[last].key in known:
            last -= 1
        return self.concordance.passage(first, last)

    def _is_about(self, told: set[str], at: int) -> bool:
        if not self.is_same_language:
            return True
        near = self._around(at - _NEAR, at - 1) | self._around(at + 1, at + _NEAR)
        return bool(told & near)

    def _counts_the_same(
        self, tokens: Sequence[Token], place: int, stated: Figure, at: int, said: Figure
    ) -> bool:
        """Return whether two equal numbers may count the same thing, by their units."""
        one, other = stated.unit, said.unit
        if "share" in (stated.kind, said.kind):
            return (
                (one is None or one.key == "%")
                and (other is None or other.key == "%")
                and (stated.kind == said.kind or (one or other) is not None)
            )
        if stated.kind in ("decade", "clock", "sequence") or said.kind in ("decade", "clock", "sequence"):
            return True
        if one and other:
            return one.kind == other.kind or _may_be_one(one, other)
        if other:
            return self._may_lack_unit(tokens, place, other, at)
        if one:
            if not self.concordance.language or len(said.values) > _TWO_READINGS:  # eins zwanzig
                return True
            return (
                one.kind in units.CURRENCIES and self._names_unit(one, 0, len(self._terms))
            ) or self._names_unit(one, at - _WIDE, at + _WIDE)
        return True

    def _may_lack_unit(self, tokens: Sequence[Token], place: int, unit: units.Unit, at: int) -> bool:
        """Return whether a figure of the statement may leave out the unit with which it was said."""
        if any(_kind(token) == unit.kind for token in tokens):
            return True
        if unit.key == "%" or place + 1 >= len(tokens):
            return unit.key != "%"
        after = terms(tokens[place + 1 : place + 2], self.language)[0]
        return not after or after in self._around(at - _NEAR, at + _NEAR)

    def _names_unit(self, unit: units.Unit, first: int, last: int) -> bool:
        return any(_kind(token) == unit.kind for token in self.concordance.tokens[max(0, first) : last + 1])

    def _in_digits(self, stated: Figure) -> bool:
        """Return whether a long number was said digit by digit, or in groups."""
        digits = f"{stated.value:.0f}"
        if stated.kind not in ("number", "sequence") or stated.value != int(stated.value) or len(digits) < 3:
            return False
        said = [f"{one.value:.0f}" for _, one in self._figures if one.kind in ("number", "sequence")]
        places = [at for at, one in self._figures if one.kind in ("number", "sequence")]
        for begin in range(len(said)):
            whole = ""
            for end in range(begin, min(len(said), begin + len(digits))):
                if end > begin and places[end] - places[end - 1] > 1:
                    break
                whole += said[end]
                if whole == digits and end > begin:
                    return stated.kind == "sequence" or len(whole) >= 5 or end - begin > 1
        return False

    def _unknown_names(self, statement: str) -> tuple[str, ...]:
        known = self._vocabulary
        return tuple(
            name for name in naming.names(statement, self.language) if not naming.is_known(name, known)
        )

    @cached_property
    def _vocabulary(self) -> naming.Vocabulary:
        return naming.Vocabulary(f"{self.concordance.text} \n {self.concordance.speakers} \n {self.sources}")


_WITHIN = Passage(None, -1, -1)  # type: ignore[arg-type]
_VAGUE = frozenset(languages.stem(word) for word in ("talk", "speaker", "video", "vortrag", "vidéo"))


def _may_be_one(one: units.Unit, other: units.Unit) -> bool:
    """Return whether two units of different kinds may be the same: a sum of any currency, pounds of either
    kind.
    """
    money = units.MONEY.kind in (one.kind, other.kind) and {one.kind, other.kind} & units.CURRENCIES
    return bool(money) or {one.key, other.key} == {"lb", "£"}


def _tells(figure: Figure) -> bool:
    """Return whether a figure in a label is more than its number: 45 %, 1984."""
    return bool(figure.unit) or figure.value != int(figure.value) or abs(figure.value) >= _DISTINCTIVE


def _is_distinctive(stated: Figure, said: Figure) -> bool:
    """Return whether a figure is hardly the same by chance: by its unit, or by its digits."""
    if stated.unit and said.unit and stated.unit.kind == said.unit.kind:
        return True
    return stated.value != int(stated.value) or abs(stated.value) >= _DISTINCTIVE


def _kind(token: Token) -> str:
    unit = units.UNITS.get(token.key.lower()) or units.UNITS.get(token.key)
    return unit.kind if unit else ""


_LIST_NUMBER = re.compile(r"\s*\(?\d{1,2}[.)]\s")


def _worth_checking(tokens: Sequence[Token]) -> list[tuple[int, Figure]]:
    """Return the figures of a statement that somebody would check.

    Not ``one`` and ``first``, not what a summary counts by itself (three reasons), not a month's name that
    is another word.
    """
    found = []
    for place, figure in reading.figures(list(tokens)):
        after = tokens[place + 1].key if place + 1 < len(tokens) else ""
        before = tokens[place - 1] if place else None
        if figure.kind == "month" and _is_other_word(tokens, place):
            continue
        if figure.spelt and len(figure.text) == 1:  # an ideograph, which may be a part of any word
            continue
        if (figure.spelt and _is_small(figure, after)) or _is_one_of_something(figure):
            continue
        if figure.kind == "share" and before and before.figure and before.figure.kind == "ordinal":
            continue
        found.append((place, figure))
    return found


def _is_one_of_something(figure: Figure) -> bool:
    """Return a year, one week, 1 km: told as often without a number."""
    return bool(figure.unit and figure.value == 1 and figure.unit.key not in ("%", "x", "°"))


def _is_small(figure: Figure, after: str) -> bool:
    if figure.kind == "ordinal":
        return figure.value <= 3
    if figure.kind != "number" or figure.unit:
        return False
    return figure.value in (0, 1) or (figure.value <= _SMALL and after in quantities.META)


_ENGLISH_MONTHS = frozenset(("may", "march", "august"))
_BEFORE_MONTH = frozenset("in since by until last next early late mid of".split())


def _is_other_word(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    if token.key not in quantities.ALSO_WORDS:
        return False
    if token.key in _ENGLISH_MONTHS and place and tokens[place - 1].key in _BEFORE_MONTH:
        return False
    beside = [*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2]]
    return not any(one.figure and one.figure.kind in ("number", "ordinal") for one in beside)
