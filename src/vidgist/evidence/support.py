"""Where in a talk a figure of a statement was said: near what the statement says, counting the same. Pure.

A number alone proves little: "one" and "three" stand in every talk. In the passage that carries the statement an equal
number is enough where its unit agrees; elsewhere it must stand beside the same unit or noun, near other words of the
statement, and nothing in the passage may say another number of the same.
"""

import itertools
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from vidgist.evidence import dates, function_words, quantities, tokenizing, units
from vidgist.evidence.concordance import Concordance, Passage
from vidgist.evidence.figure_index import FigureIndex
from vidgist.evidence.figures import Figure, equal
from vidgist.evidence.items import Token
from vidgist.evidence.lookup import terms
from vidgist.evidence.units import Unit

_NEAR = 12
"""Words around a figure that say what it counts."""

_HOME = 60
"""Words around a passage that are still about the same."""

_BESIDE = 4
"""Words on either side of a figure among which its noun stands."""

_WIDE = 40
"""Words of a passage within which a figure may leave out the unit of another."""

_NEXT = 2
"""Words behind a figure among which the noun stands that it counts, as a rule."""

_UNIT_NEAR = 8
"""Words within which a figure shares the unit of another: sixty or seventy percent."""

_BEFORE_FIGURE, _BEHIND_FIGURE = 6, 4
"""Words shown on either side of a figure."""

_COUNTED = 5
"""The most that a text on a talk counts by itself."""

_TWO_READINGS = 2
_FEW_SHARED = 2
_SMALL, _DAYS, _DISTINCTIVE = 10.0, 31, 100
_FIRST_YEAR, _LAST_YEAR, _CENTURY = 1200, 2100, 100
_PERCENT = 100.0


class Stated(NamedTuple):
    """A figure of a statement: ``tokens[place]``."""

    tokens: Sequence[Token]
    place: int
    figure: Figure


WITHIN = Passage(None, -1, -1)  # type: ignore[arg-type]
"""Stands for the passages given, or for what else is known of the talk."""


