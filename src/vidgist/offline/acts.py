"""What an English sentence does beside stating something: it greets, announces, asks, bids, or tells what others say.

Closed lists of words, no learning; the same for every talk. Other languages bring their own in `languages`.
"""

import re
from collections.abc import Sequence

from vidgist.offline import english, lexicon
from vidgist.offline.languages import Language
from vidgist.offline.words import split

ASKED = 6
"""Words at the beginning of a question among which its subject stands."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{' '.join(pattern.split())})" for pattern in patterns))


_SOFTLY = r"(?:(?:just|now|also|really|briefly|quickly|first|maybe|actually|be|start|probably|then|again|try to|have to|need to|wanted to) )*"
_TELLING = r"""(?:talk|talking|discuss|discussing|speak|speaking|look at|looking at|look into|see|cover|covering|explain|explaining|
    introduce|introducing|present|presenting|describe|describing|demonstrate|recap|review|summari[sz]e|start|begin|get started|
    get into|get back|getting into|jump|jumping|dive|diving|go through|going through|go over|going over|go into|going into|
    walk|walking|read|reading|turn to|move on|moving on|show|showing|tell|telling|bring|ask|asking|give|giving|share|sharing|
    switch|hand|continue|come back|touch on|focus on|mention|mentioning|pass|stop|wrap|leave it|do a|have a look|take a look|
    answer|throw|pull up|skip|launch|address)\b"""
_MEETS = _any(
    r"^(?:\S+ ){0,3}welcome\b|\bwelcome (?:to|back|everyone)\b|\bhow(?:'s| is) it going\b|\bhow are you\b",
    r"^(?:\S+ ){0,2}(?:hello|hi|hey|good (?:morning|afternoon|evening)|thanks|bye|goodbye|cheers|congratulations)\b",
    r"\b(?:thank you|thanks (?:for|to|everyone|so|a lot)|appreciate (?:it|you|that)|nice to (?:meet|see|have)|good to (?:see|have))\b",
    r"\b(?:glad|happy|excited|delighted|pleased|honou?red|lucky) to (?:be|have|see|meet|welcome|introduce)\b",
    r"\bmy name(?:'s| is)\b",
    r"\b(?:joined (?:here )?by|with (?:me|us) (?:today|here)|(?:next|first|last) (?:speaker|guest|panelist)|your host|hosts? of the)\b",
    r"\b(?:i'm|i am) (?:the |a |an |one of the |your )?(?:\S+ ){0,2}(?:founder|co-?founder|director|editor|host|ceo|cto|moderator|developer|engineer|researcher|professor)\b",
    r"\b(?:subscribe|sponsors?|sponsored|patreon|show notes|tune in|stay tuned|live from|q&a|any questions|take questions|take (?:some|a few) questions)\b",
    r"\b(?:this|the|our|today's|tonight's|next|last|previous|another|that) (?:\S+ )?(?:episode|podcast|presentation|talk|panel|workshop|livestream|stream|slide)s?\b",
    r"\b(?:episodes?|questions? from|round of applause|slides?|slide deck|agenda|on screen|my screen|your screen|the microphone|muted|hear me)\b",
    r"\b(?:last|next) (?:week|time|month)(?:'s)?\b",
)
_AHEAD = _any(
    rf"\b(?:we|i)(?:'re|'m| are| am)? {_SOFTLY}(?:going to|gonna|want to|wanna|would like to|like to|will|(?:first |just )?need to|(?:first |just )?wanted to) {_SOFTLY}{_TELLING}",
    r"\b(?:just|also) wanted to say\b",
    r"\bwrap (?:it |this |things |that )?up\b|\b(?:next|another|last|this|previous) meeting\b|\bminutes (?:left|to go)\b|\bgot (?:\S+ ){0,2}minutes\b",
    rf"\b(?:we'll|i'll|we'd like to|i'd like to|let's|let us|let me|lemme) {_SOFTLY}{_TELLING}",
    r"\b(?:first|next) (?:question|topic|item|point)\b",
    r"\bas (?:i|we) (?:said|mentioned|discussed)\b",
)
_BIDS = _any(
    r"^(?:\S+ ){0,2}(?:can|could|would|do|did|will) (?:you|we)\b",
    r"^(?:\S+ )?(?:tell|remember|imagine|think about|look at|suppose|let's|say)\b",
    r"\b(?:tell (?:us|me)|what do you think|your thoughts|correct me|you want to (?:talk|tell|explain|introduce|add))\b",
    r"\b(?:sorry|apologi[sz]e|excuse me|kidding|joking|haha|lol|no pun)\b",
)
_OTHERS = r"""(?:they|people|some|others|many|most|everyone|everybody|somebody|someone|critics|folks|guys|persons?|he|she|you|who|
    skeptics|opponents|proponents|media|users|friends?|dad|mom)"""
_OFTEN = r"(?:(?:\w+ly|always|often|sometimes|will|would|might|may|can|could|just|also|all|still|even|ever|have|had|has|do|did|to|like|used) )*"
_SAYS = r"""(?:say|says|said|saying|think|thinks|thought|thinking|believe|believes|believed|claim|claims|claimed|argue|argues|argued|
    complain|complains|complained|tell (?:you|me|us)|tells (?:you|me|us)|told (?:you|me|us|him|her|them)|ask|asks|asked|assume|assumes|
    wonder|wonders|go like|goes like|suggest|suggests|suggested)\b"""
_REPORTS = _any(
    rf"\b{_OTHERS} {_OFTEN}{_SAYS}",
    r"\b(?:they're|people are|he's|she's|you're) (?:saying|thinking|claiming|arguing|asking)\b",
    r"\b(?:was|were|is|am|are|i'm|they're|he's|she's|you're|it's|be|they|people|he|she|we|i) (?:just |all |kind of )?like (?:oh|ah|let's|well|okay|ok|hey|no|yeah|yes|what|why|how|i|i'm|i'll|you|you're|we|we're|it's|that's|this is|wait|man|dude|wow|hm)\b",
    r"\bi (?:said|told|asked|thought|was thinking|remember|heard)\b",
    r"\b(?:according to|supposedly|allegedly|so-called|so called|quote|unquote|conventional wisdom|myth|misconception|narrative)\b",
    r"\b(?:the|an|this|that|one|their) (?:\S+ )?(?:argument|objection|criticism|complaint|claim|rumou?r|fear) (?:is|was|goes|that|against|from)\b",
    r"\bas if\b",
)


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
    open_ = keys[0] in _OPEN and not _COPULA.search(shown)
    return inverted or open_ or keys[0] in ("why", "who", "where") or _inverted(keys)


_OPEN = frozenset(("what", "how", "which"))
_COPULA = re.compile(r"\b(?:is|was|are|were|means)\b")


def _inverted(keys: Sequence[str]) -> bool:
    """Whether an auxiliary comes before the first subject: ``what ideas do you have``."""
    first = next((at for at, key in enumerate(keys) if key in english.SUBJECTS and at), 0)
    return first > 1 and lexicon.auxiliary(keys[first - 1])


def announces(said: str) -> bool:
    """Whether words, parted by spaces, greet, introduce, name the show or say what comes next."""
    return bool(_MEETS.search(said) or _AHEAD.search(said))


def reports(said: str) -> bool:
    """Whether words tell what others say or think, which the speaker may not hold."""
    return bool(_REPORTS.search(said))


def states(keys: Sequence[str], shown: str, language: Language) -> bool:
    """Whether a sentence states something in the speaker's own name."""
    if asks(shown, language):
        return False
    if language.code != "en":
        text = "".join(keys) if language.dense else f" {' '.join(keys)} "
        return not any(cue in text for cue in language.announcing)
    said = " ".join(keys)
    return not (announces(said) or reports(said) or _BIDS.search(said))
