"""How well a sentence would stand alone as a note, beside what it says. Pure rules, no learning."""

from itertools import pairwise

from vidgist.offline import english, lexicon
from vidgist.offline.languages import Language
from vidgist.offline.sentences import SURE, Sentence
from vidgist.offline.words import split

SHORTEST, LONGEST = 7, 34
"""Words between which a note reads well."""
QUESTION, HALF, LEANING, TORN = 0.5, 0.4, 0.8, 0.25
"""Factors of what reads less well."""


def asks(shown: str, language: Language) -> bool:
    """Whether a shown sentence is a question, written or, in English, by its first words."""
    if shown.endswith(("?", "؟", "？")):
        return True
    if language.code != "en":
        return False
    keys = [word.key for word in split(shown[:80])][:2]
    if keys and keys[0] in english.ASKING:
        return " is " not in shown
    if not keys or keys[0] not in english.QUESTIONS:
        return False
    inverted = len(keys) > 1 and (keys[1] in english.SUBJECTS or lexicon.auxiliary(keys[1]))
    return inverted or keys[0] in ("why", "who", "where")


def judge(sentence: Sentence, shown: str, language: Language) -> float:
    """A factor, 1 for a plain complete statement, 0 for what is no statement."""
    words = split(shown)
    dense = any(word.dense for word in words)
    size = sentence.size if dense else len(words)
    if size < SHORTEST:
        return 0.0
    factor = min(1.0, LONGEST / size)
    if asks(shown, language):
        factor *= QUESTION
    if language.code == "en":
        factor *= _english([word.key for word in words], written=sentence.closes >= SURE)
    return factor


def _english(keys: list[str], *, written: bool) -> float:
    """The factor of the words themselves; ``written`` says that punctuation ends them."""
    factor = 1 - min(0.7, 2.0 * sum(key in english.SELF for key in keys) / len(keys))
    if keys[0] in english.LEANING:
        factor *= LEANING
    if keys[0] in english.CONDITIONS and len(keys) < english.BOTH_CLAUSES:
        factor *= HALF
    aside = keys[:2] == ["in", "terms"] and not any(map(lexicon.auxiliary, keys))
    headless = (
        aside
        or keys[0] in english.BROKEN_OPENINGS
        or (lexicon.auxiliary(keys[0]) and keys[0] in english.QUESTIONS and keys[1] not in english.SUBJECTS)
    )
    if headless or (not written and keys[-1] in english.DANGLING):
        factor *= TORN
    factor *= TORN ** sum(
        left in english.ARTICLES and right in english.UNDECLARED for left, right in pairwise(keys)
    )
    return factor


def states(shown: str, language: Language) -> bool:
    """Whether a shown sentence may have a verb of its own; notes can do without one, conclusions cannot.

    Judged in English only. A request (``welcome to …``) counts.
    """
    keys = [word.key for word in split(shown)]
    if language.code != "en" or len(keys) < SHORTEST:
        return True
    contracted = "'" in keys[0] and lexicon.auxiliary(keys[0])
    requests = keys[1] in ("to", "the") and "v" in lexicon.shipped().letters(keys[0])
    return contracted or requests or any(_tensed(left, key) for left, key in pairwise(keys))


def _tensed(previous: str, key: str) -> bool:
    if previous in english.NO_VERB_AFTER or previous[0].isdigit():
        return False
    letters = lexicon.shipped().letters(key)
    verb = letters[0] == "v" or (key.endswith("ed") and "v" in letters)
    return lexicon.auxiliary(key) or (verb and not key.endswith("ing"))
