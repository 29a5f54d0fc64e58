"""Where a talk concludes: a cue, late in it, in a sentence of whole form. Closed lists of words, no learning."""

import re
from collections.abc import Sequence

from vidgist.offline import form
from vidgist.offline.languages import Language
from vidgist.offline.passages import Passage, Shown
from vidgist.offline.ranker import SELF

LATE, CLOSING = 0.6, 0.85
"""Shares of a talk behind which a cue, and behind which what ought to be done, can be its conclusion."""
WHOLE = 0.9
"""Form of each of its sentences."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")


_CUES = _any(
    r"in (?:conclusion|summary|closing|the end|the long run)",
    r"to (?:conclude|sum up|summari[sz]e)",
    r"(?:key |main |big |biggest )?takeaways?",
    r"bottom line|end of the day|ultimately|all in all|overall|therefore|as a result|what matters|most important",
    r"(?:the|my|our) (?:whole |main |key |real |final )?(?:point|message|lesson|conclusion|goal|hope|answer|result|challenge)s? (?:here )?(?:is|was|are)",
    r"(?:that|this)(?:'s| is) (?:really |exactly )?why",
    r"(?:it )?turns out",
    r"we(?:'ve| have)? (?:decided|agreed|concluded|learned|learnt|found)",
    r"(?:that|this|which) means",
    r"is (?:really |very |so |extremely )?(?:important|essential|crucial|critical|necessary)",
)
_URGES = _any(
    r"(?:we|people|everyone|everybody|they) (?:really |all )?(?:need|have|ought) to", r"should", r"must"
)
_OPEN = _any(r"maybe|perhaps|probably|might|could|guess|wonder|dunno|if|unless|whether|i don't know|not sure")


def concludes(passage: Passage, said: Sequence[Shown], language: Language) -> bool:
    """Whether a passage draws a conclusion, as far as its words and its place tell."""
    held = [one for one in said[passage.first : passage.last + 1] if one.text]
    place = passage.first / len(said)
    if place < LATE:
        return False
    if language.code != "en":
        joined = ("" if language.dense else " ").join(key for one in held for key in one.keys)
        return any(cue in f" {joined} " for cue in language.weighty)
    first = held[0]
    alone = form.leans(first.keys, first.tags) >= form.POINTING or _CUES.search(" ".join(first.keys))
    if not alone or first.keys[0] in SELF or min(one.factor for one in held) < WHOLE:
        return False
    return any(_drawn(one, place) for one in held)


def _drawn(one: Shown, place: float) -> bool:
    words = " ".join(one.keys)
    drawn = _CUES.search(words) or (place >= CLOSING and _URGES.search(words))
    return bool(drawn) and not _OPEN.search(words)
