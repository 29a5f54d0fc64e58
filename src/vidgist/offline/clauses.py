"""Whether English words make a whole statement, judged by their parts of speech.

Not a parser: one walk from left to right that keeps count of the subordinate clauses that wait for their verb.
``keys`` are the words, ``tags`` a letter of `tagging.TAGS` for each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vidgist.offline import english
from vidgist.offline.english import bag
from vidgist.offline.tagging import (
    ADJECTIVE,
    ADVERB,
    ASKING,
    BASE,
    CONJUNCTION,
    CONTRACTED,
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
    PRONOUN,
    SUBORDINATOR,
    TO,
)

VERBS = FINITE + MODAL
HEADS = NOUN + NAME + NUMBER
_SUBJECTS = HEADS + PRONOUN + DETERMINER + GERUND + BASE
_NEVER_FIRST = CONJUNCTION + VERBS + PARTICIPLE + PARTICLE
_NEVER_LAST = CONJUNCTION + SUBORDINATOR + ASKING + TO + POSSESSIVE + CONTRACTED
_PAIRED = bag("both either neither")
_REQUESTS = bag("welcome let's let please remember imagine note")
_HANGING = bag("which whose whom that than of into onto or and terms")
"""Words that open the rest of a statement."""
_POINTING = bag("this that these those all both some any each much more most")
"""Determiners that can stand alone."""
_NOMINATIVE = bag("i we he she they")
_OBJECTIVE = bag("me us him them")
_GOVERNING = bag("on in at of for with from by to up about")
_WAITING = bag("is are was were am be been being have has had do does did the a an")
_BEING = bag("is are was were")
_STEERING = bag("of for with from by at into to")
"""Prepositions, none of which stands before a subject."""
_DEGREES = bag("very pretty quite")
_SEVERAL = bag("them us you these those two three four people both")
_NOMINAL = HEADS + DETERMINER + POSSESSIVE + ADJECTIVE + PREPOSITION
_SUPPORT = bag("do does did don't doesn't didn't")
_HEDGING = bag(
    "very really quite just pretty so as only even too not also still a probably basically mainly mostly maybe perhaps"
)
"""Adverbs that wait for what they qualify."""
_RELATIVES = bag("that's that've that'll who's who've who'll who'd which's which've what's where's how's")
_TELLING = bag("what's where's how's who's that'll")
_ADVERBIAL = PREPOSITION + SUBORDINATOR + ADVERB + GERUND


def whole(keys: Sequence[str], tags: str) -> bool:
    """Whether this is a statement with its verb that neither begins nor ends within a clause. Linear."""
    return (
        bool(keys)
        and opens(keys, tags)
        and closes(keys, tags)
        and not torn(keys, tags)
        and states(keys, tags)
    )


def opens(keys: Sequence[str], tags: str) -> bool:
    """Whether a statement can begin so."""
    if keys[0] in _REQUESTS or keys[0] in _PAIRED:
        return True
    governs = tags[0] == PREPOSITION or keys[0] in _GOVERNING
    if governs and len(keys) > 1 and (keys[1] in _NOMINATIVE or tags[1] == CONTRACTED):
        return False
    if tags[0] == CONTRACTED and keys[0].startswith(("who'", "which'")):
        return False
    return (keys[0] not in _HANGING and tags[0] not in _NEVER_FIRST) or (
        keys[0] == "that" and tags[0] != SUBORDINATOR
    )


def closes(keys: Sequence[str], tags: str) -> bool:
    """Whether a statement can end so."""
    last, key = tags[-1], keys[-1]
    stranded = any(
        tag == ASKING or (before in HEADS and tag in PRONOUN + CONTRACTED)
        for before, tag in pairwise(tags[:-1])
    )
    if last in _NEVER_LAST or key in _NOMINATIVE or key in _HEDGING:
        return False
    if last == DETERMINER:
        return key in _POINTING
    if key == "like" and tags[-2:-1] in HEADS:
        return False
    if last in (PREPOSITION, MODAL) or key in _WAITING:
        return stranded and tags[-2:-1] != CONJUNCTION and not (key in _BEING and _relative(keys, tags))
    return not (last == ADJECTIVE and _bare(keys, tags))


def _relative(keys: Sequence[str], tags: str) -> bool:
    """Whether all that could wait for the verb at the end says more of a noun: ``the system that sends pictures is``."""
    asked = [at for at, tag in enumerate(tags[:-1]) if tag == ASKING]
    told = tags[-2:-1] in (PRONOUN, CONTRACTED) or keys[0] in ("that's", "this")
    return not told and all(at and tags[at - 1] in HEADS for at in asked)


def _bare(keys: Sequence[str], tags: str) -> bool:
    """Whether the adjective at the end waits for its noun: ``is a big``."""
    at = len(tags) - 1
    while at >= 0 and tags[at] == ADJECTIVE:
        at -= 1
    while at >= 0 and tags[at] == ADVERB:
        at -= 1
    return at >= 0 and keys[at] in ("a", "an")


def torn(keys: Sequence[str], tags: str) -> bool:
    """Whether words cannot stand together: an article before a verb, ``we`` before a noun, ``either`` without ``or``.

    Much of it is speech that begins anew: ``we need to we would like``, ``it's it has``, ``or and well``.
    """
    if "either" in keys[:-1] and "or" not in keys:
        return True
    if keys[0] == "as" and sum(tag in VERBS + CONTRACTED for tag in tags) == 1:
        return True
    return any(_clashes(keys, tags, at) for at in range(len(keys) - 1))


def _clashes(keys: Sequence[str], tags: str, at: int) -> bool:
    """Whether the word here cannot stand before what follows it."""
    key, tag = keys[at], tags[at]
    if tag == CONJUNCTION:
        return _joined(keys, tags, at)
    if tag == CONTRACTED:
        return _contracted(keys, tags, at)
    if key in _NOMINATIVE:
        return _subject(keys, tags, at)
    if key in _BEING:
        return _renewed(keys, tags, at)
    if key == "between":
        return not _two(keys[at + 1 :], tags[at + 1 :])
    following, after = keys[at + 1], tags[at + 1]
    if key in english.ARTICLES:
        return following in english.UNDECLARED or after in VERBS + CONTRACTED
    if key in _STEERING or key in _DEGREES:
        return following in _NOMINATIVE or after == CONTRACTED
    if after == GERUND and (tag == MODAL or key in _SUPPORT):
        return True
    return key == "which" and keys[at + 2 : at + 3] == ["which"]


def _joined(keys: Sequence[str], tags: str, at: int) -> bool:
    """Whether the conjunction here joins nothing: ``rubber or and well``, ``staff and we wait``."""
    return tags[at + 1] == CONJUNCTION or _begun(keys, tags, at)


def _contracted(keys: Sequence[str], tags: str, at: int) -> bool:
    """Whether the subject and verb here are left for others: ``it's it has``, ``that's we need``, ``it's or if``."""
    following, after = keys[at + 1], tags[at + 1]
    if following in _NOMINATIVE:
        return keys[at] not in _TELLING
    return after == CONJUNCTION or (following == "it" and tags[at + 2 : at + 3] in (FINITE, MODAL))