class Support:
    """The figures of one talk. ``language`` is that of the statements, ``sources`` what else is known of the talk."""

    def __init__(self, concordance: Concordance, sources: str, language: str) -> None:
        self.concordance = concordance
        self.language = language
        self.figures = FigureIndex(concordance)
        self._sources = sources

    def find(
        self, stated: Stated, passages: Sequence[Passage], beside: Iterable[Figure] = ()
    ) -> Passage | None:
        """Return where a figure was said: `WITHIN` for the passages and the sources, else another passage, or None.

        ``beside`` are the figures of the statement.
        """
        others = list(beside)
        words = _Words(stated, self.language if self._is_same_language else "")
        equals = [(at, one) for at, one in self.figures.like(stated.figure) if _same(stated.figure, one)]
        inside = self.figures.inside(passages)
        for at, one in equals:
            if (at, one) not in inside or not self._counts_the_same(stated, at, one, is_inside=True):
                continue
            if stated.figure.named or self._fits_beside(words, at, one, inside):
                if self._is_said_of_another(
                    words, at, [place for place, other in inside if other not in others]
                ):
                    return None
                return WITHIN
        rivals = [(at, one) for at, one in inside if not any(_same(other, one) for other in others)]
        if not any(self._is_rival(words, at, one) for at, one in rivals):
            is_plain = stated.figure.kind == "number" and not stated.figure.named
            is_bare = is_plain and any(map(_is_bare, (one for _, one in rivals)))
            places = [
                at
                for at, one in equals
                if self._counts_the_same(stated, at, one)
                and self._carries(stated, words, at, one, passages)
                and (stated.figure.unit or not is_bare or self._follows(words, at))
            ]
            if places:
                near = passages[0].first if passages else 0
                nearest = min(places, key=lambda at: abs(at - near))
                is_small = not stated.figure.unit and abs(stated.figure.value) <= _SMALL
                return WITHIN if is_small else self._around(nearest)
        is_year = _is_year(stated.figure) and any(
            self._is_year_in_short(stated.figure, *one) for one in inside
        )
        if self._is_in_hundredths(stated.figure, inside) or self._is_own_count(stated, passages):
            return WITHIN
        if is_year or self._is_share(stated.figure, inside) or self._is_one(words, passages):
            return WITHIN
        if self._in_sources(words) or self._in_digits(stated.figure):
            return WITHIN
        return None

    def _is_one(self, words: "_Words", passages: Sequence[Passage]) -> bool:
        """Return whether the passages name what is counted as one, and no other number of it."""
        figure = words.figure
        if figure.value != 1 or figure.kind != "number":
            return False
        if figure.unit and figure.unit.key in ("%", "x", "°"):
            return self._begins_range(figure.unit, passages)
        for at in (at for passage in passages for at in range(passage.first, passage.last + 1)):
            token, before = self.concordance.tokens[at], self.concordance.tokens[max(0, at - 1)]
            is_named = kind_of(token) == figure.unit.kind if figure.unit else self.terms[at] in words.after
            if is_named and (before.key in quantities.ONE or before.key in _SINGLE):
                return True
        return False

    def _begins_range(self, unit: Unit, passages: Sequence[Passage]) -> bool:
        """Return whether an article begins a range of this unit in the passages: von einem auf fünf Prozent."""
        keys = self.concordance.tokens
        return any(
            one.unit is not None
            and one.unit.kind == unit.kind
            and at >= _NEXT
            and keys[at - 1].key in dates.RANGE
            and keys[at - 2].key in quantities.ONE
            for at, one in self.figures.inside(passages)
        )

    @property
    def _is_same_language(self) -> bool:
        return self.language == self.concordance.language

    @cached_property
    def terms(self) -> list[str]:
        """Return the term of each token of the talk."""
        return terms(self.concordance.tokens, self.concordance.language)

    def _fits_beside(
        self, words: "_Words", at: int, said: Figure, inside: Sequence[tuple[int, Figure]]
    ) -> bool:
        """Return whether a number of the passage may be the one stated, by the nouns beside it and other numbers."""
        if not words.language or words.figure.kind == "month":
            return True
        if words.figure.unit and said.unit and words.figure.unit.kind == said.unit.kind:
            return True
        if words.month and abs(words.figure.value) <= _DAYS:
            return self._is_in_month(words.month, at)
        if _is_pronoun(said):
            return self._follows(words, at)
        if not self._is_next(words, at) and any(self._is_next(words, place) for place, _ in inside):
            return False
        if self._is_beside(words, at):
            return True
        counts_another = bool(words.after) and any(
            place != at and not equal(words.figure, one) and self._follows(words, place)
            for place, one in inside
        )
        return not counts_another

    def _is_rival(self, words: "_Words", at: int, said: Figure) -> bool:
        """Return whether a number of the passage, which the statement lacks, counts what the statement counts."""
        figure = words.figure
        if _is_pronoun(said) and figure.unit is None:
            return self._follows(words, at)
        if _is_percent(figure) and _is_percent(said):
            return True
        if figure.unit and said.unit:
            return figure.unit.kind == said.unit.kind
        if figure.kind == "month" or said.kind == "month":
            return figure.kind == said.kind
        if _is_year(figure) and _is_year(said):
            return True
        return self._follows(words, at)

    def _carries(
        self, stated: Stated, words: "_Words", at: int, said: Figure, passages: Sequence[Passage]
    ) -> bool:
        """Return whether an equal number outside the passages is said of what the statement says."""
        figure = words.figure
        is_near = any(passage.first - _HOME <= at <= passage.last + _HOME for passage in passages)
        has_unit = said.unit is not None and (
            figure.unit.kind == said.unit.kind if figure.unit else self._names(stated, said.unit, _BESIDE - 1)
        )
        is_distinctive = figure.value != int(figure.value) or abs(figure.value) >= _DISTINCTIVE
        if figure.kind == "month" or (words.month and self._is_in_month(words.month, at)):
            return True
        if not words.language:
            return has_unit or is_distinctive or is_near or not passages
        shared = len(words.told & self._near(at, _NEAR))
        is_told = is_near or shared >= min(_FEW_SHARED, len(words.told))
        if figure.named and said.named:
            return words.letters == self.concordance.tokens[max(0, at - 1)].key
        if figure.named or said.named:
            return self._is_beside(words, at) or shared > 0
        if has_unit or figure.kind in ("decade", "clock", "sequence", "share"):
            return is_distinctive or is_near or shared > 0 or not passages
        if is_distinctive:
            return shared > 0 or is_near
        if _is_pronoun(said):
            return self._follows(words, at) and is_told
        if not passages and figure.spelt and figure.value <= _SMALL:
            return shared > 0
        if self._is_next(words, at) and abs(figure.value) > _SMALL:
            return True
        return self._is_beside(words, at) and is_told

    def _names(self, stated: Stated, unit: Unit, width: int = _UNIT_NEAR) -> bool:
        """Return whether the words around a stated figure name a unit that it lacks: a week or two."""
        place = stated.place
        around = (
            *stated.tokens[max(0, place - width) : place],
            *stated.tokens[place + 1 : place + width],
        )
        return any(kind_of(token) == unit.kind for token in around)

    def _is_beside(self, words: "_Words", at: int) -> bool:
        """Return whether a noun of the stated figure stands beside one that was said: that behind it, if there is one."""
        if self._is_titled(words, at):
            return True
        if words.after:
            return bool(words.after & self._terms_between(at - _BESIDE, at + _BESIDE))
        return bool(words.before & self._terms_between(at - _BESIDE, at + _BESIDE))

    def _follows(self, words: "_Words", at: int) -> bool:
        """Return whether what the stated figure counts stands behind one that was said; before it, if nothing follows."""
        if self._is_titled(words, at):
            return True
        if words.after:
            return bool(words.after & self._terms_between(at + 1, at + _BESIDE))
        return bool(words.before & self._terms_between(at - _BESIDE, at - 1))

    def _is_titled(self, words: "_Words", at: int) -> bool:
        """Return whether the word right before both is the same: version one, layer 1."""
        return bool(words.title) and at > 0 and self.terms[at - 1] == words.title

    def _is_said_of_another(self, words: "_Words", at: int, others: Sequence[int]) -> bool:
        """Return whether the clause of another number of this name says more of what the statement says: version 2, 3."""
        if not self._is_titled(words, at):
            return False
        told = words.told - {words.title}
        own = len(told & self._clause(at))
        rivals = [place for place in others if place != at and self._is_titled(words, place)]
        most = max((len(told & self._clause(place)) for place in rivals), default=0)
        return most > own and (own == 0 or most - own >= _FEW_SHARED)

    def _clause(self, at: int) -> set[str]:
        """Return the terms of the clause of a word, which ends at a mark or before a word that joins two."""
        keys, text = self.concordance.tokens, self.concordance.text
        joints = _JOINTS.get(self.concordance.language, frozenset())

        def parts(place: int) -> bool:
            between = text[keys[place - 1].end : keys[place].begin]
            return keys[place].key in joints or bool(set(between) & set(",;:.!?…"))

        first = next(
            (place for place in range(at, max(0, at - _HOME), -1) if parts(place)), max(0, at - _HOME)
        )
        end = min(len(keys), at + _HOME)
        last = next((place for place in range(at + 1, end) if parts(place)), end)
        return self._terms_between(first, last - 1)

    def _is_next(self, words: "_Words", at: int) -> bool:
        """Return whether the noun next to the stated figure stands next to one that was said."""
        return bool(words.noun) and words.noun in self.terms[at + 1 : at + 1 + _NEXT]

    def _is_in_month(self, month: Figure, at: int) -> bool:
        said = _month_near(self.concordance.tokens, at)
        return said is not None and said.values == month.values

    def _is_year_in_short(self, year: Figure, at: int, said: Figure) -> bool:
        """Return whether a number is a year without its century: in thirty-three."""
        if not (said.spelt and said.kind == "number" and said.unit is None and said.value >= _SMALL):
            return False
        is_date = _month_near(self.concordance.tokens, at) is not None
        return said.value == year.value % _CENTURY and (is_date or not self._counts_noun(at))

    def _is_in_hundredths(self, stated: Figure, inside: Sequence[tuple[int, Figure]]) -> bool:
        """Return whether a sum is said in hundredths that only another figure names: ninety cents, not sixty."""
        if not stated.unit or stated.unit.kind not in units.CURRENCIES - _HUNDREDTHS:
            return False
        named = any(one.unit and one.unit.kind in _HUNDREDTHS for _, one in inside)
        wanted = stated.value * _PERCENT
        return named and any(not one.unit and abs(one.value - wanted) < 0.5 for _, one in inside)

    def _is_own_count(self, stated: Stated, passages: Sequence[Passage]) -> bool:
        """Return whether a free text counts by itself what it lists: three crises."""
        figure = stated.figure
        is_small = figure.spelt and figure.kind == "number" and 1 < figure.value <= _COUNTED
        return not passages and is_small and figure.unit is None and stated.place + 1 < len(stated.tokens)

    def _is_share(self, stated: Figure, inside: Sequence[tuple[int, Figure]]) -> bool:
        """Return whether the passages say a share as every fourth, or as one household in four."""
        if not _is_percent(stated):
            return False
        keys = self.concordance.tokens
        for at, one in inside:
            if one.kind == "ordinal" and at and keys[at - 1].key in quantities.EVERY and one.value > 1:
                found = 1 / one.value
            else:
                over = [
                    few for place, few in inside if at - _BESIDE <= place < at and 0 < few.value < one.value
                ]
                middle = {token.key for token in keys[max(0, at - 2) : at]} & quantities.OUT_OF
                if not over or not middle:
                    continue
                found = over[-1].value / one.value
            if abs(stated.value - found * _PERCENT) < 1:
                return True
        return False

    def _near(self, at: int, width: int) -> set[str]:
        return self._terms_between(at - width, at - 1) | self._terms_between(at + 1, at + width)

    def _terms_between(self, first: int, last: int) -> set[str]:
        return set(filter(None, self.terms[max(0, first) : last + 1]))

    def _counts_the_same(self, stated: Stated, at: int, said: Figure, *, is_inside: bool = False) -> bool:
        """Return whether two equal numbers may count the same thing, by their units."""
        one, other = stated.figure.unit, said.unit
        kinds = (stated.figure.kind, said.kind)
        if "share" in kinds:
            is_percent = (one is None or one.key == "%") and (other is None or other.key == "%")
            return is_percent and (kinds[0] == kinds[1] or (one or other) is not None)
        if {"decade", "clock", "sequence"} & set(kinds):
            return True
        if one and other:
            return one.kind == other.kind or _may_be_one(one, other)
        if other:
            return self._may_lack_unit(stated, other, at)
        if one:
            return self._may_have_unit(one, said, at, is_inside=is_inside)
        return True

    def _may_lack_unit(self, stated: Stated, unit: Unit, at: int) -> bool:
        """Return whether a figure of the statement may leave out the unit with which it was said."""
        if self._names(stated, unit):
            return True
        place = stated.place
        ranged = (token.figure for token in stated.tokens[place + 1 : place + 1 + _NEXT] if token.figure)
        if any(one.unit and one.unit.kind != unit.kind for one in ranged):
            return False
        if unit.key == "%" or place + 1 >= len(stated.tokens) or not self._is_same_language:
            return unit.key != "%"
        after = terms(stated.tokens[place + 1 : place + 2], self.language)[0]
        return not after or after in self._near(at, _BESIDE)

    def _may_have_unit(self, unit: Unit, said: Figure, at: int, *, is_inside: bool) -> bool:
        """Return whether a figure that was said without a unit may count this one: it is named beside it, or shared."""
        if not self.concordance.language or len(said.values) > _TWO_READINGS:  # eins zwanzig
            return True
        tokens = self.concordance.tokens
        beside = tokens[max(0, at - 2) : at + _BESIDE]
        if any(kind_of(token) == unit.kind and not token.figure for token in beside):
            return True
        near = self.figures.between(at - _UNIT_NEAR, at + _UNIT_NEAR)
        shared = (one for place, one in near if place != at)
        if any(one.unit and one.unit.kind == unit.kind for one in shared) and not self._counts_noun(at):
            return True
        if _is_pronoun(said):
            return False
        if is_inside and abs(said.value) > _SMALL:
            wide = (one.unit for place, one in self.figures.between(at - _WIDE, at + _WIDE) if place != at)
            if any(one and one.kind == unit.kind for one in wide):
                return True
        if unit.key == "°":
            return said.value < 0
        if unit.kind in units.CURRENCIES and abs(said.value) > _SMALL:
            return any(kind_of(token) == unit.kind for token in tokens)
        return unit.key == "year" and not self._counts_noun(at)

    def _counts_noun(self, at: int) -> bool:
        return any(self.terms[at + 1 : at + 2])

    def _around(self, at: int) -> Passage:
        """Return the words around a figure in its sentence, but for what says nothing at either end."""
        known = function_words.FUNCTION_WORDS.get(self.concordance.language, frozenset())
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

    @cached_property
    def _source_tokens(self) -> list[Token]:
        return tokenizing.tokens(self._sources, self.concordance.language)

    def _in_sources(self, words: "_Words") -> bool:
        """Return whether title or description say the figure, a small one with its noun."""
        found = [one for _, one in tokenizing.figures(self._source_tokens) if equal(words.figure, one)]
        if not found:
            return False
        unit = words.figure.unit
        if not any(one.unit is None or unit is None or one.unit.kind == unit.kind for one in found):
            return False
        if unit or words.figure.value > _DAYS or not words.after or not words.language:
            return True
        return bool(words.after & set(filter(None, terms(self._source_tokens, self.concordance.language))))

    def _in_digits(self, stated: Figure) -> bool:
        """Return whether a long number was said digit by digit, or in groups."""
        digits = f"{stated.value:.0f}"
        if stated.kind not in ("number", "sequence") or stated.value != int(stated.value) or len(digits) < 3:
            return False
        for row in self._rows:
            begins = list(itertools.accumulate(map(len, row), initial=0))
            at = -1
            whole = "".join(row)
            while (at := whole.find(digits, at + 1)) >= 0:
                if at in begins and at + len(digits) in begins:
                    count = begins.index(at + len(digits)) - begins.index(at)
                    if count > 1:
                        return stated.kind == "sequence" or len(digits) >= 5 or count > 2
        return False

    @cached_property
    def _rows(self) -> list[list[str]]:
        """Return the digits of figures said one after the other, of each row of two or more."""
        rows: list[list[str]] = []
        last = -_NEXT
        for at, one in self.figures.all:
            if one.kind in ("number", "sequence"):
                if at - last > 1:
                    rows.append([])
                rows[-1].append(f"{one.value:.0f}")
                last = at
        return [row for row in rows if len(row) > 1]


