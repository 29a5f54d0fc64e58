"""Where a talk concludes: a cue, late in it, in a sentence of whole form. Closed lists of words, no learning."""

import re
from collections.abc import Sequence

from vidgist.offline.languages import Language
from vidgist.offline.passages import Passage, Shown

LATE = 0.6
"""Share of a talk behind which it can conclude."""
WHOLE = 0.9
"""Form of the sentence with the cue."""

_CUES = re.compile(
    r"""\b(?:in (?:conclusion|summary|closing|short|the end|the long run)|to (?:conclude|sum up|summari[sz]e|wrap up)|
    (?:key |main |big |biggest )?takeaways?|bottom line|end of the day|ultimately|all in all|overall|
    (?:the|my|our) (?:whole |main |key |real |final |last )?(?:point|message|lesson|conclusion|goal|hope|answer|result|idea|reason|key|challenge)s?
    (?:here )?(?:is|was|are)|(?:that|this)(?:'s| is) (?:really |exactly )?why|therefore|as a result|what matters|most important|
    (?:it )?turns out|we(?:'ve| have)? (?:decided|agreed|concluded|learned|learnt|found)|(?:that|this|which) means|
    (?:we|you|they|people|everyone|everybody) (?:really |all )?(?:need|needs|have|has|ought) to|should|must|
    is (?:really |very |so |extremely )?(?:important|essential|crucial|critical|key|necessary))\b""".replace(
        "\n", ""
    ).replace("    ", "")
)
_OPEN = re.compile(
    r"\b(?:maybe|perhaps|probably|might|guess|wonder|dunno|if|unless|whether|i don't know|not sure)\b"
)


def concludes(passage: Passage, said: Sequence[Shown], language: Language) -> bool:
    """Whether a passage draws a conclusion, as far as its words and its place tell."""
    held = [one for one in said[passage.first : passage.last + 1] if one.text]
    if passage.first < LATE * len(said):
        return False
    if language.code != "en":
        joined = ("" if language.dense else " ").join(key for one in held for key in one.keys)
        return any(cue in f" {joined} " for cue in language.weighty)
    return any(_drawn(one) for one in held)


def _drawn(one: Shown) -> bool:
    words = " ".join(one.keys)
    return one.factor >= WHOLE and bool(_CUES.search(words)) and not _OPEN.search(words)
