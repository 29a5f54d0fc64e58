"""The framework paragraph: what the talk is about, how it gets from stretch to stretch, and how this was made."""

import math
from collections.abc import Sequence
from itertools import pairwise

from vidgist.offline import english
from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase

STEPS, OFTEN = 2, 6
"""Stretches to a sentence; times that a single word is said to be named beside another phrase."""
CUES, RATIO, CLEAR = 5, 1.7, 3.0
"""Sentences of a stretch that show what it does, how many times as often as in the others, and standard deviations above them."""
NEAR, SHOWN = 3, 3
"""Phrases of a stretch of which it can do that, and sentences with one that show it, or stand beside one that does."""
_MOVES = {frame: english.pattern(name) for name, frame in english.table("moves").items()}


Move = tuple[str, Sequence[Phrase]]
"""What a stretch does, {0}, and with which phrases."""


def moves(said: Sequence[str], starts: Sequence[int], named: Sequence[Sequence[Phrase]]) -> list[Move]:
    """Return for each stretch what its sentences show it to do far more than the others do."""
    found: list[tuple[float, Move]] = [(0.0, ("{0}", phrases)) for phrases in named]
    for frame, cues in _MOVES.items() if len(starts) > 1 else ():
        hits = [bool(cues.search(one)) for one in said]
        for at, (first, last) in enumerate(pairwise([*starts, len(said)])):
            own, size = sum(hits[first:last]), last - first
            rest = (sum(hits) - own + 1) / (len(said) - size + 1) * size
            clear = (own - rest) / math.sqrt(rest)
            if own >= max(CUES, RATIO * rest) and clear >= max(CLEAR, found[at][0]):
                for phrase in [one for one in named[at][:NEAR] if not cues.search(one.label.lower())]:
                    places = {place[0] for place in phrase.places if first <= place[0] < last}
                    shown = sum(any(hits[max(first, place - 1) : place + 2]) for place in places)
                    if shown >= SHOWN and 2 * shown > len(places):
                        found[at] = (clear, (frame, [phrase]))
                        break
    return [move for _, move in found]


def weighty(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return the first of the phrases, and those of two words or more, or often said."""
    return [one for at, one in enumerate(phrases) if not at or len(one.stems) > 1 or len(one.places) >= OFTEN]


def part(frame: str, phrases: Sequence[str], told: Sequence[str], language: Language) -> str:
    """Return what is said of a stretch: what it does with its phrases, and the first clause told in it."""
    if not phrases or not told:
        return frame.format(_list(phrases, language)) if phrases else ""
    where, which = language.edges[5:]
    bare, clause = phrases[0].partition(" ")[2] or phrases[0], told[0].partition(" ")[2]
    again = clause.startswith(f"{bare} ")  # the invoice, where the invoice is paid
    return (
        f"{frame.format(phrases[0])}, {which + clause.removeprefix(bare) if again else f'{where} {told[0]}'}"
    )


def compose(about: Sequence[str], stretches: Sequence[str], language: Language) -> str:
    """Return one paragraph, the last sentence of which says how the passages were had.

    ``about`` are phrases of the whole talk, ``stretches`` the parts of it, in order.
    """
    named = [one for one in stretches if one]
    sentences = []
    if about or named:
        sentences.append(language.about.format(_list(about, language) if about else named[0]))
    if len(named) > 1:
        sentences += _steps(named, language)
    mark, space = ("。", "") if language.dense else (".", " ")
    sentences.append(language.picked)
    return space.join(f"{sentence[:1].upper()}{sentence[1:]}{mark}" for sentence in sentences)


def _steps(named: Sequence[str], language: Language) -> list[str]:
    """Return the stretches in order, two to a sentence; the last has its own."""
    sentences, inner = [], named[:-1]
    opening, then, further, later, closing = language.course
    for at in range(0, len(inner), STEPS):
        first, second = (further, later) if at else (opening, then)
        sentences.append(first.format(inner[at]) + "".join(map(second.format, inner[at + 1 : at + STEPS])))
    return [*sentences, closing.format(named[-1])]


def _list(phrases: Sequence[str], language: Language) -> str:
    if len(phrases) == 1:
        return phrases[0]
    comma, and_ = language.listing
    return comma.join(phrases[:-1]) + and_ + phrases[-1]
