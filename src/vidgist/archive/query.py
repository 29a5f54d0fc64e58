"""Read a question or a few words as what is looked for: groups of terms, and what a match of each is worth.

A group stands for one word of the query: the word itself, its inflections that the index holds, and words
that may stand for it. Words that only make a question (who, which) are looked for where there are no others.
"""

import difflib
import math
import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from vidgist.archive import related
from vidgist.archive.vocabulary import Vocabulary
from vidgist.evidence import function_words, names
from vidgist.models import Value
from vidgist.offline import lexicon
from vidgist.text.search_words import words

MOST = 24
"""Words of a query that count; a longer one is a paste."""

RARE = 1.35
"""Power that sets rare words, names above all, further apart from common ones."""

_VARIANTS = 12
"""Forms of one word, the commonest first, and as many synonyms."""

_PART = 6
"""Letters of an unknown word from which it is looked for inside others."""

_ALIKE = 0.8
"""Likeness of letters from which a name is another one mistyped."""

_SCANNED = 400
_SENTENCE = 3
"""Words from which a query shows its language."""

_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufdff]")
"""Letters of other scripts than the Latin one."""

_OPENING = "\"'(“«„¿¡"
_LONG = 6
"""Letters from which words of two languages that are alike are hardly so by chance."""

_SELDOM = 0.002
"""Share of the passages below which a word is hardly one of their language."""

_COMMONEST = {
    "en": ("the", "of", "and", "to", "that", "with"),
    "de": ("und", "der", "nicht", "das", "ein", "mit"),
    "fr": ("et", "les", "des", "est", "une", "dans"),
    "es": ("el", "los", "las", "una", "por", "con"),
    "it": ("che", "di", "il", "non", "sono", "per"),
    "pt": ("uma", "os", "do", "da", "em", "com"),
}
_USED = 0.3
"""Times a passage from which on these words are those of the notes."""

_RESPELT = 6
"""Words that stand nowhere for which near spellings are tried, the first ones."""

_SYNONYMS_BELOW = 0.02
"""Share of the passages from which a word is common enough to need no other in its place."""

_ASKING = related.bag(
    """
        who whom whose what which when where why how did does do done is are was were be been being am has
        have had can could would should will shall may might must the a an of to in on at by for from with
        about into over after before during between and or but not no if then than that this these those
        there here it its they them their he him his she her you your i me my we us our one any some much
        many more most other also say says said tell tells told talk talks talked speak speaks speaker
        speakers video videos mention mentions mentioned discuss discusses discussed according explain
        explains explained anyone someone anybody somebody ever really exactly please wer wie wann wo
        warum welche welcher welches der die das und oder ist sind war ein eine einen im von zu mit quien
        que cual cuando donde como por el la los las un una de del en y o es son fue qui quoi quel quelle
        quand ou comment pourquoi le les des du et est sont une
    """
)
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


class Terms(Protocol):
    """What a query asks of an index."""

    @property
    def size(self) -> int: ...

    @property
    def vocabulary(self) -> Vocabulary: ...


class Group(NamedTuple):
    """One word of a query. ``terms``: what each term of the index is worth as that word, itself 1.

    ``weight`` is how specific the word is: little for a common one. ``counts`` are the passages of each term.
    """

    word: str
    terms: dict[str, float]
    weight: float
    counts: dict[str, int]

    @property
    def is_known(self) -> bool:
        return bool(self.terms)


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
    is_foreign = _is_foreign(text, asked[:MOST], index)
    if is_foreign:
        content = _alike(text, content)
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
        if word not in content and word not in _ASKING and (group := _group(word, index)).terms
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
        names=_names(text, groups) if named and not is_foreign else (),
    )


def _is_foreign(text: str, asked: Sequence[str], index: Terms) -> bool:
    """Return whether a sentence is of another language than the notes.

    They have none of the words of another script, or few of its words, even of its smallest.
    """
    other = [word for word in asked if _OTHER_SCRIPT.search(word)]
    if other and len(other) * 2 >= len(asked) and not any(map(index.vocabulary.count, other)):
        return True
    small = function_words.FUNCTION_WORDS.get(function_words.code("", text), frozenset())
    if len(asked) < _SENTENCE or not small & set(asked):
        return False
    seldom = sum(index.vocabulary.count(word) <= _SELDOM * index.size for word in asked)
    return seldom * 2 > len(asked) and not _has_language(function_words.code("", text), index)


def _has_language(code: str, index: Terms) -> bool:
    """Return whether the notes use the commonest words of a language, in a part of their passages."""
    return sum(map(index.vocabulary.count, _COMMONEST.get(code, ()))) >= _USED * index.size


def _alike(text: str, content: Sequence[str]) -> list[str]:
    """Return what a text of another language may share with the notes: names, figures, long words."""
    capital = {word for one in text.split()[1:] if one.lstrip(_OPENING)[:1].isupper() for word in words(one)}
    is_german = function_words.code("", text) == "de"
    whole = {word for one in text.split() if one.isupper() for word in words(one)}
    return [
        word
        for word in content
        if len(word) >= _LONG
        or word in whole
        or any(map(str.isdigit, word))
        or (word in capital and not is_german)
        or (word.isascii() and not text.isascii() and _OTHER_SCRIPT.search(text))
    ]


def _names(text: str, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Return the most specific word of each name that a text writes; in small letters, of known names.

    Capitals alone are none: they may stand for words.
    """
    known = {group.word: group for group in groups}
    language = function_words.code("", text)
    if text == text.lower():
        return tuple(one for one in groups if not one.terms and lexicon.shipped().name(one.word))
    if _is_title(text):
        return ()
    found: list[list[Group]] = []
    at = 0
    for name in names.names(text, language):
        begin = text.find(name, at)
        held = (
            [] if name.isupper() else [known[word] for word in words(name) if len(word) > 1 and word in known]
        )
        if found and begin >= 0 and not text[at:begin].strip():
            found[-1] += held
        else:
            found.append(held)
        at = max(at, begin + len(name))
    return tuple(_meant(_telling(run)) for run in found if run)


def _telling(name: Sequence[Group]) -> Group:
    """Return the word of a name that tells most: the last one, unless others are far rarer."""
    rarest = max(name, key=lambda one: one.weight)
    return name[-1] if 2 * name[-1].weight >= rarest.weight else rarest


def _meant(name: Group) -> Group:
    """Return a name without spellings that are not almost its own."""
    exact = {term: worth for term, worth in name.terms.items() if worth != related.NEAR}
    slips = {term: worth for term, worth in name.terms.items() if _is_slip(name.word, term)}
    return name._replace(terms=exact or slips)


def _is_slip(word: str, other: str) -> bool:
    """Return whether a name is another one mistyped: a letter more or less, wrong, or moved."""
    if other.startswith(word):
        return True
    match = difflib.SequenceMatcher(None, word, other, autojunk=False)
    return word[0] == other[0] and abs(len(word) - len(other)) <= 1 and match.ratio() >= _ALIKE


def _is_title(text: str) -> bool:
    """Return whether small words have capitals too, as in a headline."""
    small = [one for one in text.split()[1:] if one.lower() in _ASKING and one != "I"]
    return bool(small) and sum(one[:1].isupper() for one in small) * 2 > len(small)


def content_words(text: str) -> list[str]:
    """Return the content words of a text, each once."""
    return [word for word in dict.fromkeys(words(text)) if word not in _ASKING]


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
