"""Names for passages: phrases of the talk, of two to four words where there is one, no two alike."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vidgist.offline import english
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence
from vidgist.offline.words import is_dense, stem

ONCE, NEAR, AWAY, LONE = 0.3, 0.14, 0.02, 0.015
"""How much a phrase counts that the talk says once, one of the stretch that the passage has all words of, or none, and a single word."""
EVEN = 0.25
"""Share of the score of the best that another has at least to be taken in its place."""
_POSSESSIVES = english.words("possessives")


class _Offer(NamedTuple):
    """What a passage could be called, the stems that it says so with, and how well."""

    label: str
    stems: frozenset[str]
    score: float


def of(
    passages: Sequence[tuple[int, int]],
    sentences: Sequence[Sentence],
    phrases: Sequence[Phrase],
    spares: Sequence[Sequence[Phrase]],
    language: Language,
) -> list[str]:
    """Return a label for each passage, given as its first and last sentence, no two alike.

    ``spares`` are the phrases of each passage's stretch of the talk. Passages with the fewest phrases choose first; at
    worst one is numbered.
    """
    offers = []
    for (first, last), spare in zip(passages, spares, strict=True):
        said = {stem(word.key) for sentence in sentences[first : last + 1] for word in sentence.words}
        found = [*_offers(phrases, spare, said, range(first, last + 1))]
        offers.append(sorted(found, key=lambda offer: (-offer.score, offer.label)))
    named: dict[int, _Offer] = {}
    for number in sorted(range(len(passages)), key=lambda number: (len(offers[number]), number)):
        taken = named.values()
        free = [offer for offer in offers[number] if all(offer.label != other.label for other in taken)]
        even = [offer for offer in free if offer.score >= EVEN * free[0].score]
        apart = (
            one
            for one in even
            if not any(one.stems <= other.stems or one.stems >= other.stems for other in taken)
        )
        numbered = _Offer(f"{language.passage} {number + 1}", frozenset(), 0.0)
        named[number] = next(apart, free[0] if free else numbered)
    return [named[number].label for number in range(len(passages))]


def _offers(
    held: Sequence[Phrase], spare: Sequence[Phrase], said: set[str], places: range
) -> Iterator[_Offer]:
    """Offer the phrases of a passage, more where it says them again; then those of its stretch that share words with it."""
    for phrase in held:
        if count := sum(place[0] in places for place in phrase.places):
            factor = LONE if lone(phrase) else 1.0 if len(phrase.places) > 1 else ONCE
            yield _Offer(phrase.label, frozenset(phrase.stems), factor * phrase.score * count)
    for phrase in spare:
        shared = sum(one in said for one in phrase.stems) / len(phrase.stems)
        factor = max(AWAY, NEAR * shared) * (LONE if lone(phrase) else 1.0)
        yield _Offer(phrase.label, frozenset(phrase.stems), factor * phrase.score)


def lone(phrase: Phrase) -> bool:
    """Return whether a phrase is one word."""
    return len(phrase.stems) == 1 and not is_dense(phrase.stems[0][0])


def inside(phrase: Phrase, sentences: Sequence[Sentence]) -> str:
    """Return a phrase as it stands inside a sentence: small where it is no name, with the article it mostly has."""
    before = [sentences[index].words[begin - 1].key for index, begin, _ in phrase.places if begin]
    definite = sum(word == "the" or word in _POSSESSIVES for word in before)
    single = ("a", "an") if not phrase.label.endswith("s") else ()
    indefinite = next((word for word in single if 2 * before.count(word) >= len(phrase.places)), "")
    label, first = phrase.label, phrase.label.partition(" ")[0]
    if phrase.common and first[1:].islower():
        label = label[:1].lower() + label[1:]
    return f"{'the' if 2 * definite >= len(phrase.places) else indefinite} {label}".lstrip()
