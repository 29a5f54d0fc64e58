"""The framework paragraph: what the talk is about, how it gets from stretch to stretch, and how this was made."""

from collections.abc import Sequence

from vidgist.offline.languages import Language
from vidgist.offline.phrases import Phrase

STEPS, OFTEN = 2, 6
"""Stretches to a sentence; times that a single word is said to be named beside another phrase."""


def weighty(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return the first of the phrases, and those of two words or more, or often said."""
    return [one for at, one in enumerate(phrases) if not at or len(one.stems) > 1 or len(one.places) >= OFTEN]


def compose(about: Sequence[str], stretches: Sequence[Sequence[str]], language: Language) -> str:
    """Return one paragraph, the last sentence of which says how the passages were had.

    ``about`` are phrases of the whole talk, ``stretches`` those of each of its parts, in order.
    """
    named = [_list(phrases, language) for phrases in stretches if phrases]
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
