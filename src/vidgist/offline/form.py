"""How whole the form of an English sentence is, by its words and their parts of speech. Factors from 0 to 1."""

from collections.abc import Sequence

from vidgist.offline import english
from vidgist.offline.english import bag
from vidgist.offline.tagging import (
    ADJECTIVE,
    ADVERB,
    ASKING,
    CONJUNCTION,
    CONTRACTED,
    DETERMINER,
    FINITE,
    MODAL,
    NAME,
    NOUN,
    PARTICIPLE,
    PARTICLE,
    POSSESSIVE,
    PREPOSITION,
    SUBORDINATOR,
    TO,
)

TORN, FRAGMENT, STUMBLE, LONG = 0.1, 0.15, 0.5, 0.6
"""Factors: of a sentence that begins or ends within a clause, that has no main verb, of each place where it begins
anew, of one of more than `LONGEST` words.
"""
LONGEST = 42
LEANING, POINTING = 0.3, 0.75
"""Factors of a passage that opens with a pronoun, and with ``this`` or ``that`` before a noun."""

CONDITIONAL = 0.5
"""Factor of one that opens with a condition, whose main clause may be missing."""

_VERBS = FINITE + MODAL + CONTRACTED
_NEVER_FIRST = FINITE + MODAL + PARTICIPLE + PARTICLE
_HANGING = bag(
    "which whose whom than of into onto or and nor terms about for with from by at whatever whoever"
)
_NEVER_LAST = CONJUNCTION + SUBORDINATOR + ASKING + TO + POSSESSIVE + CONTRACTED + MODAL
_WAITING = bag(
    """is are was were am be been being has had the a an of into i we he she they very really quite just even kind sort
    every my your our their its because than as from with for at by and or but not"""
)
_STANDING = bag("this that these those all both some any each much more most it one")
_OBLIGING = bag("have has had need needs want wants going got ought")
_NOMINATIVE = bag("i we he she they")


def judge(keys: Sequence[str], tags: str) -> float:
    """The factor of a sentence's own form. Linear."""
    if not keys:
        return 0.0
    factor = 1.0
    if (
        keys[0] in _HANGING
        or tags[0] in _NEVER_FIRST
        or keys[-1] in _WAITING
        or _awaits(keys[-1], tags[-1])
        or _hangs(tags)
    ):
        factor *= TORN
    if not _has_verb(tags):
        factor *= FRAGMENT
    factor *= STUMBLE ** sum(_clash(keys, tags, at) for at in range(len(keys) - 1))
    return factor * (LONG if len(keys) > LONGEST else 1.0)


def _awaits(key: str, tag: str) -> bool:
    return tag in _NEVER_LAST or (tag == DETERMINER and key not in _STANDING)


def _hangs(tags: str) -> bool:
    """Whether an adverb at the end waits for its verb: ``the things that I'm currently``."""
    return len(tags) > 1 and tags[-1] == ADVERB and tags[-2] in CONTRACTED + MODAL + CONJUNCTION


def _has_verb(tags: str) -> bool:
    """Whether there is a verb that no subordinator or question word before it claims for a clause of its own."""
    waiting = 0
    for tag in tags:
        if tag in SUBORDINATOR + ASKING:
            waiting += 1
        elif tag in _VERBS:
            if not waiting:
                return True
            waiting -= 1
    return False


def _clash(keys: Sequence[str], tags: str, at: int) -> bool:
    """Whether speech begins anew between the word here and the next: ``the we``, ``i it``, ``it's it``, ``is is``."""
    key, tag, following, after = keys[at], tags[at], keys[at + 1], tags[at + 1]
    if key in english.ARTICLES or key == "some":
        return following in english.UNDECLARED - bag("of these those other") or after in _VERBS
    if key == "to" and at and keys[at - 1] in _OBLIGING:
        return following in english.ARTICLES or following in english.NOMINATIVE
    if key == "it" and following.startswith("it'"):
        return True
    if key in _NOMINATIVE:
        return following in english.ARTICLES or following in english.NOMINATIVE or after in PREPOSITION + NOUN
    if tag == CONTRACTED:
        return following in _NOMINATIVE or after == CONTRACTED
    if tag == CONJUNCTION:
        return after == CONJUNCTION and key != following
    return tag == MODAL and after in MODAL + DETERMINER + NOUN


def leans(keys: Sequence[str], tags: str) -> float:
    """The factor of a passage's opening: whether it needs what was said before."""
    if keys[0] in english.PERSONS or keys[0] in bag("it's it'll it'd that's that'll"):
        return LEANING
    if keys[0] == "it" or keys[0] in english.LEANING:
        named = len(keys) > 1 and tags[1] in NOUN + NAME + ADJECTIVE and tags[0] == DETERMINER
        return POINTING if named or keys[0] in ("there", "here", "there's", "here's") else LEANING
    if keys[0] in english.CONDITIONS:
        return LEANING if len(keys) < english.BOTH_CLAUSES else CONDITIONAL
    return 1.0