class _Words:
    """The telling words of a statement by where they stand to one of its figures; ``language`` is empty for a translation."""

    def __init__(self, stated: Stated, language: str) -> None:
        self.figure, self.language = stated.figure, language
        tokens, place = stated.tokens, stated.place
        found = terms(tokens, language)
        stop = place + 1 + _NEXT
        while stop < min(len(tokens), place + 1 + _BESIDE) and not tokens[stop].figure:
            stop += 1
        self.month = _month_near(tokens, place) if stated.figure.kind in ("number", "ordinal") else None
        behind = [at for at in range(place + 1, min(len(tokens), stop)) if _tells(tokens[at], found[at])]
        before = [at for at in range(max(0, place - _BESIDE), place) if _tells(tokens[at], found[at])]
        if self.month:
            behind, before = [], []
        self.noun = found[behind[0]] if behind and behind[0] <= place + _NEXT else ""
        self.after = {found[at] for at in behind[:2]}
        self.before = {found[at] for at in before[-2:]}
        self.title = found[place - 1] if place - 1 in before else ""
        self.letters = tokens[place - 1].key if place else ""
        own = {"%", found[place]}
        self.told = {one for at, one in enumerate(found) if one and at != place} - own - VAGUE


_SINGLE = frozenset(
    ("single", "1", "einzigen", "einziges", "einziger", "seul", "seule", "solo", "sola", "único", "única")
)
"""Before what is counted as one."""

