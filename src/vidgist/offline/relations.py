"""What the talk says of two of its phrases: the verb or the preposition that stands between them in one sentence."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from vidgist.offline.english import bag
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase
from vidgist.offline.sentences import Sentence
from vidgist.offline.tagging import (
    ADJECTIVE,
    ADVERB,
    ASKING,
    BASE,
    DETERMINER,
    FINITE,
    GERUND,
    MODAL,
    NAME,
    NOUN,
    NUMBER,
    PARTICIPLE,
    PARTICLE,
    POSSESSIVE,
    PREPOSITION,
    TO,
)
from vidgist.offline.words import Word

REACH = 9
"""Words between two phrases, at most."""
LABEL = 4
"""Words of a label, at most."""
NEAR = 4
"""How many phrases further on in a sentence one may stand to another."""


@dataclass(slots=True)
class Tie:
    """What was said between a phrase and a later one: how often together, and with which words."""

    together: int = 0
    verbs: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)

    @property
    def label(self) -> str:
        """The words that say the most of it; empty where nothing was said."""
        for counts in (self.verbs, self.others):
            if counts:
                return max(counts.items(), key=lambda entry: (entry[1], len(entry[0].split()) > 1, entry[0]))[
                    0
                ]
        return ""


def find(
    sentences: Sequence[Sentence], phrases: Sequence[Phrase], language: Language
) -> dict[tuple[int, int], Tie]:
    """The ties between phrases, by their places in ``phrases``. Linear in the length of the talk."""
    here: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        for index, begin, end in phrase.places:
            here[index].append((begin, -end, number))
    ties: dict[tuple[int, int], Tie] = defaultdict(Tie)
    for index, spots in sorted(here.items()):
        spots.sort()
        words = sentences[index].words
        sure = _sure(words) if language.code == "en" else 0
        for at, (_, ended, left) in enumerate(spots):
            end = -ended
            for begin, _, right in spots[at + 1 : at + 1 + NEAR]:
                if left == right or begin < end:
                    continue
                tie = ties[left, right]
                tie.together += 1
                if begin <= sure and begin - end <= REACH:
                    said, acts = relation(words[end:begin])
                    if said:
                        (tie.verbs if acts else tie.others)[said] += 1
    return ties


def _sure(words: Sequence[Word]) -> int:
    """How many words a sentence has before it asks, supposes or denies: what it says from there on may be untrue."""
    if words[0].tag in FINITE + MODAL + ASKING:
        return 0
    doubts = (at for at, word in enumerate(words) if word.key in _DOUBTS or word.key.endswith("n't"))
    return next(doubts, len(words))


def relation(between: Sequence[Word]) -> tuple[str, bool]:
    """The words that tie two phrases, and whether they act (a verb); empty where they tie nothing.

    ``between`` are the words from the one phrase to the other: what belongs to the phrases (articles, adjectives,
    nouns they are part of) is left out.
    """
    tags = "".join(word.tag for word in between)
    first, last = _inner(between, tags)
    core = between[first:last]
    if not core or any(word.tag not in _TYING or word.key in _BREAKING for word in core):
        return "", False
    kept = [word for word in core if word.tag not in ADVERB + ASKING and word.key not in _BREAKING]
    while kept and kept[0].tag == TO:
        kept = kept[1:]
    verbs = [word for word in kept if word.tag in _VERBS]
    if not verbs:
        return (kept[0].key, False) if len(kept) == 1 and kept[0].key in _LINKING else ("", False)
    if len(kept) > LABEL or any(word.key in _FAINT or "'" in word.key for word in verbs):
        return "", False
    if all(word.tag in MODAL or word.key in _SUPPORTING for word in verbs):
        return (
            (" ".join(word.key for word in kept), False)
            if kept[0].key in _EQUAL and len(verbs) == 1
            else ("", False)
        )
    return " ".join(word.key for word in kept), True


def _inner(words: Sequence[Word], tags: str) -> tuple[int, int]:
    """The words between the one phrase with all that qualifies it and the other."""
    first, last = 0, len(words)
    while first < last and tags[first] in NOUN + NAME:
        first += 1
    while last > first and tags[last - 1] in _QUALIFYING:
        last -= 1
    return first, last


_VERBS = FINITE + BASE + GERUND + PARTICIPLE + MODAL
_TYING = _VERBS + ADVERB + ASKING + TO + PREPOSITION + PARTICLE
_QUALIFYING = DETERMINER + POSSESSIVE + ADJECTIVE + NUMBER + NOUN + NAME
_BREAKING = bag("what when where how why who like than")
_DOUBTS = bag("not never no if whether unless would could might may should maybe perhaps wonder cannot")
_EQUAL = bag("is are was were has have had")
_SUPPORTING = bag("is are was were be been being am do does did have has had")
_LINKING = bag("for in with on from by between at through into against about without within under over via")
_FAINT = bag(
    """want wants wanted know knows known think thinks thought say says said saying see sees seen saw mean means meant let
    look looks looked looking seem seems need needs guess suppose try trying feel going gonna go goes went talk talking
    talked got get gets getting hope believe understand mentioned mention wondering tell told ask asked come comes"""
)
"""Verbs that say nothing of how two things stand to each other."""
