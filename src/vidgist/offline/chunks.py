"""English words as chunks: noun phrases, groups of verbs, what ties them, what makes a statement unsure.

Not a parser: one pattern over the parts of speech, read from left to right.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from vidgist.offline.english import bag
from vidgist.offline.tagging import (
    ADVERB,
    ASKING,
    BASE,
    CONJUNCTION,
    CONTRACTED,
    DETERMINER,
    FINITE,
    GERUND,
    INTERJECTION,
    MODAL,
    PARTICIPLE,
    PREPOSITION,
    PRONOUN,
    SUBORDINATOR,
)
from vidgist.offline.words import Word

NOUNS, VERBS, QUALITY, LINK, JOIN, RELATIVE, CLAUSE, COMMA, OTHER = "NVJPKWSMX"
"""``QUALITY``: an adjective alone; ``LINK``: prepositions; ``JOIN``: and, but; ``CLAUSE``: because, that;
``OTHER``: pronouns, contractions, interjections and doubts."""
_DOUBT, _BREAK = "!", ","

DENIALS = bag("not never no neither nor none nothing cannot without hardly")
SUPPOSING = bag(
    "would could might may should maybe perhaps probably let's possibly sure ensure ensures ensuring or"
)
CONDITIONS = bag("if whether unless wonder wondering suppose imagine")
"""From such a word on the whole of a sentence is unsure; from the others on the clause is."""
_CAUSES = bag("because since so")
_MEASURES = bag(
    """lot lots kind kinds sort sorts type types number range variety couple bunch set piece pieces pair group
    bit amount majority rest all some most many each one any both part parts series form forms plenty zillions tons loads
    dozens hundreds thousands millions percent"""
)
"""Nouns that with ``of`` only say how much of the next one."""
BE = bag("is are was were be been being")
_COMPOUND = {
    ("because", "of"),
    ("such", "as"),
    ("instead", "of"),
    ("rather", "than"),
    ("due", "to"),
    ("thanks", "to"),
    ("compared", "to"),
    ("compared", "with"),
    ("next", "to"),
    ("along", "with"),
}
"""Prepositions of two words."""
_TURNS = bag(
    "support favour favor terms front relation respect behalf case light charge need view spite line place part"
)
"""Nouns that are part of a preposition: ``in terms of``."""
_PHRASES = {
    ("of", "course"),
    ("in", "fact"),
    ("for", "example"),
    ("for", "instance"),
    ("at", "least"),
    ("at", "all"),
    ("in", "general"),
    ("in", "particular"),
    ("in", "addition"),
    ("at", "first"),
    ("at", "last"),
}
"""Adverbs of two words."""
_TIMES = bag("morning afternoon evening week month year time today night day summer winter")
_POINTING = bag("this last next every that each")
"""Before one of `_TIMES`: the two say when."""
_PREPOSITIONS = bag("including versus unlike than like")
"""Words that tie two nouns whatever they are tagged as."""
_PATTERN = re.compile(
    r"""(?P<N>(?:[DSQ]+R?)?(?:R?J)*(?:(?:(?<=[DSQJI])E|(?<=[DSQJ])G)(?=[JNP]))?[JNPQ]*[NP])
    |(?P<V>(?:[MFBGET]R*)+A*)
    |(?P<J>R?J+)
    |(?P<P>I+)
    |(?P<K>K)
    |(?P<W>W)
    |(?P<S>C)
    |(?P<M>,)
    |(?P<R>R+)""",
    re.VERBOSE,
)


class Chunk(NamedTuple):
    """Words ``first`` to ``last`` of a sentence, and what they are together."""

    kind: str
    first: int
    last: int


def split(words: Sequence[Word], text: str) -> list[Chunk]:
    """The chunks of a sentence of ``text`` in order, without adverbs between them. Linear."""
    tags = _tags(words)
    shape: list[str] = []
    at: list[int] = []
    for index, tag in enumerate(tags):
        if index and _parted(text[words[index - 1].end : words[index].start]):
            shape.append(_BREAK)
            at.append(index)
        shape.append(tag)
        at.append(index)
    at.append(len(words))
    text = "".join(shape)
    found: list[Chunk] = []
    place = 0
    while place < len(text):
        match = _PATTERN.match(text, place)
        kind = match.lastgroup if match else OTHER
        end = match.end() if match else place + 1
        if kind and kind != ADVERB:
            last = at[place] if kind == COMMA else at[end - 1] + 1
            found.append(Chunk(kind, at[place], last))
        place = end
    return found


def _parted(between: str) -> bool:
    """Whether a mark stands between two words; a filler may."""
    return any(not (character.isalnum() or character.isspace()) for character in between)


def _tags(words: Sequence[Word]) -> list[str]:
    """The tags of words, those retagged that a closed class decides."""
    tags = [word.tag for word in words]
    for index, word in enumerate(words):
        following = words[index + 1].key if index + 1 < len(words) else ""
        if doubtful(word.key):
            tags[index] = _DOUBT
        elif (word.key in _POINTING and following in _TIMES) or (word.key, following) in _PHRASES:
            tags[index] = tags[index + 1] = ADVERB
        elif _compound(word.key, following, tags[index], tags[index - 1] if index else ""):
            tags[index] = tags[index + 1] = PREPOSITION
        elif word.key in _PREPOSITIONS and tags[index] in (
            GERUND,
            PREPOSITION,
            SUBORDINATOR,
            PARTICIPLE,
            ASKING,
        ):
            tags[index] = PREPOSITION
        elif word.key in _MEASURES and following == "of":
            before = words[index - 1].key if index else ""
            stated = before in BE or (before in ("a", "an") and index > 1 and words[index - 2].key in BE)
            tags[index] = tags[index + 1] = PREPOSITION if stated else DETERMINER
            if stated and before in ("a", "an"):
                tags[index - 1] = PREPOSITION
        elif word.key in ("but", "and"):
            tags[index] = CONJUNCTION
    return tags


def _compound(key: str, following: str, tag: str, before: str) -> bool:
    """Whether a word and the next are, or end, one preposition: ``because of``, in ``in terms of``."""
    turns = key in _TURNS and following in ("of", "to") and before == PREPOSITION
    return turns or (key, following) in _COMPOUND or (tag == ADVERB and following == "of")


def doubtful(key: str) -> bool:
    """Whether this word denies, supposes or conditions."""
    return key in DENIALS or key in SUPPOSING or key in CONDITIONS or key.endswith("n't")


def sure(words: Sequence[Word], chunks: Sequence[Chunk]) -> list[bool]:
    """For each chunk whether what is said there is claimed: not asked, denied, supposed or conditional."""
    opening = next((word for word in words if word.tag not in _LEADING), words[0])
    if opening.tag in _ASKED:
        return [False] * len(chunks)
    found = []
    claimed, lasting = True, False
    for at, chunk in enumerate(chunks):
        key = words[chunk.first].key if chunk.first < len(words) else ""
        if _inverted(words, chunks, at):
            claimed, lasting = False, True
        if chunk.kind == OTHER and doubtful(key):
            claimed, lasting = False, lasting or key in CONDITIONS
        elif chunk.kind in (JOIN, CLAUSE) and not lasting and _begins(words, chunks, at):
            claimed = True
        found.append(claimed)
    return found


_LEADING = CONJUNCTION + ADVERB + INTERJECTION
_DOING, BEING = bag("do does did"), bag("is are was were has have had")
_ASKED = FINITE + MODAL + ASKING


def _inverted(words: Sequence[Word], chunks: Sequence[Chunk], at: int) -> bool:
    """Whether a question begins here: ``will the government fix``."""
    if at + 2 >= len(chunks) or chunks[at].kind != VERBS or chunks[at + 2].kind != VERBS:
        return False
    verb, following = words[chunks[at].first], words[chunks[at + 2].first].tag
    subject = chunks[at + 1].kind == NOUNS or words[chunks[at + 1].first].tag == PRONOUN
    if chunks[at].last - chunks[at].first > 1 or not subject:
        return False
    if verb.tag == MODAL or verb.key in _DOING:
        return following == BASE
    opens = at == 0 or chunks[at - 1].kind in (COMMA, JOIN)
    return opens and verb.key in BEING and following in GERUND + PARTICIPLE


def _begins(words: Sequence[Word], chunks: Sequence[Chunk], at: int) -> bool:
    """Whether a clause of its own begins after a conjunction."""
    following = chunks[at + 1 : at + 3]
    if not following:
        return False
    if chunks[at].kind == CLAUSE:
        return words[chunks[at].first].key in _CAUSES
    contracted = following[0].kind == OTHER and words[following[0].first].tag in CONTRACTED + PRONOUN
    return contracted or [chunk.kind for chunk in following] == [NOUNS, VERBS]