_JOINTS = {
    "en": frozenset("and but while then whereas or so because".split()),
    "de": frozenset("und aber während wahrend dann doch oder weil".split()),
    "fr": frozenset("et mais tandis puis alors ou car".split()),
    "es": frozenset("y pero mientras luego o porque".split()),
    "it": frozenset("e ma mentre poi o perche".split()),
    "pt": frozenset("e mas enquanto depois ou porque".split()),
}
"""Words before which another clause begins."""

VAGUE = frozenset(function_words.stem(word) for word in ("talk", "speaker", "video", "vortrag", "vidéo"))
"""Words of a statement that say nothing of what the talk says."""


def _tells(token: Token, term: str) -> bool:
    return bool(term) and not token.figure and not kind_of(token)


def _month_near(tokens: Sequence[Token], place: int) -> Figure | None:
    """Return the month beside a day or a year of a date."""
    near = tokens[max(0, place - _NEXT) : place + 1 + _NEXT]
    return next((token.figure for token in near if token.figure and token.figure.kind == "month"), None)


def _same(one: Figure, other: Figure) -> bool:
    if "month" in (one.kind, other.kind):
        return one.kind == other.kind and one.values == other.values
    if _is_percent(one) and one.value < 0 <= other.value:  # a fall of 30 percent
        one = one._replace(values=tuple(map(abs, one.values)))
    if one.unit and other.unit and one.unit.kind != other.unit.kind:
        if other.unit.kind in _HUNDREDTHS and one.unit.kind in units.CURRENCIES - _HUNDREDTHS:
            return any(abs(value * _PERCENT - cents) < 0.5 for value in one.values for cents in other.values)
        if one.unit.kind in _HUNDREDTHS and other.unit.kind in units.CURRENCIES - _HUNDREDTHS:
            return _same(other, one)
    return equal(one, other)


