"""Names for ideas, topics and nodes: phrases of the talk as they are shown."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from vidgist.offline.english import bag
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence
from vidgist.offline.spelling import Spelling
from vidgist.offline.statements import Statement
from vidgist.offline.tagging import ADJECTIVE, CONJUNCTION, DETERMINER, NAME, NOUN, POSSESSIVE
from vidgist.offline.words import Word, is_dense, stem

_POSSESSIVES = bag("my your our their his her its")
_TIES = bag("of for in with on")
_MEASURES = bag(
    "lot lots kind kinds sort sorts type bit bunch couple number rest half part set way ways thing things"
)
_POINTING = bag(
    "same other such next last own few many much more most several first second different whole little"
)
"""Adjectives that say nothing of the thing itself."""
LONGEST = 5
"""Words of a label."""
LONE, QUALIFIED, TIED = 0.4, 0.6, 0.6
"""How much a common noun alone counts for, one with any adjective, and two phrases tied by a preposition."""
PAIRED, LOOSE = 0.45, 0.34
"""How much two common nouns count for that a conjunction joins, and two that nothing does."""
EVEN = 0.25
"""Share of the weight of the one that the other of a pair has at least, or one that is taken in its place."""
PAIRS = 3
"""Common nouns of an idea that are paired."""


def spell(words: Sequence[Word], text: str, spelling: Spelling) -> str:
    """A phrase of the talk with its names spelt, as it stands inside a sentence."""
    shown = [spelling.word(text[word.start : word.end], word.key) for word in words]
    return ("" if words[0].dense else " ").join(shown).removesuffix("'s").strip()


def of(
    ideas: Sequence[Statement],
    phrases: Sequence[Phrase],
    spares: Sequence[Sequence[Phrase]],
    language: Language,
    text: str,
    spelling: Spelling,
) -> list[str]:
    """A label for each idea, no two alike.

    The weightiest phrase of its words, of two to four words where there is one, that no other idea has; two
    phrases where each is a common noun alone. ``spares`` are the phrases of each idea's stretch of the talk, for
    ideas without any; at worst it is numbered. Ideas with the fewest phrases choose first, those with none last.
    """
    offers = [
        [*_offers(idea, found, language, text, spelling), *(_plain(phrase) for phrase in spare)]
        for idea, found, spare in zip(ideas, _held(ideas, phrases), spares, strict=True)
    ]
    own = [len(offer) - len(spare) for offer, spare in zip(offers, spares, strict=True)]
    taken: list[_Offer] = []
    named: dict[int, str] = {}
    for number in sorted(range(len(ideas)), key=lambda number: (not own[number], own[number], number)):
        free = [offer for offer in offers[number] if all(offer.label != other.label for other in taken)]
        apart = [
            offer
            for offer in free
            if offer.score >= EVEN * free[0].score and not any(_alike(offer, other) for other in taken)
        ]
        best = next(iter(apart or free), None)
        named[number] = best.label if best else f"{language.passage} {number + 1}"
        taken += [best] if best else []
    return [named[number] for number in range(len(ideas))]


class _Offer(NamedTuple):
    """What an idea could be called, and the stems that it says so with."""

    label: str
    stems: frozenset[str]
    score: float = 0.0


def _plain(phrase: Phrase) -> _Offer:
    return _Offer(phrase.label, frozenset(phrase.stems), phrase.score * (LONE if _lone(phrase) else 1.0))


def _alike(one: _Offer, other: _Offer) -> bool:
    """Whether the one label says nothing beside the other."""
    return one.stems <= other.stems or one.stems >= other.stems


class _Spot(NamedTuple):
    """Where a phrase stands in the words of an idea."""

    first: int
    last: int
    phrase: Phrase


def _held(ideas: Sequence[Statement], phrases: Sequence[Phrase]) -> list[list[_Spot]]:
    """The phrases of each idea, weightiest first."""
    here = defaultdict(list)
    for number, idea in enumerate(ideas):
        here[idea.index].append(number)
    held: list[list[_Spot]] = [[] for _ in ideas]
    for phrase in phrases:
        for index, begin, end in phrase.places:
            for number in here.get(index, ()):
                idea = ideas[number]
                if idea.first <= begin and end <= idea.last:
                    held[number].append(_Spot(begin - idea.first, end - idea.first, phrase))
    return held


def _offers(
    idea: Statement, held: Sequence[_Spot], language: Language, text: str, spelling: Spelling
) -> list[_Offer]:
    """What an idea could be called, best first."""
    found = [_plain(spot.phrase) for spot in held]
    if language.code == "en":
        for first, last, score in (*_linked(idea, held), *_qualified(idea, held)):
            words = [word for word in idea.words[first:last] if word.key not in _POSSESSIVES]
            label = spell(words, text, spelling)
            stems = frozenset(stem(word.key) for word in words if word.tag in NOUN + NAME + ADJECTIVE)
            found.append(_Offer(label[:1].upper() + label[1:], stems, score))
    found += _pairs(idea, held, language)
    found.sort(key=lambda offer: (-offer.score, offer.label))
    return found


def _pairs(idea: Statement, held: Sequence[_Spot], language: Language) -> Iterator[_Offer]:
    """Two common nouns of an idea: best where it ties them itself."""
    lones = {spot.phrase.stems: spot for spot in held if _lone(spot.phrase) and _named(idea, spot)}
    for left, right in pairwise(list(lones.values())[:PAIRS]):
        if right.phrase.score < EVEN * left.phrase.score:
            continue
        early, late = sorted((left, right), key=lambda spot: spot.first)
        between = "".join(word.tag for word in idea.words[early.last : late.first])
        tied = CONJUNCTION in between and not between.strip(CONJUNCTION + DETERMINER + POSSESSIVE + ADJECTIVE)
        label = f"{early.phrase.label}{language.conjunction}{small(late.phrase)}"
        score = (left.phrase.score + right.phrase.score) * (PAIRED if tied else LOOSE)
        yield _Offer(label, frozenset(left.phrase.stems + right.phrase.stems), score)


def _named(idea: Statement, spot: _Spot) -> bool:
    """Whether a phrase is a noun here too, as far as words have tags."""
    return idea.words[spot.last - 1].tag in ("", NOUN, NAME)


def _lone(phrase: Phrase) -> bool:
    """Whether a phrase is one common noun."""
    return len(phrase.stems) == 1 and phrase.common and not is_dense(phrase.stems[0][0])


def _linked(idea: Statement, held: Sequence[_Spot]) -> Iterator[tuple[int, int, float]]:
    """Nouns tied to a phrase by a preposition (``cost of the cables``), with their weight together.

    None where another preposition follows: ``in accordance with``.
    """
    words = idea.words
    ends: dict[int, _Spot] = {}
    for spot in held:
        if spot.last not in ends or ends[spot.last].first > spot.first:
            ends[spot.last] = spot
    for right in held:
        at = right.first
        while at and words[at - 1].tag in (DETERMINER, POSSESSIVE):
            at -= 1
        after = words[right.last] if right.last < len(words) else None
        leans = after is not None and (
            after.key in _TIES or (after.tag in NOUN + NAME and after.start - words[right.last - 1].end == 1)
        )
        if leans or at < 2 or right.first - at > 1 or words[at - 1].key not in _TIES:
            continue
        left = ends.get(at - 1)
        if words[at - 2].key in _MEASURES:
            continue
        if left is None:
            first, score = at - 2, right.phrase.score
            if words[first].tag != NOUN or words[at - 1].key != "of":
                continue
        else:
            first, score = left.first, left.phrase.score + right.phrase.score
        if right.last - first <= LONGEST and (left is None or left.phrase is not right.phrase):
            yield first, right.last, score * TIED


def _qualified(idea: Statement, held: Sequence[_Spot]) -> Iterator[tuple[int, int, float]]:
    """Common nouns with the adjective before them: ``big buttons``."""
    for spot in held:
        if spot.first and _lone(spot.phrase) and _named(idea, spot):
            before, noun = idea.words[spot.first - 1 : spot.first + 1]
            plain = before.tag == ADJECTIVE and before.key not in _POINTING
            if plain and noun.start - before.end == 1:
                yield spot.first - 1, spot.last, spot.phrase.score * QUALIFIED


def inside(phrase: Phrase, sentences: Sequence[Sentence]) -> str:
    """A phrase as it stands inside a sentence: small where it is no name, with the article it mostly has."""
    label = small(phrase)
    before = Counter(_before(sentences, place) for place in phrase.places)
    definite = before["the"] + sum(before[word] for word in _POSSESSIVES)
    return f"the {label}" if 2 * definite >= len(phrase.places) else label


def small(phrase: Phrase) -> str:
    """A phrase with a small letter where it is no name."""
    first, _, rest = phrase.label.partition(" ")
    if first[1:].islower() and phrase.common:
        return f"{first[:1].lower()}{first[1:]} {rest}".strip()
    return phrase.label


def _before(sentences: Sequence[Sentence], place: tuple[int, int, int]) -> str:
    index, begin, _ = place
    return sentences[index].words[begin - 1].key if begin else ""
