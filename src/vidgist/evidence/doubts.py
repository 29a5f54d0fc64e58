"""What a statement says that the talk does not: figures, dates and names. Pure."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from vidgist.evidence import folded_words, function_words, names, numerals, quantities, tokenizing
from vidgist.evidence.concordance import Concordance, Passage
from vidgist.evidence.figures import Figure
from vidgist.evidence.items import Token
from vidgist.evidence.lookup import Index, terms
from vidgist.evidence.support import VAGUE, WITHIN, Stated, Support

_SHARED_NEAR = 25
"""Words around a quote that may say what it is about."""

_SMALL, _DISTINCTIVE = 10.0, 100

_SAMPLE = 5_000
"""Letters that show whether a talk is written in ideographs, whose numbers are read."""

_MANY_DIGITS = 3
"""Figures in digits from which a talk is taken to have them all so."""

_STEM = 5
"""Letters that the forms of a word have in common: ajudar, ajudado."""

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
        self._support = Support(concordance, self.sources, self.language)

    @property
    def is_same_language(self) -> bool:
        """Return whether statements are in the language of the talk, so that they share words with it."""
        return self.language == self.concordance.language

    def check(self, statement: str, passages: Sequence[Passage], about: str = "") -> Check:
        """Return what is wrong with a statement that stands on these passages; ``about`` is its label."""
        tokens = tokenizing.tokens(statement, self.language)
        label = tokenizing.tokens(about, self.language) if about else []
        missing, also = [], []
        stated = [(tokens, *one) for one in worth_checking(tokens)]
        stated += [(label, place, one) for place, one in worth_checking(label) if _tells(one)]
        known = [figure for _, figure in tokenizing.figures([*tokens, *label])]
        for beside, place, figure in stated:
            found = self._support.find(Stated(beside, place, figure), passages, known)
            if found is None and (self._writes_digits or self._holds_digits(passages)):
                missing.append(" ".join(figure.text.split()))
            elif found not in (None, WITHIN):
                also.append(found)
        names = self._unknown_names(statement) if self.is_same_language else ()
        related = not passages or self.related([*tokens, *label], passages)
        return Check(tuple(dict.fromkeys(missing)), names, related, tuple(dict.fromkeys(also)))

    def holds_figure(self, text: str) -> bool:
        """Return whether a text says a number; True where number words of its language are not read."""
        if any(map(str.isdigit, text)) or not numerals.reads(self.language):
            return True
        return bool(tokenizing.figures(tokenizing.tokens(text, self.language)))

    def knows(self, name: str) -> bool:
        """Return whether the talk, or what else is known of it, says this name or term."""
        if not self.is_same_language and not name.isupper():
            return True
        return names.is_known(name, self._vocabulary) or self.says_some(name)

    def says_some(self, text: str) -> bool:
        """Return whether a telling word of the text is said, or stands in what else is known of the talk."""
        wanted = [token.key for token in tokenizing.tokens(text, self.language)]
        known = self._vocabulary
        return any(
            names.is_known(key, known)
            for key in wanted
            if function_words.matters(key, self.concordance.language)
        )

    def place(self, name: str) -> Passage | None:
        """Return where a name is said first, with a few words around it."""
        wanted = [token.key for token in tokenizing.tokens(name, self.concordance.language)]
        run = self.concordance.run(wanted) if wanted else None
        if run is None:
            return None
        last = min(len(self.concordance.tokens) - 1, run[1] + _AROUND_NAME)
        return self.concordance.passage(max(0, run[0] - _AROUND_NAME), last)

    def related(self, tokens: Sequence[Token], passages: Sequence[Passage]) -> bool:
        """Return whether statement and passages, with the words around them, share something that matters."""
        if not self.is_same_language or not self.language:
            return True
        stated = {term[:_STEM] for term in set(filter(None, terms(tokens, self.language))) - VAGUE}
        around = (self._around(one.first - _SHARED_NEAR, one.last + _SHARED_NEAR) for one in passages)
        return not stated or any(stated & {term[:_STEM] for term in said} for said in around)

    def overlap(self, statement: str, passage: Passage) -> float:
        """Return the share of the statement's content words that stand in the passage itself."""
        stated = set(filter(None, terms(tokenizing.tokens(statement, self.language), self.language)))
        held = self._around(passage.first, passage.last)
        return len(stated & held) / len(stated) if stated else 0.0

    def shared(self, text: str, other: str) -> float:
        """Return the share of the content words and figures of one text that another has."""
        wanted = set(filter(None, terms(tokenizing.tokens(text, self.language), self.language)))
        held = set(filter(None, terms(tokenizing.tokens(other, self.language), self.language)))
        return len(wanted & held) / len(wanted) if wanted else 0.0

    def _around(self, first: int, last: int) -> set[str]:
        return set(filter(None, self._support.terms[max(0, first) : last + 1]))

    @cached_property
    def _writes_digits(self) -> bool:
        """Return whether a figure that is not found was not said: where number words are not read, only
        digits tell.
        """
        if numerals.reads(self.concordance.language):
            return True
        ideographs = sum(1 for _ in folded_words.UNSPACED.finditer(self.concordance.text[:_SAMPLE]))
        if ideographs * 2 > len(self.concordance.text[:_SAMPLE]):
            return True
        return sum(not one.spelt for _, one in self._support.figures.all) >= _MANY_DIGITS

    def _holds_digits(self, passages: Sequence[Passage]) -> bool:
        return any(not one.spelt for _, one in self._support.figures.inside(passages))

    def _unknown_names(self, statement: str) -> tuple[str, ...]:
        known = self._vocabulary
        return tuple(
            name for name in names.names(statement, self.language) if not names.is_known(name, known)
        )

    @cached_property
    def _vocabulary(self) -> names.Vocabulary:
        return names.Vocabulary(f"{self.concordance.text} \n {self.concordance.speakers} \n {self.sources}")


def _tells(figure: Figure) -> bool:
    """Return whether a figure in a label is more than its number: 45 %, 1984."""
    return bool(figure.unit) or figure.value != int(figure.value) or abs(figure.value) >= _DISTINCTIVE


_FORMULAS = frozenset("co h o n no ch so nh sio".split())
"""Letters before the digit of a chemical formula: CO2, H2O, CH4."""


def worth_checking(tokens: Sequence[Token]) -> list[tuple[int, Figure]]:
    """Return the figures of a statement that are worth checking.

    Not ``one`` and ``first``, not what a summary counts by itself (three reasons), not a month's name that
    is another word.
    """
    found = []
    for place, figure in tokenizing.figures(list(tokens)):
        after = tokens[place + 1].key if place + 1 < len(tokens) else ""
        before = tokens[place - 1] if place else None
        if figure.kind == "month" and _is_other_word(tokens, place):
            continue
        if figure.named and before and before.key in _FORMULAS and figure.value < _SMALL:
            continue
        if figure.spelt and len(figure.text) == 1:  # an ideograph, which may be a part of any word
            continue
        if figure.spelt and (_is_small(figure, after) or _is_one_of_something(figure)):
            continue
        if figure.kind == "share" and before and before.figure and before.figure.kind == "ordinal":
            continue
        found.append((place, figure))
    return found


def _is_one_of_something(figure: Figure) -> bool:
    """Return whether this is a year, one week: as often said without a number."""
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
