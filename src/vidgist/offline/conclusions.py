"""Where a talk concludes: a cue, late in it, in sentences of whole form. Closed lists of words, no learning."""

from collections.abc import Sequence

from vidgist.offline import english, sentence_quality
from vidgist.offline.languages import Language
from vidgist.offline.passages import Passage, Shown
from vidgist.offline.ranker import SELF

LATE, CLOSING, WHOLE = 0.6, 0.85, 0.6
"""Shares of a talk behind which a cue, and behind which what ought to be done, can be its conclusion; form of each sentence."""
_CUES, _URGES, _OPEN = map(english.pattern, ("concludes", "urges", "wonders"))


def concludes(passage: Passage, said: Sequence[Shown], language: Language) -> bool:
    """Return whether a passage draws a conclusion, as far as its words and its place show."""
    held = [one for one in said[passage.first : passage.last + 1] if one.text]
    place = passage.first / len(said)
    told = [("" if language.dense else " ").join(one.keys) for one in held]
    if language.code != "en" or place < LATE:
        return place >= LATE and any(cue in f" {' '.join(told)} " for cue in language.weighty)
    leans = sentence_quality.leans(held[0].keys, held[0].tags) < sentence_quality.POINTING
    if held[0].keys[0] in SELF or (leans and not _CUES.search(told[0])):
        return False
    drawn = [_CUES.search(one) or (place >= CLOSING and _URGES.search(one)) for one in told]
    open_ = [_OPEN.search(one) for one in told]
    whole = min(one.factor for one in held) >= WHOLE
    return whole and any(cue and not wonders for cue, wonders in zip(drawn, open_, strict=True))