_HUNDREDTHS = frozenset(("cents", "pence"))
"""Of a currency: ninety cents are $0.90."""


def kind_of(token: Token) -> str:
    """Return what the unit that a token names measures, or nothing."""
    unit = units.UNITS.get(token.key.lower()) or units.UNITS.get(token.key)
    return unit.kind if unit else ""


def _holds(passage: Passage, at: int) -> bool:
    return passage.first <= at <= passage.last


def _is_percent(figure: Figure) -> bool:
    return figure.kind == "share" or (figure.unit is not None and figure.unit.key == "%")


def _is_bare(said: Figure) -> bool:
    """Return whether a number says by itself not what it counts, and is no part of a name."""
    return said.unit is None and said.kind == "number" and not said.named and not _is_pronoun(said)


def _is_pronoun(said: Figure) -> bool:
    """Return whether a number may be no number at all: one of them, the first one."""
    return said.spelt and said.unit is None and said.kind == "number" and said.value == 1


def _is_year(figure: Figure) -> bool:
    return (
        figure.kind == "number"
        and figure.unit is None
        and figure.value == int(figure.value)
        and _FIRST_YEAR <= figure.value <= _LAST_YEAR
    )


def _may_be_one(one: Unit, other: Unit) -> bool:
    """Return whether two units of different kinds may be the same: a sum of any currency, pounds of either kind."""
    kinds = {one.kind, other.kind}
    money = units.MONEY.kind in kinds and kinds & units.CURRENCIES
    cents = kinds & _HUNDREDTHS and kinds <= units.CURRENCIES
    return bool(money or cents) or {one.key, other.key} == {"lb", "£"}
