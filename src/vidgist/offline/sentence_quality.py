"""How good a passage an English sentence makes: what it does beside stating something, and how whole its form is.

Closed lists and patterns (english.toml) and parts of speech, no learning; the same for every talk. Other languages bring their
own cues in `languages`. Factors are from 0 to 1.
"""

import re
from collections.abc import Sequence

from vidgist.offline import english
from vidgist.offline import tagging as pos
from vidgist.offline.languages import Language
from vidgist.offline.words import split

TORN, FRAGMENT, STUMBLE, LONG = 0.1, 0.15, 0.5, 0.6
"""Factors: of a sentence that begins or ends within a clause, that has no main verb, of each place where it begins
anew, of one of more than `LONGEST` words.
"""
LONGEST = 42
LEANING, POINTING = 0.3, 0.75
"""Factors of a passage that opens with a pronoun, and with ``this`` or ``that`` before a noun."""
CONDITIONAL, BOTH_CLAUSES = 0.5, 14
"""Factor of one that opens with a condition, whose main clause may be missing, and the words from which it has one."""
ASKED = 6
"""Words at the beginning of a question among which its subject stands."""

_VERBS = pos.FINITE + pos.MODAL + pos.CONTRACTED
_NEVER_FIRST = pos.FINITE + pos.MODAL + pos.PARTICIPLE + pos.PARTICLE
_BEFORE_VERBS = (*pos.CONTRACTED, *pos.MODAL, *pos.CONJUNCTION)
_NEVER_LAST = (
    pos.CONJUNCTION + pos.SUBORDINATOR + pos.ASKING + pos.TO + pos.POSSESSIVE + pos.CONTRACTED + pos.MODAL
)
_HANGING, _WAITING, _STANDING = map(english.words, ("hanging", "waiting", "standing"))
_OBLIGING, _NOMINATIVE, _ARTICLES, _CLOSE = map(
    english.words, ("obliging", "nominative", "articles", "close")
)
_PERSONAL = _NOMINATIVE | {"you", "it"}
_QUESTIONS, _ASKING, _SUBJECTS = map(english.words, ("questions", "asking", "subjects"))
_LEANING, _PERSONS, _CONDITIONS = map(english.words, ("leaning", "persons", "conditions"))
POINTERS = _LEANING | _PERSONS | english.words("self") | english.words("you")
_AUXILIARIES, _UNDECLARED = map(english.words, ("auxiliaries", "undeclared"))
_COPULA = re.compile(r"\b(?:is|was|are|were|means)\b")
_ANNOUNCES = english.pattern("meets"), english.pattern("ahead")
_NOT_OWN = english.pattern("bids"), english.pattern("reports")


def asks(shown: str, language: Language) -> bool:
    """Return whether a shown sentence is a question, written or, in English, by its first words."""
    if shown.endswith(("?", "؟", "？")):
        return True
    keys = [word.key for word in split(shown[:80])][:ASKED] if language.code == "en" else []
    if not keys or keys[0] not in _QUESTIONS | _ASKING:
        return False
    if keys[0] in _ASKING:
        return " is " not in shown
    subject = next((at for at, key in enumerate(keys) if key in _SUBJECTS and at), 1)
    inverted = keys[subject - 1 : subject] != keys[:1] and keys[subject - 1] in _AUXILIARIES
    second = keys[1] if len(keys) > 1 else ""
    open_ = keys[0] in ("what", "how", "which") and not _COPULA.search(shown)
    return inverted or open_ or second in _SUBJECTS | _AUXILIARIES or keys[0] in ("why", "who", "where")


def announces(said: str) -> bool:
    """Return whether words, parted by spaces, greet, introduce, name the show or say what comes next."""
    return any(pattern.search(said) for pattern in _ANNOUNCES)


