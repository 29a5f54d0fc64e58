"""What an English talk says of a phrase in a stretch of it: what it is, what is wrong with it, what is done with it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vidgist.offline import common, english, lexicon
from vidgist.offline import tagging as pos
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence
from vidgist.offline.words import stem

AROUND, DONE = 5, 0.9
"""Words on either side of a phrase that speak of it; weight of something done with it beside the other facets."""
_SUBJECTS, _NOBODY = map(english.words, ("doers", "stand_ins"))
_AGAINST = frozenset(("not", "never", "would", "could", "might"))
_UNSAID = english.words("faint") | english.words("past") | english.words("idle_verbs")
_BETWEEN = pos.DETERMINER + pos.POSSESSIVE + pos.NUMBER
_FACETS = [(english.pattern(name), *forms) for name, forms in english.facets().items()]


class Facet(NamedTuple):
    """How a facet is told: with {0} for the phrase in a sentence, and as an edge from the talk to it."""

    frame: str
    edge: str

    def told(self, phrase: str) -> str:
        """Return the facet of a phrase as it stands in a sentence."""
        return self.frame.format(
            phrase, be="are" if phrase.endswith("s") and not phrase.endswith("ss") else "is"
        )


def known(phrase: Phrase) -> bool:
    """Return whether a phrase is no invented person or thing of an example."""
    return _NOBODY.isdisjoint(phrase.stems)


def of(
    phrase: Phrase, sentences: Sequence[Sentence], first: int = 0, last: int | None = None
) -> Facet | None:
    """Return what sentences ``first`` to ``last`` (not included) mostly say of a phrase; None where they do not show it."""
    if not known(phrase):
        return None
    end = len(sentences) if last is None else last
    counts: Counter[Facet] = Counter()
    for index, begin, after in phrase.places:
        if first <= index < end:
            for facet, weight in _at(sentences[index], begin, after):
                counts[facet] += weight  # type: ignore[assignment]
    return max(counts, key=lambda facet: (counts[facet], facet)) if counts else None


def _at(sentence: Sentence, begin: int, end: int) -> Iterator[tuple[Facet, float]]:
    words = sentence.words
    before = [word.key for word in words[max(0, begin - AROUND) : begin]]
    after = [word.key for word in words[end : end + AROUND]]
    said = " ".join([*before, "X", *after])
    for pattern, frame, edge in _FACETS:
        if pattern.search(said):
            yield Facet(frame, edge), 1.0
    at = begin - 1
    while at >= 0 and words[at].tag in _BETWEEN:
        at -= 1
    verb = words[at] if at > 0 else None
    past = verb and verb.key.endswith("ed") and not verb.key.endswith("eed")
    against = at > 0 and (words[at - 1].key.endswith("n't") or words[at - 1].key in _AGAINST)
    if verb and not past and not against and verb.key not in _UNSAID and lexicon.shipped().base(verb.key):
        infinitive = verb.tag == pos.BASE and words[at - 1].tag in pos.TO + pos.MODAL
        if infinitive or (verb.tag in pos.BASE + pos.FINITE and words[at - 1].key in _SUBJECTS):
            doing = gerund(verb.key)
            yield Facet(f"{doing} {{0}}", f"speaks of {doing}"), DONE * common.weight(stem(verb.key))


def gerund(verb: str) -> str:
    """Return the form in -ing of a verb's base form."""
    return verb[:-2] + "ying" if verb.endswith("ie") else english.bent(verb, "ing")
