"""How well a sentence would stand alone as a note, beside what it says. Pure rules, no learning."""

from collections.abc import Sequence

from vidgist.offline import english, lexicon
from vidgist.offline.languages import Language
from vidgist.offline.words import DENSE_WEIGHT, is_dense, split

SHORTEST, LONGEST = 7, 34
"""Words between which a note reads well."""
ASKED = 6
"""Words at the beginning of a question among which its subject stands."""
QUESTION, HALF, LEANING, PERSONS, TORN = 0.25, 0.4, 0.5, 0.75, 0.05
"""Factors of what reads less well."""


def asks(shown: str, language: Language) -> bool:
    """Whether a shown sentence is a question, written or, in English, by its first words."""
    if shown.endswith(("?", "؟", "？")):
        return True
    if language.code != "en":
        return False
    keys = [word.key for word in split(shown[:80])][:ASKED]
    if keys and keys[0] in english.ASKING:
        return " is " not in shown
    if not keys or keys[0] not in english.QUESTIONS:
        return False
    inverted = len(keys) > 1 and (keys[1] in english.SUBJECTS or lexicon.auxiliary(keys[1]))
    return inverted or keys[0] in ("why", "who", "where") or _inverted(keys)


def _inverted(keys: Sequence[str]) -> bool:
    """Whether an auxiliary comes before the first subject: ``what ideas do you have``."""
    first = next((at for at, key in enumerate(keys) if key in english.SUBJECTS and at), 0)
    return first > 1 and lexicon.auxiliary(keys[first - 1])


def judge(keys: Sequence[str], shown: str, *, whole: bool, language: Language) -> float:
    """A factor, 1 for a plain whole statement, 0 for what is no statement.

    ``keys`` are the words shown; ``whole`` says that it neither begins nor ends within a clause.
    """
    length = sum(DENSE_WEIGHT if is_dense(key) else 1.0 for key in keys)
    if length < SHORTEST:
        return 0.0
    factor = min(1.0, LONGEST / length)
    if asks(shown, language):
        factor *= QUESTION
    if not whole:
        factor *= TORN
    return factor * _english(keys) if language.code == "en" else factor


def _english(keys: Sequence[str]) -> float:
    """The factor of the words themselves."""
    factor = 1 - min(0.7, 2.0 * sum(key in english.SELF for key in keys) / len(keys))
    if keys[0] in english.LEANING:
        factor *= LEANING
    if keys[0] in english.PERSONS:
        factor *= PERSONS
    if keys[0] in english.BIDDING:
        factor *= QUESTION
    if keys[0] in english.CONDITIONS and len(keys) < english.BOTH_CLAUSES:
        factor *= HALF
    return factor