def states(keys: Sequence[str], shown: str, language: Language) -> bool:
    """Return whether a sentence states something in the speaker's own name."""
    if asks(shown, language):
        return False
    if language.code != "en":
        text = "".join(keys) if language.dense else f" {' '.join(keys)} "
        return not any(cue in text for cue in language.announcing)
    said = " ".join(keys)
    return not (announces(said) or any(pattern.search(said) for pattern in _NOT_OWN))


def judge(keys: Sequence[str], tags: str) -> float:
    """Return the factor of a sentence's own form. Linear."""
    if not keys:
        return 0.0
    factor = 1.0
    begun = keys[0] in _HANGING or tags[0] in _NEVER_FIRST
    noun = tags[-1] == pos.DETERMINER and keys[-1] not in _STANDING
    verb = tags[-1] == pos.ADVERB and tags[-2:-1] in _BEFORE_VERBS  # the things that I'm currently
    if begun or noun or verb or keys[-1] in _WAITING or tags[-1] in _NEVER_LAST:
        factor *= TORN
    if not _has_verb(tags):
        factor *= FRAGMENT
    factor *= STUMBLE if tags[0] == pos.BASE else 1.0
    factor *= STUMBLE ** sum(_clash(keys, tags, at) for at in range(len(keys) - 1))
    return factor * (LONG if len(keys) > LONGEST else 1.0)


def _has_verb(tags: str) -> bool:
    """Return whether there is a verb that no subordinator or question word before it claims for a clause of its own."""
    waiting, last = 0, ""
    for tag in tags:
        joined, last = last == pos.CONJUNCTION, tag
        if tag in pos.SUBORDINATOR + pos.ASKING:
            waiting += 1
        elif tag in _VERBS and not joined:
            if not waiting:
                return True
            waiting -= 1
    return False


def _clash(keys: Sequence[str], tags: str, at: int) -> bool:
    """Return whether speech starts again between the word here and the next: ``the we``, ``i it``, ``it's it``, ``is is``."""
    key, tag, following, after = keys[at], tags[at], keys[at + 1], tags[at + 1]
    if key in _ARTICLES or key == "some":
        return following in _UNDECLARED - {"of", "these", "those", "other"} or after in _VERBS
    if key == "to" and at and keys[at - 1] in _OBLIGING:
        return following in _ARTICLES or following in _PERSONAL
    if key == "it" and following.startswith("it'"):
        return True
    if key.endswith("n't") and after == pos.SUBORDINATOR:  # that doesn't if you
        return True
    if key in _CLOSE:
        return following in _NOMINATIVE or (following in _PERSONAL and tags[at + 2 : at + 3] in tuple(_VERBS))
    if key in _NOMINATIVE:
        return following in _ARTICLES or following in _PERSONAL or after in pos.PREPOSITION + pos.NOUN
    if tag == pos.CONTRACTED:
        return following in _NOMINATIVE or after == pos.CONTRACTED
    if tag == pos.CONJUNCTION:
        return after == pos.CONJUNCTION and key != following
    return tag == pos.MODAL and after in pos.MODAL + pos.DETERMINER + pos.NOUN


def leans(keys: Sequence[str], tags: str) -> float:
    """Return the factor of a passage's opening: whether it needs what was said before."""
    if tags[:1] == pos.ADVERB and len(keys) > 1:  # maybe that's not enough
        keys, tags = keys[1:], tags[1:]
    if keys[0] in _PERSONS or keys[0] in ("it's", "it'll", "it'd", "that's", "that'll"):
        return LEANING
    if keys[0] == "it" or keys[0] in _LEANING:
        named = len(keys) > 1 and tags[1] in pos.NOUN + pos.NAME + pos.ADJECTIVE and tags[0] == pos.DETERMINER
        return POINTING if named or keys[0] in ("there", "here", "there's", "here's") else LEANING
    if keys[0] in _CONDITIONS:
        return LEANING if len(keys) < BOTH_CLAUSES else CONDITIONAL
    return 1.0
