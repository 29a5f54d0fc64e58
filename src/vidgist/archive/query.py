"""Read a question or a few words as what is looked for: groups of terms, and what a match of each is worth.

A group stands for one word of the query: the word itself, its inflections that the index holds, and words
that may stand for it. Words that only make a question (who, which) are looked for where there are no others.
"""

import math
import re
from functools import cached_property

from vidgist.archive import asked_names, foreign, related
from vidgist.archive.terms import ASKING, Group, Terms, content_words
from vidgist.archive.vocabulary import Vocabulary
from vidgist.models import Value
from vidgist.text.search_words import words

MOST = 24
"""Words of a query that count; a longer one is a paste."""

RARE = 1.35
"""Power that sets rare words, names above all, further apart from common ones."""

_VARIANTS = 12
"""Forms of one word, the commonest first, and as many synonyms."""

_PART = 6
"""Letters of an unknown word from which it is looked for inside others."""

_SCANNED = 400
_RESPELT = 6
"""Words that stand nowhere for which near spellings are tried, the first ones."""

_SYNONYMS_BELOW = 0.02
"""Share of the passages from which a word is common enough to need no other in its place."""

_FIRST = related.bag(
    """
        who whom whose what which when where why how did does do is are was were can could should will
        wer wie wann wo warum quien que cual cuando donde como cuanto qui quoi quel quand comment pourquoi
    """
)
_FIGURE = re.compile(
    r"\bhow (?:many|much|long|old|far|high|tall|big|large|fast|deep|heavy|often|few)\b"
    r"|\bwhat (?:percent\w*|share|number|price|amount|figure|rate)\b"
    r"|\bwie ?viele?\b|\bcu[aá]nt[oa]s?\b|\bcombien\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\bwhen\b|\b(?:what|which|in what) (?:year|month|day|date|century)\b|\bwann\b|\bcu[aá]ndo\b|\bquand\b",
    re.IGNORECASE,
)


class Query(Value):
    """What is looked for. ``near`` are spellings close to words that stand nowhere.

    ``is_foreign``: the words are of another language than the notes.
    """

    text: str
    groups: tuple[Group, ...]
    wants_figure: bool = False
    wants_date: bool = False
    unknown: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    is_question: bool = False
    is_foreign: bool = False
    names: tuple[Group, ...] = ()
    """For each name of the text the most specific of its words; none of a text of another language."""
    further: int = 0
    """Groups at the end that are not of the text itself."""

    @property
    def absent(self) -> tuple[str, ...]:
        """Return names that stand nowhere and have no near spelling."""
        return tuple(one.word for one in self.names if not one.terms)

    @property
    def own_weight(self) -> float:
        """Return what a passage with every word of the text itself would score."""
        own = self.groups[: len(self.groups) - self.further]
        return sum(group.weight for group in own) or 1.0

    @property
    def weight(self) -> float:
        """Return what a passage with every word would score."""
        return sum(group.weight for group in self.groups) or 1.0

    @cached_property
    def worth(self) -> dict[str, list[tuple[str, float]]]:
        """Return for each term the words that it may stand for, and what it is worth as each."""
        found: dict[str, list[tuple[str, float]]] = {}
        for group in self.groups:
            for term, value in group.terms.items():
                found.setdefault(term, []).append((group.word, value * group.weight))
        return found


def read(text: str, index: Terms, further: tuple[str, ...] = (), *, named: bool = False) -> Query:
    """Return the query that a text is. ``further`` are words that may stand in a passage too, worth less.

    ``named``: the names of the text are looked for, too.
    """
    asked = list(dict.fromkeys(words(text)))
    content = content_words(text) or asked
    is_foreign = foreign.is_foreign(text, asked[:MOST], index)
    if is_foreign:
        content = foreign.alike(text, content)
    groups = [_group(word, index) for word in content[:MOST]]
    unknown = [group.word for group in groups if not group.terms]
    near: list[str] = []
    for place, group in enumerate(groups):
        if group.word in unknown[:_RESPELT] and not is_foreign:
            close = _near(group.word, index.vocabulary)
            near += close
            counts = {term: index.vocabulary.count(term) for term in close}
            groups[place] = group._replace(terms=dict.fromkeys(close, related.NEAR), counts=counts)
    more = [
        group._replace(weight=group.weight * related.SYNONYM, terms=dict(group.terms))
        for word in dict.fromkeys(words(" ".join(further)))
        if word not in content and word not in ASKING and (group := _group(word, index)).terms
    ]
    more = more[: 2 * MOST - len(groups)]
    return Query(
        text=text,
        groups=(*groups, *more),
        further=len(more),
        wants_figure=bool(_FIGURE.search(text)),
        wants_date=bool(_DATE.search(text)),
        unknown=tuple(word for word in unknown if len(word) > 1 or not word.isascii()),
        near=tuple(near),
        is_question=bool(_FIRST & set(asked[:1])) or text.rstrip().endswith(("?", "？", "؟")),
        is_foreign=is_foreign,
        names=asked_names.find(text, groups) if named and not is_foreign else (),
    )


def _group(word: str, index: Terms) -> Group:
    counts: dict[str, int] = {}
    values: dict[str, float] = {}

    vocabulary = index.vocabulary

    def enter(term: str, value: float, count: int | None = None) -> None:
        count = vocabulary.count(term) if count is None else count
        if count and value > values.get(term, 0.0):
            counts[term], values[term] = count, value

    enter(word, 1.0)
    stub = related.stub(word)
    if stub != word:
        like = [one for one in vocabulary.beginning(stub, _SCANNED) if related.inflects(word, one[0])]
        for term, count in sorted(like, key=lambda one: -one[1])[:_VARIANTS]:
            enter(term, related.INFLECTED, count)
    for term in related.bases(word):
        enter(term, related.INFLECTED)
    own = sum(counts.values())
    if own < _SYNONYMS_BELOW * index.size:
        for synonym in sorted(related.synonyms(word)):
            for term in related.forms(synonym):
                enter(term, related.SYNONYM)
    return Group(word, values, _weight(own or min(counts.values(), default=0), index.size), counts)


def _weight(count: int, size: int) -> float:
    rarity: float = math.log(1 + (size + 1) / (count + 0.5))
    return math.pow(rarity, RARE)


def _near(word: str, vocabulary: Vocabulary) -> list[str]:
    """Return words that begin with an unknown one, or else are spelt almost like it, or have it in them."""
    begun = vocabulary.beginning(word, _SCANNED) if len(word) >= related.SHORTEST - 1 else []
    if begun:
        return [term for term, _ in sorted(begun, key=lambda one: -one[1])[:_VARIANTS]]
    close = vocabulary.alike(word, most=2)
    return close if close or len(word) < _PART else vocabulary.containing(word, _VARIANTS)