def _subject(keys: Sequence[str], tags: str, at: int) -> bool:
    """Whether no verb follows the subject here: ``we ten bridges``, ``i a cable``, ``i it had``."""
    misplaced = tags[at] == PRONOUN and tags[at + 1] in HEADS + ADJECTIVE + POSSESSIVE + TO
    return misplaced or keys[at + 1] in english.ARTICLES or _again(keys, tags, at)


def _again(keys: Sequence[str], tags: str, at: int) -> bool:
    """Whether the subject here is begun anew: ``i it had``, ``we might we have``."""
    at += 1
    if at + 1 < len(keys) and tags[at] == MODAL:
        at += 1
    return keys[at] in _NOMINATIVE or keys[at] == "it"


def _begun(keys: Sequence[str], tags: str, at: int) -> bool:
    """Whether the conjunction here ties a clause to something that has no verb: ``staff and we wait``, ``staff and
    will wait``.
    """
    if at + 1 == len(tags) or any(tag in VERBS + CONTRACTED + SUBORDINATOR + ASKING for tag in tags[:at]):
        return False
    return tags[at + 1] in VERBS + CONTRACTED or keys[at + 1] in _NOMINATIVE - {"i"}


def _renewed(keys: Sequence[str], tags: str, at: int) -> bool:
    """Whether a second main verb follows the one here: ``it was the other thing is``."""
    if any(tag in ASKING + SUBORDINATOR for tag in tags[:at]):
        return False
    after = at + 1
    while after < len(tags) and tags[after] in _NOMINAL:
        after += 1
    return after > at + 1 and after < len(tags) and keys[after] in _BEING


def _two(keys: Sequence[str], tags: str) -> bool:
    """Whether words name more than one thing, which ``between`` asks for."""
    return "and" in keys or any(
        key in _SEVERAL or (tag in NOUN + NAME and key.endswith("s"))
        for key, tag in zip(keys, tags, strict=True)
    )


@dataclass(slots=True)
class _Walk:
    """What was met so far: subordinate clauses that wait for their verb, a subject, the main verb."""

    waiting: int = 0
    subject: bool = False
    main: bool = False


def states(keys: Sequence[str], tags: str) -> bool:
    """Whether there is a main clause with its verb, and no subordinate one without."""
    if keys[0] in _REQUESTS:
        return True
    walk = _Walk()
    leading = tags[0] in _ADVERBIAL
    for at, tag in enumerate(tags):
        previous = tags[at - 1] if at else ""
        following = tags[at + 1] if at + 1 < len(tags) else ""
        after_head = bool(previous) and previous in HEADS
        if tag in (SUBORDINATOR, ASKING):
            walk.waiting += following != TO and keys[at] != "for"
        elif tag == CONJUNCTION and tags[0] == SUBORDINATOR and following in _SUBJECTS + CONTRACTED:
            walk.waiting += not (walk.main or walk.waiting)  # if you turn it and this is the point
        elif tag == CONTRACTED:
            relative = after_head and (keys[at] in _RELATIVES or not (walk.main or leading))
            _verb(walk, subordinate=relative or (keys[at] in _RELATIVES and at > 0), subject=True)
        elif tag in VERBS:
            if previous and (keys[at - 1] in _OBJECTIVE or _joins(tags, at)):
                continue
            _verb(walk, subordinate=False, subject=walk.subject)
        elif tag == PRONOUN and after_head and not (walk.main or leading or walk.waiting):
            walk.waiting += 1  # the lanes they created
        walk.subject |= tag in _SUBJECTS
    return walk.main and not walk.waiting


def _verb(walk: _Walk, *, subordinate: bool, subject: bool) -> None:
    if subordinate:
        return
    if walk.waiting:
        walk.waiting -= 1
    elif subject:
        walk.main = True


def _joins(tags: str, at: int) -> bool:
    """Whether the verb here is tied by ``and`` to one before it."""
    before = at - 1
    while before > 0 and tags[before] == ADVERB:
        before -= 1
    return tags[before] == CONJUNCTION and any(tag in VERBS + CONTRACTED for tag in tags[:before])
