"""Names for ideas, topics and nodes: phrases of the talk as they are shown."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from vidgist.offline.english import bag
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence
from vidgist.offline.spelling import Spelling
from vidgist.offline.statements import Statement
from vidgist.offline.tagging import DETERMINER, POSSESSIVE
from vidgist.offline.words import Word, is_dense

_POSSESSIVES = bag("my your our their his her its")
_TIES = bag("of for in with on")
LONGEST = 5
"""Words of a label."""
LONE, PAIRED, TIED = 0.4, 0.45, 0.6
"""How much a common noun alone counts for, two of them, and two phrases tied by a preposition."""
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
        _offers(idea, found, language, text, spelling)
        for idea, found in zip(ideas, _held(ideas, phrases), strict=True)
    ]
    taken: set[str] = set()
    named: dict[int, str] = {}
    for number in sorted(
        range(len(ideas)), key=lambda number: (not offers[number], len(offers[number]), number)
    ):
        wanted = [*offers[number], *(phrase.label for phrase in spares[number])]
        label = next(
            (label for label in wanted if label.casefold() not in taken), f"{language.passage} {number + 1}"
        )
        named[number] = label
        taken.add(label.casefold())
    return [named[number] for number in range(len(ideas))]


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
) -> list[str]:
    """What an idea could be called, best first."""
    scored = [(spot.phrase.score * (LONE if _lone(spot.phrase) else 1.0), spot.phrase.label) for spot in held]
    if language.code == "en":
        for first, last, score in _linked(idea, held):
            label = spell(idea.words[first:last], text, spelling)
            scored.append((score * TIED, label[:1].upper() + label[1:]))
    lones = list({spot.phrase.stems: spot.phrase for spot in held if _lone(spot.phrase)}.values())
    for left, right in pairwise(lones[:PAIRS]):
        label = f"{left.label}{language.conjunction}{small(right)}"
        scored.append(((left.score + right.score) * PAIRED, label))
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    return [label for _, label in scored]


def _lone(phrase: Phrase) -> bool:
    """Whether a phrase is one common noun."""
    return len(phrase.stems) == 1 and phrase.common and not is_dense(phrase.stems[0][0])


def _linked(idea: Statement, held: Sequence[_Spot]) -> list[tuple[int, int, float]]:
    """Phrases tied by a preposition (``cost of the cables``), with their weight together.

    None where another preposition follows: ``in accordance with``.
    """
    begins: dict[int, _Spot] = {}
    for spot in held:
        if spot.first not in begins or begins[spot.first].last < spot.last:
            begins[spot.first] = spot
    found = []
    for left in held:
        at = left.last
        if at >= len(idea.words) or idea.words[at].key not in _TIES:
            continue
        at += 1
        if at < len(idea.words) and idea.words[at].tag in (DETERMINER, POSSESSIVE):
            at += 1
        right = begins.get(at)
        leans = right and right.last < len(idea.words) and idea.words[right.last].key in _TIES
        if right and not leans and right.last - left.first <= LONGEST and right.phrase is not left.phrase:
            found.append((left.first, right.last, left.phrase.score + right.phrase.score))
    return found


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
