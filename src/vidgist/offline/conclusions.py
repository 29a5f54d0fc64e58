"""Where a talk concludes: a cue, late in it, in a sentence of whole sentence_quality. Closed lists of words, no learning."""

from collections.abc import Sequence

from vidgist.offline import english, sentence_quality
from vidgist.offline.languages import Language
from vidgist.offline.passages import Passage, Shown
from vidgist.offline.ranker import SELF

LATE, CLOSING = 0.6, 0.85
"""Shares of a talk behind which a cue, and behind which what ought to be done, can be its conclusion."""
WHOLE = 0.9
"""Form of each of its sentences."""


_CUES, _URGES, _OPEN = map(english.pattern, ("concludes", "urges", "wonders"))


def concludes(passage: Passage, said: Sequence[Shown], language: Language) -> bool:
    """Tell whether a passage draws a conclusion, as far as its words and its place tell."""
    held = [one for one in said[passage.first : passage.last + 1] if one.text]
    place = passage.first / len(said)
    if place < LATE:
        return False
    if language.code != "en":
        joined = ("" if language.dense else " ").join(key for one in held for key in one.keys)
        return any(cue in f" {joined} " for cue in language.weighty)
    first = held[0]
    alone = sentence_quality.leans(first.keys, first.tags) >= sentence_quality.POINTING or _CUES.search(
        " ".join(first.keys)
    )
    if not alone or first.keys[0] in SELF or min(one.factor for one in held) < WHOLE:
        return False
    return any(_drawn(one, place) for one in held)


def _drawn(one: Shown, place: float) -> bool:
    words = " ".join(one.keys)
    drawn = _CUES.search(words) or (place >= CLOSING and _URGES.search(words))
    return bool(drawn) and not _OPEN.search(words)
