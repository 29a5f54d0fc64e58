"""How far a statement reads as a conclusion: a claim of weight, not an announcement, a plan, a doubt or a courtesy.

Rules over closed classes of words, no learning; the same for every talk.
"""

from collections.abc import Sequence

from vidgist.offline.english import QUESTIONS, bag
from vidgist.offline.languages import Language
from vidgist.offline.tagging import ASKING, CONTRACTED, FINITE, MODAL, NAME, NOUN, PRONOUN
from vidgist.offline.words import Word

WEIGHTY, FOLLOWS, JUDGES, STATES = 1.6, 1.3, 1.3, 1.3
"""Factors: what says that it matters, what draws a consequence, what judges, what states something of a thing."""
ANNOUNCES, DOUBTS, PLANS, OPEN = 0.25, 0.4, 0.6, 0.7
"""Factors: what is said to come, what is doubted, what the speakers are about to do, what is only possible."""
OPENING = 4
"""Words at the beginning of a statement within which its subject stands."""

_WEIGHTY = (
    "the point is",
    "what matters",
    "matters most",
    "in conclusion",
    "to conclude",
    "to sum up",
    "in summary",
    "in the end",
    "at the end of the day",
    "the bottom line",
    "the key",
    "the reason",
    "the problem is",
    "the question is whether",
    "the challenge is",
    "the result",
    "the fact is",
    "the lesson",
    "the main",
    "most important",
    "more important",
    "is important",
    "are important",
    "is essential",
    "is crucial",
    "is critical",
    "that means",
    "this means",
    "which means",
    "as a result",
    "because of",
    "we decided",
    "we agreed",
    "we have decided",
    "we have agreed",
    "it is clear",
    "turns out",
)
_ANNOUNCING = (
    "going to talk",
    "going to look",
    "going to be looking",
    "going to discuss",
    "going to go",
    "going to move",
    "going to start",
    "going to do",
    "going to have",
    "gonna talk",
    "gonna look",
    "gonna discuss",
    "gonna go",
    "gonna do",
    "gonna start",
    "gonna have",
    "will talk",
    "will look",
    "will discuss",
    "will be looking",
    "will be talking",
    "we'll look",
    "we'll talk",
    "we'll discuss",
    "we'll go",
    "we'll move",
    "we'll start",
    "we'll come",
    "we'll meet",
    "i'll talk",
    "i'll discuss",
    "i'll go",
    "i'll start",
    "i'll do",
    "i'll show",
    "i'll hand",
    "like to welcome",
    "pleased to welcome",
    "welcome to",
    "thank you",
    "let's",
    "this morning",
    "this afternoon",
    "next meeting",
    "the meeting",
    "this meeting",
    "last meeting",
    "our meeting",
    "my name",
    "questions are from",
    "question is from",
    "move on to",
    "moving on",
    "turn to",
    "agenda",
    "by the way",
    "shut down",
    "paper to note",
    "i move that",
    "order of",
)
_CONSEQUENCE = bag("so therefore thus hence consequently accordingly")
_JUDGING = bag(
    """important crucial essential critical significant difficult hard easier better best worse worst expensive cheap
    cheaper cheapest biggest greatest largest smallest useful useless necessary impossible successful failing failed unable
    effective efficient serious unacceptable clear tough stronger strong weak need needs must"""
)
_LISTED = bag("first second third fourth fifth next other another again also detailed")
"""Words at the beginning of a statement that is one of several."""
_DOUBTING = bag(
    """dunno maybe perhaps possibly probably might guess wonder wondering suppose if whether unless unsure mean imagine
    hope wish"""
)
_MAYBE = bag("could would should may think seems seem")
_SPEAKERS = bag(
    """i i'm i'll i'd i've we we're we'll we'd we've you you're you'll you'd you've let's let me please welcome"""
)
_OPINING = bag("i i'm i'll i'd i've my")
_AHEAD = bag("will we'll i'll going gonna want wanna like let plan planning discuss talk show start")


def weigh(words: Sequence[Word], keys: Sequence[str], before: str, language: Language) -> float:
    """A factor: 1 for a plain statement, more for a claim of weight, less for what only leads to one.

    ``words`` are a statement's, ``keys`` those shown; ``before`` is the word that stands before them.
    """
    said = f" {' '.join(keys)} "
    if language.code == "en":
        return _english(words, keys, said, before)
    text = "".join(keys) if any(word.dense for word in words) else said
    factor = WEIGHTY if any(cue in text for cue in language.weighty) else 1.0
    return factor * (ANNOUNCES if any(cue in text for cue in language.announcing) else 1.0)


def _english(words: Sequence[Word], keys: Sequence[str], said: str, before: str) -> float:
    factor = 1.0
    if any(f" {cue}" in said for cue in _WEIGHTY):
        factor *= WEIGHTY
    if before in _CONSEQUENCE or words[0].key in _CONSEQUENCE:
        factor *= FOLLOWS
    if any(key in _JUDGING for key in keys):
        factor *= JUDGES
    asks = words[0].tag in ASKING and words[0].key in QUESTIONS and " is " not in said
    if asks or any(f" {cue}" in said for cue in _ANNOUNCING):
        factor *= ANNOUNCES
    if any(key in _DOUBTING for key in keys):
        factor *= DOUBTS
    elif any(key in _MAYBE for key in keys):
        factor *= OPEN
    if any(key in _LISTED for key in keys[:2]):
        factor *= OPEN
    speaks = any(key in _SPEAKERS for key in keys[:OPENING])
    if keys[0] in _OPINING or (speaks and any(key in _AHEAD for key in keys[: 2 * OPENING])):
        factor *= PLANS
    return factor * (STATES if not speaks and _subject(words) else 1.0)


def _subject(words: Sequence[Word]) -> bool:
    """Whether a noun stands before the first verb, as its subject."""
    noun = False
    for word in words:
        if word.tag in FINITE + MODAL:
            return noun
        if word.tag in PRONOUN + CONTRACTED:
            return False
        noun |= word.tag in NOUN + NAME
    return False
